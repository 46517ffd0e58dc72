//! What open pages of the desk listen for: the work list for anything that would make it look different, the page of a
//! request for its next version and for colleagues who have it open.

use std::sync::{Mutex, PoisonError};

use access::Permission;
use axum::extract::Path;
use axum::response::Response;
use db::Tx;
use http::HeaderMap;
use jiff::Timestamp;
use requests::{RequestError, RequestId};
use serde::Serialize;

use super::presence::{self, Colleague, NOTED_EVERY};
use super::work_list::Read;
use crate::live::{Watched, stream};
use crate::refusal::Refusal;
use crate::visit::{Query, Staff, Visit};

/// The work list as it would be shown now.
struct WatchedList {
    query: Query,
}

#[derive(Serialize, PartialEq)]
struct ListState {
    mark: String,
}

/// `GET /desk/live?…`, with the choices of the list in the address.
pub(crate) async fn list(visit: Visit, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    stream(&visit, &headers, WatchedList { query })
}

impl Watched for WatchedList {
    type State = ListState;

    fn look(&self, tx: &mut Tx<'_>, visit: &Visit) -> Result<Option<ListState>, RequestError> {
        let Some(staff) = visit.staff.clone().filter(|_| visit.may(Permission::ViewWork)) else {
            return Ok(None);
        };
        let mark = Read::of(tx, visit, &Staff(staff), &self.query)?.mark();
        Ok(Some(ListState { mark }))
    }

    async fn note(&self, _: &Visit, _: bool) -> Result<(), RequestError> {
        Ok(())
    }
}

/// One request, and who else has it open.
struct WatchedRequest {
    id: RequestId,
    /// Whether the listener is writing something.
    is_editing: bool,
    /// When it was last noted that the page is open.
    noted_at: Mutex<Option<Timestamp>>,
}

#[derive(Serialize, PartialEq)]
struct RequestState {
    mark: String,
    colleagues: Vec<Colleague>,
}

/// `GET /desk/requests/{number}/live`; with `doing=writing` for somebody who has begun to fill in a form.
pub(crate) async fn request(
    visit: Visit,
    staff: Staff,
    Path(number): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (by, home) = (staff.actor(), visit.jurisdiction().clone());
    let found = visit.app.db.read(move |tx| requests::find_by_number(tx, &by, &home, &number)).await;
    let found = found.map_err(|error| Refusal::request(&visit.app, &error))?.ok_or(Refusal::NotFound)?;
    let is_editing = query.get("doing") == Some("writing");
    stream(&visit, &headers, WatchedRequest { id: found.id, is_editing, noted_at: Mutex::default() })
}

impl Watched for WatchedRequest {
    type State = RequestState;

    fn look(&self, tx: &mut Tx<'_>, visit: &Visit) -> Result<Option<RequestState>, RequestError> {
        let Some(staff) = visit.staff.clone().filter(|_| visit.may(Permission::ViewWork)) else {
            return Ok(None);
        };
        let home = visit.jurisdiction();
        let colleagues = presence::others(tx, visit.now, home, &staff, self.id)?;
        match requests::find(tx, &Staff(staff).actor(), home, self.id) {
            Ok(request) => Ok(Some(RequestState { mark: request.version.to_string(), colleagues })),
            Err(RequestError::Unknown(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn note(&self, visit: &Visit, is_over: bool) -> Result<(), RequestError> {
        let Some(staff) = visit.staff.clone() else { return Ok(()) };
        let (now, id, is_editing) = (visit.now, self.id, self.is_editing);
        if is_over {
            return Ok(visit.app.db.write(move |tx| presence::leave(tx, &staff, id)).await?);
        }
        if !self.is_due(now) {
            return Ok(());
        }
        Ok(visit.app.db.write(move |tx| presence::note(tx, now, &staff, id, is_editing)).await?)
    }
}

impl WatchedRequest {
    /// True when the page was not noted for a while; then it counts as noted.
    fn is_due(&self, now: Timestamp) -> bool {
        let mut noted_at = self.noted_at.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = noted_at.is_none_or(|before| now.duration_since(before) >= NOTED_EVERY);
        if is_due {
            *noted_at = Some(now);
        }
        is_due
    }
}
