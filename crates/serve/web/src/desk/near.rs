//! Open requests that may be about the same thing, for whoever takes a call or works on one of them.

use catalog::ServiceId;
use db::Tx;
use geography::Point;
use jiff::Timestamp;
use requests::{Page as Part, RequestError, StaffView};

use super::request_page::path;
use crate::page::Page;
use crate::portal::report::known::reports_like;
use crate::portal::single_request::exact_lines;
use crate::portal::view;
use crate::visit::{Staff, Visit};

/// More than these nobody compares with a caller waiting.
const SHOWN_MAX: usize = 5;

/// What two requests about one thing have in common.
#[derive(Debug, Clone)]
pub(crate) struct Likeness {
    pub(crate) service: ServiceId,
    pub(crate) point: Option<Point>,
    pub(crate) address: String,
}

/// One request close by.
pub(crate) struct Near {
    pub(crate) number: String,
    pub(crate) url: String,
    pub(crate) status: String,
    pub(crate) badge: &'static str,
    pub(crate) place: String,
    pub(crate) distance_m: Option<i64>,
    pub(crate) received_at: Timestamp,
    pub(crate) words: String,
}

impl Likeness {
    /// What another request would have in common with this one.
    pub(crate) fn of(request: &StaffView) -> Self {
        let address = request.place.address.clone().unwrap_or_default();
        Self { service: request.service, point: request.place.point, address }
    }

    /// The open requests like it that this person may see, the newest first, without the one it was taken from.
    pub(crate) fn find(
        &self,
        tx: &mut Tx<'_>,
        visit: &Visit,
        staff: &Staff,
        itself: Option<&str>,
    ) -> Result<Vec<StaffView>, RequestError> {
        let service = visit.catalog.service(self.service);
        let like = |service| reports_like(service, self.point, &self.address, visit.now);
        let Some(filter) = service.and_then(like) else { return Ok(Vec::new()) };
        let part = Part::first(SHOWN_MAX as i64 + 1);
        let order = requests::Order::Newest;
        let mut found =
            requests::list(tx, &staff.actor(), visit.jurisdiction(), &filter, order, &part)?.items;
        found.retain(|request| Some(request.number.as_str()) != itself);
        found.truncate(SHOWN_MAX);
        Ok(found)
    }

    /// A request like it, in words.
    pub(crate) fn shown(&self, visit: &Visit, page: &Page, request: &StaffView) -> Near {
        let status = request.state.status();
        let between = self.point.zip(request.place.point);
        Near {
            number: request.number.clone(),
            url: page.url(&path(&request.number)),
            status: view::status(page, status),
            badge: view::badge(visit, status, request.due_at),
            place: exact_lines(&request.place).into_iter().next().unwrap_or_default(),
            // Rounded to ten metres, as exact as people place things; far below 2^53.
            distance_m: between.map(|(from, to)| (from.distance_m(&to) / 10.0).round() as i64 * 10),
            received_at: request.requested_at,
            words: shortened(request.description.as_deref().unwrap_or_default()),
        }
    }
}

/// The beginning of a text, cut between two words.
fn shortened(text: &str) -> String {
    const LETTERS_MAX: usize = 90;
    if text.chars().count() <= LETTERS_MAX {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LETTERS_MAX).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}
