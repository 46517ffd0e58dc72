//! What a history comes to: the state of a request, folded from its events.

use calendar::{Calendar, Pause};
use catalog::{DepartmentId, ServiceId, TeamId};
use jiff::Timestamp;

use crate::clock::{Clock, Promise};
use crate::error::RequestError;
use crate::event::{Event, Intake, Recorded};
use crate::life_cycle::{Move, Refusal, State};

/// Where a request stands after its history so far. Everything here can be computed again from the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestState {
    /// How many events there are; what an update names to show that it has seen the latest.
    pub version: i64,
    /// Where it is in its life cycle.
    pub state: State,
    /// What it is about.
    pub service: ServiceId,
    /// Who answers for it.
    pub department: DepartmentId,
    /// Hidden from the public whatever its service says.
    pub confidential: bool,
    /// What the resident was told; never moves.
    pub promise: Option<Promise>,
    /// What the due time is counted from.
    pub clock: Option<Clock>,
    /// Ended stretches in which the clock stood still.
    pub pauses: Vec<Pause>,
    /// Since when the clock has been standing still: waiting or closed.
    pub stopped_at: Option<Timestamp>,
    /// When it came in.
    pub received_at: Timestamp,
    /// When something last happened that the public may know of.
    pub updated_at: Timestamp,
    /// When it was closed, while it is.
    pub closed_at: Option<Timestamp>,
    /// When somebody of the government first answered.
    pub first_response_at: Option<Timestamp>,
    /// How many photos there are.
    pub files: i64,
}

/// A history that cannot have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// Nothing happened at all.
    #[error("a history without events")]
    Empty,
    /// The first event is not the one that begins every history.
    #[error("a history that does not begin with the receipt of the request")]
    NotReceived,
    /// A second beginning.
    #[error("event {seq} receives the request a second time")]
    ReceivedTwice {
        /// Place of the event.
        seq: i64,
    },
    /// An event is missing, or two claim one place.
    #[error("event {seq} follows event {version}")]
    Gap {
        /// Place of the event.
        seq: i64,
        /// How many came before it.
        version: i64,
    },
    /// An event that the life cycle does not have there.
    #[error("event {seq} is not allowed")]
    NotAllowed {
        /// Place of the event.
        seq: i64,
        /// Why.
        source: Refusal,
    },
}

impl RequestState {
    /// Folds a whole history.
    ///
    /// # Errors
    /// [`FoldError`] when it cannot have happened so.
    pub fn fold(history: &[Recorded]) -> Result<Self, FoldError> {
        let (first, rest) = history.split_first().ok_or(FoldError::Empty)?;
        let Event::Received(intake) = &first.event else {
            return Err(FoldError::NotReceived);
        };
        if first.seq != 1 {
            return Err(FoldError::Gap { seq: first.seq, version: 0 });
        }
        rest.iter().try_fold(Self::at_intake(first.at, intake), |state, next| state.after(next))
    }

    /// The state right after a request came in.
    pub(crate) fn at_intake(at: Timestamp, intake: &Intake) -> Self {
        Self {
            version: 1,
            state: intake.team.map_or(State::Received, |team| State::Assigned { team }),
            service: intake.service,
            department: intake.department,
            confidential: intake.confidential,
            promise: intake.promise,
            clock: intake.clock,
            pauses: Vec::new(),
            stopped_at: None,
            received_at: at,
            updated_at: intake.updated_at.map_or(at, |updated_at| updated_at.max(at)),
            closed_at: None,
            first_response_at: None,
            files: intake.files,
        }
    }

    /// The state after one more event.
    ///
    /// # Errors
    /// [`FoldError`] when it cannot happen here.
    pub fn after(mut self, next: &Recorded) -> Result<Self, FoldError> {
        let Recorded { seq, at, event, .. } = next;
        if *seq != self.version + 1 {
            return Err(FoldError::Gap { seq: *seq, version: self.version });
        }
        if matches!(event, Event::Received(_)) {
            return Err(FoldError::ReceivedTwice { seq: *seq });
        }
        self.state = self.state.after(event).map_err(|source| FoldError::NotAllowed { seq: *seq, source })?;
        self.version = *seq;
        self.take_in(event);
        self.run_clock(*at);
        self.note_times(*at, event);
        Ok(self)
    }

    /// What the event says apart from the life cycle.
    fn take_in(&mut self, event: &Event) {
        match event {
            Event::Assigned { department, .. } => self.department = *department,
            Event::ServiceChanged { service, department, clock } => {
                self.service = *service;
                self.department = *department;
                self.clock = *clock;
            }
            Event::ConfidentialSet { confidential } => self.confidential = *confidential,
            Event::FilesAdded { files } => self.files += files,
            _ => {}
        }
    }

    /// Stops the clock where the new state stands still, and lets it run again where it moves.
    fn run_clock(&mut self, at: Timestamp) {
        let stands = matches!(self.state, State::Waiting { .. } | State::Closed { .. });
        match (stands, self.stopped_at) {
            (true, None) => self.stopped_at = Some(at),
            (false, Some(from)) => {
                self.pauses.push(Pause { from, until: Some(at) });
                self.stopped_at = None;
            }
            _ => {}
        }
    }

    fn note_times(&mut self, at: Timestamp, event: &Event) {
        if event.is_public() {
            self.updated_at = self.updated_at.max(at);
        }
        if event.answers_the_resident() {
            self.first_response_at.get_or_insert(at);
        }
        match event {
            Event::Closed { .. } => self.closed_at = Some(at),
            Event::Reopened { .. } => self.closed_at = None,
            _ => {}
        }
    }

    /// Whether a move starts here.
    pub fn allows(&self, step: Move) -> bool {
        self.state.allows(step)
    }

    /// The moves that start here.
    pub fn moves(&self) -> &'static [Move] {
        self.state.moves()
    }

    /// The team in whose hands it is, or was when it was closed.
    pub fn team(&self) -> Option<TeamId> {
        self.state.team()
    }

    /// When the target's time is up; `None` without a target and while the request waits.
    ///
    /// Of a closed request: when it would have been up, had nothing further happened.
    ///
    /// # Errors
    /// [`RequestError::Calendar`] when the calendar never opens again.
    pub fn due_at(&self, calendar: &Calendar) -> Result<Option<Timestamp>, RequestError> {
        let Some(clock) = self.clock.filter(|_| !matches!(self.state, State::Waiting { .. })) else {
            return Ok(None);
        };
        let standing = self.stopped_at.map(|from| Pause { from, until: self.closed_at });
        let pauses: Vec<Pause> = self.pauses.iter().copied().chain(standing).collect();
        clock.due_at(calendar, &pauses)
    }
}
