//! The first page: one box that takes a problem, an address or a number, and three doors.

use askama::Template;
use axum::response::Response;
use catalog::Service;
use http::StatusCode;
use requests::TrackingToken;

use crate::form::query_string;
use crate::page::{Page, go_to, show as show_page};
use crate::portal::report;
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    page: Page,
    notices: Vec<String>,
    is_open: bool,
}

/// `GET /`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    let notices = report::notices(&visit, None);
    let is_open = visit.catalog.default_calendar().is_open_at(visit.now);
    show_page(&visit.app, StatusCode::OK, &HomePage { page, notices, is_open })
}

/// One service that fits the words.
struct Found {
    name: String,
    about: String,
    url: String,
}

#[derive(Template)]
#[template(path = "portal/find.html")]
struct FindPage {
    page: Page,
    query: String,
    found: Vec<Found>,
}

/// How many services a search shows.
const FOUND_MAX: usize = 20;

/// `GET /find`: a private link, a request number, or words about a problem.
pub(crate) async fn find(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let words = query.get("q").unwrap_or_default().to_owned();
    if words.parse::<TrackingToken>().is_ok() {
        return Ok(go_to(&visit, &format!("/track/{}", words.trim())));
    }
    if words.chars().any(|c| c.is_ascii_digit()) && number_exists(&visit, &words).await? {
        return Ok(go_to(&visit, &super::single_request::path(&words)));
    }
    let page = Page::new(&visit);
    let services =
        if words.is_empty() { Vec::new() } else { report::service::find(&visit.catalog, &words, page.tag()) };
    let found = services.into_iter().take(FOUND_MAX).map(|service| found(&page, service)).collect();
    show_page(&visit.app, StatusCode::OK, &FindPage { page, query: words, found })
}

fn found(page: &Page, service: &Service) -> Found {
    Found {
        name: service.name.in_language(page.tag()).to_owned(),
        about: service.description.in_language(page.tag()).to_owned(),
        url: page.url(&format!("/report{}", query_string([("service", service.code.as_str())]))),
    }
}

async fn number_exists(visit: &Visit, number: &str) -> Result<bool, Refusal> {
    Ok(super::single_request::public(visit, number).await?.is_some())
}
