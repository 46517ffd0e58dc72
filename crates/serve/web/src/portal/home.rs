//! The first page: one box that takes a problem, an address or a number; three doors; what is going on now.

use askama::Template;
use axum::response::Response;
use calendar::Calendar;
use http::StatusCode;
use jiff::Timestamp;

use crate::page::{Page, show as show_page};
use crate::portal::report;
use crate::refusal::Refusal;
use crate::visit::Visit;

/// Whether somebody is at work.
enum Hours {
    /// Until this instant.
    Open(Timestamp),
    /// Until this instant, if there is one.
    Closed(Option<Timestamp>),
}

impl Hours {
    fn at(calendar: &Calendar, now: Timestamp) -> Self {
        let openings = calendar.open_periods_on(calendar.date_of(now));
        let is_on = |opening: &&calendar::Opening| opening.opens <= now && now < opening.closes;
        match openings.iter().find(is_on) {
            Some(opening) => Hours::Open(opening.closes),
            None => Hours::Closed(calendar.next_opening(now)),
        }
    }
}

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    page: Page,
    notices: Vec<String>,
    hours: Hours,
}

/// `GET /`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    let notices = report::notices(&visit, None);
    let hours = Hours::at(visit.catalog.default_calendar(), visit.now);
    show_page(&visit.app, StatusCode::OK, &HomePage { page, notices, hours })
}
