//! The fields that narrow the work list down.

use requests::{Status, Workload};

use crate::desk::actions::service_choices;
use crate::desk::selection::Due;
use crate::page::{Choice, Field, Page, Shape, chosen};
use crate::portal::view;
use crate::visit::{Query, Visit};

pub(super) fn fields(visit: &Visit, page: &Page, query: &Query, workload: &Workload) -> Vec<Field> {
    let value = |name: &str| query.get(name).unwrap_or_default().to_owned();
    let list = |name: &str, label: &str, choices: Vec<Choice>, now: &str| {
        Field::new(page, name, label, Shape::List(chosen(choices, &[now])))
    };
    let mut services = vec![Choice::new("", page.say("filter-service-all"))];
    services.extend(service_choices(page, &visit.catalog));
    let fields = vec![
        list("state", "filter-status", states(page), query.get("state").unwrap_or("open")),
        list("due", "filter-due", dues(page), &value("due")),
        list("team", "filter-team", teams(visit, page, workload), &value("team")),
        list("service", "filter-service", services, &value("service")),
        Field::line(page, "q", "filter-words", &value("q"), 100),
    ];
    fields.into_iter().map(Field::filter).collect()
}

fn states(page: &Page) -> Vec<Choice> {
    let first = ["open", "all"].map(|word| Choice::new(word, page.say(&format!("filter-status-{word}"))));
    let status = |status: Status| Choice::new(view::key(status.as_str()), view::status(page, status));
    first.into_iter().chain(Status::ALL.map(status)).collect()
}

fn dues(page: &Page) -> Vec<Choice> {
    let due = |due: Due| Choice::new(due.as_str(), page.say(&format!("filter-due-{}", due.as_str())));
    std::iter::once(Choice::new("", page.say("filter-due-all"))).chain(Due::ALL.map(due)).collect()
}

/// Each with how much it has.
fn teams(visit: &Visit, page: &Page, workload: &Workload) -> Vec<Choice> {
    let counted = |name: &str, team| match workload.by_team.get(&team) {
        Some(count) => page.with_two("filter-team-count", "team", name, "count", count).into_owned(),
        None => name.to_owned(),
    };
    let active = visit.catalog.teams().iter().filter(|team| team.active);
    let named =
        active.map(|team| Choice::new(&team.code, counted(team.name.in_language(page.tag()), Some(team.id))));
    let first = [
        Choice::new("", page.say("filter-team-all")),
        Choice::new("none", counted(&page.say("team-none"), None)),
    ];
    first.into_iter().chain(named).collect()
}
