//! Work gets a date.

use access::Permission;
use db::Tx;
use jiff::Timestamp;

use crate::change::{Change, record, take};
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;

/// Says when work is planned to begin; a later plan replaces an earlier one.
///
/// # Errors
/// [`RequestError::NotInTheFuture`], permission, life cycle, version, or the store's.
pub fn schedule(tx: &mut Tx<'_>, change: &Change<'_>, at: Timestamp) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::WorkRequest)?;
    if at <= change.now {
        return Err(RequestError::NotInTheFuture { at });
    }
    record(tx, change, &request, Event::Scheduled { at })
}
