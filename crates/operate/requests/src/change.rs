//! The frame around every change of a request.
//!
//! An operation is three lines: take the request in hand (may this caller, has it seen the latest version?), say
//! which event happens, record it. [`record`] is the only way in which an event comes into being: event, new
//! state, row, audit entry and message are written together or not at all.

use access::{AccessError, Actor, JurisdictionId, Permission, audit};
use catalog::{Catalog, Team, TeamId};
use db::Tx;
use jiff::Timestamp;

use crate::error::RequestError;
use crate::event::{Event, Recorded};
use crate::news;
use crate::request::RequestId;
use crate::request_state::{FoldError, RequestState};
use crate::row::Current;
use crate::store;
use crate::tracking::Reporter;

/// Who changes which request, and when: what every operation is told.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// The time of the change.
    pub now: Timestamp,
    /// Whoever makes it. Residents act by their link, see [`ReporterChange`].
    pub by: &'a Actor,
    /// The catalog of the jurisdiction in which it happens.
    pub catalog: &'a Catalog,
    /// The request.
    pub request: RequestId,
    /// The version that the caller has seen; without it, the last one to write wins.
    pub expected: Option<i64>,
}

/// What a change by the holder of a request's private link is told.
#[derive(Debug, Clone, Copy)]
pub struct ReporterChange<'a> {
    /// The time of the change.
    pub now: Timestamp,
    /// The proof that somebody holds the link.
    pub by: &'a Reporter,
    /// The catalog of the jurisdiction in which it happens.
    pub catalog: &'a Catalog,
}

impl<'a> Change<'a> {
    pub(crate) fn jurisdiction(&self) -> &'a JurisdictionId {
        &self.catalog.jurisdiction.id
    }
}

impl<'a> ReporterChange<'a> {
    /// The same change for [`record`]; that the link names the request was checked when it was shown.
    pub(crate) fn as_resident(&self) -> Change<'a> {
        let ReporterChange { now, by, catalog } = *self;
        Change { now, by: &Actor::Resident, catalog, request: by.request(), expected: None }
    }
}

/// A request taken in hand for a change.
#[derive(Debug)]
pub(crate) struct InHand {
    pub(crate) id: RequestId,
    pub(crate) state: RequestState,
    /// When the last event happened: no later one may say that it was earlier.
    last_at: Timestamp,
}

/// Takes a request in hand for a member of staff or another system.
pub(crate) fn take(tx: &mut Tx<'_>, change: &Change<'_>, needs: Permission) -> Result<InHand, RequestError> {
    require(change.by, change.jurisdiction(), needs)?;
    // Residents may reopen and add, but only the request whose link they hold.
    if matches!(change.by, Actor::Resident) {
        return Err(RequestError::NotAllowed(needs));
    }
    let request = in_hand(tx, change.jurisdiction(), change.request)?;
    if request.state.confidential && !change.by.may(Permission::ViewConfidential) {
        return Err(RequestError::Unknown(change.request));
    }
    match change.expected {
        Some(expected) if expected != request.state.version => {
            Err(RequestError::Stale { expected, found: request.state.version })
        }
        _ => Ok(request),
    }
}

/// Takes a request in hand for whoever holds its private link.
pub(crate) fn take_as_reporter(tx: &mut Tx<'_>, change: &ReporterChange<'_>) -> Result<InHand, RequestError> {
    let home = &change.catalog.jurisdiction.id;
    if change.by.jurisdiction() != home {
        return Err(RequestError::Unknown(change.by.request()));
    }
    in_hand(tx, home, change.by.request())
}

pub(crate) fn in_hand(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    id: RequestId,
) -> Result<InHand, RequestError> {
    let history = store::history(tx, jurisdiction, id)?;
    let last_at = history.last().ok_or(RequestError::Unknown(id))?.at;
    Ok(InHand { id, state: RequestState::fold(&history)?, last_at })
}

/// Lets an event happen: history, row, audit chain and outbox, in this transaction.
///
/// # Errors
/// [`RequestError::Refused`] when the life cycle has no such move here, [`RequestError::Stale`] when another
/// change came first, or the store's.
pub(crate) fn record(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    request: &InHand,
    event: Event,
) -> Result<RequestState, RequestError> {
    let version = request.state.version;
    // Clocks of two machines may differ; history never runs backwards.
    let at = to_the_microsecond(change.now).max(request.last_at);
    let next = Recorded { seq: version + 1, at, by: change.by.into(), event };
    let state = request.state.clone().after(&next).map_err(refusal)?;
    let current = Current::of(&state, change.catalog)?;
    // The row first: it is what two changes at once meet over.
    store::update(tx, change.jurisdiction(), request.id, version, &current)?;
    store::append_recorded(tx, change.jurisdiction(), request.id, &next, &state)?;
    write_audit(tx, change, &next)?;
    news::tell(tx, change, request.id, &next)?;
    Ok(state)
}

/// A move that does not start here is a refusal to the caller, not a damaged history.
fn refusal(error: FoldError) -> RequestError {
    match error {
        FoldError::NotAllowed { source, .. } => source.into(),
        other => other.into(),
    }
}

fn write_audit(tx: &mut Tx<'_>, change: &Change<'_>, next: &Recorded) -> Result<(), RequestError> {
    let entry = audit::Entry {
        jurisdiction: change.jurisdiction(),
        actor: change.by,
        action: next.event.topic(),
        object: format!("request:{}", change.request),
        detail: format!("{{\"version\":{}}}", next.seq),
    };
    Ok(audit::append(tx, change.now, &entry)?)
}

/// Refuses a caller who may not do this here.
pub(crate) fn require(
    by: &Actor,
    jurisdiction: &JurisdictionId,
    needs: Permission,
) -> Result<(), RequestError> {
    by.require(jurisdiction, needs).map_err(|error| match error {
        AccessError::NotAllowed { permission } => RequestError::NotAllowed(permission),
        _ => RequestError::NotAllowed(needs),
    })
}

/// The team, if it exists and takes requests.
pub(crate) fn team_at_work(catalog: &Catalog, team: TeamId) -> Result<&Team, RequestError> {
    catalog.team(team).filter(|team| team.active).ok_or(RequestError::UnknownTeam(team))
}

/// As the store keeps times: what is computed before storing must equal what is computed after.
pub(crate) fn to_the_microsecond(now: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(now.as_microsecond()).expect("it was in range before it was cut")
}
