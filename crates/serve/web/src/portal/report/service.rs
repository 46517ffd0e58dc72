//! What is it about? All services in their groups, or those that fit a few words.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use catalog::{Catalog, Service};

use super::{Report, Step, StepView};
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape, chosen};
use crate::portal::stopper;
use crate::refusal::Refusal;
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
    let mut found = find(&visit.catalog, query, tag);
    let count = found.len();
    if found.is_empty() {
        found = find(&visit.catalog, "", tag);
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

/// The active services whose name, group, keywords or description hold every word, best first.
pub(crate) fn find<'c>(catalog: &'c Catalog, query: &str, tag: &str) -> Vec<&'c Service> {
    let words: Vec<String> = plain(query).split_whitespace().map(str::to_owned).collect();
    let mut found: Vec<(u32, &Service)> = catalog
        .active_services()
        .filter_map(|service| Some((rank(service, &words, tag)?, service)))
        .collect();
    // The sort is stable: equals stay in the order of the catalog.
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, service)| service).collect()
}

/// How far from the name the words were found; `None` when one was not.
fn rank(service: &Service, words: &[String], tag: &str) -> Option<u32> {
    let name = plain(service.name.in_language(tag));
    let keywords = plain(&service.keywords.in_language(tag).join(" "));
    let rest = plain(&format!("{} {}", service.group.in_language(tag), service.description.in_language(tag)));
    let mut worst = 0;
    for word in words {
        let place = [&name, &keywords, &rest].into_iter().position(|text| holds(text, word))?;
        worst = worst.max(u32::try_from(place).unwrap_or(u32::MAX));
    }
    Some(worst)
}

/// Whether a word of the text begins like this one.
fn holds(text: &str, word: &str) -> bool {
    text.split_whitespace().any(|known| known.starts_with(word))
}

/// Lower case, without accents and marks, so that "árbol" is found by "arbol".
fn plain(text: &str) -> String {
    let letters = text.chars().flat_map(char::to_lowercase).map(|c| match c {
        'á' | 'à' | 'ä' | 'â' | 'ã' => 'a',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' | 'õ' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        c if c.is_alphanumeric() => c,
        _ => ' ',
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_without_accents_and_case() {
        assert_eq!(plain("Árbol caído, ¡YA!"), "arbol caido   ya ");
        assert!(holds("missed recycling", "recycl"));
        assert!(!holds("missed recycling", "cycling"));
    }
}
