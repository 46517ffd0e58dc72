//! One public request, for anybody.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use requests::timeline::Happening;
use requests::{FileName, PublicPlace, PublicView};

use super::follow;
use super::set_aside::SetAside;
use super::view::{self, Moment, Pictures};
use crate::app::App;
use crate::files;
use crate::page::{FormBox, Page, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

/// The address of a request's public page; numbers from elsewhere may hold any character.
pub(crate) fn path(number: &str) -> String {
    format!("/requests/{}", in_path(number))
}

/// A text as one part of a path.
pub(crate) fn in_path(text: &str) -> String {
    let mut part = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                part.push(char::from(byte));
            }
            _ => part.push_str(&format!("%{byte:02X}")),
        }
    }
    part
}

/// What anybody may see of a request; nothing when there is none.
pub(crate) async fn public(visit: &Visit, number: &str) -> Result<Option<PublicView>, Refusal> {
    let (jurisdiction, number) = (visit.jurisdiction().clone(), number.to_owned());
    let found = visit.app.db.read(move |tx| requests::find_public(tx, &jurisdiction, &number)).await;
    found.map_err(|error| Refusal::request(&visit.app, &error))
}

#[derive(Template)]
#[template(path = "portal/single_request.html")]
struct RequestPage {
    page: Page,
    request: PublicView,
    service: String,
    department: String,
    status: String,
    badge: &'static str,
    outcome: Option<String>,
    place: Vec<String>,
    photos: Pictures,
    history: Vec<Moment>,
    report_url: String,
    follow: FormBox,
    follows_already: bool,
    has_faults: bool,
}

/// `GET /requests/{number}`
pub(crate) async fn show(
    visit: Visit,
    Path(number): Path<String>,
    query: Query,
) -> Result<Response, Refusal> {
    let jurisdiction = visit.jurisdiction().clone();
    let wanted = number.clone();
    let found = visit.app.db.read(move |tx| {
        let request = requests::find_public(tx, &jurisdiction, &wanted)?;
        Ok::<_, requests::RequestError>(request.zip(requests::timeline::public(tx, &jurisdiction, &wanted)?))
    });
    let found = found.await.map_err(|error| Refusal::request(&visit.app, &error))?;
    let (request, history) = found.ok_or(Refusal::NotFound)?;
    let kept = SetAside::read(&visit, &query).await?;
    let page = Page::new(&visit);
    let moment = |entry: requests::timeline::PublicEntry| Moment {
        at: entry.at,
        who: view::author(&page, entry.by),
        what: view::happening(&visit, &page, &entry.what),
        is_end: matches!(entry.what, Happening::Closed { .. }),
        text: entry.text,
    };
    let photos = request.details.as_ref().map_or(&[][..], |details| details.photos.as_slice());
    let code = visit.catalog.service(request.service).map_or("", |service| service.code.as_str());
    let template = RequestPage {
        service: view::service_name(&visit.catalog, &page, request.service),
        department: view::department_name(&visit.catalog, &page, request.department),
        status: view::status(&page, request.status),
        badge: view::badge(&visit, request.status, request.promised_at),
        outcome: request.outcome.map(|outcome| view::outcome(&page, outcome)),
        place: place_lines(&page, &request.place),
        photos: Pictures::of(&page, "/photos", &request.number, photos),
        history: history.into_iter().map(moment).collect(),
        report_url: page.url(&format!("/report{}", crate::form::query_string([("service", code)]))),
        has_faults: !kept.faults().is_empty(),
        follow: follow::form(&page, &request.number, &kept),
        follows_already: query.get(follow::ALREADY).is_some(),
        request,
        page: page.clone(),
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

fn place_lines(page: &Page, place: &PublicPlace) -> Vec<String> {
    match place {
        PublicPlace::Exact(place) => exact_lines(place),
        PublicPlace::Coarse(Some(point)) => {
            vec![page.with("place-near", "point", &degrees(*point)).into_owned()]
        }
        PublicPlace::Coarse(None) => vec![page.say("place-not-shown").into_owned()],
    }
}

/// Address, postal code and words, each where there is one.
pub(crate) fn exact_lines(place: &requests::Place) -> Vec<String> {
    let texts = [&place.address, &place.zip, &place.words];
    let mut lines: Vec<String> = texts.into_iter().flatten().cloned().collect();
    if lines.is_empty() {
        lines.extend(place.point.map(degrees));
    }
    lines
}

fn degrees(point: geography::Point) -> String {
    format!("{:.5}, {:.5}", point.latitude(), point.longitude())
}

/// `GET /photos/{name}`: a photo of a request that is published in full.
pub(crate) async fn photo(
    State(app): State<App>,
    visit: Visit,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let name: FileName = name.parse().map_err(|_| Refusal::NotFound)?;
    let jurisdiction = visit.jurisdiction().clone();
    let kind = app.db.read(move |tx| requests::files::open_published(tx, &jurisdiction, name)).await;
    files::send(&app, kind, name).await
}
