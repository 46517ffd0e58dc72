//! Taking away what has run out; a job calls it now and then.

use jiff::{SignedDuration, Timestamp};

use crate::sessions::IDLE_LIMIT;

/// A device that nobody signed in on for this long is a stranger again.
const DEVICE_REMEMBERED: SignedDuration = SignedDuration::from_hours(180 * 24);

/// How many rows were taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// Ended sessions.
    pub sessions: u64,
    /// Sign-ins whose second step never came, and passkeys that were never made.
    pub second_steps: u64,
    /// Links that have run out.
    pub password_links: u64,
    /// Links of residents that have run out, and their ended sessions.
    pub residents: u64,
    /// Forgotten devices.
    pub devices: u64,
    /// Forgiven attempts.
    pub attempts: u64,
}

/// Deletes ended sessions, unfinished sign-ins, links that ran out, forgotten devices and forgiven attempts of all jurisdictions. Nothing changes
/// for anybody: none of these rows counted any more.
///
/// # Errors
/// What the store refuses.
pub fn sweep(tx: &mut db::Tx<'_>, now: Timestamp) -> Result<Swept, db::Error> {
    const SESSIONS: &str = "delete from session where seen_at <= $1 or expires_at <= $2";
    const STEPS: &str = "delete from second_step where ends_at <= $1";
    const OFFERS: &str = "delete from passkey_offer where ends_at <= $1";
    const LINKS: &str = "delete from password_link where ends_at <= $1";
    const RESIDENT_LINKS: &str = "delete from resident_link where ends_at <= $1";
    const RESIDENT_SESSIONS: &str = "delete from resident_session where ends_at <= $1";
    const DEVICES: &str = "delete from known_device where seen_at <= $1";
    const ATTEMPTS: &str = "delete from sign_in_attempt where forgiven_at_us <= $1";
    Ok(Swept {
        sessions: tx.exec(SESSIONS, db::params![now - IDLE_LIMIT, now])?,
        second_steps: tx.exec(STEPS, db::params![now])? + tx.exec(OFFERS, db::params![now])?,
        password_links: tx.exec(LINKS, db::params![now])?,
        residents: tx.exec(RESIDENT_LINKS, db::params![now])?
            + tx.exec(RESIDENT_SESSIONS, db::params![now])?,
        devices: tx.exec(DEVICES, db::params![now - DEVICE_REMEMBERED])?,
        attempts: tx.exec(ATTEMPTS, db::params![now.as_microsecond()])?,
    })
}
