//! AUTH-04 with passkeys as people meet them: made, asked for, taken away. The browser's part is played by software.

use access::Role;
use http::StatusCode;
use jiff::SignedDuration;
use testkit::Authenticator;

use crate::browser::{Answer, Browser};
use crate::html;
use crate::town::{PASSWORD, Town, in_town};

const ACCOUNT: &str = "/account/second-factor";
const OFFER: &str = "/account/passkeys/offer";
const ADD: &str = "/account/passkeys";
const HERE: &str = "https://elmwood.example";

fn encoded(bytes: &[u8]) -> String {
    data_encoding::BASE64URL_NOPAD.encode(bytes)
}

/// What the page tells the script.
fn options(page: &Answer) -> serde_json::Value {
    html::check(&page.text());
    assert!(page.text().contains("passkey"), "the script is loaded");
    let form = html::tags(&page.text()).into_iter().find(|tag| tag.contains("data-passkey=")).unwrap();
    serde_json::from_str(&html::attribute(&form, "data-options").unwrap()).unwrap()
}

fn challenge(page: &Answer) -> Vec<u8> {
    data_encoding::BASE64URL_NOPAD.decode(options(page)["challenge"].as_str().unwrap().as_bytes()).unwrap()
}

async fn makes(browser: &mut Browser, authenticator: &Authenticator) -> Answer {
    let page = browser.page(ACCOUNT).await;
    let asked = browser.submit(&page, OFFER, &[]).await.expect(StatusCode::OK);
    assert_eq!(options(&asked)["host"], "elmwood.example");
    let (client_data, attestation) = authenticator.register(&challenge(&asked), HERE);
    let said = [
        ("name", "Key ring"),
        ("client-data", &encoded(&client_data)),
        ("attestation", &encoded(&attestation)),
    ];
    browser.submit(&asked, ADD, &said).await
}

async fn signs(browser: &mut Browser, asked: &Answer, authenticator: &Authenticator, count: u32) -> Answer {
    let signed = authenticator.sign(&challenge(asked), HERE, count);
    let said = [
        ("credential", encoded(&authenticator.credential())),
        ("client-data", encoded(&signed.client_data)),
        ("authenticator-data", encoded(&signed.authenticator_data)),
        ("signature", encoded(&signed.signature)),
    ];
    let said: Vec<(&str, &str)> = said.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.submit(asked, "/sign-in/passkey", &said).await
}

async fn gives_password(browser: &mut Browser) -> Answer {
    let page = browser.page("/sign-in?return=%2Fdesk%3Fstatus%3Dopen").await;
    let fields = [("email", "agent@elmwood.example"), ("password", PASSWORD)];
    browser.submit(&page, "/sign-in", &fields).await.expect(StatusCode::OK)
}

#[test]
fn auth_04_a_passkey_made_on_the_page_signs_in_where_one_was_going() {
    in_town(async |town: &Town<'_>| {
        let (mut ana, authenticator) = (town.staff(Role::Agent).await, Authenticator::new(1));
        let before = ana.form_token();
        let codes = makes(&mut ana, &authenticator).await.expect(StatusCode::OK);
        assert_eq!(codes.text().matches("<code>").count(), 10);
        assert_ne!(ana.form_token(), before, "SESS-02: another session");
        assert!(ana.page(ACCOUNT).await.text().contains("Key ring"));
        let mut ana = town.browser();
        let asked = gives_password(&mut ana).await;
        assert_eq!(options(&asked)["known"][0], encoded(&authenticator.credential()));
        let wrong = signs(&mut ana, &asked, &Authenticator::new(2), 1).await;
        let asked = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.text().contains("The passkey was not accepted"), "{}", asked.text());
        let welcome = signs(&mut ana, &asked, &authenticator, 1).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(welcome.location(), "/desk?status=open");
        ana.page("/desk").await;
    });
}

#[test]
fn auth_04_without_a_script_the_passkey_page_says_so_and_a_code_from_paper_still_opens() {
    in_town(async |town: &Town<'_>| {
        let (mut ana, authenticator) = (town.staff(Role::Agent).await, Authenticator::new(1));
        let page = ana.page(ACCOUNT).await;
        let asked = ana.submit(&page, OFFER, &[]).await.expect(StatusCode::OK);
        assert!(asked.text().contains("<noscript>"));
        let unsigned = ana.submit(&asked, ADD, &[("name", "Key ring")]).await;
        let unsigned = unsigned.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unsigned.text().contains("could not be added"));
        let unnamed = ana.submit(&unsigned, ADD, &[("name", " ")]).await;
        assert!(unnamed.expect(StatusCode::UNPROCESSABLE_ENTITY).text().contains("href=\"#name\""));
        let codes = makes(&mut ana, &authenticator).await.expect(StatusCode::OK).text();
        let code = codes.split("<code>").nth(1).unwrap()[..19].to_owned();
        let mut ana = town.browser();
        let asked = gives_password(&mut ana).await;
        ana.submit(&asked, "/sign-in/code", &[("code", &code)]).await.expect(StatusCode::SEE_OTHER);
    });
}

#[test]
fn auth_04_a_passkey_is_taken_away_by_its_owner_alone() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        makes(&mut ana, &Authenticator::new(1)).await.expect(StatusCode::OK);
        let page = ana.page(ACCOUNT).await;
        let remove = html::tags(&page.text()).into_iter().find(|tag| tag.contains("/remove\"")).unwrap();
        let remove = html::attribute(&remove, "action").unwrap();
        let mut boss = town.staff(Role::Administrator).await;
        let token = boss.form_token();
        boss.post(&remove, &[("form-token", &token)]).await.expect(StatusCode::NOT_FOUND);
        let late = page.clone();
        let gone = ana.submit(&page, &remove, &[]).await.expect(StatusCode::SEE_OTHER);
        assert!(!ana.follow(&gone).await.text().contains("Key ring"));
        let token = ana.form_token();
        let again = ana.submit(&late, &remove, &[("form-token", &token)]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        let mut ana = town.browser();
        ana.sign_in("agent@elmwood.example").await;
    });
}

#[test]
fn sess_08_passkeys_are_made_and_taken_away_on_a_fresh_sign_in_only() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        town.clock.advance(SignedDuration::from_mins(11));
        for path in [OFFER, ADD, "/account/passkeys/00000000-0000-0000-0000-000000000001/remove"] {
            let token = ana.form_token();
            let refused = ana.post(path, &[("form-token", &token)]).await.expect(StatusCode::SEE_OTHER);
            assert!(refused.location().contains("again=1"), "{path}");
        }
    });
}
