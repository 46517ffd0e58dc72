//! "This is not fixed": a closed request is taken up again, and its clock goes on.

use access::Permission;
use db::Tx;
use jiff::SignedDuration;

use crate::change::{Change, InHand, ReporterChange, record, take, take_as_reporter};
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;
use crate::text;

/// Days after closing within which the reporter may reopen, where the jurisdiction says nothing else.
pub const REOPEN_DAYS: i64 = 90;

/// Takes up a closed request again; staff may at any time.
///
/// # Errors
/// A missing reason, permission, life cycle, version, or the store's.
pub fn reopen(tx: &mut Tx<'_>, change: &Change<'_>, reason: &str) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::ReopenRequest)?;
    record_reopening(tx, change, &request, reason)
}

/// The reporter takes up a closed request again, within `days_max` days.
///
/// # Errors
/// [`RequestError::ReopenTooLate`], a missing reason, life cycle, or the store's.
pub fn reopen_as_reporter(
    tx: &mut Tx<'_>,
    change: &ReporterChange<'_>,
    reason: &str,
    days_max: i64,
) -> Result<RequestState, RequestError> {
    let request = take_as_reporter(tx, change)?;
    if let Some(closed_at) = request.state.closed_at
        && change.now.duration_since(closed_at) > SignedDuration::from_hours(24 * days_max)
    {
        return Err(RequestError::ReopenTooLate { closed_at, days_max });
    }
    record_reopening(tx, &change.as_resident(), &request, reason)
}

fn record_reopening(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    request: &InHand,
    reason: &str,
) -> Result<RequestState, RequestError> {
    let reason = text::required_paragraphs("reason", reason, text::REASON_LETTERS_MAX)?;
    record(tx, change, request, Event::Reopened { reason })
}
