//! Passkeys: a key in somebody's telephone, computer or stick that signs what we ask, at our address and no other, so
//! that nothing can be phished. Set up by [`offer`] and [`add`], used by
//! [`finish_step`](crate::sign_in::finish_step), taken away by [`remove`].

mod cbor;
mod ceremony;

use jiff::{SignedDuration, Timestamp};

use super::{Added, recovery};
use crate::AccessError;
use crate::actor::{Actor, SignedIn};
use crate::audit;
use crate::jurisdiction::JurisdictionId;
use crate::people::PersonId;
use crate::sessions::{self, SessionToken};
use crate::sign_in::SourceNetwork;

pub use ceremony::{Assertion, Challenge, Registration, Site};

/// How long somebody may take to touch their stick.
const OFFER_LASTS: SignedDuration = SignedDuration::from_mins(10);

/// More than anybody carries; keeps what a browser is told short.
const PER_PERSON_MAX: i64 = 20;

db::uuid_type!(
    /// Names one passkey.
    pub struct PasskeyId
);

/// One passkey, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Which.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// The host it signs for.
    pub host: String,
    /// When it was added.
    pub added_at: Timestamp,
    /// When it was last used, if ever.
    pub used_at: Option<Timestamp>,
}

/// What a browser is asked, to make a passkey.
#[derive(Debug, Clone)]
pub struct Offer {
    /// To be signed.
    pub challenge: Challenge,
    /// Those there are already: the same authenticator does not make a second one.
    pub known: Vec<Vec<u8>>,
}

/// The passkeys of a person, oldest first.
///
/// # Errors
/// What the store refuses.
pub fn list(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<Vec<Passkey>, db::Error> {
    const LIST: &str = "
        select id, name, host, added_at, used_at from passkey where jurisdiction_id = $1 and person_id = $2
        order by added_at, id limit $3";
    tx.query(LIST, db::params![jurisdiction, person, PER_PERSON_MAX], |row| {
        Ok(Passkey {
            id: row.get(0)?,
            name: row.get(1)?,
            host: row.get(2)?,
            added_at: row.get(3)?,
            used_at: row.get(4)?,
        })
    })
}

/// The names by which authenticators know a person's passkeys for a site.
pub(crate) fn credentials(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    site: &Site,
) -> Result<Vec<Vec<u8>>, db::Error> {
    const CREDENTIALS: &str = "
        select credential from passkey where jurisdiction_id = $1 and person_id = $2 and host = $3
        order by added_at, id limit $4";
    tx.query(CREDENTIALS, db::params![jurisdiction, person, site.host(), PER_PERSON_MAX], |row| row.get(0))
}

/// Makes the challenge that a new passkey of the caller has to sign, in place of an earlier one.
///
/// # Errors
/// [`AccessError::SignInTooOld`]; [`AccessError::TooManyPasskeys`].
pub fn offer(tx: &mut db::Tx<'_>, now: Timestamp, who: &SignedIn, site: &Site) -> Result<Offer, AccessError> {
    const OFFER: &str = "
        insert into passkey_offer (jurisdiction_id, person_id, challenge, ends_at) values ($1, $2, $3, $4)
        on conflict (jurisdiction_id, person_id) do update set
            challenge = excluded.challenge, ends_at = excluded.ends_at";
    const COUNT: &str = "select count(*) from passkey where jurisdiction_id = $1 and person_id = $2";
    Actor::Person(who.clone()).require_fresh(now)?;
    let (jurisdiction, person) = (&who.jurisdiction, who.person_id);
    let count: i64 = tx.query_one(COUNT, db::params![jurisdiction, person], |row| row.get(0))?;
    if count >= PER_PERSON_MAX {
        return Err(AccessError::TooManyPasskeys { most: PER_PERSON_MAX });
    }
    let challenge: Challenge = tx.random();
    tx.exec_one(OFFER, db::params![jurisdiction, person, challenge, now + OFFER_LASTS])?;
    Ok(Offer { challenge, known: credentials(tx, jurisdiction, person, site)? })
}

/// Adds the passkey that was made in answer to the last [`offer`]: from now on it is in use. Ends every session of the
/// caller and begins a new one for this browser.
///
/// # Errors
/// [`AccessError::BadPasskey`] when it was not made for this, or is somebody's already; the offer is used up all the
/// same. [`AccessError::SignInTooOld`].
pub fn add(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    who: &SignedIn,
    name: &str,
    site: &Site,
    registration: &Registration,
    source: &SourceNetwork,
) -> Result<Added, AccessError> {
    const ADD: &str = "
        insert into passkey (jurisdiction_id, id, person_id, credential, public_key, host, name, sign_count, added_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (jurisdiction_id, credential) do nothing";
    let by = Actor::Person(who.clone());
    by.require_fresh(now)?;
    let (jurisdiction, person) = (&who.jurisdiction, who.person_id);
    let challenge = take_offer(tx, now, who)?.ok_or(AccessError::BadPasskey)?;
    let key = registration.checked(&challenge, site).ok_or(AccessError::BadPasskey)?;
    let id = PasskeyId::from(tx.new_id(now));
    let count = i64::from(key.sign_count);
    let row =
        db::params![jurisdiction, id, person, key.credential, key.public_key, site.host(), name, count, now];
    if tx.exec(ADD, row)? == 0 {
        return Err(AccessError::BadPasskey);
    }
    let codes = note_use(tx, now, who)?;
    audit::append_about_person(tx, now, &by, jurisdiction, person, "second-factor.passkey-added")?;
    Ok(Added { token: begin_anew(tx, now, who, source)?, codes })
}

/// Takes one of the caller's passkeys away. Ends every session of theirs and begins a new one for this browser.
///
/// # Errors
/// [`AccessError::NoSecondFactor`] when it is not theirs (any more); [`AccessError::SignInTooOld`].
pub fn remove(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    who: &SignedIn,
    id: PasskeyId,
    source: &SourceNetwork,
) -> Result<SessionToken, AccessError> {
    const REMOVE: &str = "delete from passkey where jurisdiction_id = $1 and person_id = $2 and id = $3";
    // Without app and passkey there is nothing that codes on paper could stand in for.
    const NONE_LEFT: &str = "
        delete from second_factor where jurisdiction_id = $1 and person_id = $2 and secret is null
            and not exists (select 1 from passkey as k
                where k.jurisdiction_id = second_factor.jurisdiction_id and k.person_id = second_factor.person_id)";
    let by = Actor::Person(who.clone());
    by.require_fresh(now)?;
    let (jurisdiction, person) = (&who.jurisdiction, who.person_id);
    if tx.exec(REMOVE, db::params![jurisdiction, person, id])? == 0 {
        return Err(AccessError::NoSecondFactor);
    }
    if tx.exec(NONE_LEFT, db::params![jurisdiction, person])? == 1 {
        recovery::void(tx, jurisdiction, person)?;
    }
    audit::append_about_person(tx, now, &by, jurisdiction, person, "second-factor.passkey-removed")?;
    Ok(begin_anew(tx, now, who, source)?)
}

/// Whether somebody's passkey signed this challenge; notes that it was used.
pub(crate) fn take(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    challenge: &Challenge,
    site: &Site,
    assertion: &Assertion,
) -> Result<bool, db::Error> {
    const FIND: &str = "
        select public_key, sign_count from passkey
        where jurisdiction_id = $1 and person_id = $2 and credential = $3 and host = $4";
    const USED: &str = "
        update passkey set sign_count = $4, used_at = $5
        where jurisdiction_id = $1 and person_id = $2 and credential = $3 and sign_count = $6";
    let named = db::params![jurisdiction, person, assertion.credential, site.host()];
    let found: Option<(Vec<u8>, i64)> = tx.query_opt(FIND, named, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let Some((public_key, before)) = found else {
        return Ok(false);
    };
    let last_count = u32::try_from(before).unwrap_or(u32::MAX);
    let Some(count) = assertion.checked(challenge, site, &public_key, last_count) else {
        return Ok(false);
    };
    // Of two that come with the same count at the same moment, one is a copy.
    let used = db::params![jurisdiction, person, assertion.credential, i64::from(count), now, before];
    Ok(tx.exec(USED, used)? == 1)
}

/// Takes all of a person's away, as part of a change that is recorded by itself.
pub(super) fn drop_of(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<(), db::Error> {
    const DROP: &str = "delete from passkey where jurisdiction_id = $1 and person_id = $2";
    tx.exec(DROP, db::params![jurisdiction, person]).map(|_| ())
}

fn take_offer(tx: &mut db::Tx<'_>, now: Timestamp, who: &SignedIn) -> Result<Option<Challenge>, db::Error> {
    const TAKE: &str = "
        delete from passkey_offer where jurisdiction_id = $1 and person_id = $2 and ends_at > $3
        returning challenge";
    let taken = db::params![who.jurisdiction, who.person_id, now];
    let challenge: Option<Vec<u8>> = tx.query_opt(TAKE, taken, |row| row.get(0))?;
    Ok(challenge.and_then(|bytes| bytes.try_into().ok()))
}

/// Notes that the caller has a second factor; the first one brings codes for the day it is lost.
fn note_use(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    who: &SignedIn,
) -> Result<Option<recovery::RecoveryCodes>, db::Error> {
    const NOTE: &str = "
        insert into second_factor (jurisdiction_id, person_id, confirmed_at, used_step) values ($1, $2, $3, 0)
        on conflict (jurisdiction_id, person_id) do update set confirmed_at = excluded.confirmed_at
        where second_factor.confirmed_at is null";
    let is_first = tx.exec(NOTE, db::params![who.jurisdiction, who.person_id, now])? == 1;
    if is_first { recovery::renew(tx, &who.jurisdiction, who.person_id).map(Some) } else { Ok(None) }
}

fn begin_anew(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    who: &SignedIn,
    source: &SourceNetwork,
) -> Result<SessionToken, db::Error> {
    sessions::drop_of(tx, &who.jurisdiction, who.person_id)?;
    let (_, token) = sessions::begin(tx, now, &who.jurisdiction, who.person_id, source)?;
    Ok(token)
}
