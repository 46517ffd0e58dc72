//! GeoJSON from map programs, from spreadsheets and from people who mean harm.

use std::error::Error as _;

use geography::{
    DistrictFile, GeographyError, MAX_BYTES, MAX_POSITIONS, Shape, SkipReason, Skipped, read_districts,
};
use proptest::prelude::*;

use crate::points::at;
use crate::shapes::{polygon, rectangle};

/// A feature with these properties and a square degree of land at this longitude.
fn feature(properties: &str, west: f64) -> String {
    let geometry = polygon(&[rectangle(west, 0.0, west + 1.0, 1.0)]);
    format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn codes(file: &DistrictFile) -> Vec<&str> {
    file.districts.iter().map(|district| district.code.as_str()).collect()
}

fn check_code(value: &str, expected: &str) {
    let text = collection(&[feature(&format!(r#"{{"WARD":{value}}}"#), 0.0)]);
    assert_eq!(codes(&read_districts(&text, "WARD").unwrap()), [expected], "{value}");
}

#[test]
fn codes_may_be_text_or_numbers() {
    check_code(r#""10""#, "10");
    check_code(r#""  Ward 10 ""#, "Ward 10");
    check_code("10", "10");
    check_code("10.0", "10");
    check_code("-3", "-3");
    check_code("2.5", "2.5");
    check_code(r#""02134""#, "02134");
    check_code(r#""\u00dcber""#, "Über");
}

#[test]
fn a_feature_without_a_usable_code_is_refused_by_its_place_in_the_file() {
    let overlong = format!(r#"{{"WARD":"{}"}}"#, "x".repeat(101));
    for properties in [
        r#"{"WARD":null}"#,
        r#"{"WARD":" "}"#,
        r#"{"WARD":[1]}"#,
        r#"{"WARD":true}"#,
        r#"{"WARD":"a\nb"}"#,
        "{}",
        "null",
        &overlong,
    ] {
        let text = collection(&[feature(r#"{"WARD":1}"#, 0.0), feature(properties, 1.0)]);
        match read_districts(&text, "WARD") {
            Err(GeographyError::NoCode { feature: 1, field }) => assert_eq!(field, "WARD"),
            other => panic!("{properties} gave {other:?}"),
        }
    }
}

#[test]
fn a_property_that_no_feature_has_is_answered_with_those_there_are() {
    let text = collection(&[feature(r#"{"Name":"Roxbury","ID":4}"#, 0.0)]);
    let refused = read_districts(&text, "WARD").unwrap_err().to_string();
    assert_eq!(refused, "no feature has the property `WARD`; there are: ID, Name");
}

#[test]
fn the_case_of_the_property_matters_only_when_both_are_there() {
    let text = collection(&[feature(r#"{"WARD":"upper","ward":"lower"}"#, 0.0)]);
    assert_eq!(codes(&read_districts(&text, "ward").unwrap()), ["lower"]);
    assert_eq!(codes(&read_districts(&text, "WARD").unwrap()), ["upper"]);
    let text = collection(&[feature(r#"{"Ward":7}"#, 0.0)]);
    assert_eq!(codes(&read_districts(&text, "WARD").unwrap()), ["7"]);
}

#[test]
fn features_with_one_code_become_one_district_in_the_place_of_the_first() {
    let text = collection(&[
        feature(r#"{"WARD":2}"#, 0.0),
        feature(r#"{"WARD":1}"#, 2.0),
        feature(r#"{"WARD":"2"}"#, 4.0),
    ]);
    let file = read_districts(&text, "WARD").unwrap();
    assert_eq!(codes(&file), ["2", "1"]);
    let two = &file.districts[0].shape;
    assert!(two.contains(at(0.5, 0.5)) && two.contains(at(0.5, 4.5)) && !two.contains(at(0.5, 2.5)));
}

#[test]
fn features_without_land_are_passed_over_and_reported() {
    let text = collection(&[
        r#"{"type":"Feature","properties":{"WARD":9},"geometry":null}"#.to_owned(),
        feature(r#"{"WARD":1}"#, 0.0),
        r#"{"type":"Feature","properties":{"WARD":8},"geometry":{"type":"Point","coordinates":[1,2]}}"#
            .to_owned(),
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[]]}}"#.to_owned(),
        r#"{"type":"Feature","properties":{"WARD":6}}"#.to_owned(),
    ]);
    let file = read_districts(&text, "WARD").unwrap();
    let skipped = |feature, reason| Skipped { feature, reason };
    assert_eq!(codes(&file), ["1"]);
    assert_eq!(
        file.skipped,
        [
            skipped(0, SkipReason::NoGeometry),
            skipped(2, SkipReason::NotAnArea),
            skipped(3, SkipReason::EmptyArea),
            skipped(4, SkipReason::NoGeometry),
        ]
    );
}

#[test]
fn a_file_without_any_land_is_refused() {
    let nothing = r#"{"type":"Feature","properties":{"WARD":1},"geometry":null}"#;
    for text in [collection(&[nothing.to_owned()]), collection(&[]), nothing.to_owned()] {
        assert!(matches!(read_districts(&text, "WARD"), Err(GeographyError::NoArea)), "{text}");
        assert!(matches!(Shape::from_geojson(&text), Err(GeographyError::NoArea)), "{text}");
    }
}

#[test]
fn a_boundary_may_be_a_geometry_a_feature_a_collection_or_a_collection_of_geometries() {
    let square = polygon(&[rectangle(0.0, 0.0, 1.0, 1.0)]);
    let nested = format!(
        r#"{{"geometries":[{point},{{"geometries":[{square}],"type":"{kind}"}}],"type":"{kind}"}}"#,
        point = r#"{"coordinates":[5,5],"type":"Point"}"#,
        kind = "GeometryCollection",
    );
    let whole = Shape::from_geojson(&square).unwrap();
    for text in [
        feature("null", 0.0),
        collection(&[feature("{}", 0.0)]),
        collection(std::slice::from_ref(&square)),
        nested,
    ] {
        assert_eq!(Shape::from_geojson(&text).unwrap(), whole, "{text}");
    }
}

#[test]
fn foreign_members_heights_and_a_byte_order_mark_do_no_harm() {
    let text = concat!(
        "\u{feff}",
        r#"{"type":"FeatureCollection","name":"x","#,
        r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"#,
        r#""bbox":[0,0,1,1],"features":[{"id":7,"type":"Feature","geometry":{"type":"Polygon","bbox":null,"#,
        r#""coordinates":[[[0,0,12.5],[1,0,12.5,99],[1,1,null],[0,1,"m"]]]},"properties":{"a":{"b":[{}]},"WARD":1}}]}"#
    );
    let file = read_districts(text, "WARD").unwrap();
    assert!(file.districts[0].shape.contains(at(0.5, 0.5)));
}

#[test]
fn feet_instead_of_degrees_are_refused_with_the_position() {
    let geometry =
        polygon(&[vec![[775_000.5, 2_956_000.0], [776_000.0, 2_956_000.0], [776_000.0, 2_957_000.0]]]);
    let feet = format!(r#"{{"type":"Feature","properties":{{"WARD":1}},"geometry":{geometry}}}"#);
    let refused = read_districts(&collection(&[feature(r#"{"WARD":2}"#, 0.0), feet]), "WARD").unwrap_err();
    assert_eq!(
        refused.to_string(),
        "features[1] has the position 775000.5, 2956000, which is not longitude, latitude in WGS84 degrees"
    );
}

#[test]
fn an_unreadable_feature_is_named_and_its_cause_kept_apart() {
    for geometry in [
        r#"{"type":"Polygon","coordinates":[[[1]]]}"#,
        r#"{"type":"Polygon","coordinates":[[["1","2"]]]}"#,
        r#"{"type":"Polygon","coordinates":[[1,2],[3,4]]}"#,
        r#"{"type":"Polygon","coordinates":{}}"#,
        r#"{"type":"MultiPolygon","coordinates":[[[1,2],[3,4],[5,6]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[1e999,0],[1,1],[0,1]]]}"#,
        r#"{"coordinates":[]}"#,
        r#"[]"#,
    ] {
        let text = collection(&[
            feature(r#"{"WARD":1}"#, 0.0),
            format!(r#"{{"type":"Feature","properties":{{"WARD":2}},"geometry":{geometry}}}"#),
        ]);
        let refused = read_districts(&text, "WARD").unwrap_err();
        assert_eq!(refused.to_string(), "features[1] is not readable", "{geometry}");
        assert!(refused.source().is_some());
    }
}

#[test]
fn a_type_that_does_not_exist_is_refused() {
    for (text, expected) in [
        (r#"{"type":"Topology","objects":{}}"#, "Topology"),
        (r#"{"type":"Feature","geometry":{"type":"Circle","coordinates":[1,2]}}"#, "Circle"),
    ] {
        match Shape::from_geojson(text) {
            Err(GeographyError::UnknownType { feature: 0, found }) => assert_eq!(found, expected),
            other => panic!("{text} gave {other:?}"),
        }
    }
}

#[test]
fn what_is_not_geojson_is_refused() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        "WARD,geometry",
        r#"{"type":7}"#,
        r#"{"type":"FeatureCollection","features":{}}"#,
    ] {
        assert!(matches!(read_districts(text, "WARD"), Err(GeographyError::NotGeoJson(_))), "{text}");
    }
}

#[test]
fn text_beyond_the_limit_is_refused_unread() {
    let text = " ".repeat(MAX_BYTES + 1);
    assert!(
        matches!(read_districts(&text, "WARD"), Err(GeographyError::TooLarge { bytes, .. }) if bytes == MAX_BYTES + 1)
    );
}

#[test]
fn corners_are_counted_over_all_features() {
    let half = format!("[[{}]]", vec!["[0,1]"; MAX_POSITIONS / 2 + 1].join(","));
    let member = format!(r#"{{"type":"Polygon","coordinates":{half}}}"#);
    assert!(matches!(Shape::from_geojson(&member), Err(GeographyError::NoArea)), "half of the limit is read");
    let text = collection(&[member.clone(), member]);
    assert!(matches!(
        Shape::from_geojson(&text),
        Err(GeographyError::TooManyPositions { limit: MAX_POSITIONS })
    ));
}

#[test]
fn deep_nesting_anywhere_is_refused_and_never_exhausts_the_stack() {
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let coordinates = format!(r#"{{"type":"Polygon","coordinates":{deep}}}"#);
    assert!(matches!(
        Shape::from_geojson(&coordinates),
        Err(GeographyError::UnreadableFeature { feature: 0, .. })
    ));

    let code = collection(&[feature(&format!(r#"{{"WARD":{deep}}}"#), 0.0)]);
    assert!(matches!(
        read_districts(&code, "WARD"),
        Err(GeographyError::UnreadableFeature { feature: 0, .. })
    ));

    let inner = polygon(&[rectangle(0.0, 0.0, 1.0, 1.0)]);
    let collections =
        (0..9).fold(inner, |member, _| format!(r#"{{"type":"GeometryCollection","geometries":[{member}]}}"#));
    assert!(matches!(Shape::from_geojson(&collections), Err(GeographyError::TooDeep { feature: 0 })));
}

#[test]
fn deep_nesting_in_a_property_nobody_asked_for_is_passed_over() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let text = collection(&[feature(&format!(r#"{{"WARD":1,"other":{deep}}}"#), 0.0)]);
    assert_eq!(codes(&read_districts(&text, "WARD").unwrap()), ["1"]);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in r#"[\[\]{}",:0-9a-z\\-]{0,60}"#) {
        prop_assert!(read_districts(&text, "WARD").is_err());
    }

    #[test]
    fn a_file_cut_short_is_refused(share in 0.0..1.0_f64) {
        let text = collection(&[feature(r#"{"WARD":1}"#, 0.0), feature(r#"{"WARD":2}"#, 1.0)]);
        let cut = (share * text.len() as f64) as usize;
        prop_assert!(read_districts(&text[..cut], "WARD").is_err());
    }
}
