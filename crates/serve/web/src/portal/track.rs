//! The private status page: everything the one who reported may know, and what they may still do.
//!
//! Whoever holds the link may act as the reporter. A wrong link answers like a page that does not exist.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use requests::survey::{self, Satisfaction};
use requests::timeline::{Happening, ReporterEntry};
use requests::{
    FileName, PublicOutcome, Reporter, ReporterChange, ReporterView, RequestError, TrackingToken,
    typical::Typical,
};

use super::set_aside::SetAside;
use super::single_request::exact_lines;
use super::view::{self, Moment, Pictures};
use crate::app::App;
use crate::files;
use crate::form::Posted;
use crate::outside;
use crate::page::{Choice, Fault, Faults, Field, FormBox, Page, Shape, chosen, go_to, show as show_page};
use crate::photos;
use crate::qr;
use crate::refusal::Refusal;
use crate::request_faults::{Told, told};
use crate::visit::{Query, Visit};

const TEXT_MAX: usize = 4_000;
const REASON_MAX: usize = 1_000;

/// Everything the page shows.
struct Tracked {
    request: ReporterView,
    history: Vec<ReporterEntry>,
    typical: Option<Typical>,
    answered: Option<survey::Answer>,
    others: Option<survey::Summary>,
}

async fn open(visit: &Visit, token: &str) -> Result<(Tracked, TrackingToken), Refusal> {
    let token: TrackingToken = token.parse().map_err(|_| Refusal::NotFound)?;
    let (now, jurisdiction, wanted) = (visit.now, visit.jurisdiction().clone(), token.clone());
    let found = visit.app.db.read(move |tx| {
        let Some(reporter) = requests::reporter(tx, &jurisdiction, &wanted)? else {
            return Ok::<_, RequestError>(None);
        };
        let request = requests::find_reported(tx, &reporter)?;
        let history = requests::timeline::reported(tx, &reporter)?;
        let typical = requests::typical::of(tx, &jurisdiction, request.service)?;
        let answered = survey::of(tx, &reporter)?;
        let others = survey::summary(tx, now, &jurisdiction, request.service)?;
        Ok(Some(Tracked { request, history, typical, answered, others }))
    });
    let found = found.await.map_err(|error| Refusal::request(&visit.app, &error))?;
    Ok((found.ok_or(Refusal::NotFound)?, token))
}

#[derive(Template)]
#[template(path = "portal/track.html")]
struct TrackPage {
    page: Page,
    request: ReporterView,
    service: String,
    department: String,
    status: String,
    badge: &'static str,
    outcome: Option<String>,
    place: Vec<String>,
    answers: Vec<(String, String)>,
    photos: Pictures,
    history: Vec<Moment>,
    typical: Option<String>,
    others: Option<survey::Summary>,
    survey: Survey,
    information: FormBox,
    not_fixed: Option<FormBox>,
    withdraw: Option<FormBox>,
    has_faults: bool,
}

/// `GET /track/{token}`
pub(crate) async fn show(visit: Visit, Path(token): Path<String>, query: Query) -> Result<Response, Refusal> {
    let (Tracked { request, history, typical, answered, others }, token) = open(&visit, &token).await?;
    let kept = SetAside::read(&visit, &query).await?;
    let page = Page::new(&visit);
    let base = format!("/track/{token}");
    let moment = |entry: ReporterEntry| Moment {
        at: entry.at,
        who: view::author(&page, entry.by),
        what: view::happening(&visit, &page, &entry.what),
        is_end: matches!(entry.what, Happening::Closed { .. }),
        text: entry.text,
    };
    let is_open = request.status.is_open();
    let template = TrackPage {
        service: view::service_name(&visit.catalog, &page, request.service),
        department: view::department_name(&visit.catalog, &page, request.department),
        status: view::status(&page, request.status),
        badge: view::badge(&visit, request.status, request.promised_at),
        outcome: request.outcome.map(|outcome| view::outcome(&page, outcome)),
        place: exact_lines(&request.place),
        answers: answers(&page, &request),
        photos: Pictures::of(&page, &format!("{base}/files"), &request.number, &request.photos),
        history: history.into_iter().map(moment).collect(),
        typical: typical.map(|typical| typical_words(&page, &typical)),
        others,
        survey: Survey::of(&page, &base, &request, answered, &kept),
        information: information_form(&page, &base, &kept),
        not_fixed: (!is_open).then(|| not_fixed_form(&page, &base, &kept)),
        withdraw: is_open
            .then(|| FormBox::new(&page, &format!("{base}/withdraw"), "track-withdraw-button").quiet()),
        has_faults: !kept.faults().is_empty(),
        request,
        page: page.clone(),
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

fn answers(page: &Page, request: &ReporterView) -> Vec<(String, String)> {
    let shown = |answer: &catalog::Answer| {
        let values: Vec<&str> = answer.values.iter().map(|value| value.shown(page.tag())).collect();
        (answer.question_text.in_language(page.tag()).to_owned(), values.join(", "))
    };
    request.answers.answers.iter().map(shown).collect()
}

/// "Four out of five like this are done within 6 days", from how many it was counted.
pub(crate) fn typical_words(page: &Page, typical: &Typical) -> String {
    let language = page.language();
    language.with_all("typical", &[("days", &typical.days()), ("count", &typical.closings)]).into_owned()
}

fn information_form(page: &Page, base: &str, kept: &SetAside) -> FormBox {
    let faults = kept.faults();
    let text = Field::lines(page, "text", "track-information-label", kept.text("text"), TEXT_MAX);
    let photos =
        Field::new(page, "photos", "track-photos-label", Shape::Photos).hint(page, "report-photos-hint");
    let form = FormBox::new(page, &format!("{base}/information"), "track-information-button").with_files();
    with_faults(form, &faults, &["text", "photos"]).field(text.faults(&faults)).field(photos.faults(&faults))
}

fn not_fixed_form(page: &Page, base: &str, kept: &SetAside) -> FormBox {
    let faults = kept.faults();
    let reason =
        Field::lines(page, "reason", "track-not-fixed-label", kept.text("reason"), REASON_MAX).required();
    let form = FormBox::new(page, &format!("{base}/not-fixed"), "track-not-fixed-button");
    with_faults(form, &faults, &["reason"]).field(reason.faults(&faults))
}

/// The summary stands above the form it is about.
fn with_faults(form: FormBox, faults: &Faults, fields: &[&str]) -> FormBox {
    let is_about_this = fields.iter().any(|field| faults.of(field).is_some());
    if is_about_this { form.faults(faults) } else { form }
}

/// The question after closing.
enum Survey {
    /// It is still open, or was withdrawn by the one who would be asked.
    NotNow,
    /// Not answered yet.
    Asked(Box<FormBox>),
    /// Whether they said that it was fixed.
    Answered(bool),
}

impl Survey {
    fn of(
        page: &Page,
        base: &str,
        request: &ReporterView,
        answered: Option<survey::Answer>,
        kept: &SetAside,
    ) -> Self {
        let is_asked = !request.status.is_open() && request.outcome != Some(PublicOutcome::Withdrawn);
        match (is_asked, answered) {
            (false, _) => Survey::NotNow,
            (true, Some(answer)) => Survey::Answered(answer.fixed),
            (true, None) => Survey::Asked(Box::new(survey_form(page, base, kept))),
        }
    }
}

fn survey_form(page: &Page, base: &str, kept: &SetAside) -> FormBox {
    let faults = kept.faults();
    let fixed = vec![
        Choice::new("yes", page.say("survey-fixed-yes")),
        Choice::new("no", page.say("survey-fixed-no")),
    ];
    let fixed = chosen(fixed, &[kept.text("fixed")]);
    let grade = |value: Satisfaction| {
        Choice::new(value.value().to_string(), page.say(&format!("survey-satisfaction-{}", value.value())))
    };
    let grades = chosen(Satisfaction::ALL.map(grade).to_vec(), &[kept.text("satisfaction")]);
    let form = FormBox::new(page, &format!("{base}/survey"), "survey-button");
    with_faults(form, &faults, &["fixed"])
        .field(Field::new(page, "fixed", "survey-fixed", Shape::OneOf(fixed)).required().faults(&faults))
        .field(Field::new(page, "satisfaction", "survey-satisfaction", Shape::OneOf(grades)))
}

/// `POST /track/{token}/survey`
pub(crate) async fn take_survey(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let reporter = reporter(&visit, &token).await?;
    let fixed = match posted.text("fixed") {
        "yes" => true,
        "no" => false,
        _ => {
            let fault = Fault::new("fixed", visit.language.say("survey-missing"));
            return again(&visit, &token, &posted, fault).await;
        }
    };
    let satisfaction = posted.text("satisfaction").parse().ok().and_then(Satisfaction::new);
    let (now, catalog) = (visit.now, visit.catalog.clone());
    let done = app.db.write(move |tx| {
        let change = ReporterChange { now, by: &reporter, catalog: &catalog };
        survey::answer(tx, &change, &survey::Answer { fixed, satisfaction }).map(|_| ())
    });
    after(&visit, &token, &posted, done.await, "fixed").await
}

/// `POST /track/{token}/information`
pub(crate) async fn add_information(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let reporter = reporter(&visit, &token).await?;
    let text = posted.text("text").to_owned();
    let files: Vec<Vec<u8>> = posted.files("photos").map(|file| file.bytes.clone()).collect();
    if text.is_empty() && files.is_empty() {
        let fault = Fault::new("text", visit.language.say("track-information-missing"));
        return again(&visit, &token, &posted, fault).await;
    }
    let kept = match photos::keep(&app, files, 0).await? {
        Ok(kept) => kept,
        Err(problem) => {
            let fault = Fault::new("photos", problem.text(visit.language));
            return again(&visit, &token, &posted, fault).await;
        }
    };
    let (now, catalog) = (visit.now, visit.catalog.clone());
    let done = app.db.write(move |tx| {
        let change = ReporterChange { now, by: &reporter, catalog: &catalog };
        if !text.is_empty() {
            requests::add_information(tx, &change, &text)?;
        }
        if !kept.is_empty() {
            requests::files::add_file_as_reporter(tx, &change, &kept)?;
        }
        Ok::<_, RequestError>(())
    });
    after(&visit, &token, &posted, done.await, "text").await
}

/// `POST /track/{token}/not-fixed`
pub(crate) async fn not_fixed(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let reporter = reporter(&visit, &token).await?;
    let reason = posted.text("reason").to_owned();
    let (now, catalog) = (visit.now, visit.catalog.clone());
    let done = app.db.write(move |tx| {
        let change = ReporterChange { now, by: &reporter, catalog: &catalog };
        requests::reopen_as_reporter(tx, &change, &reason, requests::REOPEN_DAYS).map(|_| ())
    });
    after(&visit, &token, &posted, done.await, "reason").await
}

/// `POST /track/{token}/withdraw`
pub(crate) async fn withdraw(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let reporter = reporter(&visit, &token).await?;
    let why = visit.language.say("track-withdrawn-note");
    let (now, catalog) = (visit.now, visit.catalog.clone());
    let done = app.db.write(move |tx| {
        let change = ReporterChange { now, by: &reporter, catalog: &catalog };
        requests::withdraw(tx, &change, &why).map(|_| ())
    });
    after(&visit, &token, &posted, done.await, "reason").await
}

async fn reporter(visit: &Visit, token: &str) -> Result<Reporter, Refusal> {
    let token: TrackingToken = token.parse().map_err(|_| Refusal::NotFound)?;
    let jurisdiction = visit.jurisdiction().clone();
    let found = visit.app.db.read(move |tx| requests::reporter(tx, &jurisdiction, &token)).await;
    found.map_err(|error| Refusal::request(&visit.app, &error))?.ok_or(Refusal::NotFound)
}

/// Back to the status page: with the news, or with what has to be mended.
async fn after(
    visit: &Visit,
    token: &str,
    posted: &Posted,
    done: Result<(), RequestError>,
    field: &str,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(go_to(visit, &format!("/track/{token}"))),
        Err(error) => match told(visit, &error, field) {
            Told::Fault(fault) => again(visit, token, posted, fault).await,
            Told::Refusal(refusal) => Err(refusal),
        },
    }
}

async fn again(visit: &Visit, token: &str, posted: &Posted, fault: Fault) -> Result<Response, Refusal> {
    let kept = SetAside::new(posted, &["text", "reason", "fixed", "satisfaction"], fault);
    kept.show_again(visit, &format!("/track/{token}")).await
}

#[derive(Template)]
#[template(path = "portal/receipt.html")]
struct ReceiptPage {
    page: Page,
    request: ReporterView,
    service: String,
    department: String,
    link: String,
    /// The link with its host, because it is printed, copied and sent to oneself.
    address: String,
    /// The same link for a camera.
    code: Option<qr::Drawing>,
    place: Vec<String>,
    typical: Option<String>,
}

/// `GET /track/{token}/receipt`: shown once a report was sent; can be printed.
pub(crate) async fn receipt(
    visit: Visit,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (Tracked { request, typical, .. }, token) = open(&visit, &token).await?;
    let page = Page::new(&visit);
    let link = visit.url(&format!("/track/{token}"));
    let address = outside::root(&visit.app.settings, &headers) + &link;
    let template = ReceiptPage {
        code: qr::draw(&address),
        place: exact_lines(&request.place),
        service: view::service_name(&visit.catalog, &page, request.service),
        department: view::department_name(&visit.catalog, &page, request.department),
        address,
        link,
        typical: typical.map(|typical| typical_words(&page, &typical)),
        request,
        page: page.clone(),
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

/// `GET /track/{token}/files/{name}`
pub(crate) async fn photo(
    State(app): State<App>,
    visit: Visit,
    Path((token, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let name: FileName = name.parse().map_err(|_| Refusal::NotFound)?;
    let reporter = reporter(&visit, &token).await?;
    let kind = app.db.read(move |tx| requests::files::open_for_reporter(tx, &reporter, name)).await;
    files::send(&app, kind, name).await
}
