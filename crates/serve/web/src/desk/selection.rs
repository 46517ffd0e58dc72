//! Which requests a list at the desk shows: said in the address, so that it can be kept, shared and come back to.

use jiff::Timestamp;
use requests::{Filter, Hands, Order, Status};

use crate::dates::next_day;
use crate::form::query_string;
use crate::visit::{Query, Visit};

/// The parts of an address that choose, in the order in which they are written.
const NAMES: [&str; 6] = ["state", "due", "team", "service", "department", "q"];
const WORDS_MAX: usize = 100;
const DAYS_OF_A_WEEK: usize = 7;

/// What the address asked for.
#[derive(Debug, Clone)]
pub(crate) struct Selection {
    pub(crate) filter: Filter,
    pub(crate) order: Order,
}

/// When requests are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// Late by the target's clock.
    Late,
    /// Late, or due before the day is over.
    Today,
    /// Late, or due within seven days.
    Week,
}

impl Due {
    pub(crate) const ALL: [Due; 3] = [Due::Late, Due::Today, Due::Week];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Due::Late => "late",
            Due::Today => "today",
            Due::Week => "week",
        }
    }

    pub(crate) fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|due| due.as_str() == word)
    }

    /// What is due before this instant is meant.
    pub(crate) fn before(self, visit: &Visit) -> Timestamp {
        let days = match self {
            Due::Late => 0,
            Due::Today => 1,
            Due::Week => DAYS_OF_A_WEEK,
        };
        let zone = &visit.catalog.jurisdiction.zone;
        let ends = std::iter::successors(Some(visit.now), |at| next_day(*at, zone));
        ends.take(days + 1).last().unwrap_or(visit.now)
    }
}

impl Selection {
    pub(crate) fn read(visit: &Visit, query: &Query) -> Self {
        let catalog = &visit.catalog;
        let state = query.get("state").unwrap_or("open");
        let status: Option<Status> = state.replace('-', "_").parse().ok();
        let open = match status {
            Some(status) => Some(status.is_open()),
            None => (state != "all").then_some(true),
        };
        let hands = match query.get("team") {
            Some("none") => Some(Hands::Nobody),
            Some(code) => catalog.team_by_code(code).map(|team| Hands::Team(team.id)),
            None => None,
        };
        let service = query.get("service").and_then(|code| catalog.service_by_code(code));
        let department = query.get("department").and_then(|code| catalog.department_by_code(code));
        let due = query.get("due").and_then(Due::read);
        let filter = Filter {
            services: service.map(|service| service.id).into_iter().collect(),
            open,
            statuses: status.into_iter().collect(),
            hands,
            department: department.map(|department| department.id),
            overdue_at: due.map(|due| due.before(visit)),
            text: query.get("q").map(|text| text.chars().take(WORDS_MAX).collect()),
            ..Filter::default()
        };
        Self { filter, order: if open == Some(true) { Order::Due } else { Order::Newest } }
    }
}

/// What the address chooses, written in one way only: without the question mark, empty for everything open.
pub(crate) fn canonical(query: &Query) -> String {
    with(query, &[])
}

/// The same with some parts set anew, or taken out by an empty text.
pub(crate) fn with(query: &Query, changes: &[(&str, &str)]) -> String {
    let value = |name: &&'static str| {
        let changed = changes.iter().find(|(changed, _)| changed == name).map(|(_, value)| *value);
        (*name, changed.unwrap_or_else(|| query.get(name).unwrap_or_default()))
    };
    let text = query_string(NAMES.iter().map(value));
    text.strip_prefix('?').unwrap_or_default().to_owned()
}

/// The address of a list.
pub(crate) fn list_path(canonical: &str) -> String {
    if canonical.is_empty() { "/desk".to_owned() } else { format!("/desk?{canonical}") }
}
