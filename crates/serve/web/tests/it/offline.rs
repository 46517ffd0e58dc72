//! The report on one page: sent late, sent twice, sent half, and what a browser may keep of it.

use http::StatusCode;

use crate::browser::{Answer, Browser};
use crate::report::{number_on, picture};
use crate::town::{Town, in_town};

const KEY: &str = "abcdefghijklmnopqrstuvwxya";

/// Everything a report of this town's pothole needs.
const WHOLE: [(&str, &str); 7] = [
    ("words", "Behind the school"),
    ("service", "pothole"),
    ("description", "A deep hole"),
    ("q-pothole.where", "lane"),
    ("q-pothole.size", "14"),
    ("wanted", "no"),
    ("key", KEY),
];

async fn sends(browser: &mut Browser, fields: &[(&str, &str)]) -> Answer {
    let photo = picture();
    let answer = browser.upload("/report/offline?lang=en", fields, &[("photos", "hole.png", &photo)]).await;
    answer.expect(StatusCode::SEE_OTHER)
}

async fn requests(town: &Town<'_>) -> i64 {
    town.row_counts().await[0]
}

#[test]
fn a_report_sent_twice_by_a_device_is_one_request_with_one_receipt() {
    in_town(async |town: &Town<'_>| {
        let mut device = town.browser();
        let first = sends(&mut device, &WHOLE).await;
        // The answer was lost with the connection, so the device sends it once more.
        let second = sends(&mut device, &WHOLE).await;
        assert_eq!(first.location(), second.location());
        assert_eq!(requests(town).await, 1);
        let receipt = device.follow(&second).await;
        assert!(receipt.text().contains("Behind the school"), "{}", number_on(&receipt));
    });
}

#[test]
fn what_is_missing_in_a_report_from_a_device_is_asked_step_by_step_and_nothing_is_lost() {
    in_town(async |town: &Town<'_>| {
        let mut device = town.browser();
        let fields: Vec<_> =
            WHOLE.into_iter().filter(|(name, _)| !name.ends_with("size") && *name != "wanted").collect();
        let answer = sends(&mut device, &fields).await;
        assert_eq!(requests(town).await, 0);
        let details = device.follow(&answer).await;
        assert!(details.path.contains("/details"), "{}", details.path);
        assert!(details.text().contains("A deep hole") && details.text().contains("href=\"#q-size\""));
        let fields = [("description", "A deep hole"), ("q-where", "lane"), ("q-size", "14")];
        let path = details.path.split('?').next().unwrap().to_owned();
        let answer = device.submit(&details, &path, &fields).await;
        let contact = device.follow(&answer).await;
        let answer = device.submit(&contact, &contact.path.clone(), &[("wanted", "no")]).await;
        let review = device.follow(&answer).await;
        assert!(review.text().contains("One photo"), "{}", review.text());
        let answer = device.submit(&review, &review.path.clone(), &[]).await;
        // The device that had not heard of it sends what it has: it is still the same request.
        let again = sends(&mut device, &WHOLE).await;
        assert_eq!(answer.location(), again.location());
        assert_eq!(requests(town).await, 1);
    });
}

#[test]
fn danger_stops_a_report_from_a_device_too() {
    in_town(async |town: &Town<'_>| {
        let mut device = town.browser();
        let fields = [
            ("words", "Here"),
            ("service", "pothole"),
            ("q-pothole.where", "gas"),
            ("wanted", "no"),
            ("key", KEY),
        ];
        let answer = sends(&mut device, &fields).await;
        assert!(device.follow(&answer).await.text().contains("911"));
        let fields = [("words", "Here"), ("service", "power"), ("wanted", "no")];
        let answer = sends(&mut device, &fields).await;
        assert!(device.follow(&answer).await.text().contains("The power company"));
        assert_eq!(requests(town).await, 0);
    });
}

#[test]
fn without_script_the_page_is_a_plain_form() {
    in_town(async |town: &Town<'_>| {
        let mut rosa = town.browser();
        let page = rosa.page("/report/offline").await;
        let fields = [
            ("words", "Behind the school"),
            ("service", "graffiti"),
            ("description", "Red"),
            ("wanted", "no"),
        ];
        let answer = rosa.submit(&page, "/report/offline?lang=en", &fields).await;
        assert!(rosa.follow(&answer).await.text().contains("Thank you. We have your report."));
        let odd = rosa.post("/report/offline", &[("key", "../../etc")]).await;
        odd.expect(StatusCode::BAD_REQUEST);
    });
}

#[test]
fn priv_12_the_worker_keeps_one_public_page_and_its_files_and_nothing_of_anybody() {
    in_town(async |town: &Town<'_>| {
        let mut agent = town.staff(access::Role::Agent).await;
        let worker = agent.get("/worker.js").await.expect(StatusCode::OK);
        let text = worker.text();
        let kept = text.strip_prefix("const KEPT = ").unwrap().split(";\n").next().unwrap().to_owned();
        let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
        let pages: Vec<&str> =
            kept["pages"].as_object().unwrap().values().map(|page| page.as_str().unwrap()).collect();
        assert_eq!(pages, ["/report/offline?lang=en", "/report/offline?lang=es"]);
        let files = kept["files"].as_array().unwrap();
        for file in pages.into_iter().chain(files.iter().map(|file| file.as_str().unwrap())) {
            // As a stranger: the worker asks without cookies.
            let answer = town.browser().get(file).await.expect(StatusCode::OK);
            assert!(!answer.text().contains("Some agent"), "{file}");
            assert!(!answer.headers.contains_key("set-cookie") || file.contains("lang="), "{file}");
        }
        assert!(text.contains("credentials: \"omit\""));
        assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
        assert!(worker.header("content-security-policy").contains("connect-src 'self'"));
    });
}
