//! Finding a place by name: for the first step of a report, for the map, and for other programs.

use askama::Template;
use axum::response::{IntoResponse, Response};
use geography::{FoundPlace, Near, PlaceKind, Point};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use places::TownMap;
use serde::Serialize;

use crate::form::query_string;
use crate::page::{Field, Page, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

/// Places offered for one question.
const OFFERED_MAX: usize = 8;

/// One place that may be meant, with what tells it from others of its name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Candidate {
    pub(crate) label: String,
    /// `address`, `intersection`, `landmark` or `street`.
    pub(crate) kind: &'static str,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) zip: Option<String>,
    /// The neighborhood, or whatever else the town is divided into.
    pub(crate) district: Option<String>,
    /// Called so as typed; otherwise a slip was forgiven or something added.
    pub(crate) is_as_typed: bool,
}

impl Candidate {
    fn of(visit: &Visit, place: FoundPlace) -> Candidate {
        Candidate {
            kind: word(place.kind),
            latitude: round(place.point.latitude()),
            longitude: round(place.point.longitude()),
            district: district(visit, place.point),
            label: place.label,
            zip: place.zip,
            is_as_typed: place.is_as_typed,
        }
    }

    /// What tells it from others of its name.
    pub(crate) fn whereabouts(&self) -> String {
        let parts = [self.district.as_deref(), self.zip.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Whether it is one spot rather than a whole street.
    pub(crate) fn is_exact(&self) -> bool {
        self.kind != word(PlaceKind::Street)
    }
}

/// Six decimals are a tenth of a metre; more would promise more than there is.
fn round(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

fn word(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Address => "address",
        PlaceKind::Intersection => "intersection",
        PlaceKind::Landmark => "landmark",
        PlaceKind::Street => "street",
    }
}

/// The kind of district whose names people use for where they live.
const KIND_PEOPLE_KNOW: &str = "neighborhood";

fn district(visit: &Visit, point: Point) -> Option<String> {
    let districts = visit.catalog.districts().at(point);
    let known = districts.iter().find(|district| district.kind == KIND_PEOPLE_KNOW)?;
    Some(known.name.clone().unwrap_or_else(|| known.code.clone()))
}

/// The places of this town that may be meant, the likeliest first.
pub(crate) fn candidates(visit: &Visit, map: &TownMap, typed: &str) -> Vec<Candidate> {
    let found = map.gazetteer().search(typed, OFFERED_MAX);
    found.into_iter().map(|place| Candidate::of(visit, place)).collect()
}

/// One line of the list.
struct Offer {
    label: String,
    whereabouts: String,
    url: String,
}

#[derive(Template)]
#[template(path = "portal/places.html")]
struct PlacesPage {
    page: Page,
    field: Field,
    typed: String,
    offers: Vec<Offer>,
}

/// `GET /places?q=`
pub(crate) async fn show(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let typed = query.get("q").unwrap_or_default().to_owned();
    let map = visit.app.town_maps.of(&visit).await?;
    let page = Page::new(&visit);
    let offers = candidates(&visit, &map, &typed).into_iter().map(|place| offer(&page, place)).collect();
    let field = Field::line(&page, "q", "places-words", &typed, 200)
        .kind("search", "street-address")
        .hint(&page, "places-hint");
    let template = PlacesPage { field: field.filter(), typed, offers, page };
    show_page(&visit.app, StatusCode::OK, &template)
}

fn offer(page: &Page, place: Candidate) -> Offer {
    let (latitude, longitude) = (place.latitude.to_string(), place.longitude.to_string());
    let pairs = [
        ("address", place.label.as_str()),
        ("zip", place.zip.as_deref().unwrap_or_default()),
        ("latitude", &latitude),
        ("longitude", &longitude),
    ];
    Offer {
        url: page.url(&format!("/report{}", query_string(pairs))),
        whereabouts: place.whereabouts(),
        label: place.label,
    }
}

/// What a machine is told.
#[derive(Serialize)]
struct Told {
    places: Vec<Candidate>,
}

/// What a point is called.
#[derive(Serialize)]
struct Named {
    /// Whether it is on this government's land.
    inside: bool,
    /// The nearest house, corner or street.
    label: Option<String>,
    kind: Option<&'static str>,
    zip: Option<String>,
    district: Option<String>,
}

/// `GET /places.json?q=` and `?at=latitude,longitude`
pub(crate) async fn tell(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let map = visit.app.town_maps.of(&visit).await?;
    let text = match query.get("at").map(read_point) {
        Some(None) => return Err(Refusal::NotFound),
        Some(Some(point)) => serde_json::to_string(&name(&visit, &map, point)),
        None => {
            let places = candidates(&visit, &map, query.get("q").unwrap_or_default());
            serde_json::to_string(&Told { places })
        }
    };
    let text = text.map_err(|error| Refusal::broken(&visit.app, &error))?;
    Ok(([(CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response())
}

fn read_point(text: &str) -> Option<Point> {
    let (latitude, longitude) = text.split_once(',')?;
    Point::new(latitude.trim().parse().ok()?, longitude.trim().parse().ok()?).ok()
}

fn name(visit: &Visit, map: &TownMap, point: Point) -> Named {
    let near: Option<Near> = map.gazetteer().name_of(point);
    Named {
        inside: visit.catalog.place(point).inside,
        kind: near.as_ref().map(|near| word(near.kind)),
        zip: near.as_ref().and_then(|near| near.zip.clone()),
        label: near.map(|near| near.label),
        district: district(visit, point),
    }
}
