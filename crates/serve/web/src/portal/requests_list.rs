//! The public list: what was reported, by service, status, district and date, page by page; the same view as a feed
//! and as data.

pub(crate) mod data;
pub(crate) mod feed;
mod selection;

use askama::Template;
use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;
use requests::{PublicPlace, PublicView};

use self::selection::{Selection, address};
use super::districts::choices;
use super::{single_request, view};
use crate::page::{Choice, Field, Page, Shape, chosen, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

const ROWS: i64 = 25;

/// One request of the list.
pub(super) struct Line {
    pub(super) number: String,
    pub(super) url: String,
    pub(super) service: String,
    pub(super) status: String,
    pub(super) badge: &'static str,
    pub(super) place: String,
    pub(super) requested_at: Timestamp,
    pub(super) promised_at: Option<Timestamp>,
    pub(super) is_late: bool,
}

#[derive(Template)]
#[template(path = "portal/requests_list.html")]
struct ListPage {
    page: Page,
    fields: Vec<Field>,
    district: Option<String>,
    lines: Vec<Line>,
    next: Option<String>,
    is_first: bool,
    /// The same view as a feed and as data.
    feed: String,
    data: String,
}

/// `GET /requests`
pub(crate) async fn show(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let selection = Selection::read(&visit, &query);
    let found = selection.load(&visit, ROWS).await?;
    let page = Page::new(&visit);
    let template = ListPage {
        fields: fields(&visit, &page, &query, &["open", "late", "closed"])
            .into_iter()
            .map(Field::filter)
            .collect(),
        district: selection.district_name(),
        lines: found.items.iter().map(|request| line(&visit, &page, request)).collect(),
        next: found.next.map(|cursor| page.url(&address("/requests", &query, Some(cursor)))),
        is_first: selection.after.is_none(),
        feed: page.url(&address("/requests.atom", &query, None)),
        data: page.url(&address("/requests.geojson", &query, None)),
        page: page.clone(),
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

pub(super) fn line(visit: &Visit, page: &Page, request: &PublicView) -> Line {
    let badge = view::badge(visit, request.status, request.promised_at);
    Line {
        number: request.number.clone(),
        url: page.url(&single_request::path(&request.number)),
        service: view::service_name(&visit.catalog, page, request.service),
        status: view::status(page, request.status),
        badge,
        place: place(page, &request.place),
        requested_at: request.requested_at,
        promised_at: request.promised_at.filter(|_| request.status.is_open()),
        is_late: badge == "late",
    }
}

/// Where a request is, on one line, as far as anybody may know.
pub(crate) fn place(page: &Page, place: &PublicPlace) -> String {
    match place {
        PublicPlace::Exact(place) => single_request::exact_lines(place).join(", "),
        PublicPlace::Coarse(_) => page.say("place-not-shown").into_owned(),
    }
}

/// The fields of a filter over public requests, with these of the statuses to choose from.
pub(super) fn fields(visit: &Visit, page: &Page, query: &Query, statuses: &[&str]) -> Vec<Field> {
    let value = |name: &str| query.get(name).unwrap_or_default().to_owned();
    let mut by_status = vec![Choice::new("", page.say("filter-status-all"))];
    by_status
        .extend(statuses.iter().map(|word| Choice::new(*word, page.say(&format!("filter-status-{word}")))));
    let mut services = vec![Choice::new("", page.say("filter-service-all"))];
    let public =
        visit.catalog.active_services().filter(|service| service.public != catalog::PublicLevel::Hidden);
    services.extend(public.map(|service| Choice::new(&service.code, service.name.in_language(page.tag()))));
    let date = |name: &str, key: &str| Field::line(page, name, key, &value(name), 40).kind("date", "off");
    vec![
        Field::new(page, "status", "filter-status", Shape::List(chosen(by_status, &[&value("status")]))),
        Field::new(page, "service", "filter-service", Shape::List(chosen(services, &[&value("service")]))),
        Field::new(
            page,
            "district",
            "filter-district",
            Shape::List(chosen(choices(visit, page), &[&value("district")])),
        ),
        date("from", "filter-from"),
        date("until", "filter-until"),
        Field::line(page, "q", "filter-words", &value("q"), 100),
    ]
}
