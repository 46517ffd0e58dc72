//! Photos: welcome, never seen by others before they have been cleaned of where and when they were taken.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use catalog::Photo;
use requests::StoredFile;

use super::{Report, Step, StepView};
use crate::app::App;
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape};
use crate::photos;
use crate::refusal::Refusal;
use crate::visit::Visit;

/// `GET /report/{draft}/photos`
pub(crate) async fn show(visit: Visit, Path(key): Path<String>) -> Result<Response, Refusal> {
    match Report::open(visit, &key).await?.require(Step::Photos) {
        Ok(report) => form(&report, &Faults::default()),
        Err(elsewhere) => Ok(*elsewhere),
    }
}

/// `POST /report/{draft}/photos`
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
    let files = posted.files("photos").map(|file| file.bytes.clone()).collect();
    let mut faults = Faults::default();
    match photos::keep(&app, files, report.draft.photos.len()).await? {
        Ok(kept) => report.draft.photos.extend(kept),
        Err(problem) => faults.add("photos", problem.text(report.visit.language)),
    }
    let is_required = report.service().is_some_and(|service| service.photo == Photo::Required);
    if faults.is_empty() && is_required && report.draft.photos.is_empty() {
        faults.add("photos", report.visit.language.say("report-photos-missing"));
    }
    if !faults.is_empty() {
        // What was good is kept, so that only the bad photo has to be chosen again.
        report.save().await?;
        return form(&report, &faults);
    }
    report.draft.has_photos = true;
    report.go_on().await
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
    let field =
        Field::new(&page, "photos", "report-photos-label", Shape::Photos).hint(&page, "report-photos-hint");
    let is_required =
        report.service().is_some_and(|service| service.photo == Photo::Required && kept.is_empty());
    let field = if is_required { field.required() } else { field };
    let mut view = StepView::new(Step::Photos, form.field(field.faults(faults)));
    view.status = faults.status();
    view.above = above.map_err(|error| Refusal::broken(&visit.app, &error))?;
    view.lead = vec![page.say("report-photos-privacy").into_owned()];
    view.show(page, visit, Some(report))
}

fn kept_choice(page: &Page, index: usize, photo: &StoredFile) -> Choice {
    Choice::new(photo.name.to_string(), page.with("report-photos-one", "number", &(index + 1)))
}
