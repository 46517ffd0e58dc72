//! What a change of the catalog means for requests that are already there.

use access::{Actor, JurisdictionId, Permission, audit};
use catalog::file::{CatalogFile, Changes};
use catalog::{Catalog, ServiceId};
use db::{Tx, params};
use jiff::Timestamp;

use crate::change::{in_hand, require};
use crate::error::RequestError;
use crate::request::RequestId;
use crate::row::{Current, service_of};
use crate::store;

const PUBLISH: &str = "
    update service_request set public_level = $3
    where jurisdiction_id = $1 and service_id = $2 and not confidential and public_level <> $3";

/// Publishes the requests of a service as the catalog now says; confidential ones stay hidden. Answers how many changed.
///
/// # Errors
/// [`RequestError::UnknownService`], permission, or the store's.
pub fn apply_public_level(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    catalog: &Catalog,
    service: ServiceId,
) -> Result<u64, RequestError> {
    let jurisdiction = &catalog.jurisdiction.id;
    require(by, jurisdiction, Permission::ManageCatalog)?;
    let service = service_of(catalog, service)?;
    let changed = tx.exec(PUBLISH, params![jurisdiction, service.id, service.public])?;
    if changed == 0 {
        return Ok(0);
    }
    let entry = audit::Entry {
        jurisdiction,
        actor: by,
        action: "request.public_level_applied",
        object: format!("service:{}", service.id),
        detail: format!("{{\"level\":\"{}\",\"requests\":{changed}}}", service.public.as_str()),
    };
    audit::append(tx, now, &entry)?;
    Ok(changed)
}

/// [`apply_public_level`] for every service of the catalog, after many of them may have changed.
///
/// # Errors
/// As [`apply_public_level`].
pub fn apply_public_levels(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    catalog: &Catalog,
) -> Result<u64, RequestError> {
    catalog.services().iter().map(|service| apply_public_level(tx, now, by, catalog, service.id)).sum()
}

/// Brings a catalog file in and, in the same transaction, shows or hides the requests that services already have
/// (PRIV-02).
///
/// # Errors
/// As [`catalog::file::apply`] and [`apply_public_level`].
pub fn apply_catalog_file(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    file: &CatalogFile,
) -> Result<Changes, RequestError> {
    let changes = catalog::file::apply(tx, now, by, jurisdiction, file)?;
    let catalog = Catalog::load(tx, jurisdiction)?;
    apply_public_levels(tx, now, by, &catalog)?;
    Ok(changes)
}

/// What a round of recomputing came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recomputed {
    /// Due times that moved.
    pub moved: u64,
    /// Where the next round goes on; `None` when all are done.
    pub next: Option<RequestId>,
}

const OPEN: &str = "
    select id from service_request
    where jurisdiction_id = $1 and is_open and id > $2
    order by id limit $3";

/// Computes the due times of open requests again after a calendar or its zone data changed (TIME-03). Promises stay.
///
/// Works on at most `limit` requests behind `after`, so that intake is not kept waiting.
///
/// # Errors
/// Permission, or the store's.
pub fn recompute_due_times(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    catalog: &Catalog,
    after: Option<RequestId>,
    limit: i64,
) -> Result<Recomputed, RequestError> {
    let jurisdiction = &catalog.jurisdiction.id;
    require(by, jurisdiction, Permission::ManageTargets)?;
    let after = after.unwrap_or(RequestId::lowest_at(Timestamp::UNIX_EPOCH));
    let ids: Vec<RequestId> = tx.query(OPEN, params![jurisdiction, after, limit], |row| row.get(0))?;
    let mut moved = 0;
    for id in &ids {
        moved += u64::from(recompute(tx, catalog, *id)?);
    }
    if moved > 0 {
        let entry = audit::Entry {
            jurisdiction,
            actor: by,
            action: "request.due_recomputed",
            object: format!("jurisdiction:{jurisdiction}"),
            detail: format!("{{\"moved\":{moved}}}"),
        };
        audit::append(tx, now, &entry)?;
    }
    let full = i64::try_from(ids.len()).is_ok_and(|found| found >= limit);
    Ok(Recomputed { moved, next: ids.last().copied().filter(|_| full) })
}

const DUE: &str = "select due_at from service_request where jurisdiction_id = $1 and id = $2";

fn recompute(tx: &mut Tx<'_>, catalog: &Catalog, id: RequestId) -> Result<bool, RequestError> {
    let jurisdiction = &catalog.jurisdiction.id;
    let request = in_hand(tx, jurisdiction, id)?;
    let current = Current::of(&request.state, catalog)?;
    let stored: Option<Timestamp> = tx.query_one(DUE, params![jurisdiction, id], |row| row.get(0))?;
    if stored == current.due_at {
        return Ok(false);
    }
    store::update(tx, jurisdiction, id, request.state.version, &current)?;
    Ok(true)
}
