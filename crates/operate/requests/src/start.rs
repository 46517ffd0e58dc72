//! Work begins.

use access::Permission;
use db::Tx;

use crate::change::{Change, record, take};
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;

/// Says that somebody is working on it now.
///
/// # Errors
/// Permission, life cycle, version, or the store's.
pub fn start(tx: &mut Tx<'_>, change: &Change<'_>) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::WorkRequest)?;
    record(tx, change, &request, Event::Started)
}
