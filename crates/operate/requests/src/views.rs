//! What each kind of reader gets to see of a request. Three types, so that they cannot be confused (AZ-04).

use catalog::{Answer, Answers, DepartmentId, PublicLevel, ServiceId, TeamId};
use geography::Point;
use jiff::Timestamp;
use serde::Serialize;

use crate::channel::Channel;
use crate::files::Photo;
use crate::life_cycle::{Move, State, Status};
use crate::outcome::Outcome;
use crate::place::Place;
use crate::request::RequestId;
use crate::stored::Stored;

/// What anybody may see.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicView {
    /// Its name outside.
    pub number: String,
    /// What it is about.
    pub service: ServiceId,
    /// Who answers for it.
    pub department: DepartmentId,
    /// Where it stands.
    pub status: Status,
    /// When it came in.
    pub requested_at: Timestamp,
    /// When something last happened that the public may know of.
    pub updated_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// By when the resident was told to expect it done.
    pub promised_at: Option<Timestamp>,
    /// Why it was closed.
    pub outcome: Option<PublicOutcome>,
    /// Where it is: exactly, or only the middle of a cell of the coarse grid.
    pub place: PublicPlace,
    /// The words and pictures, where its service publishes them.
    pub details: Option<PublicDetails>,
}

/// A place as the public may know it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum PublicPlace {
    /// As reported.
    Exact(Place),
    /// Only about where; `None` when no point is known.
    Coarse(Option<Point>),
}

/// Why a request was closed, as far as that concerns everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is documented at the outcome of the same name")]
pub enum PublicOutcome {
    Done,
    NoActionNeeded,
    NotOurs,
    Duplicate,
    CouldNot,
    Withdrawn,
}

/// The words and pictures of a request that is published in full.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicDetails {
    /// What was written, with everything personal masked.
    pub description: Option<String>,
    /// What the resident was told at the end, masked likewise.
    pub closing_note: Option<String>,
    /// What was chosen from lists; what was typed may name somebody and stays inside.
    pub choices: Vec<Answer>,
    /// How it reached us.
    pub channel: Channel,
    /// Kind and code of each district.
    pub districts: Vec<(String, String)>,
    /// Pictures in our store.
    pub photos: Vec<Photo>,
    /// Links to pictures elsewhere.
    pub media_urls: Vec<String>,
}

/// What the holder of the private link may see: their own report, and everything they were told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReporterView {
    /// Its name outside.
    pub number: String,
    /// What it is about.
    pub service: ServiceId,
    /// Who answers for it.
    pub department: DepartmentId,
    /// Where it stands.
    pub status: Status,
    /// When it came in.
    pub requested_at: Timestamp,
    /// When something last happened.
    pub updated_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// By when they were told that somebody would have looked at it.
    pub first_response_due_at: Option<Timestamp>,
    /// By when they were told to expect it done.
    pub promised_at: Option<Timestamp>,
    /// When work is planned to begin.
    pub scheduled_at: Option<Timestamp>,
    /// What is being waited for.
    pub waiting_for: Option<String>,
    /// Why it was closed.
    pub outcome: Option<PublicOutcome>,
    /// What they were told at the end.
    pub closing_note: Option<String>,
    /// What they wrote.
    pub description: Option<String>,
    /// What they answered, in the words in which they were asked.
    pub answers: Answers,
    /// Where it is.
    pub place: Place,
    /// Pictures in our store.
    pub photos: Vec<Photo>,
    /// Links to pictures elsewhere.
    pub media_urls: Vec<String>,
    /// Hidden from the public, by its service or because they asked for it.
    pub is_private: bool,
}

/// What staff with the right to see work may see. Who reported is another question: [`crate::contact::reveal`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StaffView {
    /// Its name inside.
    pub id: RequestId,
    /// Its name outside.
    pub number: String,
    /// What an update must name to show that it has seen the latest.
    pub version: i64,
    /// Where it is in its life cycle, with all that belongs to the state.
    pub state: State,
    /// What it is about.
    pub service: ServiceId,
    /// Who answers for it.
    pub department: DepartmentId,
    /// In whose hands it is, or was when it was closed.
    pub team: Option<TeamId>,
    /// How it reached us.
    pub channel: Channel,
    /// When it came in.
    pub requested_at: Timestamp,
    /// When something last happened that the public may know of.
    pub updated_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// By when somebody was to look at it.
    pub first_response_due_at: Option<Timestamp>,
    /// When somebody first did.
    pub first_response_at: Option<Timestamp>,
    /// What the resident was told.
    pub promised_at: Option<Timestamp>,
    /// When the target's time is up; nothing while it waits.
    pub due_at: Option<Timestamp>,
    /// What was written, unmasked.
    pub description: Option<String>,
    /// What the public reads instead, where something was masked.
    pub public_description: Option<String>,
    /// What was answered.
    pub answers: Answers,
    /// Where it is.
    pub place: Place,
    /// Kind and code of each district.
    pub districts: Vec<(String, String)>,
    /// Pictures in our store.
    pub photos: Vec<Photo>,
    /// Links to pictures elsewhere.
    pub media_urls: Vec<String>,
    /// Hidden from the public whatever its service says.
    pub confidential: bool,
    /// How much the public may see.
    pub public_level: PublicLevelView,
}

/// How much the public may see, for pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is documented at the level of the same name in the catalog")]
pub enum PublicLevelView {
    Hidden,
    Summary,
    Full,
}

impl PublicView {
    /// What the public may see of a row; `None` when that is nothing.
    pub(crate) fn of(stored: &Stored, photos: Vec<Photo>) -> Option<Self> {
        Some(Self::at(stored, stored.published()?, photos))
    }

    /// What somebody who may see this level may see of a row.
    pub(crate) fn at(stored: &Stored, level: PublicLevel, photos: Vec<Photo>) -> Self {
        let is_full = level == PublicLevel::Full;
        let place = if is_full {
            PublicPlace::Exact(stored.place.clone())
        } else {
            PublicPlace::Coarse(stored.coarse)
        };
        Self {
            number: stored.number.clone(),
            service: stored.service,
            department: stored.department,
            status: stored.state.status(),
            requested_at: stored.requested_at,
            updated_at: stored.updated_at,
            closed_at: stored.closed_at,
            promised_at: stored.promised_at,
            outcome: outcome(&stored.state),
            place,
            details: is_full.then(|| PublicDetails::of(stored, photos)),
        }
    }

    /// Late by what the resident was told, and still not done.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.status.is_open() && self.promised_at.is_some_and(|promised| promised < now)
    }
}

impl PublicDetails {
    fn of(stored: &Stored, photos: Vec<Photo>) -> Self {
        Self {
            description: stored.description.as_ref().map(|text| text.for_public().to_owned()),
            closing_note: match &stored.state {
                State::Closed { note, .. } => Some(note.for_public().to_owned()),
                _ => None,
            },
            choices: choices(&stored.answers),
            channel: stored.channel,
            districts: stored.districts.clone(),
            photos,
            media_urls: stored.media_urls.clone(),
        }
    }
}

/// Answers in the words of our own lists.
fn choices(answers: &Answers) -> Vec<Answer> {
    let is_choice =
        |answer: &&Answer| !answer.values.is_empty() && answer.values.iter().all(|v| !v.name.is_empty());
    answers.answers.iter().filter(is_choice).cloned().collect()
}

impl ReporterView {
    pub(crate) fn of(stored: Stored, photos: Vec<Photo>) -> Self {
        Self {
            status: stored.state.status(),
            scheduled_at: match stored.state {
                State::Scheduled { at, .. } => Some(at),
                _ => None,
            },
            waiting_for: match &stored.state {
                State::Waiting { reason, .. } => Some(reason.clone()),
                _ => None,
            },
            outcome: outcome(&stored.state),
            closing_note: match &stored.state {
                State::Closed { note, .. } => Some(note.whole().to_owned()),
                _ => None,
            },
            is_private: stored.published().is_none(),
            number: stored.number,
            service: stored.service,
            department: stored.department,
            requested_at: stored.requested_at,
            updated_at: stored.updated_at,
            closed_at: stored.closed_at,
            first_response_due_at: stored.first_response_due_at,
            promised_at: stored.promised_at,
            description: stored.description.map(|text| text.whole().to_owned()),
            answers: stored.answers,
            place: stored.place,
            photos,
            media_urls: stored.media_urls,
        }
    }
}

impl StaffView {
    pub(crate) fn of(stored: Stored, photos: Vec<Photo>) -> Self {
        Self {
            id: stored.id,
            number: stored.number,
            version: stored.version,
            state: stored.state,
            service: stored.service,
            department: stored.department,
            team: stored.team,
            channel: stored.channel,
            requested_at: stored.requested_at,
            updated_at: stored.updated_at,
            closed_at: stored.closed_at,
            first_response_due_at: stored.first_response_due_at,
            first_response_at: stored.first_response_at,
            promised_at: stored.promised_at,
            due_at: stored.due_at,
            public_description: stored.description.as_ref().and_then(|text| text.masked()).map(str::to_owned),
            description: stored.description.map(|text| text.whole().to_owned()),
            answers: stored.answers,
            place: stored.place,
            districts: stored.districts,
            photos,
            media_urls: stored.media_urls,
            confidential: stored.confidential,
            public_level: stored.public_level.into(),
        }
    }

    /// The moves that its life cycle allows here; whether the reader may make them is another question.
    pub fn moves(&self) -> &'static [Move] {
        self.state.moves()
    }

    /// The target's time is up and it is not done.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state.is_open() && self.due_at.is_some_and(|due| due < now)
    }
}

fn outcome(state: &State) -> Option<PublicOutcome> {
    match state {
        State::Closed { outcome, .. } => Some((*outcome).into()),
        _ => None,
    }
}

impl From<Outcome> for PublicOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::Done,
            Outcome::NoActionNeeded => Self::NoActionNeeded,
            Outcome::NotOurs => Self::NotOurs,
            // Which one is left out: the original may be hidden.
            Outcome::Duplicate { .. } => Self::Duplicate,
            Outcome::CouldNot => Self::CouldNot,
            Outcome::Withdrawn => Self::Withdrawn,
        }
    }
}

impl From<PublicLevel> for PublicLevelView {
    fn from(level: PublicLevel) -> Self {
        match level {
            PublicLevel::Hidden => Self::Hidden,
            PublicLevel::Summary => Self::Summary,
            PublicLevel::Full => Self::Full,
        }
    }
}
