//! Finding: what the one box of the first page leads to, and all services in their groups.

use askama::Template;
use axum::response::Response;
use catalog::Service;
use http::StatusCode;
use requests::TrackingToken;

use crate::form::query_string;
use crate::page::{Page, go_to, show as show_page};
use crate::portal::{report, single_request};
use crate::refusal::Refusal;
use crate::service_search;
use crate::visit::{Query, Visit};

/// One service that fits the words.
struct Found {
    name: String,
    about: String,
    url: String,
}

/// Services under one heading; search results have none.
struct Group {
    name: String,
    services: Vec<Found>,
}

#[derive(Template)]
#[template(path = "portal/find.html")]
struct FindPage {
    page: Page,
    query: String,
    found: usize,
    groups: Vec<Group>,
    /// A report whose place is what was typed.
    report_there: String,
    /// Reports that hold the words.
    reports_like_it: String,
}

/// How many services a search shows.
const FOUND_MAX: usize = 20;

/// `GET /find`: a private link, a request number, a place, or words about a problem.
pub(crate) async fn show(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let words = query.get("q").unwrap_or_default().to_owned();
    if words.parse::<TrackingToken>().is_ok() {
        return Ok(go_to(&visit, &format!("/track/{}", words.trim())));
    }
    let may_be_number = words.chars().any(|c| c.is_ascii_digit());
    if may_be_number && single_request::public(&visit, &words).await?.is_some() {
        return Ok(go_to(&visit, &single_request::path(&words)));
    }
    let page = Page::new(&visit);
    let groups = if words.is_empty() { every_group(&visit, &page) } else { fitting(&visit, &page, &words) };
    let with_words = |path: &str, name: &str| page.url(&format!("{path}{}", query_string([(name, &*words)])));
    let template = FindPage {
        found: groups.iter().map(|group| group.services.len()).sum(),
        groups,
        report_there: with_words("/report", "address"),
        reports_like_it: with_words("/requests", "q"),
        query: words,
        page: page.clone(),
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

fn fitting(visit: &Visit, page: &Page, words: &str) -> Vec<Group> {
    let services = service_search::find(&visit.catalog, words);
    let services: Vec<Found> =
        services.into_iter().take(FOUND_MAX).map(|service| found(page, service)).collect();
    if services.is_empty() { Vec::new() } else { vec![Group { name: String::new(), services }] }
}

fn every_group(visit: &Visit, page: &Page) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for service in visit.catalog.active_services() {
        let name = report::service::group_name(page, service);
        let service = found(page, service);
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.services.push(service),
            None => groups.push(Group { name, services: vec![service] }),
        }
    }
    groups
}

fn found(page: &Page, service: &Service) -> Found {
    Found {
        name: service.name.in_language(page.tag()).to_owned(),
        about: service.description.in_language(page.tag()).to_owned(),
        url: page.url(&format!("/report{}", query_string([("service", service.code.as_str())]))),
    }
}
