//! What there is to administer, with the counts that ask for attention.

use askama::Template;
use axum::response::Response;
use http::StatusCode;

use crate::page::{Page, show as show_page};
use crate::refusal::Refusal;
use crate::visit::Visit;
use access::Permission;

#[derive(Template)]
#[template(path = "admin/home.html")]
struct AdminPage {
    page: Page,
    services: i64,
    dead_jobs: i64,
}

/// `GET /admin`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let jurisdiction = visit.jurisdiction().clone();
    let counts = visit.app.db.read(move |tx| db::jobs::counts(tx, jurisdiction.as_str())).await;
    let counts = counts.map_err(|error| Refusal::store(&visit.app, &error))?;
    let services = i64::try_from(visit.catalog.services().len()).unwrap_or(i64::MAX);
    let template = AdminPage { page: Page::new(&visit), services, dead_jobs: counts.dead };
    show_page(&visit.app, StatusCode::OK, &template)
}
