//! A new request for somebody who calls, writes or stands at the counter: one page, no steps.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalog::{Answers, Service};
use requests::{Channel, Contact, NewRequest, Place, RequestError};

use super::request_page::path;
use crate::app::App;
use crate::form::{Posted, one_line, query_string};
use crate::page::{Choice, Faults, Field, FormBox, FormPage, Page, Shape, chosen, go_to, show as show_page};
use crate::portal::report::contact::contact_fields;
use crate::portal::report::details::{add_answer_faults, given_answers, question_field};
use crate::portal::report::draft::ContactPart;
use crate::portal::stopper;
use crate::refusal::Refusal;
use crate::request_faults::{Told, told};
use crate::service_search;
use crate::visit::{Query, Staff, Visit};

const LINE_MAX: usize = 300;
const TEXT_MAX: usize = 4_000;
/// Ways in which somebody else's words reach an agent.
const CHANNELS: [Channel; 7] = [
    Channel::Phone,
    Channel::WalkIn,
    Channel::Email,
    Channel::Letter,
    Channel::Sms,
    Channel::Social,
    Channel::Staff,
];

/// One service to choose.
struct Offered {
    name: String,
    group: String,
    url: String,
}

#[derive(Template)]
#[template(path = "desk/choose_service.html")]
struct ChoosePage {
    page: Page,
    query: String,
    services: Vec<Offered>,
}

/// `GET /desk/new`: first the service, then its form.
pub(crate) async fn show(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let service = query.get("service").and_then(|code| visit.catalog.service_by_code(code));
    match service.filter(|service| service.active) {
        Some(service) => match &service.stopper {
            Some(stopper) => stopper::show(&visit, stopper, "/desk/new"),
            None => form(&visit, service, &Posted::default(), &Faults::default()),
        },
        None => choose(&visit, query.get("q").unwrap_or_default()),
    }
}

fn choose(visit: &Visit, words: &str) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let offered = |service: &Service| Offered {
        name: service.name.in_language(page.tag()).to_owned(),
        group: service.group.in_language(page.tag()).to_owned(),
        url: page.url(&format!("/desk/new{}", query_string([("service", service.code.as_str())]))),
    };
    let services = service_search::find(&visit.catalog, words).into_iter().map(offered).collect();
    let template = ChoosePage { query: words.to_owned(), services, page: page.clone() };
    show_page(&visit.app, http::StatusCode::OK, &template)
}

fn form(visit: &Visit, service: &Service, typed: &Posted, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let answers = given_answers(typed);
    let asked: Vec<_> =
        service.questions_asked(&answers).into_iter().filter(|question| question.variable).collect();
    let mut form =
        FormBox::new(&page, "/desk/new", "desk-new-button").faults(faults).hidden("service", &service.code);
    for question in &asked {
        form = form.hidden("shown", question.code.clone());
    }
    let questions: Vec<Field> =
        asked.iter().map(|question| question_field(&page, question, &answers)).collect();
    let fields =
        first_fields(&page, typed).into_iter().chain(questions).chain(contact_fields(&page, &contact(typed)));
    let form = form.fields(fields.map(|field| field.faults(faults)));
    let heading = page.with("desk-new-heading", "service", service.name.in_language(page.tag()));
    FormPage::new(&page, heading, form).back("/desk/new", "desk-new-back").show(visit)
}

fn first_fields(page: &Page, typed: &Posted) -> Vec<Field> {
    let channel = |channel: Channel| {
        let word = channel.as_str();
        Choice::new(word, page.say(&format!("channel-{}", word.replace('_', "-"))))
    };
    let chosen_channel = typed.given("channel").unwrap_or(Channel::Phone.as_str());
    let channels = chosen(CHANNELS.into_iter().map(channel).collect(), &[chosen_channel]);
    vec![
        Field::new(page, "channel", "desk-new-channel", Shape::List(channels)),
        Field::line(page, "address", "report-place-address", typed.text("address"), LINE_MAX),
        Field::line(page, "words", "report-place-words", typed.text("words"), LINE_MAX),
        Field::lines(page, "description", "desk-new-description", typed.text("description"), TEXT_MAX),
    ]
}

fn contact(typed: &Posted) -> ContactPart {
    ContactPart {
        name: one_line(typed.text("name")),
        email: one_line(typed.text("email")),
        phone: one_line(typed.text("phone")),
        ..ContactPart::default()
    }
}

/// `POST /desk/new`
pub(crate) async fn take(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    posted: Posted,
) -> Result<Response, Refusal> {
    let catalog = visit.catalog.clone();
    let service = catalog.service_by_code(posted.text("service")).filter(|service| service.is_offered());
    let service = service.ok_or(Refusal::NotFound)?;
    let given = given_answers(&posted);
    let shown: Vec<&str> = posted.all("shown").collect();
    let is_new =
        |question: &&catalog::Question| question.variable && !shown.contains(&question.code.as_str());
    if service.questions_asked(&given).iter().any(is_new) {
        return form(&visit, service, &posted, &Faults::default());
    }
    let answers = match service.check_answers(&given, &catalog.jurisdiction.zone) {
        Ok(answers) => answers,
        Err(problems) => {
            let mut faults = Faults::default();
            add_answer_faults(&mut faults, &problems, visit.language);
            return form(&visit, service, &posted, &faults);
        }
    };
    if let Some(stopper) = service.stopper_for(&answers) {
        return stopper::show(&visit, stopper, "/desk/new");
    }
    let report = match new_request(&visit, service, answers, &posted).check(&catalog, visit.now) {
        Ok(report) => report,
        Err(error) => return refused(&visit, service, &posted, &error),
    };
    let (by, kept) = (staff.actor(), catalog.clone());
    let created = app.db.write(move |tx| requests::create(tx, &by, &kept, &report)).await;
    match created {
        Ok(created) => Ok(go_to(&visit, &path(&created.number))),
        Err(error) => refused(&visit, service, &posted, &error),
    }
}

fn refused(
    visit: &Visit,
    service: &Service,
    posted: &Posted,
    error: &RequestError,
) -> Result<Response, Refusal> {
    match told(visit, error, "address") {
        Told::Fault(fault) => {
            let mut faults = Faults::default();
            faults.add(fault.field, fault.text);
            form(visit, service, posted, &faults)
        }
        Told::Refusal(refusal) => Err(refusal),
    }
}

fn new_request(visit: &Visit, service: &Service, answers: Answers, posted: &Posted) -> NewRequest {
    let given = |name: &str| posted.given(name).map(str::to_owned);
    NewRequest {
        service: service.id,
        place: Place { address: given("address"), words: given("words"), ..Place::default() },
        description: posted.text("description").to_owned(),
        answers,
        contact: caller(visit, posted),
        channel: posted.text("channel").parse().unwrap_or(Channel::Phone),
        media_urls: Vec::new(),
        files: Vec::new(),
        confidential: false,
        idempotency: None,
    }
}

/// Who called, if they said so.
fn caller(visit: &Visit, posted: &Posted) -> Option<Contact> {
    let given = |name: &str| Some(one_line(posted.text(name))).filter(|text| !text.is_empty());
    let [name, email, phone] = ["name", "email", "phone"].map(given);
    let is_known = name.is_some() || email.is_some() || phone.is_some();
    is_known.then(|| Contact { name, email, phone, language: Some(visit.language.tag().to_owned()) })
}
