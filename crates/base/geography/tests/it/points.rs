//! Points and distances.

use geography::{GeographyError, Point};
use proptest::prelude::*;

pub(crate) fn at(latitude: f64, longitude: f64) -> Point {
    Point::new(latitude, longitude).unwrap()
}

pub(crate) fn anywhere() -> impl Strategy<Value = Point> {
    (-90.0..=90.0, -180.0..=180.0).prop_map(|(latitude, longitude)| at(latitude, longitude))
}

fn check_refused(latitude: f64, longitude: f64, names_latitude: bool) {
    match Point::new(latitude, longitude) {
        Err(GeographyError::LatitudeOutOfRange { .. }) => assert!(names_latitude),
        Err(GeographyError::LongitudeOutOfRange { .. }) => assert!(!names_latitude),
        other => panic!("{latitude}, {longitude} gave {other:?}"),
    }
}

#[test]
fn a_point_off_the_globe_is_refused_by_the_name_of_what_is_wrong() {
    check_refused(90.000_001, 0.0, true);
    check_refused(f64::NAN, 0.0, true);
    check_refused(f64::INFINITY, 0.0, true);
    check_refused(0.0, -180.000_001, false);
    check_refused(0.0, f64::NAN, false);
    check_refused(0.0, f64::NEG_INFINITY, false);
}

#[test]
fn the_corners_of_the_globe_are_points() {
    for (latitude, longitude) in [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0)] {
        assert_eq!(at(latitude, longitude).latitude(), latitude);
        assert_eq!(at(latitude, longitude).longitude(), longitude);
    }
}

#[test]
fn distances_on_the_sphere_are_those_worked_out_by_hand() {
    // A quarter of the meridian of a sphere of 6,371,008.8 m is pi / 2 times the radius; one degree is a
    // ninetieth of it.
    let quarter = std::f64::consts::FRAC_PI_2 * 6_371_008.8;
    check_distance(at(0.0, 0.0), at(90.0, 77.0), quarter);
    check_distance(at(0.0, -45.0), at(0.0, 45.0), quarter);
    check_distance(at(42.0, -71.0), at(43.0, -71.0), quarter / 90.0);
    check_distance(at(-90.0, 0.0), at(90.0, 0.0), 2.0 * quarter);
    // On the 60th parallel two places half a turn apart meet over the pole: 30 + 30 degrees.
    check_distance(at(60.0, 0.0), at(60.0, 180.0), quarter * 60.0 / 90.0);
}

fn check_distance(a: Point, b: Point, expected_m: f64) {
    // A part in ten thousand million: what the rounding of sine and arcsine may cost near antipodes.
    let distance_m = a.distance_m(&b);
    assert!((distance_m - expected_m).abs() <= 1e-10 * expected_m, "{distance_m} instead of {expected_m}");
}

#[test]
fn a_point_is_shown_to_a_tenth_of_a_metre_latitude_first() {
    assert_eq!(at(42.359_4, -71.058_712_34).to_string(), "42.359400,-71.058712");
}

#[test]
fn a_point_from_json_is_checked_like_any_other() {
    let point: Point = serde_json::from_str(r#"{"latitude": 42.36, "longitude": -71.06}"#).unwrap();
    assert_eq!(point, at(42.36, -71.06));
    let refused = serde_json::from_str::<Point>(r#"{"latitude": 142.36, "longitude": -71.06}"#).unwrap_err();
    assert!(refused.to_string().contains("latitude 142.36"), "{refused}");
}

proptest! {
    #[test]
    fn the_way_there_is_as_long_as_the_way_back(a in anywhere(), b in anywhere()) {
        prop_assert_eq!(a.distance_m(&b), b.distance_m(&a));
    }

    #[test]
    fn no_distance_is_negative_or_longer_than_half_the_globe(a in anywhere(), b in anywhere()) {
        let half_the_globe = std::f64::consts::PI * 6_371_008.8;
        prop_assert!((0.0..=half_the_globe).contains(&a.distance_m(&b)));
        prop_assert_eq!(a.distance_m(&a), 0.0);
    }

    #[test]
    fn a_detour_is_never_shorter(a in anywhere(), b in anywhere(), c in anywhere()) {
        // Near antipodes the arcsine is steep: a rounding of 1e-16 there is 0.1 m.
        prop_assert!(a.distance_m(&c) <= a.distance_m(&b) + b.distance_m(&c) + 0.3);
    }

    #[test]
    fn a_point_survives_json(point in anywhere()) {
        let text = serde_json::to_string(&point).unwrap();
        prop_assert_eq!(serde_json::from_str::<Point>(&text).unwrap(), point);
    }
}
