//! One request, for one kind of reader.

use access::{Actor, JurisdictionId, Permission};
use catalog::PublicLevel;
use db::{Tx, params};

use crate::change::require;
use crate::error::RequestError;
use crate::files;
use crate::request::RequestId;
use crate::stored::{Stored, columns, read};
use crate::tracking::Reporter;
use crate::views::{PublicView, ReporterView, StaffView};

const BY_ID: &str =
    concat!("select ", columns!(), " from service_request r where r.jurisdiction_id = $1 and r.id = $2");

const BY_NUMBER: &str =
    concat!("select ", columns!(), " from service_request r where r.jurisdiction_id = $1 and r.number = $2");

/// What anybody may see of the request with this number; `None` when there is none or it is not public.
///
/// # Errors
/// The store's.
pub fn find_public(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    number: &str,
) -> Result<Option<PublicView>, RequestError> {
    match by_number(tx, jurisdiction, number)? {
        Some(stored) if stored.published().is_some() => {
            let photos = photos(tx, jurisdiction, &stored)?;
            Ok(PublicView::of(&stored, photos))
        }
        _ => Ok(None),
    }
}

/// As [`crate::list_for_partner`], for one request.
///
/// # Errors
/// Permission; the store's.
pub fn find_for_partner(
    tx: &mut Tx<'_>,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    number: &str,
) -> Result<Option<PublicView>, RequestError> {
    require(by, jurisdiction, Permission::ViewUnpublished)?;
    match by_number(tx, jurisdiction, number)?.filter(|stored| !stored.confidential) {
        Some(stored) => {
            let photos = photos(tx, jurisdiction, &stored)?;
            Ok(Some(PublicView::at(&stored, PublicLevel::Full, photos)))
        }
        None => Ok(None),
    }
}

/// What the holder of its private link may see.
///
/// # Errors
/// The store's.
pub fn find_reported(tx: &mut Tx<'_>, by: &Reporter) -> Result<ReporterView, RequestError> {
    let stored = by_id(tx, by.jurisdiction(), by.request())?.ok_or(RequestError::Unknown(by.request()))?;
    let photos = photos(tx, by.jurisdiction(), &stored)?;
    Ok(ReporterView::of(stored, photos))
}

/// What staff may see of a request.
///
/// # Errors
/// [`RequestError::Unknown`], also for a confidential one that the caller may not see; permission; the store's.
pub fn find(
    tx: &mut Tx<'_>,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    id: RequestId,
) -> Result<StaffView, RequestError> {
    require(by, jurisdiction, Permission::ViewWork)?;
    let stored = visible_to_staff(tx, by, jurisdiction, id)?;
    let photos = photos(tx, jurisdiction, &stored)?;
    Ok(StaffView::of(stored, photos))
}

/// As [`find`], by the number people read out; `None` when there is none that the caller may see.
///
/// # Errors
/// Permission; the store's.
pub fn find_by_number(
    tx: &mut Tx<'_>,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    number: &str,
) -> Result<Option<StaffView>, RequestError> {
    require(by, jurisdiction, Permission::ViewWork)?;
    match by_number(tx, jurisdiction, number)?.filter(|stored| may_see(by, stored)) {
        Some(stored) => {
            let photos = photos(tx, jurisdiction, &stored)?;
            Ok(Some(StaffView::of(stored, photos)))
        }
        None => Ok(None),
    }
}

/// The id behind a number: what a partner's system knows is the number, what operations take is the id.
///
/// Says nothing about who may see it; the operation asks.
///
/// # Errors
/// The store's.
pub fn id_of(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    number: &str,
) -> Result<Option<RequestId>, RequestError> {
    const ID: &str = "select id from service_request where jurisdiction_id = $1 and number = $2";
    Ok(tx.query_opt(ID, params![jurisdiction, number], |row| row.get(0))?)
}

/// The row, if this member of staff may know of it.
pub(crate) fn visible_to_staff(
    tx: &mut Tx<'_>,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    id: RequestId,
) -> Result<Stored, RequestError> {
    by_id(tx, jurisdiction, id)?.filter(|stored| may_see(by, stored)).ok_or(RequestError::Unknown(id))
}

fn may_see(by: &Actor, stored: &Stored) -> bool {
    !stored.confidential || by.may(Permission::ViewConfidential)
}

pub(crate) fn by_id(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    id: RequestId,
) -> Result<Option<Stored>, RequestError> {
    Ok(tx.query_opt(BY_ID, params![jurisdiction, id], read)?)
}

pub(crate) fn by_number(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    number: &str,
) -> Result<Option<Stored>, RequestError> {
    Ok(tx.query_opt(BY_NUMBER, params![jurisdiction, number], read)?)
}

fn photos(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    stored: &Stored,
) -> Result<Vec<files::Photo>, RequestError> {
    let mut all = files::photos_of(tx, jurisdiction, std::slice::from_ref(stored))?;
    Ok(all.remove(&stored.id).unwrap_or_default())
}
