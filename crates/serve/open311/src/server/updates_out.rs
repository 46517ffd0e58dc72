//! `GET servicerequestupdates`: what happened to public requests, for systems that keep a copy.

use catalog::Catalog;
use db::Tx;
use jiff::{SignedDuration, Timestamp};
use requests::timeline::Happening;
use requests::views::PublicOutcome;
use requests::{Range, UPDATES_MAX, Update};

use super::Call;
use super::list::window::{Bounds, bounds};
use super::refusal::Refusal;
use super::updates_in::event_id;
use crate::problem::Problem;
use crate::status::ExtendedStatus;
use crate::wire::{Document, UpdateEntry};

/// Without dates: the last day.
const DEFAULT_SPAN: SignedDuration = SignedDuration::from_hours(24);

/// Oldest first, at most a thousand, within dates that are both given or neither, and that compare with the time
/// of the update to the whole second.
pub(super) fn answer(
    tx: &mut Tx<'_>,
    catalog: &Catalog,
    now: Timestamp,
    call: &Call,
) -> Result<Document, Refusal> {
    let range = match bounds(&call.params, "start_date", "end_date", &catalog.jurisdiction.zone)? {
        Bounds { first: None, last: None } => Range { from: now.checked_sub(DEFAULT_SPAN).ok(), until: None },
        Bounds { first: Some(_), last: None } => {
            return Err(Problem::new(400, "end_date required together with start_date").into());
        }
        Bounds { first: None, last: Some(_) } => {
            return Err(Problem::new(400, "start_date required together with end_date").into());
        }
        both => both.range(),
    };
    let updates = requests::updates(tx, &catalog.jurisdiction.id, &range, UPDATES_MAX)?;
    Ok(Document::Updates(updates.into_iter().map(entry).collect()))
}

fn entry(update: Update) -> UpdateEntry {
    UpdateEntry {
        update_id: event_id(&update.number, update.entry.seq),
        status: status(&update.entry.what).as_str(),
        service_request_id: update.number,
        updated_datetime: update.entry.at,
        description: update.entry.text.unwrap_or_default(),
        media_url: None,
    }
}

/// The word that says on the other side what happened here.
fn status(what: &Happening) -> ExtendedStatus {
    match what {
        Happening::Received | Happening::Triaged => ExtendedStatus::Open,
        Happening::Assigned { .. } => ExtendedStatus::Investigating,
        Happening::Accepted | Happening::Paused { .. } => ExtendedStatus::Planned,
        Happening::Scheduled { .. } | Happening::WorkOrdered => ExtendedStatus::ActionScheduled,
        Happening::Started | Happening::Resumed => ExtendedStatus::InProgress,
        Happening::Closed { outcome } => closed(*outcome),
        Happening::Reopened => ExtendedStatus::Reopen,
        Happening::Note
        | Happening::InformationAdded
        | Happening::FilesAdded { .. }
        | Happening::ServiceChanged { .. } => ExtendedStatus::Unchanged,
    }
}

fn closed(outcome: PublicOutcome) -> ExtendedStatus {
    match outcome {
        PublicOutcome::Done => ExtendedStatus::Fixed,
        PublicOutcome::NoActionNeeded | PublicOutcome::CouldNot => ExtendedStatus::NoFurtherAction,
        PublicOutcome::NotOurs => ExtendedStatus::NotResponsible,
        PublicOutcome::Duplicate => ExtendedStatus::Duplicate,
        PublicOutcome::Withdrawn => ExtendedStatus::Cancelled,
    }
}
