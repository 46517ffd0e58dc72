//! Where is it? An address, a description in words, or both; a point when a map or device gave one.

use axum::extract::{Path, State};
use axum::response::Response;
use geography::Point;

use super::draft::{self, Draft, PlacePart};
use super::{CHECK, Report, Step, StepView};
use crate::app::App;
use crate::form::{Posted, one_line};
use crate::page::{Faults, Field, FormBox, Page};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

const LINE_MAX: usize = 300;
const WORDS_MAX: usize = 1_000;
const ZIP_MAX: usize = 20;
/// Neither a latitude nor a longitude.
const NOWHERE: f64 = 1_000.0;

/// `GET /report`: an address or a service may have been chosen on the way here.
pub(crate) async fn begin(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let address = one_line(query.get("address").unwrap_or_default()).chars().take(LINE_MAX).collect();
    let place = PlacePart { address, ..PlacePart::default() };
    form(&visit, None, &place, &Faults::default(), query.get("service").unwrap_or_default())
}

/// `POST /report`: begins the draft, also when the place is wrong, so that what was typed is kept.
pub(crate) async fn start(State(app): State<App>, visit: Visit, posted: Posted) -> Result<Response, Refusal> {
    let place = read(&posted);
    let known = visit.catalog.service_by_code(posted.text("service")).filter(|known| known.is_offered());
    let draft =
        Draft { place: Some(place), service: known.map(|known| known.code.clone()), ..Draft::default() };
    let (now, jurisdiction, kept) = (visit.now, visit.jurisdiction().clone(), draft.clone());
    let begun = app.db.write(move |tx| draft::begin(tx, now, &jurisdiction, &kept)).await;
    let key = begun.map_err(|error| Refusal::store(&app, &error))?;
    go_on_or_stay(Report { visit, key, draft }).await
}

/// `GET /report/{draft}/place`
pub(crate) async fn show(visit: Visit, Path(key): Path<String>, query: Query) -> Result<Response, Refusal> {
    let report = Report::open(visit, &key).await?;
    let place = report.draft.place.clone().unwrap_or_default();
    let is_checked = query.get(CHECK).is_some();
    let found = if is_checked { faults(&report.visit, &place) } else { Faults::default() };
    form(&report.visit, Some(&report), &place, &found, "")
}

/// `POST /report/{draft}/place`
pub(crate) async fn take(visit: Visit, Path(key): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let mut report = Report::open(visit, &key).await?;
    let place = Some(read(&posted));
    if report.draft.place != place {
        report.draft.place = place;
        report.draft.has_known = false;
    }
    go_on_or_stay(report).await
}

async fn go_on_or_stay(report: Report) -> Result<Response, Refusal> {
    if report.is_done(Step::Place) { report.go_on().await } else { report.stay(Step::Place).await }
}

fn read(posted: &Posted) -> PlacePart {
    // What is no number is kept as a place that cannot be, because a draft holds finite numbers only.
    let number = |text: &str| text.parse::<f64>().ok().filter(|degrees| degrees.is_finite());
    let degrees = |name: &str| posted.given(name).map(|text| number(text).unwrap_or(NOWHERE));
    PlacePart {
        address: one_line(posted.text("address")),
        zip: one_line(posted.text("zip")),
        words: posted.text("words").to_owned(),
        point: degrees("latitude").zip(degrees("longitude")),
    }
}

/// What is wrong with a place.
pub(crate) fn faults(visit: &Visit, place: &PlacePart) -> Faults {
    let say = |key: &str| visit.language.say(key);
    let mut faults = Faults::default();
    if place.address.is_empty() && place.words.is_empty() && place.point.is_none() {
        faults.add("address", say("report-place-missing"));
    }
    for (field, text, max) in [
        ("address", &place.address, LINE_MAX),
        ("zip", &place.zip, ZIP_MAX),
        ("words", &place.words, WORDS_MAX),
    ] {
        if text.chars().count() > max {
            faults.add(field, visit.language.with("fault-too-long", "max", &max));
        }
    }
    match place.point.map(|(latitude, longitude)| Point::new(latitude, longitude)) {
        Some(Err(_)) => faults.add("address", say("report-place-bad-point")),
        Some(Ok(point)) if !visit.catalog.place(point).inside => {
            faults.add("address", say("report-place-outside"));
        }
        Some(Ok(_)) | None => {}
    }
    faults
}

fn form(
    visit: &Visit,
    report: Option<&Report>,
    place: &PlacePart,
    faults: &Faults,
    service: &str,
) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let action = report.map_or("/report".to_owned(), |report| report.path(Step::Place));
    let address = Field::line(&page, "address", "report-place-address", &place.address, LINE_MAX)
        .kind("text", "street-address")
        .hint(&page, "report-place-address-hint");
    let words = Field::lines(&page, "words", "report-place-words", &place.words, WORDS_MAX)
        .hint(&page, "report-place-words-hint");
    let zip = Field::line(&page, "zip", "report-place-zip", &place.zip, ZIP_MAX).kind("text", "postal-code");
    let form = FormBox::new(&page, &action, "button-continue")
        .faults(faults)
        .fields([address, words, zip].map(|field| field.faults(faults)));
    let form = if service.is_empty() { form } else { form.hidden("service", service) };
    let mut view = StepView::new(Step::Place, with_point(form, place));
    view.notices = super::notices(visit, None);
    view.lead = vec![page.say("report-place-lead").into_owned(), page.say("report-emergency").into_owned()];
    view.show(page, visit, report)
}

/// The point a map or device gave travels along unseen.
fn with_point(form: FormBox, place: &PlacePart) -> FormBox {
    match place.point.filter(|(latitude, longitude)| latitude.is_finite() && longitude.is_finite()) {
        Some((latitude, longitude)) => {
            form.hidden("latitude", latitude.to_string()).hidden("longitude", longitude.to_string())
        }
        None => form,
    }
}
