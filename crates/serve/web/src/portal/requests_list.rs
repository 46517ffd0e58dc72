//! The public list: what was reported, by service, status, district and date, page by page.

use askama::Template;
use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use requests::{Area, Cursor, Filter, Listed, Page as Part, PublicPlace, PublicView, Range};

use super::{single_request, view};
use crate::form::query_string;
use crate::page::{Choice, Field, Page, Shape, chosen, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

const ROWS: i64 = 25;

/// One request of the list.
struct Line {
    number: String,
    url: String,
    service: String,
    status: String,
    badge: &'static str,
    place: String,
    requested_at: Timestamp,
    promised_at: Option<Timestamp>,
    is_late: bool,
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
}

/// The names of everything that narrows the list down, in the address and in the form.
const NAMES: [&str; 6] = ["status", "service", "district", "from", "until", "q"];

/// `GET /requests`
pub(crate) async fn show(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let district = query.get("district").and_then(|text| District::read(&visit, text));
    let filter = filter(&visit, &query, district.as_ref());
    let after: Option<Cursor> = query.get("after").and_then(|text| text.parse().ok());
    let part = Part { after, skip: 0, limit: ROWS };
    let jurisdiction = visit.jurisdiction().clone();
    let found = visit.app.db.read(move |tx| requests::list_public(tx, &jurisdiction, &filter, &part)).await;
    let Listed { items, next } = found.map_err(|error| Refusal::request(&visit.app, &error))?;
    let page = Page::new(&visit);
    let inside = |request: &PublicView| district.as_ref().is_none_or(|district| district.holds(request));
    let lines =
        items.iter().filter(|request| inside(request)).map(|request| line(&visit, &page, request)).collect();
    let template = ListPage {
        fields: fields(&visit, &page, &query).into_iter().map(Field::filter).collect(),
        district: district.map(|district| district.name),
        lines,
        next: next.map(|cursor| next_url(&page, &query, cursor)),
        is_first: after.is_none(),
        page: page.clone(),
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

/// A district that was asked for as `kind:code`.
struct District {
    kind: String,
    code: String,
    name: String,
    area: Area,
}

impl District {
    fn read(visit: &Visit, text: &str) -> Option<Self> {
        let (kind, code) = text.split_once(':')?;
        let district = visit.catalog.districts().find(kind, code)?;
        let name = district.name.clone().unwrap_or_else(|| format!("{kind} {code}"));
        Some(Self {
            kind: kind.to_owned(),
            code: code.to_owned(),
            name,
            area: Area::Box(district.shape.bounds()),
        })
    }

    /// Only what is published in full says in which district it is; the rest is known by its grid cell only.
    fn holds(&self, request: &PublicView) -> bool {
        let districts =
            request.details.as_ref().map(|details| details.districts.as_slice()).unwrap_or_default();
        districts.iter().any(|(kind, code)| *kind == self.kind && *code == self.code)
    }
}

fn filter(visit: &Visit, query: &Query, district: Option<&District>) -> Filter {
    let zone = &visit.catalog.jurisdiction.zone;
    let day = |name: &str| query.get(name).and_then(|text| catalog::read_instant(text, zone));
    let service = query.get("service").and_then(|code| visit.catalog.service_by_code(code));
    Filter {
        services: service.map(|service| service.id).into_iter().collect(),
        open: match query.get("status") {
            Some("open") => Some(true),
            Some("closed") => Some(false),
            _ => None,
        },
        // The last day that was asked for belongs to the list.
        requested: Range { from: day("from"), until: day("until").and_then(|at| next_day(at, zone)) },
        area: district.map(|district| district.area),
        text: query.get("q").map(|text| text.chars().take(100).collect()),
        ..Filter::default()
    }
}

/// The end of the local day of an instant: days on which the clocks change have 23 or 25 hours.
fn next_day(at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let tomorrow = at.to_zoned(zone.clone()).date().tomorrow().ok()?;
    tomorrow.to_zoned(zone.clone()).ok().map(|start| start.timestamp())
}

fn line(visit: &Visit, page: &Page, request: &PublicView) -> Line {
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

fn place(page: &Page, place: &PublicPlace) -> String {
    match place {
        PublicPlace::Exact(place) => single_request::exact_lines(place).join(", "),
        PublicPlace::Coarse(_) => page.say("place-not-shown").into_owned(),
    }
}

fn fields(visit: &Visit, page: &Page, query: &Query) -> Vec<Field> {
    let value = |name: &str| query.get(name).unwrap_or_default().to_owned();
    let statuses = ["", "open", "closed"].map(|word| {
        let key =
            if word.is_empty() { "filter-status-all".to_owned() } else { format!("filter-status-{word}") };
        Choice::new(word, page.say(&key))
    });
    let mut services = vec![Choice::new("", page.say("filter-service-all"))];
    let public =
        visit.catalog.active_services().filter(|service| service.public != catalog::PublicLevel::Hidden);
    services.extend(public.map(|service| Choice::new(&service.code, service.name.in_language(page.tag()))));
    let date = |name: &str, key: &str| Field::line(page, name, key, &value(name), 40).kind("date", "off");
    vec![
        Field::new(
            page,
            "status",
            "filter-status",
            Shape::List(chosen(statuses.to_vec(), &[&value("status")])),
        ),
        Field::new(page, "service", "filter-service", Shape::List(chosen(services, &[&value("service")]))),
        date("from", "filter-from"),
        date("until", "filter-until"),
        Field::line(page, "q", "filter-words", &value("q"), 100),
    ]
}

fn next_url(page: &Page, query: &Query, next: Cursor) -> String {
    let after = next.to_string();
    let pairs = NAMES.map(|name| (name, query.get(name).unwrap_or_default()));
    page.url(&format!("/requests{}", query_string(pairs.into_iter().chain([("after", after.as_str())]))))
}
