//! `POST requests` and what became of it.

use open311::form::Upload;

use crate::town::{HERE, HOLE, Town, in_town};

fn refused(town: &Town<'_>, form: &str, status: u16, said: &[&str]) {
    let before = town.stored();
    let answer = town.post("/requests.json", form);
    let said: Vec<String> = said.iter().map(|text| (*text).to_owned()).collect();
    assert_eq!(answer.refusal(), (status, said), "{form}");
    assert_eq!(town.stored(), before, "{form} stored something");
}

#[test]
fn a_new_request_gets_its_number_and_is_shown_whole() {
    in_town(|town| {
        let number = town.report(&format!(
            "{HOLE}&attribute[LANE]=L&attribute[HARM][]=tire&attribute[HARM][]=bike&{HERE}\
             &address_string=12+Elm+St&address_id=545483&zipcode=02108&description=Deep+%26+wide\
             &email=rosa@mail.example&first_name=Rosa&last_name=Canary&phone=617-555-0123\
             &media_url=https://pictures.example/1.jpg&media_url=https://pictures.example/2.jpg"
        ));
        insta::assert_snapshot!("single_xml", town.get(&format!("/requests/{number}.xml")).body);
        insta::assert_json_snapshot!("single_json", town.get(&format!("/requests/{number}.json")).json());
        let extended = format!("/requests/{number}.json?extensions=true");
        insta::assert_json_snapshot!("single_extended_json", town.get(&extended).json());
        let extended = format!("/requests/{number}.xml?extensions=true");
        insta::assert_snapshot!("single_extended_xml", town.get(&extended).body);
    });
}

#[test]
fn the_receipt_holds_what_the_kind_of_service_gives_and_nothing_empty_instead() {
    in_town(|town| {
        insta::assert_snapshot!("receipt_xml", town.post("/requests.xml", &format!("{HOLE}&{HERE}")).body);
        let receipt = town.post("/requests.json", &format!("{HOLE}&{HERE}&account_id=77"));
        insta::assert_json_snapshot!("receipt_json", receipt.json());
        let tip = town.post("/requests.json", &format!("service_code=TIP&{HERE}"));
        insta::assert_json_snapshot!("receipt_blackbox_json", tip.json());
    });
}

#[test]
fn every_way_to_say_where_is_taken() {
    in_town(|town| {
        for place in ["address_string=12+Elm+St", "address_id=545483", "address_id=%23NOTPINPOINTED%23", HERE]
        {
            town.report(&format!("{HOLE}&{place}"));
        }
        // A border runs through the middle of a street, but zero is a place like any other: it is just not ours.
        refused(
            town,
            &format!("{HOLE}&lat=0&long=0"),
            400,
            &["lat/long: the place is outside the jurisdiction"],
        );
    });
}

#[test]
fn wrong_places_are_refused_by_name() {
    in_town(|town| {
        let missing = "lat and long, address_string or address_id required";
        refused(town, HOLE, 400, &[missing]);
        refused(town, &format!("{HOLE}&lat=&long=&address_string=++"), 400, &[missing]);
        refused(town, &format!("{HOLE}&lat=42.36"), 400, &["long required together with lat"]);
        refused(
            town,
            &format!("{HOLE}&long=-71&address_string=x"),
            400,
            &["lat required together with long"],
        );
        refused(town, &format!("{HOLE}&lat=north&long=1"), 400, &["lat: not a decimal number: north"]);
        refused(
            town,
            &format!("{HOLE}&lat=-71&long=242"),
            400,
            &["long: must lie between -180 and 180, not 242"],
        );
    });
}

#[test]
fn wrong_answers_get_one_entry_each() {
    in_town(|town| {
        refused(town, &format!("service_code=POTHOLE&{HERE}"), 400, &["DEPTH required"]);
        refused(
            town,
            &format!(
                "service_code=POTHOLE&{HERE}&attribute[DEPTH]=deep&attribute[LANE]=L&attribute[LANE]=R\
                 &attribute[HARM][]=tire&attribute[HARM][]=house&attribute[SEEN]=yesterday"
            ),
            400,
            &[
                "DEPTH must be a number",
                "LANE takes one value, 2 different ones were given",
                "HARM has no value 'house'",
                "SEEN must be a date or a date with a time, such as 2026-05-08T14:30:00Z",
            ],
        );
    });
}

#[test]
fn wrong_services_are_told_apart() {
    in_town(|town| {
        refused(town, HERE, 400, &["service_code required"]);
        refused(town, &format!("service_code=&{HERE}"), 400, &["service_code required"]);
        for code in ["NOTHING", "ABUSE", "OLD", "HIGHWAY", "pothole"] {
            refused(
                town,
                &format!("service_code={code}&{HERE}"),
                404,
                &[&format!("service_code not found: {code}")],
            );
        }
    });
}

#[test]
fn where_somebody_else_must_be_asked_the_refusal_says_whom() {
    in_town(|town| {
        let form = format!("service_code=HIGHWAY&{HERE}");
        let stopped = town.post_with("create and private", "/requests.json", &form);
        let said = "service_code: not taken here; ask the State 555-0100.";
        assert_eq!(stopped.refusal(), (400, vec![said.to_owned()]));
        let said = "service_code: not taken here; call 911. Stay in the car.";
        refused(town, &format!("{HOLE}&{HERE}&attribute[LANE]=H"), 400, &[said]);
    });
}

#[test]
fn hidden_and_past_services_take_requests_only_as_far_as_a_key_goes() {
    in_town(|town| {
        let post = |code: &str| {
            town.post_with("create and private", "/requests.json", &format!("service_code={code}&{HERE}"))
                .status
        };
        assert_eq!((post("ABUSE"), post("OLD")), (200, 404));
        assert_eq!(town.get("/requests.json").body, "[]");
        assert_eq!(town.get_with("private", "/requests.json").every("service_code"), ["ABUSE"]);
    });
}

#[test]
fn long_texts_bad_contacts_and_bad_links_are_refused_by_name() {
    in_town(|town| {
        let whole = format!("{HOLE}&{HERE}");
        town.report(&format!("{whole}&description={}", "ü".repeat(4000)));
        let long = format!("{whole}&description={}", "ü".repeat(4001));
        refused(town, &long, 400, &["description: longer than 4000 characters"]);
        refused(town, &format!("{whole}&email=rosa"), 400, &["email: this is no e-mail address"]);
        refused(town, &format!("{whole}&phone=12"), 400, &["phone: this is no telephone number"]);
        for link in
            ["javascript:alert(1)", "file:///etc/passwd", "data:image/png;base64,xx", "ftp://a/b", "http://"]
        {
            let said = format!("media_url: not an http or https link: {link}");
            refused(town, &format!("{whole}&media_url={}", link.replace(';', "%3B")), 400, &[&said]);
        }
        refused(
            town,
            &format!("{whole}&description=a&description=b"),
            400,
            &["description: given more than once with different values"],
        );
    });
}

#[test]
fn everything_may_stand_in_the_address_of_the_post() {
    in_town(|town| {
        let key = town.key("create");
        let said = town.post_raw(&format!("/requests.json?api_key={key}&{HOLE}"), HERE, None);
        assert_eq!(said.status, 200, "{}", said.body);
    });
}

#[test]
fn optional_choices_may_be_sent_empty_and_unknown_answers_are_kept_without_harm() {
    in_town(|town| {
        town.report(&format!(
            "{HOLE}&{HERE}&attribute[LANE]=&attribute[HARM][]=&attribute[uprn]=1000&attribute[title]=x"
        ));
    });
}

#[test]
fn api_02_the_same_report_sent_twice_makes_one_request() {
    in_town(|town| {
        let form = format!("{HOLE}&{HERE}&api_key={}", town.key("create"));
        let first = town.post_raw("/requests.json", &form, Some("a-1"));
        let second = town.post_raw("/requests.json", &form, Some("a-1"));
        assert_eq!((first.status, &first.body, town.stored()), (200, &second.body, 1));
        let other = town.post_raw("/requests.json", &format!("{form}&description=other"), Some("a-1"));
        assert_eq!(other.status, 422);
        let theirs = format!("{HOLE}&{HERE}&attribute[fixmystreet_id]=4711");
        assert_eq!(town.report(&theirs), town.report(&format!("{theirs}&description=corrected")));
        assert_eq!(town.stored(), 2);
    });
}

#[test]
fn a_token_stands_for_a_request_that_a_person_has_looked_at() {
    in_town(|town| {
        let form = format!("service_code=graffiti:walls&{HERE}");
        let receipt = town.post("/requests.json", &form).json();
        let token = receipt[0]["token"].as_str().unwrap().to_owned();
        let pending = town.get(&format!("/tokens/{token}.json"));
        assert_eq!((pending.status, pending.json()), (200, serde_json::json!([{ "token": token }])));
        let number = town.get("/requests.json").every("service_request_id").remove(0);
        town.office(&number, |tx, change| {
            requests::triage(tx, change).unwrap();
        });
        let known = town.get(&format!("/tokens/{token}.json"));
        assert_eq!(known.json(), serde_json::json!([{ "service_request_id": number, "token": token }]));
        assert!(town.get(&format!("/tokens/{token}.xml")).body.contains(&format!("<token>{token}</token>")));
        for wrong in ["x", "10005.0000-0000-0000-0000-0000-0000-00", &token[..token.len() - 2]] {
            assert_eq!(
                town.get(&format!("/tokens/{wrong}.json")).refusal(),
                (404, vec!["token not found".to_owned()])
            );
        }
    });
}

fn picture() -> Vec<u8> {
    // The smallest PNG: one opaque grey pixel.
    let hex = "89504e470d0a1a0a0000000d4948445200000001000000010800000000\
               3a7e9b550000000a49444154789c6368000000820081\
               77cd72b60000000049454e44ae426082";
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn file(field: &str, bytes: Vec<u8>) -> Upload {
    Upload { field: field.to_owned(), file_name: Some("../../x.png".to_owned()), bytes }
}

const FIELDS: [(&str, &str); 5] = [
    ("service_code", "POTHOLE"),
    ("attribute[DEPTH]", "3"),
    ("lat", "42.36"),
    ("long", "-71.05"),
    ("media_url", "https://pictures.example/1.jpg"),
];

#[test]
fn uploaded_pictures_take_the_place_of_links() {
    in_town(|town| {
        let said = town.post_files(
            "/requests.json",
            &FIELDS,
            vec![file("media", picture()), file("photo2", picture())],
        );
        assert_eq!(said.status, 200, "{}", said.body);
        let shown = town.get("/requests.json?extensions=true").json();
        let first = "https://springfield.example/photos/01010101010101010101010101010101";
        let second = "https://springfield.example/photos/02020202020202020202020202020202";
        assert_eq!(shown[0]["media_url"], first);
        assert_eq!(shown[0]["extended_attributes"]["media_urls"], serde_json::json!([first, second]));
    });
}

#[test]
fn a_file_that_is_no_picture_refuses_the_whole_report() {
    in_town(|town| {
        let files = vec![file("media", picture()), file("photo2", b"<svg/>".to_vec())];
        let said = town.post_files("/requests.json", &FIELDS, files);
        let why = "photo2: only JPEG, PNG and WebP pictures are taken".to_owned();
        assert_eq!((said.refusal(), town.stored()), ((400, vec![why]), 0));
        let many = town.post_files("/requests.json", &FIELDS, vec![file("media", picture()); 6]);
        assert_eq!((many.status, town.stored()), (413, 0));
    });
}
