//! Photos: welcome, never seen by others before they have been cleaned of where and when they were taken.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use catalog::Photo;
use requests::StoredFile;

use super::draft::Refused;
use super::{CHECK, Report, Step, StepView};
use crate::app::App;
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape};
use crate::photos;
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

const FIELD: &str = "photos";

/// `GET /report/{draft}/photos`
pub(crate) async fn show(visit: Visit, Path(key): Path<String>, query: Query) -> Result<Response, Refusal> {
    let report = match Report::open(visit, &key).await?.require(Step::Photos) {
        Ok(report) => report,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let is_checked = query.get(CHECK).is_some();
    let faults = if is_checked { faults(&report) } else { Faults::default() };
    form(&report, &faults)
}

/// `POST /report/{draft}/photos`: what was good is kept, so that only the bad photo has to be chosen again.
pub(crate) async fn take(
    State(app): State<App>,
    visit: Visit,
    Path(key): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let mut report = match Report::open(visit, &key).await?.require(Step::Photos) {
        Ok(report) => report,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let removed: Vec<&str> = posted.all("remove").collect();
    report.draft.photos.retain(|photo| !removed.contains(&photo.name.to_string().as_str()));
    add(&app, &mut report, &posted).await?;
    if report.draft.has_photos { report.go_on().await } else { report.stay(Step::Photos).await }
}

/// Takes the photos of a form into the draft, or notes why they cannot be taken.
pub(super) async fn add(app: &App, report: &mut Report, posted: &Posted) -> Result<(), Refusal> {
    report.draft.refused = None;
    let files = posted.files(FIELD).map(|file| file.bytes.clone()).collect();
    match photos::keep(app, files, report.draft.photos.len()).await? {
        Ok(kept) => report.draft.photos.extend(kept),
        Err(problem) => {
            let text = problem.text(report.visit.language);
            report.draft.refused = Some(Refused { field: FIELD.to_owned(), text });
        }
    }
    report.draft.has_photos = faults(report).is_empty();
    Ok(())
}

/// What was wrong with the photos that came last, or that there is none where one is needed.
fn faults(report: &Report) -> Faults {
    let mut faults = report.refused(&[FIELD]);
    if faults.is_empty() && needs_one(report) {
        faults.add(FIELD, report.visit.language.say("report-photos-missing"));
    }
    faults
}

fn needs_one(report: &Report) -> bool {
    let is_required = report.service().is_some_and(|service| service.photo == Photo::Required);
    is_required && report.draft.photos.is_empty()
}

/// The photos that have arrived already.
#[derive(Template)]
#[template(path = "portal/report/photos_kept.html")]
struct Kept<'a> {
    page: &'a Page,
    count: usize,
}

fn form(report: &Report, faults: &Faults) -> Result<Response, Refusal> {
    let visit = &report.visit;
    let page = Page::new(visit);
    let kept = &report.draft.photos;
    let above = Kept { page: &page, count: kept.len() }.render();
    let mut form =
        FormBox::new(&page, &report.path(Step::Photos), "button-continue").faults(faults).with_files();
    if !kept.is_empty() {
        let choices =
            kept.iter().enumerate().map(|(index, photo)| kept_choice(&page, index, photo)).collect();
        form = form.field(Field::new(&page, "remove", "report-photos-remove", Shape::AnyOf(choices)));
    }
    let field = field(&page);
    let field = if needs_one(report) { field.required() } else { field };
    let mut view = StepView::new(Step::Photos, form.field(field.faults(faults)));
    view.above = above.map_err(|error| Refusal::broken(&visit.app, &error))?;
    view.lead = vec![page.say("report-photos-privacy").into_owned()];
    view.show(page, visit, Some(report))
}

/// Where photos are chosen.
pub(super) fn field(page: &Page) -> Field {
    Field::new(page, FIELD, "report-photos-label", Shape::Photos).hint(page, "report-photos-hint")
}

fn kept_choice(page: &Page, index: usize, photo: &StoredFile) -> Choice {
    Choice::new(photo.name.to_string(), page.with("report-photos-one", "number", &(index + 1)))
}
