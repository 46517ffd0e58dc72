//! How much, how often, how large.

use std::net::IpAddr;

use axum::body::Body;
use http::header::CONTENT_TYPE;
use http::{Request, StatusCode};
use web::{Ceilings, Rate, Rates, Settings};

use crate::html;
use crate::town::{Town, in_town, in_town_with};

const STRANGER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 9));

#[test]
fn api_04_a_source_that_calls_too_often_is_told_when_to_come_back() {
    let reading = Rate { per_second: 1.0, burst: 3.0 };
    let settings = Settings { rates: Rates { reading, ..Rates::default() }, ..Settings::default() };
    in_town_with(&settings, &async |town: &Town<'_>| {
        let mut stranger = town.browser();
        stranger.peer = STRANGER;
        for _ in 0..3 {
            stranger.page("/requests").await;
        }
        let refused = stranger.get("/requests").await.expect(StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.header("retry-after"), "1");
        html::check(&refused.text());
        let machine = stranger.get("/open311/v2/services.json").await.expect(StatusCode::TOO_MANY_REQUESTS);
        assert!(machine.text().starts_with("[{\"code\":429"), "{}", machine.text());
        // API-08: a forged header is another bucket for nobody.
        let forged =
            Request::get("/requests").header("x-forwarded-for", "198.51.100.7").body(Body::empty()).unwrap();
        stranger.send(forged).await.expect(StatusCode::TOO_MANY_REQUESTS);
        town.browser().page("/requests").await;
        town.clock.advance(jiff::SignedDuration::from_secs(2));
        stranger.page("/requests").await;
    });
}

#[test]
fn ovl_02_reading_gives_way_while_intake_goes_on() {
    let ceilings = Ceilings { reading: 0, ..Ceilings::default() };
    in_town_with(&Settings { ceilings, ..Settings::default() }, &async |town: &Town<'_>| {
        let mut browser = town.browser();
        let full = browser.get("/requests").await.expect(StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(full.header("retry-after"), "5");
        browser.page("/report").await;
        browser.get("/healthz").await.expect(StatusCode::OK);
    });
}

#[test]
fn bodies_over_the_limit_of_their_class_are_refused() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        let large = "x".repeat(300 * 1024);
        let refused =
            browser.post("/report", &[("address", &large)]).await.expect(StatusCode::PAYLOAD_TOO_LARGE);
        html::check(&refused.text());
        // A length that is announced is enough to refuse, before anything is read.
        let request =
            browser.unsafe_request("/report").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.header("content-length", "300000").body(Body::empty()).unwrap();
        browser.send(request).await.expect(StatusCode::PAYLOAD_TOO_LARGE);
        let call = browser.post("/open311/v2/requests.json", &[("description", &"x".repeat(2 << 20))]).await;
        assert!(call.expect(StatusCode::PAYLOAD_TOO_LARGE).text().starts_with("[{\"code\":413"));
    });
}

#[test]
fn cfg_03_metrics_are_for_this_machine_only() {
    in_town(async |town: &Town<'_>| {
        let mut stranger = town.browser();
        assert!(stranger.get("/metrics").await.expect(StatusCode::OK).text().contains("townline_up"));
        stranger.peer = STRANGER;
        stranger.get("/metrics").await.expect(StatusCode::NOT_FOUND);
        assert_eq!(stranger.get("/readyz").await.expect(StatusCode::OK).text(), "ready\n");
    });
}
