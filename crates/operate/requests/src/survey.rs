//! After closing, one question to the one who reported: is it fixed, and how satisfied are you?
//!
//! Answered once by the private link and never changed: "not fixed" is what [reopening](crate::reopen_as_reporter) is
//! for. What anybody may know of the answers is a count by service, and none under [`ANSWERS_MIN`]: a handful of
//! answers points at people.

use access::{Actor, JurisdictionId, audit};
use catalog::ServiceId;
use db::{Tx, params};
use jiff::{SignedDuration, Timestamp};

use crate::change::{ReporterChange, take_as_reporter};
use crate::error::RequestError;
use crate::tracking::Reporter;

/// Fewer answers than this are not counted for anybody.
pub const ANSWERS_MIN: i64 = 5;
/// How far back answers count.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(24 * 365);

/// What somebody answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Whether the problem is gone.
    pub fixed: bool,
    /// How they were treated, if they said.
    pub satisfaction: Option<Satisfaction>,
}

/// From 1, not at all satisfied, to 5, very satisfied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Satisfaction(u8);

impl Satisfaction {
    /// Every value, the best first.
    pub const ALL: [Satisfaction; 5] =
        [Satisfaction(5), Satisfaction(4), Satisfaction(3), Satisfaction(2), Satisfaction(1)];

    /// A value from 1 to 5; nothing for any other.
    pub fn new(value: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.value() == value)
    }

    /// The value, from 1 to 5.
    pub fn value(self) -> i64 {
        i64::from(self.0)
    }
}

/// What those who reported say about a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// How many answered, at least [`ANSWERS_MIN`].
    pub answers: i64,
    /// How many of them say that it was fixed.
    pub fixed: i64,
}

const KEEP: &str = "
    insert into request_survey (jurisdiction_id, request_id, service_id, answered_at, fixed, satisfaction)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (jurisdiction_id, request_id) do nothing";

/// Keeps the answer of the one who reported; `false` when they have answered before, which stands.
///
/// # Errors
/// [`RequestError::StillOpen`], or the store's.
pub fn answer(tx: &mut Tx<'_>, change: &ReporterChange<'_>, answer: &Answer) -> Result<bool, RequestError> {
    let request = take_as_reporter(tx, change)?;
    if request.state.closed_at.is_none() {
        return Err(RequestError::StillOpen);
    }
    let jurisdiction = &change.catalog.jurisdiction.id;
    let satisfaction = answer.satisfaction.map(Satisfaction::value);
    let kept = tx.exec(
        KEEP,
        params![jurisdiction, request.id, request.state.service, change.now, answer.fixed, satisfaction],
    )?;
    if kept == 1 {
        let object = format!("request:{}", request.id);
        let (action, detail) = ("request.survey_answered", String::new());
        let entry = audit::Entry { jurisdiction, actor: &Actor::Resident, action, object, detail };
        audit::append(tx, change.now, &entry)?;
    }
    Ok(kept == 1)
}

const OF: &str = "
    select fixed, satisfaction from request_survey where jurisdiction_id = $1 and request_id = $2";

/// What the holder of the private link has answered.
///
/// # Errors
/// The store's.
pub fn of(tx: &mut Tx<'_>, by: &Reporter) -> Result<Option<Answer>, RequestError> {
    Ok(tx.query_opt(OF, params![by.jurisdiction(), by.request()], |row| {
        let satisfaction = row.get::<Option<i64>>(1)?.and_then(Satisfaction::new);
        Ok(Answer { fixed: row.get(0)?, satisfaction })
    })?)
}

const COUNT: &str = "
    select count(*), count(case when fixed then 1 end) from request_survey
    where jurisdiction_id = $1 and service_id = $2 and answered_at >= $3";

/// What those who reported say about a service; nothing while too few have answered.
///
/// # Errors
/// The store's.
pub fn summary(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    service: ServiceId,
) -> Result<Option<Summary>, RequestError> {
    let counted = tx.query_one(COUNT, params![jurisdiction, service, now - WINDOW], |row| {
        Ok(Summary { answers: row.get(0)?, fixed: row.get(1)? })
    })?;
    Ok(Some(counted).filter(|counted| counted.answers >= ANSWERS_MIN))
}
