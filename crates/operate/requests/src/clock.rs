//! The promise made at intake, and the clock that measures against the target.
//!
//! They are two things on purpose. The *promise* is the date the resident was told; nothing ever moves
//! it. The *clock* counts the target's time, stands still while the request waits or is closed, and so
//! gives a due time of its own, which staff work by.

use calendar::{Allowance, Calendar, Pause};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::RequestError;

/// What the resident was told when the request came in. Never moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Version of the service's target it came from; `None` when another system made the promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_version: Option<i64>,
    /// By when somebody will have looked at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_response_at: Option<Timestamp>,
    /// By when it will be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolve_at: Option<Timestamp>,
}

impl From<catalog::Promise> for Promise {
    fn from(promise: catalog::Promise) -> Self {
        Self {
            target_version: Some(promise.target_version),
            first_response_at: promise.first_response_at,
            resolve_at: promise.resolve_at,
        }
    }
}

/// What the due time is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// An allowance from a target of ours, in the time of the service's calendar.
    Runs {
        /// Since when.
        from: Timestamp,
        /// How long there is.
        allowance: Allowance,
    },
    /// A date that another system gave us without its rule; pauses move it by their length.
    Stated {
        /// The date.
        at: Timestamp,
    },
}

impl Clock {
    /// When the time is up, given the stretches in which the clock stood still; `None` while it stands.
    ///
    /// # Errors
    /// [`RequestError::Calendar`] when the calendar never opens again.
    pub fn due_at(&self, calendar: &Calendar, pauses: &[Pause]) -> Result<Option<Timestamp>, RequestError> {
        match self {
            Clock::Runs { from, allowance } => Ok(calendar.due_at_with_pauses(*from, *allowance, pauses)?),
            Clock::Stated { at } => Ok(later_by(*at, pauses)),
        }
    }
}

/// Moves a date by the length of the pauses; `None` while one has no end, or past the end of time.
fn later_by(at: Timestamp, pauses: &[Pause]) -> Option<Timestamp> {
    pauses.iter().try_fold(at, |at, pause| at.checked_add(pause.until?.duration_since(pause.from)).ok())
}
