//! Acceptance on real borders and real records: Boston's requests of the second half of 2011.
//!
//! A row counts when it has a place (both coordinates, and not the point at City Hall that stands for
//! "unknown") and a district of the kind in question. It agrees when the district computed from its place
//! alone, with no tolerance, is the one it was recorded with. A place in no district at all counts against
//! us.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use geography::{District, Districts, NamedShape, Point, read_districts};

/// Where the city put what it could not locate.
const UNLOCATED: (f64, f64) = (42.3594, -71.0587);

fn boston(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/boston-311").join(file)
}

fn text_of(file: &str) -> String {
    let bytes = fs::read(boston(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    if !file.ends_with(".gz") {
        return String::from_utf8(bytes).unwrap();
    }
    let mut text = String::new();
    GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
    text
}

fn districts(file: &str, kind: &str, field: &str) -> Vec<District> {
    let read = read_districts(&text_of(file), field).unwrap();
    assert_eq!(read.skipped, [], "{file}");
    let district = |NamedShape { code, shape }| District { kind: kind.to_owned(), code, name: None, shape };
    read.districts.into_iter().map(district).collect()
}

fn city() -> Districts {
    let wards = districts("geo/boston_wards.geojson", "ward", "WARD");
    let police = districts("geo/boston_police_districts.geojson.gz", "police", "DISTRICT");
    assert_eq!((wards.len(), police.len()), (22, 12));
    Districts::new(wards.into_iter().chain(police))
}

/// One row that has a place.
struct Record {
    point: Point,
    ward: String,
    police: String,
}

fn located_records() -> Vec<Record> {
    let text = text_of("boston_311_2011h2.csv.gz");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (latitude, longitude) = (column("latitude"), column("longitude"));
    let (ward, police) = (column("ward"), column("police_district"));
    let located = |row: csv::StringRecord| {
        let (y, x) = (row[latitude].trim().parse().ok()?, row[longitude].trim().parse().ok()?);
        let point = Point::new(y, x).ok().filter(|_| (y, x) != UNLOCATED)?;
        // The same ward is written "Ward 3", "03" and "3".
        let ward = row[ward].trim().trim_start_matches("Ward ").trim_start_matches('0').to_owned();
        Some(Record { point, ward, police: row[police].trim().to_owned() })
    };
    reader.into_records().filter_map(|row| located(row.unwrap())).collect()
}

fn check_agreement(kind: &str, recorded: fn(&Record) -> &str, share_min: f64) {
    let (city, records) = (city(), located_records());
    let counted: Vec<&Record> = records.iter().filter(|record| !recorded(record).is_empty()).collect();
    let agree =
        counted.iter().filter(|record| city.code_of(kind, record.point) == Some(recorded(record))).count();
    let share = agree as f64 / counted.len() as f64;
    // 58,251 rows, of which 4,775 are unlocated; nearly all of the rest must have been counted.
    assert!(counted.len() > 50_000, "only {} rows have a place and a {kind}", counted.len());
    assert!(share >= share_min, "{kind}: {agree} of {} rows agree, {share:.5}", counted.len());
}

#[test]
fn the_ward_computed_from_the_place_is_the_recorded_one_in_99_percent_of_located_rows() {
    check_agreement("ward", |record| &record.ward, 0.99);
}

#[test]
fn the_police_district_computed_from_the_place_is_the_recorded_one_in_99_5_percent_of_located_rows() {
    check_agreement("police", |record| &record.police, 0.995);
}

#[test]
fn every_published_border_file_is_read_whole() {
    for (file, field, count) in [
        ("geo/boston_neighborhoods_bpda.geojson", "Name", 26),
        ("geo/boston_neighborhoods_census2020.geojson.gz", "name", 26),
        ("geo/boston_precincts_wgs84.geojson", "WARD_PRECINCT", 255),
    ] {
        assert_eq!(districts(file, "any", field).len(), count, "{file}");
    }
    // 43 polygons, several of which share a zip code.
    let zips = districts("geo/boston_zip_codes.geojson.gz", "zip", "ZIP5");
    assert!(zips.len() <= 43 && zips.iter().any(|zip| zip.code == "02134"));
}
