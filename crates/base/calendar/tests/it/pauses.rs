//! Waiting stops the clock.

use calendar::{Allowance, CalendarError, Pause};

use super::{at, office, shown};

#[track_caller]
fn check_paused(from: &str, allowance: &str, pauses: &[(&str, Option<&str>)], expected: Option<&str>) {
    let office = office();
    let pauses: Vec<Pause> = pauses
        .iter()
        .map(|(from, until)| Pause { from: at(&office, from), until: until.map(|until| at(&office, until)) })
        .collect();
    let due = office.due_at_with_pauses(at(&office, from), allowance.parse().unwrap(), &pauses).unwrap();
    assert_eq!(due.map(|due| shown(&office, due)).as_deref(), expected);
}

#[test]
fn a_pause_over_the_weekend_costs_only_its_working_time() {
    let pause = ("2026-05-08 16:00", Some("2026-05-11 10:00"));
    check_paused("2026-05-08 15:00", "4 working hours", &[pause], Some("2026-05-11 13:00"));
}

#[test]
fn a_pause_that_begins_when_it_is_due_comes_too_late() {
    let pause = ("2026-05-08 16:00", Some("2026-05-11 10:00"));
    check_paused("2026-05-08 15:00", "1 working hour", &[pause], Some("2026-05-08 16:00"));
    check_paused(
        "2026-05-08 15:00",
        "1 working hour",
        &[("2026-05-08 16:00", None)],
        Some("2026-05-08 16:00"),
    );
}

#[test]
fn while_a_pause_goes_on_nobody_knows_when_it_is_due() {
    check_paused("2026-05-08 15:00", "2 working hours", &[("2026-05-08 16:00", None)], None);
    check_paused("2026-05-08 15:00", "2 calendar days", &[("2026-05-08 16:00", None)], None);
}

#[test]
fn a_pause_moves_the_due_time_into_the_reach_of_the_next_one() {
    let pauses =
        [("2026-05-08 11:00", Some("2026-05-08 12:00")), ("2026-05-08 10:00", Some("2026-05-08 10:30"))];
    check_paused("2026-05-08 09:30", "1 working hour", &pauses, Some("2026-05-08 11:00"));
    check_paused("2026-05-08 09:30", "90 working minutes", &pauses, Some("2026-05-08 12:30"));
}

#[test]
fn pauses_that_overlap_count_once_and_before_the_start_not_at_all() {
    let pauses = [
        ("2026-05-08 08:00", Some("2026-05-08 10:00")),
        ("2026-05-08 09:30", Some("2026-05-08 11:00")),
        ("2026-05-01 09:00", Some("2026-05-01 17:00")),
    ];
    check_paused("2026-05-08 09:00", "1 working hour", &pauses, Some("2026-05-08 12:00"));
}

#[test]
fn working_days_move_by_paused_working_time() {
    let whole_day = ("2026-05-11 08:00", Some("2026-05-11 20:00"));
    check_paused("2026-05-08 15:00", "2 working days", &[whole_day], Some("2026-05-13 17:00"));
    let weekend = ("2026-05-08 18:00", Some("2026-05-11 08:00"));
    check_paused("2026-05-08 15:00", "2 working days", &[weekend], Some("2026-05-12 17:00"));
}

#[test]
fn calendar_days_and_plain_hours_move_by_all_paused_time() {
    let weekend = ("2026-05-08 18:00", Some("2026-05-11 08:00"));
    check_paused("2026-05-08 15:00", "1 calendar day", &[weekend], Some("2026-05-12 05:00"));
    check_paused("2026-05-08 15:00", "4 hours", &[weekend], Some("2026-05-11 09:00"));
}

#[test]
fn a_pause_that_ends_before_it_begins_is_refused() {
    let office = office();
    let (from, until) = (at(&office, "2026-05-08 16:00"), at(&office, "2026-05-08 15:00"));
    let pauses = [Pause { from, until: Some(until) }];
    assert_eq!(
        office.due_at_with_pauses(from, Allowance::hours(1), &pauses),
        Err(CalendarError::PauseEndsBeforeItBegins { from, until })
    );
}
