//! Targets are superseded, never edited, and promises come from the one in force.

use catalog::{CatalogError, Flaw, NewTarget, Promise, Target, Wrong, targets};
use jiff::Timestamp;

use crate::town::{EXAMPLE, PROGRAM, Town, at, in_town, now, service};

fn three_days_from(effective_from: Timestamp) -> NewTarget {
    NewTarget { effective_from, first_response: None, resolution: Some("3 calendar days".parse().unwrap()) }
}

fn set(town: &Town<'_>, code: &str, target: NewTarget) -> Result<Target, CatalogError> {
    let id = service(&town.catalog(), code).id;
    town.write(move |tx, jurisdiction| targets::set(tx, now(), &PROGRAM, jurisdiction, id, &target))
}

fn promise(town: &Town<'_>, code: &str, received: &str) -> Option<Promise> {
    let catalog = town.catalog();
    catalog.promise(service(&catalog, code), at(received)).unwrap()
}

#[test]
fn a_promise_counts_on_the_calendar_of_the_department() {
    in_town(|town| {
        // Friday 12:00 in town; road crews work until 15:00 and Saturday from 07:00 to 11:00.
        let promise = promise(town, "pothole", "2026-05-08T16:00:00Z").unwrap();
        assert_eq!(promise.target_version, 1);
        assert_eq!(promise.first_response_at, Some(at("2026-05-09T12:00:00Z")));
        // Five working days on: Saturday, Monday, Tuesday, Wednesday, Thursday, closing at 15:00.
        assert_eq!(promise.resolve_at, Some(at("2026-05-14T19:00:00Z")));
    });
}

#[test]
fn the_calendar_of_the_service_beats_that_of_the_department() {
    in_town(|town| {
        // Friday 12:00: town hall closes at 13:00, so one working day on is Monday at closing time.
        let promise = promise(town, "marriage-record", "2026-05-08T16:00:00Z").unwrap();
        assert_eq!(promise.first_response_at, Some(at("2026-05-11T21:00:00Z")));
    });
}

#[test]
fn the_clock_around_needs_no_calendar() {
    in_town(|town| {
        let promise = promise(town, "dead-animal", "2026-05-09T03:00:00Z").unwrap();
        assert_eq!((promise.first_response_at, promise.resolve_at), (None, Some(at("2026-05-10T03:00:00Z"))));
    });
}

#[test]
fn a_service_without_a_target_promises_nothing() {
    in_town(|town| {
        assert_eq!(promise(town, "power-outage", "2026-05-08T16:00:00Z"), None);
        // Before its first target there was none either.
        assert_eq!(promise(town, "dead-animal", "2024-05-08T16:00:00Z"), None);
    });
}

#[test]
fn a_new_target_supersedes_from_its_date_and_leaves_the_past_alone() {
    in_town(|town| {
        let before = promise(town, "missed-trash", "2026-05-08T15:00:00Z");
        let set = set(town, "missed-trash", three_days_from(now())).unwrap();
        assert_eq!(set.version, 2);
        assert_eq!(promise(town, "missed-trash", "2026-05-08T15:00:00Z"), before);
        let after = promise(town, "missed-trash", "2026-05-08T16:00:00Z").unwrap();
        assert_eq!((after.target_version, after.resolve_at), (2, Some(at("2026-05-11T16:00:00Z"))));
    });
}

#[test]
fn a_target_with_neither_time_ends_the_promise() {
    in_town(|town| {
        let nothing = NewTarget { effective_from: now(), first_response: None, resolution: None };
        set(town, "missed-trash", nothing).unwrap();
        assert_eq!(promise(town, "missed-trash", "2026-05-09T16:00:00Z"), None);
    });
}

#[test]
fn only_the_first_target_may_begin_in_the_past() {
    in_town(|town| {
        let past = at("2026-05-08T15:59:59Z");
        let refused = set(town, "pothole", three_days_from(past)).unwrap_err();
        assert!(matches!(refused, CatalogError::Flaw(Flaw { wrong: Wrong::Backdated, .. })), "{refused}");
        assert_eq!(set(town, "power-outage", three_days_from(past)).unwrap().version, 1);
    });
}

#[test]
fn a_file_cannot_rewrite_a_past_target() {
    in_town(|town| {
        let edited =
            EXAMPLE.replacen("resolution = \"5 working days\"", "resolution = \"9 working days\"", 1);
        let refused = town.apply(&edited).unwrap_err();
        assert!(
            refused.to_string().contains("service[0].target[0].from: a target cannot begin in the past"),
            "{refused}"
        );
    });
}

#[test]
fn a_target_of_an_unknown_service_is_refused() {
    in_town(|town| {
        let nobody = uuid::Uuid::from_u128(9).into();
        let refused = town
            .write(move |tx, id| targets::set(tx, now(), &PROGRAM, id, nobody, &three_days_from(now())))
            .unwrap_err();
        assert!(matches!(refused, CatalogError::UnknownService(id) if id == nobody), "{refused}");
    });
}
