//! The work: open requests, the most urgent first, narrowed down by what stands in the address.

use askama::Template;
use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;
use requests::{Cursor, Filter, Hands, Listed, Order, Page as Part, RequestError, StaffView, Status};

use super::request_page::path;
use crate::form::query_string;
use crate::page::{Choice, Field, Page, Shape, chosen, show as show_page};
use crate::portal::single_request::exact_lines;
use crate::portal::view;
use crate::refusal::Refusal;
use crate::visit::{Query, Staff, Visit};

const ROWS: i64 = 50;

/// One request of the list.
struct Line {
    number: String,
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

/// How many open requests stand where, with the way to them.
struct Count {
    words: String,
    url: String,
    is_current: bool,
}

#[derive(Template)]
#[template(path = "desk/work_list.html")]
struct WorkPage {
    page: Page,
    counts: Vec<Count>,
    fields: Vec<Field>,
    lines: Vec<Line>,
    next: Option<String>,
    may_create: bool,
}

const NAMES: [&str; 6] = ["state", "team", "service", "department", "late", "q"];

/// `GET /desk`
pub(crate) async fn show(visit: Visit, staff: Staff, query: Query) -> Result<Response, Refusal> {
    let (filter, order) = filter(&visit, &query);
    let part = Part { after: query.get("after").and_then(|text| text.parse().ok()), skip: 0, limit: ROWS };
    let team = query.get("team").and_then(|code| visit.catalog.team_by_code(code)).map(|team| team.id);
    let (now, by, home) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    let found = visit.app.db.read(move |tx| {
        let listed = requests::list(tx, &by, &home, &filter, order, &part)?;
        Ok::<_, RequestError>((listed, requests::workload(tx, &by, &home, team, now)?))
    });
    let (Listed { items, next }, workload) =
        found.await.map_err(|error| Refusal::request(&visit.app, &error))?;
    let page = Page::new(&visit);
    let template = WorkPage {
        counts: counts(&page, &query, &workload),
        fields: fields(&visit, &page, &query).into_iter().map(Field::filter).collect(),
        lines: items.iter().map(|request| line(&visit, &page, request)).collect(),
        next: next.map(|cursor| next_url(&page, &query, cursor)),
        may_create: visit.may(access::Permission::CreateRequest),
        page: page.clone(),
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

fn filter(visit: &Visit, query: &Query) -> (Filter, Order) {
    let catalog = &visit.catalog;
    let state = query.get("state").unwrap_or("open");
    let status: Option<Status> = state.replace('-', "_").parse().ok();
    let team = query.get("team");
    let hands = match team {
        Some("none") => Some(Hands::Nobody),
        Some(code) => catalog.team_by_code(code).map(|team| Hands::Team(team.id)),
        None => None,
    };
    let service = query.get("service").and_then(|code| catalog.service_by_code(code));
    let department = query.get("department").and_then(|code| catalog.department_by_code(code));
    let is_all = state == "all";
    let open = match status {
        Some(status) => Some(status.is_open()),
        None => (!is_all).then_some(true),
    };
    let filter = Filter {
        services: service.map(|service| service.id).into_iter().collect(),
        open,
        statuses: status.into_iter().collect(),
        hands,
        department: department.map(|department| department.id),
        overdue_at: query.get("late").map(|_| visit.now),
        text: query.get("q").map(|text| text.chars().take(100).collect()),
        ..Filter::default()
    };
    (filter, if open == Some(true) { Order::Due } else { Order::Newest })
}

fn counts(page: &Page, query: &Query, workload: &requests::Workload) -> Vec<Count> {
    let state = query.get("state").unwrap_or("open");
    let team = query.get("team").unwrap_or_default();
    let count = |words: String, name: &'static str, value: &str, is_current: bool| Count {
        words,
        url: page.url(&format!("/desk{}", query_string([("team", team), (name, value)]))),
        is_current,
    };
    let is_late = query.get("late").is_some();
    let all = page.with("desk-count-open", "count", &workload.open()).into_owned();
    let late = page.with("desk-count-late", "count", &workload.overdue).into_owned();
    let mut counts =
        vec![count(all, "state", "open", state == "open" && !is_late), count(late, "late", "yes", is_late)];
    for (status, number) in &workload.by_status {
        let word = view::key(status.as_str());
        let words =
            page.with_two("desk-count-status", "status", &view::status(page, *status), "count", number);
        counts.push(count(words.into_owned(), "state", &word, state == word));
    }
    counts
}

fn line(visit: &Visit, page: &Page, request: &StaffView) -> Line {
    let status = request.state.status();
    let badge = view::badge(visit, status, request.due_at);
    let team = request.team.and_then(|team| visit.catalog.team(team));
    Line {
        number: request.number.clone(),
        url: page.url(&path(&request.number)),
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

fn fields(visit: &Visit, page: &Page, query: &Query) -> Vec<Field> {
    let value = |name: &str| query.get(name).unwrap_or_default().to_owned();
    let state = query.get("state").unwrap_or("open");
    let mut states = vec![
        Choice::new("open", page.say("filter-status-open")),
        Choice::new("all", page.say("filter-status-all")),
    ];
    states.extend(
        Status::ALL.map(|status| Choice::new(view::key(status.as_str()), view::status(page, status))),
    );
    let mut teams =
        vec![Choice::new("", page.say("filter-team-all")), Choice::new("none", page.say("team-none"))];
    let active = visit.catalog.teams().iter().filter(|team| team.active);
    teams.extend(active.map(|team| Choice::new(&team.code, team.name.in_language(page.tag()))));
    let mut services = vec![Choice::new("", page.say("filter-service-all"))];
    services.extend(super::actions::service_choices(page, &visit.catalog));
    vec![
        Field::new(page, "state", "filter-status", Shape::List(chosen(states, &[state]))),
        Field::new(page, "team", "filter-team", Shape::List(chosen(teams, &[&value("team")]))),
        Field::new(page, "service", "filter-service", Shape::List(chosen(services, &[&value("service")]))),
        Field::line(page, "q", "filter-words", &value("q"), 100),
    ]
}

fn next_url(page: &Page, query: &Query, next: Cursor) -> String {
    let after = next.to_string();
    let pairs = NAMES.map(|name| (name, query.get(name).unwrap_or_default()));
    page.url(&format!("/desk{}", query_string(pairs.into_iter().chain([("after", after.as_str())]))))
}
