//! Teams: who gets requests handed over, what hangs on each, and the end of one.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use catalog::{Catalog, Service, Team, TeamDraft, Text, teams};

use super::changing::change;
use super::departments::{Link, switch};
use super::worded;
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, FormPage, Page, Shape, chosen, go_to};
use crate::portal::single_request::in_path;
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

const LIST: &str = "/admin/departments";

pub(super) fn path(code: &str) -> String {
    format!("/admin/teams/{}", in_path(code))
}

/// `GET /admin/add-team`
pub(crate) async fn begin(visit: Visit) -> Result<Response, Refusal> {
    add_page(&visit, &empty(), &Faults::default())
}

fn empty() -> TeamDraft {
    TeamDraft { code: String::new(), name: Text::nothing(), department: String::new(), active: true }
}

fn draft_of(catalog: &Catalog, team: &Team) -> TeamDraft {
    let department = catalog.department(team.department).map_or("", |one| &one.code).to_owned();
    TeamDraft { code: team.code.clone(), name: team.name.clone(), department, active: team.active }
}

fn add_page(visit: &Visit, draft: &TeamDraft, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let form = form(visit, &page, "/admin/add-team", draft, faults);
    FormPage::new(&page, page.say("team-add"), form).back(LIST, "admin-departments").show(visit)
}

fn form(visit: &Visit, page: &Page, to: &str, draft: &TeamDraft, faults: &Faults) -> FormBox {
    let departments = visit.catalog.departments().iter();
    let departments = departments.filter(|one| one.active || one.code == draft.department);
    let choices = departments.map(|one| Choice::new(&one.code, one.name.in_language(page.tag()))).collect();
    let choices = chosen(choices, &[&draft.department]);
    let names = worded::lines(page, "name", "name-in", &draft.name);
    let department = Field::new(page, "department", "fact-department", Shape::List(choices)).required();
    FormBox::new(page, to, "button-save")
        .faults(faults)
        .fields(names.into_iter().chain([department]).map(|field| field.faults(faults)))
}

fn typed(posted: &Posted, old: &TeamDraft) -> TeamDraft {
    TeamDraft {
        name: worded::given(posted, "name", &old.name),
        department: posted.text("department").to_owned(),
        ..old.clone()
    }
}

/// `POST /admin/add-team`
pub(crate) async fn add(visit: Visit, staff: Staff, posted: Posted) -> Result<Response, Refusal> {
    let draft = typed(&posted, &empty());
    let wanted = draft.clone();
    let done = change(&visit, &staff, move |tx, editor| {
        let known = Catalog::load(tx, &editor.home)?;
        let is_taken = |code: &str| known.team_by_code(code).is_some();
        let code = catalog::code_for(wanted.name.in_default(), "team", is_taken);
        let draft = TeamDraft { code: code.clone(), ..wanted.clone() };
        teams::save(tx, editor.now, &editor.by, &editor.home, &draft)?;
        Ok(code)
    });
    match done.await? {
        Ok(code) => Ok(go_to(&visit, &path(&code))),
        Err(faults) => add_page(&visit, &draft, &faults),
    }
}

#[derive(Template)]
#[template(path = "admin/team_holds.html")]
struct Holds {
    page: Page,
    is_active: bool,
    services: Vec<Link>,
    open_requests: i64,
    switch: FormBox,
}

/// `GET /admin/teams/{code}`
pub(crate) async fn show(visit: Visit, staff: Staff, Path(code): Path<String>) -> Result<Response, Refusal> {
    let team = visit.catalog.team_by_code(&code).ok_or(Refusal::NotFound)?;
    team_page(&visit, &staff, team, &draft_of(&visit.catalog, team), &Faults::default()).await
}

async fn team_page(
    visit: &Visit,
    staff: &Staff,
    team: &Team,
    draft: &TeamDraft,
    faults: &Faults,
) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let form = form(visit, &page, &path(&team.code), draft, faults);
    let services = visit.catalog.active_services().filter(|service| works_for(team, service));
    let holds = Holds {
        is_active: team.active,
        services: services.map(|service| super::services::link(&page, service)).collect(),
        open_requests: open_requests(visit, staff, team).await?,
        switch: switch(&page, &path(&team.code), team.active),
        page: page.clone(),
    };
    let below = holds.render().map_err(|error| Refusal::broken(&visit.app, &error))?;
    let heading = team.name.in_language(page.tag());
    FormPage::new(&page, heading, form).back(LIST, "admin-departments").below(below).show(visit)
}

/// Whether requests for this service may go to the team.
fn works_for(team: &Team, service: &Service) -> bool {
    service.team == Some(team.id) || service.routes.iter().any(|route| route.team == team.id)
}

async fn open_requests(visit: &Visit, staff: &Staff, team: &Team) -> Result<i64, Refusal> {
    let (now, by, home, team) = (visit.now, staff.actor(), visit.jurisdiction().clone(), team.id);
    let counted = visit.app.db.read(move |tx| requests::workload(tx, &by, &home, Some(team), now, now));
    Ok(counted.await.map_err(|error| Refusal::request(&visit.app, &error))?.open())
}

/// `POST /admin/teams/{code}`
pub(crate) async fn save(
    visit: Visit,
    staff: Staff,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let team = visit.catalog.team_by_code(&code).ok_or(Refusal::NotFound)?;
    let draft = typed(&posted, &draft_of(&visit.catalog, team));
    put(&visit, &staff, team, draft).await
}

/// `POST /admin/teams/{code}/retire`
pub(crate) async fn retire(
    visit: Visit,
    staff: Staff,
    code: Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    set_active(visit, staff, &code.0, false).await
}

/// `POST /admin/teams/{code}/restore`
pub(crate) async fn restore(
    visit: Visit,
    staff: Staff,
    code: Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    set_active(visit, staff, &code.0, true).await
}

async fn set_active(visit: Visit, staff: Staff, code: &str, active: bool) -> Result<Response, Refusal> {
    let team = visit.catalog.team_by_code(code).ok_or(Refusal::NotFound)?;
    let draft = TeamDraft { active, ..draft_of(&visit.catalog, team) };
    put(&visit, &staff, team, draft).await
}

async fn put(visit: &Visit, staff: &Staff, team: &Team, draft: TeamDraft) -> Result<Response, Refusal> {
    let wanted = draft.clone();
    let done = change(visit, staff, move |tx, editor| {
        Ok(teams::save(tx, editor.now, &editor.by, &editor.home, &wanted)?)
    });
    match done.await? {
        Ok(_) => Ok(go_to(visit, &path(&team.code))),
        Err(faults) => team_page(visit, staff, team, &draft, &faults).await,
    }
}
