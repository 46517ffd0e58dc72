//! The exchange of updates, in both directions.

use crate::town::{HERE, HOLE, Town, in_town};

fn update(number: &str, id: &str, status: &str, text: &str) -> String {
    format!(
        "service_request_id={number}&update_id={id}&updated_datetime=2026-05-08T16:00:00Z&status={status}\
         &description={}&first_name=Rosa&last_name=-&email=rosa@mail.example",
        text.replace(' ', "+")
    )
}

const DONE: &str = "We filled the hole on Elm Street with asphalt.";

fn sent(town: &Town<'_>, form: &str) -> String {
    let said = town.post("/servicerequestupdates.json", form);
    assert_eq!(said.status, 200, "{}", said.body);
    said.every("update_id").remove(0)
}

fn status_of(town: &Town<'_>, number: &str) -> String {
    let shown = town.get(&format!("/requests/{number}.json?extensions=true")).json();
    shown[0]["extended_attributes"]["detailed_status"].as_str().unwrap().to_owned()
}

fn report(town: &Town<'_>) -> String {
    town.report(&format!("{HOLE}&{HERE}"))
}

#[test]
fn what_happened_to_public_requests_is_told_in_both_formats() {
    in_town(|town| {
        let number = report(town);
        town.hours_pass(1);
        town.office(&number, |tx, change| {
            requests::accept(tx, change).unwrap();
            requests::start(tx, change).unwrap();
            requests::add_internal_note(tx, change, "CANARY").unwrap();
            requests::add_public_note(tx, change, "The crew is on its way.").unwrap();
        });
        town.hours_pass(1);
        town.close(&number);
        insta::assert_snapshot!("updates_xml", town.get("/servicerequestupdates.xml").body);
        insta::assert_json_snapshot!("updates_json", town.get("/servicerequestupdates.json").json());
    });
}

#[test]
fn updates_are_asked_for_by_the_time_of_the_update_to_the_second() {
    in_town(|town| {
        let number = report(town);
        town.hours_pass(1);
        town.close(&number);
        town.days_pass(2);
        let count =
            |query: &str| town.get(&format!("/servicerequestupdates.json?{query}")).every("status").len();
        assert_eq!(count(""), 0, "the last day");
        assert_eq!(
            count("start_date=2026-05-08T17:00:00Z&end_date=2026-05-08T17:00:00Z"),
            1,
            "ends included"
        );
        assert_eq!(count("start_date=2026-05-08T17:00:01Z&end_date=2026-05-09T00:00:00Z"), 0);
        for (query, said) in [
            ("start_date=2026-05-08", "end_date required together with start_date"),
            ("end_date=2026-05-08", "start_date required together with end_date"),
            ("start_date=2026-05-09&end_date=2026-05-08", "start_date lies after end_date"),
        ] {
            let refusal = town.get(&format!("/servicerequestupdates.json?{query}")).refusal();
            assert_eq!(refusal, (400, vec![said.to_owned()]));
        }
    });
}

#[test]
fn an_update_makes_the_moves_that_its_word_asks_for() {
    in_town(|town| {
        let number = report(town);
        assert_eq!(status_of(town, &number), "assigned");
        for (id, status, text, after) in [
            ("1", "OPEN", "Is anybody there at all?", "assigned"),
            ("2", "investigating", "", "accepted"),
            ("3", "In Progress", "", "in_progress"),
            ("4", "FIXED", DONE, "closed"),
            ("5", "open", "Thank you very much.", "closed"),
            ("6", "reopen", "It is broken again.", "assigned"),
            ("7", "closed", DONE, "closed"),
        ] {
            town.hours_pass(1);
            sent(town, &update(&number, id, status, text));
            assert_eq!(status_of(town, &number), after, "{status}");
        }
        let told = town.get("/servicerequestupdates.json").every("status");
        assert_eq!(told, ["unchanged", "planned", "in_progress", "fixed", "unchanged", "reopen", "fixed"]);
    });
}

#[test]
fn every_status_word_is_taken_from_every_state_without_a_failure_of_ours() {
    in_town(|town| {
        for (at, status) in open311::status::ExtendedStatus::ALL.into_iter().enumerate() {
            let number = report(town);
            sent(town, &update(&number, &format!("a{at}"), status.as_str(), DONE));
            assert_eq!(status_of(town, &number) == "closed", status.is_closed(), "{status:?}");
            sent(town, &update(&number, &format!("b{at}"), status.as_str(), DONE));
        }
    });
}

#[test]
fn the_same_update_sent_twice_gets_the_same_answer_and_happens_once() {
    in_town(|town| {
        let number = report(town);
        let form = update(&number, "77", "open", "Somebody should look at this.");
        let first = sent(town, &form);
        assert_eq!(first, sent(town, &form));
        assert_eq!(town.get("/servicerequestupdates.json").every("update_id"), [first.as_str()]);
        let silent = update(&number, "78", "unchanged", "");
        assert_eq!(sent(town, &silent), sent(town, &silent));
        let other = report(town);
        let said = town.post("/servicerequestupdates.json", &update(&other, "77", "open", "x"));
        assert_eq!(said.refusal(), (400, vec!["update_id: it was used for another request".to_owned()]));
    });
}

#[test]
fn the_answer_to_an_update_has_its_own_root() {
    in_town(|town| {
        let number = report(town);
        let said = town.post("/servicerequestupdates.xml", &update(&number, "1", "open", "Look here."));
        insta::assert_snapshot!("update_receipt_xml", said.body);
    });
}

#[test]
fn an_update_that_cannot_be_taken_is_refused_by_name_and_leaves_nothing() {
    in_town(|town| {
        let number = report(town);
        let good = update(&number, "1", "fixed", DONE);
        for (form, status, said) in [
            (good.replace("update_id=1", "update_id="), 400, "update_id required"),
            (good.replace("status=fixed", "status=splendid"), 400, "status: unknown: splendid"),
            (good.replace("status=fixed", ""), 400, "status required"),
            (good.replace("updated_datetime=", "x="), 400, "updated_datetime required"),
            (
                good.replace("2026-05-08T16:00:00Z", "now"),
                400,
                "updated_datetime: not a date such as 2026-05-08T14:30:00Z: now",
            ),
            (good.replace(&format!("service_request_id={number}"), ""), 400, "service_request_id required"),
            (good.replace(&number, "nothing"), 404, "service_request_id not found: nothing"),
            (format!("{good}&media_url=file:///x"), 400, "media_url: not an http or https link: file:///x"),
            (
                update(&number, "1", "fixed", ""),
                400,
                "description: the note has 0 letters; at least 15 are needed",
            ),
            (
                update(&number, "1", "closed", "Case closed, thank you for your report."),
                400,
                "description: the note says nothing about this request",
            ),
        ] {
            let refusal = town.post("/servicerequestupdates.json", &form).refusal();
            assert_eq!(refusal, (status, vec![said.to_owned()]), "{form}");
        }
        sent(town, &good);
        assert_eq!(status_of(town, &number), "closed", "a refused update does not use up its id");
    });
}

#[test]
fn only_a_key_for_updates_may_send_them_and_not_in_the_address() {
    in_town(|town| {
        let number = report(town);
        let form = update(&number, "1", "open", "Look here.");
        let address = "/servicerequestupdates.json";
        assert_eq!(town.post_raw(address, &form, None).refusal(), (403, vec!["api_key required".to_owned()]));
        for key in ["create", "private"] {
            assert_eq!(town.post_with(key, address, &form).status, 403, "{key}");
        }
        let in_the_address = format!("{address}?api_key={}", town.key("update"));
        assert_eq!(town.post_raw(&in_the_address, &form, None).status, 403, "API-07");
        assert_eq!(town.get(&in_the_address).status, 200, "a key does not break a GET");
    });
}

#[test]
fn links_in_an_update_stand_below_its_text() {
    in_town(|town| {
        let number = report(town);
        sent(
            town,
            &format!(
                "{}&media_url=https://a.example/1.jpg",
                update(&number, "1", "open", "See the picture.")
            ),
        );
        let told = town.get("/servicerequestupdates.json").every("description");
        assert_eq!(told, ["See the picture.\nhttps://a.example/1.jpg"]);
    });
}

#[test]
fn az_04_who_wrote_an_update_is_not_told() {
    in_town(|town| {
        let number = report(town);
        sent(town, &update(&number, "1", "open", "Look here."));
        for address in [
            "/servicerequestupdates.json",
            "/servicerequestupdates.xml",
            &format!("/requests/{number}.json?extensions=true"),
        ] {
            let said = town.get(address).body;
            assert!(!said.contains("Rosa") && !said.contains("rosa@"), "{said}");
        }
    });
}
