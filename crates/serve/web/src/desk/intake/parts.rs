//! Pieces of the page for a call that answer while one types.

use askama::Template;
use axum::response::Response;
use catalog::Service;
use http::StatusCode;

use super::point;
use crate::desk::near::{Likeness, Near};
use crate::form::Posted;
use crate::page::{Faults, Field, Page, show as show_page};
use crate::portal::report::details::{given_answers, question_field};
use crate::refusal::Refusal;
use crate::service_search;
use crate::visit::{Query, Staff, Visit};

/// Services offered for some words.
const SERVICES_MAX: usize = 8;

/// One service to choose.
struct Offered {
    code: String,
    name: String,
    group: String,
}

#[derive(Template)]
#[template(path = "desk/intake_services.html")]
struct Services {
    services: Vec<Offered>,
}

/// Services by their names and by the words people use for them, in every language.
pub(super) fn services(visit: &Visit, page: &Page, words: &str) -> Result<Response, Refusal> {
    let offered = |service: &Service| Offered {
        code: service.code.clone(),
        name: service.name.in_language(page.tag()).to_owned(),
        group: service.group.in_language(page.tag()).to_owned(),
    };
    let found = service_search::find(&visit.catalog, words).into_iter().take(SERVICES_MAX);
    show_page(&visit.app, StatusCode::OK, &Services { services: found.map(offered).collect() })
}

/// The questions of a service that are to be asked now.
#[derive(Template)]
#[template(path = "desk/intake_questions.html")]
pub(super) struct Questions {
    /// Codes of what is shown, so that the next answer tells what is new.
    shown: Vec<String>,
    fields: Vec<Field>,
    /// What to tell a caller whose matter is not taken here.
    stopper: Option<String>,
}

impl Questions {
    pub(super) fn of(page: &Page, service: Option<&Service>, posted: &Posted, faults: &Faults) -> Self {
        let answers = given_answers(posted);
        let asked = service.map(|service| service.questions_asked(&answers)).unwrap_or_default();
        let asked: Vec<_> = asked.into_iter().filter(|question| question.variable).collect();
        let field = |question: &&catalog::Question| question_field(page, question, &answers).faults(faults);
        let stops = service.is_some_and(|service| service.stopper.is_some());
        Self {
            shown: asked.iter().map(|question| question.code.clone()).collect(),
            fields: asked.iter().map(field).collect(),
            stopper: stops.then(|| page.say("desk-new-stopped").into_owned()),
        }
    }
}

pub(super) fn questions(
    visit: &Visit,
    service: Option<&Service>,
    posted: &Posted,
) -> Result<Response, Refusal> {
    let questions = Questions::of(&Page::new(visit), service, posted, &Faults::default());
    show_page(&visit.app, StatusCode::OK, &questions)
}

#[derive(Template)]
#[template(path = "desk/intake_known.html")]
struct Known {
    page: Page,
    near: Vec<Near>,
}

/// Open requests that the caller may mean.
pub(super) async fn known(
    visit: &Visit,
    staff: &Staff,
    page: Page,
    query: &Query,
) -> Result<Response, Refusal> {
    let service = query.get("service").and_then(|code| visit.catalog.service_by_code(code));
    let text = |name: &str| query.get(name).unwrap_or_default();
    let likeness = service.map(|service| Likeness {
        service: service.id,
        point: point(text("latitude"), text("longitude")),
        address: text("address").to_owned(),
    });
    let Some(likeness) = likeness else {
        return show_page(&visit.app, StatusCode::OK, &Known { page, near: Vec::new() });
    };
    let (seen, reader, like) = (visit.clone(), staff.clone(), likeness.clone());
    let found = visit.app.db.read(move |tx| like.find(tx, &seen, &reader, None)).await;
    let found = found.map_err(|error| Refusal::request(&visit.app, &error))?;
    let near = found.iter().map(|request| likeness.shown(visit, &page, request)).collect();
    show_page(&visit.app, StatusCode::OK, &Known { page, near })
}
