//! The history of a request, told to one kind of reader.

use access::{Actor, JurisdictionId, Permission};
use catalog::{PublicLevel, ServiceId, TeamId};
use db::Tx;
use jiff::Timestamp;
use serde::Serialize;

use crate::change::require;
use crate::error::RequestError;
use crate::event::{AuthorKind, Event, Recorded};
use crate::find;
use crate::request::RequestId;
use crate::store;
use crate::tracking::Reporter;
use crate::views::PublicOutcome;

/// Something that happened, as anybody may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublicEntry {
    /// Its place in the history; there are gaps where something is not public.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// By whom, roughly.
    pub by: AuthorKind,
    /// What.
    pub what: Happening,
    /// The note, masked; only of requests published in full.
    pub text: Option<String>,
}

/// Something that happened, as the reporter may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReporterEntry {
    /// Its place in the history.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// By whom, roughly.
    pub by: AuthorKind,
    /// What.
    pub what: Happening,
    /// What was written to them, or by them.
    pub text: Option<String>,
}

/// What happened, without the words that not everybody may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is documented at the event of the same name")]
pub enum Happening {
    Received,
    Triaged,
    Assigned { team: TeamId },
    Accepted,
    Scheduled { at: Timestamp },
    Started,
    Paused { until: Option<Timestamp> },
    Resumed,
    WorkOrdered,
    Closed { outcome: PublicOutcome },
    Reopened,
    Note,
    InformationAdded,
    FilesAdded { files: i64 },
    ServiceChanged { service: ServiceId },
}

/// The history of a public request for anybody; `None` when there is none or it is not public.
///
/// # Errors
/// The store's.
pub fn public(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    number: &str,
) -> Result<Option<Vec<PublicEntry>>, RequestError> {
    let Some(stored) = find::by_number(tx, jurisdiction, number)? else {
        return Ok(None);
    };
    let Some(level) = stored.published() else {
        return Ok(None);
    };
    let history = store::history(tx, jurisdiction, stored.id)?;
    Ok(Some(history.iter().filter_map(|recorded| public_entry(recorded, level)).collect()))
}

/// The history for the holder of the private link.
///
/// # Errors
/// The store's.
pub fn reported(tx: &mut Tx<'_>, by: &Reporter) -> Result<Vec<ReporterEntry>, RequestError> {
    let history = store::history(tx, by.jurisdiction(), by.request())?;
    Ok(history.into_iter().filter_map(reporter_entry).collect())
}

/// The whole history, for staff who may see the work.
///
/// # Errors
/// As [`crate::find()`].
pub fn staff(
    tx: &mut Tx<'_>,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    id: RequestId,
) -> Result<Vec<Recorded>, RequestError> {
    require(by, jurisdiction, Permission::ViewWork)?;
    let stored = find::visible_to_staff(tx, by, jurisdiction, id)?;
    store::history(tx, jurisdiction, stored.id)
}

pub(crate) fn public_entry(recorded: &Recorded, level: PublicLevel) -> Option<PublicEntry> {
    let Recorded { seq, at, by, event } = recorded;
    let what = happening(event).filter(|_| event.is_public())?;
    let text = public_text(event).filter(|_| level == PublicLevel::Full).map(str::to_owned);
    Some(PublicEntry { seq: *seq, at: *at, by: by.kind(), what, text })
}

fn reporter_entry(recorded: Recorded) -> Option<ReporterEntry> {
    let Recorded { seq, at, by, event } = recorded;
    let what = happening(&event)?;
    Some(ReporterEntry { seq, at, by: by.kind(), what, text: reporter_text(event) })
}

fn public_text(event: &Event) -> Option<&str> {
    match event {
        Event::Closed { note, .. } | Event::PublicNote { note } => Some(note.for_public()),
        _ => None,
    }
}

fn reporter_text(event: Event) -> Option<String> {
    match event {
        Event::Closed { note, .. } | Event::PublicNote { note } => Some(note.whole().to_owned()),
        Event::Paused { reason, .. } | Event::Reopened { reason } => Some(reason),
        Event::InformationAdded { text } => Some(text),
        _ => None,
    }
}

/// What happened, as the reporter may know it; nothing for what is the office's own affair.
pub fn happening(event: &Event) -> Option<Happening> {
    Some(match event {
        Event::Received(_) => Happening::Received,
        Event::Triaged => Happening::Triaged,
        Event::Assigned { team, .. } => Happening::Assigned { team: *team },
        Event::Accepted => Happening::Accepted,
        Event::Scheduled { at } => Happening::Scheduled { at: *at },
        Event::Started => Happening::Started,
        Event::Paused { until, .. } => Happening::Paused { until: *until },
        Event::Resumed => Happening::Resumed,
        Event::WorkOrdered { .. } => Happening::WorkOrdered,
        Event::Closed { outcome, .. } => Happening::Closed { outcome: (*outcome).into() },
        Event::Reopened { .. } => Happening::Reopened,
        Event::PublicNote { .. } => Happening::Note,
        Event::InformationAdded { .. } => Happening::InformationAdded,
        Event::FilesAdded { files } => Happening::FilesAdded { files: *files },
        Event::ServiceChanged { service, .. } => Happening::ServiceChanged { service: *service },
        Event::Refused { .. } | Event::InternalNote { .. } | Event::ConfidentialSet { .. } => return None,
    })
}
