//! Everything that can happen to a request, as kept for ever.
//!
//! A request is its history: events are only ever added, and [`crate::RequestState::fold`] says what
//! they come to. Events hold no contact details, so that a person can be forgotten without rewriting them.

use access::Actor;
use catalog::{DepartmentId, ServiceId, TeamId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::channel::Channel;
use crate::clock::{Clock, Promise};
use crate::life_cycle::Move;
use crate::masking::PublicText;
use crate::outcome::Outcome;

/// Something that happened to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// It came in; always the first event.
    Received(Intake),
    /// Looked at and understood.
    Triaged,
    /// Handed to a team.
    Assigned {
        /// The team.
        team: TeamId,
        /// The team's department, which answers for the request from here on.
        department: DepartmentId,
    },
    /// The team took it.
    Accepted,
    /// The team gave it back.
    Refused {
        /// Why.
        reason: String,
        /// Whom they suggest instead.
        suggestion: Option<TeamId>,
    },
    /// Work got a date.
    Scheduled {
        /// When work is planned to begin.
        at: Timestamp,
    },
    /// Work began.
    Started,
    /// The clock was stopped.
    Paused {
        /// What is waited for.
        reason: String,
        /// When it resumes by itself.
        until: Option<Timestamp>,
    },
    /// The clock runs again.
    Resumed,
    /// The work was handed to another system.
    WorkOrdered {
        /// Number of the work order over there.
        reference: String,
        /// Name of the other system.
        system: Option<String>,
    },
    /// It was closed.
    Closed {
        /// Why.
        outcome: Outcome,
        /// What the resident is told.
        note: PublicText,
    },
    /// It was taken up again.
    Reopened {
        /// Why; read by staff and the reporter.
        reason: String,
    },
    /// Somebody of the staff wrote a note that everybody may read.
    PublicNote {
        /// The note.
        note: PublicText,
    },
    /// Somebody of the staff wrote a note for colleagues.
    InternalNote {
        /// The note.
        note: String,
    },
    /// The reporter told us more.
    InformationAdded {
        /// What they wrote; read by staff and the reporter.
        text: String,
    },
    /// Photos were added after the first report.
    FilesAdded {
        /// How many.
        files: i64,
    },
    /// It turned out to be about another service.
    ServiceChanged {
        /// The service it is about.
        service: ServiceId,
        /// The department of that service.
        department: DepartmentId,
        /// The clock of that service's target; the promise stays what the resident was told.
        clock: Option<Clock>,
    },
    /// It was hidden from the public, or no longer is.
    ConfidentialSet {
        /// Whether it is hidden from now on.
        confidential: bool,
    },
}

/// What is settled when a request comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    /// What was asked for.
    pub service: ServiceId,
    /// The department of that service.
    pub department: DepartmentId,
    /// The team that the catalog's routes hand it to at once, if they name one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// How it reached us.
    pub channel: Channel,
    /// Whether it is hidden from the public.
    #[serde(default, skip_serializing_if = "is_false")]
    pub confidential: bool,
    /// What the resident was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    /// What the target measures against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// When the system that an imported one comes from last changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    /// Photos that came with it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub files: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_zero(count: &i64) -> bool {
    *count == 0
}

/// An event in its place in the history of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// 1, 2, 3… within the request; the request's version after it.
    pub seq: i64,
    /// When it happened; never earlier than the event before it.
    pub at: Timestamp,
    /// Who did it.
    pub by: Author,
    /// What happened.
    pub event: Event,
}

/// Who did something, as a reference that stays valid when the person is forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author(String);

/// What the public may know about who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    /// Whoever reported.
    Resident,
    /// The government's people.
    Staff,
    /// Another system.
    Partner,
    /// Townline itself: a timer, an import.
    System,
}

impl Author {
    pub(crate) fn stored(label: String) -> Self {
        Self(label)
    }

    /// The reference, as in the audit chain: `person:…`, `key:…`, `resident`, `system:…`.
    pub fn label(&self) -> &str {
        &self.0
    }

    /// What the public may know.
    pub fn kind(&self) -> AuthorKind {
        match self.0.split(':').next() {
            Some("person") => AuthorKind::Staff,
            Some("key") => AuthorKind::Partner,
            Some("system") => AuthorKind::System,
            _ => AuthorKind::Resident,
        }
    }
}

impl From<&Actor> for Author {
    fn from(actor: &Actor) -> Self {
        Self(actor.label())
    }
}

impl Event {
    /// The move it makes in the life cycle, if it makes one.
    pub fn step(&self) -> Option<Move> {
        match self {
            Event::Triaged => Some(Move::Triage),
            Event::Assigned { .. } => Some(Move::Assign),
            Event::Accepted => Some(Move::Accept),
            Event::Refused { .. } => Some(Move::Refuse),
            Event::Scheduled { .. } => Some(Move::Schedule),
            Event::Started => Some(Move::Start),
            Event::Paused { .. } => Some(Move::Pause),
            Event::Resumed => Some(Move::Resume),
            Event::WorkOrdered { .. } => Some(Move::OrderWork),
            Event::Closed { .. } => Some(Move::Close),
            Event::Reopened { .. } => Some(Move::Reopen),
            Event::Received(_)
            | Event::PublicNote { .. }
            | Event::InternalNote { .. }
            | Event::InformationAdded { .. }
            | Event::FilesAdded { .. }
            | Event::ServiceChanged { .. }
            | Event::ConfidentialSet { .. } => None,
        }
    }

    /// The name in the database, the audit chain and the outbox: `request.closed`.
    pub fn topic(&self) -> &'static str {
        match self {
            Event::Received(_) => "request.received",
            Event::Triaged => "request.triaged",
            Event::Assigned { .. } => "request.assigned",
            Event::Accepted => "request.accepted",
            Event::Refused { .. } => "request.refused",
            Event::Scheduled { .. } => "request.scheduled",
            Event::Started => "request.started",
            Event::Paused { .. } => "request.paused",
            Event::Resumed => "request.resumed",
            Event::WorkOrdered { .. } => "request.work_ordered",
            Event::Closed { .. } => "request.closed",
            Event::Reopened { .. } => "request.reopened",
            Event::PublicNote { .. } => "request.public_note",
            Event::InternalNote { .. } => "request.internal_note",
            Event::InformationAdded { .. } => "request.information_added",
            Event::FilesAdded { .. } => "request.files_added",
            Event::ServiceChanged { .. } => "request.service_changed",
            Event::ConfidentialSet { .. } => "request.confidential_set",
        }
    }

    /// Whether it shows that a person of the government (or their system) has looked at the request.
    pub fn answers_the_resident(&self) -> bool {
        self.step().is_some() && !matches!(self, Event::Reopened { .. } | Event::Resumed)
            || matches!(self, Event::PublicNote { .. })
    }

    /// Whether the timeline that everybody may read has it.
    ///
    /// Hand-overs between teams are the office's own affair; so is who refused what.
    pub fn is_public(&self) -> bool {
        match self {
            Event::Received(_)
            | Event::Triaged
            | Event::Assigned { .. }
            | Event::Accepted
            | Event::Scheduled { .. }
            | Event::Started
            | Event::Paused { .. }
            | Event::Resumed
            | Event::WorkOrdered { .. }
            | Event::Closed { .. }
            | Event::Reopened { .. }
            | Event::PublicNote { .. }
            | Event::ServiceChanged { .. } => true,
            Event::Refused { .. }
            | Event::InternalNote { .. }
            | Event::InformationAdded { .. }
            | Event::FilesAdded { .. }
            | Event::ConfidentialSet { .. } => false,
        }
    }

    /// Whether the reporter and the followers are told at once.
    pub fn is_news(&self) -> bool {
        matches!(
            self,
            Event::Received(_)
                | Event::Accepted
                | Event::Scheduled { .. }
                | Event::Started
                | Event::Paused { .. }
                | Event::WorkOrdered { .. }
                | Event::Closed { .. }
                | Event::Reopened { .. }
                | Event::PublicNote { .. }
        )
    }
}
