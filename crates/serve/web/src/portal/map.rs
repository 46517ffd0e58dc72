//! What was reported where: every district with the way to its list.

use askama::Template;
use axum::response::Response;
use http::StatusCode;

use crate::form::query_string;
use crate::page::{Page, show as show_page};
use crate::refusal::Refusal;
use crate::visit::Visit;

/// All districts of one kind.
struct Kind {
    name: String,
    districts: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "portal/map.html")]
struct MapPage {
    page: Page,
    kinds: Vec<Kind>,
}

/// `GET /map`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    let districts = visit.catalog.districts();
    let kind = |kind: &str| Kind {
        name: kind.to_owned(),
        districts: districts.iter().filter(|one| one.kind == kind).map(|one| link(&page, one)).collect(),
    };
    let kinds = districts.kinds().into_iter().map(kind).collect();
    show_page(&visit.app, StatusCode::OK, &MapPage { kinds, page: page.clone() })
}

fn link(page: &Page, district: &geography::District) -> (String, String) {
    let name = match &district.name {
        Some(name) if *name != district.code => format!("{} {name}", district.code),
        _ => district.code.clone(),
    };
    let wanted = format!("{}:{}", district.kind, district.code);
    (name, page.url(&format!("/requests{}", query_string([("district", wanted.as_str())]))))
}
