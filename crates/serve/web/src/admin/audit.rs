//! Who did what: search the chain, and see whether it is whole.

use std::time::Duration;

use access::audit::{self, AuditEntry, Filter, Place, VerifyError};
use askama::Template;
use axum::response::Response;
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};

use crate::form::query_string;
use crate::page::{Field, Page, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

const ROWS: i64 = 100;
const DAYS_SHOWN: i64 = 30;

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    page: Page,
    entries: Vec<AuditEntry>,
    next: Option<String>,
    fields: Vec<Field>,
}

/// `GET /admin/audit`
pub(crate) async fn list(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let filter = filter(&visit, &query);
    let after = query.get("after").and_then(read_place);
    let jurisdiction = visit.jurisdiction().clone();
    let found = visit.app.db.read(move |tx| audit::list(tx, &jurisdiction, &filter, after, ROWS)).await;
    let entries = found.map_err(|error| Refusal::store(&visit.app, &error))?;
    let page = Page::new(&visit);
    let is_full = i64::try_from(entries.len()).is_ok_and(|rows| rows >= ROWS);
    let next = entries.last().filter(|_| is_full).map(|last| next_url(&page, &query, last.place));
    let fields = fields(&page, &query).into_iter().map(Field::filter).collect();
    show_page(&visit.app, StatusCode::OK, &AuditPage { entries, next, fields, page })
}

fn filter(visit: &Visit, query: &Query) -> Filter {
    let zone = &visit.catalog.jurisdiction.zone;
    let day = |name: &str| query.get(name).and_then(|text| catalog::read_instant(text, zone));
    let given = |name: &str| query.get(name).map(str::to_owned);
    // The last day that was asked for belongs to the span.
    let until = day("until")
        .map_or(visit.now + SignedDuration::from_secs(1), |at| at + SignedDuration::from_hours(24));
    let from = day("from").unwrap_or(until - SignedDuration::from_hours(24 * DAYS_SHOWN));
    Filter { from, until, actor: given("actor"), action: given("action"), object: given("object") }
}

fn fields(page: &Page, query: &Query) -> Vec<Field> {
    let value = |name: &str| query.get(name).unwrap_or_default().to_owned();
    vec![
        Field::line(page, "from", "audit-from", &value("from"), 40).kind("date", "off"),
        Field::line(page, "until", "audit-until", &value("until"), 40).kind("date", "off"),
        Field::line(page, "actor", "audit-actor", &value("actor"), 200),
        Field::line(page, "action", "audit-action", &value("action"), 200),
        Field::line(page, "object", "audit-object", &value("object"), 200),
    ]
}

fn next_url(page: &Page, query: &Query, last: Place) -> String {
    let after = format!("{}.{}.{}", last.at.as_microsecond(), last.lane, last.seq);
    let names = ["from", "until", "actor", "action", "object"];
    let pairs = names.map(|name| (name, query.get(name).unwrap_or_default()));
    page.url(&format!("/admin/audit{}", query_string(pairs.into_iter().chain([("after", after.as_str())]))))
}

fn read_place(text: &str) -> Option<Place> {
    let mut numbers = text.split('.').map(str::parse::<i64>);
    let mut number = || numbers.next()?.ok();
    let (at_us, lane, seq) = (number()?, number()?, number()?);
    Some(Place { at: Timestamp::from_microsecond(at_us).ok()?, lane, seq })
}

#[derive(Template)]
#[template(path = "admin/audit_state.html")]
struct StatePage {
    page: Page,
    whole: Option<Whole>,
    broken: Option<String>,
}

/// A chain that was found whole.
struct Whole {
    entries: i64,
    heads: Vec<audit::Head>,
}

/// Reading a whole chain takes longer than a page; what takes longer still is for `townline verify`.
const VERIFIED_WITHIN: Duration = Duration::from_secs(30);

/// `GET /admin/audit/state`: reads the whole chain, so it is one of the first things to wait in a storm.
pub(crate) async fn state(visit: Visit) -> Result<Response, Refusal> {
    let jurisdiction = visit.jurisdiction().clone();
    let db = visit.app.db.limited(VERIFIED_WITHIN);
    let verified = db.read(move |tx| match audit::verify(tx, &jurisdiction) {
        Ok(verified) => Ok(Ok(verified)),
        Err(VerifyError::Broken(broken)) => Ok(Err(broken)),
        Err(VerifyError::Store(error)) => Err(error),
    });
    let (whole, broken) = match verified.await.map_err(|error| Refusal::store(&visit.app, &error))? {
        Ok(verified) => (Some(Whole { entries: verified.entries, heads: verified.heads }), None),
        Err(broken) => (None, Some(format!("{}.{}", broken.lane, broken.seq))),
    };
    show_page(&visit.app, StatusCode::OK, &StatePage { page: Page::new(&visit), whole, broken })
}
