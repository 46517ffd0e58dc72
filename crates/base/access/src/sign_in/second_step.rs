//! The second step of signing in: a code, after the password was right.

use jiff::{SignedDuration, Timestamp};

use super::limits::{self, Bucket, Charge};
use super::{DOOR, DeviceToken, NewSession, admit, record};
use crate::AccessError;
use crate::jurisdiction::JurisdictionId;
use crate::people::PersonId;
use crate::second_factor::{self, Proof};
use crate::secret::token;
use crate::sessions::{self, SessionToken};
use crate::sign_in::SourceNetwork;

/// How long the code may take to come.
pub const STEP_LIMIT: SignedDuration = SignedDuration::from_mins(10);

token!(
    /// What a browser holds between password and code; opens nothing by itself.
    StepToken
);

/// A code that was typed.
#[derive(Debug, Clone)]
pub struct CodeAttempt {
    /// Where.
    pub jurisdiction: JurisdictionId,
    /// What the right password gave.
    pub step: StepToken,
    /// The code, as typed.
    pub code: String,
    /// What their browser kept from an earlier sign-in.
    pub device: Option<DeviceToken>,
}

/// What became of a code.
#[derive(Debug)]
#[must_use]
pub enum Stepped {
    /// Welcome.
    SignedIn(Box<NewSession>),
    /// Wrong, or used before.
    Refused,
    /// The password has to be given again.
    Expired,
    /// Too many wrong codes: this one is not looked at.
    TooMany {
        /// When to try again.
        wait: SignedDuration,
    },
}

/// Notes that the password was right and a code is to come.
pub(super) fn begin(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    source: &SourceNetwork,
) -> Result<StepToken, db::Error> {
    const BEGIN: &str = "
        insert into second_step (jurisdiction_id, token_hash, person_id, source, ends_at) values ($1, $2, $3, $4, $5)";
    let step = StepToken::new(tx.random());
    let ends_at = now + STEP_LIMIT;
    tx.exec_one(BEGIN, db::params![jurisdiction, step.fingerprint(), person, source.as_str(), ends_at])?;
    record(tx, now, jurisdiction, &DOOR, Some(person), "sign-in.code-asked")?;
    Ok(step)
}

/// Takes a code and begins the session it earned, in place of the browser's earlier one if it had one.
///
/// # Errors
/// What the store refuses. A wrong code is no error: its record must be kept.
pub fn finish_with_code(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    attempt: &CodeAttempt,
    replaces: Option<&SessionToken>,
) -> Result<Stepped, AccessError> {
    let jurisdiction = &attempt.jurisdiction;
    let Some((person, source)) = find(tx, now, attempt)? else {
        return Ok(Stepped::Expired);
    };
    let bucket = Bucket::code(person);
    if let Charge::Limited { wait, first } = bucket.charge(tx, now, jurisdiction)? {
        if first {
            record(tx, now, jurisdiction, &DOOR, Some(person), "sign-in.code-limited")?;
        }
        return Ok(Stepped::TooMany { wait });
    }
    let Some(proof) = second_factor::take(tx, now, jurisdiction, person, &attempt.code)? else {
        record(tx, now, jurisdiction, &DOOR, Some(person), "sign-in.code-refused")?;
        return Ok(Stepped::Refused);
    };
    limits::forgive(tx, jurisdiction, &[bucket])?;
    end(tx, attempt)?;
    if let Some(old) = replaces {
        sessions::drop_by_token(tx, jurisdiction, old)?;
    }
    let action = match proof {
        Proof::App => "sign-in.accepted",
        Proof::Paper => "sign-in.accepted-by-recovery-code",
    };
    let session = admit(tx, now, jurisdiction, person, &source, attempt.device.as_ref(), action)?;
    Ok(Stepped::SignedIn(Box::new(session)))
}

/// Whose step it is, while it lasts and they may sign in.
fn find(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    attempt: &CodeAttempt,
) -> Result<Option<(PersonId, SourceNetwork)>, db::Error> {
    const FIND: &str = "
        select s.person_id, s.source from second_step as s
        join person as p on p.jurisdiction_id = s.jurisdiction_id and p.id = s.person_id
        where s.jurisdiction_id = $1 and s.token_hash = $2 and s.ends_at > $3 and p.disabled_at is null";
    tx.query_opt(FIND, db::params![attempt.jurisdiction, attempt.step.fingerprint(), now], |row| {
        Ok((row.get(0)?, SourceNetwork::from_column(row.get(1)?)))
    })
}

fn end(tx: &mut db::Tx<'_>, attempt: &CodeAttempt) -> Result<(), db::Error> {
    const END: &str = "delete from second_step where jurisdiction_id = $1 and token_hash = $2";
    tx.exec_one(END, db::params![attempt.jurisdiction, attempt.step.fingerprint()])
}
