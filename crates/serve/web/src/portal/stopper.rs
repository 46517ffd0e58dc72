//! When nobody here could act on a report: whom to ask instead, said before more is typed.

use askama::Template;
use axum::response::Response;
use catalog::Stopper;
use http::StatusCode;

use crate::page::{Page, show as show_page};
use crate::refusal::Refusal;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "portal/stopper.html")]
struct StopperPage<'a> {
    page: Page,
    stopper: &'a Stopper,
    back: String,
}

/// The page that says so, with the way back.
pub(crate) fn show(visit: &Visit, stopper: &Stopper, back: &str) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let back = page.url(back);
    show_page(&visit.app, StatusCode::OK, &StopperPage { page, stopper, back })
}
