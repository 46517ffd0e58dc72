//! What is it about? All services in their groups, or those that fit a few words.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use catalog::Service;

use super::{Report, Step, StepView};
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape, chosen};
use crate::portal::stopper;
use crate::refusal::Refusal;
use crate::service_search;
use crate::visit::{Query, Visit};

/// `GET /report/{draft}/service`
pub(crate) async fn show(visit: Visit, Path(key): Path<String>, query: Query) -> Result<Response, Refusal> {
    match Report::open(visit, &key).await?.require(Step::Service) {
        Ok(report) => form(&report, query.get("q").unwrap_or_default(), &Faults::default()),
        Err(elsewhere) => Ok(*elsewhere),
    }
}

/// `POST /report/{draft}/service`
pub(crate) async fn take(visit: Visit, Path(key): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let mut report = Report::open(visit, &key).await?;
    let code = posted.text("service").to_owned();
    let catalog = report.visit.catalog.clone();
    let Some(service) = catalog.service_by_code(&code).filter(|service| service.active) else {
        let mut faults = Faults::default();
        faults.add("service", report.visit.language.say("report-service-missing"));
        return form(&report, posted.text("q"), &faults);
    };
    if let Some(stopper) = &service.stopper {
        return stopper::show(&report.visit, stopper, &report.path(Step::Service));
    }
    if report.draft.service.as_deref() != Some(code.as_str()) {
        report.draft.service = Some(code);
        report.draft.answers.clear();
        report.draft.has_details = false;
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
    let tag = page.tag();
    let mut found = service_search::find(&visit.catalog, query);
    let count = found.len();
    if found.is_empty() {
        found = service_search::find(&visit.catalog, "");
    }
    let choices = chosen(choices(&found, tag), &[report.draft.service.as_deref().unwrap_or_default()]);
    let field =
        Field::new(&page, "service", "report-service-label", Shape::OneOf(choices)).required().faults(faults);
    let search = Search { page: &page, action: page.url(&report.path(Step::Service)), query, found: count };
    let above = search.render().map_err(|error| Refusal::broken(&visit.app, &error))?;
    let form =
        FormBox::new(&page, &report.path(Step::Service), "button-continue").faults(faults).field(field);
    let mut view = StepView::new(Step::Service, form.hidden("q", query));
    view.status = faults.status();
    view.above = above;
    view.notices = super::notices(visit, None);
    view.show(page, visit, Some(report))
}

fn choices(services: &[&Service], tag: &str) -> Vec<Choice> {
    let choice = |service: &&Service| {
        let group = service.group.in_language(tag);
        let about = service.description.in_language(tag);
        let hint = [group, about].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
        Choice::new(&service.code, service.name.in_language(tag)).hint(hint)
    };
    services.iter().map(choice).collect()
}

/// The heading a service stands under, in the reader's language.
pub(crate) fn group_name(page: &Page, service: &Service) -> String {
    let name = service.group.in_language(page.tag());
    if name.is_empty() { page.say("service-group-other").into_owned() } else { name.to_owned() }
}
