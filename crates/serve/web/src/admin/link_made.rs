//! A link with which somebody sets their password: shown to the administrator once, to be handed over.

use access::password_links::{self, NewLink, Purpose};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};

use super::people;
use crate::app::App;
use crate::desk::password_link;
use crate::form::Posted;
use crate::outside;
use crate::page::{Page, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

#[derive(Template)]
#[template(path = "admin/link_made.html")]
struct LinkMade<'a> {
    page: Page,
    name: &'a str,
    link: &'a NewLink,
    title: &'static str,
    address: String,
}

/// The only page that ever shows this link.
pub(super) fn show(
    visit: &Visit,
    headers: &HeaderMap,
    name: &str,
    link: &NewLink,
) -> Result<Response, Refusal> {
    let path = visit.url(&password_link::path(link.purpose, &link.token));
    let address = outside::root(&visit.app.settings, headers) + &path;
    let title = match link.purpose {
        Purpose::Invitation => "link-invitation-title",
        Purpose::Reset => "link-reset-title",
    };
    let made = LinkMade { page: Page::new(visit), name, link, title, address };
    show_page(&visit.app, StatusCode::OK, &made)
}

/// `POST /admin/people/{id}/link`
pub(crate) async fn make(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(id): Path<String>,
    headers: HeaderMap,
    _: Posted,
) -> Result<Response, Refusal> {
    let person = people::find(&visit, &id).await?;
    let (now, by, home) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    let made = app.db.write(move |tx| password_links::make(tx, now, &by, &home, person.id)).await;
    show(&visit, &headers, &person.name, &made.map_err(|error| Refusal::access(&app, &error))?)
}
