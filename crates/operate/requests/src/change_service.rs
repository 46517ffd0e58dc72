//! It turned out to be about something else.

use access::Permission;
use catalog::ServiceId;
use db::Tx;

use crate::change::{Change, record, take};
use crate::create::clock;
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;
use crate::row::service_of;

/// Moves a request to another service. The work is measured by that service's target from the receipt on; the
/// promise stays what the resident was told. The team stays too: handing over is a decision of its own.
///
/// # Errors
/// [`RequestError::UnknownService`], permission, version, or the store's.
pub fn change_service(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    service: ServiceId,
) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::TriageRequest)?;
    let service = service_of(change.catalog, service)?;
    let event = Event::ServiceChanged {
        service: service.id,
        department: service.department,
        clock: clock(change.catalog, service, request.state.received_at),
    };
    record(tx, change, &request, event)
}
