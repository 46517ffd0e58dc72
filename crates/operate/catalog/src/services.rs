//! Adding and changing services.

use access::{Actor, JurisdictionId, Permission};
use db::{Query, Row, Tx, params};
use jiff::Timestamp;

use crate::calendars;
use crate::change::{Change, Edit, Saved};
use crate::department::{DepartmentId, TeamId};
use crate::departments;
use crate::districts;
use crate::error::CatalogError;
use crate::flaw::Wrong;
use crate::json::{from_json, from_json_opt, to_json};
use crate::limits::{ROWS_ASKED, whole};
use crate::questions;
use crate::service::{Route, Service, ServiceDraft, ServiceId};
use crate::teams;

const SELECT: &str = "
    select id, code, name, description, service_group, keywords, icon, public_level, kind, photo, department_id,
        team_id, calendar, stopper, active, duplicate_radius_m
    from service
    where jurisdiction_id = ";

const ID_BY_CODE: &str = "select id from service where jurisdiction_id = $1 and code = $2";

const ROUTES: &str = "
    select service_id, district_kind, district_code, team_id
    from service_route
    where jurisdiction_id = ";

const INSERT: &str = "
    insert into service (jurisdiction_id, id, code, name, description, service_group, keywords, icon, public_level,
        kind, photo, department_id, team_id, calendar, stopper, active, duplicate_radius_m)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

const UPDATE: &str = "
    update service set name = $4, description = $5, service_group = $6, keywords = $7, icon = $8, public_level = $9,
        kind = $10, photo = $11, department_id = $12, team_id = $13, calendar = $14, stopper = $15, active = $16,
        duplicate_radius_m = $17
    where jurisdiction_id = $1 and id = $2 and code = $3";

const FORGET_ROUTES: &str = "delete from service_route where jurisdiction_id = $1 and service_id = $2";

const ADD_ROUTE: &str = "
    insert into service_route (jurisdiction_id, service_id, place, district_kind, district_code, team_id)
    values ($1, $2, $3, $4, $5, $6)";

/// Adds the service with its questions and routes, or changes the one with this code. A question whose wording
/// differs gets a new version; one that is left out is asked no more.
///
/// # Errors
/// [`CatalogError::Flaw`] names the field that cannot be taken; otherwise permission or store.
pub fn save(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    draft: &ServiceDraft,
) -> Result<Saved<ServiceId>, CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ManageCatalog)?;
    save_in(tx, &edit, draft)
}

pub(crate) fn save_in(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    draft: &ServiceDraft,
) -> Result<Saved<ServiceId>, CatalogError> {
    draft.check()?;
    let links = resolve(tx, edit.jurisdiction, draft)?;
    let old = by_code(tx, edit.jurisdiction, &draft.code)?;
    let id = old.as_ref().map_or_else(|| ServiceId::from(tx.new_id(edit.now)), |old| old.id);
    let change = match &old {
        None => Change::Added,
        Some(old) if is_same(old, draft, &links) => return Ok(Saved { id, change: Change::Unchanged }),
        Some(_) => Change::Changed,
    };
    write(tx, edit, if old.is_none() { INSERT } else { UPDATE }, id, draft, &links)?;
    replace_routes(tx, edit, id, &links.routes)?;
    questions::save(tx, edit, id, &draft.questions)?;
    edit.record(tx, "service.saved", format!("service:{}", draft.code), audit_detail(old.as_ref(), draft))?;
    Ok(Saved { id, change })
}

/// The service with this code, with its questions and routes.
///
/// # Errors
/// The store's.
pub fn by_code(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    code: &str,
) -> Result<Option<Service>, CatalogError> {
    let query = Query::new(SELECT).bind(jurisdiction).text(" and code = ").bind(code);
    let Some(mut service) = tx.select(&query, read)?.into_iter().next() else { return Ok(None) };
    service.questions = questions::of_service(tx, jurisdiction, service.id)?;
    let query = Query::new(ROUTES).bind(jurisdiction).text(" and service_id = ").bind(service.id);
    let query = query.text(" order by place limit ").bind(ROWS_ASKED);
    service.routes = tx.select(&query, read_route)?.into_iter().map(|(_, route)| route).collect();
    Ok(Some(service))
}

pub(crate) fn id_by_code(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    code: &str,
) -> Result<Option<ServiceId>, CatalogError> {
    Ok(tx.query_opt(ID_BY_CODE, params![jurisdiction, code], |row| row.get(0))?)
}

/// Every service without questions, by code; [`crate::Catalog::load`] adds the questions.
pub(crate) fn all(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<Vec<Service>, CatalogError> {
    let query = Query::new(SELECT).bind(jurisdiction).text(" order by code, id limit ").bind(ROWS_ASKED);
    whole("services", tx.select(&query, read)?)
}

/// The routes of all services, in the order in which they are tried.
pub(crate) fn all_routes(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
) -> Result<Vec<(ServiceId, Route)>, CatalogError> {
    let query = Query::new(ROUTES).bind(jurisdiction);
    let query = query.text(" order by service_id, place limit ").bind(ROWS_ASKED);
    whole("routes", tx.select(&query, read_route)?)
}

/// The ids behind the codes of a draft.
struct Links {
    department: DepartmentId,
    team: Option<TeamId>,
    routes: Vec<Route>,
}

fn resolve(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    draft: &ServiceDraft,
) -> Result<Links, CatalogError> {
    calendars::check_known(tx, jurisdiction, draft.calendar.as_deref())?;
    let department = departments::named(tx, jurisdiction, &draft.department)?;
    let team = match &draft.team {
        Some(code) => Some(teams::named(tx, jurisdiction, code, "team")?),
        None => None,
    };
    Ok(Links { department, team, routes: resolve_routes(tx, jurisdiction, draft)? })
}

fn resolve_routes(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    draft: &ServiceDraft,
) -> Result<Vec<Route>, CatalogError> {
    let mut routes = Vec::with_capacity(draft.routes.len());
    for (item, route) in draft.routes.iter().enumerate() {
        let team =
            teams::named(tx, jurisdiction, &route.team, "team").map_err(|e| e.inside_item("routes", item))?;
        // Districts may be imported after the catalog, so a kind without any is no mistake yet.
        if districts::is_missing(tx, jurisdiction, &route.kind, &route.code)? {
            let unknown = Wrong::Unknown { kind: "district", code: route.code.clone() };
            return Err(unknown.at("code").inside_item("routes", item).into());
        }
        routes.push(Route { kind: route.kind.clone(), code: route.code.clone(), team });
    }
    Ok(routes)
}

fn is_same(old: &Service, draft: &ServiceDraft, links: &Links) -> bool {
    changed_fields(old, draft).is_empty()
        && old.department == links.department
        && old.team == links.team
        && old.routes == links.routes
        && old.questions.len() == draft.questions.len()
        && old.questions.iter().zip(&draft.questions).all(|(old, new)| old.draft() == *new)
}

/// The fields of the service itself that differ, by name.
fn changed_fields(old: &Service, new: &ServiceDraft) -> Vec<&'static str> {
    let fields = [
        ("name", old.name == new.name),
        ("description", old.description == new.description),
        ("group", old.group == new.group),
        ("keywords", old.keywords == new.keywords),
        ("icon", old.icon == new.icon),
        ("public", old.public == new.public),
        ("kind", old.kind == new.kind),
        ("photo", old.photo == new.photo),
        ("calendar", old.calendar == new.calendar),
        ("duplicate_radius_m", old.duplicate_radius_m == new.duplicate_radius_m),
        ("stopper", old.stopper == new.stopper),
        ("active", old.active == new.active),
    ];
    fields.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect()
}

/// Publishing more of a service is what an auditor looks for first, so the level is always in the entry.
fn audit_detail(old: Option<&Service>, new: &ServiceDraft) -> String {
    let change = if old.is_none() { Change::Added } else { Change::Changed };
    let fields = old.map(|old| changed_fields(old, new)).unwrap_or_default();
    serde_json::json!({
        "change": change.as_str(),
        "fields": fields,
        "public_before": old.map(|old| old.public.as_str()),
        "public": new.public.as_str(),
    })
    .to_string()
}

fn write(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    statement: &'static str,
    id: ServiceId,
    draft: &ServiceDraft,
    links: &Links,
) -> Result<(), CatalogError> {
    let (name, description, group) =
        (to_json(&draft.name), to_json(&draft.description), to_json(&draft.group));
    let (keywords, stopper) = (to_json(&draft.keywords), draft.stopper.as_ref().map(to_json));
    let row = params![
        edit.jurisdiction,
        id,
        &draft.code,
        name,
        description,
        group,
        keywords,
        &draft.icon,
        draft.public,
        draft.kind,
        draft.photo,
        links.department,
        links.team,
        &draft.calendar,
        stopper,
        draft.active,
        draft.duplicate_radius_m
    ];
    Ok(tx.exec_one(statement, row)?)
}

fn replace_routes(
    tx: &mut Tx<'_>,
    edit: &Edit<'_>,
    service: ServiceId,
    routes: &[Route],
) -> Result<(), CatalogError> {
    tx.exec(FORGET_ROUTES, params![edit.jurisdiction, service])?;
    for (place, route) in (1_i64..).zip(routes) {
        let row = params![edit.jurisdiction, service, place, &route.kind, &route.code, route.team];
        tx.exec_one(ADD_ROUTE, row)?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Service, db::Error> {
    Ok(Service {
        id: row.get(0)?,
        code: row.get(1)?,
        name: from_json(row, 2)?,
        description: from_json(row, 3)?,
        group: from_json(row, 4)?,
        keywords: from_json(row, 5)?,
        icon: row.get(6)?,
        public: row.get(7)?,
        kind: row.get(8)?,
        photo: row.get(9)?,
        department: row.get(10)?,
        team: row.get(11)?,
        calendar: row.get(12)?,
        stopper: from_json_opt(row, 13)?,
        active: row.get(14)?,
        duplicate_radius_m: row.get(15)?,
        routes: Vec::new(),
        questions: Vec::new(),
    })
}

fn read_route(row: &Row<'_>) -> Result<(ServiceId, Route), db::Error> {
    Ok((row.get(0)?, Route { kind: row.get(1)?, code: row.get(2)?, team: row.get(3)? }))
}
