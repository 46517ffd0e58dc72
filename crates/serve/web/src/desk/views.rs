//! Views of the work list that people keep under a name: their own, and those that colleagues share.

mod store;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::selection::{canonical, list_path};
use crate::form::{Posted, one_line};
use crate::page::{Faults, Field, FormBox, Page, Shape, go_to, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Staff, Visit};

use self::store::ViewId;
pub(crate) use self::store::{SavedView, of};

const NAME_MAX: usize = 60;

/// One view in the list of them.
struct Line {
    view: SavedView,
    url: String,
    forms: Vec<FormBox>,
}

#[derive(Template)]
#[template(path = "desk/views.html")]
struct ViewsPage {
    page: Page,
    lines: Vec<Line>,
    add: FormBox,
    everything: Option<FormBox>,
    has_faults: bool,
}

/// `GET /desk/views`
pub(crate) async fn show(visit: Visit, staff: Staff, query: Query) -> Result<Response, Refusal> {
    let list = query.get("list").unwrap_or_default();
    page(&visit, &staff, list, &Posted::default(), &Faults::default()).await
}

async fn page(
    visit: &Visit,
    staff: &Staff,
    list: &str,
    typed: &Posted,
    faults: &Faults,
) -> Result<Response, Refusal> {
    let (jurisdiction, person) = (visit.jurisdiction().clone(), staff.0.person_id);
    let views = visit.app.db.read(move |tx| of(tx, &jurisdiction, person)).await;
    let views = views.map_err(|error| Refusal::store(&visit.app, &error))?;
    let page = Page::new(visit);
    let has_default = views.iter().any(|view| view.is_default);
    let everything = FormBox::new(&page, "/desk/views/default", "view-no-default").quiet();
    let template = ViewsPage {
        lines: views.into_iter().map(|view| line(&page, view)).collect(),
        add: add_form(&page, list, typed, faults),
        everything: has_default.then_some(everything),
        has_faults: !faults.is_empty(),
        page,
    };
    show_page(&visit.app, faults.status(), &template)
}

fn line(page: &Page, view: SavedView) -> Line {
    let form = |path: &str, words: &str| {
        let says = page.with(words, "name", &view.name);
        FormBox::new(page, path, "button-save").says(says).hidden("view", view.id.to_string()).quiet()
    };
    let mut forms = Vec::new();
    if !view.is_default {
        forms.push(form("/desk/views/default", "view-make-default"));
    }
    if view.is_mine {
        let (words, value) = if view.is_shared { ("view-unshare", "no") } else { ("view-share", "yes") };
        forms.push(form(&format!("/desk/views/{}/share", view.id), words).hidden("shared", value));
        forms.push(form(&format!("/desk/views/{}/remove", view.id), "view-remove"));
    }
    Line { url: page.url(&list_path(&view.query)), view, forms }
}

/// The form that keeps what a list shows now.
pub(crate) fn add_form(page: &Page, list: &str, typed: &Posted, faults: &Faults) -> FormBox {
    let tick = |name: &str, words: &str| {
        Field::new(page, name, words, Shape::Tick { is_ticked: typed.has(name) }).filter()
    };
    let name = Field::line(page, "view-name", "view-name", typed.text("view-name"), NAME_MAX).required();
    FormBox::new(page, "/desk/views", "view-save-button")
        .faults(faults)
        .hidden("list", canonical(&Query::parse(list)))
        .field(name.faults(faults))
        .field(tick("view-shared", "view-shared"))
        .field(tick("view-default", "view-default"))
        .quiet()
}

/// `POST /desk/views`: keeps the list under a name.
pub(crate) async fn save(visit: Visit, staff: Staff, posted: Posted) -> Result<Response, Refusal> {
    let name = one_line(posted.text("view-name"));
    let mut faults = Faults::default();
    if name.is_empty() {
        faults.add("view-name", visit.language.say("view-name-missing"));
    } else if name.chars().count() > NAME_MAX {
        faults.add("view-name", visit.language.with("fault-too-long", "max", &NAME_MAX));
    }
    let list = canonical(&Query::parse(posted.text("list")));
    if !faults.is_empty() {
        return page(&visit, &staff, &list, &posted, &faults).await;
    }
    let (now, home, person) = (visit.now, visit.jurisdiction().clone(), staff.0.person_id);
    let (view, is_default) = ((name, list.clone(), posted.has("view-shared")), posted.has("view-default"));
    let kept = visit.app.db.write(move |tx| {
        let kept = store::add(tx, now, &home, person, &view)?;
        if is_default && kept.is_some() {
            store::set_default(tx, &home, person, kept)?;
        }
        Ok::<_, db::Error>(kept)
    });
    match kept.await.map_err(|error| Refusal::store(&visit.app, &error))? {
        Some(_) => Ok(go_to(&visit, &list_path(&list))),
        None => {
            faults.add("view-name", visit.language.with("view-too-many", "max", &store::VIEWS_MAX));
            page(&visit, &staff, &list, &posted, &faults).await
        }
    }
}

/// `POST /desk/views/default`: the desk opens with this view; without one, with everything open.
pub(crate) async fn set_default(visit: Visit, staff: Staff, posted: Posted) -> Result<Response, Refusal> {
    let wanted = match posted.given("view") {
        Some(text) => Some(text.parse::<ViewId>().map_err(|_| Refusal::NotFound)?),
        None => None,
    };
    let (home, person) = (visit.jurisdiction().clone(), staff.0.person_id);
    let done = visit.app.db.write(move |tx| {
        let known = of(tx, &home, person)?;
        let is_known = wanted.is_none_or(|wanted| known.iter().any(|view| view.id == wanted));
        if is_known {
            store::set_default(tx, &home, person, wanted)?;
        }
        Ok::<_, db::Error>(is_known)
    });
    finished(&visit, done.await)
}

/// `POST /desk/views/{id}/share`
pub(crate) async fn share(
    visit: Visit,
    staff: Staff,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let id: ViewId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (home, person, shared) =
        (visit.jurisdiction().clone(), staff.0.person_id, posted.text("shared") == "yes");
    finished(&visit, visit.app.db.write(move |tx| store::set_shared(tx, &home, person, id, shared)).await)
}

/// `POST /desk/views/{id}/remove`
pub(crate) async fn remove(
    visit: Visit,
    staff: Staff,
    Path(id): Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    let id: ViewId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (home, person) = (visit.jurisdiction().clone(), staff.0.person_id);
    finished(&visit, visit.app.db.write(move |tx| store::remove(tx, &home, person, id)).await)
}

/// Back to the list of views; somebody else's view answers like none.
fn finished(visit: &Visit, found: Result<bool, db::Error>) -> Result<Response, Refusal> {
    let found = found.map_err(|error| Refusal::store(&visit.app, &error))?;
    if found { Ok(go_to(visit, "/desk/views")) } else { Err(Refusal::NotFound) }
}
