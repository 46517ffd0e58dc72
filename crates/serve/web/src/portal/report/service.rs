//! What is it about? All services in their groups, or those that fit a few words.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use catalog::Service;

use super::{CHECK, Report, Step, StepView, stopped};
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape, chosen, go_to};
use crate::refusal::Refusal;
use crate::service_search;
use crate::visit::{Query, Visit};

/// `GET /report/{draft}/service`
pub(crate) async fn show(visit: Visit, Path(key): Path<String>, query: Query) -> Result<Response, Refusal> {
    let report = match Report::open(visit, &key).await?.require(Step::Service) {
        Ok(report) => report,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let mut faults = Faults::default();
    if query.get(CHECK).is_some() && !report.is_done(Step::Service) {
        faults.add("service", report.visit.language.say("report-service-missing"));
    }
    form(&report, query.get("q").unwrap_or_default(), &faults)
}

/// `POST /report/{draft}/service`
pub(crate) async fn take(visit: Visit, Path(key): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let mut report = Report::open(visit, &key).await?;
    let code = posted.text("service").to_owned();
    let catalog = report.visit.catalog.clone();
    let Some(service) = catalog.service_by_code(&code).filter(|service| service.active) else {
        report.draft.service = None;
        return report.stay(Step::Service).await;
    };
    if service.stopper.is_some() {
        return Ok(go_to(&report.visit, &stopped::path(&report, Some(&code))));
    }
    if report.draft.service.as_deref() != Some(code.as_str()) {
        report.draft.service = Some(code);
        report.draft.answers.clear();
        report.draft.has_known = false;
        report.draft.has_details = false;
        report.draft.has_photos = false;
    }
    report.go_on().await
}

/// The search box above the list.
#[derive(Template)]
#[template(path = "portal/report/service_search.html")]
struct Search<'a> {
    page: &'a Page,
    action: String,
    query: &'a str,
    found: usize,
}

fn form(report: &Report, query: &str, faults: &Faults) -> Result<Response, Refusal> {
    let visit = &report.visit;
    let page = Page::new(visit);
    let found = service_search::find(&visit.catalog, query);
    let search =
        Search { page: &page, action: page.url(&report.path(Step::Service)), query, found: found.len() };
    let above = search.render().map_err(|error| Refusal::broken(&visit.app, &error))?;
    let choices = match (query.is_empty(), found.is_empty()) {
        (true, _) => by_group(&page, &found),
        (false, false) => found.into_iter().map(|service| choice(&page, service)).collect(),
        (false, true) => by_group(&page, &service_search::find(&visit.catalog, "")),
    };
    let choices = chosen(choices, &[report.draft.service.as_deref().unwrap_or_default()]);
    let field =
        Field::new(&page, "service", "report-service-label", Shape::OneOf(choices)).required().faults(faults);
    let form =
        FormBox::new(&page, &report.path(Step::Service), "button-continue").faults(faults).field(field);
    let mut view = StepView::new(Step::Service, form);
    view.above = above;
    view.scripts = &["search.js"];
    view.show(page, visit, Some(report))
}

fn choice(page: &Page, service: &Service) -> Choice {
    Choice::new(&service.code, service.name.in_language(page.tag()))
        .hint(service.description.in_language(page.tag()))
}

/// Every service under the heading of its group.
fn by_group(page: &Page, services: &[&Service]) -> Vec<Choice> {
    let mut before = String::new();
    let mut choices = Vec::new();
    for service in services {
        let group = group_name(page, service);
        let choice = choice(page, service);
        choices.push(if group == before { choice } else { choice.under(&group) });
        before = group;
    }
    choices
}

/// The heading a service stands under, in the reader's language.
pub(crate) fn group_name(page: &Page, service: &Service) -> String {
    let name = service.group.in_language(page.tag());
    if name.is_empty() { page.say("service-group-other").into_owned() } else { name.to_owned() }
}
