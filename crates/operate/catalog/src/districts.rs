//! The districts of a jurisdiction: wards, police districts, zip codes.

use std::collections::{BTreeMap, BTreeSet};

use access::{Actor, JurisdictionId, Permission};
use db::{Tx, params};
use geography::{District, NamedShape, Shape};
use jiff::Timestamp;

use crate::change::Edit;
use crate::error::CatalogError;
use crate::limits::{ROWS_ASKED, whole};
use crate::words::check_code;

const ALL: &str = "
    select kind, code, name, shape
    from district
    where jurisdiction_id = $1
    order by kind, code limit $2";

const OF_KIND: &str = "
    select code, shape
    from district
    where jurisdiction_id = $1 and kind = $2
    order by code limit $3";

const PUT: &str = "
    insert into district (jurisdiction_id, kind, code, name, shape)
    values ($1, $2, $3, $4, $5)
    on conflict (jurisdiction_id, kind, code) do update set name = excluded.name, shape = excluded.shape";

const REMOVE: &str = "delete from district where jurisdiction_id = $1 and kind = $2 and code = $3";

const KIND_AND_CODE: &str = "
    select count(*), count(case when code = $3 then 1 end)
    from district
    where jurisdiction_id = $1 and kind = $2";

/// What an import of districts came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DistrictChanges {
    /// Codes that were not there before.
    pub added: usize,
    /// Codes whose shape is different now.
    pub changed: usize,
    /// Codes whose shape is the same.
    pub unchanged: usize,
    /// Codes that are there no more. Requests placed in them keep them.
    pub removed: usize,
}

/// Makes these the districts of one kind: what is not among them any more is removed.
///
/// # Errors
/// Permission or store; [`CatalogError::Flaw`] when `kind` is not a code.
pub fn import(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    kind: &str,
    shapes: &[NamedShape],
) -> Result<DistrictChanges, CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ManageJurisdiction)?;
    check_code(kind).map_err(|wrong| wrong.at("kind"))?;
    let stored = of_kind(tx, jurisdiction, kind)?;
    let mut changes = DistrictChanges::default();
    for named in shapes {
        let shape = named.shape.to_geojson();
        match stored.get(&named.code) {
            Some(old) if *old == shape => changes.unchanged += 1,
            old => {
                tx.exec_one(PUT, params![jurisdiction, kind, &named.code, None::<String>, shape])?;
                *(if old.is_some() { &mut changes.changed } else { &mut changes.added }) += 1;
            }
        }
    }
    changes.removed = remove_others(tx, &edit, kind, &stored, shapes)?;
    record(tx, &edit, kind, changes)?;
    Ok(changes)
}

pub(crate) fn all(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<Vec<District>, CatalogError> {
    let rows = tx.query(ALL, params![jurisdiction, ROWS_ASKED], |row| {
        let shape: String = row.get(3)?;
        let shape = Shape::from_geojson(&shape).map_err(|e| row.misfit(3, "a GeoJSON shape", e.into()))?;
        Ok(District { kind: row.get(0)?, code: row.get(1)?, name: row.get(2)?, shape })
    })?;
    whole("districts", rows)
}

/// True when there are districts of this kind, but none with this code.
pub(crate) fn is_missing(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    kind: &str,
    code: &str,
) -> Result<bool, CatalogError> {
    let (of_kind, with_code): (i64, i64) =
        tx.query_one(KIND_AND_CODE, params![jurisdiction, kind, code], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(of_kind > 0 && with_code == 0)
}

fn of_kind(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    kind: &str,
) -> Result<BTreeMap<String, String>, CatalogError> {
    let rows =
        tx.query(OF_KIND, params![jurisdiction, kind, ROWS_ASKED], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(whole("districts", rows)?.into_iter().collect())
}

fn remove_others(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    kind: &str,
    stored: &BTreeMap<String, String>,
    shapes: &[NamedShape],
) -> Result<usize, CatalogError> {
    let kept: BTreeSet<&str> = shapes.iter().map(|named| named.code.as_str()).collect();
    let gone: Vec<&String> = stored.keys().filter(|code| !kept.contains(code.as_str())).collect();
    for code in &gone {
        tx.exec_one(REMOVE, params![edit.jurisdiction, kind, code.as_str()])?;
    }
    Ok(gone.len())
}

fn record(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    kind: &str,
    changes: DistrictChanges,
) -> Result<(), CatalogError> {
    let DistrictChanges { added, changed, unchanged, removed } = changes;
    if added + changed + removed == 0 {
        return Ok(());
    }
    let detail =
        serde_json::json!({ "added": added, "changed": changed, "unchanged": unchanged, "removed": removed });
    edit.record(tx, "districts.imported", format!("districts:{kind}"), detail.to_string())
}
