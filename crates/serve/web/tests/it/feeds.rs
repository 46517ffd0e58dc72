//! The public list as a feed and as data: the same view, and no more than the list itself shows.

use http::StatusCode;

use crate::report::{number_on, reports};
use crate::town::{Town, in_town};

#[test]
fn the_feed_and_the_data_hold_what_the_list_of_the_same_view_holds() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let receipt = reports(&mut rosa).await;
        let number = number_on(&rosa.page(&receipt).await);
        for (query, is_in) in [
            ("", true),
            ("?status=open", true),
            ("?status=closed", false),
            ("?status=late", false),
            ("?service=graffiti", false),
        ] {
            let list = rosa.page(&format!("/requests{query}")).await.text();
            let feed = rosa.get(&format!("/requests.atom{query}")).await.expect(StatusCode::OK);
            let data = rosa.get(&format!("/requests.geojson{query}")).await.expect(StatusCode::OK);
            let path = format!("/requests/{number}");
            for text in [&list, &feed.text(), &data.text()] {
                assert_eq!(text.contains(&path), is_in, "{query}\n{text}");
            }
        }
        let feed = rosa.get("/requests.atom").await;
        assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
        let data: serde_json::Value =
            serde_json::from_slice(&rosa.get("/requests.geojson").await.bytes).unwrap();
        assert_eq!(data["features"][0]["properties"]["number"], *number);
        assert_eq!(data["features"][0]["properties"]["service_code"], "pothole");
    });
}

#[test]
fn what_is_not_public_is_in_no_feed() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let receipt = reports(&mut rosa).await;
        let track = receipt.strip_suffix("/receipt").unwrap();
        for path in ["/requests.atom", "/requests.geojson"] {
            let text = town.browser().get(path).await.expect(StatusCode::OK).text();
            for private in ["Rosa", "rosa@mail.example", track, "A deep hole"] {
                assert!(!text.contains(private), "{path} shows {private}\n{text}");
            }
        }
    });
}

#[test]
fn late_is_what_passed_its_promise_and_is_still_open() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let receipt = reports(&mut rosa).await;
        let number = number_on(&rosa.page(&receipt).await);
        town.clock.advance(jiff::SignedDuration::from_hours(24 * 30));
        let late = rosa.page("/requests?status=late").await.text();
        assert!(late.contains(&format!("/requests/{number}")), "{late}");
    });
}
