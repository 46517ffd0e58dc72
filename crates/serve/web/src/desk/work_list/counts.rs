//! How much open work there is, with the way to each part of it.

use requests::Workload;

use crate::desk::selection::{Due, list_path, with};
use crate::page::Page;
use crate::portal::view;
use crate::visit::Query;

/// How many requests stand where, with the way to them.
pub(crate) struct Count {
    pub(crate) words: String,
    pub(crate) url: String,
    pub(crate) is_current: bool,
}

/// Everything open, then by when it is due, then by where it stands; of the chosen team where one is chosen.
pub(super) fn counts(page: &Page, query: &Query, workload: &Workload) -> Vec<Count> {
    let state = query.get("state").unwrap_or("open");
    let due = query.get("due").and_then(Due::read);
    let count = |words: String, state: &str, due: &str, is_current: bool| Count {
        words,
        url: page
            .url(&list_path(&with(query, &[("state", state), ("due", due), ("service", ""), ("q", "")]))),
        is_current,
    };
    let all = page.with("desk-count-open", "count", &workload.open()).into_owned();
    let mut counts = vec![count(all, "open", "", state == "open" && due.is_none())];
    for (this, key, number) in [
        (Due::Late, "desk-count-late", workload.overdue),
        (Due::Today, "desk-count-today", workload.due_soon),
    ] {
        let words = page.with(key, "count", &number).into_owned();
        counts.push(count(words, "", this.as_str(), due == Some(this)));
    }
    for (status, number) in &workload.by_status {
        let word = view::key(status.as_str());
        let words =
            page.with_two("desk-count-status", "status", &view::status(page, *status), "count", number);
        counts.push(count(words.into_owned(), &word, "", state == word));
    }
    counts
}
