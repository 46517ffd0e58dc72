//! The checklist for a strict server, point by point (section 14 of our reference of the specification).

use crate::town::{HERE, HOLE, in_town};

#[test]
fn point_01_both_formats_have_their_content_type_with_charset_and_xml_its_declaration() {
    in_town(|town| {
        for path in [
            "discovery",
            "services",
            "services/POTHOLE",
            "requests",
            "servicerequestupdates",
            "requests/0",
            "x",
        ] {
            let xml = town.get(&format!("/{path}.xml"));
            assert_eq!(xml.content_type, "text/xml; charset=utf-8", "{path}");
            assert!(xml.body.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<"), "{path}");
            let json = town.get(&format!("/{path}.json"));
            assert_eq!(json.content_type, "application/json; charset=utf-8", "{path}");
            json.json();
        }
    });
}

#[test]
fn point_02_lists_are_bare_arrays_also_with_one_member_and_with_none() {
    in_town(|town| {
        assert_eq!(town.get("/requests.json").body, "[]");
        assert_eq!(town.get("/servicerequestupdates.json").body, "[]");
        let number = town.report(&format!("{HOLE}&{HERE}"));
        for address in
            ["/requests.json".to_owned(), format!("/requests/{number}.json"), "/requests/0.json".to_owned()]
        {
            assert_eq!(town.get(&address).json().as_array().map(Vec::len), Some(1), "{address}");
        }
    });
}

#[test]
fn point_03_ids_and_codes_are_strings() {
    in_town(|town| {
        let number = town.report(&format!("{HOLE}&{HERE}&address_id=1&zipcode=02108"));
        let shown = town.get(&format!("/requests/{number}.json")).json();
        for field in ["service_request_id", "service_code", "address_id", "zipcode"] {
            assert!(shown[0][field].is_string(), "{field}: {}", shown[0][field]);
        }
        assert!(shown[0]["lat"].is_number() && shown[0]["long"].is_number());
    });
}

#[test]
fn point_04_flags_are_booleans_in_json_and_words_in_xml() {
    in_town(|town| {
        let services = town.get("/services.json").json();
        assert!(services.as_array().unwrap().iter().all(|service| service["metadata"].is_boolean()));
        let questions = town.get("/services/POTHOLE.json").json();
        assert_eq!(
            (&questions["attributes"][1]["required"], &questions["attributes"][1]["order"]),
            (&true.into(), &2.into())
        );
        let xml = town.get("/services/POTHOLE.xml").body;
        assert!(xml.contains("<required>true</required>") && xml.contains("<variable>false</variable>"));
    });
}

#[test]
fn point_05_times_are_utc_with_whole_seconds() {
    in_town(|town| {
        let number = town.report(&format!("{HOLE}&{HERE}"));
        let shown = town.get(&format!("/requests/{number}.json")).json();
        assert_eq!(shown[0]["requested_datetime"], "2026-05-08T16:00:00Z");
        assert_eq!(shown[0]["updated_datetime"], "2026-05-08T16:00:00Z");
        assert_eq!(
            shown[0]["expected_datetime"], "2026-05-13T21:00:00Z",
            "the third working day ends at 17:00"
        );
    });
}

#[test]
fn point_06_a_missing_or_bad_key_is_403_before_anything_about_the_body() {
    in_town(|town| {
        for body in ["", "service_code=NOTHING", "lat=x", &format!("{HOLE}&{HERE}")] {
            let missing = town.post_raw("/requests.json", body, None);
            assert_eq!(missing.refusal(), (403, vec!["api_key required".to_owned()]), "{body}");
            let bad = town.post_raw("/requests.json", &format!("{body}&api_key=tl_wrong_key"), None);
            assert_eq!(bad.refusal(), (403, vec!["api_key is not valid".to_owned()]), "{body}");
        }
        assert_eq!(town.post_with("private", "/requests.json", &format!("{HOLE}&{HERE}")).status, 403);
        assert_eq!(town.stored(), 0);
    });
}

#[test]
fn point_07_errors_have_the_right_status_and_the_format_that_was_asked_for() {
    in_town(|town| {
        for (address, status) in [
            ("/services/NOTHING", 404),
            ("/requests/NOTHING", 404),
            ("/tokens/NOTHING", 404),
            ("/nothing", 404),
            ("/requests", 200),
        ] {
            for format in ["xml", "json"] {
                assert_eq!(town.get(&format!("{address}.{format}")).status, status, "{address}.{format}");
            }
        }
        for address in
            ["/requests.json?jurisdiction_id=elsewhere.example", "/services.json?jurisdiction_id=x"]
        {
            assert_eq!(town.get(address).status, 404, "{address}");
        }
        assert_eq!(town.get("/requests.json?jurisdiction_id=Springfield.Example").status, 200);
        insta::assert_snapshot!("error_xml", town.get("/requests/%3Cb%3E.xml").body);
        insta::assert_json_snapshot!("error_json", town.get("/requests/%3Cb%3E.json").json());
        let several = town.post("/requests.xml", &format!("service_code=POTHOLE&{HERE}&attribute[LANE]=X"));
        insta::assert_snapshot!("errors_several_xml", several.body);
        let wrong_method = town.post("/services.json", "");
        assert_eq!((wrong_method.status, wrong_method.header("allow")), (405, Some("GET, HEAD")));
    });
}

#[test]
fn point_08_a_location_is_needed_and_a_pair_is_a_pair() {
    in_town(|town| {
        for (place, status) in [
            ("", 400),
            ("lat=42.36", 400),
            ("long=-71.05", 400),
            (HERE, 200),
            ("address_string=x", 200),
            ("address_id=1", 200),
        ] {
            assert_eq!(town.post("/requests.json", &format!("{HOLE}&{place}")).status, status, "{place}");
        }
    });
}

#[test]
fn point_09_answers_are_taken_in_every_encoding() {
    in_town(|town| {
        for harm in [
            "attribute[HARM]=tire&attribute[HARM]=bike",
            "attribute[HARM][]=tire&attribute[HARM][]=bike",
            "attribute[HARM][0]=tire&attribute[HARM][1]=bike",
            "attribute%5BHARM%5D%5B%5D=tire&attribute%5BHARM%5D%5B%5D=bike&attribute%5BHARM%5D=tire",
        ] {
            let number = town.report(&format!("{HOLE}&{HERE}&{harm}&attribute[LANE]="));
            let shown = town.get(&format!("/requests/{number}.json?extensions=true")).json();
            let codes: Vec<_> =
                shown[0]["attributes"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
            assert_eq!(codes, ["tire", "bike"], "{harm}");
        }
    });
}

#[test]
fn point_10_the_answer_holds_an_id_or_a_token_or_neither() {
    in_town(|town| {
        for (service, id, token) in [
            (HOLE, true, false),
            ("service_code=graffiti%3Awalls", false, true),
            ("service_code=TIP", false, false),
        ] {
            let answer = town.post("/requests.json", &format!("{service}&{HERE}")).json();
            let entry = answer[0].as_object().unwrap();
            assert_eq!(
                (entry.contains_key("service_request_id"), entry.contains_key("token")),
                (id, token),
                "{service}"
            );
            let xml = town.post("/requests.xml", &format!("{service}&{HERE}")).body;
            assert_eq!(
                (xml.contains("<service_request_id"), xml.contains("<token")),
                (id, token),
                "{service}"
            );
        }
    });
}

#[test]
fn point_11_a_pending_token_is_200_without_an_id() {
    in_town(|town| {
        let form = format!("service_code=graffiti%3Awalls&{HERE}");
        let token = town.post("/requests.json", &form).json()[0]["token"].as_str().unwrap().to_owned();
        let pending = town.get(&format!("/tokens/{token}.xml"));
        assert_eq!((pending.status, pending.body.contains("service_request_id")), (200, false));
    });
}

#[test]
fn point_12_ids_override_all_filters() {
    in_town(|town| {
        let number = town.report(&format!("{HOLE}&{HERE}"));
        town.days_pass(200);
        let said =
            town.get(&format!("/requests.json?service_request_id={number}&status=closed&service_code=NOISE"));
        assert_eq!(said.every("service_request_id"), [number.as_str()]);
    });
}

#[test]
fn point_13_the_default_is_90_days() {
    in_town(|town| {
        town.report(&format!("{HOLE}&{HERE}"));
        town.days_pass(90);
        assert_eq!(town.get("/requests.json").every("status"), ["open"]);
        town.hours_pass(1);
        assert_eq!(town.get("/requests.json").body, "[]");
    });
}

#[test]
fn point_14_a_page_past_the_end_is_an_empty_list() {
    in_town(|town| {
        town.report(&format!("{HOLE}&{HERE}"));
        assert_eq!(town.get("/requests.json?page=2").body, "[]");
        assert_eq!(town.get("/requests.json?page=2&page_size=1").body, "[]");
    });
}

#[test]
fn point_15_az_04_nothing_personal_is_in_any_public_answer() {
    in_town(|town| {
        let number = town.report(&format!(
            "{HOLE}&{HERE}&email=canary@mail.example&first_name=Canaria&last_name=Finch&phone=617-555-0199\
             &device_id=CANARYDEVICE&attribute[PLATE]=CANARYPLATE&attribute[extra]=CANARYEXTRA\
             &description=I+am+Canaria+Finch,+call+617-555-0199+or+canary@mail.example"
        ));
        town.close(&number);
        for address in [
            format!("/requests/{number}.json?extensions=true"),
            format!("/requests/{number}.xml?extensions=true"),
            "/requests.json?extensions=true".to_owned(),
            "/requests.xml?extensions=true".to_owned(),
            "/servicerequestupdates.json".to_owned(),
            "/servicerequestupdates.xml".to_owned(),
        ] {
            for said in [town.get(&address).body, town.get_with("private", &address).body] {
                for canary in ["canary@", "Canaria", "Finch", "555-0199", "CANARY"] {
                    assert!(!said.contains(canary), "{address} tells {canary}: {said}");
                }
            }
        }
        for search in ["canary", "finch", "0199"] {
            assert_eq!(town.get(&format!("/requests.json?q={search}")).body, "[]", "{search}");
        }
    });
}

#[test]
fn point_16_extensions_come_only_when_asked_for() {
    in_town(|town| {
        let number = town.report(&format!("{HOLE}&{HERE}"));
        for address in [format!("/requests/{number}.json"), "/requests.json?extensions=false".to_owned()] {
            assert!(!town.get(&address).body.contains("extended_attributes"), "{address}");
        }
        assert!(town.get("/requests.json?extensions=true").body.contains("extended_attributes"));
    });
}

#[test]
fn point_17_updates_have_stable_ids_and_filter_on_the_time_of_the_update() {
    in_town(|town| {
        let number = town.report(&format!("{HOLE}&{HERE}"));
        town.days_pass(30);
        town.close(&number);
        let query =
            "/servicerequestupdates.json?start_date=2026-06-07T00:00:00Z&end_date=2026-06-08T00:00:00Z";
        let first = town.get(query);
        assert_eq!(first.every("service_request_id"), [number.as_str()]);
        town.hours_pass(1);
        assert_eq!(first.body, town.get(query).body);
    });
}

#[test]
fn point_18_discovery_is_complete() {
    in_town(|town| {
        let discovery = town.get("/discovery.json").json();
        for field in ["changeset", "contact", "key_service"] {
            assert!(discovery[field].as_str().is_some_and(|text| !text.is_empty()), "{field}");
        }
        let endpoint = &discovery["endpoints"][0];
        assert_eq!(endpoint["specification"], "http://wiki.open311.org/GeoReport_v2");
        assert_eq!(endpoint["formats"], serde_json::json!(["text/xml", "application/json"]));
        assert_eq!(endpoint["changeset"], "2026-05-08T16:00:00Z");
        assert_eq!(endpoint["type"], "production");
        assert!(!endpoint["url"].as_str().unwrap().ends_with('/'));
    });
}
