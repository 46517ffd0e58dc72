//! Acceptance with a real city's files: Cambridge, Massachusetts.

use std::io::Read;

use flate2::read::GzDecoder;
use places::{FeatureFile, FeatureKind, read_features};
use tiles::{TileId, encode, project};

use crate::town::{Town, fields, in_town};

fn read(file: &str, kind: FeatureKind, names: &[(&str, &str)]) -> FeatureFile {
    let bytes = std::fs::read(testkit::shared().join("data/cambridge-gis").join(file)).unwrap();
    let mut text = String::new();
    if file.ends_with(".gz") {
        GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
    } else {
        text = String::from_utf8(bytes).unwrap();
    }
    read_features(&text, kind, &fields(names), None).unwrap()
}

const STREET_FIELDS: [(&str, &str); 9] = [
    ("id", "ID"),
    ("name", "Street"),
    ("main", "MajorRoad"),
    ("from_left", "L_From"),
    ("to_left", "L_To"),
    ("from_right", "R_From"),
    ("to_right", "R_To"),
    ("zip_left", "ZIP_Left"),
    ("zip_right", "ZIP_Right"),
];

fn fill(town: &Town<'_>) {
    let streets = read("TRANS_Centerlines.geojson.gz", FeatureKind::Street, &STREET_FIELDS);
    town.import(FeatureKind::Street, "streets", &streets).unwrap();
    let parks =
        read("RECREATION_OpenSpace.geojson.gz", FeatureKind::Park, &[("id", "JOIN_ID"), ("name", "NAME")]);
    town.import(FeatureKind::Park, "parks", &parks).unwrap();
    let libraries = read("LANDMARK_PublicLibraries.geojson", FeatureKind::Landmark, &[("name", "SITE_NAME")]);
    town.import(FeatureKind::Landmark, "libraries", &libraries).unwrap();
    let hydrants = read("INFRA_Hydrants.geojson.gz", FeatureKind::Asset, &[("id", "HYDRANT_ID")]);
    town.import(FeatureKind::Asset, "hydrants", &hydrants).unwrap();
}

#[test]
fn a_citys_own_files_make_a_map_that_finds_places_and_fills_tiles() {
    in_town(|town| {
        fill(town);
        let map = town.map();
        assert!(map.count(FeatureKind::Street) > 2_500, "{}", map.count(FeatureKind::Street));
        let city_hall = &map.gazetteer().search("795 mass ave", 3)[0];
        assert_eq!(city_hall.label, "795 Massachusetts Ave");
        assert_eq!(map.gazetteer().search("boudreau library", 3)[0].label, "Boudreau Branch Library");
        let center = project([city_hall.point.longitude(), city_hall.point.latitude()]);
        let names = |z: u8| -> Vec<bool> {
            let bytes = encode(&map.layers(TileId::holding(z, center)));
            let holds = |name: &str| bytes.windows(name.len()).any(|part| part == name.as_bytes());
            ["streets", "parks", "assets", "Massachusetts Ave"].map(holds).to_vec()
        };
        assert_eq!(names(12), [true, true, false, true]);
        assert!(names(17)[0]);
        assert_eq!(names(5), [false, false, false, false]);
        let bounds = map.bounds().unwrap();
        assert!(bounds.contains(city_hall.point));
        assert!(bounds.north_east().latitude() - bounds.south_west().latitude() < 0.1);
    });
}
