//! `GET /tiles/requests/{z}/{x}/{y}.mvt`: public requests that match the filters, one by one or counted.

use axum::extract::Path;
use axum::response::Response;
use catalog::Catalog;
use http::HeaderMap;
use requests::{Filter, Page as Part, PublicPlace, PublicView, RequestId};
use tiles::{Drawing, Layer, Tag, TileId, encode, project};

use super::clusters::{Cluster, clusters, is_in};
use super::pin_filter::PinFilter;
use super::pins::{Pin, Pins};
use super::tile_answer::{Packed, tile_id};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

/// A tile with more requests than this shows counts instead.
const SINGLES_MAX: usize = 150;

/// Always asked for again: what is hidden must be gone.
const KEEP: &str = "no-cache";

/// What a tile shows.
enum Shown {
    /// Each by itself.
    Singles(Vec<RequestId>),
    /// Counted.
    Counts(Vec<Cluster>),
}

/// `GET /tiles/requests/{z}/{x}/{name}`
pub(crate) async fn show(
    visit: Visit,
    Path((z, x, name)): Path<(String, String, String)>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let tile = tile_id(&z, &x, &name)?;
    let pins = visit.app.pin_board.of(&visit).await?;
    let filter = PinFilter::read(&visit, &query).everywhere();
    let chosen = tokio::task::spawn_blocking(move || choose(&pins, &filter, tile)).await;
    let layer = match chosen.map_err(|error| Refusal::broken(&visit.app, &error))? {
        Shown::Singles(ids) => singles(&visit, tile, ids).await?,
        Shown::Counts(counts) => counted(tile, &counts),
    };
    Ok(Packed::new(encode(&[layer])).answer(&headers, KEEP))
}

fn choose(pins: &Pins, filter: &PinFilter, tile: TileId) -> Shown {
    let inside: Vec<&Pin> = pins.list.iter().filter(|pin| is_in(tile, pin.at) && filter.holds(pin)).collect();
    if inside.len() > SINGLES_MAX {
        Shown::Counts(clusters(tile, inside))
    } else {
        Shown::Singles(inside.into_iter().map(|pin| pin.id).collect())
    }
}

/// Read from the store, so that what was hidden since the pins were taken is not shown.
async fn singles(visit: &Visit, tile: TileId, ids: Vec<RequestId>) -> Result<Layer, Refusal> {
    let mut layer = Layer::new("requests", tile);
    for request in read(visit, ids).await? {
        let point = match &request.place {
            PublicPlace::Exact(place) => place.point,
            PublicPlace::Coarse(point) => *point,
        };
        let Some(point) = point else { continue };
        let at = Drawing::spot(project([point.longitude(), point.latitude()]));
        let tags = [
            ("number", Tag::Text(&request.number)),
            ("service", Tag::Text(service_code(&visit.catalog, &request))),
            ("open", Tag::Flag(request.status.is_open())),
            ("late", Tag::Flag(request.is_overdue(visit.now))),
        ];
        layer.add(None, &at, &tags);
    }
    Ok(layer)
}

/// These requests as far as the public may see them now, the newest first.
pub(crate) async fn read(visit: &Visit, ids: Vec<RequestId>) -> Result<Vec<PublicView>, Refusal> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let jurisdiction = visit.jurisdiction().clone();
    let filter = Filter { ids, ..Filter::default() };
    let part = Part::first(requests::PAGE_MAX);
    let found = visit.app.db.read(move |tx| requests::list_public(tx, &jurisdiction, &filter, &part)).await;
    Ok(found.map_err(|error| Refusal::request(&visit.app, &error))?.items)
}

fn service_code<'c>(catalog: &'c Catalog, request: &PublicView) -> &'c str {
    catalog.service(request.service).map_or("", |service| service.code.as_str())
}

fn counted(tile: TileId, counts: &[Cluster]) -> Layer {
    let mut layer = Layer::new("requests", tile);
    for cluster in counts {
        let tags = [("count", Tag::Count(cluster.count)), ("open_count", Tag::Count(cluster.open))];
        layer.add(None, &Drawing::spot(cluster.position), &tags);
    }
    layer
}
