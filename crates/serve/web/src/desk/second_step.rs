//! The second step of signing in: the code of an authenticator app, or one from paper.

use access::sessions::SessionToken;
use access::sign_in::{self, CodeAttempt, DeviceToken, StepToken, Stepped};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;

use super::sign_in::{local_path, welcome};
use crate::app::App;
use crate::cookies::{self, DEVICE_COOKIE, SESSION_COOKIE};
use crate::form::Posted;
use crate::kept::Kept;
use crate::page::{Faults, Field, FormBox, FormPage, Page};
use crate::refusal::Refusal;
use crate::visit::Visit;

/// A code from paper is the longest, and people type blanks between its groups.
const CODE_MAX: usize = 40;
const STEP_FIELD: &str = "step";

/// Asks for the code, with what the sign-in form carried.
pub(super) fn ask(
    visit: &Visit,
    step: &StepToken,
    posted: &Posted,
    faults: &Faults,
) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let code =
        Field::line(&page, "code", "sign-in-code", "", CODE_MAX).kind("text", "one-time-code").required();
    let form = FormBox::new(&page, "/sign-in/code", "sign-in-button")
        .faults(faults)
        .hidden(STEP_FIELD, step.reveal())
        .hidden("return", local_path(posted.text("return")).unwrap_or_default())
        .field(code.faults(faults));
    let form = match Kept::carried(posted) {
        Some(kept) => kept.carry(form),
        None => form,
    };
    FormPage::new(&page, page.say("sign-in-code-title"), form).lead(page.say("sign-in-code-lead")).show(visit)
}

/// `POST /sign-in/code`
pub(crate) async fn take(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Refusal> {
    let Some(step) = StepToken::read(posted.text(STEP_FIELD)) else {
        return Ok(from_the_beginning(&visit));
    };
    let attempt = CodeAttempt {
        jurisdiction: visit.jurisdiction().clone(),
        step: step.clone(),
        code: posted.text("code").chars().take(CODE_MAX).collect(),
        device: cookies::get(&headers, DEVICE_COOKIE).and_then(DeviceToken::read),
    };
    let earlier = cookies::get(&headers, SESSION_COOKIE).and_then(SessionToken::read);
    let now = visit.now;
    let finish = move |tx: &mut db::Tx<'_>| sign_in::finish_with_code(tx, now, &attempt, earlier.as_ref());
    match app.db.write(finish).await.map_err(|error| Refusal::access(&app, &error))? {
        Stepped::SignedIn(session) => welcome(&visit, &posted, &session),
        Stepped::Expired => Ok(from_the_beginning(&visit)),
        Stepped::TooMany { wait } => Err(super::sign_in::too_many(wait)),
        Stepped::Refused => {
            let mut faults = Faults::default();
            faults.add("code", visit.language.say("sign-in-code-refused"));
            ask(&visit, &step, &posted, &faults)
        }
    }
}

fn from_the_beginning(visit: &Visit) -> Response {
    Redirect::to(&visit.url("/sign-in?again=1")).into_response()
}
