//! What was waited for has come.

use access::Permission;
use db::Tx;

use crate::change::{Change, record, take};
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;
use crate::timers;

/// Lets the clock run again, from where the request stood when it was stopped.
///
/// # Errors
/// Permission, life cycle, version, or the store's.
pub fn resume(tx: &mut Tx<'_>, change: &Change<'_>) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::WorkRequest)?;
    let state = record(tx, change, &request, Event::Resumed)?;
    timers::cancel(tx, change)?;
    Ok(state)
}
