//! What to read out to the caller once the request is saved: its number and what was promised.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;

use crate::dates::Dates;
use crate::desk::request_page;
use crate::form::query_string;
use crate::page::{Page, show as show_page};
use crate::portal::single_request::in_path;
use crate::refusal::Refusal;
use crate::visit::{Query, Staff, Visit};
use crate::words::Language;

/// The address of the page after a call, in the caller's language.
pub(super) fn path(number: &str, language: &str) -> String {
    format!("/desk/new/{}{}", in_path(number), query_string([("language", language)]))
}

#[derive(Template)]
#[template(path = "desk/read_out.html")]
struct ReadOutPage {
    page: Page,
    number: String,
    /// The tag of the caller's language.
    tag: &'static str,
    lines: Vec<String>,
    url: String,
}

/// `GET /desk/new/{number}`
pub(crate) async fn show(
    visit: Visit,
    staff: Staff,
    Path(number): Path<String>,
    query: Query,
) -> Result<Response, Refusal> {
    let (by, home) = (staff.actor(), visit.jurisdiction().clone());
    let found = visit.app.db.read(move |tx| requests::find_by_number(tx, &by, &home, &number)).await;
    let request = found.map_err(|error| Refusal::request(&visit.app, &error))?.ok_or(Refusal::NotFound)?;
    let language = query.get("language").and_then(Language::from_tag).unwrap_or(visit.language);
    let dates = Dates::new(language, visit.catalog.jurisdiction.zone.clone());
    let promise = match request.promised_at {
        Some(at) => language.with("read-out-promise", "date", &dates.weekday(at)),
        None => language.say("read-out-no-promise"),
    };
    let number = spaced(&request.number);
    let page = Page::new(&visit);
    let template = ReadOutPage {
        lines: vec![
            language.with("read-out-number", "number", &number).into_owned(),
            promise.into_owned(),
            language.say("read-out-end").into_owned(),
        ],
        number: request.number.clone(),
        tag: language.tag(),
        url: page.url(&request_page::path(&request.number)),
        page,
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

/// Digit by digit, as a number is read on the telephone.
fn spaced(number: &str) -> String {
    number.chars().map(String::from).collect::<Vec<_>>().join(" ")
}
