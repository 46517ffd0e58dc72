//! The services a government offers: what they are called, who does them, what the public sees.

mod choices;
pub(crate) mod editor;
mod preview;
mod question_form;
pub(crate) mod questions;
pub(crate) mod routing;
mod stopping;

use std::hash::{DefaultHasher, Hash, Hasher};

use access::Permission;
use askama::Template;
use axum::response::Response;
use catalog::{Catalog, CatalogError, Service, ServiceDraft, Text, Wrong};
use db::Tx;
use http::StatusCode;
use requests::RequestError;

use super::changing::{Editor, change, faults};
use super::departments::Link;
use super::worded;
use crate::form::Posted;
use crate::page::{Faults, Field, FormBox, FormPage, Page, go_to, show as show_page};
use crate::portal::single_request::in_path;
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

/// Longest code.
const CODE_MAX: usize = 100;

struct Line {
    name: String,
    code: String,
    group: String,
    department: String,
    level: String,
    is_active: bool,
    url: String,
}

#[derive(Template)]
#[template(path = "admin/services.html")]
struct ServicesPage {
    page: Page,
    services: Vec<Line>,
}

/// `GET /admin/services`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    let services =
        visit.catalog.services().iter().map(|service| line(&page, &visit.catalog, service)).collect();
    show_page(&visit.app, StatusCode::OK, &ServicesPage { services, page })
}

fn line(page: &Page, catalog: &Catalog, service: &Service) -> Line {
    let tag = page.tag();
    let department = catalog.department(service.department);
    Line {
        name: service.name.in_language(tag).to_owned(),
        code: service.code.clone(),
        group: service.group.in_language(tag).to_owned(),
        department: department.map_or_else(String::new, |one| one.name.in_language(tag).to_owned()),
        level: page.say(&format!("level-{}", service.public.as_str())).into_owned(),
        is_active: service.active,
        url: page.url(&path(&service.code)),
    }
}

/// A service, as what hangs on a department or a team.
pub(super) fn link(page: &Page, service: &Service) -> Link {
    Link {
        name: service.name.in_language(page.tag()).to_owned(),
        url: page.url(&path(&service.code)),
        is_active: service.active,
    }
}

/// The page of a service.
fn path(code: &str) -> String {
    format!("/admin/services/{}", in_path(code))
}

/// `GET /admin/add-service`
pub(crate) async fn begin(visit: Visit) -> Result<Response, Refusal> {
    add_page(&visit, &empty(), &Faults::default())
}

fn empty() -> ServiceDraft {
    ServiceDraft::new("", Text::nothing(), "")
}

fn add_page(visit: &Visit, draft: &ServiceDraft, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let names = worded::lines(&page, "name", "service-name", &draft.name);
    let code = Field::line(&page, "code", "service-code", &draft.code, CODE_MAX)
        .hint(&page, "service-code-hint")
        .help(&page, "service-code-help");
    let fields = names.into_iter().chain([editor::department_field(visit, &page, draft), code]);
    let form = FormBox::new(&page, "/admin/add-service", "service-add-button")
        .faults(faults)
        .fields(fields.map(|field| field.faults(faults)));
    FormPage::new(&page, page.say("service-add"), form)
        .back("/admin/services", "admin-services")
        .lead(page.say("service-add-lead"))
        .show(visit)
}

/// `POST /admin/add-service`
pub(crate) async fn add(visit: Visit, staff: Staff, posted: Posted) -> Result<Response, Refusal> {
    let name = worded::given(&posted, "name", &Text::nothing());
    let draft = ServiceDraft::new(posted.text("code"), name, posted.text("department"));
    let wanted = draft.clone();
    let done = change(&visit, &staff, move |tx, editor| {
        let known = Catalog::load(tx, &editor.home)?;
        let is_taken = |code: &str| known.service_by_code(code).is_some();
        let mut draft = wanted.clone();
        if is_taken(&draft.code) {
            let taken = Wrong::Duplicate { code: draft.code }.at("code");
            return Err(CatalogError::Flaw(taken).into());
        }
        if draft.code.is_empty() {
            draft.code = catalog::code_for(draft.name.in_default(), "service", is_taken);
        }
        save_and_publish(tx, editor, &draft)?;
        Ok(draft.code)
    });
    match done.await? {
        Ok(code) => Ok(go_to(&visit, &path(&code))),
        Err(faults) => add_page(&visit, &draft, &faults),
    }
}

/// Saves a service and, in the same transaction, shows or hides the requests it already has (PRIV-02).
fn save_and_publish(tx: &mut Tx<'_>, editor: &Editor, draft: &ServiceDraft) -> Result<(), RequestError> {
    let Editor { now, by, home } = editor;
    let saved = catalog::services::save(tx, *now, by, home, draft)?;
    let catalog = Catalog::load(tx, home)?;
    requests::apply_public_level(tx, *now, by, &catalog, saved.id)?;
    Ok(())
}

/// The field with what a service looked like when the form was made.
const SEEN: &str = "seen";

/// Tells a service from the same one after somebody else has changed it.
fn fingerprint(catalog: &Catalog, service: &Service) -> String {
    let mut hasher = DefaultHasher::new();
    format!("{:?}", catalog.draft_of(service)).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Saves an edited service, unless somebody else has changed it since its form was made.
async fn put(
    visit: &Visit,
    staff: &Staff,
    draft: &ServiceDraft,
    posted: &Posted,
) -> Result<Result<(), Faults>, Refusal> {
    if let Err(flaw) = draft.check() {
        return Ok(Err(faults(&flaw, visit.language)));
    }
    let (wanted, seen) = (draft.clone(), posted.given(SEEN).map(str::to_owned));
    let done = change(visit, staff, move |tx, editor| {
        let catalog = Catalog::load(tx, &editor.home)?;
        let now = catalog.service_by_code(&wanted.code).map(|service| fingerprint(&catalog, service));
        if seen.is_some() && seen != now {
            return Ok(false);
        }
        save_and_publish(tx, editor, &wanted).map(|()| true)
    });
    match done.await? {
        Ok(true) => Ok(Ok(())),
        Ok(false) => Err(Refusal::Changed),
        Err(faults) => Ok(Err(faults)),
    }
}
