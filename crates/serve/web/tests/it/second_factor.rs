//! AUTH-04 as people meet it: set up, asked for, used up, owed, taken away.

use access::Role;
use access::second_factor::{GRACE, totp::Secret};
use http::StatusCode;
use jiff::SignedDuration;

use crate::browser::{Answer, Browser};
use crate::html;
use crate::town::{PASSWORD, Town, in_town};

const ACCOUNT: &str = "/account/second-factor";
const SESSION: &str = "__Host-townline-session";
const HALF_MINUTE: SignedDuration = SignedDuration::from_secs(30);

/// An authenticator app: it reads the link of the page and shows codes.
struct App(Vec<u8>);

impl App {
    fn that_read(page: &Answer) -> Self {
        let text = page.text();
        let link = html::tags(&text).into_iter().find(|tag| tag.contains("otpauth://totp/Elmwood:")).unwrap();
        let uri = html::attribute(&link, "href").unwrap();
        let secret = uri.split("secret=").nth(1).unwrap().split('&').next().unwrap();
        Self(data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap())
    }

    fn code(&self, town: &Town<'_>) -> String {
        Secret::read(&self.0).unwrap().code_at(web::Clock::now(&*town.clock))
    }
}

/// Sets an app up; answers it with the recovery codes of the page.
async fn sets_up(town: &Town<'_>, browser: &mut Browser) -> (App, Vec<String>) {
    let page = browser.page(ACCOUNT).await;
    let offered = browser.submit(&page, &format!("{ACCOUNT}/offer"), &[]).await.expect(StatusCode::OK);
    html::check(&offered.text());
    let app = App::that_read(&offered);
    let before = browser.cookie(SESSION).unwrap().to_owned();
    let confirm = format!("{ACCOUNT}/confirm");
    let wrong = browser.submit(&offered, &confirm, &[("code", "12345")]).await;
    let wrong = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY);
    html::check(&wrong.text());
    let done = browser.submit(&wrong, &confirm, &[("code", &app.code(town))]).await.expect(StatusCode::OK);
    html::check(&done.text());
    assert_ne!(browser.cookie(SESSION).unwrap(), before);
    let codes = done.text().split("<code>").skip(1).map(|rest| rest[..19].to_owned()).collect();
    (app, codes)
}

async fn gives_password(browser: &mut Browser, email: &str) -> Answer {
    let page = browser.page("/sign-in?return=%2Fdesk%3Fstatus%3Dopen").await;
    let asked = browser.submit(&page, "/sign-in", &[("email", email), ("password", PASSWORD)]).await;
    html::check(&asked.text());
    asked
}

#[test]
fn auth_04_once_set_up_a_sign_in_takes_the_code_of_the_app_and_goes_where_it_was_going() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        let (app, codes) = sets_up(town, &mut ana).await;
        assert_eq!(codes.len(), 10);
        assert!(ana.page(ACCOUNT).await.text().contains("10 recovery codes are left"));
        let mut ana = town.browser();
        let asked = gives_password(&mut ana, "agent@elmwood.example").await.expect(StatusCode::OK);
        assert_eq!(ana.cookie(SESSION), None, "a password alone begins nothing");
        let code = "/sign-in/code";
        let used = ana.submit(&asked, code, &[("code", &app.code(town))]).await;
        let asked = used.expect(StatusCode::UNPROCESSABLE_ENTITY);
        html::check(&asked.text());
        town.clock.advance(HALF_MINUTE);
        let mut late = ana.clone();
        let answer =
            ana.submit(&asked, code, &[("code", &app.code(town))]).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(answer.location(), "/desk?status=open");
        ana.page("/desk").await;
        let over = late.submit(&asked, code, &[("code", &codes[0])]).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(over.location(), "/sign-in?again=1", "a step is taken once");
        let asked = gives_password(&mut ana, "agent@elmwood.example").await;
        ana.submit(&asked, code, &[("code", &codes[0])]).await.expect(StatusCode::SEE_OTHER);
        assert!(ana.page(ACCOUNT).await.text().contains("9 recovery codes are left"));
    });
}

#[test]
fn auth_04_the_key_is_never_shown_again_once_it_is_in_use() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        let (app, _) = sets_up(town, &mut ana).await;
        let key = data_encoding::BASE32_NOPAD.encode(&app.0);
        let typed = Secret::read(&app.0).unwrap().typed();
        let page = ana.page(ACCOUNT).await;
        let wrong = ana.submit(&page, &format!("{ACCOUNT}/offer"), &[]).await;
        for text in [page.text(), wrong.text()] {
            assert!(!text.contains(&key) && !text.contains(&typed));
        }
        let token = ana.form_token();
        let fields = [("form-token", token.as_str()), ("code", "000000")];
        let wrong = ana.post(&format!("{ACCOUNT}/confirm"), &fields).await;
        assert!(!wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).text().contains(&typed));
    });
}

#[test]
fn auth_04_after_two_weeks_every_page_leads_to_setting_it_up() {
    in_town(async |town: &Town<'_>| {
        let email = town.add_person(Role::Administrator, &town.home).await;
        town.clock.advance(GRACE);
        let mut boss = town.browser();
        boss.sign_in(&email).await;
        for path in ["/desk", "/admin", "/admin/people"] {
            let led = boss.get(path).await.expect(StatusCode::SEE_OTHER);
            assert_eq!(led.location(), ACCOUNT, "{path}");
        }
        assert!(boss.page(ACCOUNT).await.text().contains("Set it up to go on"));
        sets_up(town, &mut boss).await;
        boss.page("/admin/people").await;
    });
}

#[test]
fn sess_08_the_second_factor_is_changed_on_a_fresh_sign_in_only() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        let page = ana.page(ACCOUNT).await;
        town.clock.advance(SignedDuration::from_mins(11));
        for action in ["offer", "confirm", "recovery-codes"] {
            let token = ana.form_token();
            let refused = ana.post(&format!("{ACCOUNT}/{action}"), &[("form-token", &token)]).await;
            assert_eq!(refused.location(), "/sign-in?return=%2Faccount%2Fsecond-factor&again=1", "{action}");
        }
        assert!(page.text().contains("Set up an app"));
    });
}

#[test]
fn auth_04_an_administrator_takes_away_the_second_step_of_somebody_who_lost_it() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        sets_up(town, &mut ana).await;
        let mut boss = town.staff(Role::Administrator).await;
        let people = boss.page("/admin/people").await.text();
        let line = html::tags(&people).into_iter().filter_map(|tag| html::attribute(&tag, "href"));
        for person in line.filter(|href| href.starts_with("/admin/people/")).collect::<Vec<_>>() {
            let page = boss.page(&person).await;
            if page.text().contains("agent@elmwood.example") {
                let reset = format!("{person}/second-factor/reset");
                boss.submit(&page, &reset, &[]).await.expect(StatusCode::SEE_OTHER);
            }
        }
        ana.get("/desk").await.expect(StatusCode::SEE_OTHER);
        ana.sign_in("agent@elmwood.example").await;
        ana.page("/desk").await;
    });
}

#[test]
fn auth_05_codes_cannot_be_tried_for_long() {
    in_town(async |town: &Town<'_>| {
        let mut ana = town.staff(Role::Agent).await;
        sets_up(town, &mut ana).await;
        let mut eve = town.browser();
        let asked = gives_password(&mut eve, "agent@elmwood.example").await;
        for _ in 0..5 {
            let refused = eve.submit(&asked, "/sign-in/code", &[("code", "x")]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let limited = eve.submit(&asked, "/sign-in/code", &[("code", "x")]).await;
        let limited = limited.expect(StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(limited.header("retry-after"), "600");
        // Without a step there is nothing to guess at.
        let nothing = eve.post("/sign-in/code", &[("step", "x"), ("code", "x")]).await;
        assert_eq!(nothing.expect(StatusCode::SEE_OTHER).location(), "/sign-in?again=1");
    });
}
