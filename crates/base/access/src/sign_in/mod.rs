//! Signing in, in three steps, so that slow hashing never happens inside a transaction.
//!
//! 1. [`begin`] (a write) charges the attempt to its limits and looks the account up. An account that
//!    does not exist gives a challenge like any other.
//! 2. [`Challenge::check`] (pure computation, tens of milliseconds and 19 MiB: run it on a bounded pool)
//!    compares the password. It costs the same whether or not there is an account (AUTH-06).
//! 3. [`finish`] (a write) starts the session, or records the refusal. The refusal does not say why.
//!
//! Whoever has a [second factor](crate::second_factor) gets a [`StepToken`] instead of a session, and takes one step
//! more: [`finish_step`] (a write).
//!
//! A session that exists is replaced by the same way, which also makes the sign-in fresh again.

mod limits;
mod second_step;
mod source;

use jiff::{SignedDuration, Timestamp};

use crate::AccessError;
use crate::actor::{Actor, SignedIn, person_label};
use crate::audit::{self, Entry};
use crate::jurisdiction::JurisdictionId;
use crate::passwords::{Checked, Hashing, PasswordHash, Salt};
use crate::people::{self, PersonId};
use crate::second_factor;
use crate::secret::token;
use crate::sessions::{self, SessionToken};
use limits::{Bucket, Charge};

pub use second_step::{
    PasskeyAsked, Presented, STEP_LIMIT, StepAttempt, StepToken, Stepped, finish_step, passkey_asked,
};
pub use source::SourceNetwork;

/// How the audit chain names whoever knocks without being known.
const DOOR: Actor = Actor::System("sign-in");

token!(
    /// What a browser keeps after a sign-in, so that others who guess at the account cannot lock it out.
    DeviceToken
);

/// Somebody trying to sign in.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Where.
    pub jurisdiction: JurisdictionId,
    /// The address, as typed.
    pub email: String,
    /// From where.
    pub source: SourceNetwork,
    /// What their browser kept from an earlier sign-in.
    pub device: Option<DeviceToken>,
}

/// What [`begin`] answers.
#[derive(Debug)]
#[must_use]
pub enum Begun {
    /// Check the password against this.
    Challenge(Box<Challenge>),
    /// Too many wrong guesses: the password is not looked at.
    TooMany {
        /// When to try again.
        wait: SignedDuration,
    },
}

/// A password that is asked for, whether or not there is an account behind it.
#[derive(Debug, Clone)]
pub struct Challenge {
    jurisdiction: JurisdictionId,
    source: SourceNetwork,
    charged: Vec<Bucket>,
    /// Nobody when there is no such account, or it is disabled.
    person: Option<PersonId>,
    known_device: Option<DeviceToken>,
    stored: PasswordHash,
    salt: Salt,
}

/// What became of a password: proof for [`finish`] and for changing the password.
#[derive(Debug, Clone)]
pub struct Verdict {
    challenge: Challenge,
    right: bool,
    stronger: Option<PasswordHash>,
}

/// What [`finish`] answers.
#[derive(Debug)]
#[must_use]
pub enum Finished {
    /// Welcome.
    SignedIn(Box<NewSession>),
    /// The password was right; a code is to come.
    CodeNeeded(StepToken),
    /// Unknown account, wrong password or disabled account; nobody is told which.
    Refused,
}

/// A session that was just begun.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// For the session cookie.
    pub token: SessionToken,
    /// For the device cookie.
    pub device: DeviceToken,
    /// The caller from now on.
    pub who: SignedIn,
}

/// Charges an attempt to its limits and makes the challenge.
///
/// `hashing` is the cost of the challenge when there is no account: pass what new passwords cost.
///
/// # Errors
/// What the store refuses.
pub fn begin(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    attempt: &Attempt,
    hashing: Hashing,
) -> Result<Begun, db::Error> {
    let account = find_account(tx, &attempt.jurisdiction, &attempt.email)?;
    let known_device = known_device(tx, attempt, account.as_ref())?;
    let charged = match &known_device {
        Some(device) => vec![Bucket::device(device)],
        None => vec![Bucket::source(&attempt.source), Bucket::account(&attempt.email)],
    };
    for (position, bucket) in charged.iter().enumerate() {
        if let Charge::Limited { wait, first } = bucket.charge(tx, now, &attempt.jurisdiction)? {
            limits::forgive(tx, &attempt.jurisdiction, &charged[..position])?;
            if first {
                record_limited(tx, now, attempt, account.as_ref())?;
            }
            return Ok(Begun::TooMany { wait });
        }
    }
    let active = account.filter(|account| account.active);
    Ok(Begun::Challenge(Box::new(Challenge {
        jurisdiction: attempt.jurisdiction.clone(),
        source: attempt.source.clone(),
        charged,
        known_device,
        person: active.as_ref().map(|account| account.person),
        stored: active.map_or_else(|| hashing.of_nobody(), |account| account.hash),
        salt: tx.random(),
    })))
}

/// The challenge to somebody who is signed in, before their password is changed.
///
/// # Errors
/// What the store refuses.
pub fn begin_again(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    who: &SignedIn,
    source: &SourceNetwork,
    hashing: Hashing,
) -> Result<Begun, db::Error> {
    let (jurisdiction, email) = (who.jurisdiction.clone(), who.email.clone());
    begin(tx, now, &Attempt { jurisdiction, email, source: source.clone(), device: None }, hashing)
}

impl Challenge {
    /// Compares a typed password. Slow on purpose: never call it inside a transaction.
    ///
    /// `hashing` is what new passwords cost; a stored hash that was cheaper is made anew.
    pub fn check(&self, typed: &str, hashing: Hashing) -> Verdict {
        let (right, stronger) = match self.stored.check(typed, hashing, self.salt) {
            Checked::Wrong => (false, None),
            Checked::Right { stronger } => (self.person.is_some(), stronger),
        };
        Verdict { challenge: self.clone(), right, stronger }
    }
}

/// Begins the session that a right verdict earned, in place of the browser's earlier one if it had one.
///
/// # Errors
/// What the store refuses. A wrong password is no error: its record must be kept.
pub fn finish(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    verdict: &Verdict,
    replaces: Option<&SessionToken>,
) -> Result<Finished, AccessError> {
    let Challenge { jurisdiction, person, .. } = &verdict.challenge;
    let admitted = match person {
        Some(person) if verdict.still_holds(tx, jurisdiction, *person)? => *person,
        _ => return refuse(tx, now, &verdict.challenge),
    };
    verdict.forgive(tx)?;
    keep_stronger(tx, admitted, verdict)?;
    let Challenge { source, known_device, .. } = &verdict.challenge;
    if second_factor::is_in_use(tx, jurisdiction, admitted)? {
        return Ok(Finished::CodeNeeded(second_step::begin(tx, now, jurisdiction, admitted, source)?));
    }
    if let Some(old) = replaces {
        sessions::drop_by_token(tx, jurisdiction, old)?;
    }
    let device = known_device.as_ref();
    let session = admit(tx, now, jurisdiction, admitted, source, device, "sign-in.accepted")?;
    Ok(Finished::SignedIn(Box::new(session)))
}

impl Verdict {
    /// True when the password was right, and neither it nor the account has changed since it was checked.
    pub(crate) fn still_holds(
        &self,
        tx: &mut db::Tx<'_>,
        jurisdiction: &JurisdictionId,
        person: PersonId,
    ) -> Result<bool, db::Error> {
        // Writing the row unchanged locks it, so that disabling the person waits and then ends the session.
        const HOLDS: &str = "
            update person set password_hash = password_hash
            where jurisdiction_id = $1 and id = $2 and password_hash = $3 and disabled_at is null";
        let challenge = &self.challenge;
        let about_them = challenge.person == Some(person) && challenge.jurisdiction == *jurisdiction;
        if !self.right || !about_them {
            return Ok(false);
        }
        Ok(tx.exec(HOLDS, db::params![jurisdiction, person, challenge.stored.as_str()])? == 1)
    }

    /// Takes the attempt back from its limits: only wrong guesses count.
    pub(crate) fn forgive(&self, tx: &mut db::Tx<'_>) -> Result<(), db::Error> {
        limits::forgive(tx, &self.challenge.jurisdiction, &self.challenge.charged)
    }
}

struct Account {
    person: PersonId,
    hash: PasswordHash,
    active: bool,
}

fn find_account(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    typed: &str,
) -> Result<Option<Account>, db::Error> {
    const FIND: &str = "
        select id, password_hash, disabled_at from person where jurisdiction_id = $1 and email = $2";
    // PostgreSQL refuses the one character that no stored address has.
    let email = people::fold(typed).replace('\0', " ");
    tx.query_opt(FIND, db::params![jurisdiction, email], |row| {
        let disabled_at: Option<Timestamp> = row.get(2)?;
        let hash = PasswordHash::from_column(row.get(1)?);
        Ok(Account { person: row.get(0)?, hash, active: disabled_at.is_none() })
    })
}

/// The presented device, if it is one on which this very account signed in before.
fn known_device(
    tx: &mut db::Tx<'_>,
    attempt: &Attempt,
    account: Option<&Account>,
) -> Result<Option<DeviceToken>, db::Error> {
    const KNOWN: &str = "select person_id from known_device where jurisdiction_id = $1 and token_hash = $2";
    let Some(device) = &attempt.device else {
        return Ok(None);
    };
    let owner: Option<PersonId> =
        tx.query_opt(KNOWN, db::params![attempt.jurisdiction, device.fingerprint()], |row| row.get(0))?;
    let theirs = owner.is_some() && owner == account.map(|account| account.person);
    Ok(theirs.then(|| device.clone()))
}

fn refuse(tx: &mut db::Tx<'_>, now: Timestamp, challenge: &Challenge) -> Result<Finished, AccessError> {
    record(tx, now, &challenge.jurisdiction, &DOOR, challenge.person, "sign-in.refused")?;
    Ok(Finished::Refused)
}

fn record_limited(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    attempt: &Attempt,
    account: Option<&Account>,
) -> Result<(), db::Error> {
    record(tx, now, &attempt.jurisdiction, &DOOR, account.map(|account| account.person), "sign-in.limited")
}

fn record(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    actor: &Actor,
    person: Option<PersonId>,
    action: &'static str,
) -> Result<(), db::Error> {
    // A typed address that is no account may well be a password in the wrong field: it is not kept.
    let object = person.map_or_else(|| "person:unknown".to_owned(), person_label);
    audit::append(tx, now, &Entry { jurisdiction, actor, action, object, detail: "{}".to_owned() })
}

/// Keeps a hash that was made anew, at what new passwords cost.
fn keep_stronger(tx: &mut db::Tx<'_>, person: PersonId, verdict: &Verdict) -> Result<(), db::Error> {
    const KEEP: &str = "update person set password_hash = $3 where jurisdiction_id = $1 and id = $2";
    match &verdict.stronger {
        Some(hash) => tx.exec_one(KEEP, db::params![verdict.challenge.jurisdiction, person, hash.as_str()]),
        None => Ok(()),
    }
}

/// Begins the session of somebody who has proved all they had to.
fn admit(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    source: &SourceNetwork,
    device: Option<&DeviceToken>,
    action: &'static str,
) -> Result<NewSession, AccessError> {
    // Writing the row locks it, so that disabling the person waits and then ends the session.
    const NOTE: &str = "
        update person set last_sign_in_at = $3 where jurisdiction_id = $1 and id = $2 and disabled_at is null";
    tx.exec_one(NOTE, db::params![jurisdiction, person, now])?;
    let (_, token) = sessions::begin(tx, now, jurisdiction, person, source)?;
    let device = device.cloned().unwrap_or_else(|| DeviceToken::new(tx.random()));
    remember(tx, now, jurisdiction, person, &device)?;
    let who = sessions::find(tx, now, jurisdiction, &token)?.ok_or(db::Error::NoRow)?;
    record(tx, now, jurisdiction, &Actor::Person(who.clone()), Some(person), action)?;
    Ok(NewSession { token, device, who })
}

fn remember(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    device: &DeviceToken,
) -> Result<(), db::Error> {
    const REMEMBER: &str = "
        insert into known_device (jurisdiction_id, token_hash, person_id, seen_at) values ($1, $2, $3, $4)
        on conflict (jurisdiction_id, token_hash) do update set seen_at = excluded.seen_at";
    tx.exec_one(REMEMBER, db::params![jurisdiction, device.fingerprint(), person, now])
}
