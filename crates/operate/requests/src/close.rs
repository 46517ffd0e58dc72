//! Honest closing: an outcome that does not claim more than was done, and a note that tells the resident.

use access::Permission;
use db::{Tx, params};

use crate::change::{Change, ReporterChange, record, take, take_as_reporter};
use crate::contact::{self, Contact};
use crate::error::RequestError;
use crate::event::Event;
use crate::masking::PublicText;
use crate::outcome::{ClosingNote, Outcome};
use crate::request::RequestId;
use crate::request_state::RequestState;
use crate::text;
use crate::timers;

/// Closes a request.
///
/// Whoever waits for a duplicate hears of its original from then on, see [`crate::news::listeners`].
///
/// # Errors
/// A note that says nothing, an original that is none, permission, life cycle, version, or the store's.
pub fn close(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    outcome: Outcome,
    note: &str,
) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::CloseRequest)?;
    request.state.state.check_outcome(outcome)?;
    let note = ClosingNote::new(note)?;
    if let Some(original) = outcome.duplicate_of() {
        check_original(tx, change, original)?;
    }
    let note = public_text(tx, change, note.as_str())?;
    let state = record(tx, change, &request, Event::Closed { outcome, note })?;
    timers::cancel(tx, change)?;
    Ok(state)
}

/// The reporter no longer wants it. A reason is welcome, not required, and becomes the closing note.
///
/// # Errors
/// Life cycle, or the store's.
pub fn withdraw(
    tx: &mut Tx<'_>,
    change: &ReporterChange<'_>,
    why: &str,
) -> Result<RequestState, RequestError> {
    let request = take_as_reporter(tx, change)?;
    let change = change.as_resident();
    let why = text::paragraphs("reason", why, text::REASON_LETTERS_MAX)?.unwrap_or_default();
    let note = public_text(tx, &change, &why)?;
    let state = record(tx, &change, &request, Event::Closed { outcome: Outcome::Withdrawn, note })?;
    timers::cancel(tx, &change)?;
    Ok(state)
}

/// A text for the timeline that everybody reads, with the reporter's details masked.
pub(crate) fn public_text(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    text: &str,
) -> Result<PublicText, RequestError> {
    let contact = contact::of(tx, change.jurisdiction(), change.request)?;
    Ok(PublicText::new(text, &Contact::known(contact.as_ref(), change.catalog)))
}

const ORIGINAL: &str =
    "select duplicate_of from service_request where jurisdiction_id = $1 and id = $2 and id <> $3";

/// The original must exist, be another request, and not be a duplicate itself: chains would end in circles.
fn check_original(tx: &mut Tx<'_>, change: &Change<'_>, original: RequestId) -> Result<(), RequestError> {
    let found = tx.query_opt(ORIGINAL, params![change.jurisdiction(), original, change.request], |row| {
        row.get::<Option<RequestId>>(0)
    })?;
    match found {
        None => Err(RequestError::NoSuchOriginal(original)),
        Some(Some(original)) => Err(RequestError::DuplicateOfDuplicate { original }),
        Some(None) => Ok(()),
    }
}
