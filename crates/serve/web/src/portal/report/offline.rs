//! The whole report on one page, for where there is no connection.
//!
//! Browsers keep this page (see [`worker`](crate::portal::worker)), so it opens without us. With its owner's consent the
//! device keeps what was written and sends it once it can, under a key that the device has drawn. The key becomes
//! that of the [draft](super::draft) and so of the request: sent twice, it is one request (see [`super::review`]). What
//! cannot be taken as it is becomes a draft like any other, to be gone on with step by step. Without script it is a
//! plain form.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalog::{Question, Service, Stopper};
use http::StatusCode;

use super::draft::{self, ContactPart, Draft, DraftKey, PlacePart};
use super::{Report, Step, contact, details, photos, place, review, stopped};
use crate::app::App;
use crate::form::{Posted, QUESTION_PREFIX, query_string};
use crate::page::{Choice, DECOY_FIELD, Field, FormBox, Page, Shape, go_to, show as show_page};
use crate::refusal::Refusal;
use crate::visit::Visit;

/// The questions of one service, as the script needs them.
struct Asked {
    code: String,
    /// Why nobody here could act on it; then there is nothing to send.
    stopper: Option<String>,
    questions: Vec<AskedQuestion>,
}

/// One question and when it is asked.
struct AskedQuestion {
    /// The name of its field.
    name: String,
    /// The name of the field it depends on; empty when it is always asked.
    after: String,
    /// The answers of which one must have been given, as a JSON list; empty for any.
    any_of: String,
    /// The field, or a text that is only to be read.
    field: Result<Field, String>,
}

#[derive(Template)]
#[template(path = "portal/report/offline.html")]
struct OfflinePage {
    page: Page,
    form: FormBox,
    services: Vec<Asked>,
}

/// `GET /report/offline`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    let services = visit.catalog.active_services().map(|service| asked(&page, service)).collect();
    let template = OfflinePage { form: form(&visit, &page), services, page };
    show_page(&visit.app, StatusCode::OK, &template)
}

fn form(visit: &Visit, page: &Page) -> FormBox {
    let mut choices = vec![Choice::new("", page.say("choose-one"))];
    let name = |service: &Service| service.name.in_language(page.tag()).to_owned();
    choices.extend(visit.catalog.active_services().map(|service| Choice::new(&service.code, name(service))));
    // The language travels along, because what a device sends later carries no cookie.
    let action = format!("/report/offline{}", query_string([("lang", page.tag())]));
    FormBox::new(page, &action, "button-send-report")
        .with_files()
        .decoy()
        .fields(place::fields(page, &PlacePart::default()))
        .hidden("latitude", "")
        .hidden("longitude", "")
        .hidden("key", "")
        .field(Field::new(page, "service", "report-service-heading", Shape::List(choices)).required())
        .field(details::description_field(page, ""))
        .field(photos::field(page))
        .fields(contact::fields(page, &ContactPart::default()))
}

fn asked(page: &Page, service: &Service) -> Asked {
    let prefix = prefix(&service.code);
    Asked {
        stopper: service.stopper.as_ref().map(|stopper| stopper_words(page, stopper)),
        questions: service.questions.iter().map(|question| asked_question(page, &prefix, question)).collect(),
        code: service.code.clone(),
    }
}

/// Before the code of a question of this service: the page has the questions of all.
fn prefix(service: &str) -> String {
    format!("{QUESTION_PREFIX}{service}.")
}

fn asked_question(page: &Page, prefix: &str, question: &Question) -> AskedQuestion {
    let name = format!("{prefix}{}", question.code);
    let text = || question.text.in_language(page.tag()).to_owned();
    let condition = question.condition.as_ref();
    let keys = condition.map(|condition| condition.any_of.as_slice()).filter(|keys| !keys.is_empty());
    AskedQuestion {
        after: condition.map(|condition| format!("{prefix}{}", condition.question)).unwrap_or_default(),
        any_of: keys.map(|keys| serde_json::json!(keys).to_string()).unwrap_or_default(),
        field: if question.variable {
            Ok(details::named_field(page, name.clone(), question, &[]))
        } else {
            Err(text())
        },
        name,
    }
}

fn stopper_words(page: &Page, stopper: &Stopper) -> String {
    match stopper {
        Stopper::Emergency { number, .. } => page.with("stopper-emergency-heading", "number", number),
        Stopper::NotOurs { whom, .. } => {
            page.with("stopper-not-ours-whom", "whom", whom.in_language(page.tag()))
        }
    }
    .into_owned()
}

/// `POST /report/offline`: sends the report when it is whole, and otherwise leads to what is missing.
pub(crate) async fn take(State(app): State<App>, visit: Visit, posted: Posted) -> Result<Response, Refusal> {
    let report = begin(&app, visit, &posted).await?;
    if let Some(stopped) = stopped_at(&report, &posted) {
        return Ok(go_to(&report.visit, &stopped));
    }
    match report.next() {
        // A field that only programs fill in: a person looks at it once more.
        Step::Review if posted.given(DECOY_FIELD).is_none() => review::deliver(&app, report).await,
        step => report.stay(step).await,
    }
}

/// The draft under the key of the device, with everything that was sent.
async fn begin(app: &App, visit: Visit, posted: &Posted) -> Result<Report, Refusal> {
    let key = match posted.given("key") {
        Some(text) => DraftKey::read(text).ok_or_else(|| Refusal::Unreadable("key".to_owned()))?,
        None => {
            let drawn = app.db.write(|tx| Ok::<_, db::Error>(tx.random::<16>())).await;
            DraftKey::new(drawn.map_err(|error| Refusal::store(app, &error))?)
        }
    };
    // A place that may be several is kept as it was written: nobody is there to ask.
    let (place, _) = place::settle(&visit, place::read(posted)).await?;
    let service = posted.text("service");
    let draft = Draft {
        place: Some(place),
        service: visit.catalog.service_by_code(service).map(|known| known.code.clone()),
        has_known: true,
        description: posted.text("description").to_owned(),
        answers: details::answers_below(posted, &prefix(service)),
        contact: Some(contact::read(posted)),
        ..Draft::default()
    };
    let mut report = Report { visit, key, draft };
    report.draft.has_details = details::check(&report) == Ok(false);
    photos::add(app, &mut report, posted).await?;
    let (now, jurisdiction) = (report.visit.now, report.visit.jurisdiction().clone());
    let (key, kept) = (report.key.clone(), report.draft.clone());
    let begun = app.db.write(move |tx| draft::begin_as(tx, now, &jurisdiction, &key, &kept)).await;
    begun.map_err(|error| Refusal::store(app, &error))?;
    Ok(report)
}

/// Where it says whom to ask instead, when nobody here can act on the service or on what was answered.
fn stopped_at(report: &Report, posted: &Posted) -> Option<String> {
    let service = report.service()?;
    if service.stopper.is_some() {
        return Some(stopped::path(report, Some(posted.text("service"))));
    }
    (details::check(report) == Ok(true)).then(|| stopped::path(report, None))
}
