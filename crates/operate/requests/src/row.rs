//! The columns of a request that follow from its history: what lists and pages read.

use catalog::{Catalog, DepartmentId, PublicLevel, Service, ServiceId, TeamId};
use jiff::Timestamp;

use crate::error::RequestError;
use crate::life_cycle::{State, Status};
use crate::request::RequestId;
use crate::request_state::RequestState;

/// The current-state columns. Always equal to what the history and the catalog give: a test replays and compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Current {
    pub(crate) version: i64,
    pub(crate) status: Status,
    pub(crate) is_open: bool,
    pub(crate) state: String,
    pub(crate) service: ServiceId,
    pub(crate) department: DepartmentId,
    pub(crate) team: Option<TeamId>,
    pub(crate) confidential: bool,
    pub(crate) public_level: PublicLevel,
    pub(crate) updated_at: Timestamp,
    pub(crate) closed_at: Option<Timestamp>,
    pub(crate) outcome: Option<&'static str>,
    pub(crate) duplicate_of: Option<RequestId>,
    pub(crate) promised_at: Option<Timestamp>,
    pub(crate) first_response_due_at: Option<Timestamp>,
    pub(crate) first_response_at: Option<Timestamp>,
    pub(crate) due_at: Option<Timestamp>,
    pub(crate) due_rank: Timestamp,
    pub(crate) files: i64,
}

impl Current {
    /// The columns for a state, by the calendars and public levels of the catalog.
    pub(crate) fn of(state: &RequestState, catalog: &Catalog) -> Result<Self, RequestError> {
        let service = service_of(catalog, state.service)?;
        let due_at = state.due_at(catalog.calendar_for(service))?;
        let outcome = match &state.state {
            State::Closed { outcome, .. } => Some(*outcome),
            _ => None,
        };
        Ok(Self {
            version: state.version,
            status: state.state.status(),
            is_open: state.state.is_open(),
            state: serde_json::to_string(&state.state)
                .map_err(|source| RequestError::Damaged { what: "state", source })?,
            service: state.service,
            department: state.department,
            team: state.team(),
            confidential: state.confidential,
            public_level: public_level(state.confidential, service),
            updated_at: state.updated_at,
            closed_at: state.closed_at,
            outcome: outcome.map(|outcome| outcome.as_str()),
            duplicate_of: outcome.and_then(|outcome| outcome.duplicate_of()),
            promised_at: state.promise.and_then(|promise| promise.resolve_at),
            first_response_due_at: state.promise.and_then(|promise| promise.first_response_at),
            first_response_at: state.first_response_at,
            due_at,
            due_rank: due_rank(due_at),
            files: state.files,
        })
    }
}

/// What a missing due time sorts as. Both engines can hold it, and no due time reaches it.
pub(crate) fn due_rank(due_at: Option<Timestamp>) -> Timestamp {
    const NEVER: Timestamp = Timestamp::constant(253_370_764_800, 0);
    due_at.map_or(NEVER, |due_at| due_at.min(NEVER))
}

fn public_level(confidential: bool, service: &Service) -> PublicLevel {
    if confidential { PublicLevel::Hidden } else { service.public }
}

pub(crate) fn service_of(catalog: &Catalog, service: ServiceId) -> Result<&Service, RequestError> {
    catalog.service(service).ok_or(RequestError::UnknownService(service))
}
