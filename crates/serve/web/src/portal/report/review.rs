//! Is it right? Everything once more, with a way back to each part; then it is sent.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use geography::Point;
use requests::{Channel, Created, IdempotencyKey, NewRequest, Place, RequestError};

use super::draft::{Draft, Refused, Way};
use super::{CHECK, Report, Step, StepView};
use crate::app::App;
use crate::form::Posted;
use crate::page::{DECOY_FIELD, Faults, FormBox, Page, go_to};
use crate::portal::single_request::exact_lines;
use crate::refusal::Refusal;
use crate::request_faults::{Told, told};
use crate::visit::{Query, Visit};

/// The part of the page that says why a report could not be sent.
const FIELD: &str = "review";

/// `GET /report/{draft}/review`
pub(crate) async fn show(visit: Visit, Path(key): Path<String>, query: Query) -> Result<Response, Refusal> {
    let report = match Report::open(visit, &key).await?.require(Step::Review) {
        Ok(report) => report,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let is_checked = query.get(CHECK).is_some();
    let faults = if is_checked { report.refused(&[FIELD, DECOY_FIELD]) } else { Faults::default() };
    form(&report, &faults)
}

/// `POST /report/{draft}/review`: sends the report. The draft is the idempotency key, so that a second
/// press of the button leads to the same receipt.
pub(crate) async fn send(
    State(app): State<App>,
    visit: Visit,
    Path(key): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let report = match Report::open(visit, &key).await?.require(Step::Review) {
        Ok(report) => report,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let visit = report.visit.clone();
    if posted.given(DECOY_FIELD).is_some() {
        metrics::counter!("townline_decoys_filled_total").increment(1);
        return refuse(report, DECOY_FIELD, visit.language.say("fault-decoy").into_owned()).await;
    }
    deliver(&app, report).await
}

/// Makes the request of a whole draft: leads to its receipt, or to what has to be mended.
pub(super) async fn deliver(app: &App, report: Report) -> Result<Response, Refusal> {
    let visit = report.visit.clone();
    match store(app, &visit, new_request(&report)?).await {
        Ok(created) => Ok(go_to(&visit, &format!("/track/{}/receipt", created.tracking))),
        Err(error) => match told(&visit, &error, FIELD) {
            Told::Fault(fault) => refuse(report, FIELD, fault.text).await,
            Told::Refusal(refusal) => Err(refusal),
        },
    }
}

async fn store(app: &App, visit: &Visit, new: NewRequest) -> Result<Created, RequestError> {
    let catalog = visit.catalog.clone();
    let report = new.check(&catalog, visit.now)?;
    app.db.write(move |tx| requests::create(tx, &access::Actor::Resident, &catalog, &report)).await
}

/// Shows the review again, with why it could not be sent.
async fn refuse(mut report: Report, field: &str, text: String) -> Result<Response, Refusal> {
    report.draft.refused = Some(Refused { field: field.to_owned(), text });
    report.stay(Step::Review).await
}

fn new_request(report: &Report) -> Result<NewRequest, Refusal> {
    let Draft { description, answers, photos, contact, .. } = report.draft.clone();
    let service = report.service().ok_or(Refusal::NotNow)?;
    let zone = &report.visit.catalog.jurisdiction.zone;
    let answers = service.check_answers(&answers, zone).map_err(|_| Refusal::NotNow)?;
    Ok(NewRequest {
        service: service.id,
        place: place(&report.draft),
        description,
        answers,
        contact: contact.and_then(|part| part.contact(report.visit.language)),
        channel: Channel::Web,
        media_urls: Vec::new(),
        files: photos,
        confidential: false,
        idempotency: Some(idempotency(report)?),
    })
}

fn idempotency(report: &Report) -> Result<IdempotencyKey, Refusal> {
    // The same draft is the same report, whatever the two presses of the button saw of it.
    let refused = |error: RequestError| Refusal::broken(&report.visit.app, &error);
    IdempotencyKey::new(report.key.as_str(), report.key.as_str().as_bytes()).map_err(refused)
}

fn place(draft: &Draft) -> Place {
    let part = draft.place.clone().unwrap_or_default();
    let given = |text: String| (!text.is_empty()).then_some(text);
    Place {
        point: part.point.and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok()),
        address: given(part.address),
        address_id: None,
        zip: given(part.zip),
        words: given(part.words),
    }
}

/// One line of the review.
struct Line {
    step: Step,
    url: String,
    heading: String,
    texts: Vec<String>,
}

#[derive(Template)]
#[template(path = "portal/report/review.html")]
struct Lines<'a> {
    page: &'a Page,
    lines: Vec<Line>,
}

impl Line {
    fn change(&self, page: &Page) -> String {
        page.say(&format!("report-change-{}", self.step.as_str())).into_owned()
    }
}

fn form(report: &Report, faults: &Faults) -> Result<Response, Refusal> {
    let visit = &report.visit;
    let page = Page::new(visit);
    let above = Lines { page: &page, lines: lines(&page, report) }.render();
    let form = FormBox::new(&page, &report.path(Step::Review), "button-send-report").faults(faults).decoy();
    let mut view = StepView::new(Step::Review, form);
    view.above = above.map_err(|error| Refusal::broken(&visit.app, &error))?;
    view.lead = vec![page.say("report-review-lead").into_owned()];
    view.show(page, visit, Some(report))
}

fn lines(page: &Page, report: &Report) -> Vec<Line> {
    let line = |step: Step, texts: Vec<String>| Line {
        step,
        url: page.url(&report.path(step)),
        heading: page.say(&format!("report-step-{}", step.as_str())).into_owned(),
        texts: texts.into_iter().filter(|text| !text.is_empty()).collect(),
    };
    let draft = &report.draft;
    let service = report.service().map(|service| service.name.in_language(page.tag()).to_owned());
    let mut lines = vec![
        line(Step::Place, exact_lines(&place(draft))),
        line(Step::Service, service.into_iter().collect()),
        line(Step::Details, details(page, report)),
    ];
    if report.asks_photo() {
        lines.push(line(
            Step::Photos,
            vec![page.with("report-photos-count", "count", &draft.photos.len()).into_owned()],
        ));
    }
    lines.push(line(Step::Contact, contact(page, draft)));
    lines
}

fn details(page: &Page, report: &Report) -> Vec<String> {
    let mut texts = vec![report.draft.description.clone()];
    let zone = &report.visit.catalog.jurisdiction.zone;
    let answers =
        report.service().and_then(|service| service.check_answers(&report.draft.answers, zone).ok());
    for answer in answers.iter().flat_map(|answers| &answers.answers) {
        let values: Vec<&str> = answer.values.iter().map(|value| value.shown(page.tag())).collect();
        texts.push(format!("{} {}", answer.question_text.in_language(page.tag()), values.join(", ")));
    }
    texts
}

fn contact(page: &Page, draft: &Draft) -> Vec<String> {
    let part = draft.contact.clone().unwrap_or_default();
    match part.way {
        Way::Email => vec![page.say("report-contact-email").into_owned(), part.name, part.email],
        Way::Sms => vec![page.say("report-contact-sms").into_owned(), part.name, part.phone],
        Way::None | Way::Unsaid => vec![page.say("report-contact-no").into_owned()],
    }
}
