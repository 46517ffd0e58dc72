//! Hand-over: a request is given to a team, which then accepts or refuses.

use access::Permission;
use catalog::TeamId;
use db::Tx;

use crate::change::{Change, record, take, team_at_work};
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;

/// Hands a request to a team; its department answers for the request from then on.
///
/// # Errors
/// [`RequestError::UnknownTeam`], permission, life cycle, version, or the store's.
pub fn assign(tx: &mut Tx<'_>, change: &Change<'_>, team: TeamId) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::AssignRequest)?;
    let team = team_at_work(change.catalog, team)?;
    record(tx, change, &request, Event::Assigned { team: team.id, department: team.department })
}
