//! The demo sign-ins.

use access::passwords::{About, Hashing, Password, PasswordHash};
use access::people::{self, NewPerson};
use access::{Actor, Email, PersonId, Role, SessionId, SignedIn};
use db::Db;
use jiff::{Timestamp, ToSpan};

use super::{BY, FillError, FillSettings};
use crate::staff::StaffMember;
use crate::town::Town;

/// The people who work in the sample town.
pub(super) struct People(Vec<(Role, SignedIn)>);

impl People {
    /// Whoever has this role, at work at some time.
    pub(super) fn acting_as(&self, role: Role, at: Timestamp) -> Actor {
        let found = self.0.iter().find(|(known, _)| *known == role);
        let (_, person) = found.expect("there is somebody for each role");
        let expires_at = at.saturating_add(12.hours()).unwrap_or(at);
        Actor::Person(SignedIn { signed_in_at: at, seen_at: at, expires_at, ..person.clone() })
    }
}

pub(super) fn write(db: &Db, town: &Town, settings: &FillSettings) -> Result<People, FillError> {
    let staff = town.staff();
    let mut people = Vec::with_capacity(staff.len());
    for member in &staff {
        people.push((member.role, add(db, town, settings, member)?));
    }
    Ok(People(people))
}

fn add(db: &Db, town: &Town, settings: &FillSettings, member: &StaffMember) -> Result<SignedIn, FillError> {
    let now = settings.now;
    let email = Email::new(&member.email)?;
    let new = NewPerson {
        jurisdiction: settings.jurisdiction.clone(),
        password: hashed(db, town, settings, member, &email)?,
        email,
        name: member.name.clone(),
        roles: vec![member.role],
    };
    db.write_now(move |tx| {
        let person_id = people::add(tx, now, &BY, &new)?;
        Ok(signed_in(person_id, SessionId::from(tx.new_id(now)), &new, now))
    })
}

/// Hashes outside of the transaction: it takes long on purpose.
fn hashed(
    db: &Db,
    town: &Town,
    settings: &FillSettings,
    member: &StaffMember,
    email: &Email,
) -> Result<PasswordHash, FillError> {
    let about = About {
        jurisdiction: &settings.jurisdiction,
        jurisdiction_name: &town.name,
        name: &member.name,
        email,
    };
    let password = Password::new(&settings.password, &about)?;
    let salt = db.write_now(|tx| Ok::<_, FillError>(tx.random()))?;
    Ok(Hashing::STANDARD.hash(&password, salt))
}

/// The person as the recent requests need them. Nobody can use this session: it has no row and no token.
fn signed_in(person_id: PersonId, session: SessionId, new: &NewPerson, now: Timestamp) -> SignedIn {
    SignedIn {
        person_id,
        jurisdiction: new.jurisdiction.clone(),
        name: new.name.clone(),
        email: new.email.to_string(),
        roles: new.roles.clone(),
        session,
        signed_in_at: now,
        seen_at: now,
        expires_at: now,
    }
}
