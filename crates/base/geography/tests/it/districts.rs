//! Which district holds a place.

use geography::{District, Districts, GeographyError};
use proptest::prelude::*;

use crate::points::at;
use crate::shapes::{rectangle, shape};

fn district(kind: &str, code: &str, [west, south, east, north]: [f64; 4]) -> District {
    District {
        kind: kind.to_owned(),
        code: code.to_owned(),
        name: None,
        shape: shape(&[rectangle(west, south, east, north)]),
    }
}

fn town() -> Vec<District> {
    vec![
        district("zip", "02101", [0.0, 0.0, 2.0, 2.0]),
        district("ward", "2", [1.0, 0.0, 2.0, 2.0]),
        district("ward", "1", [0.0, 0.0, 1.0, 2.0]),
        district("parking", "downtown", [0.4, 0.4, 1.6, 1.6]),
    ]
}

fn names<'a>(found: &[&'a District]) -> Vec<(&'a str, &'a str)> {
    found.iter().map(|district| (district.kind.as_str(), district.code.as_str())).collect()
}

#[test]
fn a_place_has_one_district_of_each_kind_that_reaches_it() {
    let town = Districts::new(town());
    assert_eq!(names(&town.at(at(1.0, 0.5))), [("parking", "downtown"), ("ward", "1"), ("zip", "02101")]);
    assert_eq!(names(&town.at(at(0.1, 1.5))), [("ward", "2"), ("zip", "02101")]);
    assert_eq!(names(&town.at(at(5.0, 5.0))), []);
}

#[test]
fn a_place_on_the_border_of_two_wards_is_in_one_of_them() {
    let town = Districts::new(town());
    assert_eq!(town.code_of("ward", at(1.0, 1.0)), Some("2"));
}

#[test]
fn where_districts_overlap_the_smaller_one_counts_in_whatever_order_they_come() {
    let city = district("zone", "city", [0.0, 0.0, 4.0, 4.0]);
    let center = district("zone", "center", [1.0, 1.0, 2.0, 2.0]);
    let twin = district("zone", "a twin", [1.0, 1.0, 2.0, 2.0]);
    for order in [[&city, &center, &twin], [&twin, &center, &city], [&center, &twin, &city]] {
        let zones = Districts::new(order.map(District::clone));
        assert_eq!(zones.code_of("zone", at(1.5, 1.5)), Some("a twin"));
        assert_eq!(names(&zones.at(at(1.5, 1.5))), [("zone", "a twin")]);
        assert_eq!(zones.code_of("zone", at(3.0, 3.0)), Some("city"));
    }
}

#[test]
fn a_kind_nobody_drew_has_no_answer() {
    let town = Districts::new(town());
    assert_eq!(town.code_of("police", at(1.0, 1.0)), None);
    assert_eq!(Districts::default().at(at(1.0, 1.0)), Vec::<&District>::new());
    assert!(Districts::default().is_empty());
}

#[test]
fn districts_are_found_by_code_and_listed_by_kind() {
    let town = Districts::new(town());
    assert_eq!(town.find("ward", "2").unwrap().code, "2");
    assert_eq!(town.find("ward", "02101"), None);
    assert_eq!(town.kinds(), ["parking", "ward", "zip"]);
    assert_eq!((town.len(), town.iter().count()), (4, 4));
}

#[test]
fn a_pier_just_outside_is_given_to_the_nearest_ward_only_when_asked() {
    let town = Districts::new(town());
    // 0.001 degrees north of ward 2: 111 m.
    let pier = at(2.001, 1.5);
    assert_eq!(names(&town.at(pier)), []);
    assert_eq!(names(&town.at_or_within(pier, 100.0).unwrap()), []);
    assert_eq!(names(&town.at_or_within(pier, 120.0).unwrap()), [("ward", "2"), ("zip", "02101")]);
}

#[test]
fn the_district_that_holds_a_place_goes_before_a_smaller_one_nearby() {
    let districts = vec![
        district("ward", "large", [0.0, 0.0, 9.0, 9.0]),
        district("ward", "small", [9.0, 0.0, 9.1, 0.1]),
    ];
    let town = Districts::new(districts);
    assert_eq!(names(&town.at_or_within(at(0.05, 8.9999), 1_000.0).unwrap()), [("ward", "large")]);
    // Outside of both, the nearer one.
    let nearer_to_small = at(-0.001, 9.002);
    assert_eq!(names(&town.at_or_within(nearer_to_small, 1_000.0).unwrap()), [("ward", "small")]);
}

#[test]
fn a_tolerance_that_is_no_distance_is_refused() {
    let town = Districts::new(town());
    for tolerance_m in [-0.1, f64::NAN, f64::INFINITY] {
        let refused = town.at_or_within(at(1.0, 1.0), tolerance_m);
        assert!(matches!(refused, Err(GeographyError::NotADistance { .. })), "{tolerance_m}");
    }
}

proptest! {
    #[test]
    fn the_tree_finds_what_asking_every_district_finds(
        corners in prop::collection::vec((0.0..9.0_f64, 0.0..9.0_f64, 0.1..3.0_f64, 0.1..3.0_f64), 0..40),
        x in 0.0..10.0_f64, y in 0.0..10.0_f64, tolerance_m in 0.0..50_000.0_f64,
    ) {
        let list: Vec<District> = corners
            .iter()
            .enumerate()
            .map(|(i, (west, south, width, height))| {
                let kind = ["ward", "zip", "police"][i % 3];
                district(kind, &i.to_string(), [*west, *south, west + width, south + height])
            })
            .collect();
        let town = Districts::new(list.clone());
        let place = at(y, x);
        for kind in ["ward", "zip", "police"] {
            let of_kind = || list.iter().filter(|district| district.kind == kind);
            let smallest = of_kind()
                .filter(|district| district.shape.contains(place))
                .min_by(|a, b| a.shape.area_m2().total_cmp(&b.shape.area_m2()));
            prop_assert_eq!(town.code_of(kind, place), smallest.map(|district| district.code.as_str()));
            let here = town.at(place);
            prop_assert_eq!(here.iter().find(|d| d.kind == kind).map(|d| &d.code), smallest.map(|d| &d.code));

            let nearest_m = of_kind().map(|district| district.shape.distance_m(place)).fold(f64::INFINITY, f64::min);
            let around = town.at_or_within(place, tolerance_m).unwrap();
            let found_m = around.iter().find(|d| d.kind == kind).map(|d| d.shape.distance_m(place));
            // The box that is searched and the plane in which distances are taken differ by a few parts in a
            // thousand.
            if nearest_m < 0.99 * tolerance_m || nearest_m > 1.01 * tolerance_m {
                prop_assert_eq!(found_m, Some(nearest_m).filter(|m| *m <= tolerance_m));
            }
        }
    }

    #[test]
    fn no_tolerance_gives_the_plain_answer(x in -1.0..3.0_f64, y in -1.0..3.0_f64) {
        let town = Districts::new(town());
        prop_assert_eq!(town.at_or_within(at(y, x), 0.0).unwrap(), town.at(at(y, x)));
    }
}
