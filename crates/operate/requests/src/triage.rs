//! Triage: somebody has looked at a request and understood it.

use access::Permission;
use db::Tx;

use crate::change::{Change, record, take};
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;

/// Says that a request was looked at and understood; also takes back a hand-over nobody answered.
///
/// # Errors
/// Permission, life cycle, version, or the store's.
pub fn triage(tx: &mut Tx<'_>, change: &Change<'_>) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::TriageRequest)?;
    record(tx, change, &request, Event::Triaged)
}
