//! Reading streets, parks and hydrants from GeoJSON.

use geography::{GeographyError, Geometry, Point, read_map_features};
use proptest::prelude::*;

fn feature(properties: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

const LINE: &str = r#"{"type":"LineString","coordinates":[[-71.1,42.3],[-71.1,42.3],[-71.2,42.4,9]]}"#;

#[test]
fn one_bad_feature_is_refused_alone() {
    let text = collection(&[
        feature(r#"{"NAME":" Elm Street ","FROM":7.0}"#, LINE),
        feature(r#"{"NAME":"Feet"}"#, r#"{"type":"Point","coordinates":[760000.5,2950000.1]}"#),
        feature("{}", "null"),
        feature("{}", r#"{"type":"LineString","coordinates":[[-71.1,42.3]]}"#),
        feature("{}", r#"{"type":"Circle","coordinates":[1]}"#),
        feature(r#"{"name":""}"#, r#"{"type":"Point","coordinates":[-71.1,42.3]}"#),
    ]);
    let file = read_map_features(&text, &["NAME", "FROM"]).unwrap();
    assert_eq!(file.features.len(), 2);
    assert_eq!(file.features[0].values, [Some("Elm Street".to_owned()), Some("7".to_owned())]);
    assert!(matches!(&file.features[0].geometry, Geometry::Lines(lines) if lines[0].len() == 2));
    assert_eq!(file.features[1].values, [None, None]);
    assert_eq!(file.refused.len(), 4);
    assert!(matches!(file.refused[0], GeographyError::NotDegrees { feature: 1, .. }));
    assert!(matches!(file.refused[1], GeographyError::NoGeometry { feature: 2 }));
}

#[test]
fn a_property_that_nothing_has_is_a_mistake_of_the_caller() {
    let text = collection(&[feature(r#"{"NAME":"Elm"}"#, LINE)]);
    assert!(matches!(read_map_features(&text, &["NAEM"]), Err(GeographyError::NoSuchField { .. })));
}

#[test]
fn land_beats_lines_and_lines_beat_points() {
    let square = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}"#;
    let point = r#"{"type":"Point","coordinates":[5,5]}"#;
    let of = |members: &[&str]| {
        let text = format!(r#"{{"type":"GeometryCollection","geometries":[{}]}}"#, members.join(","));
        Geometry::from_geojson(&text).unwrap()
    };
    assert!(matches!(of(&[point, LINE, square]), Geometry::Land(_)));
    assert!(matches!(of(&[point, LINE]), Geometry::Lines(_)));
    assert!(matches!(of(&[point]), Geometry::Points(_)));
}

#[test]
fn land_is_named_by_a_point_that_lies_on_it() {
    // A horseshoe: the middle of its box is not land.
    let shoe =
        r#"{"type":"Polygon","coordinates":[[[0,0],[5,0],[5,1],[1,1],[1,4],[5,4],[5,5],[0,5],[0,0]]]}"#;
    let Geometry::Land(shape) = Geometry::from_geojson(shoe).unwrap() else { panic!("land") };
    assert!(shape.contains(shape.inner_point()));
}

fn points(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Point>> {
    let point = (-90.0..=90.0_f64, -180.0..=180.0_f64).prop_map(|(y, x)| Point::new(y, x).unwrap());
    proptest::collection::vec(point, count)
        .prop_filter("two different points", |points| points.windows(2).all(|pair| pair[0] != pair[1]))
}

proptest! {
    #[test]
    fn what_was_written_is_read_back_equal(line in points(2..9), dots in points(1..5)) {
        for geometry in [Geometry::Lines(vec![line.clone(), line]), Geometry::Points(dots)] {
            prop_assert_eq!(&Geometry::from_geojson(&geometry.to_geojson()).unwrap(), &geometry);
        }
    }
}
