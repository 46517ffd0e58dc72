//! Calendars: when somebody works, which promises are counted on.

mod days;
mod form;
pub(crate) mod ics;
mod preview;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use calendar::{CalendarSpec, WeekSpec};
use catalog::{Catalog, CatalogError, Wrong, calendars};
use http::StatusCode;

use super::changing::change;
use super::services::editor::PREVIEW;
use crate::form::Posted;
use crate::page::{Faults, FormBox, Page, go_to, show as show_page};
use crate::portal::single_request::in_path;
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};
use access::Permission;

const LIST: &str = "/admin/calendars";

struct Line {
    code: String,
    url: String,
    is_default: bool,
    services: i64,
}

#[derive(Template)]
#[template(path = "admin/calendars.html")]
struct CalendarsPage {
    page: Page,
    calendars: Vec<Line>,
}

/// `GET /admin/calendars`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    let catalog = &visit.catalog;
    let line = |calendar: &calendars::NamedCalendar| Line {
        code: calendar.code.clone(),
        url: page.url(&path(&calendar.code)),
        is_default: calendar.code == catalog.jurisdiction.default_calendar,
        services: services_on(catalog, calendar),
    };
    let calendars = catalog.calendars().iter().map(line).collect();
    show_page(&visit.app, StatusCode::OK, &CalendarsPage { calendars, page })
}

fn services_on(catalog: &Catalog, calendar: &calendars::NamedCalendar) -> i64 {
    let own = |code: Option<&str>| code.unwrap_or(&catalog.jurisdiction.default_calendar) == calendar.code;
    let runs = catalog.active_services().filter(|service| {
        let department = catalog.department(service.department).and_then(|one| one.calendar.as_deref());
        own(service.calendar.as_deref().or(department))
    });
    i64::try_from(runs.count()).unwrap_or(i64::MAX)
}

fn path(code: &str) -> String {
    format!("{LIST}/{}", in_path(code))
}

fn found<'v>(visit: &'v Visit, code: &str) -> Result<&'v calendars::NamedCalendar, Refusal> {
    visit.catalog.calendars().iter().find(|calendar| calendar.code == code).ok_or(Refusal::NotFound)
}

#[derive(Template)]
#[template(path = "admin/calendars/calendar.html")]
struct CalendarPage {
    page: Page,
    heading: String,
    form: FormBox,
    /// Where a file of holidays is brought in; nothing while the calendar is new.
    import: Option<FormBox>,
    preview: String,
}

/// What is edited, and where it is sent.
struct Edited {
    /// The code of the calendar that is there already.
    known: Option<String>,
    typed: form::Typed,
}

impl Edited {
    fn show(&self, visit: &Visit, faults: &Faults) -> Result<Response, Refusal> {
        let page = Page::new(visit);
        let heading = match &self.known {
            Some(code) => page.with("calendar-heading", "code", code),
            None => page.say("calendar-add"),
        };
        let to = self.known.as_deref().map_or_else(|| "/admin/add-calendar".to_owned(), path);
        let template = CalendarPage {
            heading: heading.into_owned(),
            form: self.typed.form(visit, &page, &to, self.known.is_none(), faults),
            import: self.known.as_ref().map(|code| ics::upload(&page, code, &Faults::default())),
            preview: preview::draw(visit, self.typed.spec(visit.language).ok().as_ref())?,
            page,
        };
        show_page(&visit.app, faults.status(), &template)
    }
}

/// `GET /admin/add-calendar`
pub(crate) async fn begin(visit: Visit) -> Result<Response, Refusal> {
    let hours = "09:00-17:00".parse().map_err(|_| Refusal::NotFound)?;
    let spec = CalendarSpec::working_days(visit.catalog.jurisdiction.zone_name(), &hours);
    Edited { known: None, typed: form::Typed::of("", &spec, false) }.show(&visit, &Faults::default())
}

/// `GET /admin/calendars/{code}`
pub(crate) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, Refusal> {
    let calendar = found(&visit, &code)?;
    let is_default = visit.catalog.jurisdiction.default_calendar == code;
    let typed = form::Typed::of(&code, &calendar.spec, is_default);
    Edited { known: Some(code), typed }.show(&visit, &Faults::default())
}

/// `POST /admin/add-calendar`
pub(crate) async fn add(visit: Visit, staff: Staff, posted: Posted) -> Result<Response, Refusal> {
    let zone = visit.catalog.jurisdiction.zone_name();
    let nothing = CalendarSpec {
        hours: WeekSpec::default(),
        ..CalendarSpec::working_days(zone, &calendar::Hours::closed())
    };
    let typed = form::Typed::given(&posted, posted.text("code"), &nothing);
    take(&visit, &staff, &posted, Edited { known: None, typed }).await
}

/// `POST /admin/calendars/{code}`
pub(crate) async fn save(
    visit: Visit,
    staff: Staff,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let typed = form::Typed::given(&posted, &code, &found(&visit, &code)?.spec);
    take(&visit, &staff, &posted, Edited { known: Some(code), typed }).await
}

async fn take(visit: &Visit, staff: &Staff, posted: &Posted, edited: Edited) -> Result<Response, Refusal> {
    if posted.given(PREVIEW).is_some() {
        return edited.show(visit, &Faults::default());
    }
    let spec = match edited.typed.spec(visit.language) {
        Ok(spec) => spec,
        Err(faults) => return edited.show(visit, &faults),
    };
    let (code, is_new, is_default) =
        (edited.typed.code.clone(), edited.known.is_none(), edited.typed.is_default);
    let done = change(visit, staff, move |tx, editor| {
        let is_taken = Catalog::load(tx, &editor.home)?.calendars().iter().any(|one| one.code == code);
        if is_new && is_taken {
            let taken = Wrong::Duplicate { code: code.clone() }.at("code");
            return Err(CatalogError::Flaw(taken).into());
        }
        calendars::save(tx, editor.now, &editor.by, &editor.home, &code, &spec)?;
        if is_default {
            calendars::set_default(tx, editor.now, &editor.by, &editor.home, &code)?;
        }
        Ok(())
    });
    match done.await? {
        Ok(()) => Ok(go_to(visit, LIST)),
        Err(faults) => {
            // The calendar as a whole has no field of its own.
            let at_field = |field: String| match field.starts_with("calendar-") {
                true if is_new => "code".to_owned(),
                true => "days".to_owned(),
                false => field,
            };
            edited.show(visit, &faults.renamed(at_field))
        }
    }
}
