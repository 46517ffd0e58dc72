//! Answers of real servers, kept outside the repository, must all be readable.

use std::fs;

use jiff::tz::TimeZone;
use open311::read::{Limits, ReadError, RequestRecord, requests, services};
use open311::status::ExtendedStatus;

fn fixture(name: &str) -> Vec<u8> {
    let path = testkit::shared().join("spec/fixtures").join(name);
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    without_http_head(&bytes)
}

/// Some examples of the specification begin with the status line of the answer.
fn without_http_head(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    match text.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.split_once("\n\n")) {
        Some((_, body)) => body.as_bytes().to_vec(),
        None => text.into_bytes(),
    }
}

fn read_requests(document: &[u8]) -> Vec<RequestRecord> {
    let zone = TimeZone::get("America/New_York").unwrap();
    let read = requests(document, &zone, &Limits::default()).unwrap();
    read.into_iter().map(Result::unwrap).collect()
}

fn read_fixture(name: &str) -> Vec<RequestRecord> {
    read_requests(&fixture(name))
}

fn refusal(document: &[u8]) -> ReadError {
    requests(document, &TimeZone::UTC, &Limits::default()).unwrap_err()
}

#[test]
fn every_request_list_of_the_fixtures_is_read_whole() {
    for (name, count) in [
        ("boston/requests_extended_2026.json", 50),
        ("chicago/requests.json", 2),
        ("san-francisco/requests_extended.json", 1),
        ("toronto/requests_many.xml", 2),
        ("toronto/requests_single.xml", 1),
        ("spec-examples/get_service_request.xml", 1),
        ("spec-examples/service_requests.xml", 2),
        ("spec-examples/service_requests_empty.xml", 0),
        ("spec-examples/v2_xml-service-request.txt", 1),
        ("spec-examples/v2_xml-service-requests.txt", 2),
    ] {
        assert_eq!(read_fixture(name).len(), count, "{name}");
    }
}

#[test]
fn every_service_list_of_the_fixtures_is_read_whole() {
    for (name, count) in [
        ("bloomington/services.json", 53),
        ("chicago/service_codes.json", 191),
        ("giessen/services.xml", 8),
        ("san-francisco/services.xml", 36),
        ("washington-dc/services.xml", 86),
        ("spec-examples/v2_xml-service-list.txt", 3),
    ] {
        let read = services(&fixture(name), &Limits::default()).unwrap();
        assert_eq!(read.len(), count, "{name}");
        assert!(read.iter().all(|service| !service.service_name.is_empty()), "{name}");
    }
}

#[test]
fn chicago_is_read_field_by_field() {
    let requests = read_fixture("chicago/requests.json");
    insta::assert_debug_snapshot!(requests[1]);
}

#[test]
fn toronto_is_read_field_by_field() {
    insta::assert_debug_snapshot!(read_fixture("toronto/requests_single.xml")[0]);
}

#[test]
fn san_franciscos_extended_attributes_give_channel_and_pictures() {
    let request = &read_fixture("san-francisco/requests_extended.json")[0];
    assert_eq!(request.channel.as_deref(), Some("android"));
    assert_eq!(request.media_urls.len(), 1, "the photo repeats the media_url");
}

#[test]
fn bostons_request_without_a_place_has_no_point() {
    let requests = read_fixture("boston/requests_extended_2026.json");
    assert_eq!(requests.iter().filter(|request| request.point.is_none()).count(), 1);
    let code = "Transportation - Traffic Division:Enforcement & Abandoned Vehicles:Parking Enforcement";
    assert_eq!(requests[0].service_code.as_deref(), Some(code));
}

#[test]
fn the_people_that_boston_leaks_do_not_come_in() {
    let requests = read_fixture("boston/requests_extended_2026.json");
    assert!(!format!("{requests:?}").contains("fake@gmail.com"));
}

#[test]
fn umlauts_attributes_and_namespaces_are_no_hindrance() {
    let giessen = services(&fixture("giessen/services.xml"), &Limits::default()).unwrap();
    assert_eq!(
        (giessen[0].service_code.as_str(), giessen[3].service_name.as_str()),
        ("015", "Verkehrsschild beschädigt")
    );
    assert_eq!(giessen[3].keywords, ["graffiti", "paintings"]);
    let san_francisco = services(&fixture("san-francisco/services.xml"), &Limits::default()).unwrap();
    assert_eq!(san_francisco[0].groups, ["Litter Receptacles"]);
}

#[test]
fn numeric_codes_and_real_booleans_become_text_and_flags() {
    let services = services(&fixture("bloomington/services.json"), &Limits::default()).unwrap();
    assert_eq!((services[0].service_code.as_str(), services[0].metadata), ("2", false));
    assert_eq!((services[1].service_code.as_str(), services[1].metadata), ("37", true));
}

#[test]
fn the_specifications_invalid_json_is_refused_with_its_place() {
    for name in ["v2_json-service-request.txt", "v2_json-service-requests.txt"] {
        let error = refusal(&fixture(&format!("spec-examples/{name}")));
        assert!(matches!(error, ReadError::Json { line: 7, .. }), "{name}: {error}");
    }
}

#[test]
fn error_documents_are_told_apart_from_lists() {
    for (name, said) in [
        ("boston/error_400_duplicate.xml", "Invalid service request: base is a duplicate."),
        ("spec-examples/403.xml", "Invalid api_key received -- can't proceed with create_request."),
        (
            "spec-examples/get_service_request_not_found.xml",
            "Service request not found with id or token not-an-id",
        ),
        ("spec-examples/v2_xml-errors.txt", "Invalid api_key received -- can't proceed with create_request."),
        (
            "spec-examples/v2_json-errors.txt",
            "Invalid api_key received -- can't proceed with create_request.",
        ),
    ] {
        assert_eq!(refusal(&fixture(name)), ReadError::Refused(said.to_owned()), "{name}");
    }
    assert_eq!(
        refusal(br#"{"errors":[{"code":"500","message":"down"}]}"#),
        ReadError::Refused("down".to_owned())
    );
}

#[test]
fn documents_of_another_kind_are_no_request_lists() {
    for name in [
        "boston/discovery.json",
        "washington-dc/discovery.xml",
        "washington-dc/service_definition_S0301.xml",
        "spec-examples/discovery.xml",
        "spec-examples/v2_xml-service-list.txt",
    ] {
        assert_eq!(refusal(&fixture(name)), ReadError::NotAListOf("service requests"), "{name}");
    }
}

#[test]
fn bare_wrapped_and_single_objects_are_the_same_list() {
    let one = r#"{"service_request_id":7,"status":"OPEN","requested_datetime":"2026-01-02T03:04:05Z"}"#;
    for document in [
        format!("[{one}]"),
        one.to_owned(),
        format!(r#"{{"service_requests":[{one}]}}"#),
        format!(r#"{{"service_requests":{one}}}"#),
        format!(r#"{{"service_requests":{{"request":{one}}}}}"#),
        format!(r#"{{"service_requests":{{"request":[{one}]}}}}"#),
        format!(r#"{{"requests":[{one}]}}"#),
    ] {
        let read = read_requests(document.as_bytes());
        assert_eq!(read.len(), 1, "{document}");
        assert_eq!(read[0].service_request_id.as_deref(), Some("7"), "{document}");
        assert_eq!(read[0].status, ExtendedStatus::Open, "{document}");
    }
    for empty in
        ["[]", "null", r#"{"service_requests":[]}"#, r#"{"service_requests":null}"#, "<service_requests/>"]
    {
        assert_eq!(read_requests(empty.as_bytes()), [], "{empty}");
    }
}

#[test]
fn pictures_are_found_in_every_shape() {
    let with = |media: &str| {
        let document =
            format!(r#"[{{"status":"open","requested_datetime":"2026-01-02","media_url":{media}}}]"#);
        read_requests(document.as_bytes())[0].media_urls.clone()
    };
    assert_eq!(with("null"), [""; 0]);
    assert_eq!(with(r#"" http://a/1.jpg ""#), ["http://a/1.jpg"]);
    assert_eq!(with(r#"["http://a/1.jpg","http://a/2.jpg"]"#), ["http://a/1.jpg", "http://a/2.jpg"]);
    let objects = r#"[{"id":5,"url":"http://a/1.jpg","tags":["x"]},{"media_url":"http://a/2.jpg"}]"#;
    assert_eq!(with(objects), ["http://a/1.jpg", "http://a/2.jpg"]);
    let xml = "<service_requests><request><status>open</status><requested_datetime>2026-01-02</requested_datetime>\
               <media_url><media_url>http://a/1.jpg</media_url><media_url>http://a/2.jpg</media_url></media_url>\
               </request></service_requests>";
    assert_eq!(read_requests(xml.as_bytes())[0].media_urls, ["http://a/1.jpg", "http://a/2.jpg"]);
}

#[test]
fn nil_nested_and_padded_fields_are_read_as_what_they_mean() {
    let xml = r#"<?xml version="1.0"?><o:service_requests xmlns:o="http://wiki.open311.org/GeoReport_v2" type="array">
        <o:request><o:status>
            In Progress
        </o:status><description xsi:nil="true" xmlns:xsi="x">ignored</description><zipcode nil="true"/>
        <agency_responsible><recipient>Public Works</recipient><recipient>Parks</recipient></agency_responsible>
        <address><![CDATA[ 5 Main & Oak ]]></address>
        <requested_datetime>2026-01-02T03:04:05</requested_datetime></o:request></o:service_requests>"#;
    let read = &read_requests(xml.as_bytes())[0];
    assert_eq!(read.status, ExtendedStatus::InProgress);
    assert_eq!((&read.description, &read.zipcode), (&None, &None));
    assert_eq!(read.agency_responsible.as_deref(), Some("Public Works, Parks"));
    assert_eq!(read.address.as_deref(), Some("5 Main & Oak"));
    assert_eq!(
        read.requested_at.to_string(),
        "2026-01-02T08:04:05Z",
        "without a zone it is the town's own clock"
    );
}

#[test]
fn a_bad_entry_is_refused_alone_and_says_which_field() {
    let document = r#"[{"status":"open","requested_datetime":"2026-01-02"},
        {"status":"half-done","requested_datetime":"2026-01-02"},
        {"status":"open"},
        {"status":"open","requested_datetime":"last week"},
        {"status":"open","requested_datetime":"2026-01-02","lat":"91","long":"0"},
        {"requested_datetime":"2026-01-02"}]"#;
    let read = requests(document.as_bytes(), &TimeZone::UTC, &Limits::default()).unwrap();
    let said: Vec<_> =
        read.iter().map(|entry| entry.as_ref().map_or_else(ToString::to_string, |_| "good".into())).collect();
    insta::assert_debug_snapshot!(said);
}

#[test]
fn several_groups_and_names_that_are_missing_are_read() {
    let json = r#"[{"service_code":"001","service_name":null,"metadata":"True","groups":["a","b"]},{"service_name":"x"}]"#;
    let read = services(json.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(read.len(), 1, "nothing can refer to a service without a code");
    assert_eq!((read[0].service_name.as_str(), read[0].metadata), ("001", true));
    let xml = "<services><service><service_code>1</service_code><groups><group>a</group><group>b</group></groups></service></services>";
    let from_xml = services(xml.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(
        (&read[0].groups, &from_xml[0].groups),
        (&vec!["a".to_owned(), "b".to_owned()], &read[0].groups)
    );
}
