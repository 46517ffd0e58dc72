//! Bringing a file of the map in, piece by piece, and then dropping what it no longer holds.
//!
//! A city's addresses are too many for one transaction beside residents who report: each piece is one, and because
//! bringing a file in again changes nothing, an import that was broken off is simply begun again.

use std::collections::BTreeSet;

use access::{Actor, JurisdictionId, Permission, audit};
use db::Tx;
use jiff::Timestamp;

use crate::error::PlacesError;
use crate::feature::{FeatureKind, MapFeature};
use crate::store::{self, FEATURES_MAX};

/// What keeping some features came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Put {
    /// New, or different from what was there.
    pub imported: u64,
    /// There already, and the same.
    pub unchanged: u64,
}

/// Keeps features of one kind from one source.
///
/// # Errors
/// Permission, [`PlacesError::UnknownJurisdiction`], [`PlacesError::TooLarge`], or the store's.
pub fn put(
    tx: &mut Tx<'_>,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    kind: FeatureKind,
    source: &str,
    features: &[MapFeature],
) -> Result<Put, PlacesError> {
    begin(tx, by, jurisdiction)?;
    let mut put = Put::default();
    for feature in features {
        let is_new = store::put(tx, jurisdiction, kind, source, feature)?;
        *(if is_new { &mut put.imported } else { &mut put.unchanged }) += 1;
    }
    if put.imported > 0 {
        if store::count(tx, jurisdiction)? > FEATURES_MAX {
            return Err(PlacesError::TooLarge { max: FEATURES_MAX });
        }
        store::move_on(tx, jurisdiction)?;
    }
    Ok(put)
}

/// Ends an import: drops what came from this source before and is not among `codes`, and leaves an audit entry when
/// anything was changed. Gives how many were dropped.
///
/// # Errors
/// Permission, [`PlacesError::UnknownJurisdiction`], or the store's.
pub fn complete(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    (kind, source): (FeatureKind, &str),
    codes: &BTreeSet<&str>,
    imported: u64,
) -> Result<u64, PlacesError> {
    begin(tx, by, jurisdiction)?;
    let known = store::codes(tx, jurisdiction, kind, source)?;
    let gone: Vec<&String> = known.iter().filter(|code| !codes.contains(code.as_str())).collect();
    for code in &gone {
        store::remove(tx, jurisdiction, kind, source, code)?;
    }
    let removed = gone.len() as u64;
    if removed > 0 {
        store::move_on(tx, jurisdiction)?;
    }
    if imported + removed > 0 {
        let detail =
            serde_json::json!({ "source": source, "imported": imported, "removed": removed }).to_string();
        let object = format!("map:{kind}");
        audit::append(
            tx,
            now,
            &audit::Entry { jurisdiction, actor: by, action: "map.imported", object, detail },
        )?;
    }
    Ok(removed)
}

fn begin(tx: &mut Tx<'_>, by: &Actor, jurisdiction: &JurisdictionId) -> Result<(), PlacesError> {
    by.require(jurisdiction, Permission::ManageJurisdiction)?;
    match catalog::jurisdictions::find(tx, jurisdiction)? {
        Some(_) => Ok(()),
        None => Err(PlacesError::UnknownJurisdiction(jurisdiction.clone())),
    }
}
