//! Departments: who answers for services, what hangs on each, and the end of one.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use catalog::{Catalog, Department, DepartmentDraft, Team, Text, departments};
use http::StatusCode;

use super::changing::change;
use super::worded;
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, FormPage, Page, Shape, chosen, go_to, show as show_page};
use crate::portal::single_request::in_path;
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};
use access::Permission;

const LIST: &str = "/admin/departments";

struct Line {
    name: String,
    url: String,
    teams: Vec<Link>,
    services: i64,
    is_active: bool,
}

/// Something that hangs on a department or a team.
pub(super) struct Link {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) is_active: bool,
}

#[derive(Template)]
#[template(path = "admin/departments.html")]
struct DepartmentsPage {
    page: Page,
    departments: Vec<Line>,
}

/// `GET /admin/departments`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    let departments =
        visit.catalog.departments().iter().map(|one| line(&page, &visit.catalog, one)).collect();
    show_page(&visit.app, StatusCode::OK, &DepartmentsPage { departments, page })
}

fn line(page: &Page, catalog: &Catalog, department: &Department) -> Line {
    let services = catalog.active_services().filter(|service| service.department == department.id).count();
    Line {
        name: department.name.in_language(page.tag()).to_owned(),
        url: page.url(&path(&department.code)),
        teams: teams_of(page, catalog, department).collect(),
        services: i64::try_from(services).unwrap_or(i64::MAX),
        is_active: department.active,
    }
}

fn teams_of<'a>(
    page: &'a Page,
    catalog: &'a Catalog,
    department: &'a Department,
) -> impl Iterator<Item = Link> + 'a {
    let link = |team: &Team| Link {
        name: team.name.in_language(page.tag()).to_owned(),
        url: page.url(&super::teams::path(&team.code)),
        is_active: team.active,
    };
    catalog.teams().iter().filter(|team| team.department == department.id).map(link)
}

fn path(code: &str) -> String {
    format!("{LIST}/{}", in_path(code))
}

/// `GET /admin/add-department`
pub(crate) async fn begin(visit: Visit) -> Result<Response, Refusal> {
    add_page(&visit, &empty(), &Faults::default())
}

fn empty() -> DepartmentDraft {
    DepartmentDraft { code: String::new(), name: Text::nothing(), calendar: None, active: true }
}

fn add_page(visit: &Visit, draft: &DepartmentDraft, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let form = form(visit, &page, LIST, draft, faults);
    FormPage::new(&page, page.say("department-add"), form).back(LIST, "admin-departments").show(visit)
}

fn form(visit: &Visit, page: &Page, to: &str, draft: &DepartmentDraft, faults: &Faults) -> FormBox {
    let mut calendars = vec![Choice::new("", page.say("calendar-of-town"))];
    calendars.extend(visit.catalog.calendars().iter().map(|one| Choice::new(&one.code, &one.code)));
    let calendars = chosen(calendars, &[draft.calendar.as_deref().unwrap_or_default()]);
    let names = worded::lines(page, "name", "name-in", &draft.name);
    let calendar = Field::new(page, "calendar", "department-calendar", Shape::List(calendars))
        .help(page, "calendar-help");
    FormBox::new(page, to, "button-save")
        .faults(faults)
        .fields(names.into_iter().chain([calendar]).map(|field| field.faults(faults)))
}

/// What was typed, over what was there.
fn typed(posted: &Posted, old: &DepartmentDraft) -> DepartmentDraft {
    DepartmentDraft {
        name: worded::given(posted, "name", &old.name),
        calendar: posted.given("calendar").map(str::to_owned),
        ..old.clone()
    }
}

/// `POST /admin/departments`
pub(crate) async fn add(visit: Visit, staff: Staff, posted: Posted) -> Result<Response, Refusal> {
    let draft = typed(&posted, &empty());
    let wanted = draft.clone();
    let done = change(&visit, &staff, move |tx, editor| {
        let known = Catalog::load(tx, &editor.home)?;
        let code = catalog::code_for(wanted.name.in_default(), "department", |code| {
            known.department_by_code(code).is_some()
        });
        let draft = DepartmentDraft { code: code.clone(), ..wanted.clone() };
        departments::save(tx, editor.now, &editor.by, &editor.home, &draft)?;
        Ok(code)
    });
    match done.await? {
        Ok(code) => Ok(go_to(&visit, &path(&code))),
        Err(faults) => add_page(&visit, &draft, &faults),
    }
}

#[derive(Template)]
#[template(path = "admin/department_holds.html")]
struct Holds {
    page: Page,
    is_active: bool,
    teams: Vec<Link>,
    services: Vec<Link>,
    switch: FormBox,
}

/// `GET /admin/departments/{code}`
pub(crate) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, Refusal> {
    let department = visit.catalog.department_by_code(&code).ok_or(Refusal::NotFound)?;
    department_page(&visit, department, &department.draft(), &Faults::default())
}

fn department_page(
    visit: &Visit,
    department: &Department,
    draft: &DepartmentDraft,
    faults: &Faults,
) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let path = path(&department.code);
    let form = form(visit, &page, &path, draft, faults);
    let below = holds(visit, &page, department).render();
    let below = below.map_err(|error| Refusal::broken(&visit.app, &error))?;
    let heading = department.name.in_language(page.tag());
    FormPage::new(&page, heading, form).back(LIST, "admin-departments").below(below).show(visit)
}

fn holds(visit: &Visit, page: &Page, department: &Department) -> Holds {
    let services = visit.catalog.active_services().filter(|service| service.department == department.id);
    Holds {
        is_active: department.active,
        teams: teams_of(page, &visit.catalog, department).collect(),
        services: services.map(|service| super::services::link(page, service)).collect(),
        switch: switch(page, &path(&department.code), department.active),
        page: page.clone(),
    }
}

/// The button that retires what is active, or takes it up again.
pub(super) fn switch(page: &Page, path: &str, is_active: bool) -> FormBox {
    let (action, word) = if is_active { ("retire", "button-retire") } else { ("restore", "button-restore") };
    FormBox::new(page, &format!("{path}/{action}"), word).quiet()
}

/// `POST /admin/departments/{code}`
pub(crate) async fn save(
    visit: Visit,
    staff: Staff,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let department = visit.catalog.department_by_code(&code).ok_or(Refusal::NotFound)?;
    let draft = typed(&posted, &department.draft());
    put(&visit, &staff, department, draft).await
}

/// `POST /admin/departments/{code}/retire`
pub(crate) async fn retire(
    visit: Visit,
    staff: Staff,
    code: Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    set_active(visit, staff, &code.0, false).await
}

/// `POST /admin/departments/{code}/restore`
pub(crate) async fn restore(
    visit: Visit,
    staff: Staff,
    code: Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    set_active(visit, staff, &code.0, true).await
}

async fn set_active(visit: Visit, staff: Staff, code: &str, active: bool) -> Result<Response, Refusal> {
    let department = visit.catalog.department_by_code(code).ok_or(Refusal::NotFound)?;
    put(&visit, &staff, department, DepartmentDraft { active, ..department.draft() }).await
}

async fn put(
    visit: &Visit,
    staff: &Staff,
    department: &Department,
    draft: DepartmentDraft,
) -> Result<Response, Refusal> {
    let wanted = draft.clone();
    let done = change(visit, staff, move |tx, editor| {
        Ok(departments::save(tx, editor.now, &editor.by, &editor.home, &wanted)?)
    });
    match done.await? {
        Ok(_) => Ok(go_to(visit, &path(&department.code))),
        Err(faults) => department_page(visit, department, &draft, &faults),
    }
}
