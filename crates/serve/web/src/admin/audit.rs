//! Who did what: search the chain, and see whether it is whole.

use std::time::Duration;

use access::JurisdictionId;
use access::audit::{self, AuditEntry, Broken, Checkpoint, Entry, Filter, Place, Verified, VerifyError};
use askama::Template;
use axum::response::{IntoResponse, Response};
use db::Tx;
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use jiff::{SignedDuration, Timestamp};

use crate::form::query_string;
use crate::page::{Field, Page, show as show_page};
use crate::refusal::Refusal;
use crate::spreadsheet::line;
use crate::visit::{Query, Staff, Visit};

const ROWS: i64 = 100;
const DAYS_SHOWN: i64 = 30;
/// An export reads so many rows at a time, and so often: ten thousand rows are as many as a person sorts.
const EXPORT_ROWS: i64 = 500;
const EXPORT_PAGES: usize = 20;
const FILTERS: [&str; 5] = ["from", "until", "actor", "action", "object"];
/// Somebody has read the whole chain.
const VERIFIED: &str = "audit.verified";

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    page: Page,
    entries: Vec<AuditEntry>,
    next: Option<String>,
    fields: Vec<Field>,
    checked: Option<Checked>,
    export: String,
}

/// `GET /admin/audit`
pub(crate) async fn list(visit: Visit, staff: Staff, query: Query) -> Result<Response, Refusal> {
    let filter = filter(&visit, &query);
    let after = query.get("after").and_then(read_place);
    let (entries, checked) = read(&visit, &staff, "audit.viewed", &query, filter, after, ROWS).await?;
    let page = Page::new(&visit);
    let is_full = i64::try_from(entries.len()).is_ok_and(|rows| rows >= ROWS);
    let next = entries
        .last()
        .filter(|_| is_full)
        .map(|last| list_url(&page, "/admin/audit", &query, Some(last.place)));
    let fields = fields(&page, &query).into_iter().map(Field::filter).collect();
    let export = list_url(&page, "/admin/audit.csv", &query, None);
    show_page(&visit.app, StatusCode::OK, &AuditPage { entries, next, fields, checked, export, page })
}

/// `GET /admin/audit.csv`: what the filter finds, up to a limit, for a spreadsheet.
pub(crate) async fn export(visit: Visit, staff: Staff, query: Query) -> Result<Response, Refusal> {
    let filter = filter(&visit, &query);
    let (mut after, mut text) = (None, line(["at", "actor", "action", "object", "detail", "lane", "seq"]));
    let mut action = "audit.exported";
    for _ in 0..EXPORT_PAGES {
        let (entries, _) = read(&visit, &staff, action, &query, filter.clone(), after, EXPORT_ROWS).await?;
        entries.iter().for_each(|entry| text.push_str(&row(entry)));
        after = entries.last().map(|last| last.place);
        if i64::try_from(entries.len()).is_ok_and(|rows| rows < EXPORT_ROWS) {
            break;
        }
        // One look is one entry, however many pages it has.
        action = "";
    }
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, text).into_response())
}

fn row(entry: &AuditEntry) -> String {
    let Place { at, lane, seq } = entry.place;
    let (at, lane, seq) = (at.to_string(), lane.to_string(), seq.to_string());
    line([at.as_str(), &entry.actor, &entry.action, &entry.object, &entry.detail, &lane, &seq])
}

/// When somebody last read the whole chain here, and what they found.
struct Checked {
    at: Timestamp,
    entries: i64,
    is_whole: bool,
}

/// Reads the log and notes in it that somebody did, both or neither.
async fn read(
    visit: &Visit,
    staff: &Staff,
    action: &'static str,
    query: &Query,
    filter: Filter,
    after: Option<Place>,
    rows: i64,
) -> Result<(Vec<AuditEntry>, Option<Checked>), Refusal> {
    let (now, by, home) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    let asked = FILTERS.iter().filter_map(|name| Some((*name, query.get(name)?)));
    let detail = serde_json::Value::from_iter(asked).to_string();
    let found = visit.app.db.write(move |tx| {
        let entries = audit::list(tx, &home, &filter, after, rows)?;
        let checked = last_check(tx, &home, now)?;
        if !action.is_empty() {
            let object = "audit".to_owned();
            audit::append(
                tx,
                now,
                &Entry { jurisdiction: &home, actor: &by, action, object, detail: detail.clone() },
            )?;
        }
        Ok::<_, db::Error>((entries, checked))
    });
    found.await.map_err(|error| Refusal::store(&visit.app, &error))
}

fn last_check(tx: &mut Tx<'_>, home: &JurisdictionId, now: Timestamp) -> Result<Option<Checked>, db::Error> {
    let action = Some(VERIFIED.to_owned());
    let until = now + SignedDuration::from_secs(1);
    let filter = Filter { from: Timestamp::UNIX_EPOCH, until, actor: None, action, object: None };
    let last = audit::list(tx, home, &filter, None, 1)?.into_iter().next();
    Ok(last.map(|entry| {
        let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap_or_default();
        let entries = detail["entries"].as_i64().unwrap_or_default();
        Checked { at: entry.place.at, entries, is_whole: detail["whole"].as_bool().unwrap_or_default() }
    }))
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

fn list_url(page: &Page, path: &str, query: &Query, last: Option<Place>) -> String {
    let after = last.map(|last| format!("{}.{}.{}", last.at.as_microsecond(), last.lane, last.seq));
    let pairs = FILTERS.map(|name| (name, query.get(name).unwrap_or_default()));
    let after = after.as_deref().map(|after| ("after", after));
    page.url(&format!("{path}{}", query_string(pairs.into_iter().chain(after))))
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
    /// What was noted elsewhere, when it is kept where we can read it.
    noted: Option<Checkpoint>,
}

/// A chain that was found whole.
struct Whole {
    entries: i64,
    heads: Vec<audit::Head>,
}

/// Reading a whole chain takes longer than a page; what takes longer still is for `townline verify`.
const VERIFIED_WITHIN: Duration = Duration::from_secs(30);

/// `GET /admin/audit/state`: reads the whole chain, so it is one of the first things to wait in a storm.
pub(crate) async fn state(visit: Visit, staff: Staff) -> Result<Response, Refusal> {
    let noted = noted_elsewhere(&visit).await?;
    let home = visit.jurisdiction().clone();
    let heads = noted.as_ref().map(|noted| noted.heads.clone()).unwrap_or_default();
    let db = visit.app.db.limited(VERIFIED_WITHIN);
    let verified = db.read(move |tx| match audit::verify_against(tx, &home, &heads) {
        Ok(verified) => Ok(Ok(verified)),
        Err(VerifyError::Broken(broken)) => Ok(Err(broken)),
        Err(VerifyError::Store(error)) => Err(error),
    });
    let verified = verified.await.map_err(|error| Refusal::store(&visit.app, &error))?;
    note_check(&visit, &staff, &verified).await?;
    let (whole, broken) = match verified {
        Ok(verified) => (Some(Whole { entries: verified.entries, heads: verified.heads }), None),
        Err(broken) => (None, Some(format!("{}.{}", broken.lane, broken.seq))),
    };
    show_page(&visit.app, StatusCode::OK, &StatePage { page: Page::new(&visit), whole, broken, noted })
}

/// The last checkpoint; reading it may take a look at a file.
async fn noted_elsewhere(visit: &Visit) -> Result<Option<Checkpoint>, Refusal> {
    let Some(noted) = visit.app.noted_chains.clone() else { return Ok(None) };
    let home = visit.jurisdiction().clone();
    let read = tokio::task::spawn_blocking(move || noted(&home)).await;
    read.map_err(|error| Refusal::broken(&visit.app, &error))
}

/// Who checked is on record, and what they found.
async fn note_check(
    visit: &Visit,
    staff: &Staff,
    verified: &Result<Verified, Broken>,
) -> Result<(), Refusal> {
    let entries = verified.as_ref().map_or(0, |verified| verified.entries);
    let detail = serde_json::json!({ "whole": verified.is_ok(), "entries": entries }).to_string();
    let (now, by, home) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    let noted = visit.app.db.write(move |tx| {
        let object = "audit".to_owned();
        audit::append(
            tx,
            now,
            &Entry { jurisdiction: &home, actor: &by, action: VERIFIED, object, detail: detail.clone() },
        )
    });
    noted.await.map_err(|error| Refusal::store(&visit.app, &error))
}
