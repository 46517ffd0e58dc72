//! One's own second factor: set up an app, use another one, see one's passkeys, print new recovery codes.

use access::AccessError;
use access::second_factor::passkeys::{self, Passkey};
use access::second_factor::{self, RecoveryCodes, Standing, totp::Secret};
use access::sign_in::SourceNetwork;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::passkeys::PASSKEYS;
use super::sign_in::set_cookie;
use crate::app::App;
use crate::cookies;
use crate::form::Posted;
use crate::page::{Faults, Field, FormBox, FormPage, Page, go_to, show as show_page};
use crate::qr::{self, Drawing};
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

/// Where all of this is.
pub(crate) const PATH: &str = "/account/second-factor";

const CODE_MAX: usize = 12;

/// One passkey, with the form that takes it away.
struct Line {
    passkey: Passkey,
    remove: FormBox,
}

#[derive(Template)]
#[template(path = "desk/second_factor.html")]
struct StandingPage {
    page: Page,
    standing: Standing,
    is_owed: bool,
    passkeys: Vec<Line>,
    add_passkey: FormBox,
    set_up: FormBox,
    renew: FormBox,
}

/// The key of an app that is being set up.
#[derive(Template)]
#[template(path = "desk/second_factor_key.html")]
struct Key<'a> {
    page: &'a Page,
    typed: String,
    /// For a phone's camera.
    code: Option<Drawing>,
    uri: String,
}

#[derive(Template)]
#[template(path = "desk/recovery_codes.html")]
struct CodesPage {
    page: Page,
    codes: Vec<String>,
}

/// `GET /account/second-factor`
pub(crate) async fn show(State(app): State<App>, visit: Visit, staff: Staff) -> Result<Response, Refusal> {
    let (jurisdiction, person) = (visit.jurisdiction().clone(), staff.0.person_id);
    let read = move |tx: &mut db::Tx<'_>| {
        let standing = second_factor::standing(tx, &jurisdiction, person)?;
        Ok::<_, db::Error>((standing, passkeys::list(tx, &jurisdiction, person)?))
    };
    let (standing, passkeys) = app.db.read(read).await.map_err(|error| Refusal::store(&app, &error))?;
    let page = Page::new(&visit);
    let word = if standing.has_app { "second-factor-replace-button" } else { "second-factor-offer-button" };
    let set_up = FormBox::new(&page, &format!("{PATH}/offer"), word);
    let template = StandingPage {
        renew: FormBox::new(&page, &format!("{PATH}/recovery-codes"), "second-factor-renew-button").quiet(),
        set_up: if standing.has_app { set_up.quiet() } else { set_up },
        add_passkey: FormBox::new(&page, &format!("{PASSKEYS}/offer"), "passkey-offer-button").quiet(),
        passkeys: passkeys.into_iter().map(|passkey| line(&page, passkey)).collect(),
        is_owed: staff.0.owes_second_factor(),
        standing,
        page,
    };
    show_page(&app, StatusCode::OK, &template)
}

fn line(page: &Page, passkey: Passkey) -> Line {
    let remove = format!("{PASSKEYS}/{}/remove", passkey.id);
    Line { remove: FormBox::new(page, &remove, "passkey-remove-button").quiet(), passkey }
}

/// `POST /account/second-factor/offer`
pub(crate) async fn offer(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    _: Posted,
) -> Result<Response, Refusal> {
    let (now, who, key) = (visit.now, staff.0.clone(), app.sealing.clone());
    let offered = app.db.write(move |tx| second_factor::offer(tx, now, &who, &key)).await;
    let secret = offered.map_err(|error| Refusal::access(&app, &error))?;
    show_key(&visit, &staff, &secret, &Faults::default())
}

fn show_key(visit: &Visit, staff: &Staff, secret: &Secret, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let uri = secret.otpauth_uri(visit.catalog.jurisdiction.name.in_default(), &staff.0.email);
    let key = Key { page: &page, typed: secret.typed(), code: qr::draw(&uri), uri }.render();
    let key = key.map_err(|error| Refusal::broken(&visit.app, &error))?;
    let code = Field::line(&page, "code", "second-factor-first-code", "", CODE_MAX)
        .kind("text", "one-time-code")
        .required();
    let form = FormBox::new(&page, &format!("{PATH}/confirm"), "second-factor-confirm-button")
        .faults(faults)
        .field(code.faults(faults));
    FormPage::new(&page, page.say("second-factor-key-title"), form)
        .back(PATH, "second-factor-title")
        .above(key)
        .show(visit)
}

/// `POST /account/second-factor/confirm`
pub(crate) async fn confirm(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    posted: Posted,
) -> Result<Response, Refusal> {
    let (now, who, code) = (visit.now, staff.0.clone(), posted.text("code").to_owned());
    let (source, key) = (SourceNetwork::of(visit.source.address()), app.sealing.clone());
    let confirm = move |tx: &mut db::Tx<'_>| second_factor::confirm(tx, now, &who, &code, &source, &key);
    match app.db.write(confirm).await {
        Ok(confirmed) => {
            // The session is a new one, and so is the token of the forms on this very page.
            let visit = visit.in_session(&confirmed.token);
            let mut response = match &confirmed.codes {
                Some(codes) => show_codes(&visit, codes)?,
                None => go_to(&visit, PATH),
            };
            set_cookie(&mut response, &cookies::session(&confirmed.token.reveal()));
            Ok(response)
        }
        Err(AccessError::WrongCode) => wrong_code(&visit, &staff).await,
        Err(error) => Err(Refusal::access(&app, &error)),
    }
}

/// Shows the same key again; it is not in use yet. Without one, there is nothing to confirm.
async fn wrong_code(visit: &Visit, staff: &Staff) -> Result<Response, Refusal> {
    let (who, key) = (staff.0.clone(), visit.app.sealing.clone());
    let offered = visit.app.db.read(move |tx| second_factor::offered(tx, &who, &key)).await;
    let secret = offered.map_err(|error| Refusal::store(&visit.app, &error))?.ok_or(Refusal::NotNow)?;
    let mut faults = Faults::default();
    faults.add("code", visit.language.say("second-factor-code-wrong"));
    show_key(visit, staff, &secret, &faults)
}

/// `POST /account/second-factor/recovery-codes`
pub(crate) async fn renew(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    _: Posted,
) -> Result<Response, Refusal> {
    let now = visit.now;
    let renewed = app.db.write(move |tx| second_factor::renew_codes(tx, now, &staff.0)).await;
    show_codes(&visit, &renewed.map_err(|error| Refusal::access(&app, &error))?)
}

pub(super) fn show_codes(visit: &Visit, codes: &RecoveryCodes) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    show_page(&visit.app, StatusCode::OK, &CodesPage { page, codes: codes.reveal() })
}
