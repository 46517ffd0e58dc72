//! AUTH-07 and AUTH-11 for residents: a link to the address they left, and everything reported with it.

use access::residents::{self, IssuedLink, ResidentLinkId};
use http::StatusCode;
use jiff::SignedDuration;

use crate::browser::Browser;
use crate::report::{number_on, reports};
use crate::town::{Town, in_town};

const ROSA: &str = "rosa@mail.example";

/// Asks for a link and reads the answer.
async fn asks(browser: &mut Browser, reach: &str) -> String {
    let page = browser.page("/my-requests").await;
    let answer = browser.submit(&page, "/my-requests", &[("reach", reach)]).await;
    browser.follow(&answer).await.text()
}

/// What waits to be sent.
async fn waiting(town: &Town<'_>) -> Vec<ResidentLinkId> {
    let waiting = town.db.read(|tx| {
        tx.query("select subject_id from outbox where topic = 'resident.link' order by id", &[], |row| {
            row.get::<ResidentLinkId>(0)
        })
    });
    waiting.await.unwrap()
}

/// Sends the link as whoever sends messages would.
async fn sent(town: &Town<'_>, link: ResidentLinkId) -> IssuedLink {
    use web::Clock as _;
    let (now, home) = (town.clock.now(), town.home.clone());
    town.db.write(move |tx| residents::issue(tx, now, &home, link)).await.unwrap().unwrap()
}

#[test]
fn auth_07_a_link_shows_what_was_reported_with_that_address_and_nothing_else() {
    in_town(async |town: &Town<'_>| {
        let receipt = reports(&mut town.browser()).await;
        let number = number_on(&town.browser().page(&receipt).await);
        let mut rosa = town.browser();
        asks(&mut rosa, " Rosa@Mail.example").await;
        let [link] = waiting(town).await[..] else { panic!("one message waits") };
        let link = sent(town, link).await;
        assert_eq!((link.reach.as_str(), link.language.as_str()), (ROSA, "en"));
        let path = format!("/my-requests/link/{}", link.token.reveal());
        let mut pages = Vec::new();
        for _ in 0..5 {
            // A mail scanner follows links; that uses nothing up.
            pages.push(town.browser().page(&path).await);
        }
        let answer = rosa.submit(&pages[0], &path, &[]).await;
        let list = rosa.follow(&answer).await;
        assert!(list.text().contains(&number) && list.text().contains("12 Elm Street"), "{}", list.text());
        assert_eq!(list.header("cache-control"), "no-store");
        town.browser().post(&path, &[]).await.expect(StatusCode::NOT_FOUND);
        assert!(!town.browser().page("/my-requests").await.text().contains(&number));
        town.clock.advance(SignedDuration::from_hours(29 * 24));
        assert!(rosa.page("/my-requests").await.text().contains(&number));
        let page = rosa.page("/my-requests").await;
        let left = rosa.submit(&page, "/my-requests/sign-out", &[]).await;
        assert!(!rosa.follow(&left).await.text().contains(&number));
    });
}

#[test]
fn auth_11_nobody_learns_by_asking_whether_somebody_has_reported() {
    in_town(async |town: &Town<'_>| {
        reports(&mut town.browser()).await;
        let known = asks(&mut town.browser(), ROSA).await;
        let unknown = asks(&mut town.browser(), "luis@mail.example").await;
        assert_eq!(known, unknown);
        assert_eq!(waiting(town).await.len(), 1);
        assert!(known.contains("This site sends no messages yet"), "no sender is configured:\n{known}");
        let wrong = asks(&mut town.browser(), "rosa").await;
        assert!(wrong.contains("href=\"#reach\"") && wrong.contains("value=\"rosa\""), "{wrong}");
        let made_up = format!("/my-requests/link/{}", "A".repeat(43));
        for path in [made_up.as_str(), "/my-requests/link/x", "/my-requests/link/%20"] {
            town.browser().get(path).await.expect(StatusCode::NOT_FOUND);
            town.browser().post(path, &[]).await.expect(StatusCode::NOT_FOUND);
        }
    });
}
