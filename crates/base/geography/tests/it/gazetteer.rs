//! Finding places by name and naming points, in a small town made for it.

use geography::{
    AddressPoint, FoundPlace, Gazetteer, Landmark, NumberRange, PlaceKind, Point, StreetSegment, StreetSide,
};
use proptest::prelude::*;

/// Metres east and north of the middle of the town.
fn at(east_m: f64, north_m: f64) -> Point {
    Point::new(42.0 + north_m / 111_195.0, -71.0 + east_m / 82_634.0).unwrap()
}

fn side(from: u32, to: u32, zip: &str) -> StreetSide {
    StreetSide { numbers: NumberRange::new(from, to), zip: Some(zip.to_owned()) }
}

fn street(name: &str, line: [Point; 2], left: StreetSide, right: StreetSide) -> StreetSegment {
    StreetSegment { name: name.to_owned(), line: line.to_vec(), left, right }
}

/// Elm Street runs east, crossed by Oak Avenue and Chestnut Hill Road; a second Elm Street lies in another zip, with
/// the same numbers; Elm Avenue and Massachusetts Avenue have none in common.
fn town() -> Gazetteer {
    let elm = |east_m: f64, from: u32, zip| {
        let line = [at(east_m, 0.0), at(east_m + 200.0, 0.0)];
        street("Elm Street", line, side(from + 1, from + 39, zip), side(from + 2, from + 40, zip))
    };
    let across = |name: &str, east_m: f64| {
        [-150.0, 0.0].map(|north_m| {
            let line = [at(east_m, north_m), at(east_m, north_m + 150.0)];
            street(name, line, StreetSide::default(), side(200, 298, "02139"))
        })
    };
    let mut segments = vec![elm(0.0, 0, "02139"), elm(200.0, 100, "02139"), elm(9_000.0, 0, "02141")];
    segments.extend(across("Oak Avenue", 200.0));
    segments.extend(across("Chestnut Hill Road", 400.0));
    let far = |name: &str, north_m: f64| {
        street(name, [at(0.0, north_m), at(300.0, north_m)], side(501, 599, "02139"), side(502, 598, "02139"))
    };
    segments.extend([
        far("Elm Avenue", 900.0),
        far("Massachusetts Avenue", 1_200.0),
        far("Saint Mary Street", 1_500.0),
    ]);
    let landmark = |name: &str, north_m: f64| Landmark { name: name.to_owned(), point: at(50.0, north_m) };
    let landmarks = vec![
        landmark("Public Library", 300.0),
        landmark("Heron Park", 320.0),
        landmark("Department of Parks and Recreation", 340.0),
    ];
    let known = AddressPoint {
        address: "11 Elm Street".to_owned(),
        zip: Some("02139".to_owned()),
        point: at(70.0, 30.0),
    };
    Gazetteer::new(segments, landmarks, vec![known])
}

fn found(typed: &str) -> Vec<FoundPlace> {
    town().search(typed, 10)
}

fn labels(typed: &str) -> Vec<String> {
    found(typed).into_iter().map(|place| place.label).collect()
}

#[test]
fn an_address_that_exists_twice_is_offered_twice() {
    let places = found("12 Elm Street");
    assert_eq!(places.len(), 2);
    assert!(places.iter().all(|place| place.label == "12 Elm Street" && place.is_as_typed));
    assert_ne!(places[0].zip, places[1].zip);
}

#[test]
fn a_postal_code_chooses_between_two_of_one_name() {
    let places = found("12 elm st, Springfield 02141");
    assert_eq!(places.len(), 1);
    assert_eq!(places[0].zip.as_deref(), Some("02141"));
}

#[test]
fn case_abbreviations_units_and_marks_make_no_difference() {
    for typed in [
        "512 mass. ave",
        "512 MASSACHUSETTS AVENUE",
        "512 Massachusetts Av #4",
        "512b massachusetts ave apt 9",
    ] {
        assert_eq!(labels(typed), ["512 Massachusetts Avenue"], "{typed}");
    }
    assert_eq!(labels("510 St Mary St"), ["510 Saint Mary Street"]);
}

#[test]
fn one_slip_of_the_finger_is_forgiven_and_said() {
    for typed in ["204 chesnut hill rd", "204 Chestnut Hlil Road", "204 chestnutt hill"] {
        let places = found(typed);
        assert_eq!(places[0].label, "204 Chestnut Hill Road", "{typed}");
        assert!(!places[0].is_as_typed, "{typed}");
    }
}

#[test]
fn without_the_kind_of_street_every_kind_with_that_number_is_offered() {
    assert_eq!(labels("502 elm"), ["502 Elm Avenue"]);
    assert_eq!(labels("elm"), ["Elm Avenue", "Elm Street"]);
}

#[test]
fn a_known_house_beats_the_guess_along_its_block() {
    let places = found("11 Elm Street 02139");
    assert_eq!(places.len(), 1);
    assert_eq!(places[0].point, at(70.0, 30.0));
}

#[test]
fn a_number_the_street_does_not_have_finds_the_street() {
    let places = found("9000 Massachusetts Ave");
    assert_eq!(places[0].kind, PlaceKind::Street);
    assert!(!places[0].is_as_typed);
}

#[test]
fn two_streets_that_meet_are_a_corner_in_either_order_and_language() {
    for typed in ["Elm St & Oak Ave", "oak and elm", "Elm y Oak", "elm/oak", "corner of elm and oak"] {
        let places = found(typed);
        assert_eq!(places.first().map(|place| place.kind), Some(PlaceKind::Intersection), "{typed}");
        assert!(places[0].point.distance_m(&at(200.0, 0.0)) < 1.0, "{typed}");
    }
    assert!(found("Elm Street & Massachusetts Avenue").is_empty());
}

#[test]
fn landmarks_are_found_by_any_of_their_words_also_with_a_connecting_word() {
    assert_eq!(labels("library"), ["Public Library"]);
    assert_eq!(labels("the public libary"), ["Public Library"]);
    assert_eq!(labels("parks and recreation"), ["Department of Parks and Recreation"]);
}

#[test]
fn what_is_like_nothing_finds_nothing() {
    for typed in ["", "  ", "zzzz", "12", "🦆", "12 Nowhere Boulevard", "& &", "\u{202e}"] {
        assert!(found(typed).is_empty(), "{typed}");
    }
}

#[test]
fn a_point_is_named_by_its_house_its_corner_or_its_street() {
    let town = town();
    let name = |east_m, north_m| town.name_of(at(east_m, north_m)).map(|near| near.label);
    assert_eq!(name(71.0, 31.0).as_deref(), Some("11 Elm Street"));
    assert_eq!(name(205.0, 5.0).as_deref(), Some("Elm Street & Oak Avenue"));
    assert_eq!(name(100.0, -9.0).as_deref(), Some("22 Elm Street"));
    assert_eq!(name(100.0, 5_000.0), None);
}

proptest! {
    #[test]
    fn a_house_lies_beside_its_own_block(number in 1_u32..=40) {
        let places = found(&format!("{number} Elm St 02139"));
        prop_assert_eq!(places.len(), 1);
        let point = places[0].point;
        let west = at(0.0, 0.0).longitude();
        let east = at(200.0, 0.0).longitude();
        prop_assert!((west..east).contains(&point.longitude()));
        // Odd numbers on the left, which is north of a street that runs east.
        prop_assert!(number == 11 || (point.latitude() > 42.0) == (number % 2 == 1));
    }

    #[test]
    fn naming_a_house_that_was_found_gives_its_number_back(number in 101_u32..=140, zip in "0213[9]") {
        let place = &found(&format!("{number} Elm Street {zip}"))[0];
        let near = town().name_of(place.point).unwrap();
        prop_assert_eq!(&near.label, &place.label);
        prop_assert_eq!(&near.zip, &place.zip);
    }

    #[test]
    fn numbers_along_a_row_never_leave_it_and_never_turn_back(
        from in 1_u32..500, to in 1_u32..500, a in -0.5..1.5_f64, b in -0.5..1.5_f64
    ) {
        let range = NumberRange::new(from, to).unwrap();
        let (first, second) = (range.number_at(a.min(b)), range.number_at(a.max(b)));
        for number in [first, second] {
            prop_assert!((from.min(to)..=from.max(to)).contains(&number));
            let share = range.share_of(number).unwrap();
            prop_assert_eq!(range.number_at(share), number);
        }
        let (low, high) = if from <= to { (first, second) } else { (second, first) };
        prop_assert!(low <= high);
    }

    #[test]
    fn whatever_is_typed_is_answered(typed in "\\PC{0,60}") {
        for place in found(&typed) {
            prop_assert!(!place.label.is_empty());
        }
    }
}
