//! Pages that hear of changes while they are open.

use std::time::Duration;

use access::Role;
use access::people;
use axum::body::Body;
use http::header::{CONTENT_TYPE, COOKIE, HOST};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use jiff::SignedDuration;
use tower::ServiceExt;
use web::{LiveLimits, Settings};

use crate::browser::Browser;
use crate::report::{number_on, reports};
use crate::town::{PROGRAM, Town, in_town_with};

/// Looks at once, so that nobody waits for a change.
fn quick() -> Settings {
    let live = LiveLimits { look_every: Duration::from_millis(5), per_person_max: 2, total_max: 3 };
    Settings { live, ..Settings::default() }
}

/// One page that listens.
struct Listener {
    body: Body,
}

impl Listener {
    /// The next message that is not only a sign of life; `None` at the end.
    async fn hear(&mut self) -> Option<String> {
        while let Some(frame) = self.body.frame().await {
            let text = String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap();
            if text != ":\n\n" {
                return Some(text);
            }
        }
        None
    }

    async fn hear_until(&mut self, words: &str) {
        while let Some(message) = self.hear().await {
            if message.contains(words) {
                return;
            }
        }
        panic!("the stream ended before it said {words}");
    }
}

async fn ask(town: &Town<'_>, browser: &Browser, path: &str, origin: &str) -> http::Response<Body> {
    let session = browser.cookie("__Host-townline-session").unwrap_or_default();
    let request = Request::get(path)
        .header(HOST, "elmwood.example")
        .header(COOKIE, format!("__Host-townline-session={session}"))
        .header("sec-fetch-site", origin);
    town.front.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn listen(town: &Town<'_>, browser: &Browser, path: &str) -> Listener {
    let answer = ask(town, browser, path, "same-origin").await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    assert_eq!(answer.headers()[CONTENT_TYPE], "text/event-stream; charset=utf-8");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    Listener { body: answer.into_body() }
}

async fn reported(town: &Town<'_>) -> String {
    let receipt = reports(&mut town.browser()).await;
    number_on(&town.browser().page(&receipt).await)
}

async fn accept(browser: &mut Browser, number: &str) {
    let page = browser.page(&format!("/desk/requests/{number}")).await;
    let action = format!("/desk/requests/{number}/accept");
    browser.submit(&page, &action, &[]).await.expect(StatusCode::SEE_OTHER);
}

#[test]
fn an_open_request_hears_of_its_next_version_and_of_colleagues() {
    in_town_with(&quick(), &async |town: &Town<'_>| {
        let number = reported(town).await;
        let mut ana = town.staff(Role::Dispatcher).await;
        let ben = town.staff(Role::Supervisor).await;
        let path = format!("/desk/requests/{number}/live");
        let mut anas = listen(town, &ana, &path).await;
        assert!(anas.hear().await.unwrap().contains("\"mark\":\"1\",\"colleagues\":[]"));
        let mut bens = listen(town, &ben, &format!("{path}?doing=writing")).await;
        bens.hear_until("Some dispatcher\",\"isWriting\":false").await;
        anas.hear_until("Some supervisor\",\"isWriting\":true").await;
        accept(&mut ana, &number).await;
        bens.hear_until("\"mark\":\"2\"").await;
        drop(bens);
        anas.hear_until("\"mark\":\"2\",\"colleagues\":[]").await;
    });
}

#[test]
fn an_open_work_list_hears_that_it_has_changed_and_a_page_knows_whether_it_is_up_to_date() {
    in_town_with(&quick(), &async |town: &Town<'_>| {
        let number = reported(town).await;
        let mut ana = town.staff(Role::Dispatcher).await;
        let mark_of = |text: &str| text.split("data-mark=\"").nth(1).unwrap()[..16].to_owned();
        let before = mark_of(&ana.page("/desk?state=assigned").await.text());
        let mut list = listen(town, &ana, "/desk/live?state=assigned").await;
        assert!(list.hear().await.unwrap().contains(&before));
        accept(&mut ana, &number).await;
        let changed = list.hear().await.unwrap();
        let after = mark_of(&ana.page("/desk?state=assigned").await.text());
        assert!(before != after && changed.contains(&after), "{changed}");
        assert!(!changed.contains(&number), "a stream carries no content");
    });
}

#[test]
fn sess_04_a_stream_ends_with_its_session_at_the_next_look() {
    in_town_with(&quick(), &async |town: &Town<'_>| {
        assert!(LiveLimits::default().look_every <= Duration::from_secs(5));
        let number = reported(town).await;
        let mut ana = town.staff(Role::Dispatcher).await;
        let mut list = listen(town, &ana, "/desk/live").await;
        let mut request = listen(town, &ana, &format!("/desk/requests/{number}/live")).await;
        list.hear().await.unwrap();
        let page = ana.page("/desk").await;
        ana.submit(&page, "/sign-out", &[]).await;
        list.hear_until("event: over").await;
        request.hear_until("event: over").await;
        assert_eq!((list.hear().await, request.hear().await), (None, None));
    });
}

#[test]
fn sess_04_a_stream_ends_when_access_is_taken_away_or_nobody_uses_the_session() {
    in_town_with(&quick(), &async |town: &Town<'_>| {
        town.add_person(Role::Administrator, &town.home).await;
        let ana = town.staff(Role::Dispatcher).await;
        let mut list = listen(town, &ana, "/desk/live").await;
        list.hear().await.unwrap();
        let (now, home) = (web::Clock::now(&*town.clock), town.home.clone());
        let disabled = town.db.write(move |tx| {
            let all = people::list(tx, &home, None, 100)?;
            let ana = all.iter().find(|person| person.name == "Some dispatcher").map(|person| person.id);
            people::disable(tx, now, &PROGRAM, &home, ana.expect("she was added"))
        });
        disabled.await.unwrap();
        list.hear_until("event: over").await;
        let ben = town.staff(Role::Supervisor).await;
        let mut list = listen(town, &ben, "/desk/live").await;
        list.hear().await.unwrap();
        town.clock.advance(SignedDuration::from_mins(61));
        list.hear_until("event: over").await;
    });
}

#[test]
fn sess_07_a_stream_is_opened_by_our_own_pages_in_a_session_of_this_town_only() {
    in_town_with(&quick(), &async |town: &Town<'_>| {
        let number = reported(town).await;
        let ana = town.staff(Role::Dispatcher).await;
        let foreign = town.add_person(Role::Dispatcher, &"oakville.example".parse().unwrap()).await;
        let mut abroad = Browser::new(town.front.clone(), "oakville.example");
        abroad.sign_in(&foreign).await;
        for path in ["/desk/live".to_owned(), format!("/desk/requests/{number}/live")] {
            let evil = ask(town, &ana, &path, "cross-site").await;
            assert_eq!(evil.status(), StatusCode::FORBIDDEN, "{path}");
            for stranger in [&abroad, &town.browser()] {
                let answer = ask(town, stranger, &path, "same-origin").await;
                assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
            }
        }
        let missing = ask(town, &ana, "/desk/requests/99999/live", "same-origin").await;
        assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    });
}

#[test]
fn sess_07_a_request_that_was_hidden_ends_the_streams_of_those_who_may_not_see_it() {
    in_town_with(&quick(), &async |town: &Town<'_>| {
        let number = reported(town).await;
        let mut ben = town.staff(Role::Supervisor).await;
        let agent = town.staff(Role::Agent).await;
        let mut agents = listen(town, &agent, &format!("/desk/requests/{number}/live")).await;
        agents.hear().await.unwrap();
        let page = ben.page(&format!("/desk/requests/{number}")).await;
        ben.submit(&page, &format!("/desk/requests/{number}/hide"), &[]).await.expect(StatusCode::SEE_OTHER);
        agents.hear_until("event: over").await;
    });
}

#[test]
fn ovl_03_one_person_and_all_together_hold_only_so_many_streams_and_give_them_back() {
    in_town_with(&quick(), &async |town: &Town<'_>| {
        let ana = town.staff(Role::Dispatcher).await;
        let ben = town.staff(Role::Supervisor).await;
        let mut first = listen(town, &ana, "/desk/live").await;
        let second = listen(town, &ana, "/desk/live").await;
        let third = ask(town, &ana, "/desk/live", "same-origin").await;
        assert_eq!(third.status(), StatusCode::SERVICE_UNAVAILABLE, "two are one person's share");
        let _bens = listen(town, &ben, "/desk/live").await;
        let fourth = ask(town, &ben, "/desk/live", "same-origin").await;
        assert_eq!(fourth.status(), StatusCode::SERVICE_UNAVAILABLE, "three are everybody's");
        drop(second);
        // The place is given back once the stream has noticed that nobody listens.
        let mut tries = 0;
        while ask(town, &ana, "/desk/live", "same-origin").await.status() != StatusCode::OK {
            tries += 1;
            assert!(tries < 1_000, "the place was never given back");
            first.body.frame().await.unwrap().unwrap();
        }
    });
}
