//! What residents are promised: the targets of each service, each from its day on.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use calendar::Allowance;
use catalog::{CatalogError, NewTarget, Service, Target};
use jiff::Timestamp;

use super::changing::flaw_words;
use crate::app::App;
use crate::form::{Posted, one_line};
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape, chosen, go_to, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Staff, Visit};
use access::Permission;

const LINE_MAX: usize = 60;

/// One version of a service's target.
pub(super) struct Line {
    pub(super) service: String,
    pub(super) first_response: String,
    pub(super) resolution: String,
    pub(super) effective_from: Timestamp,
    pub(super) version: i64,
    /// Whether it is in force, past or planned.
    pub(super) state: &'static str,
}

#[derive(Template)]
#[template(path = "admin/targets.html")]
struct TargetsPage {
    page: Page,
    targets: Vec<Line>,
    without: Vec<String>,
    form: Option<FormBox>,
    has_faults: bool,
}

/// `GET /admin/targets`
pub(crate) async fn list(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let service = query.get("service").unwrap_or_default();
    show_list(&visit, service, &Posted::default(), &Faults::default())
}

fn show_list(visit: &Visit, service: &str, typed: &Posted, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let catalog = &visit.catalog;
    let active: Vec<&Service> = catalog.active_services().collect();
    let targets = active.iter().flat_map(|service| lines(visit, &page, service)).collect();
    let without = active.iter().filter(|service| catalog.targets(service).is_empty());
    let without = without.map(|service| service.name.in_language(page.tag()).to_owned()).collect();
    let may_change = visit.may(Permission::ManageTargets);
    let form = may_change.then(|| set_form(visit, &page, service, typed, faults));
    let template = TargetsPage { targets, without, form, has_faults: !faults.is_empty(), page };
    show_page(&visit.app, faults.status(), &template)
}

/// Every version of a service's target, oldest first.
pub(super) fn lines(visit: &Visit, page: &Page, service: &Service) -> Vec<Line> {
    let in_force = visit.catalog.target_at(service, visit.now).map(|target| target.version);
    let words = |allowance: Option<Allowance>| {
        allowance.map_or_else(|| page.say("target-none").into_owned(), |allowance| allowance.to_string())
    };
    let line = |target: &Target| Line {
        service: service.name.in_language(page.tag()).to_owned(),
        first_response: words(target.first_response),
        resolution: words(target.resolution),
        effective_from: target.effective_from,
        version: target.version,
        state: match in_force == Some(target.version) {
            true => "target-in-force",
            false if target.effective_from > visit.now => "target-planned",
            false => "target-past",
        },
    };
    visit.catalog.targets(service).iter().map(line).collect()
}

fn set_form(visit: &Visit, page: &Page, service: &str, typed: &Posted, faults: &Faults) -> FormBox {
    let services = visit.catalog.active_services();
    let choices =
        services.map(|service| Choice::new(&service.code, service.name.in_language(page.tag()))).collect();
    let fields = [
        Field::new(page, "service", "fact-service", Shape::List(chosen(choices, &[service]))).required(),
        Field::line(page, "first_response", "target-first-response", typed.text("first_response"), LINE_MAX)
            .hint(page, "target-hint"),
        Field::line(page, "resolution", "target-resolution", typed.text("resolution"), LINE_MAX)
            .hint(page, "target-hint"),
        Field::line(page, "effective_from", "target-from", typed.text("effective_from"), 40)
            .kind("datetime-local", "off")
            .hint(page, "target-from-hint"),
    ];
    FormBox::new(page, "/admin/targets", "target-button")
        .faults(faults)
        .fields(fields.map(|field| field.faults(faults)))
}

/// `POST /admin/targets`
pub(crate) async fn set(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    posted: Posted,
) -> Result<Response, Refusal> {
    let (service, target) = match check(&visit, &posted) {
        Ok(checked) => checked,
        Err(faults) => return show_list(&visit, posted.text("service"), &posted, &faults),
    };
    let (now, by, home) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    match app.db.write(move |tx| catalog::targets::set(tx, now, &by, &home, service, &target)).await {
        Ok(_) => {
            app.tenants.forget(visit.jurisdiction());
            Ok(go_to(&visit, "/admin/targets"))
        }
        Err(CatalogError::Flaw(flaw)) => {
            let mut faults = Faults::default();
            faults.add(flaw.field.to_string(), flaw_words(&flaw.wrong, visit.language));
            show_list(&visit, posted.text("service"), &posted, &faults)
        }
        Err(error) => Err(Refusal::catalog(&app, &error)),
    }
}

fn check(visit: &Visit, posted: &Posted) -> Result<(catalog::ServiceId, NewTarget), Faults> {
    let mut faults = Faults::default();
    let service = visit.catalog.service_by_code(posted.text("service")).map(|service| service.id);
    if service.is_none() {
        faults.add("service", visit.language.say("fault-service"));
    }
    let mut allowance = |name: &str| {
        let text = one_line(posted.text(name));
        let read = (!text.is_empty()).then(|| text.parse::<Allowance>());
        if matches!(read, Some(Err(_))) {
            faults.add(name, visit.language.say("fault-allowance"));
        }
        read.and_then(Result::ok)
    };
    let (first_response, resolution) = (allowance("first_response"), allowance("resolution"));
    let given = posted.given("effective_from");
    let from = given.map(|text| catalog::read_instant(text, &visit.catalog.jurisdiction.zone));
    if from == Some(None) {
        faults.add("effective_from", visit.language.say("fault-answer-date"));
    }
    let effective_from = from.flatten().unwrap_or(visit.now);
    match service.filter(|_| faults.is_empty()) {
        Some(service) => Ok((service, NewTarget { effective_from, first_response, resolution })),
        None => Err(faults),
    }
}
