//! One request with everything staff need, and everything they may do, on one page.

mod history;

use access::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use requests::typical::Typical;
use requests::views::PublicLevelView;
use requests::{Contact, FileName, Neighbours, Recorded, RequestError, StaffView};

use super::actions::{self, ActionForm, Attempt};
use super::near::{Likeness, Near};
use super::selection::{self, Selection};
use crate::app::App;
use crate::files;
use crate::form::{Posted, query_string};
use crate::page::{FormBox, Page, show as show_page};
use crate::portal::map::town_edges;
use crate::portal::single_request::{exact_lines, in_path};
use crate::portal::track::typical_words;
use crate::portal::view::{self, Moment, Picture};
use crate::refusal::Refusal;
use crate::visit::{Query, Staff, Visit};

/// The address of a request's page at the desk.
pub(crate) fn path(number: &str) -> String {
    format!("/desk/requests/{}", in_path(number))
}

/// The same, for somebody who works through a list.
pub(crate) fn path_in(number: &str, list: &str) -> String {
    format!("{}{}", path(number), query_string([("list", list)]))
}

/// What the page shows besides the request itself.
#[derive(Default)]
pub(crate) struct Extras {
    /// The list somebody works through, as its address chooses it; empty for everything open.
    pub(crate) list: String,
    /// A form that could not be taken.
    pub(crate) attempt: Option<Attempt>,
    /// Who reported, once somebody who may know has asked.
    pub(crate) contact: Option<Shown>,
}

/// Who reported.
pub(crate) struct Shown(pub(crate) Option<Contact>);

/// Where the request is, for the small map.
struct Spot {
    latitude: f64,
    longitude: f64,
    town: String,
}

/// What somebody else did while a form was being filled in.
struct Conflict {
    /// What happened since the form was shown.
    since: Vec<Moment>,
    /// What was typed, where the form itself is no longer there to hold it.
    typed: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "desk/request_page.html")]
struct DeskRequestPage {
    page: Page,
    request: StaffView,
    service: String,
    department: String,
    team: String,
    status: String,
    badge: &'static str,
    channel: String,
    level: String,
    place: Vec<String>,
    spot: Option<Spot>,
    answers: Vec<(String, String)>,
    pictures: Vec<Picture>,
    history: Vec<Moment>,
    typical: Option<String>,
    near: Vec<Near>,
    forms: Vec<ActionForm>,
    reveal: Option<FormBox>,
    contact: Option<Shown>,
    conflict: Option<Conflict>,
    has_faults: bool,
    live_url: String,
    list: String,
    before: Option<String>,
    after: Option<String>,
}

/// `GET /desk/requests/{number}`
pub(crate) async fn show(
    visit: Visit,
    staff: Staff,
    Path(number): Path<String>,
    query: Query,
) -> Result<Response, Refusal> {
    let list = query.get("list").unwrap_or_default().to_owned();
    page(&visit, &staff, &number, Extras { list, ..Extras::default() }).await
}

/// `POST /desk/requests/{number}/contact`: shows who reported; that it was looked at is on record.
pub(crate) async fn reveal(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(number): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let (now, by, jurisdiction, wanted) =
        (visit.now, staff.actor(), visit.jurisdiction().clone(), number.clone());
    let shown = app.db.write(move |tx| {
        let found = requests::find_by_number(tx, &by, &jurisdiction, &wanted)?;
        match found {
            Some(request) => requests::contact::reveal(tx, now, &by, &jurisdiction, request.id).map(Some),
            None => Ok::<_, RequestError>(None),
        }
    });
    let shown = shown.await.map_err(|error| Refusal::request(&app, &error))?.ok_or(Refusal::NotFound)?;
    let list = posted.text("list").to_owned();
    page(&visit, &staff, &number, Extras { list, attempt: None, contact: Some(Shown(shown)) }).await
}

/// Everything read for the page.
struct Opened {
    request: StaffView,
    history: Vec<Recorded>,
    typical: Option<Typical>,
    near: Vec<StaffView>,
    beside: Neighbours,
}

async fn open(visit: &Visit, staff: &Staff, number: &str, list: &str) -> Result<Opened, Refusal> {
    let (seen, reader, number) = (visit.clone(), staff.clone(), number.to_owned());
    let selection = Selection::read(visit, &Query::parse(list));
    let opened = visit.app.db.read(move |tx| {
        let (by, home) = (reader.actor(), seen.jurisdiction());
        let Some(request) = requests::find_by_number(tx, &by, home, &number)? else {
            return Ok::<_, RequestError>(None);
        };
        let Selection { filter, order } = &selection;
        Ok(Some(Opened {
            history: requests::timeline::staff(tx, &by, home, request.id)?,
            typical: requests::typical::of(tx, home, request.service)?,
            near: Likeness::of(&request).find(tx, &seen, &reader, Some(&number))?,
            beside: requests::neighbours(tx, &by, home, filter, *order, &request)?,
            request,
        }))
    });
    opened.await.map_err(|error| Refusal::request(&visit.app, &error))?.ok_or(Refusal::NotFound)
}

/// The page, perhaps with a form that could not be taken, or with who reported.
pub(crate) async fn page(
    visit: &Visit,
    staff: &Staff,
    number: &str,
    extras: Extras,
) -> Result<Response, Refusal> {
    let list = selection::canonical(&Query::parse(&extras.list));
    let opened = open(visit, staff, number, &list).await?;
    let status = extras.attempt.as_ref().map_or(StatusCode::OK, Attempt::status);
    let spot = spot(visit, &opened.request).await?;
    let template = filled(visit, opened, Extras { list, ..extras }, spot);
    show_page(&visit.app, status, &template)
}

fn filled(visit: &Visit, opened: Opened, extras: Extras, spot: Option<Spot>) -> DeskRequestPage {
    let Opened { request, history, typical, near, beside } = opened;
    let page = Page::new(visit);
    let catalog = &visit.catalog;
    let forms = actions::forms(visit, &page, &request, &extras);
    let likeness = Likeness::of(&request);
    let neighbour = |number: Option<String>| number.map(|number| page.url(&path_in(&number, &extras.list)));
    DeskRequestPage {
        service: view::service_name(catalog, &page, request.service),
        department: view::department_name(catalog, &page, request.department),
        team: team_name(visit, &page, request.team),
        status: view::status(&page, request.state.status()),
        badge: view::badge(visit, request.state.status(), request.due_at),
        channel: page.say(&format!("channel-{}", view::key(request.channel.as_str()))).into_owned(),
        level: page.say(level_key(&request)).into_owned(),
        place: exact_lines(&request.place),
        spot,
        answers: answers(&page, &request),
        pictures: pictures(&page, &request),
        conflict: extras.attempt.as_ref().and_then(|tried| conflict(visit, &page, tried, &history, &forms)),
        history: history.iter().rev().map(|recorded| history::moment(visit, &page, recorded)).collect(),
        typical: typical.map(|typical| typical_words(&page, &typical)),
        near: near.iter().map(|found| likeness.shown(visit, &page, found)).collect(),
        forms,
        reveal: reveal_form(visit, &page, &request, &extras),
        has_faults: extras.attempt.is_some(),
        before: neighbour(beside.before),
        after: neighbour(beside.after),
        live_url: page.url(&format!("{}/live", path(&request.number))),
        list: page.url(&selection::list_path(&extras.list)),
        contact: extras.contact,
        request,
        page,
    }
}

fn pictures(page: &Page, request: &StaffView) -> Vec<Picture> {
    view::pictures(page, &format!("{}/files", path(&request.number)), &request.number, &request.photos)
}

fn reveal_form(visit: &Visit, page: &Page, request: &StaffView, extras: &Extras) -> Option<FormBox> {
    let may_reveal = visit.may(Permission::ViewPersonalData) && extras.contact.is_none();
    let action = format!("{}/contact", path(&request.number));
    may_reveal
        .then(|| FormBox::new(page, &action, "desk-contact-button").hidden("list", &extras.list).quiet())
}

async fn spot(visit: &Visit, request: &StaffView) -> Result<Option<Spot>, Refusal> {
    let Some(point) = request.place.point else { return Ok(None) };
    let map = visit.app.town_maps.of(visit).await?;
    Ok(town_edges(visit, &map).map(|town| Spot {
        latitude: point.latitude(),
        longitude: point.longitude(),
        town,
    }))
}

/// What to show to somebody whose form was made for an older state of the request.
fn conflict(
    visit: &Visit,
    page: &Page,
    attempt: &Attempt,
    history: &[Recorded],
    forms: &[ActionForm],
) -> Option<Conflict> {
    let seen = attempt.outdated?;
    let later = history.iter().filter(|recorded| recorded.seq > seen);
    let action = attempt.action();
    let has_form = forms.iter().any(|form| form.action == action.as_str());
    let label = |name: &str| page.say(&format!("action-field-{name}")).into_owned();
    let typed = attempt.typed().map(|(name, value)| (label(name), value.to_owned()));
    Some(Conflict {
        since: later.map(|recorded| history::moment(visit, page, recorded)).collect(),
        typed: typed.filter(|_| !has_form).collect(),
    })
}

fn team_name(visit: &Visit, page: &Page, team: Option<catalog::TeamId>) -> String {
    let known = team.and_then(|team| visit.catalog.team(team));
    known.map_or_else(
        || page.say("team-none").into_owned(),
        |team| team.name.in_language(page.tag()).to_owned(),
    )
}

fn level_key(request: &StaffView) -> &'static str {
    match request.public_level {
        PublicLevelView::Hidden => "level-hidden",
        PublicLevelView::Summary => "level-summary",
        PublicLevelView::Full => "level-full",
    }
}

fn answers(page: &Page, request: &StaffView) -> Vec<(String, String)> {
    let shown = |answer: &catalog::Answer| {
        let values: Vec<&str> = answer.values.iter().map(|value| value.shown(page.tag())).collect();
        (answer.question_text.in_language(page.tag()).to_owned(), values.join(", "))
    };
    let extra = |answer: &catalog::ExtraAnswer| (answer.code.clone(), answer.values.join(", "));
    request.answers.answers.iter().map(shown).chain(request.answers.extra.iter().map(extra)).collect()
}

/// `GET /desk/requests/{number}/files/{name}`
pub(crate) async fn photo(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path((number, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let name: FileName = name.parse().map_err(|_| Refusal::NotFound)?;
    let (by, jurisdiction) = (staff.actor(), visit.jurisdiction().clone());
    let kind = app.db.read(move |tx| {
        let found = requests::find_by_number(tx, &by, &jurisdiction, &number)?;
        let request = found.ok_or(requests::files::FileError::Unknown)?.id;
        requests::files::open_for_staff(tx, &by, &jurisdiction, request, name)
    });
    let kind = kind.await;
    files::send(&app, kind, name).await
}
