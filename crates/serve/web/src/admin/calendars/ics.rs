//! Holidays from an iCalendar file: what it would close is shown before it is kept.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use calendar::{Calendar, CalendarSpec, Holidays, Week};
use catalog::calendars;

use super::{found, path, preview};
use crate::admin::changing::change;
use crate::form::Posted;
use crate::page::{Faults, Field, FormBox, FormPage, Page, Shape, go_to};
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

/// A year of holidays takes some kilobytes; the text travels through the form of the preview.
const FILE_BYTES_MAX: usize = 200_000;
/// Files one calendar keeps.
const FILES_MAX: usize = 20;

/// The form that takes a file.
pub(super) fn upload(page: &Page, code: &str, faults: &Faults) -> FormBox {
    let file = Field::new(page, "file", "ics-file", Shape::File { accept: ".ics,text/calendar" })
        .hint(page, "ics-hint")
        .help(page, "ics-help")
        .required();
    FormBox::new(page, &format!("{}/ics", path(code)), "ics-button")
        .faults(faults)
        .with_files()
        .quiet()
        .field(file.faults(faults))
}

#[derive(Template)]
#[template(path = "admin/calendars/ics.html")]
struct Found {
    page: Page,
    days: Vec<preview::Day>,
}

/// `POST /admin/calendars/{code}/ics`: shows what the file would close.
pub(crate) async fn look(
    visit: Visit,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let calendar = found(&visit, &code)?;
    let page = Page::new(&visit);
    let back = path(&code);
    let heading = page.with("ics-title", "code", code.as_str());
    let text = match readable(&visit, &posted, &calendar.spec) {
        Ok(text) => text,
        Err(faults) => {
            let form = upload(&page, &code, &faults);
            return FormPage::new(&page, heading, form).back(&back, "ics-back").show(&visit);
        }
    };
    let days = closed_by(&visit, &text, &calendar.spec);
    let found = Found { days, page: page.clone() }.render();
    let found = found.map_err(|error| Refusal::broken(&visit.app, &error))?;
    let form = FormBox::new(&page, &format!("{back}/holidays"), "ics-keep-button").hidden("ics", text);
    FormPage::new(&page, heading, form).back(&back, "ics-back").above(found).show(&visit)
}

/// The text of the file, when it holds holidays.
fn readable(visit: &Visit, posted: &Posted, spec: &CalendarSpec) -> Result<String, Faults> {
    let fault = |text: std::borrow::Cow<'static, str>| {
        let mut faults = Faults::default();
        faults.add("file", text);
        faults
    };
    let say = |key: &str| fault(visit.language.say(key));
    let file = posted.files("file").next().ok_or_else(|| say("ics-missing"))?;
    if file.bytes.len() > FILE_BYTES_MAX || spec.ics.len() >= FILES_MAX {
        return Err(say("ics-too-large"));
    }
    let text = str::from_utf8(&file.bytes).map_err(|_| say("ics-unreadable"))?;
    check(visit, text, spec).map_err(fault)?;
    Ok(text.to_owned())
}

fn check(visit: &Visit, text: &str, spec: &CalendarSpec) -> Result<(), std::borrow::Cow<'static, str>> {
    use calendar::CalendarError;
    match Holidays::from_ics(text, &spec.zone) {
        Ok(_) => Ok(()),
        Err(CalendarError::Ics(error)) => {
            let line = i64::try_from(error.line).unwrap_or(i64::MAX);
            Err(visit.language.with("ics-bad-line", "line", &line))
        }
        Err(_) => Err(visit.language.say("ics-unreadable")),
    }
}

/// The days of the coming year that only this file makes special.
fn closed_by(visit: &Visit, text: &str, spec: &CalendarSpec) -> Vec<preview::Day> {
    let holidays = Holidays::from_ics(text, &spec.zone).unwrap_or_default();
    let calendar = Calendar::new(&spec.zone, Week::always_open(), holidays);
    calendar.map(|calendar| preview::special(visit, &calendar)).unwrap_or_default()
}

/// `POST /admin/calendars/{code}/holidays`: keeps the file that was looked at.
pub(crate) async fn keep(
    visit: Visit,
    staff: Staff,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let spec = found(&visit, &code)?.spec.clone();
    let text = posted.text("ics").to_owned();
    // The text has come back from the browser, so it is looked at again.
    if spec.ics.len() >= FILES_MAX || check(&visit, &text, &spec).is_err() {
        return Err(Refusal::Unreadable("ics".to_owned()));
    }
    let to = path(&code);
    let done = change(&visit, &staff, move |tx, editor| {
        let mut spec = spec.clone();
        if !spec.ics.contains(&text) {
            spec.ics.push(text.clone());
        }
        Ok(calendars::save(tx, editor.now, &editor.by, &editor.home, &code, &spec)?)
    });
    match done.await? {
        Ok(_) => Ok(go_to(&visit, &to)),
        Err(_) => Err(Refusal::Unreadable("ics".to_owned())),
    }
}
