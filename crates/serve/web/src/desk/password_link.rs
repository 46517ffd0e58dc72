//! Setting one's own password with a link that an administrator handed over: an invitation, or a reset.

use access::AccessError;
use access::password_links::{self, LinkHolder, LinkToken, Purpose};
use access::passwords::{About, Password, PasswordHash, PasswordProblem};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::app::App;
use crate::form::Posted;
use crate::page::{Faults, Field, FormBox, FormPage, Page};
use crate::refusal::Refusal;
use crate::visit::Visit;
use crate::words::Language;

const PASSWORD_MAX: usize = 1_000;

/// Where a link leads.
pub(crate) fn path(purpose: Purpose, token: &LinkToken) -> String {
    format!("/password/{}/{}", purpose.as_str(), token.reveal())
}

/// `GET /password/{purpose}/{token}`: uses nothing up, since programs that check mail follow links.
pub(crate) async fn show(visit: Visit, Path(link): Path<(String, String)>) -> Result<Response, Refusal> {
    let (purpose, token, holder) = open(&visit, &link).await?;
    form(&visit, &path(purpose, &token), purpose, &holder, &Faults::default())
}

/// `POST /password/{purpose}/{token}`
pub(crate) async fn take(
    State(app): State<App>,
    visit: Visit,
    Path(link): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let (purpose, token, holder) = open(&visit, &link).await?;
    let password = match check(&visit, &posted, &holder) {
        Ok(password) => password,
        Err(faults) => return form(&visit, &path(purpose, &token), purpose, &holder, &faults),
    };
    let hash = hash(&app, password).await?;
    let (now, home) = (visit.now, visit.jurisdiction().clone());
    let set = app.db.write(move |tx| password_links::set_password(tx, now, &home, purpose, &token, &hash));
    match set.await {
        Ok(()) => Ok(Redirect::to(&visit.url("/sign-in?password=set")).into_response()),
        Err(AccessError::LinkSpent) => Err(Refusal::LinkSpent),
        Err(error) => Err(Refusal::access(&app, &error)),
    }
}

/// What the address holds, if it is a link that works; all others are refused alike.
async fn open(
    visit: &Visit,
    (purpose, token): &(String, String),
) -> Result<(Purpose, LinkToken, LinkHolder), Refusal> {
    let purpose = Purpose::read(purpose).ok_or(Refusal::NotFound)?;
    let token = LinkToken::read(token).ok_or(Refusal::LinkSpent)?;
    let (now, home, asked) = (visit.now, visit.jurisdiction().clone(), token.clone());
    let found = visit.app.db.read(move |tx| password_links::open(tx, now, &home, purpose, &asked)).await;
    let found = found.map_err(|error| Refusal::store(&visit.app, &error))?;
    Ok((purpose, token, found.ok_or(Refusal::LinkSpent)?))
}

fn form(
    visit: &Visit,
    action: &str,
    purpose: Purpose,
    holder: &LinkHolder,
    faults: &Faults,
) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let password = |name: &str, key: &str| {
        Field::line(&page, name, key, "", PASSWORD_MAX).kind("password", "new-password").required()
    };
    let first = password("password", "password-link-password").hint(&page, "password-link-hint");
    let again = password("password-again", "password-link-again");
    let form = FormBox::new(&page, action, "password-link-button")
        .faults(faults)
        .field(first.faults(faults))
        .field(again.faults(faults));
    let title = match purpose {
        Purpose::Invitation => "password-link-invitation-title",
        Purpose::Reset => "password-link-reset-title",
    };
    FormPage::new(&page, page.say(title), form)
        .lead(page.with("password-link-lead", "email", holder.email.as_str()))
        .show(visit)
}

fn check(visit: &Visit, posted: &Posted, holder: &LinkHolder) -> Result<Password, Faults> {
    let jurisdiction = &visit.catalog.jurisdiction;
    let about = About {
        jurisdiction: &jurisdiction.id,
        jurisdiction_name: jurisdiction.name.in_default(),
        name: &holder.name,
        email: &holder.email,
    };
    let mut faults = Faults::default();
    let password = Password::new(posted.password("password"), &about);
    if let Err(problem) = &password {
        faults.add("password", fault(problem, visit.language));
    } else if posted.password("password") != posted.password("password-again") {
        faults.add("password-again", visit.language.say("password-link-differs"));
    }
    password.ok().filter(|_| faults.is_empty()).ok_or(faults)
}

fn fault(problem: &PasswordProblem, language: Language) -> String {
    match problem {
        PasswordProblem::TooShort { needed, .. } => language.with("password-too-short", "needed", needed),
        PasswordProblem::TooLong { most, .. } => language.with("fault-too-long", "max", most),
        PasswordProblem::Guessable => language.say("password-guessable"),
        PasswordProblem::Contains(_) => language.say("password-contains-name"),
    }
    .into_owned()
}

/// Hashing is slow on purpose: only a few at once, and off the async threads.
async fn hash(app: &App, password: Password) -> Result<PasswordHash, Refusal> {
    let drawn = app.db.write(|tx| Ok::<_, db::Error>(tx.random::<16>())).await;
    let salt = drawn.map_err(|error| Refusal::store(app, &error))?;
    let _turn = app.hashing.acquire().await.map_err(|_| Refusal::Unavailable)?;
    let hashing = app.settings.hashing;
    let hashed = tokio::task::spawn_blocking(move || hashing.hash(&password, salt)).await;
    hashed.map_err(|error| Refusal::broken(app, &error))
}
