//! Adding, changing and listing teams.

use access::{Actor, JurisdictionId, Permission};
use db::{Row, Tx, params};
use jiff::Timestamp;

use crate::change::{Change, Edit, Saved};
use crate::department::{Team, TeamDraft, TeamId};
use crate::departments;
use crate::error::CatalogError;
use crate::flaw::Wrong;
use crate::json::{from_json, to_json};
use crate::limits::{ROWS_ASKED, whole};

const ALL: &str = "
    select id, code, name, department_id, active
    from team
    where jurisdiction_id = $1
    order by code, id limit $2";

const BY_CODE: &str = "
    select id, code, name, department_id, active
    from team
    where jurisdiction_id = $1 and code = $2";

const INSERT: &str = "
    insert into team (jurisdiction_id, id, code, name, department_id, active)
    values ($1, $2, $3, $4, $5, $6)";

const UPDATE: &str = "
    update team set name = $3, department_id = $4, active = $5
    where jurisdiction_id = $1 and id = $2";

/// Adds the team, or changes the one with this code.
///
/// # Errors
/// [`CatalogError::Flaw`] names the field that cannot be taken; otherwise permission or store.
pub fn save(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    draft: &TeamDraft,
) -> Result<Saved<TeamId>, CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ManageCatalog)?;
    save_in(tx, &edit, draft)
}

pub(crate) fn save_in(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    draft: &TeamDraft,
) -> Result<Saved<TeamId>, CatalogError> {
    draft.check()?;
    let department = departments::named(tx, edit.jurisdiction, &draft.department)?;
    let wanted = |id| Team {
        id,
        code: draft.code.clone(),
        name: draft.name.clone(),
        department,
        active: draft.active,
    };
    let saved = match by_code(tx, edit.jurisdiction, &draft.code)? {
        None => {
            let id = TeamId::from(tx.new_id(edit.now));
            insert(tx, edit, &wanted(id))?;
            Saved { id, change: Change::Added }
        }
        Some(old) if old == wanted(old.id) => Saved { id: old.id, change: Change::Unchanged },
        Some(old) => {
            update(tx, edit, &wanted(old.id))?;
            Saved { id: old.id, change: Change::Changed }
        }
    };
    edit.record_saved(tx, "team.saved", format!("team:{}", draft.code), saved.change)?;
    Ok(saved)
}

/// The team with this code.
///
/// # Errors
/// The store's.
pub fn by_code(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    code: &str,
) -> Result<Option<Team>, CatalogError> {
    Ok(tx.query_opt(BY_CODE, params![jurisdiction, code], read)?)
}

pub(crate) fn all(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<Vec<Team>, CatalogError> {
    whole("teams", tx.query(ALL, params![jurisdiction, ROWS_ASKED], read)?)
}

/// The id behind a code given in the field `field`.
pub(crate) fn named(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    code: &str,
    field: &str,
) -> Result<TeamId, CatalogError> {
    let team = by_code(tx, jurisdiction, code)?;
    let unknown = || Wrong::Unknown { kind: "team", code: code.to_owned() }.at(field);
    Ok(team.ok_or_else(unknown)?.id)
}

fn insert(tx: &mut Tx<'_>, edit: &Edit<'_>, team: &Team) -> Result<(), CatalogError> {
    let name = to_json(&team.name);
    let row = params![edit.jurisdiction, team.id, &team.code, name, team.department, team.active];
    Ok(tx.exec_one(INSERT, row)?)
}

fn update(tx: &mut Tx<'_>, edit: &Edit<'_>, team: &Team) -> Result<(), CatalogError> {
    let name = to_json(&team.name);
    Ok(tx.exec_one(UPDATE, params![edit.jurisdiction, team.id, name, team.department, team.active])?)
}

fn read(row: &Row<'_>) -> Result<Team, db::Error> {
    Ok(Team {
        id: row.get(0)?,
        code: row.get(1)?,
        name: from_json(row, 2)?,
        department: row.get(3)?,
        active: row.get(4)?,
    })
}
