//! Residents who come back without an account: a link to the address they reported with, and a session by it
//! (AUTH-07, AUTH-11).
//!
//! [`ask`] notes that somebody wants a link and draws no secret yet: whoever sends the message calls [`issue`] at that
//! moment, so that no row and no waiting message can open anything. The link holds 256 random bits, of which a hash is
//! stored; it works for 15 minutes and once. Looking at it ([`is_good`]) uses nothing up, because programs that check
//! mail follow links; [`begin`] does. The session lasts 30 days and shows what was reported with that address, nothing
//! else: it is no member of staff and has no permissions.

use jiff::{SignedDuration, Timestamp};

use crate::jurisdiction::JurisdictionId;
use crate::secret::token;

/// How long a link works once it was sent.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_mins(15);
/// How long a link that was asked for may wait to be sent.
pub const WAITS: SignedDuration = SignedDuration::from_hours(1);
/// How long somebody stays signed in in one browser.
pub const SESSION_LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// More links for one address within [`WAITS`] are not made: nobody's mailbox is filled by strangers.
pub const LINKS_MAX: i64 = 3;

db::uuid_type!(
    /// Names one link that was asked for; of no use without its token.
    pub struct ResidentLinkId
);

token!(
    /// The secret of a resident's sign-in link.
    ResidentLinkToken
);

token!(
    /// What the browser of a resident holds who came by a link.
    ResidentToken
);

/// A link that was just issued; its secret is not stored.
#[derive(Debug, Clone)]
pub struct IssuedLink {
    /// The secret.
    pub token: ResidentLinkToken,
    /// The e-mail address or phone number it goes to.
    pub reach: String,
    /// The tag of the language to write in.
    pub language: String,
}

/// Notes that a link is to be sent to an address; nothing when it has had enough of them.
///
/// # Errors
/// What the store refuses.
pub fn ask(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    reach: &str,
    language: &str,
) -> Result<Option<ResidentLinkId>, db::Error> {
    const RECENT: &str = "
        select count(*) from resident_link where jurisdiction_id = $1 and reach = $2 and asked_at > $3";
    const ASK: &str = "
        insert into resident_link (jurisdiction_id, id, reach, language, asked_at, ends_at)
        values ($1, $2, $3, $4, $5, $6)";
    let recent: i64 =
        tx.query_one(RECENT, db::params![jurisdiction, reach, now - WAITS], |row| row.get(0))?;
    if recent >= LINKS_MAX {
        return Ok(None);
    }
    let id = ResidentLinkId::from(tx.new_id(now));
    tx.exec_one(ASK, db::params![jurisdiction, id, reach, language, now, now + WAITS])?;
    Ok(Some(id))
}

/// Draws the secret of a link that is about to be sent; nothing when it has waited too long or was issued before.
///
/// # Errors
/// What the store refuses.
pub fn issue(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    id: ResidentLinkId,
) -> Result<Option<IssuedLink>, db::Error> {
    const ISSUE: &str = "
        update resident_link set token_hash = $4, ends_at = $5
        where jurisdiction_id = $1 and id = $2 and token_hash is null and ends_at > $3
        returning reach, language";
    let token = ResidentLinkToken::new(tx.random());
    let issued = db::params![jurisdiction, id, now, token.fingerprint(), now + LINK_LASTS];
    let found = tx.query_opt(ISSUE, issued, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.map(|(reach, language)| IssuedLink { token, reach, language }))
}

/// Whether a link works; uses nothing up.
///
/// # Errors
/// What the store refuses.
pub fn is_good(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    token: &ResidentLinkToken,
) -> Result<bool, db::Error> {
    const FIND: &str = "
        select count(*) from resident_link where jurisdiction_id = $1 and token_hash = $2 and ends_at > $3";
    let found: i64 =
        tx.query_one(FIND, db::params![jurisdiction, token.fingerprint(), now], |row| row.get(0))?;
    Ok(found > 0)
}

/// Uses a link up and begins a session by it; nothing when it does not work (any more).
///
/// # Errors
/// What the store refuses.
pub fn begin(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    token: &ResidentLinkToken,
) -> Result<Option<ResidentToken>, db::Error> {
    // Of two who come with the same link at the same moment, one finds the row gone.
    const USE: &str = "
        delete from resident_link where jurisdiction_id = $1 and token_hash = $2 and ends_at > $3
        returning reach";
    const BEGIN: &str = "
        insert into resident_session (jurisdiction_id, token_hash, reach, ends_at) values ($1, $2, $3, $4)";
    let used: Option<String> =
        tx.query_opt(USE, db::params![jurisdiction, token.fingerprint(), now], |row| row.get(0))?;
    let Some(reach) = used else { return Ok(None) };
    let session = ResidentToken::new(tx.random());
    tx.exec_one(BEGIN, db::params![jurisdiction, session.fingerprint(), reach, now + SESSION_LASTS])?;
    Ok(Some(session))
}

/// The address behind a session, until it ends.
///
/// # Errors
/// What the store refuses.
pub fn reach_of(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    token: &ResidentToken,
) -> Result<Option<String>, db::Error> {
    const FIND: &str = "
        select reach from resident_session where jurisdiction_id = $1 and token_hash = $2 and ends_at > $3";
    tx.query_opt(FIND, db::params![jurisdiction, token.fingerprint(), now], |row| row.get(0))
}

/// Ends every session of the address behind this one: whoever signs out on a shared computer means all of them.
///
/// # Errors
/// What the store refuses.
pub fn end(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    token: &ResidentToken,
) -> Result<(), db::Error> {
    const END: &str = "
        delete from resident_session where jurisdiction_id = $1 and reach =
            (select reach from resident_session where jurisdiction_id = $1 and token_hash = $2)";
    tx.exec(END, db::params![jurisdiction, token.fingerprint()]).map(|_| ())
}
