//! The gate every route stands behind.
//!
//! In this order: whose town is it, how busy are we, does this source call too often, was the change asked
//! for by our own page, who is it, may they. Only then does the handler run, against the clock. On the way
//! out the gate gives refusals their words, and every answer its headers and its place in the metrics.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use access::sessions::SessionToken;
use access::{JurisdictionId, SignedIn};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{ACCEPT_LANGUAGE, CONTENT_LENGTH, HOST, SET_COOKIE};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method};
use jiff::Timestamp;

use crate::app::App;
use crate::cookies::{self, LANGUAGE_COOKIE, SESSION_COOKIE, THEME_COOKIE};
use crate::cross_site;
use crate::disk::DiskRoom;
use crate::form::clean;
use crate::front::Prefixed;
use crate::headers::{Keeping, harden};
use crate::kept::Kept;
use crate::load::{Class, Room};
use crate::meters::Meter;
use crate::refusal::{Refusal, chain};
use crate::routes::{Needs, Route};
use crate::source::{Peer, Source, caller_address};
use crate::theme::Theme;
use crate::visit::{Visit, Visiting};
use crate::words::Language;

/// One route's gate.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) app: App,
    pub(crate) route: &'static Route,
    pub(crate) meter: Meter,
}

/// The middleware of every route in the table.
pub(crate) async fn pass(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = gate.route;
    let (mut head, body) = request.into_parts();
    let visit = match enter(&gate.app, Some(route), &head).await {
        Ok(visit) => visit,
        Err(refusal) => return refusal.answer_without_visit(head.uri.path()),
    };
    let answer = match admit(&gate.app, route, &visit, &head) {
        Ok(room) => {
            head.extensions.insert(visit.clone());
            let answer = run(Request::from_parts(head, body), next, route).await;
            drop(room);
            answer
        }
        Err(refusal) => turn_away(&visit, &head, body, &refusal).await,
    };
    let answer = finish(answer, &visit, route.keeping());
    gate.meter.note(answer.status(), started.elapsed());
    answer
}

/// What is answered where the table has nothing: the same door, without a route.
pub(crate) async fn nothing_here(State(app): State<App>, request: Request) -> Response {
    let (head, _) = request.into_parts();
    refuse(&app, &head, &Refusal::NotFound).await
}

/// What is answered where the table has another method.
pub(crate) async fn wrong_method(State(app): State<App>, request: Request) -> Response {
    let (head, _) = request.into_parts();
    let mut response = refuse(&app, &head, &Refusal::MethodNotAllowed).await;
    let methods = crate::routes::methods_of(head.uri.path());
    crate::refusal::allow(&mut response, &methods);
    response
}

async fn refuse(app: &App, head: &Parts, refusal: &Refusal) -> Response {
    match enter(app, None, head).await {
        Ok(visit) => finish(refusal.answer(&visit), &visit, Keeping::Checked),
        Err(first) => first.answer_without_visit(head.uri.path()),
    }
}

/// Says why not. Somebody whose session ended in the middle signs in and loses nothing.
async fn turn_away(visit: &Visit, head: &Parts, body: Body, refusal: &Refusal) -> Response {
    let is_about_session = matches!(refusal, Refusal::SignInNeeded | Refusal::FreshSignInNeeded);
    let kept = if is_about_session { Kept::read(visit, head, body).await } else { None };
    match kept {
        Some(kept) => {
            crate::desk::sign_in::interrupt(visit, &kept).unwrap_or_else(|refusal| refusal.answer(visit))
        }
        None => refusal.answer(visit),
    }
}

async fn run(request: Request, next: Next, route: &Route) -> Response {
    let answer = tokio::time::timeout(route.within(), next.run(request)).await;
    answer.unwrap_or_else(|_| axum::response::IntoResponse::into_response(Refusal::TooSlow))
}

/// Finds out whose visit it is; refuses only what no town can answer.
async fn enter(app: &App, route: Option<&'static Route>, head: &Parts) -> Result<Visit, Refusal> {
    let now = app.clock.now();
    let headers = &head.headers;
    let prefix = head.extensions.get::<Prefixed>().map(|prefixed| &prefixed.0);
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let is_for_people = route.is_none_or(Route::is_for_people);
    let found = app.tenants.find(&app.db, now, prefix, host, !is_for_people).await;
    let catalog = found.map_err(|error| unavailable(&error))?.ok_or(Refusal::NotFound)?;
    let session =
        cookies::get(headers, SESSION_COOKIE).filter(|_| is_for_people).and_then(SessionToken::read);
    let staff = match &session {
        Some(token) => session_of(app, now, &catalog.jurisdiction.id, token).await?,
        None => None,
    };
    let session = session.filter(|_| staff.is_some());
    Ok(Visit::new(Visiting {
        app: app.clone(),
        base: prefix.map(|id| format!("/j/{id}")).unwrap_or_default(),
        language: language(head, cookies::get(headers, LANGUAGE_COOKIE)),
        theme: theme(head),
        now,
        source: Source::of(address(app, head)),
        staff,
        form_token: session.as_ref().map(SessionToken::csrf),
        session,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        is_read: is_read(&head.method),
        catalog,
        route,
    }))
}

fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn unavailable(error: &catalog::CatalogError) -> Refusal {
    tracing::error!(cause = %chain(error), "the catalog could not be read");
    Refusal::Unavailable
}

fn address(app: &App, head: &Parts) -> IpAddr {
    let peer = head.extensions.get::<Peer>().map_or(IpAddr::from([127, 0, 0, 1]), |peer| peer.0);
    let forwarded = head.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    caller_address(peer, forwarded, &app.settings.trusted_proxies)
}

/// What the address asks for, then what was chosen before, then what the browser prefers.
fn language(head: &Parts, chosen: Option<&str>) -> Language {
    let asked = asked_language(head.uri.query().unwrap_or_default());
    let preferred = || head.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    asked
        .or_else(|| chosen.and_then(Language::from_tag))
        .or_else(|| preferred().and_then(Language::accepted))
        .unwrap_or(Language::English)
}

/// What the address asks for, then what was chosen before.
fn theme(head: &Parts) -> Theme {
    Theme::asked(head.uri.query().unwrap_or_default())
        .or_else(|| cookies::get(&head.headers, THEME_COOKIE).and_then(Theme::read))
        .unwrap_or_default()
}

fn asked_language(query: &str) -> Option<Language> {
    if !query.contains("lang=") {
        return None;
    }
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == "lang").and_then(|(_, value)| Language::from_tag(&value))
}

async fn session_of(
    app: &App,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    token: &SessionToken,
) -> Result<Option<SignedIn>, Refusal> {
    let (jurisdiction, token) = (jurisdiction.clone(), token.clone());
    // A session of another town is no session here: the query looks in this one only.
    let found = app.db.read(move |tx| access::sessions::find(tx, now, &jurisdiction, &token)).await;
    let found = found.map_err(|error| Refusal::store(app, &error))?;
    if let Some(staff) = found.clone().filter(|staff| staff.is_due_to_be_touched(now)) {
        let touched = app.db.write(move |tx| access::sessions::touch(tx, now, &staff)).await;
        touched.map_err(|error| Refusal::store(app, &error))?;
    }
    Ok(found)
}

/// Everything that can be refused before the handler runs.
fn admit(app: &App, route: &Route, visit: &Visit, head: &Parts) -> Result<Room, Refusal> {
    let room = app.load.enter(route.class).ok_or(Refusal::Unavailable)?;
    limit_rate(app, route, visit)?;
    let announced = content_length(&head.headers);
    if announced > route.body_max() as u64 {
        return Err(Refusal::TooLarge { max_bytes: route.body_max() });
    }
    if !visit.is_read && route.is_for_people() && !cross_site::comes_from_us(&head.headers) {
        return Err(Refusal::Forged);
    }
    check_needs(app, route, visit)?;
    check_query(route, visit)?;
    check_disk(app, route, visit)?;
    Ok(room)
}

/// The last of the room is for what residents write (OVL-06).
fn check_disk(app: &App, route: &Route, visit: &Visit) -> Result<(), Refusal> {
    let changes = !visit.is_read && matches!(route.needs, Needs::Staff(_));
    if changes && app.disk.room() == DiskRoom::TextOnly { Err(Refusal::NoRoom) } else { Ok(()) }
}

/// A parameter given twice would mean one thing to a filter in front of us and another to a handler.
fn check_query(route: &Route, visit: &Visit) -> Result<(), Refusal> {
    if !route.is_for_people() {
        return Ok(());
    }
    let mut seen = BTreeSet::new();
    let mut names = form_urlencoded::parse(visit.query.as_bytes()).map(|(name, _)| name);
    match names.find(|name| !seen.insert(name.clone())) {
        Some(twice) => Err(Refusal::Unreadable(clean(&twice))),
        None => Ok(()),
    }
}

fn content_length(headers: &HeaderMap) -> u64 {
    headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok()).unwrap_or(0)
}

fn limit_rate(app: &App, route: &Route, visit: &Visit) -> Result<(), Refusal> {
    let rates = &app.settings.rates;
    let is_exempt = visit.source.is_this_machine() && !rates.limit_this_machine;
    let Some((kind, rate)) = route.rate(rates).filter(|_| !is_exempt) else {
        return Ok(());
    };
    let who = (visit.jurisdiction(), visit.source, kind);
    app.buckets.take(who, rate, visit.now).map_err(|retry_s| Refusal::TooMany { retry_s })
}

fn check_needs(app: &App, route: &Route, visit: &Visit) -> Result<(), Refusal> {
    match route.needs {
        Needs::Public | Needs::PrivateLink | Needs::Key(_) => Ok(()),
        Needs::ThisMachine => {
            let open = app.settings.metrics_for_everybody || visit.source.is_this_machine();
            if open { Ok(()) } else { Err(Refusal::NotFound) }
        }
        Needs::Session => check_freshness(route, visit),
        Needs::Staff(permission) => {
            let staff = visit.staff.as_ref().ok_or(Refusal::SignInNeeded)?;
            if staff.owes_second_factor() {
                return Err(Refusal::SecondFactorNeeded);
            }
            if !visit.may(permission) {
                return Err(Refusal::NotAllowed);
            }
            check_freshness(route, visit)
        }
    }
}

fn check_freshness(route: &Route, visit: &Visit) -> Result<(), Refusal> {
    let staff = visit.staff.as_ref().ok_or(Refusal::SignInNeeded)?;
    if route.fresh && !staff.is_fresh(visit.now) { Err(Refusal::FreshSignInNeeded) } else { Ok(()) }
}

fn finish(mut answer: Response, visit: &Visit, keeping: Keeping) -> Response {
    if let Some(refusal) = answer.extensions_mut().remove::<Refusal>() {
        answer = refusal.answer(visit);
    }
    let keeping = if visit.staff.is_some() && keeping == Keeping::Checked { Keeping::Never } else { keeping };
    harden(&mut answer, keeping);
    remember_choices(&mut answer, visit);
    answer
}

/// Keeps the language and the theme that the address asked for.
fn remember_choices(answer: &mut Response, visit: &Visit) {
    if !visit.route.is_some_and(Route::is_for_people) {
        return;
    }
    let language = asked_language(&visit.query).map(cookies::language);
    let theme = Theme::asked(&visit.query).map(cookies::theme);
    for cookie in language.into_iter().chain(theme) {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(SET_COOKIE, cookie);
        }
    }
}

/// Time for ordinary calls and for those that carry files.
pub(crate) const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// See [`ANSWER_WITHIN`].
pub(crate) const UPLOAD_WITHIN: Duration = Duration::from_secs(180);

/// Says which class of work a kind of route belongs to, for the table.
pub(crate) const fn class_of(needs: &Needs, changes: bool) -> Class {
    match (needs, changes) {
        (Needs::Staff(_) | Needs::Session, _) => Class::Staff,
        (Needs::Public | Needs::PrivateLink | Needs::Key(_), true) => Class::Intake,
        (Needs::Public | Needs::PrivateLink | Needs::Key(_), false) => Class::Reading,
        (Needs::ThisMachine, _) => Class::Analysis,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_in_the_address_wins_over_cookie_and_browser() {
        let request = |uri: &str| {
            let builder = Request::builder().uri(uri).header(ACCEPT_LANGUAGE, "es");
            builder.body(()).expect("a request").into_parts().0
        };
        assert_eq!(language(&request("/?lang=en"), Some("es")), Language::English);
        assert_eq!(language(&request("/?lang=xx"), Some("en")), Language::English);
        assert_eq!(language(&request("/"), Some("en")), Language::English);
        assert_eq!(language(&request("/"), None), Language::Spanish);
    }
}
