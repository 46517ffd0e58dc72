//! A new request for somebody who calls, writes or stands at the counter: one page, no steps.
//!
//! The service, the place and what is known already answer while one types, where scripts run; without them the same
//! form asks a second time for whatever it then knows to be missing. At the end stands what to read out to the caller.

mod fields;
mod parts;
pub(crate) mod read_out;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalog::{Answers, Service};
use geography::Point;
use requests::{Channel, Contact, NewRequest, Place, RequestError};

use self::fields::Typed;
use crate::app::App;
use crate::form::{Posted, one_line};
use crate::page::{Faults, Field, Page, Summary, go_to, show as show_page};
use crate::portal::places::candidates;
use crate::portal::report::details::{add_answer_faults, given_answers};
use crate::portal::stopper;
use crate::refusal::Refusal;
use crate::request_faults::{Told, told};
use crate::visit::{Query, Staff, Visit};
use crate::words::Language;

#[derive(Template)]
#[template(path = "desk/intake.html")]
struct IntakePage {
    page: Page,
    summary: Summary,
    service: Field,
    place: Vec<Field>,
    point: (String, String),
    described: Field,
    questions: parts::Questions,
    caller: Vec<Field>,
    has_faults: bool,
}

/// `GET /desk/new`, perhaps with a service or an address that is known already; with `part`, one piece of it.
pub(crate) async fn show(visit: Visit, staff: Staff, query: Query) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    match query.get("part") {
        Some("services") => return parts::services(&visit, &page, query.get("q").unwrap_or_default()),
        Some("known") => return parts::known(&visit, &staff, page, &query).await,
        _ => {}
    }
    let service = query.get("service").and_then(|code| visit.catalog.service_by_code(code));
    if let Some(stopper) = service.and_then(|service| service.stopper.as_ref()) {
        return stopper::show(&visit, stopper, "/desk/new");
    }
    let typed = Posted::of(["service", "address"].map(|name| (name, query.get(name).unwrap_or_default())));
    form(&visit, &typed, &Faults::default())
}

fn form(visit: &Visit, posted: &Posted, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let typed = Typed { page: &page, visit, posted };
    let with_faults = |fields: Vec<Field>| fields.into_iter().map(|field| field.faults(faults)).collect();
    let template = IntakePage {
        summary: faults.summary(&page),
        service: typed.service().faults(faults),
        place: with_faults(typed.place()),
        point: (posted.text("latitude").to_owned(), posted.text("longitude").to_owned()),
        described: typed.description().faults(faults),
        questions: parts::Questions::of(&page, typed.chosen_service(), posted, faults),
        caller: with_faults(typed.caller()),
        has_faults: !faults.is_empty(),
        page: page.clone(),
    };
    show_page(&visit.app, faults.status(), &template)
}

/// `POST /desk/new`; with `part`, only the questions that the answers so far have brought up.
pub(crate) async fn take(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    posted: Posted,
) -> Result<Response, Refusal> {
    let catalog = visit.catalog.clone();
    let service = catalog.service_by_code(posted.text("service")).filter(|service| service.active);
    if posted.text("part") == "questions" {
        return parts::questions(&visit, service, &posted);
    }
    let Some(service) = service else {
        let mut faults = Faults::default();
        faults.add("service", visit.language.say("fault-service"));
        return form(&visit, &posted, &faults);
    };
    let answers = match answered(&visit, service, &posted) {
        Answered::Whole(answers) => answers,
        Answered::Not(answer) => return answer,
    };
    let report = match new_request(&visit, service, answers, &posted).await?.check(&catalog, visit.now) {
        Ok(report) => report,
        Err(error) => return refused(&visit, &posted, &error),
    };
    let (by, kept) = (staff.actor(), catalog.clone());
    match app.db.write(move |tx| requests::create(tx, &by, &kept, &report)).await {
        Ok(created) => Ok(go_to(&visit, &read_out::path(&created.number, posted.text("language")))),
        Err(error) => refused(&visit, &posted, &error),
    }
}

/// Whether the questions of the service are answered.
enum Answered {
    Whole(Answers),
    /// What is shown instead.
    Not(Result<Response, Refusal>),
}

fn answered(visit: &Visit, service: &Service, posted: &Posted) -> Answered {
    if let Some(stopper) = &service.stopper {
        return Answered::Not(stopper::show(visit, stopper, "/desk/new"));
    }
    let given = given_answers(posted);
    let shown: Vec<&str> = posted.all("shown").collect();
    let is_new =
        |question: &&catalog::Question| question.variable && !shown.contains(&question.code.as_str());
    if service.questions_asked(&given).iter().any(is_new) {
        return Answered::Not(form(visit, posted, &Faults::default()));
    }
    match service.check_answers(&given, &visit.catalog.jurisdiction.zone) {
        Err(problems) => {
            let mut faults = Faults::default();
            add_answer_faults(&mut faults, &problems, visit.language);
            Answered::Not(form(visit, posted, &faults))
        }
        Ok(answers) => match service.stopper_for(&answers) {
            Some(stopper) => Answered::Not(stopper::show(visit, stopper, "/desk/new")),
            None => Answered::Whole(answers),
        },
    }
}

fn refused(visit: &Visit, posted: &Posted, error: &RequestError) -> Result<Response, Refusal> {
    match told(visit, error, "address") {
        Told::Fault(fault) => {
            let mut faults = Faults::default();
            faults.add(fault.field, fault.text);
            form(visit, posted, &faults)
        }
        Told::Refusal(refusal) => Err(refusal),
    }
}

async fn new_request(
    visit: &Visit,
    service: &Service,
    answers: Answers,
    posted: &Posted,
) -> Result<NewRequest, Refusal> {
    let given = |name: &str| posted.given(name).map(str::to_owned);
    let point = located(visit, posted).await?;
    Ok(NewRequest {
        service: service.id,
        place: Place { point, address: given("address"), words: given("words"), ..Place::default() },
        description: posted.text("description").to_owned(),
        answers,
        contact: caller(visit, posted),
        channel: posted.text("channel").parse().unwrap_or(Channel::Phone),
        media_urls: Vec::new(),
        files: Vec::new(),
        confidential: false,
        idempotency: None,
    })
}

/// The point that was chosen with the address; otherwise the one place of the town that is called exactly so.
async fn located(visit: &Visit, posted: &Posted) -> Result<Option<Point>, Refusal> {
    if let Some(point) = point(posted.text("latitude"), posted.text("longitude")) {
        return Ok(Some(point));
    }
    let Some(address) = posted.given("address") else { return Ok(None) };
    let map = visit.app.town_maps.of(visit).await?;
    let found = candidates(visit, &map, address);
    let mut exact = found.iter().filter(|place| place.is_as_typed && place.is_exact());
    Ok(match (exact.next(), exact.next()) {
        (Some(only), None) => Point::new(only.latitude, only.longitude).ok(),
        _ => None,
    })
}

fn point(latitude: &str, longitude: &str) -> Option<Point> {
    Point::new(latitude.parse().ok()?, longitude.parse().ok()?).ok()
}

/// Who called, if they said so.
fn caller(visit: &Visit, posted: &Posted) -> Option<Contact> {
    let given = |name: &str| Some(one_line(posted.text(name))).filter(|text| !text.is_empty());
    let [name, email, phone] = ["name", "email", "phone"].map(given);
    let language = Language::from_tag(posted.text("language")).unwrap_or(visit.language);
    let is_known = name.is_some() || email.is_some() || phone.is_some();
    is_known.then(|| Contact { name, email, phone, language: Some(language.tag().to_owned()) })
}
