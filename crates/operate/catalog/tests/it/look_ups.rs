//! What the loaded catalog answers.

use catalog::{Catalog, CatalogError, districts};
use geography::{NamedShape, Point, Shape};

use crate::town::{PROGRAM, Town, at, in_town, now, service};

/// A square of a tenth of a degree, its south-west corner here.
fn square(longitude: f64, latitude: f64) -> Shape {
    let (w, s, e, n) = (longitude, latitude, longitude + 0.1, latitude + 0.1);
    let corners = format!("[[{w},{s}],[{e},{s}],[{e},{n}],[{w},{n}],[{w},{s}]]");
    Shape::from_geojson(&format!(r#"{{"type":"Polygon","coordinates":[{corners}]}}"#)).unwrap()
}

fn import_wards(town: &Town<'_>, wards: &[(&str, f64)]) -> districts::DistrictChanges {
    let shapes: Vec<NamedShape> = wards
        .iter()
        .map(|(code, longitude)| NamedShape { code: (*code).to_owned(), shape: square(*longitude, 42.0) })
        .collect();
    town.write(move |tx, id| districts::import(tx, now(), &PROGRAM, id, "ward", &shapes)).unwrap()
}

fn team_at(catalog: &Catalog, code: &str, point: Option<Point>) -> (String, bool) {
    let placed = point.map(|point| catalog.place(point));
    let routing = catalog.route(service(catalog, code), placed.as_ref()).unwrap();
    (catalog.team(routing.team).unwrap().code.clone(), routing.route.is_some())
}

#[test]
fn services_are_found_by_code_and_by_id() {
    in_town(|town| {
        let catalog = town.catalog();
        let pothole = service(&catalog, "pothole");
        assert_eq!(catalog.service(pothole.id).unwrap().code, "pothole");
        assert!(catalog.service_by_code("POTHOLE").is_none());
        assert_eq!(catalog.department(pothole.department).unwrap().code, "public-works");
        assert_eq!(catalog.team_by_code("clerks").unwrap().name.in_language("en"), "Front desk");
        assert_eq!(catalog.version(), town.version());
    });
}

#[test]
fn services_come_by_group_and_name_and_those_without_a_group_last() {
    in_town(|town| {
        let catalog = town.catalog();
        let codes: Vec<&str> = catalog.services().iter().map(|service| service.code.as_str()).collect();
        let expected = [
            "marriage-record",
            "dead-animal",
            "pothole",
            "missed-trash",
            "power-outage",
            "gas-smell",
            "typewriter-ribbon",
        ];
        assert_eq!(codes, expected);
        let groups: Vec<&str> = catalog.groups().iter().map(|group| group.in_language("es")).collect();
        assert_eq!(groups, ["Registros", "Calles", "Basura", "Servicios"]);
        assert_eq!(catalog.active_services().count(), 6);
        assert!(!service(&catalog, "gas-smell").is_offered());
    });
}

#[test]
fn work_goes_to_the_team_of_the_district_else_to_the_default_team() {
    in_town(|town| {
        import_wards(town, &[("1", -71.0), ("2", -70.9)]);
        let catalog = town.catalog();
        let in_ward = |longitude| Some(Point::new(42.05, longitude).unwrap());
        assert_eq!(team_at(&catalog, "pothole", in_ward(-70.95)), ("roads-north".to_owned(), true));
        assert_eq!(team_at(&catalog, "pothole", in_ward(-70.85)), ("roads-south".to_owned(), false));
        assert_eq!(team_at(&catalog, "pothole", None), ("roads-south".to_owned(), false));
        assert!(catalog.route(service(&catalog, "power-outage"), None).is_none());
    });
}

#[test]
fn a_team_that_gets_no_more_requests_is_passed_over() {
    in_town(|town| {
        import_wards(town, &[("1", -71.0)]);
        town.apply(
            "language = \"en\"\n[[team]]\ncode = \"roads-north\"\nname = \"Roads\"\ndepartment = \"public-works\"\nactive = false",
        )
        .unwrap();
        let point = Point::new(42.05, -70.95).unwrap();
        assert_eq!(team_at(&town.catalog(), "pothole", Some(point)), ("roads-south".to_owned(), false));
    });
}

#[test]
fn importing_districts_again_replaces_those_of_that_kind() {
    in_town(|town| {
        let first = import_wards(town, &[("1", -71.0), ("2", -70.9)]);
        assert_eq!((first.added, first.removed), (2, 0));
        let second = import_wards(town, &[("1", -71.0), ("3", -70.9)]);
        assert_eq!((second.added, second.unchanged, second.removed), (1, 1, 1));
        let catalog = town.catalog();
        let placed = catalog.place(Point::new(42.05, -70.85).unwrap());
        assert_eq!(placed.districts, [("ward", "3")]);
        let version = town.version();
        import_wards(town, &[("1", -71.0), ("3", -70.9)]);
        assert_eq!(town.version(), version);
    });
}

#[test]
fn a_route_to_a_district_that_is_not_there_is_refused_once_districts_are_known() {
    in_town(|town| {
        import_wards(town, &[("2", -70.9)]);
        let refused = town.apply(crate::town::EXAMPLE);
        // The service itself did not change, but its route points nowhere now.
        assert!(
            matches!(&refused, Err(CatalogError::File(e)) if e.to_string().contains("no district '1'")),
            "{refused:?}"
        );
    });
}

#[test]
fn inp_05_points_outside_the_border_are_known_as_such() {
    in_town(|town| {
        let outside = Point::new(42.05, -70.8).unwrap();
        assert!(town.catalog().place(outside).inside, "without a border everything is inside");
        let land = square(-71.0, 42.0);
        town.write(move |tx, id| catalog::jurisdictions::set_boundary(tx, now(), &PROGRAM, id, Some(&land)))
            .unwrap();
        let catalog = town.catalog();
        assert!(catalog.place(Point::new(42.05, -70.95).unwrap()).inside);
        assert!(!catalog.place(outside).inside);
        // 0.0005 degrees of longitude are 41 m here, 0.002 are 165 m.
        assert!(catalog.place(Point::new(42.05, -70.8995).unwrap()).inside);
        assert!(!catalog.place(Point::new(42.05, -70.898).unwrap()).inside);
    });
}

#[test]
fn notices_are_shown_from_their_first_instant_until_their_end() {
    in_town(|town| {
        let catalog = town.catalog();
        let codes = |when: &str, code: Option<&str>| -> Vec<String> {
            let service = code.map(|code| service(&catalog, code));
            catalog.notices(at(when), service).iter().map(|notice| notice.code.clone()).collect()
        };
        assert_eq!(codes("2026-05-08T16:00:00Z", Some("pothole")), ["mill-bridge", "storm"]);
        assert_eq!(codes("2026-05-08T16:00:00Z", Some("gas-smell")), ["storm"]);
        assert_eq!(codes("2026-05-08T16:00:00Z", None), ["storm"]);
        assert_eq!(codes("2026-05-08T10:29:59Z", Some("pothole")), ["mill-bridge"]);
        assert_eq!(codes("2026-06-01T04:00:00Z", Some("pothole")), ["storm"]);
    });
}

#[test]
fn a_catalog_of_nobody_cannot_be_loaded() {
    in_town(|town| {
        let refused = town.read(|tx, _| Catalog::load(tx, &"nobody.example".parse().unwrap())).unwrap_err();
        assert!(matches!(refused, CatalogError::UnknownJurisdiction(_)), "{refused}");
    });
}
