//! `GET requests`: filters, windows and pages.

use jiff::tz::TimeZone;
use open311::read::{Limits, requests};

use crate::town::{HERE, HOLE, Town, in_town};

/// Four requests, one a day; the last one just now. Answers their numbers, oldest first.
fn four_days(town: &Town<'_>) -> Vec<String> {
    let mut numbers = Vec::new();
    for form in [
        format!("{HOLE}&lat=42.3601&long=-71.0589&description=first+hole"),
        "service_code=NOISE&lat=42.3702&long=-71.0689&description=loud".to_owned(),
        format!("{HOLE}&lat=42.3001&long=-71.1589&description=third+hole"),
        format!("{HOLE}&address_string=12+Elm+St"),
    ] {
        if !numbers.is_empty() {
            town.days_pass(1);
        }
        numbers.push(town.report(&form));
    }
    numbers
}

#[test]
fn every_filter_narrows_the_list() {
    in_town(|town| {
        let numbers = four_days(town);
        town.close(&numbers[2]);
        let found = |query: &str| {
            let said = town.get(&format!("/requests.json?{query}"));
            assert_eq!(said.status, 200, "{query}: {}", said.body);
            let places = said.every("service_request_id");
            places.iter().map(|number| numbers.iter().position(|n| n == number).unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(found(""), [3, 2, 1, 0], "newest first");
        assert_eq!(found("service_code=NOISE"), [1]);
        assert_eq!(found("service_code=NOISE,+POTHOLE"), [3, 2, 1, 0]);
        assert_eq!(found("service_code=NOTHING"), [0_usize; 0]);
        assert_eq!(found("service_code=NOTHING,NOISE"), [1]);
        assert_eq!(found("status=open"), [3, 1, 0]);
        assert_eq!(found("status=Closed"), [2]);
        assert_eq!(found("status=open,closed"), [3, 2, 1, 0]);
        assert_eq!(found("status=open&status=closed"), [3, 2, 1, 0]);
        assert_eq!(found("status="), [3, 2, 1, 0]);
        assert_eq!(found("detailed_status=closed"), [2]);
        assert_eq!(
            found("start_date=2026-05-09T16:00:00Z&end_date=2026-05-10T16:00:00Z"),
            [2, 1],
            "ends included"
        );
        assert_eq!(found("start_date=2026-05-09&end_date=2026-05-09"), [1], "a whole day");
        assert_eq!(found("updated_after=2026-05-10T16:00:00Z"), [3, 2]);
        assert_eq!(found("updated_before=2026-05-09T16:00:00Z"), [0]);
        assert_eq!(found("q=HOLE"), [2, 0]);
        assert_eq!(found("bbox=-71.06,42.36,-71.05,42.37"), [0]);
        assert_eq!(found("lat=42.3601&long=-71.0589&radius=100"), [0]);
        assert_eq!(found("agency_responsible=Public+Works"), [3, 2, 1, 0]);
        assert_eq!(found("agency_responsible=obras+p%C3%BAblicas"), [3, 2, 1, 0]);
        assert_eq!(found("agency_responsible=Nobody"), [0_usize; 0]);
        assert_eq!(found("unknown=parameters&are=ignored"), [3, 2, 1, 0]);
    });
}

#[test]
fn values_that_mean_nothing_are_refused_by_name() {
    in_town(|town| {
        for (query, said) in [
            ("status=done", "status: open or closed, not done"),
            ("detailed_status=nice", "detailed_status: unknown: nice"),
            ("start_date=soon", "start_date: not a date such as 2026-05-08T14:30:00Z: soon"),
            ("start_date=2026-05-02&end_date=2026-05-01", "start_date lies after end_date"),
            ("updated_after=x", "updated_after: not a date such as 2026-05-08T14:30:00Z: x"),
            ("bbox=1,2,3", "bbox: four numbers: west,south,east,north"),
            ("bbox=1,2,3,x", "bbox: not a decimal number: x"),
            ("lat=1&long=2", "radius required together with lat and long"),
            ("lat=1&long=2&radius=0", "radius: metres above 0 and up to 100000"),
            ("lat=1", "long required together with lat"),
            ("page=first", "page: not a whole number: first"),
            ("page_size=-1", "page_size: not a whole number: -1"),
        ] {
            let refusal = town.get(&format!("/requests.json?{query}")).refusal();
            assert_eq!(refusal, (400, vec![said.to_owned()]), "{query}");
        }
    });
}

#[test]
fn pages_follow_each_other_and_end() {
    in_town(|town| {
        let mut numbers = four_days(town);
        numbers.reverse();
        let page = |number: u32| {
            town.get(&format!("/requests.json?api_key=secret&status=open&page_size=3&page={number}"))
        };
        let (first, second, third) = (page(1), page(2), page(3));
        assert_eq!(first.every("service_request_id"), numbers[..3]);
        assert_eq!(second.every("service_request_id"), numbers[3..]);
        assert_eq!((third.status, third.body.as_str()), (200, "[]"));
        let base = "https://springfield.example/open311/v2/requests.json?status=open&page_size=3";
        assert_eq!(first.header("link"), Some(format!("<{base}&page=2>; rel=\"next\"").as_str()));
        assert_eq!(second.header("link"), Some(format!("<{base}&page=1>; rel=\"prev\"").as_str()));
        assert_eq!(page(4_000_000_000).body, "[]", "far past what can be counted");
        assert_eq!(
            town.get("/requests.xml?page=9").body,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<service_requests></service_requests>"
        );
    });
}

#[test]
fn the_window_is_90_days() {
    in_town(|town| {
        let old = town.report(&format!("{HOLE}&{HERE}"));
        town.days_pass(100);
        let new = town.report(&format!("{HOLE}&{HERE}"));
        let found = |query: &str| town.get(&format!("/requests.json?{query}")).every("service_request_id");
        assert_eq!(found(""), [new.as_str()]);
        assert_eq!(found("start_date=2026-05-01"), [old.as_str()], "90 days from the start");
        assert_eq!(found("end_date=2026-05-31"), [old.as_str()], "90 days before the end");
        assert_eq!(
            found("start_date=2026-01-01&end_date=2026-12-31"),
            [""; 0],
            "the last 90 days of a longer span"
        );
        assert_eq!(found("start_date=2026-01-01&end_date=2026-08-16"), [new.as_str()]);
        assert_eq!(found(&format!("service_request_id={old}")), [old.as_str()], "ids need no dates");
    });
}

#[test]
fn ids_override_every_other_filter_and_unknown_ones_are_left_out() {
    in_town(|town| {
        let numbers = four_days(town);
        let query = format!(
            "service_request_id={},{},nothing,{}&status=closed&page=7&page_size=1&start_date=2030-01-01",
            numbers[0], numbers[3], numbers[0]
        );
        let said = town.get(&format!("/requests.json?{query}"));
        assert_eq!(said.every("service_request_id"), [numbers[3].as_str(), numbers[0].as_str()]);
        assert_eq!(town.get("/requests.json?service_request_id=nothing").body, "[]");
    });
}

#[test]
fn priv_03_a_summary_shows_neither_words_nor_the_exact_place() {
    in_town(|town| {
        let number = town.report(
            "service_code=NOISE&lat=42.370234&long=-71.068912&description=CANARY&address_string=CANARY+St\
             &address_id=CANARY&media_url=https://canary.example/CANARY.jpg",
        );
        for address in [
            format!("/requests/{number}.json?extensions=true"),
            format!("/requests/{number}.xml?extensions=true"),
            "/requests.json?extensions=true".to_owned(),
        ] {
            let said = town.get(&address);
            assert!(!said.body.contains("CANARY") && !said.body.contains("42.370234"), "{}", said.body);
        }
        let shown = town.get(&format!("/requests/{number}.json")).json();
        assert!((shown[0]["lat"].as_f64().unwrap() - 42.370_234).abs() < 0.002);
        assert_eq!(town.get("/requests.json?q=canary").body, "[]");
        let whole = town.get_with("private", &format!("/requests/{number}.json"));
        assert!(whole.body.contains("CANARY St"));
    });
}

#[test]
fn a_hidden_request_is_found_only_with_a_key_for_it() {
    in_town(|town| {
        let number = town.report(&format!("{HOLE}&{HERE}"));
        town.office(&number, |tx, change| {
            ::requests::change_service(tx, change, change.catalog.service_by_code("ABUSE").unwrap().id)
                .unwrap();
        });
        let addresses =
            [format!("/requests/{number}.json"), format!("/requests.json?service_request_id={number}")];
        assert_eq!(
            town.get(&addresses[0]).refusal(),
            (404, vec![format!("service_request_id not found: {number}")])
        );
        assert_eq!(town.get(&addresses[1]).body, "[]");
        assert_eq!(town.get("/requests.json").body, "[]");
        for address in &addresses {
            assert_eq!(town.get_with("private", address).every("service_code"), ["ABUSE"]);
        }
    });
}

#[test]
fn a_closed_request_shows_when_and_why() {
    in_town(|town| {
        let number = town.report(&format!("{HOLE}&{HERE}"));
        town.hours_pass(2);
        town.close(&number);
        town.hours_pass(2);
        let shown = town.get(&format!("/requests/{number}.json?extensions=true")).json();
        assert_eq!(shown[0]["status"], "closed");
        assert_eq!(shown[0]["status_notes"], "We filled the pothole in front of number 12 this morning.");
        assert_eq!(shown[0]["updated_datetime"], "2026-05-08T18:00:00Z");
        assert_eq!(shown[0]["extended_attributes"]["outcome"], "no_action_needed");
        let kinds: Vec<_> =
            shown[0]["notes"].as_array().unwrap().iter().map(|note| note["type"].clone()).collect();
        assert_eq!(kinds, ["submitted", "closed"]);
    });
}

#[test]
fn what_we_write_another_town_reads_alike_in_both_formats() {
    in_town(|town| {
        let numbers = four_days(town);
        town.close(&numbers[0]);
        let read = |address: &str| {
            let document = town.get(address).body;
            requests(document.as_bytes(), &TimeZone::UTC, &Limits::default()).unwrap()
        };
        let (xml, json) = (read("/requests.xml?extensions=true"), read("/requests.json?extensions=true"));
        assert_eq!(xml, json);
        let read: Vec<_> =
            xml.into_iter().map(|record| record.unwrap().service_request_id.unwrap()).collect();
        assert_eq!(read, numbers.into_iter().rev().collect::<Vec<_>>());
        let services = |format: &str| {
            open311::read::services(
                town.get(&format!("/services.{format}")).body.as_bytes(),
                &Limits::default(),
            )
        };
        assert_eq!(services("xml").unwrap(), services("json").unwrap());
    });
}
