//! Do we know of it already? Open reports of the same service close by, to follow instead of reporting again.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use catalog::Service;
use geography::Point;
use jiff::{SignedDuration, Timestamp};
use requests::{Area, Filter, Page as Part, PublicPlace, PublicView, Range};

use super::{Report, Step, StepView};
use crate::form::Posted;
use crate::page::{FormBox, Page};
use crate::portal::view::{self, Picture, Pictures};
use crate::portal::{requests_list, single_request};
use crate::refusal::Refusal;
use crate::visit::Visit;

/// About the length of a block: people rarely place the same thing farther apart.
const RADIUS_M: f64 = 150.0;
/// Open reports older than this are hardly about the same thing.
const AGE_MAX: SignedDuration = SignedDuration::from_hours(24 * 90);
/// More cards than this nobody reads.
const CARDS_MAX: i64 = 6;

/// One report that may be about the same thing.
struct Card {
    number: String,
    url: String,
    status: String,
    badge: &'static str,
    place: String,
    distance_m: Option<i64>,
    requested_at: Timestamp,
    promised_at: Option<Timestamp>,
    picture: Option<Picture>,
}

#[derive(Template)]
#[template(path = "portal/report/known.html")]
struct Cards<'a> {
    page: &'a Page,
    cards: Vec<Card>,
}

/// `GET /report/{draft}/known`
pub(crate) async fn show(visit: Visit, Path(key): Path<String>) -> Result<Response, Refusal> {
    let report = match Report::open(visit, &key).await?.require(Step::Known) {
        Ok(report) => report,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let page = Page::new(&report.visit);
    let found = similar(&report).await?;
    let cards = found.iter().map(|request| card(&report, &page, request)).collect();
    let above = Cards { page: &page, cards }.render();
    let form = FormBox::new(&page, &report.path(Step::Known), "report-known-different");
    let mut view = StepView::new(Step::Known, form);
    view.above = above.map_err(|error| Refusal::broken(&report.visit.app, &error))?;
    view.lead = vec![page.say("report-known-lead").into_owned()];
    view.show(page, &report.visit, Some(&report))
}

/// `POST /report/{draft}/known`: it is another one.
pub(crate) async fn take(visit: Visit, Path(key): Path<String>, _: Posted) -> Result<Response, Refusal> {
    let mut report = match Report::open(visit, &key).await?.require(Step::Known) {
        Ok(report) => report,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    report.draft.has_known = true;
    report.go_on().await
}

/// Public reports that may be about the same thing, the newest first. Without a point or an address nothing can
/// be said.
pub(crate) async fn similar(report: &Report) -> Result<Vec<PublicView>, Refusal> {
    let Some(filter) = alike(report) else { return Ok(Vec::new()) };
    let (jurisdiction, part) = (report.visit.jurisdiction().clone(), Part::first(CARDS_MAX));
    let found = report.visit.app.db.read(move |tx| requests::list_public(tx, &jurisdiction, &filter, &part));
    Ok(found.await.map_err(|error| Refusal::request(&report.visit.app, &error))?.items)
}

fn alike(report: &Report) -> Option<Filter> {
    let address = &report.draft.place.as_ref()?.address;
    reports_like(report.service()?, point(report), address, report.visit.now)
}

/// Open reports of a service around a point, or at an address where no point is known, that are not too old.
pub(crate) fn reports_like(
    service: &Service,
    point: Option<Point>,
    address: &str,
    now: Timestamp,
) -> Option<Filter> {
    let radius_m = service.duplicate_radius_m.map_or(RADIUS_M, |metres| metres as f64);
    let area = point.map(|center| Area::Near { center, radius_m });
    let text = Some(address.to_owned()).filter(|address| area.is_none() && !address.is_empty());
    (area.is_some() || text.is_some()).then(|| Filter {
        services: vec![service.id],
        open: Some(true),
        requested: Range { from: Some(now - AGE_MAX), until: None },
        area,
        text,
        ..Filter::default()
    })
}

fn point(report: &Report) -> Option<Point> {
    let (latitude, longitude) = report.draft.place.as_ref()?.point?;
    Point::new(latitude, longitude).ok()
}

fn card(report: &Report, page: &Page, request: &PublicView) -> Card {
    let photos = request.details.as_ref().map_or(&[][..], |details| details.photos.as_slice());
    let pictures = Pictures::of(page, "/photos", &request.number, photos);
    Card {
        number: request.number.clone(),
        url: page.url(&format!("{}#follow-heading", single_request::path(&request.number))),
        status: view::status(page, request.status),
        badge: view::badge(&report.visit, request.status, request.promised_at),
        place: requests_list::place(page, &request.place),
        distance_m: point(report).and_then(|from| distance_m(&from, &request.place)),
        requested_at: request.requested_at,
        promised_at: request.promised_at,
        picture: pictures.into_first(),
    }
}

/// Only between exact points: the rough place of a private one says nothing about a distance.
fn distance_m(from: &Point, place: &PublicPlace) -> Option<i64> {
    match place {
        // Rounded to ten metres, as exact as people place things; far below 2^53.
        PublicPlace::Exact(place) => {
            place.point.map(|point| (from.distance_m(&point) / 10.0).round() as i64 * 10)
        }
        PublicPlace::Coarse(_) => None,
    }
}
