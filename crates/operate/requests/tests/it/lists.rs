use geography::{BoundingBox, Point};
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use requests::import::{ImportedRequest, closing, put_batch};
use requests::{
    Area, Filter, Hands, Neighbours, Order, Outcome, Page, Place, PublicPlace, PublicView, Range,
    RequestError, StaffView, Status, coarse,
};

use crate::importing::record;
use crate::town::{FRIDAY, PROGRAM, Town, at, hours, in_town, in_two_towns};

const SERVICES: [&str; 3] = ["pothole", "graffiti", "noise"];

/// A deterministic crowd: every service, open and closed, all over town, some without a place.
fn crowd(town: &Town<'_>, size: i64) -> Vec<ImportedRequest> {
    (0..size)
        .map(|n| {
            let requested_at = at("2026-01-01T00:00:00Z") + SignedDuration::from_mins(n * 97 % (size * 13));
            let point =
                Point::new(42.30 + (n * 37 % 100) as f64 / 1000.0, -71.10 + (n * 53 % 100) as f64 / 1000.0);
            let point = point.ok().filter(|_| n % 7 != 0);
            let steps = (n % 3 == 0)
                .then(|| closing(&town.catalog, requested_at + hours(n % 50), Outcome::Done, "").unwrap());
            ImportedRequest {
                service: town.service(SERVICES[usize::try_from(n % 3).unwrap()]),
                team: (n % 4 != 0).then(|| town.team(if n % 8 < 4 { "roads" } else { "trees" })),
                requested_at,
                target_at: (n % 5 != 0).then(|| requested_at + hours(n % 90)),
                place: Place { point, address: Some(format!("{n} Elm St_100%")), ..Place::default() },
                confidential: n % 11 == 0,
                steps: steps.into_iter().collect(),
                ..record(town, &format!("N-{n}"))
            }
        })
        .collect()
}

fn fill(town: &Town<'_>, size: i64) {
    let records = crowd(town, size);
    let tally =
        town.write(move |tx, catalog| put_batch(tx, at(FRIDAY), &PROGRAM, catalog, &records)).unwrap();
    assert_eq!(tally.rejected.len(), 0);
}

fn public(town: &Town<'_>, filter: &Filter, page: &Page) -> requests::Listed<PublicView> {
    let (filter, page) = (filter.clone(), page.clone());
    town.read(move |tx, id| requests::list_public(tx, id, &filter, &page)).unwrap()
}

fn staff(town: &Town<'_>, filter: &Filter, order: Order, page: &Page) -> requests::Listed<StaffView> {
    let (ana, filter, page) = (town.ana(), filter.clone(), page.clone());
    town.read(move |tx, id| requests::list(tx, &ana, id, &filter, order, &page)).unwrap()
}

fn numbers(views: &[StaffView]) -> Vec<&str> {
    views.iter().map(|view| view.number.as_str()).collect()
}

/// What the filter means, said once more without any database.
fn matches(filter: &Filter, view: &StaffView) -> bool {
    let in_range = |range: &Range, at| {
        range.from.is_none_or(|from| at >= from) && range.until.is_none_or(|until| at < until)
    };
    (filter.services.is_empty() || filter.services.contains(&view.service))
        && filter.open.is_none_or(|open| open == view.state.is_open())
        && (filter.statuses.is_empty() || filter.statuses.contains(&view.state.status()))
        && in_range(&filter.requested, view.requested_at)
        && in_range(&filter.updated, view.updated_at)
        && filter.hands.is_none_or(|hands| match hands {
            Hands::Team(team) => view.team == Some(team),
            Hands::Nobody => view.team.is_none(),
        })
        && filter.department.is_none_or(|department| view.department == department)
        && filter
            .overdue_at
            .is_none_or(|now| view.state.is_open() && view.due_at.is_some_and(|due| due < now))
        && filter.area.is_none_or(|area| view.place.point.is_some_and(|point| holds(area, point)))
}

fn holds(area: Area, point: Point) -> bool {
    match area {
        Area::Box(bounds) => bounds.contains(point),
        Area::Near { center, radius_m } => center.distance_m(&point) <= radius_m,
    }
}

/// Lists measure on a plane, which errs by less than a thousandth: nothing is expected of places so near the edge.
fn on_the_edge(area: Option<Area>, point: Option<Point>) -> bool {
    match (area, point) {
        (Some(Area::Near { center, radius_m }), Some(point)) => {
            (center.distance_m(&point) - radius_m).abs() <= radius_m / 1000.0
        }
        _ => false,
    }
}

fn filters(town: &Town<'_>) -> impl Strategy<Value = Filter> {
    let services = SERVICES.map(|code| town.service(code));
    let teams = [Hands::Team(town.team("roads")), Hands::Team(town.team("trees")), Hands::Nobody];
    let departments: Vec<_> = town.catalog.departments().iter().map(|department| department.id).collect();
    let time =
        || proptest::option::of((0_i64..60).prop_map(|days| at("2026-01-01T00:00:00Z") + hours(24 * days)));
    let range = move || (time(), time()).prop_map(|(from, until)| Range { from, until });
    let point = || (42.29..42.41, -71.11..-70.99).prop_map(|(north, east)| Point::new(north, east).unwrap());
    let area = prop_oneof![
        (point(), 50.0..4000.0).prop_map(|(center, radius_m)| Area::Near { center, radius_m }),
        (point(), point()).prop_map(|(a, b)| {
            let corner = |pick: fn(f64, f64) -> f64| {
                Point::new(pick(a.latitude(), b.latitude()), pick(a.longitude(), b.longitude())).unwrap()
            };
            Area::Box(BoundingBox::new(corner(f64::min), corner(f64::max)).unwrap())
        }),
    ];
    let first = (
        proptest::option::weighted(0.4, proptest::sample::subsequence(services.to_vec(), 1..=2)),
        proptest::option::weighted(0.4, any::<bool>()),
        proptest::option::weighted(0.2, Just(vec![Status::Assigned, Status::Closed])),
        (range(), range()),
    );
    let second = (
        proptest::option::weighted(0.3, proptest::sample::select(teams.to_vec())),
        proptest::option::weighted(0.2, proptest::sample::select(departments)),
        proptest::option::weighted(0.2, Just(at("2026-01-20T00:00:00Z"))),
        proptest::option::weighted(0.6, area),
    );
    (first, second).prop_map(
        |((services, open, statuses, (requested, updated)), (hands, department, overdue_at, area))| Filter {
            services: services.unwrap_or_default(),
            statuses: statuses.unwrap_or_default(),
            open,
            requested,
            updated: if open == Some(true) { updated } else { Range::default() },
            hands,
            department,
            overdue_at,
            area,
            ..Filter::default()
        },
    )
}

#[test]
fn every_filter_finds_exactly_the_requests_it_describes_in_order() {
    in_town(|town| {
        fill(town, 300);
        let all = staff(town, &Filter::default(), Order::Newest, &Page::first(1000)).items;
        assert_eq!(all.len(), 300);
        let mut runner =
            TestRunner::new(Config { cases: 120, failure_persistence: None, ..Config::default() });
        runner
            .run(&filters(town), |filter| {
                prop_assume!(!all.iter().any(|view| on_the_edge(filter.area, view.place.point)));
                let mut expected: Vec<StaffView> =
                    all.iter().filter(|view| matches(&filter, view)).cloned().collect();
                let found = staff(town, &filter, Order::Newest, &Page::first(1000)).items;
                prop_assert_eq!(numbers(&found), numbers(&expected));
                let changed = staff(town, &filter, Order::Updated, &Page::first(1000)).items;
                expected.sort_by_key(|view| std::cmp::Reverse((view.updated_at, view.id)));
                prop_assert_eq!(numbers(&changed), numbers(&expected));
                expected.retain(|view| view.state.is_open());
                expected.sort_by_key(|view| (view.due_at.is_none(), view.due_at, view.id));
                let urgent = staff(town, &filter, Order::Due, &Page::first(1000)).items;
                prop_assert_eq!(numbers(&urgent), numbers(&expected));
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn priv_03_the_public_finds_places_only_as_it_sees_them() {
    in_town(|town| {
        fill(town, 300);
        let everything = public(town, &Filter::default(), &Page::first(1000)).items;
        let mut runner =
            TestRunner::new(Config { cases: 80, failure_persistence: None, ..Config::default() });
        runner
            .run(&filters(town), |filter| {
                let Some(area) = filter.area else { return Ok(()) };
                let filter = Filter { area: Some(area), ..Filter::default() };
                let published = |view: &PublicView| match &view.place {
                    PublicPlace::Exact(place) => place.point,
                    PublicPlace::Coarse(point) => *point,
                };
                prop_assume!(!everything.iter().any(|view| on_the_edge(Some(area), published(view))));
                let seen = |view: &&PublicView| published(view).is_some_and(|point| holds(area, point));
                let expected: Vec<&str> =
                    everything.iter().filter(seen).map(|view| view.number.as_str()).collect();
                let found = public(town, &filter, &Page::first(1000)).items;
                prop_assert_eq!(found.iter().map(|view| view.number.as_str()).collect::<Vec<_>>(), expected);
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn priv_03_ever_smaller_boxes_never_narrow_a_summary_below_its_cell() {
    in_town(|town| {
        let created = town.report("graffiti");
        let exact = Point::new(42.36, -71.06).unwrap();
        let found = |center, radius_m| {
            let filter = Filter { area: Some(Area::Near { center, radius_m }), ..Filter::default() };
            !public(town, &filter, &Page::first(10)).items.is_empty()
        };
        assert!(found(coarse(exact), 1.0));
        assert!(!found(exact, 20.0), "the exact place of {} was found", created.number);
    });
}

#[test]
fn pages_cover_a_list_once_whichever_way_they_are_asked_for() {
    in_town(|town| {
        fill(town, 130);
        for order in [Order::Newest, Order::Due, Order::Updated] {
            let whole = staff(town, &Filter::default(), order, &Page::first(1000));
            assert_eq!(whole.next, None);
            let mut walked = Vec::new();
            let mut page = Page::first(17);
            loop {
                let listed = staff(town, &Filter::default(), order, &page);
                walked.extend(listed.items);
                let Some(next) = listed.next else { break };
                page = Page::behind(next.to_string().parse().unwrap(), 17);
            }
            assert_eq!(numbers(&walked), numbers(&whole.items));
        }
        let whole = public(town, &Filter::default(), &Page::first(1000)).items;
        let by_number: Vec<PublicView> =
            (1..=10).flat_map(|n| public(town, &Filter::default(), &Page::number(n, 20)).items).collect();
        assert_eq!(by_number, whole);
        let area = Area::Near { center: Point::new(42.35, -71.05).unwrap(), radius_m: 1500.0 };
        let near = Filter { area: Some(area), ..Filter::default() };
        let whole = public(town, &near, &Page::first(1000)).items;
        let by_number: Vec<PublicView> =
            (1..=40).flat_map(|n| public(town, &near, &Page::number(n, 2)).items).collect();
        assert!(whole.len() > 4);
        assert_eq!(by_number, whole);
    });
}

#[test]
fn pages_by_number_end_where_they_would_cost_too_much() {
    in_town(|town| {
        let page = Page::number(1002, 50);
        let deep = town.read(move |tx, id| requests::list_public(tx, id, &Filter::default(), &page));
        assert!(matches!(deep, Err(RequestError::PageTooDeep { rows_max: 50_000 })));
        assert_eq!(public(town, &Filter::default(), &Page::number(1000, 50)).items, []);
    });
}

#[test]
fn numbers_that_do_not_exist_are_passed_over() {
    in_town(|town| {
        fill(town, 20);
        let wanted = ["N-4", "N-1", "none", "N-0"].map(str::to_owned).to_vec();
        let found = public(town, &Filter { numbers: wanted, ..Filter::default() }, &Page::first(10)).items;
        let mut found: Vec<&str> = found.iter().map(|view| view.number.as_str()).collect();
        found.sort_unstable();
        // N-0 is confidential.
        assert_eq!(found, ["N-1", "N-4"]);
    });
}

#[test]
fn words_are_found_as_typed_and_by_the_public_only_where_it_may_read_them() {
    in_town(|town| {
        fill(town, 30);
        let find = |text: &str| Filter { text: Some(text.to_owned()), ..Filter::default() };
        assert_eq!(staff(town, &find("7 elm ST"), Order::Newest, &Page::first(9)).items.len(), 3);
        assert_eq!(staff(town, &find("St_100%"), Order::Newest, &Page::first(99)).items.len(), 30);
        assert_eq!(staff(town, &find("St%100_"), Order::Newest, &Page::first(99)).items, []);
        let seen = public(town, &find("Elm"), &Page::first(99)).items;
        assert!(!seen.is_empty() && seen.iter().all(|view| view.details.is_some()));
        for text in ["'; drop table service_request; --", "\"", "\\", "%", "_", "\u{0}", "é"] {
            let filter = find(text);
            let _ = town.read(move |tx, id| requests::list_public(tx, id, &filter, &Page::first(9)));
        }
        assert_eq!(staff(town, &Filter::default(), Order::Newest, &Page::first(99)).items.len(), 30);
    });
}

#[test]
fn az_05_a_list_never_shows_the_requests_of_the_next_town() {
    in_two_towns(|town, next_door| {
        fill(town, 10);
        let mine = staff(town, &Filter::default(), Order::Newest, &Page::first(99)).items;
        assert_eq!(mine.len(), 10);
        assert_eq!(staff(next_door, &Filter::default(), Order::Newest, &Page::first(99)).items, []);
        let (ana, id) = (next_door.ana(), mine[0].id);
        let opened = town.read(move |tx, jurisdiction| requests::find(tx, &ana, jurisdiction, id));
        assert!(matches!(opened, Err(RequestError::NotAllowed(_))));
    });
}

#[test]
fn the_workload_counts_what_the_work_list_shows() {
    in_town(|town| {
        fill(town, 120);
        let now = at("2026-01-04T00:00:00Z");
        let roads = town.team("roads");
        for team in [None, Some(roads)] {
            let filter = Filter { hands: team.map(Hands::Team), ..Filter::default() };
            let open = staff(town, &filter, Order::Due, &Page::first(1000)).items;
            let before = |at| Filter { overdue_at: Some(at), ..filter.clone() };
            let soon = now + hours(24 * 3);
            let [late, due_soon] = [now, soon]
                .map(|at| staff(town, &before(at), Order::Due, &Page::first(1000)).items.len() as i64);
            let ana = town.ana();
            let load = town.read(move |tx, id| requests::workload(tx, &ana, id, team, now, soon)).unwrap();
            assert_eq!((load.open(), load.overdue, load.due_soon), (open.len() as i64, late, due_soon));
            assert!(late < due_soon, "{late} of {due_soon}");
            for (team, count) in load.by_team {
                assert_eq!(open.iter().filter(|view| view.team == team).count() as i64, count);
            }
        }
    });
}

#[test]
fn the_neighbours_of_a_request_are_those_beside_it_in_the_list() {
    in_town(|town| {
        fill(town, 60);
        let open = Filter { open: Some(true), ..Filter::default() };
        let roads = Filter { hands: Some(Hands::Team(town.team("roads"))), ..Filter::default() };
        for filter in [open, roads] {
            for order in [Order::Newest, Order::Due, Order::Updated] {
                let all = staff(town, &filter, order, &Page::first(1000)).items;
                for (nth, request) in all.iter().enumerate() {
                    let found = beside(town, &filter, order, request);
                    let before = nth.checked_sub(1).map(|nth| all[nth].number.clone());
                    let after = all.get(nth + 1).map(|view| view.number.clone());
                    assert_eq!(found, Neighbours { before, after }, "{order:?} {}", request.number);
                }
            }
        }
    });
}

#[test]
fn a_request_that_has_left_the_list_still_has_its_place_in_it() {
    in_town(|town| {
        for _ in 0..3 {
            town.report("noise");
        }
        let filter = Filter { open: Some(true), ..Filter::default() };
        let mut all = staff(town, &filter, Order::Newest, &Page::first(3)).items;
        let [newest, oldest] = [all[0].number.clone(), all[2].number.clone()];
        let middle = all.remove(1);
        let note = "The neighbours turned the music down themselves.";
        town.act(&town.ana(), at(FRIDAY), middle.id, move |tx, change| {
            requests::close(tx, change, Outcome::NoActionNeeded, note)
        })
        .unwrap();
        let found = beside(town, &filter, Order::Newest, &town.view(middle.id));
        assert_eq!(found, Neighbours { before: Some(newest), after: Some(oldest) });
    });
}

fn beside(town: &Town<'_>, filter: &Filter, order: Order, request: &StaffView) -> Neighbours {
    let (ana, filter, request) = (town.ana(), filter.clone(), request.clone());
    town.read(move |tx, id| requests::neighbours(tx, &ana, id, &filter, order, &request)).unwrap()
}

#[test]
fn a_copy_kept_by_another_system_hears_of_public_updates_in_order() {
    in_town(|town| {
        fill(town, 60);
        let within = Range { from: None, until: None };
        let updates = town.read(move |tx, id| requests::updates(tx, id, &within, 1000)).unwrap();
        assert!(updates.len() > 10 && updates.is_sorted_by_key(|update| update.entry.at));
        assert!(updates.iter().all(|update| update.status == Status::Closed && update.entry.seq == 2));
        let middle = updates[updates.len() / 2].entry.at;
        let within = Range { from: Some(middle), until: None };
        let later = town.read(move |tx, id| requests::updates(tx, id, &within, 1000)).unwrap();
        assert_eq!(later.len(), updates.iter().filter(|update| update.entry.at >= middle).count());
    });
}
