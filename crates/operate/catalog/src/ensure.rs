//! What an import of another system's records needs: departments, teams and services that are found by name, or
//! made when they are met for the first time.

use access::{Actor, JurisdictionId, Permission};
use db::{Tx, params};
use jiff::Timestamp;

use crate::change::Edit;
use crate::code::code_for;
use crate::department::{DepartmentDraft, DepartmentId, TeamDraft, TeamId};
use crate::departments;
use crate::error::CatalogError;
use crate::json::from_json;
use crate::limits::{ROWS_ASKED, whole};
use crate::service::{PublicLevel, ServiceDraft, ServiceId};
use crate::services;
use crate::teams;
use crate::text::Text;
use crate::words::{NAME_MAX, check_code, is_forbidden};

const LANGUAGES: &str = "select languages from jurisdiction where jurisdiction_id = $1";

const SERVICES: &str = "
    select id, code, name
    from service
    where jurisdiction_id = $1
    order by code, id limit $2";

const DEPARTMENT_CODE: &str = "select code from department where jurisdiction_id = $1 and id = $2";

/// A service as an imported record names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetService<'a> {
    /// Its code in the other system, where that has one we can take.
    pub code: Option<&'a str>,
    /// What it is called.
    pub name: &'a str,
    /// The heading it is listed under.
    pub group: Option<&'a str>,
    /// The department that answers for it.
    pub department: DepartmentId,
    /// How much of its requests the public may see, if it has to be made.
    pub public: PublicLevel,
}

/// The department of this name or code, made when there is none.
///
/// # Errors
/// Permission (`import-requests`) or store; [`CatalogError::Flaw`] when the name is blank.
pub fn ensure_department(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    name: &str,
) -> Result<DepartmentId, CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ImportRequests)?;
    let name = tidy(name);
    let known = departments::all(tx, jurisdiction)?;
    if let Some(found) = known.iter().find(|one| is_called(&one.name, &one.code, &name)) {
        return Ok(found.id);
    }
    let code = code_for(&name, "department", |code| known.iter().any(|one| one.code == code));
    let name = Text::new(default_language(tx, jurisdiction)?, name);
    Ok(departments::save_in(tx, &edit, &DepartmentDraft { code, name, calendar: None, active: true })?.id)
}

/// The team of this name or code, made in this department when there is none.
///
/// # Errors
/// As [`ensure_department`].
pub fn ensure_team(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    department: DepartmentId,
    name: &str,
) -> Result<TeamId, CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ImportRequests)?;
    let name = tidy(name);
    let known = teams::all(tx, jurisdiction)?;
    if let Some(found) = known.iter().find(|one| is_called(&one.name, &one.code, &name)) {
        return Ok(found.id);
    }
    let code = code_for(&name, "team", |code| known.iter().any(|one| one.code == code));
    let name = Text::new(default_language(tx, jurisdiction)?, name);
    let department = department_code(tx, jurisdiction, department)?;
    Ok(teams::save_in(tx, &edit, &TeamDraft { code, name, department, active: true })?.id)
}

/// The service of this code or name, made when there is none. One that is there is not changed.
///
/// # Errors
/// As [`ensure_department`].
pub fn ensure_service(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    met: &MetService<'_>,
) -> Result<ServiceId, CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ImportRequests)?;
    let name = tidy(met.name);
    let usable_code = met.code.map(str::trim).filter(|code| check_code(code).is_ok());
    let known = known_services(tx, jurisdiction)?;
    let same = |(_, code, called): &&(ServiceId, String, Text)| match usable_code {
        Some(given) => code == given,
        None => is_called(called, code, &name),
    };
    if let Some((id, _, _)) = known.iter().find(same) {
        return Ok(*id);
    }
    let is_taken = |code: &str| known.iter().any(|(_, taken, _)| taken == code);
    let code = match usable_code {
        Some(given) => given.to_owned(),
        None => code_for(&name, "service", is_taken),
    };
    make_service(tx, &edit, met, code, name)
}

fn make_service(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    met: &MetService<'_>,
    code: String,
    name: String,
) -> Result<ServiceId, CatalogError> {
    let language = default_language(tx, edit.jurisdiction)?;
    let department = department_code(tx, edit.jurisdiction, met.department)?;
    let mut draft = ServiceDraft::new(code, Text::new(language.clone(), name), department);
    draft.public = met.public;
    if let Some(group) = met.group.map(tidy).filter(|group| !group.is_empty()) {
        draft.group = Text::new(language, group);
    }
    Ok(services::save_in(tx, edit, &draft)?.id)
}

fn known_services(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
) -> Result<Vec<(ServiceId, String, Text)>, CatalogError> {
    let rows = tx.query(SERVICES, params![jurisdiction, ROWS_ASKED], |row| {
        Ok((row.get(0)?, row.get(1)?, from_json(row, 2)?))
    })?;
    whole("services", rows)
}

fn default_language(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<String, CatalogError> {
    let languages: Vec<String> = tx.query_one(LANGUAGES, params![jurisdiction], |row| from_json(row, 0))?;
    let damaged = || CatalogError::Damaged { kind: "languages of", code: jurisdiction.to_string() };
    languages.into_iter().next().ok_or_else(damaged)
}

fn department_code(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    id: DepartmentId,
) -> Result<String, CatalogError> {
    let code = tx.query_opt(DEPARTMENT_CODE, params![jurisdiction, id], |row| row.get(0))?;
    code.ok_or_else(|| CatalogError::Unknown { kind: "department", code: id.to_string() })
}

fn is_called(called: &Text, code: &str, name: &str) -> bool {
    code == name || called.iter().any(|(_, words)| words == name)
}

/// A name from a file, on one line and without what cannot be shown.
fn tidy(name: &str) -> String {
    let plain: String = name.chars().map(|c| if is_forbidden(c) { ' ' } else { c }).take(NAME_MAX).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
