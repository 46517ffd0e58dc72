//! One request with everything staff need, and everything they may do, on one page.

use access::Permission;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use requests::typical::Typical;
use requests::views::PublicLevelView;
use requests::{Contact, Event, FileName, Recorded, RequestError, StaffView};

use super::actions::{self, ActionForm, Attempt};
use crate::app::App;
use crate::files;
use crate::form::Posted;
use crate::page::{FormBox, Page, show as show_page};
use crate::portal::single_request::{exact_lines, in_path};
use crate::portal::track::typical_words;
use crate::portal::view::{self, Moment, Picture};
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

/// The address of a request's page at the desk.
pub(crate) fn path(number: &str) -> String {
    format!("/desk/requests/{}", in_path(number))
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
    answers: Vec<(String, String)>,
    pictures: Vec<Picture>,
    history: Vec<Moment>,
    typical: Option<String>,
    forms: Vec<ActionForm>,
    reveal: Option<FormBox>,
    contact: Option<Shown>,
    has_faults: bool,
}

/// Who reported, once somebody who may know has asked.
pub(crate) struct Shown(pub(crate) Option<Contact>);

/// `GET /desk/requests/{number}`
pub(crate) async fn show(
    visit: Visit,
    staff: Staff,
    Path(number): Path<String>,
) -> Result<Response, Refusal> {
    page(&visit, &staff, &number, None, None).await
}

/// `POST /desk/requests/{number}/contact`: shows who reported; that it was looked at is on record.
pub(crate) async fn reveal(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(number): Path<String>,
    _: Posted,
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
    page(&visit, &staff, &number, None, Some(Shown(shown))).await
}

/// Everything read for the page.
struct Opened {
    request: StaffView,
    history: Vec<Recorded>,
    typical: Option<Typical>,
}

async fn open(visit: &Visit, staff: &Staff, number: &str) -> Result<Opened, Refusal> {
    let (by, jurisdiction, number) = (staff.actor(), visit.jurisdiction().clone(), number.to_owned());
    let opened = visit.app.db.read(move |tx| {
        let Some(request) = requests::find_by_number(tx, &by, &jurisdiction, &number)? else {
            return Ok::<_, RequestError>(None);
        };
        let history = requests::timeline::staff(tx, &by, &jurisdiction, request.id)?;
        let typical = requests::typical::of(tx, &jurisdiction, request.service)?;
        Ok(Some(Opened { request, history, typical }))
    });
    opened.await.map_err(|error| Refusal::request(&visit.app, &error))?.ok_or(Refusal::NotFound)
}

/// The page, perhaps with a form that could not be taken, or with who reported.
pub(crate) async fn page(
    visit: &Visit,
    staff: &Staff,
    number: &str,
    attempt: Option<&Attempt>,
    contact: Option<Shown>,
) -> Result<Response, Refusal> {
    let Opened { request, history, typical } = open(visit, staff, number).await?;
    let page = Page::new(visit);
    let catalog = &visit.catalog;
    let may_reveal = visit.may(Permission::ViewPersonalData) && contact.is_none();
    let contact_path = format!("{}/contact", path(&request.number));
    let status = attempt.map_or(StatusCode::OK, |attempt| attempt.faults().status());
    let template = DeskRequestPage {
        service: view::service_name(catalog, &page, request.service),
        department: view::department_name(catalog, &page, request.department),
        team: team_name(visit, &page, request.team),
        status: view::status(&page, request.state.status()),
        badge: view::badge(visit, request.state.status(), request.due_at),
        channel: page.say(&format!("channel-{}", view::key(request.channel.as_str()))).into_owned(),
        level: page.say(level_key(&request)).into_owned(),
        place: exact_lines(&request.place),
        answers: answers(&page, &request),
        pictures: view::pictures(
            &page,
            &format!("{}/files", path(&request.number)),
            &request.number,
            &request.photos,
        ),
        history: history.iter().rev().map(|recorded| moment(visit, &page, recorded)).collect(),
        typical: typical.map(|typical| typical_words(&page, &typical)),
        forms: actions::forms(visit, &page, &request, attempt),
        reveal: may_reveal.then(|| FormBox::new(&page, &contact_path, "desk-contact-button").quiet()),
        contact,
        has_faults: attempt.is_some(),
        request,
        page: page.clone(),
    };
    show_page(&visit.app, status, &template)
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

/// One event, with the words that only staff may read.
fn moment(visit: &Visit, page: &Page, recorded: &Recorded) -> Moment {
    let (what, text) = match &recorded.event {
        Event::Refused { reason, suggestion } => {
            let team = team_name(visit, page, *suggestion);
            (page.with("happening-refused", "team", &team).into_owned(), Some(reason.clone()))
        }
        Event::InternalNote { note } => {
            (page.say("happening-internal-note").into_owned(), Some(note.clone()))
        }
        Event::ConfidentialSet { confidential: true } => (page.say("happening-hidden").into_owned(), None),
        Event::ConfidentialSet { confidential: false } => (page.say("happening-shown").into_owned(), None),
        Event::WorkOrdered { reference, .. } => {
            (page.say("happening-work-ordered").into_owned(), Some(reference.clone()))
        }
        event => (open_words(visit, page, event), event_text(event)),
    };
    let is_end = matches!(recorded.event, Event::Closed { .. });
    Moment { at: recorded.at, who: view::author(page, recorded.by.kind()), what, text, is_end }
}

fn open_words(visit: &Visit, page: &Page, event: &Event) -> String {
    let what = requests::timeline::happening(event);
    what.map_or_else(String::new, |what| view::happening(visit, page, &what))
}

fn event_text(event: &Event) -> Option<String> {
    match event {
        Event::Closed { note, .. } | Event::PublicNote { note } => Some(note.whole().to_owned()),
        Event::Paused { reason, .. } | Event::Reopened { reason } => Some(reason.clone()),
        Event::InformationAdded { text } => Some(text.clone()),
        _ => None,
    }
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
