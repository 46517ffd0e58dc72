//! Adding, changing and listing teams.

use access::{Actor, JurisdictionId, Permission};
use db::{Row, Tx, params};
use jiff::Timestamp;

use crate::change::{Edit, Saved};
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

const PUT: &str = "
    insert into team (jurisdiction_id, id, code, name, department_id, active)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (jurisdiction_id, id) do update set name = excluded.name, department_id = excluded.department_id,
        active = excluded.active";

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
    let old = by_code(tx, edit.jurisdiction, &draft.code)?;
    let id = old.as_ref().map_or_else(|| TeamId::from(tx.new_id(edit.now)), |old| old.id);
    let TeamDraft { code, name, active, .. } = draft.clone();
    let new = Team { id, code, name, department, active };
    let row = params![edit.jurisdiction, id, &new.code, to_json(&new.name), department, active];
    let record = ("team.saved", format!("team:{}", new.code));
    let change = edit.put(tx, record, old.as_ref(), &new, |tx| tx.exec_one(PUT, row))?;
    Ok(Saved { id, change })
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

fn read(row: &Row<'_>) -> Result<Team, db::Error> {
    Ok(Team {
        id: row.get(0)?,
        code: row.get(1)?,
        name: from_json(row, 2)?,
        department: row.get(3)?,
        active: row.get(4)?,
    })
}
