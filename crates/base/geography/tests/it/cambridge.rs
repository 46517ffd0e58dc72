//! Acceptance on a real city: the streets of Cambridge, Massachusetts, with their house numbers.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

use flate2::read::GzDecoder;
use geography::{
    Gazetteer, Geometry, MapFeature, NumberRange, PlaceKind, Point, StreetSegment, StreetSide,
    read_map_features,
};

fn features(file: &str, fields: &[&str]) -> Vec<MapFeature> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/cambridge-gis");
    let bytes = fs::read(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut text = String::new();
    if file.ends_with(".gz") {
        GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
    } else {
        text = String::from_utf8(bytes).unwrap();
    }
    let file = read_map_features(&text, fields).unwrap();
    assert!(file.refused.is_empty());
    file.features
}

fn side(from: &Option<String>, to: &Option<String>, zip: &Option<String>) -> StreetSide {
    let numbers = from.as_ref().zip(to.as_ref()).and_then(|(from, to)| NumberRange::read(from, to));
    StreetSide { numbers, zip: zip.clone() }
}

static CITY: LazyLock<Gazetteer> = LazyLock::new(|| {
    let fields = ["Street", "L_From", "L_To", "ZIP_Left", "R_From", "R_To", "ZIP_Right"];
    let segments = features("TRANS_Centerlines.geojson.gz", &fields).into_iter().filter_map(|feature| {
        let MapFeature { geometry: Geometry::Lines(mut lines), values, .. } = feature else { return None };
        Some(StreetSegment {
            name: values[0].clone()?,
            line: lines.swap_remove(0),
            left: side(&values[1], &values[2], &values[3]),
            right: side(&values[4], &values[5], &values[6]),
        })
    });
    Gazetteer::new(segments.collect(), Vec::new(), Vec::new())
});

/// The buildings' points are their middles, behind the street.
const BUILDING_WITHIN_M: f64 = 125.0;

#[test]
fn public_buildings_are_found_by_their_addresses() {
    let (mut all, mut found, mut near) = (0, 0, 0);
    for file in ["LANDMARK_MunicipalBuildings.geojson", "LANDMARK_PublicLibraries.geojson"] {
        for feature in features(file, &["ADDRESS"]) {
            let places = CITY.search(&feature.values[0].clone().unwrap(), 5);
            let exact: Vec<_> = places.iter().filter(|place| place.kind != PlaceKind::Street).collect();
            let is_near = |point: Point| point.distance_m(&feature.geometry.anchor()) <= BUILDING_WITHIN_M;
            all += 1;
            found += usize::from(!exact.is_empty());
            near += usize::from(exact.iter().any(|place| is_near(place.point)));
        }
    }
    // 14 Blanchard Road is outside the city's own ranges; four buildings stand deep in a cemetery or a reservoir.
    assert_eq!((all, found), (31, 30));
    assert!(near >= 27, "{near} of {all}");
}

#[test]
fn nearly_all_corners_are_found_by_the_names_the_city_gives_them() {
    let mut names = BTreeSet::new();
    let (mut found, mut missed) = (0, Vec::new());
    for feature in features("TRANS_Intersections.geojson.gz", &["Intersection"]) {
        let Some(name) = feature.values[0].clone().filter(|name| name.matches(" & ").count() == 1) else {
            continue;
        };
        if !names.insert(name.clone()) {
            continue;
        }
        let hit = CITY.search(&name, 10).iter().any(|place| place.kind == PlaceKind::Intersection);
        if hit { found += 1 } else { missed.push(name) }
    }
    let share = f64::from(found) / f64::from(found + missed.len() as u32);
    assert!(share > 0.97, "{found} of {} found; {missed:?}", names.len());
}

#[test]
fn every_house_found_on_a_known_street_is_named_by_its_street_again() {
    for street in ["Massachusetts Ave", "Cambridge St", "Brattle St", "Prospect St"] {
        for number in (100..400).step_by(17) {
            for place in CITY.search(&format!("{number} {street}"), 5) {
                let near = CITY.name_of(place.point).unwrap();
                let street = place.label.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
                assert!(
                    near.label.contains(street) || near.kind == PlaceKind::Intersection,
                    "{place:?} {near:?}"
                );
            }
        }
    }
}
