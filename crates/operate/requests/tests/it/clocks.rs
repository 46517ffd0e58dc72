use access::Actor;
use db::jobs;
use jiff::SignedDuration;
use requests::{Outcome, RequestError, Status, timers};

use crate::life_cycle::replaying_gives_the_row;
use crate::town::{FRIDAY, Town, at, hours, in_town};

const NOTE: &str = "We filled the hole beside the bus stop this morning.";

fn accepted(town: &Town<'_>) -> requests::Created {
    let created = town.report("graffiti");
    let roads = town.team("roads");
    town.act(&town.ana(), at(FRIDAY), created.id, move |tx, change| requests::assign(tx, change, roads))
        .unwrap();
    town.act(&town.ana(), at(FRIDAY), created.id, requests::accept).unwrap();
    created
}

#[test]
fn time_03_waiting_moves_the_due_time_by_its_length_and_the_promise_not_at_all() {
    in_town(|town| {
        let created = accepted(town);
        let due = at(FRIDAY) + hours(48);
        assert_eq!(town.view(created.id).due_at, Some(due));
        town.act(&town.ana(), at(FRIDAY) + hours(10), created.id, |tx, change| {
            requests::pause(tx, change, "Waiting for dry weather", None)
        })
        .unwrap();
        assert_eq!(town.view(created.id).due_at, None);
        town.act(&town.ana(), at(FRIDAY) + hours(15), created.id, requests::resume).unwrap();
        let view = town.view(created.id);
        assert_eq!((view.due_at, view.promised_at), (Some(due + hours(5)), Some(due)));
        replaying_gives_the_row(town, created.id);
    });
}

#[test]
fn time_03_the_clock_stands_still_while_a_request_is_closed_and_goes_on_when_it_is_reopened() {
    in_town(|town| {
        let created = accepted(town);
        let due = at(FRIDAY) + hours(48);
        town.act(&town.ana(), at(FRIDAY) + hours(20), created.id, |tx, change| {
            requests::close(tx, change, Outcome::Done, NOTE)
        })
        .unwrap();
        assert_eq!(town.view(created.id).due_at, Some(due));
        town.act(&town.ana(), at(FRIDAY) + hours(120), created.id, |tx, change| {
            requests::reopen(tx, change, "It came back")
        })
        .unwrap();
        assert_eq!(town.view(created.id).due_at, Some(due + hours(100)));
        replaying_gives_the_row(town, created.id);
    });
}

#[test]
fn a_wait_with_an_end_goes_on_by_itself_once() {
    in_town(|town| {
        let created = accepted(town);
        let until = at(FRIDAY) + hours(72);
        town.act(&town.ana(), at(FRIDAY), created.id, move |tx, change| {
            requests::pause(tx, change, "Waiting for parts", Some(until))
        })
        .unwrap();
        assert!(claimed(town, until - SignedDuration::from_secs(1)).is_empty());
        let timers = claimed(town, until);
        assert_eq!(timers.len(), 1);
        let run = || {
            let timer = timers[0].clone();
            town.write(move |tx, catalog| timers::run(tx, until, catalog, &timer)).unwrap()
        };
        assert_eq!(run(), timers::Rung::Resumed);
        assert_eq!(run(), timers::Rung::NothingToDo);
        assert_eq!(town.view(created.id).state.status(), Status::Accepted);
        replaying_gives_the_row(town, created.id);
    });
}

#[test]
fn resuming_and_closing_take_the_timer_back() {
    in_town(|town| {
        let until = at(FRIDAY) + hours(72);
        for end in ["resume", "close"] {
            let id = accepted(town).id;
            town.act(&town.ana(), at(FRIDAY), id, move |tx, change| {
                requests::pause(tx, change, "Waiting for parts", Some(until))
            })
            .unwrap();
            town.act(&town.ana(), at(FRIDAY), id, move |tx, change| match end {
                "resume" => requests::resume(tx, change),
                _ => requests::close(tx, change, Outcome::CouldNot, NOTE),
            })
            .unwrap();
            assert!(claimed(town, until).is_empty(), "after {end}");
        }
    });
}

fn claimed(town: &Town<'_>, now: jiff::Timestamp) -> Vec<jobs::Job> {
    town.db
        .write_now(move |tx| jobs::claim(tx, now, hours(1), 10))
        .unwrap_or_else(|e: db::Error| panic!("{e}"))
}

#[test]
fn a_wait_needs_a_reason_and_an_end_that_lies_ahead() {
    in_town(|town| {
        let id = accepted(town).id;
        let pause = |reason: &'static str, until| {
            town.act(&town.ana(), at(FRIDAY), id, move |tx, change| {
                requests::pause(tx, change, reason, until)
            })
        };
        assert!(matches!(pause(" ", None), Err(RequestError::TextMissing { field: "reason" })));
        assert!(matches!(pause("Parts", Some(at(FRIDAY))), Err(RequestError::NotInTheFuture { .. })));
        let past =
            town.act(&town.ana(), at(FRIDAY), id, |tx, change| requests::schedule(tx, change, at(FRIDAY)));
        assert!(matches!(past, Err(RequestError::NotInTheFuture { .. })));
    });
}

#[test]
fn a_later_change_of_target_moves_neither_promise_nor_clock_of_a_request_that_is_already_there() {
    in_town(|town| {
        let created = town.report("graffiti");
        let later = town.with_catalog(|text| {
            let target = "resolution = \"2 calendar days\"";
            text.replace(
                target,
                &format!("{target}\n[[service.target]]\nfrom = 2026-05-09\nresolution = \"1 hour\""),
            )
        });
        later.act(&later.ana(), at(FRIDAY) + hours(48), created.id, requests::triage).unwrap();
        let view = later.view(created.id);
        assert_eq!(
            (view.promised_at, view.due_at),
            (Some(at(FRIDAY) + hours(48)), Some(at(FRIDAY) + hours(48)))
        );
    });
}

#[test]
fn time_03_a_changed_calendar_recomputes_open_due_times_with_an_audit_entry_and_leaves_closed_ones() {
    in_town(|town| {
        let (open, closed) = (town.report("pothole"), town.report("pothole"));
        town.act(&town.ana(), at(FRIDAY), closed.id, |tx, change| {
            requests::close(tx, change, Outcome::Done, NOTE)
        })
        .unwrap();
        let before = town.view(closed.id).due_at;
        // The office no longer works on Tuesdays.
        let later = town.with_catalog(|text| text.replace("tuesday = \"09:00-17:00\"\n", ""));
        let ana = later.ana();
        let done = later
            .write(move |tx, catalog| requests::recompute_due_times(tx, at(FRIDAY), &ana, catalog, None, 100))
            .unwrap();
        assert_eq!((done.moved, done.next), (1, None));
        assert_eq!(later.view(open.id).due_at, Some(at("2026-05-14T21:00:00Z")));
        assert_eq!(later.view(open.id).promised_at, Some(at("2026-05-13T21:00:00Z")));
        assert_eq!(later.view(closed.id).due_at, before);
        replaying_gives_the_row(&later, open.id);
    });
}

#[test]
fn a_timer_is_nobodys_but_the_programs() {
    in_town(|town| {
        let created = accepted(town);
        let until = at(FRIDAY) + hours(1);
        town.act(&town.ana(), at(FRIDAY), created.id, move |tx, change| {
            requests::pause(tx, change, "Waiting for parts", Some(until))
        })
        .unwrap();
        let timer = claimed(town, until).remove(0);
        town.write(move |tx, catalog| timers::run(tx, until, catalog, &timer)).unwrap();
        let last = town.history(created.id).pop().unwrap();
        assert_eq!(last.by.label(), Actor::System("timer").label());
    });
}
