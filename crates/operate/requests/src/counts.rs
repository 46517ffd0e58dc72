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
    /// How many are late by the target's clock.
    pub overdue: i64,
}

impl Workload {
    /// All open requests.
    pub fn open(&self) -> i64 {
        self.by_status.values().sum()
    }
}

/// Counts the open requests, of one team or of all; read from the index of work lists alone.
///
/// # Errors
/// Permission, or the store's.
pub fn workload(
    tx: &mut Tx<'_>,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    team: Option<TeamId>,
    now: Timestamp,
) -> Result<Workload, RequestError> {
    require(by, jurisdiction, Permission::ViewWork)?;
    let query = Query::new("select status, count(*), cast(coalesce(sum(case when due_rank < ").bind(now);
    let query = query
        .text(" then 1 else 0 end), 0) as bigint) from service_request where is_open and jurisdiction_id = ");
    let query = query.bind(jurisdiction);
    let query = match team {
        Some(team) => query.text(" and team_id = ").bind(team),
        None => query,
    };
    let mut workload = Workload::default();
    for (status, requests, overdue) in tx.select(&query.text(" group by status order by status"), |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<i64>(2)?))
    })? {
        workload.by_status.insert(status, requests);
        workload.overdue += overdue;
    }
    Ok(workload)
}
