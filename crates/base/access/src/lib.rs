//! Who may do what, and who did what.
//!
//! Everything a center does is asked for by an [`Actor`]: a resident, a member of staff in a session, a
//! system with an API key, or the program itself. What each may do stands in one table
//! ([`permission`]); every operation asks it with [`Actor::require`] and writes what it did into the
//! audit chain ([`audit::append`]) in the same transaction.
//!
//! Around that are the things that make somebody an actor: [`people`] with their [`Role`]s,
//! [`passwords`] and the [`password_links`] they set them by, [`sign_in`] with its limits on guessing, the [`second_factor`], [`sessions`], API [`keys`], and the links and sessions of [`residents`]. All of it is
//! per jurisdiction: a person, a session or a key of one government does not exist in another.
//!
//! What changes something takes the [`Actor`] and refuses by itself; what only reads does not, so
//! whoever shows the answer asks for the permission first.
//!
//! Signing in takes three steps, because hashing a password is slow on purpose and must not happen
//! inside a transaction: [`sign_in::begin`] (write), [`sign_in::Challenge::check`] (pure computation, on a
//! bounded pool of threads), [`sign_in::finish`] (write).

mod actor;
pub mod audit;
mod error;
mod housekeeping;
mod installation_key;
mod jurisdiction;
pub mod keys;
pub mod password_links;
pub mod passwords;
pub mod people;
pub mod permission;
pub mod residents;
pub mod second_factor;
mod secret;
pub mod sessions;
pub mod sign_in;

pub use actor::{Actor, KeyHolder, SignedIn, person_label};
pub use error::AccessError;
pub use housekeeping::{Swept, sweep};
pub use installation_key::{InstallationKey, SealingKey};
pub use jurisdiction::{BadJurisdictionId, JurisdictionId};
pub use keys::KeyId;
pub use people::{Email, PersonId};
pub use permission::{Permission, Permissions, Role, Scope};
pub use sessions::SessionId;

/// The tables of this crate.
pub static SCHEMA: db::Schema = db::Schema {
    name: "access",
    needs: &[],
    migrations: &[
        db::Migration { name: "0001_access", sql: include_str!("../migrations/0001_access.sql") },
        db::Migration {
            name: "0002_second_factor",
            sql: include_str!("../migrations/0002_second_factor.sql"),
        },
        db::Migration {
            name: "0003_password_link",
            sql: include_str!("../migrations/0003_password_link.sql"),
        },
        db::Migration {
            name: "0004_sealed_secrets",
            sql: include_str!("../migrations/0004_sealed_secrets.sql"),
        },
        db::Migration { name: "0005_passkey", sql: include_str!("../migrations/0005_passkey.sql") },
        db::Migration { name: "0006_residents", sql: include_str!("../migrations/0006_residents.sql") },
    ],
};
