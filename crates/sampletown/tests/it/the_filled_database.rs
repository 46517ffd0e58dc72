use std::collections::{BTreeMap, BTreeSet};

use access::passwords::Hashing;
use access::sign_in::{self, Attempt, Begun, Finished, SourceNetwork};
use access::{Actor, JurisdictionId, audit};
use catalog::{Catalog, Text};
use db::Db;
use requests::views::StaffView;
use requests::{Filter, Order, Outcome, PAGE_MAX, Page, RequestError, State, Status};
use sampletown::town::{DistrictKind, Spot, Town};
use sampletown::{FillError, FillSettings, Filled, Progress, fill};
use testkit::{Engine, TestDatabase, on_both};

const EVERYTHING: Actor = Actor::System("test");
const PASSWORD: &str = "quiet-lantern-over-the-weir";

fn settings() -> FillSettings {
    FillSettings {
        seed: 311,
        population: 500,
        jurisdiction: "sample.example".parse().unwrap(),
        now: "2026-05-07T15:20:00Z".parse().unwrap(),
        requests: None,
        password: PASSWORD.to_owned(),
    }
}

fn filled(db: &Db) -> Filled {
    fill(db, &settings(), &mut |_| ()).unwrap()
}

fn all_requests(db: &Db) -> Vec<StaffView> {
    let id = settings().jurisdiction;
    db.read_now(move |tx| {
        let page = Page { after: None, skip: 0, limit: PAGE_MAX };
        let listed = requests::list(tx, &EVERYTHING, &id, &Filter::default(), Order::Newest, &page)?;
        assert!(listed.next.is_none(), "a tiny town fits on one page");
        Ok::<_, RequestError>(listed.items)
    })
    .unwrap()
}

#[test]
fn a_tiny_town_is_filled_on_both_engines_with_requests_in_every_state_and_outcome() {
    on_both(&[&requests::SCHEMA, &places::SCHEMA], |db| {
        let filled = filled(db);
        assert_eq!(filled.past, 350);
        let requests = all_requests(db);
        assert_eq!(requests.len() as u64, filled.past + filled.recent);
        let statuses: BTreeSet<Status> = requests.iter().map(|request| request.state.status()).collect();
        assert_eq!(statuses, Status::ALL.into_iter().collect());
        let outcomes: BTreeSet<&str> = requests
            .iter()
            .filter_map(|request| match &request.state {
                State::Closed { outcome, .. } => Some(outcome.as_str()),
                _ => None,
            })
            .collect();
        let all = ["could_not", "done", "duplicate", "no_action_needed", "not_ours", "withdrawn"];
        assert_eq!(outcomes, BTreeSet::from(all));
    });
}

#[test]
fn the_same_settings_fill_both_engines_with_the_same_requests() {
    let told = |engine| {
        let db = TestDatabase::open(engine, &[&requests::SCHEMA, &places::SCHEMA]);
        filled(&db);
        let requests = all_requests(&db);
        // Ids are random; everything a reader sees is not.
        let seen = requests.into_iter().map(|request| {
            let words = (request.description, request.place.address, request.promised_at, request.due_at);
            (
                request.number,
                (request.state.status(), request.requested_at, request.closed_at, request.districts, words),
            )
        });
        seen.collect::<BTreeMap<_, _>>()
    };
    assert_eq!(told(Engine::Sqlite), told(Engine::Postgres));
}

#[test]
fn the_store_places_every_request_in_the_districts_that_the_town_gives_its_address() {
    let db = TestDatabase::open(Engine::Sqlite, &[&requests::SCHEMA, &places::SCHEMA]);
    let town = filled(&db).town;
    let by_address: BTreeMap<String, _> = town
        .houses()
        .filter_map(|house| town.address(house))
        .map(|place| (place.address.clone(), place))
        .collect();
    let mut checked = 0;
    for request in all_requests(&db) {
        let Some(place) = request.place.address.as_ref().and_then(|address| by_address.get(address)) else {
            continue;
        };
        for kind in DistrictKind::ALL {
            let stored =
                request.districts.iter().find(|(of, _)| of == kind.as_str()).map(|(_, code)| code.as_str());
            assert_eq!(stored, town.district_of(kind, place), "{kind:?} of {}", place.address);
        }
        checked += 1;
    }
    assert!(checked > 200);
}

#[test]
fn everybody_of_the_staff_can_sign_in_with_the_password_given_and_with_no_other() {
    let db = TestDatabase::open(Engine::Sqlite, &[&requests::SCHEMA, &places::SCHEMA]);
    let staff = filled(&db).staff;
    assert_eq!(staff.len(), access::Role::ALL.len());
    for member in staff {
        assert_eq!(signs_in(&db, &member.email, PASSWORD), Some(member.name));
        assert_eq!(signs_in(&db, &member.email, "quiet-lantern-over-the-hill"), None);
    }
}

fn signs_in(db: &Db, email: &str, password: &str) -> Option<String> {
    let now = settings().now;
    // Each from a place of its own, so that the limits on guessing stay out of the way.
    let address = std::net::Ipv4Addr::new(192, 0, email.len() as u8, password.len() as u8);
    let attempt = Attempt {
        jurisdiction: settings().jurisdiction,
        email: email.to_owned(),
        source: SourceNetwork::of(address.into()),
        device: None,
    };
    let begun = db.write_now(move |tx| sign_in::begin(tx, now, &attempt, Hashing::STANDARD)).unwrap();
    let Begun::Challenge(challenge) = begun else { panic!("{email} has tried too often") };
    let verdict = challenge.check(password, Hashing::STANDARD);
    match db.write_now(move |tx| sign_in::finish(tx, now, &verdict, None)).unwrap() {
        Finished::SignedIn(session) => Some(session.who.name),
        // Nobody of the made-up town has set up a second step.
        Finished::CodeNeeded(_) | Finished::Refused => None,
    }
}

#[test]
fn a_password_that_breaks_the_rules_is_refused() {
    let db = TestDatabase::open(Engine::Sqlite, &[&requests::SCHEMA, &places::SCHEMA]);
    let settings = FillSettings { password: "12345".to_owned(), ..settings() };
    assert!(matches!(fill(&db, &settings, &mut |_| ()), Err(FillError::Password(_))));
}

#[test]
fn the_audit_chain_of_a_filled_town_is_whole() {
    on_both(&[&requests::SCHEMA, &places::SCHEMA], |db| {
        filled(db);
        let id = settings().jurisdiction;
        db.read_now(move |tx| audit::verify(tx, &id)).unwrap();
    });
}

#[test]
fn a_town_is_not_filled_twice() {
    let db = TestDatabase::open(Engine::Sqlite, &[&requests::SCHEMA, &places::SCHEMA]);
    filled(&db);
    let before = all_requests(&db).len();
    assert!(matches!(fill(&db, &settings(), &mut |_| ()), Err(FillError::Catalog(_))));
    assert_eq!(all_requests(&db).len(), before);
}

#[test]
fn the_catalog_leaves_and_enters_the_store_unchanged() {
    let db = TestDatabase::open(Engine::Sqlite, &[&requests::SCHEMA, &places::SCHEMA]);
    filled(&db);
    let (first, second): (JurisdictionId, JurisdictionId) =
        (settings().jurisdiction, "other.example".parse().unwrap());
    let now = settings().now;
    let exported = export(&db, &first);
    let (text, id) = (exported.clone(), second.clone());
    db.write_now(move |tx| {
        let draft = catalog::JurisdictionDraft {
            name: Text::new("en", "Another"),
            zone: sampletown::town::ZONE.to_owned(),
            languages: vec!["en".to_owned(), "es".to_owned()],
            contact: Text::nothing(),
            hosts: Vec::new(),
        };
        catalog::jurisdictions::add(tx, now, &EVERYTHING, &id, &draft, None)?;
        let file = catalog::file::parse(&text).unwrap();
        catalog::file::apply(tx, now, &EVERYTHING, &id, &file).map(|_| ())
    })
    .unwrap();
    assert_eq!(export(&db, &second), exported);
}

fn export(db: &Db, id: &JurisdictionId) -> String {
    let id = id.clone();
    db.read_now(move |tx| catalog::file::export(tx, &id)).unwrap()
}

#[test]
fn residents_see_that_the_town_is_made_up() {
    let db = TestDatabase::open(Engine::Sqlite, &[&requests::SCHEMA, &places::SCHEMA]);
    filled(&db);
    let id = settings().jurisdiction;
    let catalog = db.read_now(move |tx| Catalog::load(tx, &id)).unwrap();
    assert!(catalog.jurisdiction.name.in_language("en").contains("made-up"));
    assert!(catalog.jurisdiction.name.in_language("es").contains("inventada"));
    assert_eq!(catalog.notices(settings().now, None).len(), 1);
}

#[test]
fn progress_rises_to_the_end() {
    let db = TestDatabase::open(Engine::Sqlite, &[&requests::SCHEMA, &places::SCHEMA]);
    let settings = FillSettings { requests: Some(2_500), ..settings() };
    let mut seen = Vec::new();
    fill(&db, &settings, &mut |progress| seen.push(progress)).unwrap();
    let past = |done| Progress::Past { done, of: 2_500 };
    assert_eq!(seen, [Progress::Ground, past(1_000), past(2_000), past(2_500), Progress::Recent]);
}

#[test]
fn reports_stay_inside_the_town_line() {
    let db = TestDatabase::open(Engine::Sqlite, &[&requests::SCHEMA, &places::SCHEMA]);
    let town: std::sync::Arc<Town> = filled(&db).town;
    let corner = |pick: fn(f64, f64) -> f64, of: fn(&Spot) -> f64| {
        town.boundary.iter().flat_map(|outline| &outline.outer).map(of).reduce(pick).unwrap()
    };
    let (south, north) = (corner(f64::min, |s| s.latitude), corner(f64::max, |s| s.latitude));
    let (west, east) = (corner(f64::min, |s| s.longitude), corner(f64::max, |s| s.longitude));
    for point in all_requests(&db).iter().filter_map(|request| request.place.point) {
        assert!((south..=north).contains(&point.latitude()) && (west..=east).contains(&point.longitude()));
    }
}

#[test]
fn a_duplicate_in_the_store_points_to_its_original() {
    let db = TestDatabase::open(Engine::Sqlite, &[&requests::SCHEMA, &places::SCHEMA]);
    let settings = FillSettings { population: 2_000, ..settings() };
    fill(&db, &settings, &mut |_| ()).unwrap();
    let id = settings.jurisdiction;
    let requests = db
        .read_now(move |tx| {
            let (mut all, mut page) = (Vec::new(), Page { after: None, skip: 0, limit: PAGE_MAX });
            loop {
                let listed = requests::list(tx, &EVERYTHING, &id, &Filter::default(), Order::Newest, &page)?;
                all.extend(listed.items);
                match listed.next {
                    Some(next) => page.after = Some(next),
                    None => return Ok::<_, RequestError>(all),
                }
            }
        })
        .unwrap();
    let by_id: BTreeMap<_, _> = requests.iter().map(|request| (request.id, request)).collect();
    let mut seen = 0;
    for request in &requests {
        if let State::Closed { outcome: Outcome::Duplicate { of }, .. } = &request.state {
            assert_eq!((by_id[of].service, &by_id[of].place), (request.service, &request.place));
            seen += 1;
        }
    }
    assert!(seen >= 5, "{seen}");
}

#[test]
fn the_map_finds_every_house_corner_and_public_building_where_the_town_put_it() {
    let db = TestDatabase::open(Engine::Sqlite, &[&requests::SCHEMA, &places::SCHEMA]);
    let town = filled(&db).town;
    let id = settings().jurisdiction;
    let map = db.read_now(move |tx| places::TownMap::load(tx, &id)).unwrap();
    let near = |typed: &str, spot: Spot| {
        let there = geography::Point::new(spot.latitude, spot.longitude).unwrap();
        // A block is some 150 m long; houses are numbered a little unevenly along it.
        map.gazetteer().search(typed, 5).iter().any(|found| found.point.distance_m(&there) < 60.0)
    };
    for place in town.houses().filter_map(|house| town.address(house)) {
        assert!(near(&place.address, place.spot), "{}", place.address);
    }
    for corner in &town.intersections {
        let place = town.corner(corner);
        assert!(near(&place.address, place.spot), "{}", place.address);
    }
    for facility in &town.facilities {
        assert!(near(&facility.name, facility.location.spot), "{}", facility.name);
    }
    assert!(map.count(places::FeatureKind::Water) == 1 && map.count(places::FeatureKind::Park) > 0);
}
