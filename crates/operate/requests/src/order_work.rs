//! The work is handed to another system; the request stays open until the work is reported.

use access::Permission;
use db::Tx;

use crate::change::{Change, record, take};
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;
use crate::text;

/// Notes the number of the work order, and the system that has it.
///
/// # Errors
/// A missing reference, permission, life cycle, version, or the store's.
pub fn order_work(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    reference: &str,
    system: Option<&str>,
) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::WorkRequest)?;
    let reference = text::required_line("reference", reference)?;
    let system = system.map_or(Ok(None), |system| text::line("system", system))?;
    record(tx, change, &request, Event::WorkOrdered { reference, system })
}
