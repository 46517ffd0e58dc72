//! The second step of signing in: a code or a passkey, after the password was right.

use jiff::{SignedDuration, Timestamp};

use super::limits::{self, Bucket, Charge};
use super::{DOOR, DeviceToken, NewSession, admit, record};
use crate::AccessError;
use crate::installation_key::SealingKey;
use crate::jurisdiction::JurisdictionId;
use crate::people::PersonId;
use crate::second_factor::passkeys::{self, Assertion, Challenge, Site};
use crate::second_factor::{self, Proof};
use crate::secret::token;
use crate::sessions::{self, SessionToken};
use crate::sign_in::SourceNetwork;

/// How long the second step may take to come.
pub const STEP_LIMIT: SignedDuration = SignedDuration::from_mins(10);

token!(
    /// What a browser holds between password and second step; opens nothing by itself.
    StepToken
);

/// Something presented as the second step.
#[derive(Debug, Clone)]
pub struct StepAttempt {
    /// Where.
    pub jurisdiction: JurisdictionId,
    /// What the right password gave.
    pub step: StepToken,
    /// What is presented.
    pub presented: Presented,
    /// What their browser kept from an earlier sign-in.
    pub device: Option<DeviceToken>,
}

/// What can be presented.
#[derive(Debug, Clone)]
pub enum Presented {
    /// A code of the app or from paper, as typed.
    Code(String),
    /// What a passkey signed at this site.
    Passkey(Site, Box<Assertion>),
}

/// What became of it.
#[derive(Debug)]
#[must_use]
pub enum Stepped {
    /// Welcome.
    SignedIn(Box<NewSession>),
    /// Wrong, or used before.
    Refused,
    /// The password has to be given again.
    Expired,
    /// Too many wrong attempts: this one is not looked at.
    TooMany {
        /// When to try again.
        wait: SignedDuration,
    },
}

/// What a browser is asked, to use a passkey.
#[derive(Debug, Clone)]
pub struct PasskeyAsked {
    /// To be signed.
    pub challenge: Challenge,
    /// The passkeys of this person for this site.
    pub credentials: Vec<Vec<u8>>,
}

/// A step that lasts.
struct Step {
    person: PersonId,
    source: SourceNetwork,
    challenge: Option<Challenge>,
}

/// Notes that the password was right and a second step is to come.
pub(super) fn begin(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    source: &SourceNetwork,
) -> Result<StepToken, db::Error> {
    const BEGIN: &str = "
        insert into second_step (jurisdiction_id, token_hash, person_id, source, ends_at, challenge)
        values ($1, $2, $3, $4, $5, $6)";
    let (step, challenge): (_, Challenge) = (StepToken::new(tx.random()), tx.random());
    let row =
        db::params![jurisdiction, step.fingerprint(), person, source.as_str(), now + STEP_LIMIT, challenge];
    tx.exec_one(BEGIN, row)?;
    record(tx, now, jurisdiction, &DOOR, Some(person), "sign-in.code-asked")?;
    Ok(step)
}

/// What to ask a browser for, when somebody in the second step has passkeys for this site.
///
/// # Errors
/// What the store refuses.
pub fn passkey_asked(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    step: &StepToken,
    site: &Site,
) -> Result<Option<PasskeyAsked>, db::Error> {
    let Some(Step { person, challenge: Some(challenge), .. }) = find(tx, now, jurisdiction, step)? else {
        return Ok(None);
    };
    let credentials = passkeys::credentials(tx, jurisdiction, person, site)?;
    Ok((!credentials.is_empty()).then_some(PasskeyAsked { challenge, credentials }))
}

/// Takes a second step and begins the session it earned, in place of the browser's earlier one if it had one.
///
/// # Errors
/// What the store refuses. A wrong one is no error: its record must be kept.
pub fn finish_step(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    attempt: &StepAttempt,
    replaces: Option<&SessionToken>,
    key: &SealingKey,
) -> Result<Stepped, AccessError> {
    let jurisdiction = &attempt.jurisdiction;
    let Some(step) = find(tx, now, jurisdiction, &attempt.step)? else {
        return Ok(Stepped::Expired);
    };
    let bucket = Bucket::code(step.person);
    if let Charge::Limited { wait, first } = bucket.charge(tx, now, jurisdiction)? {
        if first {
            record(tx, now, jurisdiction, &DOOR, Some(step.person), "sign-in.code-limited")?;
        }
        return Ok(Stepped::TooMany { wait });
    }
    let Some(proof) = proof(tx, now, attempt, &step, key)? else {
        ask_anew(tx, attempt)?;
        record(tx, now, jurisdiction, &DOOR, Some(step.person), "sign-in.code-refused")?;
        return Ok(Stepped::Refused);
    };
    limits::forgive(tx, jurisdiction, &[bucket])?;
    end(tx, attempt)?;
    if let Some(old) = replaces {
        sessions::drop_by_token(tx, jurisdiction, old)?;
    }
    let action = match proof {
        Proof::App | Proof::Passkey => "sign-in.accepted",
        Proof::Paper => "sign-in.accepted-by-recovery-code",
    };
    let device = attempt.device.as_ref();
    let session = admit(tx, now, jurisdiction, step.person, &step.source, device, action)?;
    Ok(Stepped::SignedIn(Box::new(session)))
}

fn proof(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    attempt: &StepAttempt,
    step: &Step,
    key: &SealingKey,
) -> Result<Option<Proof>, db::Error> {
    let jurisdiction = &attempt.jurisdiction;
    match (&attempt.presented, &step.challenge) {
        (Presented::Code(code), _) => second_factor::take(tx, now, jurisdiction, step.person, code, key),
        (Presented::Passkey(site, assertion), Some(challenge)) => {
            let holds = passkeys::take(tx, now, jurisdiction, step.person, challenge, site, assertion)?;
            Ok(holds.then_some(Proof::Passkey))
        }
        (Presented::Passkey(..), None) => Ok(None),
    }
}

/// Whose step it is, while it lasts and they may sign in.
fn find(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    step: &StepToken,
) -> Result<Option<Step>, db::Error> {
    const FIND: &str = "
        select s.person_id, s.source, s.challenge from second_step as s
        join person as p on p.jurisdiction_id = s.jurisdiction_id and p.id = s.person_id
        where s.jurisdiction_id = $1 and s.token_hash = $2 and s.ends_at > $3 and p.disabled_at is null";
    tx.query_opt(FIND, db::params![jurisdiction, step.fingerprint(), now], |row| {
        let challenge: Option<Vec<u8>> = row.get(2)?;
        Ok(Step {
            person: row.get(0)?,
            source: SourceNetwork::from_column(row.get(1)?),
            challenge: challenge.and_then(|bytes| bytes.try_into().ok()),
        })
    })
}

/// What was signed once, rightly or not, is not asked for again.
fn ask_anew(tx: &mut db::Tx<'_>, attempt: &StepAttempt) -> Result<(), db::Error> {
    const ANEW: &str = "update second_step set challenge = $3 where jurisdiction_id = $1 and token_hash = $2";
    let challenge: Challenge = tx.random();
    tx.exec_one(ANEW, db::params![attempt.jurisdiction, attempt.step.fingerprint(), challenge])
}

fn end(tx: &mut db::Tx<'_>, attempt: &StepAttempt) -> Result<(), db::Error> {
    const END: &str = "delete from second_step where jurisdiction_id = $1 and token_hash = $2";
    tx.exec_one(END, db::params![attempt.jurisdiction, attempt.step.fingerprint()])
}
