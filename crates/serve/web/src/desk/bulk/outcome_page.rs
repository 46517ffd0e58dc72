//! What came of a change of many requests.

use askama::Template;
use axum::response::Response;
use http::StatusCode;

use super::path;
use super::store::{Bulk, Item};
use crate::desk::request_page;
use crate::page::{FormBox, Page, show as show_page};
use crate::refusal::Refusal;
use crate::visit::Visit;

/// One request and what came of it.
struct Line {
    number: String,
    url: String,
    /// Why it was not done; empty where it was.
    why: String,
}

#[derive(Template)]
#[template(path = "desk/bulk.html")]
struct BulkPage {
    page: Page,
    heading: String,
    done: Vec<Line>,
    refused: Vec<Line>,
    /// What was taken back, and what could not be.
    undone: Option<(Vec<Line>, Vec<Line>)>,
    undo: Option<FormBox>,
    until: String,
}

pub(super) fn show(visit: &Visit, bulk: &Bulk) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let action = page.say(&format!("action-{}", bulk.action.as_str())).into_owned();
    let (done, refused) = parted(&page, &bulk.items, |item| item.refusal.as_deref().unwrap_or_default());
    let undo = FormBox::new(&page, &format!("{}/undo", path(bulk.id)), "bulk-undo-button");
    let template = BulkPage {
        heading: page.with("bulk-title", "action", &action).into_owned(),
        undone: bulk.undone_at.map(|_| {
            let done: Vec<Item> = bulk.done().cloned().collect();
            parted(&page, &done, |item| match item.undoing.as_deref() {
                Some("undone") => "",
                Some(why) => why,
                None => "failed",
            })
        }),
        undo: bulk.can_be_undone(visit.now).then_some(undo),
        until: page.hour(&bulk.undo_until()),
        done,
        refused,
        page,
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

/// Those for which nothing stands against it, and the others with what does.
fn parted<'i>(page: &Page, items: &'i [Item], why: impl Fn(&'i Item) -> &'i str) -> (Vec<Line>, Vec<Line>) {
    let line = |item: &'i Item| Line {
        number: item.number.clone(),
        url: page.url(&request_page::path(&item.number)),
        why: match why(item) {
            "" => String::new(),
            key => page.say(&format!("bulk-refused-{key}")).into_owned(),
        },
    };
    items.iter().map(line).partition(|line| line.why.is_empty())
}
