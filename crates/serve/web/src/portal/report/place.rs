//! Where is it? An address, a description in words, or both; a point when a map or device gave one.
//!
//! What was typed as an address is looked up in the town's map. One place of exactly that name is taken; where several
//! may be meant the resident is asked, and may always keep their own words. A town without a map takes words only.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use geography::Point;

use super::draft::{self, Draft, PlacePart};
use super::{CHECK, Report, Step, StepView};
use crate::app::App;
use crate::form::{Posted, one_line};
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape};
use crate::portal::places::{Candidate, candidates};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

const LINE_MAX: usize = 300;
const WORDS_MAX: usize = 1_000;
const ZIP_MAX: usize = 20;

/// Neither a latitude nor a longitude.
const NOWHERE: f64 = 1_000.0;

/// The answer "none of these: as I wrote it".
const AS_WRITTEN: &str = "as-written";

/// What was sent in this step.
pub(super) struct Sent {
    place: PlacePart,
    /// The address that the point belongs to; another one typed since needs another point.
    located: String,
    /// Which of the places offered was meant.
    choice: String,
}

/// `GET /report`, perhaps with a place or a service that was found already.
pub(crate) async fn begin(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let text = |name: &str| one_line(query.get(name).unwrap_or_default());
    let place = PlacePart {
        address: text("address").chars().take(LINE_MAX).collect(),
        zip: text("zip").chars().take(ZIP_MAX).collect(),
        words: String::new(),
        point: point(query.get("latitude"), query.get("longitude")),
    };
    form(&visit, None, &place, &Faults::default(), &text("service"), &[]).await
}

/// `POST /report`: begins the draft, also when the place is wrong, so that what was typed is kept.
pub(crate) async fn start(State(app): State<App>, visit: Visit, posted: Posted) -> Result<Response, Refusal> {
    let (place, is_clear) = settle(&visit, read(&posted)).await?;
    let known = visit.catalog.service_by_code(posted.text("service")).filter(|known| known.is_offered());
    let draft =
        Draft { place: Some(place), service: known.map(|known| known.code.clone()), ..Draft::default() };
    let (now, jurisdiction, kept) = (visit.now, visit.jurisdiction().clone(), draft.clone());
    let begun = app.db.write(move |tx| draft::begin(tx, now, &jurisdiction, &kept)).await;
    let key = begun.map_err(|error| Refusal::store(&app, &error))?;
    go_on_or_stay(Report { visit, key, draft }, is_clear).await
}

/// `GET /report/{draft}/place`
pub(crate) async fn show(visit: Visit, Path(key): Path<String>, query: Query) -> Result<Response, Refusal> {
    let report = Report::open(visit, &key).await?;
    let visit = &report.visit;
    let mut place = report.draft.place.clone().unwrap_or_default();
    if query.get(CHECK).is_none() {
        return form(visit, Some(&report), &place, &Faults::default(), "", &[]).await;
    }
    let found = faults(visit, &place);
    let offered = if place.point.is_none() { choose(visit, &mut place, "").await? } else { Vec::new() };
    form(visit, Some(&report), &place, &found, "", &offered).await
}

/// `POST /report/{draft}/place`
pub(crate) async fn take(visit: Visit, Path(key): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let mut report = Report::open(visit, &key).await?;
    let (place, is_clear) = settle(&report.visit, read(&posted)).await?;
    if report.draft.place.as_ref() != Some(&place) {
        report.draft.place = Some(place);
        report.draft.has_known = false;
    }
    go_on_or_stay(report, is_clear).await
}

async fn go_on_or_stay(report: Report, is_clear: bool) -> Result<Response, Refusal> {
    if is_clear && report.is_done(Step::Place) {
        report.go_on().await
    } else {
        report.stay(Step::Place).await
    }
}

pub(super) fn read(posted: &Posted) -> Sent {
    Sent {
        place: PlacePart {
            address: one_line(posted.text("address")),
            zip: one_line(posted.text("zip")),
            words: posted.text("words").to_owned(),
            point: point(posted.given("latitude"), posted.given("longitude")),
        },
        located: one_line(posted.text("located")),
        choice: posted.text("choice").to_owned(),
    }
}

/// What is no number is kept as a place that cannot be, because a draft holds finite numbers only.
fn point(latitude: Option<&str>, longitude: Option<&str>) -> Option<(f64, f64)> {
    let degrees =
        |text: &str| text.parse::<f64>().ok().filter(|degrees| degrees.is_finite()).unwrap_or(NOWHERE);
    latitude.map(degrees).zip(longitude.map(degrees))
}

/// The place as it is to be kept, and whether it is clear which one is meant.
pub(super) async fn settle(visit: &Visit, sent: Sent) -> Result<(PlacePart, bool), Refusal> {
    let Sent { mut place, located, choice } = sent;
    if !located.is_empty() && located != place.address {
        place.point = None;
    }
    let offered = if place.point.is_none() { choose(visit, &mut place, &choice).await? } else { Vec::new() };
    Ok((place, offered.is_empty()))
}

/// Takes the place that is meant, if that is clear; otherwise the places to choose from.
async fn choose(visit: &Visit, place: &mut PlacePart, choice: &str) -> Result<Vec<Candidate>, Refusal> {
    if place.address.is_empty() || choice == AS_WRITTEN {
        return Ok(Vec::new());
    }
    let map = visit.app.town_maps.of(visit).await?;
    let typed = format!("{} {}", place.address, place.zip);
    let found = candidates(visit, &map, &typed);
    let clear = match found.as_slice() {
        [only] if only.is_as_typed && only.is_exact() => Some(only),
        several => several.iter().find(|candidate| value(candidate) == choice),
    };
    match clear {
        Some(meant) => {
            place.address.clone_from(&meant.label);
            place.zip = meant.zip.clone().unwrap_or_else(|| place.zip.clone());
            // A whole street is no point: its middle would send a crew to the wrong end.
            place.point = meant.is_exact().then_some((meant.latitude, meant.longitude));
            Ok(Vec::new())
        }
        None => Ok(found),
    }
}

/// What a choice sends: the place itself, so that the answer means the same when the map has changed meanwhile.
fn value(candidate: &Candidate) -> String {
    format!("{},{}", candidate.latitude, candidate.longitude)
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

/// Other ways to give the place: all on one page, or on the map for those who have a script; what the map finds goes
/// into the fields of the form.
#[derive(Template)]
#[template(path = "portal/report/place_map.html")]
struct PlaceMap {
    page: Page,
    /// The edges of the town; nothing where it has no boundary and no map to show.
    town: Option<String>,
}

async fn form(
    visit: &Visit,
    report: Option<&Report>,
    place: &PlacePart,
    faults: &Faults,
    service: &str,
    offered: &[Candidate],
) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let action = report.map_or("/report".to_owned(), |report| report.path(Step::Place));
    let mut form = FormBox::new(&page, &action, "button-continue").faults(faults);
    if !offered.is_empty() {
        form = form.field(question(&page, offered));
    }
    form = form.fields(fields(&page, place).map(|field| field.faults(faults)));
    let form = if service.is_empty() { form } else { form.hidden("service", service) };
    // A place that was refused would be refused again, and nobody could see why.
    let point = place.point.filter(|_| faults.of("address").is_none());
    let mut view = StepView::new(Step::Place, with_point(form, point, &place.address));
    view.notices = super::notices(visit, None);
    view.lead = vec![page.say("report-place-lead").into_owned(), page.say("report-emergency").into_owned()];
    view.above = place_map(visit, &page).await?;
    view.show(page, visit, report)
}

/// The place by its address, in own words, or both.
pub(super) fn fields(page: &Page, place: &PlacePart) -> [Field; 3] {
    let address = Field::line(page, "address", "report-place-address", &place.address, LINE_MAX)
        .kind("text", "street-address")
        .hint(page, "report-place-address-hint");
    let words = Field::lines(page, "words", "report-place-words", &place.words, WORDS_MAX)
        .hint(page, "report-place-words-hint");
    let zip = Field::line(page, "zip", "report-place-zip", &place.zip, ZIP_MAX).kind("text", "postal-code");
    [address, words, zip]
}

/// "Which of these do you mean?" with a way out.
fn question(page: &Page, offered: &[Candidate]) -> Field {
    let mut choices: Vec<Choice> = offered
        .iter()
        .map(|candidate| Choice::new(value(candidate), &candidate.label).hint(candidate.whereabouts()))
        .collect();
    choices.push(Choice::new(AS_WRITTEN, page.say("report-place-as-written")));
    Field::new(page, "choice", "report-place-which", Shape::OneOf(choices)).required()
}

async fn place_map(visit: &Visit, page: &Page) -> Result<String, Refusal> {
    let map = visit.app.town_maps.of(visit).await?;
    let town = crate::portal::map::town_edges(visit, &map);
    let map = PlaceMap { page: page.clone(), town };
    map.render().map_err(|error| Refusal::broken(&visit.app, &error))
}

/// The point a map or device gave travels along unseen, with the address it belongs to.
fn with_point(form: FormBox, point: Option<(f64, f64)>, address: &str) -> FormBox {
    let (latitude, longitude) = point
        .map_or_else(Default::default, |(latitude, longitude)| (latitude.to_string(), longitude.to_string()));
    let located = if point.is_some() { address } else { "" };
    form.hidden("latitude", latitude).hidden("longitude", longitude).hidden("located", located.to_owned())
}
