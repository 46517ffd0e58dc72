//! The work: open requests, the most urgent first, narrowed down by what stands in the address.

mod counts;
mod filters;

use askama::Template;
use axum::response::Response;
use data_encoding::HEXLOWER;
use db::Tx;
use jiff::Timestamp;
use requests::{Cursor, Listed, Page as Part, RequestError, StaffView, Workload};
use sha2::{Digest, Sha256};

use self::counts::Count;
use super::bulk::{self, Picked};
use super::request_page::path_in;
use super::selection::{Due, Selection, canonical, list_path};
use super::views::{self, SavedView};
use crate::form::{Posted, query_string};
use crate::page::{Faults, Field, FormBox, Page, go_to, show as show_page};
use crate::portal::single_request::exact_lines;
use crate::portal::view;
use crate::refusal::Refusal;
use crate::visit::{Query, Staff, Visit};

const ROWS: i64 = 50;

/// One request of the list.
struct Line {
    number: String,
    /// What choosing it sends: its number and the version that is shown.
    pick: String,
    is_picked: bool,
    url: String,
    service: String,
    status: String,
    badge: &'static str,
    place: String,
    team: String,
    received_at: Timestamp,
    due_at: Option<Timestamp>,
    is_late: bool,
}

/// A saved view in the row of them.
struct Tab {
    name: String,
    url: String,
    is_current: bool,
}

#[derive(Template)]
#[template(path = "desk/work_list.html")]
struct WorkPage {
    page: Page,
    tabs: Vec<Tab>,
    counts: Vec<Count>,
    fields: Vec<Field>,
    lines: Vec<Line>,
    next: Option<String>,
    live_url: String,
    mark: String,
    may_create: bool,
    save: FormBox,
    views_url: String,
    bulk: Option<bulk::Panel>,
    has_faults: bool,
}

/// `GET /desk`; with nothing chosen, the view with which this person's desk opens.
pub(crate) async fn show(visit: Visit, staff: Staff, query: Query) -> Result<Response, Refusal> {
    page(&visit, &staff, &query, &Posted::default(), &Faults::default()).await
}

/// Everything read for the page.
pub(crate) struct Read {
    listed: Listed<StaffView>,
    workload: Workload,
    views: Vec<SavedView>,
}

impl Read {
    pub(crate) fn of(
        tx: &mut Tx<'_>,
        visit: &Visit,
        staff: &Staff,
        query: &Query,
    ) -> Result<Self, RequestError> {
        let Selection { filter, order } = Selection::read(visit, query);
        let after = query.get("after").and_then(|text| text.parse().ok());
        let part = Part { after, skip: 0, limit: ROWS };
        let team = query.get("team").and_then(|code| visit.catalog.team_by_code(code)).map(|team| team.id);
        let (by, home, today) = (staff.actor(), visit.jurisdiction(), Due::Today.before(visit));
        Ok(Self {
            listed: requests::list(tx, &by, home, &filter, order, &part)?,
            workload: requests::workload(tx, &by, home, team, visit.now, today)?,
            views: views::of(tx, home, staff.0.person_id)?,
        })
    }

    /// The same for two lists that show the same: a page that was made from another one is out of date.
    pub(crate) fn mark(&self) -> String {
        let mut hash = Sha256::new();
        for request in &self.listed.items {
            hash.update(request.id.uuid().as_bytes());
            hash.update(request.version.to_le_bytes());
        }
        let Workload { by_status, overdue, due_soon, .. } = &self.workload;
        let counts = by_status.values().chain([overdue, due_soon]);
        counts.for_each(|count| hash.update(count.to_le_bytes()));
        HEXLOWER.encode(&hash.finalize()[..8])
    }
}

async fn read(visit: &Visit, staff: &Staff, query: &Query) -> Result<Read, Refusal> {
    let (seen, reader, asked) = (visit.clone(), staff.clone(), query.clone());
    let found = visit.app.db.read(move |tx| Read::of(tx, &seen, &reader, &asked)).await;
    found.map_err(|error| Refusal::request(&visit.app, &error))
}

/// The list, perhaps with a change of many requests that could not be taken.
pub(crate) async fn page(
    visit: &Visit,
    staff: &Staff,
    query: &Query,
    typed: &Posted,
    faults: &Faults,
) -> Result<Response, Refusal> {
    let found = read(visit, staff, query).await?;
    let mark = found.mark();
    let Read { listed, workload, views } = found;
    let list = canonical(query);
    let first = views.iter().find(|view| view.is_default && !view.query.is_empty());
    if let Some(first) = first.filter(|_| visit.query.is_empty() && visit.is_read) {
        return Ok(go_to(visit, &list_path(&first.query)));
    }
    let page = Page::new(visit);
    let picked = Picked::read(typed);
    let template = WorkPage {
        tabs: views.iter().map(|view| tab(&page, view, &list)).collect(),
        counts: counts::counts(&page, query, &workload),
        fields: filters::fields(visit, &page, query, &workload),
        lines: listed.items.iter().map(|request| line(visit, &page, request, &list, &picked)).collect(),
        next: listed.next.map(|cursor| next_url(&page, &list, cursor)),
        live_url: page.url(&live_path(query)),
        mark,
        may_create: visit.may(access::Permission::CreateRequest),
        save: views::add_form(&page, &list, &Posted::default(), &Faults::default()),
        views_url: page.url(&format!("/desk/views{}", query_string([("list", list.as_str())]))),
        bulk: bulk::panel(visit, &page, &list, typed, faults),
        has_faults: !faults.is_empty(),
        page,
    };
    show_page(&visit.app, faults.status(), &template)
}

fn tab(page: &Page, view: &SavedView, list: &str) -> Tab {
    Tab {
        name: view.name.clone(),
        // What chooses nothing is named, so that it is not taken for "open my own view".
        url: page.url(&if view.query.is_empty() { list_path("state=open") } else { list_path(&view.query) }),
        is_current: view.query == list,
    }
}

fn line(visit: &Visit, page: &Page, request: &StaffView, list: &str, picked: &[Picked]) -> Line {
    let status = request.state.status();
    let badge = view::badge(visit, status, request.due_at);
    let team = request.team.and_then(|team| visit.catalog.team(team));
    let pick = Picked { number: request.number.clone(), version: request.version };
    Line {
        is_picked: picked.iter().any(|picked| picked.number == pick.number),
        pick: pick.to_string(),
        number: pick.number,
        url: page.url(&path_in(&request.number, list)),
        service: view::service_name(&visit.catalog, page, request.service),
        status: view::status(page, status),
        badge,
        place: exact_lines(&request.place).join(", "),
        team: team.map_or_else(String::new, |team| team.name.in_language(page.tag()).to_owned()),
        received_at: request.requested_at,
        due_at: request.due_at.filter(|_| status.is_open()),
        is_late: badge == "late",
    }
}

/// Where a list hears that it has changed.
fn live_path(query: &Query) -> String {
    let after = query.get("after").unwrap_or_default();
    let pairs = canonical(query);
    let list = Query::parse(&pairs);
    let pairs = list.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    format!("/desk/live{}", query_string(pairs.chain([("after", after)])))
}

fn next_url(page: &Page, list: &str, next: Cursor) -> String {
    let chosen = if list.is_empty() { "state=open" } else { list };
    page.url(&format!("/desk?{chosen}&after={next}"))
}
