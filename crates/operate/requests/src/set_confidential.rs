//! Hiding a request from the public whatever its service says.

use access::Permission;
use db::Tx;

use crate::change::{Change, record, take};
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;

/// Marks a request confidential, or no longer so.
///
/// # Errors
/// Permission, version, or the store's.
pub fn set_confidential(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    confidential: bool,
) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::SetConfidential)?;
    record(tx, change, &request, Event::ConfidentialSet { confidential })
}
