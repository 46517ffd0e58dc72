//! Sessions of signed-in staff: found by a token whose hash alone is stored.
//!
//! A session ends after 60 minutes without use, after 12 hours in any case (SESS-03), when its owner
//! signs out, and when their roles, password or access change (SESS-04). Every node reads the store on
//! each use, so an ended session is dead everywhere at once.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::AccessError;
use crate::actor::{Actor, SignedIn};
use crate::audit;
use crate::jurisdiction::JurisdictionId;
use crate::people::PersonId;
use crate::permission::{self, Permission};
use crate::second_factor::{self, Rule};
use crate::secret::token;
use crate::sign_in::SourceNetwork;

/// Without use for this long, a session ends.
pub const IDLE_LIMIT: SignedDuration = SignedDuration::from_mins(60);

/// However much it is used, a session ends after this.
pub const ABSOLUTE_LIMIT: SignedDuration = SignedDuration::from_hours(12);

db::uuid_type!(
    /// Names one session; of no use without its token.
    pub struct SessionId
);

token!(
    /// What the browser of somebody signed in holds.
    SessionToken
);

impl SessionToken {
    /// What every form of this session carries, so that another site cannot send it (SESS-06).
    ///
    /// Derived from the token and of no use to find it, so it may stand in a page.
    pub fn csrf(&self) -> CsrfToken {
        let mut hash = Sha256::new();
        hash.update(b"townline form token 1");
        hash.update(self.fingerprint());
        hash.update(self.reveal().as_bytes());
        CsrfToken(data_encoding::BASE64URL_NOPAD.encode(&hash.finalize()))
    }
}

/// Proof that a form came from a page of the same session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsrfToken(String);

impl CsrfToken {
    /// The token as it stands in a form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares with what a form carried, in the same time wherever they differ.
    pub fn matches(&self, presented: &str) -> bool {
        self.0.as_bytes().ct_eq(presented.as_bytes()).into()
    }
}

/// One session, as its owner and administrators see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// From where it was begun.
    pub source: String,
    /// When it was begun.
    pub signed_in_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
}

/// The caller behind a token, unless the session has ended or their access has.
///
/// Only reads; when [`SignedIn::is_due_to_be_touched`], call [`touch`] in a write.
///
/// # Errors
/// What the store refuses.
pub fn find(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    token: &SessionToken,
) -> Result<Option<SignedIn>, db::Error> {
    const FIND: &str = "
        select s.id, s.person_id, s.signed_in_at, s.seen_at, s.expires_at, p.name, p.email,
            (select string_agg(r.role, ',') from person_role as r
             where r.jurisdiction_id = s.jurisdiction_id and r.person_id = s.person_id),
            p.created_at, f.confirmed_at, u.required, u.set_at
        from session as s
        join person as p on p.jurisdiction_id = s.jurisdiction_id and p.id = s.person_id
        left join second_factor as f on f.jurisdiction_id = s.jurisdiction_id and f.person_id = s.person_id
        left join second_factor_rule as u on u.jurisdiction_id = s.jurisdiction_id
        where s.jurisdiction_id = $1 and s.token_hash = $2 and p.disabled_at is null";
    let found = tx.query_opt(FIND, db::params![jurisdiction, token.fingerprint()], |row| {
        let roles: Option<String> = row.get(7)?;
        let roles = permission::known(&roles.unwrap_or_default());
        let has_second_factor = row.get::<Option<Timestamp>>(9)?.is_some();
        let owes = !has_second_factor && second_factor::owes(now, rule(row)?, row.get(8)?, &roles);
        Ok(SignedIn {
            session: row.get(0)?,
            person_id: row.get(1)?,
            signed_in_at: row.get(2)?,
            seen_at: row.get(3)?,
            expires_at: row.get(4)?,
            name: row.get(5)?,
            email: row.get(6)?,
            // None of them counts until the second factor is there: whatever forgets to ask lets nobody in.
            roles: if owes { Vec::new() } else { roles },
            jurisdiction: jurisdiction.clone(),
        })
    })?;
    Ok(found.filter(|who| is_alive(now, who.seen_at, who.expires_at)))
}

/// The rule about second factors that was joined to a session.
fn rule(row: &db::Row<'_>) -> Result<Rule, db::Error> {
    let (required, set_at): (Option<bool>, Option<Timestamp>) = (row.get(10)?, row.get(11)?);
    let set = required.zip(set_at).map(|(required, set_at)| Rule { required, set_at });
    Ok(set.unwrap_or(second_factor::RULE_OF_NOBODY))
}

fn is_alive(now: Timestamp, seen_at: Timestamp, expires_at: Timestamp) -> bool {
    now < expires_at && now.duration_since(seen_at) < IDLE_LIMIT
}

/// Notes that a session is in use, which puts off its idle end.
///
/// # Errors
/// What the store refuses.
pub fn touch(tx: &mut db::Tx<'_>, now: Timestamp, who: &SignedIn) -> Result<(), db::Error> {
    // A slow node must not set the time back, and an ended session is not brought back.
    const TOUCH: &str =
        "update session set seen_at = $3 where jurisdiction_id = $1 and id = $2 and seen_at < $3";
    tx.exec(TOUCH, db::params![who.jurisdiction, who.session, now]).map(|_| ())
}

/// Begins a session and gives its token, which is not stored and cannot be had again.
pub(crate) fn begin(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    source: &SourceNetwork,
) -> Result<(SessionId, SessionToken), db::Error> {
    const BEGIN: &str = "
        insert into session
            (jurisdiction_id, id, person_id, token_hash, source, signed_in_at, seen_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let (id, token) = (SessionId::from(tx.new_id(now)), SessionToken::new(tx.random()));
    tx.exec_one(
        BEGIN,
        db::params![
            jurisdiction,
            id,
            person,
            token.fingerprint(),
            source.as_str(),
            now,
            now,
            now + ABSOLUTE_LIMIT
        ],
    )?;
    Ok((id, token))
}

/// Ends the caller's own session.
///
/// # Errors
/// What the store refuses.
pub fn sign_out(tx: &mut db::Tx<'_>, now: Timestamp, who: &SignedIn) -> Result<(), AccessError> {
    end(tx, now, &Actor::Person(who.clone()), &who.jurisdiction, who.person_id, who.session)
}

/// Ends one session of a person: one's own, or anybody's with [`Permission::ManagePeople`].
///
/// A session that has ended already is no error: what was asked for holds.
///
/// # Errors
/// [`AccessError::NotAllowed`].
pub fn end(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    session: SessionId,
) -> Result<(), AccessError> {
    const END: &str = "delete from session where jurisdiction_id = $1 and person_id = $2 and id = $3";
    require_over(by, jurisdiction, person)?;
    if tx.exec(END, db::params![jurisdiction, person, session])? > 0 {
        audit::append_about_person(tx, now, by, jurisdiction, person, "session.ended")?;
    }
    Ok(())
}

/// Ends every session of a person: one's own, or anybody's with [`Permission::ManagePeople`].
///
/// # Errors
/// [`AccessError::NotAllowed`].
pub fn end_all(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<(), AccessError> {
    require_over(by, jurisdiction, person)?;
    if drop_of(tx, jurisdiction, person)? > 0 {
        audit::append_about_person(tx, now, by, jurisdiction, person, "session.all-ended")?;
    }
    Ok(())
}

/// The sessions of a person that have not ended, newest first.
///
/// # Errors
/// What the store refuses.
pub fn list(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<Vec<Session>, db::Error> {
    // Nobody has more that they could tell apart.
    const LIST: &str = "
        select id, person_id, source, signed_in_at, seen_at from session
        where jurisdiction_id = $1 and person_id = $2 and expires_at > $3 and seen_at > $4
        order by signed_in_at desc, id desc limit 100";
    tx.query(LIST, db::params![jurisdiction, person, now, now - IDLE_LIMIT], |row| {
        Ok(Session {
            id: row.get(0)?,
            person: row.get(1)?,
            source: row.get(2)?,
            signed_in_at: row.get(3)?,
            seen_at: row.get(4)?,
        })
    })
}

/// Ends every session of a person, and sign-ins that wait for their code, as part of a change that is recorded by
/// itself.
pub(crate) fn drop_of(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<u64, db::Error> {
    const DROP: &str = "delete from session where jurisdiction_id = $1 and person_id = $2";
    const DROP_STEPS: &str = "delete from second_step where jurisdiction_id = $1 and person_id = $2";
    tx.exec(DROP_STEPS, db::params![jurisdiction, person])?;
    tx.exec(DROP, db::params![jurisdiction, person])
}

/// Ends the session of a token that is being replaced, whosoever it is.
pub(crate) fn drop_by_token(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    token: &SessionToken,
) -> Result<(), db::Error> {
    const DROP: &str = "delete from session where jurisdiction_id = $1 and token_hash = $2";
    tx.exec(DROP, db::params![jurisdiction, token.fingerprint()]).map(|_| ())
}

/// Forgets the devices a person signed in on.
pub(crate) fn forget_devices(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<(), db::Error> {
    const FORGET: &str = "delete from known_device where jurisdiction_id = $1 and person_id = $2";
    tx.exec(FORGET, db::params![jurisdiction, person]).map(|_| ())
}

fn require_over(by: &Actor, jurisdiction: &JurisdictionId, person: PersonId) -> Result<(), AccessError> {
    match by {
        Actor::Person(who) if who.person_id == person && who.jurisdiction == *jurisdiction => Ok(()),
        _ => by.require(jurisdiction, Permission::ManagePeople),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sess_06_a_form_token_belongs_to_one_session() {
        let (one, other) = (SessionToken::new([1; 32]), SessionToken::new([2; 32]));
        assert!(one.csrf().matches(one.csrf().as_str()));
        assert!(!one.csrf().matches(other.csrf().as_str()));
        assert!(!one.csrf().matches(""));
        assert_ne!(one.csrf().as_str(), one.reveal());
    }

    #[test]
    fn sess_03_sixty_idle_minutes_or_twelve_hours_end_a_session() {
        let begun: Timestamp = "2026-05-08T08:00:00Z".parse().unwrap();
        let at = |minutes: i64, seconds: i64| begun + SignedDuration::from_secs(minutes * 60 + seconds);
        let end = begun + ABSOLUTE_LIMIT;
        assert!(is_alive(at(59, 59), begun, end));
        assert!(!is_alive(at(60, 0), begun, end));
        assert!(is_alive(at(719, 59), at(719, 0), end));
        assert!(!is_alive(at(720, 0), at(719, 0), end));
    }
}
