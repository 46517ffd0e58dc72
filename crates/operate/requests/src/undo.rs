//! Taking back the last step, honestly: what happened stays in the history, and a further event says the opposite.
//!
//! What residents were told meanwhile cannot be untold; they hear of the step back like of any other.

use access::Permission;
use db::Tx;

use crate::assign::assign;
use crate::change::{Change, require};
use crate::error::RequestError;
use crate::event::{Event, Recorded};
use crate::find;
use crate::reopen::reopen;
use crate::request_state::RequestState;
use crate::resume::resume;
use crate::set_confidential::set_confidential;
use crate::store;
use crate::triage::triage;

/// Takes back the last event of a request: a hand-over goes back to the team before it, or to triage where none had it;
/// a pause ends; a closed request is opened again, with `reason` in its history; hiding and showing are turned round.
///
/// The caller needs the right to the step back, not to the step. With [`Change::expected`], only that version is taken
/// back.
///
/// # Errors
/// [`RequestError::NothingToUndo`] for other events, [`RequestError::Stale`] when something happened since, and those
/// of the opposite step.
pub fn undo(tx: &mut Tx<'_>, change: &Change<'_>, reason: &str) -> Result<RequestState, RequestError> {
    require(change.by, change.jurisdiction(), Permission::ViewWork)?;
    let request = find::visible_to_staff(tx, change.by, change.jurisdiction(), change.request)?;
    let history = store::history(tx, change.jurisdiction(), request.id)?;
    let (last, before) = history.split_last().ok_or(RequestError::Unknown(change.request))?;
    if let Some(expected) = change.expected.filter(|expected| *expected != last.seq) {
        return Err(RequestError::Stale { expected, found: last.seq });
    }
    match &last.event {
        Event::Assigned { .. } => hand_back(tx, change, before),
        Event::Paused { .. } => resume(tx, change),
        Event::Closed { .. } => reopen(tx, change, reason),
        Event::ConfidentialSet { confidential } => set_confidential(tx, change, !confidential),
        _ => Err(RequestError::NothingToUndo { version: last.seq }),
    }
}

/// The team is asked again even if it had accepted: it was told that the work is another's.
fn hand_back(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    before: &[Recorded],
) -> Result<RequestState, RequestError> {
    match RequestState::fold(before)?.team() {
        Some(team) => assign(tx, change, team),
        None => triage(tx, change),
    }
}
