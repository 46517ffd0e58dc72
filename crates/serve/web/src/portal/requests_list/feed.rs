//! The public list as an Atom feed, for whoever wants to hear of new reports in a district or of a kind.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use jiff::Timestamp;
use requests::PublicView;

use super::selection::{Selection, address, root};
use crate::page::Page;
use crate::portal::{single_request, view};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

/// Readers look again often enough to miss none.
const ENTRIES: i64 = 50;

/// One report.
struct Entry {
    title: String,
    url: String,
    published: String,
    updated: String,
    summary: String,
}

#[derive(Template)]
#[template(path = "portal/requests_list/feed.xml")]
struct Feed {
    page: Page,
    own_url: String,
    list_url: String,
    updated: String,
    entries: Vec<Entry>,
}

/// `GET /requests.atom`
pub(crate) async fn show(visit: Visit, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    let found = Selection::read(&visit, &query).load(&visit, ENTRIES).await?;
    let page = Page::new(&visit);
    let root = root(&visit, &headers);
    let updated = found.items.iter().map(|request| request.updated_at).max();
    let feed = Feed {
        own_url: format!("{root}{}", address("/requests.atom", &query, None)),
        list_url: format!("{root}{}", address("/requests", &query, None)),
        updated: page.machine(&updated.unwrap_or(Timestamp::UNIX_EPOCH)),
        entries: found.items.iter().map(|request| entry(&visit, &page, &root, request)).collect(),
        page,
    };
    let text = feed.render().map_err(|error| Refusal::broken(&visit.app, &error))?;
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

fn entry(visit: &Visit, page: &Page, root: &str, request: &PublicView) -> Entry {
    let service = view::service_name(&visit.catalog, page, request.service);
    let status = view::status(page, request.status);
    Entry {
        title: page.with_two("request-title", "number", &request.number, "service", &service).into_owned(),
        url: format!("{root}{}", single_request::path(&request.number)),
        published: page.machine(&request.requested_at),
        updated: page.machine(&request.updated_at),
        summary: format!("{status} · {}", super::place(page, &request.place)),
    }
}
