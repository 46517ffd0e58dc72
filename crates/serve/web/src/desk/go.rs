//! Straight to a request by its number, to a page, to a saved view: the box of commands, and the sheet of keys.
//!
//! Without script it is a page with a search; with it, a dialog over whatever page somebody works on, which asks this
//! page for its list.

use access::Permission;
use askama::Template;
use axum::response::Response;
use http::StatusCode;
use requests::RequestError;

use super::request_page::path;
use super::selection::list_path;
use super::views;
use crate::page::{Page, go_to, show as show_page};
use crate::portal::view;
use crate::refusal::Refusal;
use crate::service_search::plain;
use crate::visit::{Query, Staff, Visit};

/// The keys of the desk with the words that say what they do.
const KEYS: [(&str, &str); 10] = [
    ("Ctrl K", "key-commands"),
    ("?", "key-sheet"),
    ("/", "key-search"),
    ("j", "key-next"),
    ("k", "key-previous"),
    ("x", "key-pick"),
    ("b", "key-bulk"),
    ("u", "key-up"),
    ("n", "key-new"),
    ("Ctrl Enter", "key-send"),
];

/// Something to go to.
struct Target {
    words: String,
    url: String,
}

#[derive(Template)]
#[template(path = "desk/go.html")]
struct GoPage {
    page: Page,
    words: String,
    targets: Vec<Target>,
}

/// The list and the keys alone, for the dialogs.
#[derive(Template)]
#[template(path = "desk/go_part.html")]
struct GoPart {
    page: Page,
    targets: Vec<Target>,
}

/// `GET /desk/go?q=`; a number leads to its request at once.
pub(crate) async fn show(visit: Visit, staff: Staff, query: Query) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    let words = query.get("q").unwrap_or_default().to_owned();
    let request = request(&visit, &staff, &page, &words).await?;
    let is_part = query.get("part") == Some("list");
    if request.is_some() && !is_part {
        return Ok(go_to(&visit, &path(&words)));
    }
    let wanted = plain(&words);
    let fits = |target: &Target| {
        let known = plain(&target.words);
        wanted.split_whitespace().all(|word| known.contains(word))
    };
    let others = places(&visit, &page).into_iter().chain(views(&visit, &staff, &page).await?);
    let targets = request.into_iter().chain(others.filter(fits)).collect();
    if is_part {
        return show_page(&visit.app, StatusCode::OK, &GoPart { page, targets });
    }
    show_page(&visit.app, StatusCode::OK, &GoPage { page, words, targets })
}

/// The request of this number, if this person may see it.
async fn request(visit: &Visit, staff: &Staff, page: &Page, number: &str) -> Result<Option<Target>, Refusal> {
    if number.is_empty() {
        return Ok(None);
    }
    let (by, home, wanted) = (staff.actor(), visit.jurisdiction().clone(), number.to_owned());
    let found = visit.app.db.read(move |tx| requests::find_by_number(tx, &by, &home, &wanted)).await;
    let found = found.map_err(|error: RequestError| Refusal::request(&visit.app, &error))?;
    Ok(found.map(|request| {
        let service = view::service_name(&visit.catalog, page, request.service);
        let words = page.with_two("go-request", "number", &request.number, "service", &service).into_owned();
        Target { words, url: page.url(&path(&request.number)) }
    }))
}

/// The pages this person may open.
fn places(visit: &Visit, page: &Page) -> Vec<Target> {
    let all = [
        ("/desk?state=open", "go-list", Permission::ViewWork),
        ("/desk?due=late", "go-late", Permission::ViewWork),
        ("/desk?team=none", "go-nobodys", Permission::ViewWork),
        ("/desk/new", "desk-new", Permission::CreateRequest),
        ("/desk/views", "views-title", Permission::ViewWork),
        ("/map", "nav-map", Permission::ViewWork),
        ("/requests", "nav-requests", Permission::ViewWork),
        ("/admin", "nav-admin", Permission::ViewSettings),
    ];
    let allowed = all.into_iter().filter(|(_, _, needs)| visit.may(*needs));
    allowed.map(|(path, key, _)| Target { words: page.say(key).into_owned(), url: page.url(path) }).collect()
}

async fn views(visit: &Visit, staff: &Staff, page: &Page) -> Result<Vec<Target>, Refusal> {
    let (home, person) = (visit.jurisdiction().clone(), staff.0.person_id);
    let views = visit.app.db.read(move |tx| views::of(tx, &home, person)).await;
    let views = views.map_err(|error| Refusal::store(&visit.app, &error))?;
    let target = |view: views::SavedView| Target {
        words: page.with("go-view", "name", &view.name).into_owned(),
        url: page.url(&list_path(&view.query)),
    };
    Ok(views.into_iter().map(target).collect())
}
