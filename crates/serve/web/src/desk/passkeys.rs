//! One's own passkeys: make one, take one away. The browser's part is `ui/scripts/passkey.js`.

use access::AccessError;
use access::second_factor::passkeys::{self, Offer, PasskeyId, Registration, Site};
use access::sign_in::SourceNetwork;
use axum::extract::{Path, State};
use axum::response::Response;
use http::HeaderMap;
use serde_json::json;

use super::second_factor::{PATH, show_codes};
use super::sign_in::set_cookie;
use crate::app::App;
use crate::cookies;
use crate::form::{Posted, one_line};
use crate::outside;
use crate::page::{Faults, Field, FormBox, FormPage, Page, go_to};
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

/// Makes and takes them away.
pub(super) const PASSKEYS: &str = "/account/passkeys";

/// The script that asks the browser for them.
pub(super) const SCRIPT: &str = "passkey.js";

const NAME_MAX: usize = 100;

/// The site passkeys are for; nothing when nobody knows our address.
pub(super) fn site(visit: &Visit, headers: &HeaderMap) -> Result<Site, Refusal> {
    Site::new(&outside::root(&visit.app.settings, headers)).ok_or(Refusal::NotNow)
}

/// Bytes as they travel in a form.
pub(super) fn bytes(posted: &Posted, field: &str) -> Vec<u8> {
    data_encoding::BASE64URL_NOPAD.decode(posted.text(field).as_bytes()).unwrap_or_default()
}

pub(super) fn text(bytes: &[u8]) -> String {
    data_encoding::BASE64URL_NOPAD.encode(bytes)
}

/// `POST /account/passkeys/offer`
pub(crate) async fn offer(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    headers: HeaderMap,
    _: Posted,
) -> Result<Response, Refusal> {
    let site = site(&visit, &headers)?;
    ask(&app, &visit, &staff, &site, "", &Faults::default()).await
}

/// Shows the form with a new challenge.
async fn ask(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    site: &Site,
    name: &str,
    faults: &Faults,
) -> Result<Response, Refusal> {
    let (now, who, here) = (visit.now, staff.0.clone(), site.clone());
    let offered = app.db.write(move |tx| passkeys::offer(tx, now, &who, &here)).await;
    let offer = match offered {
        Ok(offer) => offer,
        Err(AccessError::TooManyPasskeys { .. }) => return Err(Refusal::NotNow),
        Err(error) => return Err(Refusal::access(app, &error)),
    };
    let page = Page::new(visit);
    let field = Field::line(&page, "name", "passkey-name", name, NAME_MAX).hint(&page, "passkey-name-hint");
    let form = FormBox::new(&page, PASSKEYS, "passkey-make-button")
        .faults(faults)
        .field(field.required().faults(faults))
        .passkey("create", options(&page, staff, site, &offer));
    FormPage::new(&page, page.say("passkey-new-title"), form)
        .back(PATH, "second-factor-title")
        .lead(page.say("passkey-new-lead"))
        .script(SCRIPT)
        .show(visit)
}

/// What the browser is asked for, as the script reads it; bytes are base64url.
fn options(page: &Page, staff: &Staff, site: &Site, offer: &Offer) -> String {
    let known: Vec<String> = offer.known.iter().map(|credential| text(credential)).collect();
    json!({
        "challenge": text(&offer.challenge),
        "host": site.host(),
        "town": page.town(),
        "person": text(staff.0.person_id.to_string().as_bytes()),
        "email": staff.0.email,
        "name": staff.0.name,
        "known": known,
    })
    .to_string()
}

/// `POST /account/passkeys`
pub(crate) async fn add(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Refusal> {
    let site = site(&visit, &headers)?;
    let name = one_line(posted.text("name"));
    let mut faults = Faults::default();
    if name.is_empty() || name.chars().count() > NAME_MAX {
        faults.add("name", visit.language.say("passkey-name-missing"));
        return ask(&app, &visit, &staff, &site, &name, &faults).await;
    }
    let made = Registration {
        client_data: bytes(&posted, "client-data"),
        attestation: bytes(&posted, "attestation"),
    };
    let (now, who, called, here) = (visit.now, staff.0.clone(), name.clone(), site.clone());
    let source = SourceNetwork::of(visit.source.address());
    let add = move |tx: &mut db::Tx<'_>| {
        // An offer is used up whatever comes of it, so a refusal is kept, too.
        match passkeys::add(tx, now, &who, &called, &here, &made, &source) {
            Err(AccessError::BadPasskey) => Ok(None),
            added => added.map(Some),
        }
    };
    let Some(added) = app.db.write(add).await.map_err(|error| Refusal::access(&app, &error))? else {
        faults.add("name", visit.language.say("passkey-bad"));
        return ask(&app, &visit, &staff, &site, &name, &faults).await;
    };
    let visit = visit.in_session(&added.token);
    let mut response = match &added.codes {
        Some(codes) => show_codes(&visit, codes)?,
        None => go_to(&visit, PATH),
    };
    set_cookie(&mut response, &cookies::session(&added.token.reveal()));
    Ok(response)
}

/// `POST /account/passkeys/{id}/remove`
pub(crate) async fn remove(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(id): Path<String>,
    _: Posted,
) -> Result<Response, Refusal> {
    let id: PasskeyId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (now, source) = (visit.now, SourceNetwork::of(visit.source.address()));
    let removed = app.db.write(move |tx| passkeys::remove(tx, now, &staff.0, id, &source)).await;
    match removed {
        Ok(token) => {
            let mut response = go_to(&visit, PATH);
            set_cookie(&mut response, &cookies::session(&token.reveal()));
            Ok(response)
        }
        Err(AccessError::NoSecondFactor) => Err(Refusal::NotFound),
        Err(error) => Err(Refusal::access(&app, &error)),
    }
}
