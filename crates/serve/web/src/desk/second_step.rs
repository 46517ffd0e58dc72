//! The second step of signing in: a passkey, the code of an authenticator app, or one from paper.

use access::second_factor::passkeys::{Assertion, Site};
use access::sessions::SessionToken;
use access::sign_in::{self, DeviceToken, PasskeyAsked, Presented, StepAttempt, StepToken, Stepped};
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;
use serde_json::json;

use super::passkeys::{self, SCRIPT, bytes, text};
use super::sign_in::{local_path, welcome};
use crate::cookies::{self, DEVICE_COOKIE, SESSION_COOKIE};
use crate::form::Posted;
use crate::kept::Kept;
use crate::page::{Faults, Field, FormBox, FormPage, Page};
use crate::refusal::Refusal;
use crate::visit::Visit;

/// A code from paper is the longest, and people type blanks between its groups.
const CODE_MAX: usize = 40;
const STEP_FIELD: &str = "step";

/// Asks for passkey or code, with what the sign-in form carried.
pub(super) async fn ask(
    visit: &Visit,
    headers: &HeaderMap,
    step: &StepToken,
    posted: &Posted,
    faults: &Faults,
) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let code =
        Field::line(&page, "code", "sign-in-code", "", CODE_MAX).kind("text", "one-time-code").required();
    let form = carrying(FormBox::new(&page, "/sign-in/code", "sign-in-button"), step, posted)
        .faults(faults)
        .field(code.faults(faults));
    let form = FormPage::new(&page, page.say("sign-in-code-title"), form);
    let Some((site, asked)) = passkey_asked(visit, headers, step).await? else {
        return form.lead(page.say("sign-in-code-lead")).show(visit);
    };
    let passkey = carrying(FormBox::new(&page, "/sign-in/passkey", "sign-in-passkey-button"), step, posted)
        .passkey("get", options(&site, &asked));
    let above =
        format!("{passkey}<h2>{}</h2><p>{}</p>", page.say("sign-in-or-code"), page.say("sign-in-code-lead"));
    form.lead(page.say("sign-in-passkey-lead")).above(above).script(SCRIPT).show(visit)
}

/// What both forms of the page hold.
fn carrying(form: FormBox, step: &StepToken, posted: &Posted) -> FormBox {
    let form = form
        .hidden(STEP_FIELD, step.reveal())
        .hidden("return", local_path(posted.text("return")).unwrap_or_default());
    match Kept::carried(posted) {
        Some(kept) => kept.carry(form),
        None => form,
    }
}

async fn passkey_asked(
    visit: &Visit,
    headers: &HeaderMap,
    step: &StepToken,
) -> Result<Option<(Site, PasskeyAsked)>, Refusal> {
    // Without an address of ours there is nothing a passkey could be for; a code does.
    let Ok(site) = passkeys::site(visit, headers) else {
        return Ok(None);
    };
    let (now, home, step, here) = (visit.now, visit.jurisdiction().clone(), step.clone(), site.clone());
    let asked = visit.app.db.read(move |tx| sign_in::passkey_asked(tx, now, &home, &step, &here)).await;
    let asked = asked.map_err(|error| Refusal::store(&visit.app, &error))?;
    Ok(asked.map(|asked| (site, asked)))
}

/// What the browser is asked for, as the script reads it; bytes are base64url.
fn options(site: &Site, asked: &PasskeyAsked) -> String {
    let known: Vec<String> = asked.credentials.iter().map(|credential| text(credential)).collect();
    json!({ "challenge": text(&asked.challenge), "host": site.host(), "known": known }).to_string()
}

/// `POST /sign-in/code`
pub(crate) async fn take_code(visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Response, Refusal> {
    let code = posted.text("code").chars().take(CODE_MAX).collect();
    take(&visit, &headers, &posted, Presented::Code(code), "sign-in-code-refused").await
}

/// `POST /sign-in/passkey`
pub(crate) async fn take_passkey(
    visit: Visit,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Refusal> {
    let site = passkeys::site(&visit, &headers)?;
    let assertion = Assertion {
        credential: bytes(&posted, "credential"),
        client_data: bytes(&posted, "client-data"),
        authenticator_data: bytes(&posted, "authenticator-data"),
        signature: bytes(&posted, "signature"),
    };
    let presented = Presented::Passkey(site, Box::new(assertion));
    take(&visit, &headers, &posted, presented, "sign-in-passkey-refused").await
}

async fn take(
    visit: &Visit,
    headers: &HeaderMap,
    posted: &Posted,
    presented: Presented,
    refused: &str,
) -> Result<Response, Refusal> {
    let Some(step) = StepToken::read(posted.text(STEP_FIELD)) else {
        return Ok(from_the_beginning(visit));
    };
    let attempt = StepAttempt {
        jurisdiction: visit.jurisdiction().clone(),
        step: step.clone(),
        presented,
        device: cookies::get(headers, DEVICE_COOKIE).and_then(DeviceToken::read),
    };
    let earlier = cookies::get(headers, SESSION_COOKIE).and_then(SessionToken::read);
    let (now, key) = (visit.now, visit.app.sealing.clone());
    let finish = move |tx: &mut db::Tx<'_>| sign_in::finish_step(tx, now, &attempt, earlier.as_ref(), &key);
    match visit.app.db.write(finish).await.map_err(|error| Refusal::access(&visit.app, &error))? {
        Stepped::SignedIn(session) => welcome(visit, posted, &session),
        Stepped::Expired => Ok(from_the_beginning(visit)),
        Stepped::TooMany { wait } => Err(super::sign_in::too_many(wait)),
        Stepped::Refused => {
            let mut faults = Faults::default();
            faults.add("code", visit.language.say(refused));
            ask(visit, headers, &step, posted, &faults).await
        }
    }
}

fn from_the_beginning(visit: &Visit) -> Response {
    Redirect::to(&visit.url("/sign-in?again=1")).into_response()
}
