use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use calendar::Calendar;
use catalog::file::CatalogFile;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use requests::Channel;
use sampletown::history::{Ending, Happening, History, HistorySettings, Language, PastRequest};
use sampletown::town::{DistrictKind, Town, ZONE};
use sampletown::weather::Storm;

/// A Thursday morning.
fn now() -> Timestamp {
    "2026-05-07T15:20:00Z".parse().unwrap()
}

/// Due times straight from the town's catalog file: the newest target in force, on the department's calendar.
struct Targets {
    file: CatalogFile,
    calendars: BTreeMap<String, Calendar>,
}

impl Targets {
    fn of(town: &Town) -> Self {
        let file = catalog::file::parse(&town.catalog_toml()).unwrap();
        let calendars = file
            .calendars
            .iter()
            .map(|(code, spec)| (code.clone(), Calendar::try_from(spec).unwrap()))
            .collect();
        Self { file, calendars }
    }

    fn due(&self, service: &str, received: Timestamp) -> Option<Timestamp> {
        let service = self.file.services.iter().find(|one| one.draft.code == service)?;
        let department = self.file.departments.iter().find(|one| one.code == service.draft.department)?;
        let in_force = |from: &str| from.parse::<Date>().unwrap() <= received.in_tz(ZONE).unwrap().date();
        let target = service.targets.iter().rfind(|target| in_force(&target.from))?;
        let code = department.calendar.as_deref().unwrap_or("office");
        self.calendars[code].due_at(received, target.resolution?).ok()
    }
}

fn past(seed: u64, population: u32, now: Timestamp, requests: Option<u64>) -> (Storm, Vec<PastRequest>) {
    let town = Town::new(seed, population).unwrap();
    let targets = Targets::of(&town);
    let usual = HistorySettings::usual(&town, now);
    let settings = HistorySettings { requests: requests.unwrap_or(usual.requests), ..usual };
    let history = History::new(&town, settings, |service, received| targets.due(service, received));
    (history.storm().clone(), history.collect())
}

/// Small enough to be quick, large enough that shares are within a percent or two.
fn usual_town() -> (Storm, Vec<PastRequest>) {
    past(311, 30_000, now(), None)
}

fn local_date(request: &PastRequest) -> Date {
    request.requested_at.to_zoned(TimeZone::get(ZONE).unwrap()).date()
}

fn by_day(requests: &[PastRequest]) -> BTreeMap<Date, u32> {
    let mut days = BTreeMap::new();
    for request in requests {
        *days.entry(local_date(request)).or_default() += 1;
    }
    days
}

fn share(requests: &[PastRequest], is: impl Fn(&PastRequest) -> bool) -> f64 {
    requests.iter().filter(|request| is(request)).count() as f64 / requests.len() as f64
}

fn happened(request: &PastRequest, is: impl Fn(&Happening) -> bool) -> bool {
    request.course.iter().any(|step| is(&step.what))
}

fn fingerprint(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn the_same_seed_population_and_time_give_the_same_history_on_every_machine() {
    let (_, requests) = past(311, 500, now(), None);
    let mut text = String::new();
    for request in requests {
        let place = request.location.as_ref().map_or("", |location| &location.address);
        let (at, language) = (request.requested_at.as_second(), request.language.tag());
        writeln!(text, "{} {} {at} {} {language} {place}", request.number, request.service, request.channel)
            .unwrap();
        writeln!(text, "{}", request.description).unwrap();
        for step in &request.course {
            writeln!(text, "{} {:?}", step.at.as_second(), step.what).unwrap();
        }
    }
    // Changes only when the generator or the targets are changed on purpose.
    assert_eq!(format!("{:016x}", fingerprint(&text)), "4dc5803e2694e0be");
}

#[test]
fn there_are_exactly_as_many_requests_as_asked_for_and_none_after_now() {
    for requests in [0, 1, 700, 5_000] {
        let (_, all) = past(7, 2_000, now(), Some(requests));
        assert_eq!(all.len() as u64, requests);
        assert!(all.iter().all(|request| request.requested_at < now()));
    }
}

#[test]
fn a_third_of_a_request_comes_for_each_head_and_year() {
    let (_, requests) = past(311, 60_000, now(), None);
    assert_eq!(requests.len(), 42_000);
}

#[test]
fn requests_come_in_order_with_numbers_of_their_own() {
    let (_, requests) = past(3, 20_000, now(), None);
    assert!(requests.is_sorted_by_key(|request| request.requested_at));
    let numbers: BTreeSet<&str> = requests.iter().map(|request| request.number.as_str()).collect();
    assert_eq!(numbers.len(), requests.len());
}

#[test]
fn monday_is_the_heaviest_day_and_sunday_the_lightest() {
    let (_, requests) = usual_town();
    let mut weekdays = BTreeMap::new();
    for (date, count) in by_day(&requests) {
        *weekdays.entry(date.weekday().to_monday_zero_offset()).or_insert(0) += count;
    }
    let monday = weekdays[&Weekday::Monday.to_monday_zero_offset()];
    let sunday = weekdays[&Weekday::Sunday.to_monday_zero_offset()];
    assert!(weekdays.values().all(|&count| count <= monday && count >= sunday), "{weekdays:?}");
}

#[test]
fn the_storm_brings_three_to_six_times_a_usual_day_and_fallen_trees_most_of_all() {
    for seed in 0..4 {
        let (storm, requests) = past(seed, 30_000, now(), None);
        let days = by_day(&requests);
        let mut counts: Vec<u32> = days.values().copied().collect();
        counts.sort_unstable();
        let usual = f64::from(counts[counts.len() / 2]);
        let times = f64::from(days[&storm.on]) / usual;
        assert!((3.0..=6.0).contains(&times), "seed {seed}: {times} times the usual {usual}");
        let mut services: BTreeMap<&str, u32> = BTreeMap::new();
        for request in requests.iter().filter(|request| local_date(request) == storm.on) {
            *services.entry(&request.service).or_default() += 1;
        }
        let most = services.iter().max_by_key(|(_, count)| **count).unwrap();
        assert_eq!(*most.0, "TREE-DOWN", "seed {seed}: {services:?}");
    }
}

#[test]
fn duplicates_are_rare_except_in_the_storm() {
    let (storm, requests) = usual_town();
    let duplicate = |request: &PastRequest| {
        happened(request, |what| matches!(what, Happening::Closed { ending: Ending::Duplicate { .. }, .. }))
    };
    let (during, before): (Vec<_>, Vec<_>) =
        requests.into_iter().partition(|request| storm.force(local_date(request)) > 0.4);
    assert!(share(&before, duplicate) < 0.03);
    assert!(share(&during, duplicate) > 0.08);
}

#[test]
fn a_duplicate_names_an_earlier_request_for_the_same_service_at_the_same_place() {
    let (_, requests) = usual_town();
    let by_number: BTreeMap<&str, &PastRequest> = requests.iter().map(|r| (r.number.as_str(), r)).collect();
    let mut seen = 0;
    for request in &requests {
        if let Some((_, Ending::Duplicate { of }, note)) = request.closing() {
            let original = by_number[of.as_str()];
            assert_eq!((&original.service, &original.location), (&request.service, &request.location));
            assert!(original.requested_at <= request.requested_at && note.contains(of.as_str()));
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn phone_gives_way_to_web_and_app_over_the_two_years() {
    let (_, requests) = usual_town();
    let online = |request: &PastRequest| matches!(request.channel, Channel::Web | Channel::App);
    // Published: 33 % (Montgomery County 2016) to 42 % (2021); our own goal for the end is 50 %.
    let (first, last) = (&requests[..4_000], &requests[requests.len() - 4_000..]);
    assert!((0.30..0.40).contains(&share(first, online)), "{}", share(first, online));
    assert!((0.42..0.52).contains(&share(last, online)), "{}", share(last, online));
    let phone = |request: &PastRequest| request.channel == Channel::Phone;
    assert!(share(first, phone) > share(last, phone) + 0.05);
    assert!((0.40..0.62).contains(&share(&requests, phone)));
}

#[test]
fn about_seven_in_a_hundred_residents_write_in_spanish() {
    let (_, requests) = usual_town();
    let spanish = share(&requests, |request| request.language == Language::Spanish);
    assert!((0.06..0.085).contains(&spanish), "{spanish}");
}

#[test]
fn phones_are_answered_from_seven_to_nineteen_and_the_app_at_all_hours() {
    let (_, requests) = usual_town();
    let hour = |request: &PastRequest| request.requested_at.in_tz(ZONE).unwrap().hour();
    let of = |channel| requests.iter().filter(move |request| request.channel == channel);
    // Requests of the last, unfinished day may be moved to earlier that day.
    let earlier = |request: &&PastRequest| local_date(request) < now().in_tz(ZONE).unwrap().date();
    assert!(of(Channel::Phone).filter(earlier).all(|request| (7..19).contains(&hour(request))));
    assert!(of(Channel::App).any(|request| hour(request) >= 22));
}

#[test]
fn most_requests_are_closed_in_time_and_some_are_not() {
    let (_, requests) = usual_town();
    // Due long enough ago that being late has shown.
    let settled: Vec<_> = requests
        .into_iter()
        .filter(|r| r.due_at.is_some_and(|due| due < now() - (24 * 30).hours()))
        .collect();
    let in_time = share(&settled, |r| r.closing().is_some_and(|(at, ..)| at <= r.due_at.unwrap()));
    // Published: 96 % (Montgomery County 2022-23); three quarters (Philadelphia 2009); our own goal is 90 %.
    assert!((0.80..0.94).contains(&in_time), "{in_time}");
}

#[test]
fn a_backlog_is_open_part_of_it_overdue() {
    let (_, requests) = usual_town();
    let open: Vec<_> = requests.iter().filter(|request| request.closing().is_none()).cloned().collect();
    let share_open = open.len() as f64 / requests.len() as f64;
    assert!((0.01..0.06).contains(&share_open), "{share_open}");
    let overdue = share(&open, |request| request.due_at.is_some_and(|due| due < now()));
    assert!((0.15..0.70).contains(&overdue), "{overdue}");
}

#[test]
fn some_are_refused_wait_or_are_opened_again() {
    let (_, requests) = usual_town();
    let refused = share(&requests, |r| happened(r, |what| matches!(what, Happening::Refused { .. })));
    let waiting = share(&requests, |r| happened(r, |what| matches!(what, Happening::Waiting { .. })));
    let reopened = share(&requests, |r| happened(r, |what| matches!(what, Happening::Reopened { .. })));
    for (what, share) in [("refused", refused), ("waiting", waiting), ("reopened", reopened)] {
        assert!((0.01..0.06).contains(&share), "{what}: {share}");
    }
}

#[test]
fn what_happens_to_a_request_happens_in_order_and_before_now() {
    let (_, requests) = past(2, 20_000, now(), None);
    for request in requests {
        assert!(request.course.is_sorted_by_key(|step| step.at), "{request:?}");
        assert!(
            request.course.iter().all(|step| step.at >= request.requested_at && step.at < now()),
            "{request:?}"
        );
    }
}

#[test]
fn every_closing_note_says_something() {
    let (_, requests) = past(2, 20_000, now(), None);
    let notes: BTreeSet<&str> =
        requests.iter().filter_map(PastRequest::closing).map(|(_, _, note)| note).collect();
    for note in notes {
        requests::ClosingNote::new(note).unwrap_or_else(|refused| panic!("{note}: {refused}"));
    }
}

#[test]
fn snow_and_heating_belong_to_winter_and_tall_grass_to_summer() {
    let (_, requests) = usual_town();
    let months = |service: &str| -> BTreeSet<i8> {
        requests.iter().filter(|r| &*r.service == service).map(|r| local_date(r).month()).collect()
    };
    assert!(months("SNOW").is_disjoint(&BTreeSet::from([6, 7, 8])));
    let in_months = |service: &str, wanted: [i8; 3]| {
        let of: Vec<_> = requests.iter().filter(|r| &*r.service == service).cloned().collect();
        share(&of, |request| wanted.contains(&local_date(request).month()))
    };
    assert!(in_months("NO-HEAT", [12, 1, 2]) > 0.5);
    assert!(in_months("TALL-GRASS", [6, 7, 8]) > 0.4);
}

#[test]
fn a_few_places_are_reported_again_and_again() {
    let (_, requests) = usual_town();
    let mut places: BTreeMap<String, u32> = BTreeMap::new();
    for request in requests.iter().filter(|request| &*request.service == "DUMPING") {
        let street = request.location.as_ref().unwrap().address.split_once(' ').unwrap().1.to_owned();
        *places.entry(street).or_default() += 1;
    }
    let mut counts: Vec<u32> = places.into_values().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let top: u32 = counts[..10].iter().sum();
    let all: u32 = counts.iter().sum();
    assert!(f64::from(top) > f64::from(all) * 0.25, "{top} of {all} in the ten worst streets");
}

#[test]
fn every_ward_has_requests() {
    let town = Town::new(311, 30_000).unwrap();
    let (_, requests) = usual_town();
    let wards: BTreeSet<&str> =
        requests.iter().filter_map(|r| town.district_of(DistrictKind::Ward, r.location.as_ref()?)).collect();
    assert_eq!(wards.len(), town.districts_of_kind(DistrictKind::Ward).count());
}
