//! A team takes what it was handed.

use access::Permission;
use db::Tx;

use crate::change::{Change, record, take};
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;

/// The team that has the request says that it is theirs.
///
/// # Errors
/// Permission, life cycle, version, or the store's.
pub fn accept(tx: &mut Tx<'_>, change: &Change<'_>) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::AnswerHandOver)?;
    record(tx, change, &request, Event::Accepted)
}
