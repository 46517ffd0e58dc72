//! Discovery, the list of services and their questions.

use crate::town::in_town;

#[test]
fn discovery_names_the_specification_exactly_in_both_formats() {
    in_town(|town| {
        insta::assert_snapshot!("discovery_xml", town.get("/discovery.xml").body);
        insta::assert_json_snapshot!("discovery_json", town.get("/discovery.json").json());
    });
}

#[test]
fn the_list_of_services_is_the_same_in_both_formats() {
    in_town(|town| {
        insta::assert_snapshot!("services_xml", town.get("/services.xml").body);
        insta::assert_json_snapshot!("services_json", town.get("/services.json").json());
    });
}

#[test]
fn a_definition_has_every_question_in_both_formats() {
    in_town(|town| {
        insta::assert_snapshot!("definition_xml", town.get("/services/POTHOLE.xml").body);
        insta::assert_json_snapshot!("definition_json", town.get("/services/POTHOLE.json").json());
    });
}

#[test]
fn a_service_without_questions_has_an_empty_definition() {
    in_town(|town| {
        let said = town.get("/services/graffiti%3Awalls.json");
        assert_eq!(said.status, 200);
        assert_eq!(said.json()["attributes"], serde_json::json!([]));
    });
}

#[test]
fn hidden_stopped_and_past_services_are_shown_only_to_a_key_that_may_see_them() {
    in_town(|town| {
        let public = town.get("/services.json").every("service_code");
        let private = town.get_with("private", "/services.json");
        for code in ["ABUSE", "HIGHWAY", "OLD"] {
            assert!(!public.contains(&code.to_owned()), "{code}");
            assert_eq!(town.get(&format!("/services/{code}.json")).status, 404, "{code}");
            assert!(private.every("service_code").contains(&code.to_owned()), "{code}");
            assert_eq!(town.get_with("private", &format!("/services/{code}.json")).status, 200, "{code}");
        }
        let abuse =
            private.json().as_array().unwrap().iter().find(|one| one["service_code"] == "ABUSE").cloned();
        assert_eq!(abuse.unwrap()["keywords"], "private");
    });
}

#[test]
fn services_can_be_asked_for_by_language_group_and_place() {
    in_town(|town| {
        assert!(town.get("/services.json?locale=es-MX").every("service_name").contains(&"Bache".to_owned()));
        assert_eq!(town.get("/services.json?group=streets").every("service_code"), ["POTHOLE"]);
        assert_eq!(
            town.get("/services.json?lat=42.36&long=-71.05&group=streets").every("service_code"),
            ["POTHOLE"]
        );
        assert_eq!(town.get("/services.json?lat=10&long=10").json(), serde_json::json!([]));
        assert_eq!(town.get("/services.json?lat=10").status, 400);
    });
}
