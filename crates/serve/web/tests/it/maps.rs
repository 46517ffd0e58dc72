//! The map and its tiles, and finding a place: what anybody may see, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use access::Role;
use axum::body::Body;
use catalog::Catalog;
use geography::Point;
use http::{Request, StatusCode};
use jiff::SignedDuration;
use places::{FeatureKind, Field, read_features};
use requests::{Channel, NewRequest, Place};

use crate::browser::{Answer, Browser};
use crate::town::{PROGRAM, Town, in_town};
use web::Clock as _;

/// Elm Street runs east, Oak Avenue crosses its end; a second Elm Street lies far off with the same numbers.
const STREETS: &str = r#"{"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"S":"Elm Street","A":1,"B":99,"Z":"02139"},"geometry":{"type":"LineString","coordinates":[[-71.100,42.300],[-71.098,42.300]]}},
    {"type":"Feature","properties":{"S":"Elm Street","A":1,"B":49,"Z":"02141"},"geometry":{"type":"LineString","coordinates":[[-71.050,42.350],[-71.048,42.350]]}},
    {"type":"Feature","properties":{"S":"Oak Avenue","A":101,"B":199,"Z":"02139"},"geometry":{"type":"LineString","coordinates":[[-71.098,42.299],[-71.098,42.300],[-71.098,42.301]]}}]}"#;

async fn draw(town: &Town<'_>) {
    let fields = [(Field::Name, "S"), (Field::FromLeft, "A"), (Field::ToLeft, "B"), (Field::ZipLeft, "Z")];
    let fields: BTreeMap<Field, String> = fields.map(|(field, name)| (field, name.to_owned())).into();
    let file = read_features(STREETS, FeatureKind::Street, &fields, None).unwrap();
    let (now, home) = (town.clock.now(), town.home.clone());
    let drawn = town.db.write(move |tx| {
        places::put(tx, &PROGRAM, &home, FeatureKind::Street, "streets", &file.features)?;
        let codes: BTreeSet<&str> = file.features.iter().map(|feature| feature.code.as_str()).collect();
        places::complete(tx, now, &PROGRAM, &home, (FeatureKind::Street, "streets"), &codes, 3)
    });
    drawn.await.unwrap();
    // Maps are looked at again after a second.
    town.clock.advance(SignedDuration::from_secs(2));
}

/// A request of this service at a place, and its number.
async fn report(town: &Town<'_>, service: &str, latitude: f64, longitude: f64) -> String {
    let (now, home, service) = (town.clock.now(), town.home.clone(), service.to_owned());
    let created = town.db.write(move |tx| {
        let catalog = Catalog::load(tx, &home)?;
        let found = catalog.service_by_code(&service).unwrap();
        let lane = ("where".to_owned(), vec!["bike".to_owned()]);
        let given = if service == "pothole" { vec![lane] } else { Vec::new() };
        let new = NewRequest {
            service: found.id,
            place: Place { point: Some(Point::new(latitude, longitude).unwrap()), ..Place::default() },
            description: "Here it is".to_owned(),
            answers: found.check_answers(&given, &catalog.jurisdiction.zone).unwrap(),
            contact: None,
            channel: Channel::Web,
            media_urls: Vec::new(),
            files: Vec::new(),
            confidential: false,
            idempotency: None,
        };
        requests::create(tx, &PROGRAM, &catalog, &new.check(&catalog, now)?)
    });
    created.await.unwrap().number
}

async fn tile(browser: &mut Browser, path: &str) -> Answer {
    browser.get(path).await.expect(StatusCode::OK)
}

fn holds(answer: &Answer, text: &str) -> bool {
    answer.bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

/// The address of the tile of a zoom that holds a place.
fn path(kind: &str, z: u8, latitude: f64, longitude: f64) -> String {
    let tile = tiles::TileId::holding(z, tiles::project([longitude, latitude]));
    format!("/tiles{kind}/{z}/{}/{}.mvt", tile.x(), tile.y())
}

#[test]
fn a_tile_of_the_town_has_its_streets_and_is_not_sent_twice() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        let path = path("", 15, 42.3, -71.099);
        assert!(tile(&mut browser, &path).await.bytes.is_empty());
        draw(town).await;
        let answer = tile(&mut browser, &path).await;
        assert_eq!(answer.header("content-type"), "application/vnd.mapbox-vector-tile");
        assert!(holds(&answer, "streets") && holds(&answer, "Elm Street"));
        let again = Request::get(&path).header("if-none-match", answer.header("etag")).body(Body::empty());
        let again = browser.send(again.unwrap()).await;
        assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
        let packed = Request::get(&path).header("accept-encoding", "br, gzip").body(Body::empty());
        let packed = browser.send(packed.unwrap()).await;
        assert_eq!(
            (packed.header("content-encoding"), &packed.bytes[..2]),
            ("gzip", [0x1f, 0x8b].as_slice())
        );
    });
}

#[test]
fn a_tile_that_no_zoom_has_is_not_found() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        for path in [
            "/tiles/1/2/0.mvt",
            "/tiles/23/0/0.mvt",
            "/tiles/a/0/0.mvt",
            "/tiles/1/0/0.png",
            "/tiles/requests/1/0/-1.mvt",
        ] {
            browser.get(path).await.expect(StatusCode::NOT_FOUND);
        }
    });
}

#[test]
fn priv_02_a_request_that_is_hidden_is_on_no_tile_also_when_it_was_shown_a_moment_ago() {
    in_town(async |town: &Town<'_>| {
        let shown = report(town, "pothole", 42.3, -71.1).await;
        let hidden = report(town, "noise", 42.3, -71.1).await;
        let (mut browser, path) = (town.browser(), path("/requests", 16, 42.3, -71.1));
        let answer = tile(&mut browser, &path).await;
        assert!(holds(&answer, &shown) && !holds(&answer, &hidden) && !holds(&answer, "noise"));
        let mut staff = town.staff(Role::Administrator).await;
        let page = staff.page(&format!("/desk/requests/{shown}")).await;
        let action = format!("/desk/requests/{shown}/hide");
        staff.submit(&page, &action, &[]).await.expect(StatusCode::SEE_OTHER);
        assert!(!holds(&tile(&mut browser, &path).await, &shown));
        assert!(browser.page("/map").await.text().contains("No reports here"));
    });
}

#[test]
fn priv_03_a_summary_is_on_the_tile_of_its_coarse_place_only() {
    in_town(async |town: &Town<'_>| {
        let (latitude, longitude) = (42.3003, -71.1003);
        let number = report(town, "graffiti", latitude, longitude).await;
        let coarse = requests::coarse(Point::new(latitude, longitude).unwrap());
        let mut browser = town.browser();
        let exact = path("/requests", 18, latitude, longitude);
        let public = path("/requests", 18, coarse.latitude(), coarse.longitude());
        assert_ne!(exact, public);
        assert!(!holds(&tile(&mut browser, &exact).await, &number));
        assert!(holds(&tile(&mut browser, &public).await, &number));
    });
}

#[test]
fn many_requests_are_counted_and_map_and_list_say_the_same() {
    in_town(async |town: &Town<'_>| {
        for nth in 0..151_u32 {
            report(town, "pothole", 42.3 + f64::from(nth) * 1e-5, -71.1).await;
        }
        report(town, "graffiti", 42.3, -71.1).await;
        let mut browser = town.browser();
        let counted = tile(&mut browser, &path("/requests", 10, 42.3, -71.1)).await;
        assert!(holds(&counted, "open_count") && !holds(&counted, "number"));
        assert!(browser.page("/map").await.text().contains("152 reports"));
        let graffiti = browser.page("/map?service=graffiti&status=open").await.text();
        assert!(graffiti.contains("1 report<") && graffiti.contains("Graffiti"), "{graffiti}");
        let filtered =
            tile(&mut browser, &format!("{}?service=graffiti", path("/requests", 10, 42.3, -71.1))).await;
        assert!(holds(&filtered, "graffiti") && !holds(&filtered, "open_count"));
        assert!(browser.page("/map?view=-71.2,42.2,-71.15,42.25").await.text().contains("No reports here"));
        let first = browser.page("/map?view=-71.2,42.2,-71.0,42.4").await;
        assert!(first.text().contains("152 reports"));
        let text = first.text();
        let next = text
            .split("href=\"")
            .filter_map(|rest| rest.split('"').next())
            .find(|url| url.contains("after="));
        let next = next.unwrap().replace("&amp;", "&").replace("&#38;", "&");
        assert!(browser.page(&next).await.text().contains("152 reports"));
    });
}

#[test]
fn an_address_that_exists_twice_is_asked_about_and_one_that_is_clear_is_not() {
    in_town(async |town: &Town<'_>| {
        draw(town).await;
        let mut rosa = town.browser();
        let page = rosa.page("/report").await;
        let asked = rosa.submit(&page, "/report", &[("address", "13 elm st")]).await;
        let asked = rosa.follow(&asked).await;
        let text = asked.text();
        assert!(
            text.contains("Which of these do you mean?") && text.contains("02139") && text.contains("02141")
        );
        let choice = text.split("name=\"choice\"").nth(1).unwrap();
        let choice = choice.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let path = asked.path.split('?').next().unwrap().to_owned();
        let goes_on = async |rosa: &mut Browser, typed: &[(&str, &str)]| {
            let answer = rosa.submit(&asked, &path, typed).await;
            assert!(answer.location().ends_with("/service"), "{typed:?}: {}", answer.location());
        };
        goes_on(&mut rosa, &[("address", "13 elm st"), ("choice", &choice)]).await;
        goes_on(&mut rosa, &[("address", "Oak Ave and Elm Street")]).await;
        goes_on(&mut rosa, &[("address", "behind the old mill")]).await;
        goes_on(&mut rosa, &[("address", "13 elm st"), ("choice", "as-written")]).await;
    });
}

#[test]
fn places_are_found_and_points_are_named_on_a_page_and_for_machines() {
    in_town(async |town: &Town<'_>| {
        draw(town).await;
        let mut browser = town.browser();
        let page = browser.page("/places?q=151+oak").await.text();
        assert!(page.contains("151 Oak Avenue") && page.contains("/report?address="), "{page}");
        assert!(browser.page("/places?q=zzz").await.text().contains("Nothing found"));
        browser.page("/places").await;
        let json = browser.get("/places.json?q=151+oak+avenue").await.expect(StatusCode::OK).text();
        assert!(json.contains(r#""label":"151 Oak Avenue""#) && json.contains(r#""zip":"02139""#), "{json}");
        let named = browser.get("/places.json?at=42.30001,-71.0980").await.expect(StatusCode::OK).text();
        assert!(
            named.contains("Elm Street &amp; Oak Avenue") || named.contains("Elm Street & Oak Avenue"),
            "{named}"
        );
        browser.get("/places.json?at=here").await.expect(StatusCode::NOT_FOUND);
        let found = browser.page("/report?address=151+Oak+Avenue&latitude=42.3&longitude=-71.1").await.text();
        assert!(found.contains("151 Oak Avenue") && found.contains("name=\"located\""));
    });
}

#[test]
fn a_point_does_not_outlive_the_address_it_was_found_for() {
    in_town(async |town: &Town<'_>| {
        draw(town).await;
        let mut rosa = town.browser();
        let page = rosa.page("/report?address=151+Oak+Avenue&latitude=42.3&longitude=-71.1").await;
        let answer = rosa.submit(&page, "/report", &[("address", "199 Oak Avenue")]).await;
        let next = rosa.follow(&answer).await;
        let back = next.path.replace("/service", "/place");
        let shown = rosa.page(&back).await.text();
        assert!(shown.contains("199 Oak Avenue") && !shown.contains("value=\"-71.1\""), "{shown}");
    });
}

#[test]
fn the_style_names_our_own_tiles_and_nothing_elsewhere() {
    in_town(async |town: &Town<'_>| {
        let mut browser = town.browser();
        for palette in ["light", "dark", "contrast", "print"] {
            let style = browser.get(&format!("/map/style/{palette}.json")).await.expect(StatusCode::OK);
            assert!(style.text().contains("/tiles/{z}/{x}/{y}.mvt") && !style.text().contains("http"));
        }
        browser.get("/map/style/sepia.json").await.expect(StatusCode::NOT_FOUND);
    });
}
