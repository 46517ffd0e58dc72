//! API keys of other systems: make one (shown once), revoke one.

use access::keys::{self, Key};
use access::{AccessError, KeyId, Scope};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;

use crate::app::App;
use crate::form::{Posted, one_line};
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape, chosen, go_to, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

const LABEL_MAX: usize = 200;

struct Line {
    key: Key,
    scopes: String,
    state: &'static str,
    /// The form that ends it, while it can be used.
    revoke: Option<FormBox>,
}

#[derive(Template)]
#[template(path = "admin/keys.html")]
struct KeysPage {
    page: Page,
    keys: Vec<Line>,
    /// A key that was made just now: this is the only time it is shown.
    made: Option<String>,
    form: FormBox,
    has_faults: bool,
}

/// `GET /admin/keys`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    show_list(&visit, None, &Posted::default(), &Faults::default()).await
}

async fn show_list(
    visit: &Visit,
    made: Option<String>,
    typed: &Posted,
    faults: &Faults,
) -> Result<Response, Refusal> {
    let jurisdiction = visit.jurisdiction().clone();
    let found = visit.app.db.read(move |tx| keys::list(tx, &jurisdiction)).await;
    let found = found.map_err(|error| Refusal::store(&visit.app, &error))?;
    let page = Page::new(visit);
    let keys = found.into_iter().map(|key| line(&page, visit.now, key)).collect();
    let form = add_form(&page, typed, faults);
    let template = KeysPage { keys, made, form, has_faults: !faults.is_empty(), page };
    show_page(&visit.app, faults.status(), &template)
}

fn line(page: &Page, now: Timestamp, key: Key) -> Line {
    let is_expired = key.expires_at.is_some_and(|at| at <= now);
    let state = match (key.revoked_at, is_expired) {
        (Some(_), _) => "key-revoked",
        (None, true) => "key-expired",
        (None, false) => "key-active",
    };
    let revoke = FormBox::new(page, &format!("/admin/keys/{}/revoke", key.id), "key-revoke-button").quiet();
    Line {
        scopes: key.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(", "),
        state,
        revoke: (state == "key-active").then_some(revoke),
        key,
    }
}

fn add_form(page: &Page, typed: &Posted, faults: &Faults) -> FormBox {
    let scopes: Vec<&str> = typed.all("scopes").collect();
    let choice = |scope: &Scope| {
        Choice::new(scope.as_str(), scope.as_str())
            .hint(page.say(&format!("scope-{}", scope.as_str().replace(':', "-"))))
    };
    let choices = chosen(Scope::ALL.iter().map(choice).collect(), &scopes);
    let fields = [
        Field::line(page, "label", "key-label", typed.text("label"), LABEL_MAX)
            .hint(page, "key-label-hint")
            .required(),
        Field::new(page, "scopes", "key-scopes", Shape::AnyOf(choices)).required(),
        Field::line(page, "expires", "key-expires", typed.text("expires"), 40).kind("date", "off"),
    ];
    FormBox::new(page, "/admin/keys", "key-add-button")
        .faults(faults)
        .fields(fields.map(|field| field.faults(faults)))
}

/// `POST /admin/keys`
pub(crate) async fn add(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    posted: Posted,
) -> Result<Response, Refusal> {
    let (label, scopes, expires_at) = match check(&visit, &posted) {
        Ok(checked) => checked,
        Err(faults) => return show_list(&visit, None, &posted, &faults).await,
    };
    let (now, by, jurisdiction) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    let made =
        app.db.write(move |tx| keys::add(tx, now, &by, &jurisdiction, &label, &scopes, expires_at)).await;
    match made {
        Ok(made) => show_list(&visit, Some(made.key), &Posted::default(), &Faults::default()).await,
        Err(AccessError::ExpiryPassed) => {
            let mut faults = Faults::default();
            faults.add("expires", visit.language.say("fault-past"));
            show_list(&visit, None, &posted, &faults).await
        }
        Err(error) => Err(Refusal::access(&app, &error)),
    }
}

type NewKey = (String, Vec<Scope>, Option<Timestamp>);

fn check(visit: &Visit, posted: &Posted) -> Result<NewKey, Faults> {
    let mut faults = Faults::default();
    let label = one_line(posted.text("label"));
    if label.is_empty() || label.chars().count() > LABEL_MAX {
        faults.add("label", visit.language.say("key-label-missing"));
    }
    let scopes: Vec<Scope> = posted.all("scopes").filter_map(|scope| scope.parse().ok()).collect();
    if scopes.is_empty() {
        faults.add("scopes", visit.language.say("key-scopes-missing"));
    }
    let expires = posted.given("expires");
    let at = expires.and_then(|text| catalog::read_instant(text, &visit.catalog.jurisdiction.zone));
    if expires.is_some() && at.is_none() {
        faults.add("expires", visit.language.say("fault-answer-date"));
    }
    if faults.is_empty() { Ok((label, scopes, at)) } else { Err(faults) }
}

/// `POST /admin/keys/{id}/revoke`
pub(crate) async fn revoke(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(id): Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    let id: KeyId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (now, by, jurisdiction) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    let done = app.db.write(move |tx| keys::revoke(tx, now, &by, &jurisdiction, id)).await;
    done.map_err(|error| Refusal::access(&app, &error))?;
    Ok(go_to(&visit, "/admin/keys"))
}
