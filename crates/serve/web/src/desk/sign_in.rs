//! Signing in and out.

use access::Permission;
use access::sessions::{self, SessionToken};
use access::sign_in::{self, Attempt, Begun, DeviceToken, Finished, NewSession, SourceNetwork, Verdict};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use jiff::SignedDuration;

use super::second_step;
use crate::app::App;
use crate::cookies::{self, DEVICE_COOKIE, SESSION_COOKIE};
use crate::form::Posted;
use crate::kept::Kept;
use crate::page::{Faults, Field, FormBox, FormPage, Page, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Staff, Visit};

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

const EMAIL_MAX: usize = 254;
const PASSWORD_MAX: usize = 1_000;

/// What stands above the form.
const LEAD: &str = "sign-in-lead";
/// The same for somebody who was signed in a while ago.
const AGAIN: &str = "sign-in-again";

#[derive(Template)]
#[template(path = "desk/sign_in.html")]
struct SignInPage {
    page: Page,
    lead: &'static str,
    has_faults: bool,
    form: FormBox,
}

/// `GET /sign-in`
pub(crate) async fn show(visit: Visit, query: Query) -> Result<Response, Refusal> {
    let lead = match (query.get("again"), query.get("password")) {
        (Some(_), _) => AGAIN,
        (None, Some("set")) => "sign-in-password-set",
        _ => LEAD,
    };
    let return_to = query.get("return").unwrap_or_default();
    form(&visit, &Typed { return_to, email: "", kept: None }, lead, &Faults::default())
}

/// The answer to a form that came without a session: sign in, then send it again.
pub(crate) fn interrupt(visit: &Visit, kept: &Kept) -> Result<Response, Refusal> {
    let mut page =
        form(visit, &Typed { return_to: "", email: "", kept: Some(kept) }, AGAIN, &Faults::default())?;
    *page.status_mut() = StatusCode::UNAUTHORIZED;
    Ok(page)
}

/// `POST /sign-in`
pub(crate) async fn take(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Refusal> {
    let earlier = cookies::get(&headers, SESSION_COOKIE).and_then(SessionToken::read);
    let attempt = Attempt {
        jurisdiction: visit.jurisdiction().clone(),
        email: posted.text("email").to_owned(),
        source: SourceNetwork::of(visit.source.address()),
        device: cookies::get(&headers, DEVICE_COOKIE).and_then(DeviceToken::read),
    };
    let now = visit.now;
    let hashing = app.settings.hashing;
    let begun = app.db.write(move |tx| sign_in::begin(tx, now, &attempt, hashing)).await;
    let challenge = match begun.map_err(|error| Refusal::store(&app, &error))? {
        Begun::Challenge(challenge) => challenge,
        Begun::TooMany { wait } => return Err(too_many(wait)),
    };
    let verdict = check(&app, challenge, posted.password("password").to_owned()).await?;
    let finished = app.db.write(move |tx| sign_in::finish(tx, now, &verdict, earlier.as_ref())).await;
    match finished.map_err(|error| Refusal::access(&app, &error))? {
        Finished::SignedIn(session) => welcome(&visit, &posted, &session),
        Finished::CodeNeeded(step) => {
            second_step::ask(&visit, &headers, &step, &posted, &Faults::default()).await
        }
        Finished::Refused => {
            let mut faults = Faults::default();
            faults.add("email", visit.language.say("sign-in-refused"));
            let kept = Kept::carried(&posted);
            let (return_to, email) = (posted.text("return"), posted.text("email"));
            form(&visit, &Typed { return_to, email, kept: kept.as_ref() }, LEAD, &faults)
        }
    }
}

pub(super) fn too_many(wait: SignedDuration) -> Refusal {
    Refusal::TooMany { retry_s: u64::try_from(wait.as_secs()).unwrap_or(0).max(1) }
}

/// Hashing is slow on purpose: only a few at once, and off the async threads.
async fn check(app: &App, challenge: Box<sign_in::Challenge>, typed: String) -> Result<Verdict, Refusal> {
    let _turn = app.hashing.acquire().await.map_err(|_| Refusal::Unavailable)?;
    let hashing = app.settings.hashing;
    let checked = tokio::task::spawn_blocking(move || challenge.check(&typed, hashing)).await;
    checked.map_err(|error| Refusal::broken(app, &error))
}

/// The answer to somebody who is signed in now: where they were going, or what they had typed.
pub(super) fn welcome(visit: &Visit, posted: &Posted, session: &NewSession) -> Result<Response, Refusal> {
    let sees_desk = session.who.roles.iter().any(|role| role.permissions().contains(Permission::ViewWork));
    let home = visit.url(if sees_desk { "/desk" } else { "/admin" });
    let mut response = match Kept::carried(posted) {
        Some(kept) => send_again(visit, &kept, session)?,
        None => {
            let place = local_path(posted.text("return")).map_or(home, str::to_owned);
            Redirect::to(&place).into_response()
        }
    };
    set_cookie(&mut response, &cookies::session(&session.token.reveal()));
    set_cookie(&mut response, &cookies::device(&session.device.reveal()));
    Ok(response)
}

/// Offers what had been typed. The person presses the button again: signing in alone must change nothing.
fn send_again(visit: &Visit, kept: &Kept, session: &NewSession) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let form = FormBox::new(&page, kept.path(), "sign-in-send-again").token(session.token.csrf().as_str());
    let form = kept.fields().iter().fold(form, |form, (name, value)| form.hidden(name, value));
    FormPage::new(&page, page.say("sign-in-kept-heading"), form)
        .lead(page.say("sign-in-kept-text"))
        .show(visit)
}

/// Only a path of our own: nothing with a scheme or another host (OUT-06).
pub(crate) fn local_path(text: &str) -> Option<&str> {
    let is_local =
        text.starts_with('/') && !text.starts_with("//") && !text.contains(['\\', '\n', '\r', '\t']);
    (is_local && text.is_ascii()).then_some(text)
}

pub(super) fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// `POST /sign-out`
pub(crate) async fn leave(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    _: Posted,
) -> Result<Response, Refusal> {
    let (now, who) = (visit.now, staff.0);
    let left = app.db.write(move |tx| sessions::sign_out(tx, now, &who)).await;
    left.map_err(|error| Refusal::access(&app, &error))?;
    let mut response = Redirect::to(&visit.url("/sign-in")).into_response();
    set_cookie(&mut response, &cookies::no_session());
    // Pages that a browser kept must not come back on the next person's "back". Cookies stay: the language is no
    // secret, and the device's is what keeps an attacker from locking its owner out.
    response.headers_mut().insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

/// What a sign-in form already holds.
struct Typed<'a> {
    return_to: &'a str,
    email: &'a str,
    kept: Option<&'a Kept>,
}

fn form(visit: &Visit, typed: &Typed<'_>, lead: &'static str, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let address = Field::line(&page, "email", "sign-in-email", typed.email, EMAIL_MAX)
        .kind("email", "username")
        .required();
    let password = Field::line(&page, "password", "sign-in-password", "", PASSWORD_MAX)
        .kind("password", "current-password")
        .required();
    let form = FormBox::new(&page, "/sign-in", "sign-in-button")
        .faults(faults)
        .hidden("return", local_path(typed.return_to).unwrap_or_default())
        .field(address.faults(faults))
        .field(password);
    let form = match typed.kept {
        Some(kept) => kept.carry(form),
        None => form,
    };
    show_page(&visit.app, faults.status(), &SignInPage { page, lead, has_faults: !faults.is_empty(), form })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn out_06_only_paths_of_our_own_are_returned_to() {
        for good in ["/desk", "/j/springfield.example/desk?status=open", "/"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in [
            "",
            "desk",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "javascript:1",
        ] {
            assert_eq!(local_path(bad), None, "{bad}");
        }
    }
}
