//! Everything somebody reported with one e-mail address or phone number, without an account.
//!
//! They ask for a link, which goes to that address and nowhere else; the answer is the same whether anything was
//! reported with it or not. The page behind the link only asks, because mail programs open links by themselves; its
//! button begins a session in this browser.

use access::JurisdictionId;
use access::residents::{self, ResidentLinkToken, ResidentToken};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use db::{Tx, outbox};
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue, StatusCode};
use jiff::Timestamp;
use requests::{Reach, ReporterView, RequestError};

use super::set_aside::SetAside;
use super::single_request::{self, exact_lines};
use super::view;
use crate::app::App;
use crate::cookies::{self, RESIDENT_COOKIE};
use crate::form::{Posted, one_line};
use crate::page::{Fault, Field, FormBox, FormPage, Page, go_to, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

const HOME: &str = "/my-requests";
/// The outbox topic of links to be sent; whoever sends them draws their secrets by [`residents::issue`].
const TOPIC: &str = "resident.link";
const REACH_MAX: usize = 254;

/// One report of the list.
struct Line {
    number: String,
    service: String,
    status: String,
    badge: &'static str,
    place: String,
    outcome: Option<String>,
    /// Its public page, where it has one.
    url: Option<String>,
    request: ReporterView,
}

#[derive(Template)]
#[template(path = "portal/my_requests.html")]
struct MyRequestsPage {
    page: Page,
    reach: String,
    lines: Vec<Line>,
    leave: FormBox,
}

/// `GET /my-requests`: the list for whoever came by a link, and for others the form that asks for one.
pub(crate) async fn show(visit: Visit, query: Query, headers: HeaderMap) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    let Some(reach) = signed_in(&visit, &headers).await? else {
        let kept = SetAside::read(&visit, &query).await?;
        // The form was answered by leading here, so this is an ordinary page also when something is to be mended.
        return show_page(&visit.app, StatusCode::OK, &form(&page, &kept));
    };
    let (jurisdiction, wanted) = (visit.jurisdiction().clone(), reach.clone());
    let found = visit.app.db.read(move |tx| requests::reported_with(tx, &jurisdiction, &wanted)).await;
    let found = found.map_err(|error| Refusal::request(&visit.app, &error))?;
    let template = MyRequestsPage {
        reach: reach.key().to_owned(),
        lines: found.into_iter().map(|request| line(&visit, &page, request)).collect(),
        leave: FormBox::new(&page, &format!("{HOME}/sign-out"), "nav-sign-out").quiet(),
        page,
    };
    show_page(&visit.app, StatusCode::OK, &template)
}

fn line(visit: &Visit, page: &Page, request: ReporterView) -> Line {
    Line {
        service: view::service_name(&visit.catalog, page, request.service),
        status: view::status(page, request.status),
        badge: view::badge(visit, request.status, request.promised_at),
        place: exact_lines(&request.place).join(", "),
        outcome: request.outcome.map(|outcome| view::outcome(page, outcome)),
        url: (!request.is_private).then(|| page.url(&single_request::path(&request.number))),
        number: request.number.clone(),
        request,
    }
}

fn form(page: &Page, kept: &SetAside) -> FormPage {
    let faults = kept.faults();
    let field = Field::line(page, "reach", "my-requests-reach", kept.text("reach"), REACH_MAX)
        .kind("text", "email")
        .hint(page, "my-requests-reach-hint")
        .required();
    let form = FormBox::new(page, HOME, "my-requests-button").faults(&faults).field(field.faults(&faults));
    let page_of_it =
        FormPage::new(page, page.say("my-requests-title"), form).lead(page.say("my-requests-lead"));
    match unsent(page) {
        Some(key) => page_of_it.lead(page.say(key)),
        None => page_of_it,
    }
}

/// What cannot be sent from here, said before somebody waits for it.
fn unsent(page: &Page) -> Option<&'static str> {
    match (page.sends().email, page.sends().sms) {
        (true, true) => None,
        (true, false) => Some("my-requests-no-sms"),
        (false, true) => Some("my-requests-no-email"),
        (false, false) => Some("my-requests-no-sender"),
    }
}

/// `POST /my-requests`: a link is asked for.
pub(crate) async fn ask(State(app): State<App>, visit: Visit, posted: Posted) -> Result<Response, Refusal> {
    let reach = match Reach::read(&one_line(posted.text("reach"))) {
        Ok(reach) => reach,
        Err(_) => {
            let fault = Fault::new("reach", visit.language.say("my-requests-unreadable"));
            return SetAside::new(&posted, &["reach"], fault).show_again(&visit, HOME).await;
        }
    };
    let (now, home, tag) = (visit.now, visit.jurisdiction().clone(), visit.language.tag());
    let asked = app.db.write(move |tx| note(tx, now, &home, &reach, tag)).await;
    asked.map_err(|error| Refusal::request(&app, &error))?;
    Ok(go_to(&visit, &format!("{HOME}/asked")))
}

/// Puts the message to whoever reported with this address; for others there is nothing to send.
fn note(
    tx: &mut Tx<'_>,
    now: Timestamp,
    home: &JurisdictionId,
    reach: &Reach,
    tag: &str,
) -> Result<(), RequestError> {
    if !requests::has_reported(tx, home, reach)? {
        return Ok(());
    }
    if let Some(link) = residents::ask(tx, now, home, reach.key(), tag)? {
        let subject = link.uuid();
        let message =
            outbox::NewMessage { jurisdiction: home.as_str(), topic: TOPIC, subject, payload: "{}" };
        outbox::put(tx, now, &message)?;
    }
    Ok(())
}

#[derive(Template)]
#[template(path = "portal/my_requests_asked.html")]
struct AskedPage {
    page: Page,
    unsent: Option<&'static str>,
}

/// `GET /my-requests/asked`
pub(crate) async fn asked(visit: Visit) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    show_page(&visit.app, StatusCode::OK, &AskedPage { unsent: unsent(&page), page })
}

/// `GET /my-requests/link/{token}`: only asks.
pub(crate) async fn open(visit: Visit, Path(token): Path<String>) -> Result<Response, Refusal> {
    let token = ResidentLinkToken::read(&token).ok_or(Refusal::NotFound)?;
    let (now, home, wanted) = (visit.now, visit.jurisdiction().clone(), token.clone());
    let is_good = visit.app.db.read(move |tx| residents::is_good(tx, now, &home, &wanted)).await;
    if !is_good.map_err(|error| Refusal::store(&visit.app, &error))? {
        return Err(Refusal::NotFound);
    }
    let page = Page::new(&visit);
    let form = FormBox::new(&page, &format!("{HOME}/link/{}", token.reveal()), "my-requests-open-button");
    FormPage::new(&page, page.say("my-requests-open-title"), form)
        .lead(page.say("my-requests-open-lead"))
        .show(&visit)
}

/// `POST /my-requests/link/{token}`: uses the link up.
pub(crate) async fn begin(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    let token = ResidentLinkToken::read(&token).ok_or(Refusal::NotFound)?;
    let (now, home) = (visit.now, visit.jurisdiction().clone());
    let begun = app.db.write(move |tx| residents::begin(tx, now, &home, &token)).await;
    let session = begun.map_err(|error| Refusal::store(&app, &error))?.ok_or(Refusal::NotFound)?;
    Ok(with_cookie(go_to(&visit, HOME), &cookies::resident(&session.reveal())))
}

/// `POST /my-requests/sign-out`: ends the sessions of this address in every browser.
pub(crate) async fn leave(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    _: Posted,
) -> Result<Response, Refusal> {
    if let Some(token) = cookies::get(&headers, RESIDENT_COOKIE).and_then(ResidentToken::read) {
        let home = visit.jurisdiction().clone();
        let ended = app.db.write(move |tx| residents::end(tx, &home, &token)).await;
        ended.map_err(|error| Refusal::store(&app, &error))?;
    }
    Ok(with_cookie(go_to(&visit, HOME), &cookies::no_resident()))
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// The address of whoever came by a link, while their session lasts.
async fn signed_in(visit: &Visit, headers: &HeaderMap) -> Result<Option<Reach>, Refusal> {
    let Some(token) = cookies::get(headers, RESIDENT_COOKIE).and_then(ResidentToken::read) else {
        return Ok(None);
    };
    let (now, home) = (visit.now, visit.jurisdiction().clone());
    let found = visit.app.db.read(move |tx| residents::reach_of(tx, now, &home, &token)).await;
    Ok(found.map_err(|error| Refusal::store(&visit.app, &error))?.map(Reach::from_key))
}
