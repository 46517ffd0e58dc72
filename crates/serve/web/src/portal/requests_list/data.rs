//! The public list as GeoJSON (RFC 7946), for maps and spreadsheets. It says what the list says and nothing more:
//! a report whose place is private has the middle of its grid cell, or no point at all.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, LINK};
use http::{HeaderMap, HeaderValue};
use requests::{PublicPlace, PublicView};
use serde_json::{Value, json};

use super::selection::{Selection, address, root};
use crate::page::Page;
use crate::portal::{single_request, view};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

const FEATURES: i64 = 500;

/// `GET /requests.geojson`: the next page, if there is one, is named in the `Link` header.
pub(crate) async fn show(visit: Visit, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    let found = Selection::read(&visit, &query).load(&visit, FEATURES).await?;
    let page = Page::new(&visit);
    let root = root(&visit, &headers);
    let features: Vec<Value> =
        found.items.iter().map(|request| feature(&visit, &page, &root, request)).collect();
    let text = json!({ "type": "FeatureCollection", "features": features }).to_string();
    let mut response = ([(CONTENT_TYPE, "application/geo+json; charset=utf-8")], text).into_response();
    let next = found.next.map(|cursor| address("/requests.geojson", &query, Some(cursor)));
    let link = next.map(|next| HeaderValue::from_str(&format!("<{root}{next}>; rel=\"next\"")));
    if let Some(Ok(link)) = link {
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}

fn feature(visit: &Visit, page: &Page, root: &str, request: &PublicView) -> Value {
    let (point, is_exact) = match &request.place {
        PublicPlace::Exact(place) => (place.point, true),
        PublicPlace::Coarse(point) => (*point, false),
    };
    let geometry =
        point.map(|point| json!({ "type": "Point", "coordinates": [point.longitude(), point.latitude()] }));
    let service = visit.catalog.service(request.service);
    json!({
        "type": "Feature",
        "id": request.number,
        "geometry": geometry,
        "properties": {
            "number": request.number,
            "service_code": service.map(|service| &service.code),
            "service_name": view::service_name(&visit.catalog, page, request.service),
            "status": request.status.as_str(),
            "open": request.status.is_open(),
            "requested_at": page.machine(&request.requested_at),
            "updated_at": page.machine(&request.updated_at),
            "promised_at": request.promised_at.map(|at| page.machine(&at)),
            "closed_at": request.closed_at.map(|at| page.machine(&at)),
            "place": super::place(page, &request.place),
            "exact_place": is_exact,
            "url": format!("{root}{}", single_request::path(&request.number)),
        },
    })
}
