//! The second factor: who needs one, how it is set up, and how it is taken away again.
//!
//! Whoever sees contact data or changes settings ([`needs_second_factor`](crate::Role::needs_second_factor)) proves more than a password:
//! a passkey ([`passkeys`]), six digits of an authenticator app ([`totp`]), or a code from paper when those are lost. A new person has
//! [`GRACE`] to set it up; after that, none of their roles count until they have ([`owes`]), so that a page that
//! forgets to ask lets nobody in. A jurisdiction can do without ([`set_rule`]), for a trial or a made-up town.
//!
//! Setting an app up takes two steps: [`offer`] makes a secret and shows it once, [`confirm`] takes the first code.
//! Signing in with it is the business of [`crate::sign_in`].

pub mod passkeys;
mod recovery;
mod rule;
pub mod totp;

use jiff::Timestamp;
use subtle::ConstantTimeEq;

use crate::AccessError;
use crate::actor::{Actor, SignedIn};
use crate::audit;
use crate::installation_key::SealingKey;
use crate::jurisdiction::JurisdictionId;
use crate::people::PersonId;
use crate::permission::Permission;
use crate::sessions::{self, SessionToken};
use crate::sign_in::SourceNetwork;
use totp::Secret;

pub use recovery::RecoveryCodes;
pub use rule::{GRACE, RULE_OF_NOBODY, Rule, owes, rule, set_rule};

/// Where somebody stands with their second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Since when app or passkey has been in use; none while neither is.
    pub since: Option<Timestamp>,
    /// Whether an authenticator app is in use.
    pub has_app: bool,
    /// Codes on paper that are left.
    pub recovery_codes: i64,
}

/// What another factor brings: a new session in place of all others, and codes for the day it is lost.
#[derive(Debug)]
pub struct Added {
    /// For the session cookie: the old one is dead (SESS-02).
    pub token: SessionToken,
    /// To be written down, shown once; none when there are some for another factor already.
    pub codes: Option<RecoveryCodes>,
}

/// How a typed code was found right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// By the authenticator.
    App,
    /// By a passkey.
    Passkey,
    /// By a code from paper, which is used up now.
    Paper,
}

/// Where somebody stands.
///
/// # Errors
/// What the store refuses.
pub fn standing(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<Standing, db::Error> {
    const SINCE: &str = "
        select confirmed_at, secret is not null from second_factor
        where jurisdiction_id = $1 and person_id = $2";
    let found =
        tx.query_opt(SINCE, db::params![jurisdiction, person], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (since, has_app) = found.unwrap_or_default();
    Ok(Standing { since, has_app, recovery_codes: recovery::left(tx, jurisdiction, person)? })
}

/// Makes a secret for the caller to put into their app. One already in use stays in use until [`confirm`].
///
/// # Errors
/// [`AccessError::SignInTooOld`].
pub fn offer(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    who: &SignedIn,
    key: &SealingKey,
) -> Result<Secret, AccessError> {
    const OFFER: &str = "
        insert into second_factor (jurisdiction_id, person_id, offered_secret, used_step) values ($1, $2, $3, 0)
        on conflict (jurisdiction_id, person_id) do update set offered_secret = excluded.offered_secret";
    let by = Actor::Person(who.clone());
    by.require_fresh(now)?;
    let secret = Secret::new(tx.random());
    let sealed = key.seal(tx.random(), &owner(&who.jurisdiction, who.person_id), secret.bytes());
    tx.exec_one(OFFER, db::params![who.jurisdiction, who.person_id, sealed])?;
    audit::append_about_person(tx, now, &by, &who.jurisdiction, who.person_id, "second-factor.offered")?;
    Ok(secret)
}

/// The secret that waits for its first code; none once it is in use.
///
/// # Errors
/// What the store refuses.
pub fn offered(tx: &mut db::Tx<'_>, who: &SignedIn, key: &SealingKey) -> Result<Option<Secret>, db::Error> {
    const OFFERED: &str = "
        select offered_secret from second_factor where jurisdiction_id = $1 and person_id = $2";
    let found: Option<Option<Vec<u8>>> =
        tx.query_opt(OFFERED, db::params![who.jurisdiction, who.person_id], |row| row.get(0))?;
    Ok(opened(key, &who.jurisdiction, who.person_id, found.flatten()))
}

/// Takes the first code of an offered secret: from now on it is in use. Ends every session of the caller and
/// begins a new one for this browser.
///
/// # Errors
/// [`AccessError::WrongCode`], also when nothing was offered; [`AccessError::SignInTooOld`].
pub fn confirm(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    who: &SignedIn,
    code: &str,
    source: &SourceNetwork,
    key: &SealingKey,
) -> Result<Added, AccessError> {
    const CONFIRM: &str = "
        update second_factor set secret = offered_secret, offered_secret = null, confirmed_at = coalesce(confirmed_at, $3), used_step = $4
        where jurisdiction_id = $1 and person_id = $2";
    let by = Actor::Person(who.clone());
    by.require_fresh(now)?;
    let secret = offered(tx, who, key)?.ok_or(AccessError::WrongCode)?;
    let step = secret.step_of(code, now).ok_or(AccessError::WrongCode)?;
    tx.exec_one(CONFIRM, db::params![who.jurisdiction, who.person_id, now, step])?;
    let codes = recovery::renew(tx, &who.jurisdiction, who.person_id)?;
    sessions::drop_of(tx, &who.jurisdiction, who.person_id)?;
    let (_, token) = sessions::begin(tx, now, &who.jurisdiction, who.person_id, source)?;
    audit::append_about_person(tx, now, &by, &who.jurisdiction, who.person_id, "second-factor.confirmed")?;
    Ok(Added { token, codes: Some(codes) })
}

/// Makes new codes for paper; the old ones are void.
///
/// # Errors
/// [`AccessError::SignInTooOld`], or [`AccessError::NoSecondFactor`] when there is none that they could stand in for.
pub fn renew_codes(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    who: &SignedIn,
) -> Result<RecoveryCodes, AccessError> {
    let by = Actor::Person(who.clone());
    by.require_fresh(now)?;
    if !is_in_use(tx, &who.jurisdiction, who.person_id)? {
        return Err(AccessError::NoSecondFactor);
    }
    let codes = recovery::renew(tx, &who.jurisdiction, who.person_id)?;
    audit::append_about_person(
        tx,
        now,
        &by,
        &who.jurisdiction,
        who.person_id,
        "second-factor.codes-renewed",
    )?;
    Ok(codes)
}

/// Takes somebody's second factor away, who lost app and paper, and ends their sessions. They set up a new one after
/// their next sign-in.
///
/// # Errors
/// Without [`Permission::ManagePeople`] or a fresh sign-in; [`AccessError::NoSecondFactor`].
pub fn reset(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<(), AccessError> {
    const RESET: &str = "delete from second_factor where jurisdiction_id = $1 and person_id = $2";
    by.require(jurisdiction, Permission::ManagePeople)?;
    by.require_fresh(now)?;
    if tx.exec(RESET, db::params![jurisdiction, person])? == 0 {
        return Err(AccessError::NoSecondFactor);
    }
    passkeys::drop_of(tx, jurisdiction, person)?;
    recovery::void(tx, jurisdiction, person)?;
    sessions::drop_of(tx, jurisdiction, person)?;
    Ok(audit::append_about_person(tx, now, by, jurisdiction, person, "second-factor.reset")?)
}

/// Whether signing in takes a code.
pub(crate) fn is_in_use(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<bool, db::Error> {
    Ok(standing(tx, jurisdiction, person)?.since.is_some())
}

/// Takes a typed code, of either kind, if it is right; each works once.
pub(crate) fn take(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    code: &str,
    key: &SealingKey,
) -> Result<Option<Proof>, db::Error> {
    const IN_USE: &str = "select secret from second_factor where jurisdiction_id = $1 and person_id = $2";
    // Whoever comes second with the same code, even at the same moment, finds the step used.
    const USE: &str = "
        update second_factor set used_step = $3 where jurisdiction_id = $1 and person_id = $2 and used_step < $3";
    let secret: Option<Option<Vec<u8>>> =
        tx.query_opt(IN_USE, db::params![jurisdiction, person], |row| row.get(0))?;
    let step = opened(key, jurisdiction, person, secret.flatten()).and_then(|app| app.step_of(code, now));
    if let Some(step) = step {
        let is_first = tx.exec(USE, db::params![jurisdiction, person, step])? == 1;
        return Ok(is_first.then_some(Proof::App));
    }
    let was_there = recovery::take(tx, jurisdiction, person, code)?;
    Ok(was_there.then_some(Proof::Paper))
}

/// Whose a sealed secret is: moved to somebody else's row, it opens no more.
fn owner(jurisdiction: &JurisdictionId, person: PersonId) -> String {
    format!("authenticator app of {person} in {jurisdiction}")
}

/// The secret of a row. One that this key did not seal is as good as none: codes on paper and passkeys still work, and an
/// administrator can take the second factor away.
fn opened(
    key: &SealingKey,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    sealed: Option<Vec<u8>>,
) -> Option<Secret> {
    let bytes = key.open(&owner(jurisdiction, person), &sealed?)?;
    Secret::read(&bytes)
}

/// Compares two texts in the same time wherever they differ.
fn are_equal(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
