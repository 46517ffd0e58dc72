//! The states of a request and the moves between them: the rule book, with no database in sight.
//!
//! ```text
//! received ─► triaged ─► assigned ─► accepted ─► scheduled ─► in progress ─► closed
//!                 ▲          │                       ╲            │  ▲          │
//!                 └─ refused ◄┘                       work ordered   waiting      └─► reopened
//! ```
//!
//! [`State::moves`] is the whole table. Every open request may be closed, because a resident may withdraw
//! it at any time; but only a team can have *done* something, so `done` and `could not` need one.

use std::fmt;

use catalog::TeamId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::event::Event;
use crate::masking::PublicText;
use crate::outcome::Outcome;

/// Where a request stands, with what only that state has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum State {
    /// Taken in; nobody has looked at it.
    Received,
    /// Looked at and understood; no team has it.
    Triaged,
    /// Handed to a team, which has not answered.
    Assigned {
        /// The team asked.
        team: TeamId,
    },
    /// The team has said that it is theirs.
    Accepted {
        /// The team that works on it.
        team: TeamId,
    },
    /// The team has said that it is not theirs; triage decides again.
    Refused {
        /// The team that refused.
        team: TeamId,
        /// Why, in their words.
        reason: String,
        /// Whom they suggest.
        suggestion: Option<TeamId>,
    },
    /// Work has a date.
    Scheduled {
        /// The team that works on it.
        team: TeamId,
        /// When work is planned to begin.
        at: Timestamp,
    },
    /// Somebody is working on it.
    InProgress {
        /// The team that works on it.
        team: TeamId,
    },
    /// Waiting for something outside our hands; the clock stands still.
    Waiting {
        /// What for.
        reason: String,
        /// When it resumes by itself.
        until: Option<Timestamp>,
        /// Where it goes on afterwards.
        before: Box<State>,
    },
    /// A work order exists in another system; the request stays open until the work is reported.
    WorkOrdered {
        /// The team that answers for it.
        team: TeamId,
        /// Number of the work order over there.
        reference: String,
        /// Name of the other system, when known.
        system: Option<String>,
    },
    /// Over, with the reason and what the resident was told.
    Closed {
        /// Why it was closed.
        outcome: Outcome,
        /// What was done, in plain words.
        note: PublicText,
        /// The team that had it last, which gets it back when it is reopened.
        team: Option<TeamId>,
    },
}

/// A state's name alone: what lists are filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is documented at the state of the same name")]
pub enum Status {
    Received,
    Triaged,
    Assigned,
    Accepted,
    Refused,
    Scheduled,
    InProgress,
    Waiting,
    WorkOrdered,
    Closed,
}

/// The moves that take a request from one state to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// Say that it was looked at and understood.
    Triage,
    /// Hand it to a team.
    Assign,
    /// The team takes it.
    Accept,
    /// The team gives it back.
    Refuse,
    /// Give the work a date.
    Schedule,
    /// Begin the work.
    Start,
    /// Stop the clock for something outside our hands.
    Pause,
    /// Let the clock run again.
    Resume,
    /// Hand the work to another system.
    OrderWork,
    /// End it with an outcome.
    Close,
    /// Take it up again.
    Reopen,
}

/// A move that the rule book does not have from where the request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The move does not start in this state.
    #[error("a request that is {from} cannot be moved by \"{step}\"")]
    NotFromHere {
        /// Where the request stands.
        from: Status,
        /// What was tried.
        step: Move,
    },
    /// `done` and `could not` say that a team worked; no team ever had the request.
    #[error("a request must be assigned before it is closed as {outcome}")]
    NobodyAssigned {
        /// Name of the outcome tried.
        outcome: &'static str,
    },
}

impl State {
    /// The moves that start here; all others are refused.
    pub fn moves(&self) -> &'static [Move] {
        self.status().moves()
    }

    /// Whether a move starts here.
    pub fn allows(&self, step: Move) -> bool {
        self.moves().contains(&step)
    }

    /// This state's name.
    pub fn status(&self) -> Status {
        match self {
            State::Received => Status::Received,
            State::Triaged => Status::Triaged,
            State::Assigned { .. } => Status::Assigned,
            State::Accepted { .. } => Status::Accepted,
            State::Refused { .. } => Status::Refused,
            State::Scheduled { .. } => Status::Scheduled,
            State::InProgress { .. } => Status::InProgress,
            State::Waiting { .. } => Status::Waiting,
            State::WorkOrdered { .. } => Status::WorkOrdered,
            State::Closed { .. } => Status::Closed,
        }
    }

    /// Everything but closed.
    pub fn is_open(&self) -> bool {
        self.status().is_open()
    }

    /// The team in whose hands the request is, or was last.
    pub fn team(&self) -> Option<TeamId> {
        match self {
            State::Received | State::Triaged | State::Refused { .. } => None,
            State::Assigned { team }
            | State::Accepted { team }
            | State::Scheduled { team, .. }
            | State::InProgress { team }
            | State::WorkOrdered { team, .. } => Some(*team),
            State::Waiting { before, .. } => before.team(),
            State::Closed { team, .. } => *team,
        }
    }

    /// The state after an event; events that are no moves leave it as it is.
    ///
    /// # Errors
    /// [`Refusal`] when the event's move does not start here.
    pub fn after(&self, event: &Event) -> Result<State, Refusal> {
        let Some(step) = event.step() else {
            return Ok(self.clone());
        };
        if !self.allows(step) {
            return Err(Refusal::NotFromHere { from: self.status(), step });
        }
        Ok(self.moved_by(event))
    }

    /// Refuses an outcome that claims work which nobody was there to do.
    ///
    /// Not part of [`State::after`]: records of other systems often say only that something was done.
    ///
    /// # Errors
    /// [`Refusal::NobodyAssigned`].
    pub fn check_outcome(&self, outcome: Outcome) -> Result<(), Refusal> {
        if self.team().is_none() && outcome.needs_a_team() {
            return Err(Refusal::NobodyAssigned { outcome: outcome.as_str() });
        }
        Ok(())
    }

    /// The arrows themselves; that they start here has been checked.
    fn moved_by(&self, event: &Event) -> State {
        match (event, self.team()) {
            (Event::Triaged, _) => State::Triaged,
            (Event::Assigned { team, .. }, _) => State::Assigned { team: *team },
            (Event::Accepted, Some(team)) => State::Accepted { team },
            (Event::Refused { reason, suggestion }, Some(team)) => {
                State::Refused { team, reason: reason.clone(), suggestion: *suggestion }
            }
            (Event::Scheduled { at }, Some(team)) => State::Scheduled { team, at: *at },
            (Event::Started, Some(team)) => State::InProgress { team },
            (Event::Paused { reason, until }, _) => {
                State::Waiting { reason: reason.clone(), until: *until, before: Box::new(self.clone()) }
            }
            (Event::WorkOrdered { reference, system }, Some(team)) => {
                State::WorkOrdered { team, reference: reference.clone(), system: system.clone() }
            }
            (Event::Closed { outcome, note }, team) => {
                State::Closed { outcome: *outcome, note: note.clone(), team }
            }
            (Event::Reopened { .. }, Some(team)) => State::Assigned { team },
            (Event::Reopened { .. }, None) => State::Received,
            (Event::Resumed, _) => self.resumed(),
            _ => self.clone(),
        }
    }

    fn resumed(&self) -> State {
        match self {
            State::Waiting { before, .. } => (**before).clone(),
            other => other.clone(),
        }
    }
}

impl Status {
    /// All of them, in the order in which a request usually passes through.
    pub const ALL: [Status; 10] = [
        Status::Received,
        Status::Triaged,
        Status::Assigned,
        Status::Accepted,
        Status::Refused,
        Status::Scheduled,
        Status::InProgress,
        Status::Waiting,
        Status::WorkOrdered,
        Status::Closed,
    ];

    /// The whole table of the life cycle: which moves start in which state.
    pub fn moves(self) -> &'static [Move] {
        use Move::{
            Accept, Assign, Close, OrderWork, Pause, Refuse, Reopen, Resume, Schedule, Start, Triage,
        };
        match self {
            Status::Received => &[Triage, Assign, Close],
            Status::Triaged => &[Assign, Pause, Close],
            Status::Assigned => &[Accept, Refuse, Assign, Triage, Close],
            Status::Accepted => &[Schedule, Start, OrderWork, Pause, Assign, Close],
            Status::Refused => &[Triage, Assign, Close],
            Status::Scheduled => &[Start, Schedule, OrderWork, Pause, Assign, Close],
            Status::InProgress => &[Schedule, OrderWork, Pause, Assign, Close],
            Status::Waiting => &[Resume, Close],
            Status::WorkOrdered => &[Start, Schedule, Pause, Assign, Close],
            Status::Closed => &[Reopen],
        }
    }

    /// Everything but closed.
    pub fn is_open(self) -> bool {
        self != Status::Closed
    }

    /// The name in the database and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Received => "received",
            Status::Triaged => "triaged",
            Status::Assigned => "assigned",
            Status::Accepted => "accepted",
            Status::Refused => "refused",
            Status::Scheduled => "scheduled",
            Status::InProgress => "in_progress",
            Status::Waiting => "waiting",
            Status::WorkOrdered => "work_ordered",
            Status::Closed => "closed",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no status of a request")]
pub struct NotAStatus(String);

impl std::str::FromStr for Status {
    type Err = NotAStatus;

    fn from_str(text: &str) -> Result<Self, NotAStatus> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| NotAStatus(text.to_owned()))
    }
}

impl Move {
    /// All of them.
    pub const ALL: [Move; 11] = [
        Move::Triage,
        Move::Assign,
        Move::Accept,
        Move::Refuse,
        Move::Schedule,
        Move::Start,
        Move::Pause,
        Move::Resume,
        Move::OrderWork,
        Move::Close,
        Move::Reopen,
    ];

    /// The name in forms and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Move::Triage => "triage",
            Move::Assign => "assign",
            Move::Accept => "accept",
            Move::Refuse => "refuse",
            Move::Schedule => "schedule",
            Move::Start => "start",
            Move::Pause => "pause",
            Move::Resume => "resume",
            Move::OrderWork => "order_work",
            Move::Close => "close",
            Move::Reopen => "reopen",
        }
    }
}

impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

db::text_type!(Status, "a status of a request");
