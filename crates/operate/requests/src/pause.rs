//! Waiting for something outside our hands stops the clock, honestly: with a reason, and until when.

use access::Permission;
use db::Tx;
use jiff::Timestamp;

use crate::change::{Change, record, take};
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;
use crate::text;
use crate::timers;

/// Stops the clock; with `until`, a timer lets it run again by itself.
///
/// # Errors
/// A missing reason, [`RequestError::NotInTheFuture`], permission, life cycle, version, or the store's.
pub fn pause(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    reason: &str,
    until: Option<Timestamp>,
) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::WorkRequest)?;
    let reason = text::required_paragraphs("reason", reason, text::REASON_LETTERS_MAX)?;
    if let Some(at) = until.filter(|until| *until <= change.now) {
        return Err(RequestError::NotInTheFuture { at });
    }
    let state = record(tx, change, &request, Event::Paused { reason, until })?;
    if let Some(until) = until {
        timers::set(tx, change, until)?;
    }
    Ok(state)
}
