//! Notices: what residents are told before they report, from when until when.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use catalog::{Catalog, Notice, NoticeDraft, Text, notices};
use http::StatusCode;
use jiff::Timestamp;

use super::changing::change;
use super::worded;
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, FormPage, Page, Shape, chosen, go_to, show as show_page};
use crate::portal::single_request::in_path;
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};
use access::Permission;

const LIST: &str = "/admin/notices";
const CODE_CHARS: usize = 40;

struct Line {
    text: String,
    url: String,
    service: String,
    from: Timestamp,
    until: Option<Timestamp>,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "admin/notices.html")]
struct NoticesPage {
    page: Page,
    notices: Vec<Line>,
}

/// `GET /admin/notices`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    let mut notices: Vec<&Notice> = visit.catalog.all_notices().iter().collect();
    // What is shown now or will be comes first.
    notices.sort_by_key(|notice| (is_past(&visit, notice), notice.from, notice.code.clone()));
    let notices = notices.into_iter().map(|notice| line(&visit, &page, notice)).collect();
    show_page(&visit.app, StatusCode::OK, &NoticesPage { notices, page })
}

fn is_past(visit: &Visit, notice: &Notice) -> bool {
    notice.until.is_some_and(|until| until <= visit.now)
}

fn line(visit: &Visit, page: &Page, notice: &Notice) -> Line {
    let service = notice.service.and_then(|id| visit.catalog.service(id));
    let state = match (is_past(visit, notice), notice.is_shown_at(visit.now)) {
        (true, _) => "notice-past",
        (false, true) => "notice-shown",
        (false, false) => "notice-coming",
    };
    Line {
        text: notice.text.in_language(page.tag()).to_owned(),
        url: page.url(&path(&notice.code)),
        service: service.map_or_else(
            || page.say("filter-service-all").into_owned(),
            |service| service.name.in_language(page.tag()).to_owned(),
        ),
        from: notice.from,
        until: notice.until,
        state,
    }
}

fn path(code: &str) -> String {
    format!("{LIST}/{}", in_path(code))
}

/// A notice as it stands in the form, right or wrong.
struct Typed {
    code: String,
    text: Text,
    service: Option<String>,
    from: String,
    until: String,
}

impl Typed {
    fn of(visit: &Visit, notice: &Notice) -> Self {
        let zone = &visit.catalog.jurisdiction.zone;
        let local = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string();
        let service = notice.service.and_then(|id| visit.catalog.service(id));
        Self {
            code: notice.code.clone(),
            text: notice.text.clone(),
            service: service.map(|service| service.code.clone()),
            from: local(notice.from),
            until: notice.until.map(local).unwrap_or_default(),
        }
    }

    fn given(posted: &Posted, old: Option<&Notice>) -> Self {
        Self {
            code: old.map_or_else(String::new, |notice| notice.code.clone()),
            text: worded::given(posted, "text", &old.map(|notice| notice.text.clone()).unwrap_or_default()),
            service: posted.given("service").map(str::to_owned),
            from: posted.text("from").to_owned(),
            until: posted.text("until").to_owned(),
        }
    }

    fn form(&self, visit: &Visit, page: &Page, to: &str, faults: &Faults) -> FormBox {
        let mut services = vec![Choice::new("", page.say("filter-service-all"))];
        let listed = visit.catalog.active_services();
        services.extend(listed.map(|one| Choice::new(&one.code, one.name.in_language(page.tag()))));
        let services = chosen(services, &[self.service.as_deref().unwrap_or_default()]);
        let moment = |name: &str, key: &str, value: &str| {
            Field::line(page, name, key, value, 40).kind("datetime-local", "off")
        };
        let fields = [
            Field::new(page, "service", "notice-service", Shape::List(services)),
            moment("from", "notice-from", &self.from).hint(page, "target-from-hint"),
            moment("until", "notice-until", &self.until).hint(page, "notice-until-hint"),
        ];
        let texts = worded::paragraphs(page, "text", "notice-text", &self.text);
        FormBox::new(page, to, "button-save")
            .faults(faults)
            .fields(texts.into_iter().chain(fields).map(|field| field.faults(faults)))
    }

    /// The notice that is meant; it begins now when nothing else is said.
    fn draft(&self, visit: &Visit) -> Result<NoticeDraft, Faults> {
        let mut faults = Faults::default();
        let mut moment = |name: &str, text: &str| {
            let read =
                (!text.is_empty()).then(|| catalog::read_instant(text, &visit.catalog.jurisdiction.zone));
            if read == Some(None) {
                faults.add(name, visit.language.say("fault-answer-date"));
            }
            read.flatten()
        };
        let (from, until) = (moment("from", &self.from), moment("until", &self.until));
        let (code, text, service) = (self.code.clone(), self.text.clone(), self.service.clone());
        let from = from.unwrap_or(visit.now);
        if faults.is_empty() { Ok(NoticeDraft { code, service, text, from, until }) } else { Err(faults) }
    }
}

/// `GET /admin/add-notice`
pub(crate) async fn begin(visit: Visit) -> Result<Response, Refusal> {
    let typed = Typed::given(&Posted::default(), None);
    add_page(&visit, &typed, &Faults::default())
}

fn add_page(visit: &Visit, typed: &Typed, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let form = typed.form(visit, &page, "/admin/add-notice", faults);
    FormPage::new(&page, page.say("notice-add"), form).back(LIST, "admin-notices").show(visit)
}

/// `POST /admin/add-notice`
pub(crate) async fn add(visit: Visit, staff: Staff, posted: Posted) -> Result<Response, Refusal> {
    let typed = Typed::given(&posted, None);
    match put(&visit, &staff, &typed).await? {
        Ok(()) => Ok(go_to(&visit, LIST)),
        Err(faults) => add_page(&visit, &typed, &faults),
    }
}

/// `GET /admin/notices/{code}`
pub(crate) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, Refusal> {
    let notice = found(&visit, &code)?;
    notice_page(&visit, &Typed::of(&visit, notice), &Faults::default())
}

fn found<'v>(visit: &'v Visit, code: &str) -> Result<&'v Notice, Refusal> {
    visit.catalog.all_notices().iter().find(|notice| notice.code == code).ok_or(Refusal::NotFound)
}

fn notice_page(visit: &Visit, typed: &Typed, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let to = path(&typed.code);
    let form = typed.form(visit, &page, &to, faults);
    let remove = FormBox::new(&page, &format!("{to}/remove"), "notice-remove-button").quiet();
    FormPage::new(&page, page.with("notice-heading", "code", &typed.code), form)
        .back(LIST, "admin-notices")
        .below(remove.to_string())
        .show(visit)
}

/// `POST /admin/notices/{code}`
pub(crate) async fn save(
    visit: Visit,
    staff: Staff,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let typed = Typed::given(&posted, Some(found(&visit, &code)?));
    match put(&visit, &staff, &typed).await? {
        Ok(()) => Ok(go_to(&visit, LIST)),
        Err(faults) => notice_page(&visit, &typed, &faults),
    }
}

async fn put(visit: &Visit, staff: &Staff, typed: &Typed) -> Result<Result<(), Faults>, Refusal> {
    let wanted = match typed.draft(visit) {
        Ok(draft) => draft,
        Err(faults) => return Ok(Err(faults)),
    };
    let done = change(visit, staff, move |tx, editor| {
        let mut draft = wanted.clone();
        if draft.code.is_empty() {
            let known = Catalog::load(tx, &editor.home)?;
            let is_taken = |code: &str| known.all_notices().iter().any(|notice| notice.code == code);
            let beginning: String = draft.text.in_default().chars().take(CODE_CHARS).collect();
            draft.code = catalog::code_for(&beginning, "notice", is_taken);
        }
        notices::save(tx, editor.now, &editor.by, &editor.home, &draft)?;
        Ok(())
    });
    done.await
}

/// `POST /admin/notices/{code}/remove`
pub(crate) async fn remove(
    visit: Visit,
    staff: Staff,
    Path(code): Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    let done = change(&visit, &staff, move |tx, editor| {
        Ok(notices::remove(tx, editor.now, &editor.by, &editor.home, &code)?)
    });
    match done.await? {
        Ok(()) => Ok(go_to(&visit, LIST)),
        Err(_) => Err(Refusal::NotFound),
    }
}
