//! AUTH-07 as people meet it: an administrator makes a link, whoever holds it sets a password, once.

use access::Role;
use http::{Method, Request, StatusCode};
use jiff::SignedDuration;

use crate::browser::{Answer, Browser};
use crate::html;
use crate::town::{Town, in_town};

const NEW: &str = "lantern pebble saxophone dune";
const BOTH: [(&str, &str); 2] = [("password", NEW), ("password-again", NEW)];

/// The address on the page that shows a new link, without the host.
pub(crate) fn link_on(page: &Answer) -> String {
    html::check(&page.text());
    let text = page.text();
    let link = text.split("https://elmwood.example").nth(1).unwrap();
    link.split('<').next().unwrap().to_owned()
}

pub(crate) async fn invites(boss: &mut Browser, email: &str, role: &str) -> String {
    let page = boss.page("/admin/people").await;
    let fields = [("name", "Nia"), ("email", email), ("roles", role)];
    link_on(&boss.submit(&page, "/admin/people", &fields).await.expect(StatusCode::OK))
}

async fn signs_in(town: &Town<'_>, email: &str, password: &str) -> StatusCode {
    town.browser().post("/sign-in", &[("email", email), ("password", password)]).await.status
}

#[test]
fn auth_07_an_invitation_is_looked_at_often_and_used_once() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let link = invites(&mut boss, "nia@elmwood.example", "agent").await;
        assert!(boss.page("/admin/people").await.text().contains("Invited"));
        let mut nia = town.browser();
        let page = nia.page(&link).await;
        for _ in 0..4 {
            nia.page(&link).await;
            let head = Request::builder().method(Method::HEAD).uri(&link);
            nia.send(head.body(axum::body::Body::empty()).unwrap()).await.expect(StatusCode::OK);
        }
        assert!(page.text().contains("nia@elmwood.example"));
        let set = nia.submit(&page, &link, &BOTH).await.expect(StatusCode::SEE_OTHER);
        assert!(nia.follow(&set).await.text().contains("Your password is set"));
        assert_eq!(signs_in(town, "nia@elmwood.example", NEW).await, StatusCode::SEE_OTHER);
        nia.submit(&page, &link, &BOTH).await.expect(StatusCode::NOT_FOUND);
        let spent = nia.get(&link).await.expect(StatusCode::NOT_FOUND);
        html::check(&spent.text());
        assert!(spent.text().contains("This link does not work"));
    });
}

#[test]
fn auth_07_a_reset_link_replaces_the_password_within_its_hour_only() {
    in_town(async |town: &Town<'_>| {
        let email = town.add_person(Role::Agent, &town.home).await;
        let mut boss = town.staff(Role::Administrator).await;
        let (person, page) = page_of(&mut boss, &email).await;
        let link = link_on(&boss.submit(&page, &format!("{person}/link"), &[]).await.expect(StatusCode::OK));
        assert!(link.starts_with("/password/reset/"));
        let mut ana = town.browser();
        let form = ana.page(&link).await;
        town.clock.advance(SignedDuration::from_secs(3_600));
        ana.get(&link).await.expect(StatusCode::NOT_FOUND);
        ana.submit(&form, &link, &BOTH).await.expect(StatusCode::NOT_FOUND);
        assert_ne!(signs_in(town, &email, NEW).await, StatusCode::SEE_OTHER);
        boss.sign_in(&format!("administrator@{}", town.home)).await;
        let link = link_on(
            &boss.submit(&page, &format!("{person}/link"), &[("form-token", &boss.form_token())]).await,
        );
        town.clock.advance(SignedDuration::from_secs(3_599));
        let form = ana.page(&link).await;
        ana.submit(&form, &link, &BOTH).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(signs_in(town, &email, NEW).await, StatusCode::SEE_OTHER);
    });
}

/// The page of somebody, with its address.
pub(crate) async fn page_of(boss: &mut Browser, email: &str) -> (String, Answer) {
    let people = boss.page("/admin/people").await.text();
    let links = html::tags(&people).into_iter().filter_map(|tag| html::attribute(&tag, "href"));
    for link in links.filter(|link| link.starts_with("/admin/people/")).collect::<Vec<_>>() {
        let page = boss.page(&link).await;
        if page.text().contains(email) {
            return (link, page);
        }
    }
    panic!("{email} is not listed");
}

#[test]
fn auth_07_a_bad_password_leaves_the_link_as_it_was() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let link = invites(&mut boss, "nia@elmwood.example", "agent").await;
        let mut nia = town.browser();
        let page = nia.page(&link).await;
        for (first, again, field) in [
            ("short", "short", "password"),
            (NEW, "another one entirely", "password-again"),
            ("elmwood elmwood elmwood", "elmwood elmwood elmwood", "password"),
            ("", "", "password"),
        ] {
            let wrong = nia.submit(&page, &link, &[("password", first), ("password-again", again)]).await;
            let wrong = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY);
            html::check(&wrong.text());
            assert!(wrong.text().contains(&format!("href=\"#{field}\"")), "{first}\n{}", wrong.text());
            assert!(!wrong.text().contains(NEW), "a password is never sent back");
        }
        nia.submit(&page, &link, &BOTH).await.expect(StatusCode::SEE_OTHER);
    });
}

#[test]
fn auth_07_no_made_up_link_opens_anything() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        let link = invites(&mut boss, "nia@elmwood.example", "agent").await;
        let secret = link.rsplit('/').next().unwrap();
        let before = town.row_counts().await;
        let mut eve = town.browser();
        let (blank, longer) = ("A".repeat(43), format!("{secret}A"));
        let shorter = &secret[1..];
        for token in ["%20", "%00", ".", "A", "%FF", "-", &blank, &longer, shorter] {
            for purpose in ["invitation", "reset", "sign-in", "%20"] {
                let path = format!("/password/{purpose}/{token}");
                let status = eve.get(&path).await.status;
                assert!(matches!(status.as_u16(), 400 | 404), "{path} {status}");
                let status = eve.post(&path, &BOTH).await.status;
                assert!(matches!(status.as_u16(), 400 | 404), "{path} {status}");
            }
        }
        for path in ["/password/invitation/", "/password/invitation", "/password//", "/password"] {
            eve.get(path).await.expect(StatusCode::NOT_FOUND);
        }
        let crossed = format!("/password/reset/{secret}");
        eve.post(&crossed, &BOTH).await.expect(StatusCode::NOT_FOUND);
        let mut abroad = Browser::new(town.front.clone(), "oakville.example");
        abroad.get(&link).await.expect(StatusCode::NOT_FOUND);
        abroad.post(&link, &BOTH).await.expect(StatusCode::NOT_FOUND);
        assert_eq!(town.row_counts().await, before);
        eve.page(&link).await;
    });
}

#[test]
fn auth_07_the_page_with_the_link_says_that_nothing_was_sent_and_is_kept_by_nobody() {
    in_town(async |town: &Town<'_>| {
        let mut boss = town.staff(Role::Administrator).await;
        boss.language = Some("es");
        let page = boss.page("/admin/people").await;
        let fields = [("name", "Nia"), ("email", "nia@elmwood.example"), ("roles", "agent")];
        let made = boss.submit(&page, "/admin/people", &fields).await.expect(StatusCode::OK);
        assert!(made.text().contains("todavía no envía correos"), "{}", made.text());
        assert_eq!(made.header("cache-control"), "no-store");
        let mut nia = town.browser();
        let form = nia.page(&link_on(&made)).await;
        assert_eq!(form.header("cache-control"), "no-store");
        assert_eq!(form.header("referrer-policy"), "same-origin");
    });
}
