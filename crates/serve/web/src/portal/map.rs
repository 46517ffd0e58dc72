//! The map of public requests and, always beside it, the list of the same ones.
//!
//! Both follow the same filters and the same piece of the town. Without script there is the list; with it, moving the
//! map narrows the list down to what is in view, and the address in the browser always leads back to the same picture.

use askama::Template;
use axum::response::Response;
use geography::{BoundingBox, Shape as Land};
use http::StatusCode;
use places::TownMap;
use requests::RequestId;

use super::districts::{Kind, kinds};
use super::requests_list::{self, Line};
use crate::form::query_string;
use crate::map::pin_filter::{NAMES, PinFilter};
use crate::map::pins::Pins;
use crate::map::request_tiles;
use crate::page::{Field, Page, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

/// Requests on one page of the list.
const ROWS: usize = 25;

/// The list beside the map.
#[derive(Template)]
#[template(path = "portal/map_list.html")]
struct MapList {
    page: Page,
    /// How many match altogether.
    count: usize,
    lines: Vec<Line>,
    first: Option<String>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/map.html")]
struct MapPage {
    page: Page,
    fields: Vec<Field>,
    view: String,
    /// West, south, east and north of the whole town.
    town: String,
    list: MapList,
    kinds: Vec<Kind>,
}

/// `GET /map`; with `part=list` only the list, for the script that moves the map.
pub(crate) async fn show(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let pins = visit.app.pin_board.of(&visit).await?;
    let list = list(&visit, &pins, &query).await?;
    if query.get("part") == Some("list") {
        return show_page(&visit.app, StatusCode::OK, &list);
    }
    let page = list.page.clone();
    let map = visit.app.town_maps.of(&visit).await?;
    let template = MapPage {
        fields: fields(&visit, &page, &query).into_iter().map(Field::filter).collect(),
        view: query.get("view").unwrap_or_default().to_owned(),
        town: town_edges(&visit, &map).unwrap_or_default(),
        kinds: kinds(&visit, &page),
        list,
        page,
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

/// West, south, east and north of the whole town; `None` where neither its border nor anything in it is drawn.
pub(crate) fn town_edges(visit: &Visit, map: &TownMap) -> Option<String> {
    let boundary = visit.catalog.jurisdiction.boundary.as_ref().map(Land::bounds);
    boundary.or_else(|| map.bounds()).map(|bounds| edges(&bounds))
}

fn edges(bounds: &BoundingBox) -> String {
    let (low, high) = (bounds.south_west(), bounds.north_east());
    format!("{:.6},{:.6},{:.6},{:.6}", low.longitude(), low.latitude(), high.longitude(), high.latitude())
}

async fn list(visit: &Visit, pins: &Pins, query: &Query) -> Result<MapList, Refusal> {
    let filter = PinFilter::read(visit, query);
    let after: Option<RequestId> = query.get("after").and_then(|text| text.parse().ok());
    let behind = |id: &RequestId| after.is_none_or(|after| *id < after);
    let (mut count, mut ids) = (0, Vec::new());
    for pin in filter.of(pins) {
        count += 1;
        if behind(&pin.id) && ids.len() <= ROWS {
            ids.push(pin.id);
        }
    }
    let more = ids.len() > ROWS;
    ids.truncate(ROWS);
    let last = ids.last().copied().filter(|_| more);
    let page = Page::new(visit);
    let found = request_tiles::read(visit, ids).await?;
    Ok(MapList {
        count,
        lines: found.iter().map(|request| requests_list::line(visit, &page, request)).collect(),
        first: after.map(|_| url(&page, query, "")),
        next: last.map(|last| url(&page, query, &last.to_string())),
        page,
    })
}

fn url(page: &Page, query: &Query, after: &str) -> String {
    let kept = NAMES.iter().chain(&["view"]).map(|name| (*name, query.get(name).unwrap_or_default()));
    page.url(&format!("/map{}", query_string(kept.chain([("after", after)]))))
}

/// The fields of the public list but for what a map does not know: words and promises.
fn fields(visit: &Visit, page: &Page, query: &Query) -> Vec<Field> {
    let mut fields = requests_list::fields(visit, page, query, &["open", "closed"]);
    fields.retain(|field| !field.is_named("q"));
    fields
}
