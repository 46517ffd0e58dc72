//! Adding and changing the calendars that targets run on.

use access::{Actor, JurisdictionId, Permission};
use calendar::{Calendar, CalendarSpec, WeekSpec};
use db::{Tx, params};
use jiff::Timestamp;

use crate::change::{Change, Edit};
use crate::error::CatalogError;
use crate::flaw::Wrong;
use crate::json::{from_json, to_json};
use crate::limits::{ROWS_ASKED, whole};
use crate::words::check_code;

const ALL: &str = "
    select code, spec
    from calendar
    where jurisdiction_id = $1
    order by code limit $2";

const BY_CODE: &str = "select spec from calendar where jurisdiction_id = $1 and code = $2";

const PUT: &str = "
    insert into calendar (jurisdiction_id, code, spec) values ($1, $2, $3)
    on conflict (jurisdiction_id, code) do update set spec = excluded.spec";

const DEFAULT: &str = "select default_calendar from jurisdiction where jurisdiction_id = $1";

const SET_DEFAULT: &str = "update jurisdiction set default_calendar = $2 where jurisdiction_id = $1";

/// A calendar of the catalog: what an administrator wrote, and what it computes.
#[derive(Debug, Clone)]
pub struct NamedCalendar {
    /// Names the calendar in its jurisdiction.
    pub code: String,
    /// What the administrator wrote.
    pub spec: CalendarSpec,
    /// What computes due times from it.
    pub calendar: Calendar,
}

/// Adds the calendar, or changes the one with this code. Promises already made do not move.
///
/// # Errors
/// [`CatalogError::Flaw`] when the description contradicts itself; otherwise permission or store.
pub fn save(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    code: &str,
    spec: &CalendarSpec,
) -> Result<Change, CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ManageTargets)?;
    save_in(tx, &edit, code, spec)
}

pub(crate) fn save_in(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    code: &str,
    spec: &CalendarSpec,
) -> Result<Change, CatalogError> {
    check(code, spec).map_err(|wrong| wrong.at(code).inside("calendar"))?;
    let old = spec_of(tx, edit.jurisdiction, code)?;
    let row = params![edit.jurisdiction, code, to_json(spec)];
    let record = ("calendar.saved", format!("calendar:{code}"));
    edit.put(tx, record, old.as_ref(), spec, |tx| tx.exec_one(PUT, row))
}

/// Chooses the calendar for all services whose own and whose department's calendar is not set.
///
/// # Errors
/// [`CatalogError::Flaw`] when there is no such calendar; otherwise permission or store.
pub fn set_default(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    code: &str,
) -> Result<Change, CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ManageTargets)?;
    set_default_in(tx, &edit, code)
}

pub(crate) fn set_default_in(tx: &mut Tx<'_>, edit: &Edit<'_>, code: &str) -> Result<Change, CatalogError> {
    if spec_of(tx, edit.jurisdiction, code)?.is_none() {
        return Err(unknown(code).at("default_calendar").into());
    }
    let current: String = tx.query_one(DEFAULT, params![edit.jurisdiction], |row| row.get(0))?;
    if current == code {
        return Ok(Change::Unchanged);
    }
    tx.exec_one(SET_DEFAULT, params![edit.jurisdiction, code])?;
    edit.record_saved(tx, "calendar.made-default", format!("calendar:{code}"), Change::Changed)?;
    Ok(Change::Changed)
}

/// Refuses a reference, in a field called `calendar`, to a calendar that is not there.
pub(crate) fn check_known(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    code: Option<&str>,
) -> Result<(), CatalogError> {
    match code {
        Some(code) if spec_of(tx, jurisdiction, code)?.is_none() => Err(unknown(code).at("calendar").into()),
        _ => Ok(()),
    }
}

pub(crate) fn all(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
) -> Result<Vec<NamedCalendar>, CatalogError> {
    let rows = tx.query(ALL, params![jurisdiction, ROWS_ASKED], |row| {
        Ok((row.get::<String>(0)?, from_json::<CalendarSpec>(row, 1)?))
    })?;
    whole("calendars", rows)?.into_iter().map(build).collect()
}

/// Checks a calendar without storing it.
pub(crate) fn check(code: &str, spec: &CalendarSpec) -> Result<(), Wrong> {
    check_code(code)?;
    // Every promise on such a calendar would fail, one resident at a time.
    if spec.hours == WeekSpec::default() {
        return Err(Wrong::BadCalendar { reason: "it is closed on every day of the week".to_owned() });
    }
    Calendar::try_from(spec).map(|_| ()).map_err(|error| Wrong::BadCalendar { reason: error.to_string() })
}

fn build((code, spec): (String, CalendarSpec)) -> Result<NamedCalendar, CatalogError> {
    match Calendar::try_from(&spec) {
        Ok(calendar) => Ok(NamedCalendar { code, spec, calendar }),
        Err(_) => Err(CatalogError::Damaged { kind: "calendar", code }),
    }
}

fn spec_of(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    code: &str,
) -> Result<Option<CalendarSpec>, CatalogError> {
    Ok(tx.query_opt(BY_CODE, params![jurisdiction, code], |row| from_json(row, 0))?)
}

fn unknown(code: &str) -> Wrong {
    Wrong::Unknown { kind: "calendar", code: code.to_owned() }
}
