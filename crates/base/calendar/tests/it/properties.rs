//! What holds for every calendar, whatever its zone, hours and holidays.

use calendar::{Allowance, Calendar};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::any_calendar::{
    any_allowance, any_calendar, any_hours, any_instant, any_working_allowance, pauses_near,
};

fn minutes(count: u32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(count))
}

/// Open at this instant, or closing at it.
fn is_open_or_closing(calendar: &Calendar, at: Timestamp) -> bool {
    calendar.is_open_at(at) || calendar.is_open_at(at - SignedDuration::from_nanos(1))
}

fn later(from: Timestamp, minutes: u32) -> Timestamp {
    from + SignedDuration::from_mins(i64::from(minutes))
}

proptest! {
    #[test]
    fn time_02_working_time_until_something_is_due_equals_the_allowance(
        calendar in any_calendar(), from in any_instant(), allowed in 0_u32..20_000,
    ) {
        let due = calendar.due_at(from, Allowance::WorkingMinutes(allowed)).unwrap();
        prop_assert_eq!(calendar.working_time_between(from, due), minutes(allowed));
    }

    #[test]
    fn time_02_two_allowances_in_a_row_are_due_when_their_sum_is(
        calendar in any_calendar(), from in any_instant(), first in 0_u32..5000, second in 0_u32..5000,
    ) {
        let after_first = calendar.due_at(from, Allowance::WorkingMinutes(first)).unwrap();
        let in_a_row = calendar.due_at(after_first, Allowance::WorkingMinutes(second)).unwrap();
        prop_assert_eq!(in_a_row, calendar.due_at(from, Allowance::WorkingMinutes(first + second)).unwrap());
    }

    #[test]
    fn time_02_working_time_of_two_parts_adds_up(
        calendar in any_calendar(), start in any_instant(), first in 0_u32..60_000, second in 0_u32..60_000,
    ) {
        let (middle, end) = (later(start, first), later(start, first + second));
        let parts = calendar.working_time_between(start, middle) + calendar.working_time_between(middle, end);
        prop_assert_eq!(parts, calendar.working_time_between(start, end));
    }

    #[test]
    fn time_02_working_time_is_never_negative_nor_longer_than_the_time_itself(
        calendar in any_calendar(), start in any_instant(), end in any_instant(),
    ) {
        let (start, end) = if start.duration_since(end).abs() > SignedDuration::from_hours(5000) {
            (start, later(start, 300_000))
        } else {
            (start, end)
        };
        let worked = calendar.working_time_between(start, end);
        prop_assert!(worked >= SignedDuration::ZERO);
        prop_assert!(worked <= end.duration_since(start).max(SignedDuration::ZERO));
    }

    #[test]
    fn time_02_what_is_received_later_is_never_due_earlier(
        calendar in any_calendar(), from in any_instant(), delay in 0_u32..10_000, allowance in any_allowance(),
    ) {
        let (early, late) = (calendar.due_at(from, allowance), calendar.due_at(later(from, delay), allowance));
        let (early, late) = (early.unwrap(), late.unwrap());
        // Calendar days follow the clock, which may show an earlier time to the later request.
        let tolerance = match allowance {
            Allowance::CalendarDays(_) => time_put_back(&calendar, from, later(from, delay)),
            _ => SignedDuration::ZERO,
        };
        prop_assert!(early <= late + tolerance, "{} > {}", early, late);
    }

    #[test]
    fn time_02_a_larger_allowance_is_never_due_earlier(
        calendar in any_calendar(), from in any_instant(), small in 0_u32..50, more in 0_u32..50,
    ) {
        for kind in [Allowance::working_hours, Allowance::working_days, Allowance::calendar_days, Allowance::hours] {
            let (less, more) = (calendar.due_at(from, kind(small)), calendar.due_at(from, kind(small + more)));
            prop_assert!(less.unwrap() <= more.unwrap(), "{}", kind(small));
        }
    }

    #[test]
    fn nothing_is_due_before_it_was_received(
        calendar in any_calendar(), from in any_instant(), allowance in any_allowance(),
    ) {
        prop_assert!(calendar.due_at(from, allowance).unwrap() >= from);
    }

    #[test]
    fn nothing_counted_in_working_time_is_due_while_closed(
        calendar in any_calendar(), from in any_instant(), allowance in any_working_allowance(),
    ) {
        let due = calendar.due_at(from, allowance).unwrap();
        prop_assert!(is_open_or_closing(&calendar, due), "{} is not open", due);
    }

    #[test]
    fn the_openings_of_a_date_are_open_in_order_and_on_that_date(calendar in any_calendar(), at in any_instant()) {
        let date = calendar.date_of(at);
        let openings = calendar.open_periods_on(date);
        prop_assert_eq!(calendar.is_working_day(date), !openings.is_empty());
        for opening in &openings {
            prop_assert!(opening.opens < opening.closes);
            prop_assert!(calendar.is_open_at(opening.opens));
            prop_assert!(calendar.date_of(opening.opens) >= date);
        }
        for pair in openings.windows(2) {
            prop_assert!(pair[0].closes <= pair[1].opens);
        }
    }

    #[test]
    fn until_the_next_opening_no_working_time_passes(calendar in any_calendar(), at in any_instant()) {
        let opens = calendar.next_opening(at).unwrap();
        prop_assert!(calendar.is_open_at(opens));
        prop_assert_eq!(calendar.working_time_between(at, opens), SignedDuration::ZERO);
        prop_assert_eq!(calendar.is_open_at(at), opens == at);
    }

    #[test]
    fn pauses_move_the_due_time_by_the_working_time_they_cover(
        calendar in any_calendar(),
        (from, pauses) in any_instant().prop_flat_map(|from| (Just(from), pauses_near(from))),
        allowed in 0_u32..5000,
    ) {
        let due = calendar.due_at_with_pauses(from, Allowance::WorkingMinutes(allowed), &pauses);
        let due = due.unwrap().expect("all pauses have ended");
        let mut worked = calendar.working_time_between(from, due);
        // Minute by minute would be slow; the pauses are cut into parts that do not overlap instead.
        let mut paused_to = from;
        let mut in_order = pauses;
        in_order.sort_by_key(|pause| pause.from);
        for pause in in_order {
            let (start, end) = (pause.from.max(paused_to), pause.until.unwrap().min(due));
            if start < end {
                worked -= calendar.working_time_between(start, end);
                paused_to = end;
            }
        }
        prop_assert_eq!(worked, minutes(allowed));
    }

    #[test]
    fn a_pause_never_makes_anything_due_earlier(
        calendar in any_calendar(),
        (from, pauses) in any_instant().prop_flat_map(|from| (Just(from), pauses_near(from))),
        allowance in any_allowance(),
    ) {
        let unpaused = calendar.due_at(from, allowance).unwrap();
        let mut before = unpaused;
        for count in 0..=pauses.len() {
            let due = calendar.due_at_with_pauses(from, allowance, &pauses[..count]).unwrap().unwrap();
            prop_assert!(due >= before);
            before = due;
        }
    }

    #[test]
    fn hours_written_and_read_again_are_the_same(hours in any_hours()) {
        prop_assert_eq!(hours.to_string().parse::<calendar::Hours>().unwrap(), hours);
    }

    #[test]
    fn allowances_written_and_read_again_are_the_same(allowance in any_allowance()) {
        prop_assert_eq!(allowance.to_string().parse::<Allowance>().unwrap(), allowance);
    }
}

/// By how much clocks were put back between two instants, or on the day after the later one.
fn time_put_back(calendar: &Calendar, start: Timestamp, end: Timestamp) -> SignedDuration {
    let zone = jiff::tz::TimeZone::get(calendar.zone_name()).unwrap();
    let offset = |at: Timestamp| zone.to_offset(at).seconds();
    let changes =
        zone.following(start - SignedDuration::from_hours(1)).take_while(|change| change.timestamp() <= end);
    let back = changes
        .map(|change| offset(change.timestamp() - SignedDuration::from_secs(1)) - change.offset().seconds())
        .filter(|seconds| *seconds > 0)
        .sum::<i32>();
    SignedDuration::from_secs(i64::from(back))
}
