//! Adding, changing and listing departments.

use access::{Actor, JurisdictionId, Permission};
use db::{Row, Tx, params};
use jiff::Timestamp;

use crate::calendars;
use crate::change::{Edit, Saved};
use crate::department::{Department, DepartmentDraft, DepartmentId};
use crate::error::CatalogError;
use crate::flaw::Wrong;
use crate::json::{from_json, to_json};
use crate::limits::{ROWS_ASKED, whole};

const ALL: &str = "
    select id, code, name, calendar, active
    from department
    where jurisdiction_id = $1
    order by code, id limit $2";

const BY_CODE: &str = "
    select id, code, name, calendar, active
    from department
    where jurisdiction_id = $1 and code = $2";

const PUT: &str = "
    insert into department (jurisdiction_id, id, code, name, calendar, active)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (jurisdiction_id, id) do update set name = excluded.name, calendar = excluded.calendar,
        active = excluded.active";

/// Adds the department, or changes the one with this code.
///
/// # Errors
/// [`CatalogError::Flaw`] names the field that cannot be taken; otherwise permission or store.
pub fn save(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    draft: &DepartmentDraft,
) -> Result<Saved<DepartmentId>, CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ManageCatalog)?;
    save_in(tx, &edit, draft)
}

pub(crate) fn save_in(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    draft: &DepartmentDraft,
) -> Result<Saved<DepartmentId>, CatalogError> {
    draft.check()?;
    calendars::check_known(tx, edit.jurisdiction, draft.calendar.as_deref())?;
    let old = by_code(tx, edit.jurisdiction, &draft.code)?;
    let id = old.as_ref().map_or_else(|| DepartmentId::from(tx.new_id(edit.now)), |old| old.id);
    let DepartmentDraft { code, name, calendar, active } = draft.clone();
    let new = Department { id, code, name, calendar, active };
    let row = params![edit.jurisdiction, id, &new.code, to_json(&new.name), &new.calendar, new.active];
    let record = ("department.saved", format!("department:{}", new.code));
    let change = edit.put(tx, record, old.as_ref(), &new, |tx| tx.exec_one(PUT, row))?;
    Ok(Saved { id, change })
}

/// The department with this code.
///
/// # Errors
/// The store's.
pub fn by_code(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    code: &str,
) -> Result<Option<Department>, CatalogError> {
    Ok(tx.query_opt(BY_CODE, params![jurisdiction, code], read)?)
}

/// The id behind a code given in the field `department`.
pub(crate) fn named(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    code: &str,
) -> Result<DepartmentId, CatalogError> {
    let department = by_code(tx, jurisdiction, code)?;
    let unknown = || Wrong::Unknown { kind: "department", code: code.to_owned() }.at("department");
    Ok(department.ok_or_else(unknown)?.id)
}

pub(crate) fn all(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<Vec<Department>, CatalogError> {
    whole("departments", tx.query(ALL, params![jurisdiction, ROWS_ASKED], read)?)
}

fn read(row: &Row<'_>) -> Result<Department, db::Error> {
    Ok(Department {
        id: row.get(0)?,
        code: row.get(1)?,
        name: from_json(row, 2)?,
        calendar: row.get(3)?,
        active: row.get(4)?,
    })
}

impl Department {
    /// The same department without its id, to be edited.
    pub fn draft(&self) -> DepartmentDraft {
        DepartmentDraft {
            code: self.code.clone(),
            name: self.name.clone(),
            calendar: self.calendar.clone(),
            active: self.active,
        }
    }
}
