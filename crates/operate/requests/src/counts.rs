//! How much work there is.

use std::collections::BTreeMap;

use access::{Actor, JurisdictionId, Permission};
use catalog::TeamId;
use db::{Query, Tx};
use jiff::Timestamp;

use crate::change::require;
use crate::error::RequestError;
use crate::life_cycle::Status;

/// Open requests, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workload {
    /// How many are in each status; statuses without any are left out.
    pub by_status: BTreeMap<Status, i64>,
    /// How many each team has; `None` has those that no team has. Teams without any are left out.
    pub by_team: BTreeMap<Option<TeamId>, i64>,
    /// How many are late by the target's clock.
    pub overdue: i64,
    /// How many are late or will be by the end of the time asked about.
    pub due_soon: i64,
}

impl Workload {
    /// All open requests.
    pub fn open(&self) -> i64 {
        self.by_status.values().sum()
    }
}

/// Counts the open requests, of one team or of all, late at `now` and due before `soon`; read from the index of work
/// lists alone.
///
/// # Errors
/// Permission, or the store's.
pub fn workload(
    tx: &mut Tx<'_>,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    team: Option<TeamId>,
    now: Timestamp,
    soon: Timestamp,
) -> Result<Workload, RequestError> {
    require(by, jurisdiction, Permission::ViewWork)?;
    let query = Query::new("select status, team_id, count(*), ");
    let query = due_before(query, now).text(", ");
    let query = due_before(query, soon).text(" from service_request where is_open and jurisdiction_id = ");
    let query = query.bind(jurisdiction);
    let query = match team {
        Some(team) => query.text(" and team_id = ").bind(team),
        None => query,
    };
    let mut workload = Workload::default();
    for (status, team, requests, overdue, due_soon) in tx
        .select(&query.text(" group by status, team_id order by status, team_id"), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<i64>(2)?, row.get::<i64>(3)?, row.get::<i64>(4)?))
        })?
    {
        *workload.by_status.entry(status).or_default() += requests;
        *workload.by_team.entry(team).or_default() += requests;
        workload.overdue += overdue;
        workload.due_soon += due_soon;
    }
    Ok(workload)
}

/// How many are due before an instant.
fn due_before(query: Query, at: Timestamp) -> Query {
    let query = query.text("cast(coalesce(sum(case when due_rank < ").bind(at);
    query.text(" then 1 else 0 end), 0) as bigint)")
}
