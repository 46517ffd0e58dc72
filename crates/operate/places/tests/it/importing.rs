//! Files of the map, brought in once, again and changed.

use access::{Actor, Role, SignedIn};
use places::{FeatureFile, FeatureKind, PlacesError, Put, Why, read_features};
use uuid::Uuid;

use crate::town::{Town, fields, in_town, now};

fn feature(properties: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
}

fn file(kind: FeatureKind, names: &[(&str, &str)], features: &[String]) -> FeatureFile {
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    read_features(&text, kind, &fields(names), None).unwrap()
}

fn point(properties: &str, east: f64) -> String {
    feature(properties, &format!(r#"{{"type":"Point","coordinates":[{east},42.3]}}"#))
}

fn libraries(names: &[&str]) -> FeatureFile {
    let features: Vec<String> =
        names.iter().map(|name| point(&format!(r#"{{"N":"{name}"}}"#), -71.1)).collect();
    file(FeatureKind::Landmark, &[("name", "N")], &features)
}

fn counts(imported: u64, unchanged: u64) -> Put {
    Put { imported, unchanged }
}

#[test]
fn the_same_file_again_changes_nothing() {
    in_town(|town| {
        let file = libraries(&["Main Library", "East Branch"]);
        assert_eq!(town.import(FeatureKind::Landmark, "libraries", &file).unwrap(), (counts(2, 0), 0));
        let version = town.map().version();
        assert_eq!(town.import(FeatureKind::Landmark, "libraries", &file).unwrap(), (counts(0, 2), 0));
        assert_eq!(town.map().version(), version);
        let imports = town.audit_actions().into_iter().filter(|action| action == "map.imported").count();
        assert_eq!(imports, 1);
    });
}

#[test]
fn what_a_file_no_longer_holds_is_dropped_and_other_files_are_left_alone() {
    in_town(|town| {
        town.import(FeatureKind::Landmark, "libraries", &libraries(&["Main Library", "East Branch"]))
            .unwrap();
        town.import(FeatureKind::Landmark, "schools", &libraries(&["Elm School"])).unwrap();
        let (put, removed) = town
            .import(FeatureKind::Landmark, "libraries", &libraries(&["Main Library", "West Branch"]))
            .unwrap();
        assert_eq!((put, removed), (counts(1, 1), 1));
        let found = |name: &str| town.map().gazetteer().search(name, 3).len();
        assert_eq!([found("east branch"), found("west branch"), found("elm school")], [0, 1, 1]);
    });
}

#[test]
fn a_feature_with_an_id_is_changed_in_its_place() {
    in_town(|town| {
        let named = |name: &str| {
            let features = [point(&format!(r#"{{"ID":7,"N":"{name}"}}"#), -71.1)];
            file(FeatureKind::Landmark, &[("id", "ID"), ("name", "N")], &features)
        };
        town.import(FeatureKind::Landmark, "halls", &named("Town Hal")).unwrap();
        assert_eq!(
            town.import(FeatureKind::Landmark, "halls", &named("Town Hall")).unwrap(),
            (counts(1, 0), 0)
        );
        assert_eq!(town.map().count(FeatureKind::Landmark), 1);
        assert_eq!(town.map().gazetteer().search("town hall", 3)[0].label, "Town Hall");
    });
}

#[test]
fn each_bad_feature_is_named_with_its_reason() {
    let long = "x".repeat(201);
    let read = file(
        FeatureKind::Landmark,
        &[("id", "ID"), ("name", "N")],
        &[
            point(r#"{"ID":1,"N":"Town Hall"}"#, -71.1),
            point(r#"{"ID":1,"N":"Library"}"#, -71.2),
            point(r#"{"ID":2}"#, -71.1),
            point(&format!(r#"{{"ID":3,"N":"{long}"}}"#), -71.1),
            feature(r#"{"ID":4,"N":"Nowhere"}"#, "null"),
        ],
    );
    assert_eq!(read.features.len(), 1);
    let reasons: Vec<(usize, &Why)> = read.rejected.iter().map(|one| (one.feature, &one.why)).collect();
    assert!(
        matches!(
            reasons.as_slice(),
            [
                (1, Why::Twice { by_id: true }),
                (2, Why::NoName),
                (3, Why::TooLong { what: "name", max: 200 }),
                (4, Why::Unreadable(_))
            ]
        ),
        "{reasons:?}"
    );
    let street = file(FeatureKind::Street, &[("name", "N")], &[point(r#"{"N":"Elm Street"}"#, -71.1)]);
    assert!(matches!(street.rejected[0].why, Why::WrongForm));
}

#[test]
fn house_numbers_and_postal_codes_of_a_street_are_searched() {
    in_town(|town| {
        let line = r#"{"type":"LineString","coordinates":[[-71.10,42.3],[-71.09,42.3]]}"#;
        let properties = r#"{"S":"Elm Street","LF":1,"LT":"99","RF":"2A","RT":98,"Z":"02139","M":"T"}"#;
        let names = [
            ("name", "S"),
            ("from_left", "LF"),
            ("to_left", "LT"),
            ("from_right", "RF"),
            ("to_right", "RT"),
            ("zip_right", "Z"),
            ("main", "M"),
        ];
        let streets = file(FeatureKind::Street, &names, &[feature(properties, line)]);
        town.import(FeatureKind::Street, "streets", &streets).unwrap();
        let found = town.map().gazetteer().search("50 elm st", 3);
        assert_eq!(found[0].label, "50 Elm Street");
        assert_eq!(found[0].zip.as_deref(), Some("02139"));
        assert!(found[0].point.latitude() < 42.3, "even numbers stand to the right of a line that runs east");
    });
}

#[test]
fn az_a_clerk_may_not_change_the_map() {
    in_town(|town| {
        let clerk = Actor::Person(SignedIn {
            person_id: Uuid::from_u128(1).into(),
            jurisdiction: town.id.clone(),
            name: "Ana".to_owned(),
            email: "ana@maplefalls.example".to_owned(),
            roles: vec![Role::Agent],
            session: Uuid::from_u128(2).into(),
            signed_in_at: now(),
            seen_at: now(),
            expires_at: now() + jiff::SignedDuration::from_hours(1),
        });
        let file = libraries(&["Main Library"]);
        let refused = town.import_as(&clerk, FeatureKind::Landmark, "libraries", &file);
        assert!(matches!(refused, Err(PlacesError::Access(_))));
        assert_eq!(town.map().count(FeatureKind::Landmark), 0);
    });
}

#[test]
fn a_town_that_is_not_served_has_no_map() {
    in_town(|town| {
        let elsewhere = Town { db: town.db, id: "elsewhere.example".parse().unwrap() };
        let refused = elsewhere.import(FeatureKind::Landmark, "libraries", &libraries(&["Main Library"]));
        assert!(matches!(refused, Err(PlacesError::UnknownJurisdiction(_))));
        assert!(elsewhere.map().bounds().is_none());
    });
}
