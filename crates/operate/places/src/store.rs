//! The rows of the map.

use access::JurisdictionId;
use db::{Row, Tx, params};
use geography::Geometry;

use crate::error::PlacesError;
use crate::feature::{FeatureKind, MapFeature};

/// The most features one map holds: all addresses of a city of a million and a half people.
pub const FEATURES_MAX: i64 = 1_000_000;

const VERSION: &str = "select version from map_version where jurisdiction_id = $1";

const MOVE_ON: &str = "
    insert into map_version (jurisdiction_id, version) values ($1, 1)
    on conflict (jurisdiction_id) do update set version = map_version.version + 1";

/// Touches no row when nothing is different.
const PUT: &str = "
    insert into map_feature (jurisdiction_id, kind, source, code, name, sort, details, geometry)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (jurisdiction_id, kind, source, code) do update
    set name = excluded.name, sort = excluded.sort, details = excluded.details, geometry = excluded.geometry
    where map_feature.name is distinct from excluded.name or map_feature.sort is distinct from excluded.sort
        or map_feature.details <> excluded.details or map_feature.geometry <> excluded.geometry";

const CODES: &str = "
    select code from map_feature
    where jurisdiction_id = $1 and kind = $2 and source = $3
    order by code limit $4";

const REMOVE: &str =
    "delete from map_feature where jurisdiction_id = $1 and kind = $2 and source = $3 and code = $4";

const COUNT: &str = "select count(*) from map_feature where jurisdiction_id = $1";

const ALL: &str = "
    select kind, code, name, sort, details, geometry
    from map_feature
    where jurisdiction_id = $1
    order by kind, source, code limit $2";

/// The number that every change of this jurisdiction's map moves on; 0 when nothing was ever drawn.
///
/// # Errors
/// What the store refuses.
pub fn version(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<i64, PlacesError> {
    Ok(tx.query_opt(VERSION, params![jurisdiction], |row| row.get(0))?.unwrap_or(0))
}

pub(crate) fn move_on(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<(), PlacesError> {
    Ok(tx.exec_one(MOVE_ON, params![jurisdiction])?)
}

/// Whether the feature is new or different.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    kind: FeatureKind,
    source: &str,
    feature: &MapFeature,
) -> Result<bool, PlacesError> {
    let MapFeature { code, name, sort, geometry, .. } = feature;
    let values =
        params![jurisdiction, kind, source, code, name, sort, feature.details_text(), geometry.to_geojson()];
    Ok(tx.exec(PUT, values)? == 1)
}

pub(crate) fn codes(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    kind: FeatureKind,
    source: &str,
) -> Result<Vec<String>, PlacesError> {
    Ok(tx.query(CODES, params![jurisdiction, kind, source, FEATURES_MAX], |row| row.get(0))?)
}

pub(crate) fn remove(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    kind: FeatureKind,
    source: &str,
    code: &str,
) -> Result<(), PlacesError> {
    Ok(tx.exec_one(REMOVE, params![jurisdiction, kind, source, code])?)
}

pub(crate) fn count(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<i64, PlacesError> {
    Ok(tx.query_one(COUNT, params![jurisdiction], |row| row.get(0))?)
}

/// Every feature by kind, in a steady order.
pub(crate) fn all(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
) -> Result<Vec<(FeatureKind, MapFeature)>, PlacesError> {
    let rows = tx.query(ALL, params![jurisdiction, FEATURES_MAX + 1], read)?;
    if i64::try_from(rows.len()).is_ok_and(|count| count <= FEATURES_MAX) {
        Ok(rows)
    } else {
        Err(PlacesError::TooLarge { max: FEATURES_MAX })
    }
}

fn read(row: &Row<'_>) -> Result<(FeatureKind, MapFeature), db::Error> {
    let (details, geometry): (String, String) = (row.get(4)?, row.get(5)?);
    let feature = MapFeature {
        code: row.get(1)?,
        name: row.get(2)?,
        sort: row.get(3)?,
        details: serde_json::from_str(&details).map_err(|e| row.misfit(4, "JSON of ours", e.into()))?,
        geometry: Geometry::from_geojson(&geometry).map_err(|e| row.misfit(5, "a geometry", e.into()))?,
    };
    Ok((row.get(0)?, feature))
}
