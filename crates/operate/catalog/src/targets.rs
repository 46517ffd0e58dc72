//! Setting targets. There is no way to edit one: see [`crate::Target`].

use access::{Actor, JurisdictionId, Permission};
use calendar::{Allowance, CalendarError};
use db::{Query, Row, Tx, params};
use jiff::Timestamp;

use crate::change::Edit;
use crate::error::CatalogError;
use crate::flaw::Wrong;
use crate::limits::{ROWS_ASKED, whole};
use crate::service::ServiceId;
use crate::target::{NewTarget, Target};

const SELECT: &str = "
    select service_id, version, effective_from, first_response, resolution
    from target
    where jurisdiction_id = ";

const SERVICE_CODE: &str = "select code from service where jurisdiction_id = $1 and id = $2";

const INSERT: &str = "
    insert into target (jurisdiction_id, service_id, version, effective_from, first_response, resolution, set_at, set_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Sets a service's target from an instant on, as a new version.
///
/// Only a service's very first target may begin in the past: later ones would change what was promised then.
/// Promises already given to residents stay as they were told.
///
/// # Errors
/// [`CatalogError::Flaw`] with [`Wrong::Backdated`], [`CatalogError::UnknownService`], permission or store.
pub fn set(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    service: ServiceId,
    target: &NewTarget,
) -> Result<Target, CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ManageTargets)?;
    let earlier = of_service(tx, jurisdiction, service)?;
    if !earlier.is_empty() && target.effective_from < now {
        return Err(Wrong::Backdated.at("from").into());
    }
    append(tx, &edit, service, earlier.last(), target)
}

/// Appends the targets that the service does not have yet; a whole history may be given to a service without one.
pub(crate) fn set_all_in(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    service: ServiceId,
    wanted: &[NewTarget],
) -> Result<usize, CatalogError> {
    let mut stored = of_service(tx, edit.jurisdiction, service)?;
    let had_none = stored.is_empty();
    let mut added = 0;
    for (item, target) in wanted.iter().enumerate() {
        if stored.iter().any(|old| old.says_the_same(target)) {
            continue;
        }
        if !had_none && target.effective_from < edit.now {
            return Err(Wrong::Backdated.at("from").inside_item("target", item).into());
        }
        stored.push(append(tx, edit, service, stored.last(), target)?);
        added += 1;
    }
    Ok(added)
}

/// All versions of one service's target, oldest first.
///
/// # Errors
/// The store's.
pub fn of_service(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    service: ServiceId,
) -> Result<Vec<Target>, CatalogError> {
    let query = Query::new(SELECT).bind(jurisdiction).text(" and service_id = ").bind(service);
    let query = query.text(" order by version limit ").bind(ROWS_ASKED);
    Ok(tx.select(&query, read)?.into_iter().map(|(_, target)| target).collect())
}

pub(crate) fn all(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
) -> Result<Vec<(ServiceId, Target)>, CatalogError> {
    let query = Query::new(SELECT).bind(jurisdiction);
    let query = query.text(" order by service_id, version limit ").bind(ROWS_ASKED);
    whole("targets", tx.select(&query, read)?)
}

fn append(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    service: ServiceId,
    before: Option<&Target>,
    target: &NewTarget,
) -> Result<Target, CatalogError> {
    let code: Option<String> =
        tx.query_opt(SERVICE_CODE, params![edit.jurisdiction, service], |row| row.get(0))?;
    let code = code.ok_or(CatalogError::UnknownService(service))?;
    let version = before.map_or(1, |before| before.version + 1);
    let text = |allowance: Option<Allowance>| allowance.map(|a| a.to_string());
    let (first_response, resolution) = (text(target.first_response), text(target.resolution));
    let row = params![
        edit.jurisdiction,
        service,
        version,
        target.effective_from,
        &first_response,
        &resolution,
        edit.now,
        edit.by.label()
    ];
    tx.exec_one(INSERT, row)?;
    let detail = serde_json::json!({
        "version": version,
        "from": target.effective_from.to_string(),
        "first_response": first_response,
        "resolution": resolution,
    });
    edit.record(tx, "target.set", format!("service:{code}"), detail.to_string())?;
    Ok(target.as_version(version))
}

impl NewTarget {
    fn as_version(&self, version: i64) -> Target {
        Target {
            version,
            effective_from: self.effective_from,
            first_response: self.first_response,
            resolution: self.resolution,
        }
    }
}

impl Target {
    fn says_the_same(&self, other: &NewTarget) -> bool {
        *self == other.as_version(self.version)
    }
}

fn read(row: &Row<'_>) -> Result<(ServiceId, Target), db::Error> {
    let target = Target {
        version: row.get(1)?,
        effective_from: row.get(2)?,
        first_response: read_allowance(row, 3)?,
        resolution: read_allowance(row, 4)?,
    };
    Ok((row.get(0)?, target))
}

fn read_allowance(row: &Row<'_>, index: usize) -> Result<Option<Allowance>, db::Error> {
    let text: Option<String> = row.get(index)?;
    let parsed: Option<Result<Allowance, CalendarError>> = text.map(|text| text.parse());
    parsed.transpose().map_err(|e| row.misfit(index, "an allowance", e.into()))
}
