//! A request that waits until a date goes on by itself.

use access::Actor;
use catalog::Catalog;
use db::{Tx, jobs};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::change::{Change, in_hand, record};
use crate::error::RequestError;
use crate::event::Event;
use crate::life_cycle::State;
use crate::request::RequestId;
use crate::request_state::RequestState;

/// The kind of job that [`run`] is for.
pub const KIND: &str = "request.resume";

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    request: RequestId,
}

/// What a timer found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rung {
    /// The request goes on.
    Resumed,
    /// It had gone on already, or waits for something else by now.
    NothingToDo,
}

pub(crate) fn set(tx: &mut Tx<'_>, change: &Change<'_>, until: Timestamp) -> Result<(), RequestError> {
    let payload = Payload { request: change.request };
    let payload =
        serde_json::to_string(&payload).map_err(|source| RequestError::Damaged { what: "timer", source })?;
    let job = jobs::NewJob {
        jurisdiction: change.jurisdiction().as_str(),
        kind: KIND,
        payload: &payload,
        run_at: until,
        key: Some(&key(change.request)),
    };
    jobs::enqueue(tx, change.now, &job)?;
    Ok(())
}

pub(crate) fn cancel(tx: &mut Tx<'_>, change: &Change<'_>) -> Result<(), RequestError> {
    Ok(jobs::cancel(tx, change.jurisdiction().as_str(), &key(change.request))?)
}

fn key(request: RequestId) -> String {
    format!("{KIND}:{request}")
}

/// Runs a timer: lets the request go on if it still waits for the date that the timer was set to.
///
/// Running it twice, or late, changes nothing more; the caller reports the job done.
///
/// # Errors
/// [`RequestError::Damaged`] for a job that is no timer, or the store's.
pub fn run(
    tx: &mut Tx<'_>,
    now: Timestamp,
    catalog: &Catalog,
    job: &jobs::Job,
) -> Result<Rung, RequestError> {
    let payload: Payload = serde_json::from_str(&job.payload)
        .map_err(|source| RequestError::Damaged { what: "timer", source })?;
    let by = Actor::System("timer");
    let change = Change { now, by: &by, catalog, request: payload.request, expected: None };
    let request = in_hand(tx, change.jurisdiction(), payload.request)?;
    if !is_over(&request.state, now) {
        return Ok(Rung::NothingToDo);
    }
    record(tx, &change, &request, Event::Resumed)?;
    Ok(Rung::Resumed)
}

fn is_over(state: &RequestState, now: Timestamp) -> bool {
    matches!(&state.state, State::Waiting { until: Some(until), .. } if *until <= now)
}
