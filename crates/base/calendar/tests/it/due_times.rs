//! Due times on a calendar that one can follow with a finger.

use calendar::{Allowance, Calendar, CalendarError, Holidays, Week};
use jiff::{SignedDuration, Timestamp};

use super::{at, check_due, from_toml, office, shown};

#[test]
fn the_clock_stops_over_the_weekend() {
    check_due(&office(), "2026-05-08 16:00", "4 working hours", "2026-05-11 12:00");
}

#[test]
fn working_hours_end_at_closing_time_rather_than_next_morning() {
    check_due(&office(), "2026-05-08 16:00", "1 working hour", "2026-05-08 17:00");
    check_due(&office(), "2026-05-08 16:00", "61 working minutes", "2026-05-11 09:01");
}

#[test]
fn the_lunch_break_does_not_count() {
    let office = from_toml("zone = 'Europe/Zurich'\nhours.tuesday = '09:00-12:30,13:30-17:00'");
    check_due(&office, "2026-05-12 12:00", "1 working hour", "2026-05-12 14:00");
    check_due(&office, "2026-05-12 12:45", "30 working minutes", "2026-05-12 14:00");
}

#[test]
fn no_working_time_is_due_at_once_when_open_and_else_at_the_next_opening() {
    check_due(&office(), "2026-05-08 16:00", "0 working minutes", "2026-05-08 16:00");
    check_due(&office(), "2026-05-08 17:00", "0 working minutes", "2026-05-08 17:00");
    check_due(&office(), "2026-05-08 17:01", "0 working minutes", "2026-05-11 09:00");
}

#[test]
fn working_days_end_at_closing_time_and_skip_weekends_and_holidays() {
    check_due(&office(), "2026-05-08 16:00", "1 working day", "2026-05-11 17:00");
    check_due(&office(), "2026-05-09 16:00", "1 working day", "2026-05-11 17:00");
    // Memorial Day is 25 May 2026.
    check_due(&office(), "2026-05-21 23:00", "3 working days", "2026-05-27 17:00");
}

#[test]
fn no_working_days_end_at_the_next_closing_time() {
    check_due(&office(), "2026-05-08 16:00", "0 working days", "2026-05-08 17:00");
    check_due(&office(), "2026-05-08 17:01", "0 working days", "2026-05-11 17:00");
}

#[test]
fn calendar_days_keep_the_time_of_day_over_clock_changes() {
    check_due(&office(), "2026-03-07 10:00", "2 calendar days", "2026-03-09 10:00");
    check_due(&office(), "2026-10-31 10:00", "2 calendar days", "2026-11-02 10:00");
}

#[test]
fn calendar_days_that_end_in_the_skipped_hour_end_when_clocks_change() {
    check_due(&office(), "2026-03-07 02:30", "1 calendar day", "2026-03-08 03:00");
}

#[test]
fn hours_are_elapsed_time_whatever_clocks_show() {
    check_due(&office(), "2026-03-07 10:00", "24 hours", "2026-03-08 11:00");
    check_due(&office(), "2026-03-07 10:00", "90 minutes", "2026-03-07 11:30");
}

#[test]
fn a_night_shift_belongs_to_the_evening_on_which_it_begins() {
    let night = from_toml(
        "zone = 'America/Chicago'\nhours.monday = '22:00-06:00'\nhours.tuesday = '22:00-06:00'\nhours.wednesday = '22:00-06:00'",
    );
    check_due(&night, "2026-05-11 23:00", "1 working day", "2026-05-13 06:00");
    check_due(&night, "2026-05-12 03:00", "1 working day", "2026-05-13 06:00");
    check_due(&night, "2026-05-12 07:00", "1 working day", "2026-05-14 06:00");
    check_due(&night, "2026-05-12 05:00", "2 working hours", "2026-05-12 23:00");
    // Tuesday's shift is the last before Wednesday's, also for what comes in on Wednesday morning.
    assert!(!night.is_working_day("2026-05-14".parse().unwrap()));
    assert!(night.is_open_at(at(&night, "2026-05-14 05:59")));
}

#[test]
fn a_holiday_removes_the_shift_that_begins_on_it_and_not_the_one_that_runs_into_it() {
    let night = from_toml(
        "zone = 'America/Chicago'\nholidays = ['us-federal']\nhours.wednesday = '22:00-06:00'\nhours.thursday = '22:00-06:00'",
    );
    // Thanksgiving is Thursday, 26 November 2026.
    assert!(night.is_open_at(at(&night, "2026-11-26 05:00")));
    assert!(!night.is_open_at(at(&night, "2026-11-26 23:00")));
    assert!(!night.is_open_at(at(&night, "2026-11-27 05:00")));
}

#[test]
fn shifts_that_overlap_over_midnight_count_each_minute_once() {
    let calendar = from_toml("zone = 'UTC'\nhours.monday = '20:00-10:00'\nhours.tuesday = '08:00-12:00'");
    let (monday, wednesday) = (at(&calendar, "2026-05-11 00:00"), at(&calendar, "2026-05-13 00:00"));
    assert_eq!(calendar.working_time_between(monday, wednesday), SignedDuration::from_hours(16));
    check_due(&calendar, "2026-05-11 20:00", "15 working hours", "2026-05-12 11:00");
}

#[test]
fn a_night_shift_is_an_hour_shorter_in_spring_and_longer_in_autumn() {
    let week = Week::new(std::array::from_fn(|_| "22:00-06:00".parse().unwrap()));
    let night = Calendar::new("America/New_York", week, Holidays::none()).unwrap();
    for (date, hours) in [("2026-03-07", 7), ("2026-10-31", 9), ("2026-05-01", 8)] {
        let openings = night.open_periods_on(date.parse().unwrap());
        assert_eq!(openings.len(), 1);
        assert_eq!(
            openings[0].closes.duration_since(openings[0].opens),
            SignedDuration::from_hours(hours),
            "{date}"
        );
    }
}

#[test]
fn a_day_that_a_country_skipped_is_no_working_day() {
    let week = Week::working_days(&"09:00-17:00".parse().unwrap());
    let apia = Calendar::new("Pacific/Apia", week, Holidays::none()).unwrap();
    // Samoa went from Thursday, 29 December 2011, to Saturday, 31 December.
    assert!(!apia.is_working_day("2011-12-30".parse().unwrap()));
    check_due(&apia, "2011-12-29 10:00", "1 working day", "2012-01-02 17:00");
    check_due(&apia, "2011-12-29 10:00", "2 calendar days", "2011-12-31 10:00");
}

#[test]
fn time_05_a_skipped_local_time_happens_once_after_it_and_a_repeated_one_once() {
    for (zone, skipped, after, repeated, first) in [
        (
            "America/New_York",
            "2026-03-08T02:30",
            "2026-03-08T07:00:00Z",
            "2026-11-01T01:30",
            "2026-11-01T05:30:00Z",
        ),
        (
            "Europe/London",
            "2025-03-30T01:30",
            "2025-03-30T01:00:00Z",
            "2025-10-26T01:30",
            "2025-10-26T00:30:00Z",
        ),
        (
            "Australia/Lord_Howe",
            "2025-10-05T02:15",
            "2025-10-04T15:30:00Z",
            "2025-04-06T01:45",
            "2025-04-05T14:45:00Z",
        ),
        (
            "America/Havana",
            "2025-03-09T00:30",
            "2025-03-09T05:00:00Z",
            "2025-11-02T00:30",
            "2025-11-02T04:30:00Z",
        ),
        (
            "Asia/Beirut",
            "2025-03-30T00:30",
            "2025-03-29T22:00:00Z",
            "2025-10-25T23:30",
            "2025-10-25T20:30:00Z",
        ),
        (
            "Pacific/Apia",
            "2011-12-30T12:00",
            "2011-12-30T10:00:00Z",
            "2012-04-01T03:30",
            "2012-03-31T13:30:00Z",
        ),
    ] {
        let calendar = Calendar::new(zone, Week::always_open(), Holidays::none()).unwrap();
        let instant_of = |local: &str| calendar.instant_of(local.parse().unwrap()).unwrap().to_string();
        assert_eq!(instant_of(skipped), after, "{zone}");
        assert_eq!(instant_of(repeated), first, "{zone}");
    }
}

#[test]
fn an_allowance_of_thousands_of_years_is_refused_without_counting() {
    let from = at(&office(), "2026-05-08 16:00");
    for allowance in [Allowance::WorkingMinutes(u32::MAX), Allowance::WorkingDays(u32::MAX)] {
        assert_eq!(office().due_at(from, allowance), Err(CalendarError::OutOfRange { from }));
    }
}

#[test]
fn the_next_opening_is_now_when_it_is_open() {
    let office = office();
    let next = |local| office.next_opening(at(&office, local)).map(|opening| shown(&office, opening));
    assert_eq!(next("2026-05-08 10:15").as_deref(), Some("2026-05-08 10:15"));
    assert_eq!(next("2026-05-08 17:00").as_deref(), Some("2026-05-11 09:00"));
    // From the Friday before Memorial Day.
    assert_eq!(next("2026-05-22 18:00").as_deref(), Some("2026-05-26 09:00"));
}

#[test]
fn a_calendar_that_never_opens_says_so_and_still_counts_calendar_days() {
    let never = from_toml("zone = 'America/New_York'");
    let from = at(&never, "2026-05-08 16:00");
    let never_opens = Err(CalendarError::NeverOpens { after: from });
    assert_eq!(never.due_at(from, Allowance::working_hours(1)), never_opens);
    assert_eq!(never.due_at(from, Allowance::working_hours(0)), never_opens);
    assert_eq!(never.due_at(from, Allowance::working_days(1)), never_opens);
    assert_eq!(never.next_opening(from), None);
    assert_eq!(never.working_time_between(from, Timestamp::MAX), SignedDuration::ZERO);
    check_due(&never, "2026-05-08 16:00", "3 calendar days", "2026-05-11 16:00");
}

#[test]
fn a_calendar_open_on_leap_days_only_is_found_over_a_skipped_leap_year() {
    let leap =
        from_toml("zone = 'UTC'\nrules = [{ name = 'Leap day', on = '02-29', instead = '10:00-11:00' }]");
    check_due(&leap, "2096-02-29 10:30", "1 working hour", "2104-02-29 10:30");
}

#[test]
fn an_answer_beyond_the_supported_years_is_an_error() {
    let office = office();
    let from = "9999-12-01T00:00:00Z".parse().unwrap();
    assert_eq!(office.due_at(from, Allowance::calendar_days(60)), Err(CalendarError::OutOfRange { from }));
    assert_eq!(office.due_at(from, Allowance::hours(1440)), Err(CalendarError::OutOfRange { from }));
    assert!(office.due_at(from, Allowance::working_days(60)).is_err());
    assert!(office.due_at(from, Allowance::working_hours(u32::MAX)).is_err());
    assert!(office.due_at(Timestamp::MIN, Allowance::working_days(1)).is_ok());
}

#[test]
fn years_beyond_the_prepared_ones_follow_the_same_rules() {
    // Thanksgiving of 2150 is on 26 November, a Thursday; Martin Luther King was not honoured in 1950.
    check_due(&office(), "2150-11-25 16:00", "2 working hours", "2150-11-27 10:00");
    check_due(&office(), "1950-01-13 16:00", "1 working day", "1950-01-16 17:00");
    // 4 July 2150 is a Saturday, so Friday is off.
    check_due(&office(), "2150-07-02 16:00", "1 working day", "2150-07-06 17:00");
}

#[test]
fn an_unknown_zone_is_refused_by_name() {
    let refused = Calendar::new("America/Boston", Week::always_open(), Holidays::none()).unwrap_err();
    assert_eq!(refused, CalendarError::UnknownZone("America/Boston".to_owned()));
}

#[test]
fn fractions_of_a_second_survive() {
    let office = office();
    let from: Timestamp = "2026-05-08T20:00:00.123456Z".parse().unwrap();
    let due = office.due_at(from, Allowance::working_hours(4)).unwrap();
    assert_eq!(due.to_string(), "2026-05-11T16:00:00.123456Z");
    assert_eq!(office.working_time_between(from, due), SignedDuration::from_hours(4));
}

#[test]
fn a_calendar_can_be_shared_between_threads() {
    fn shareable<T: Send + Sync + Clone + 'static>(_: &T) {}
    shareable(&office());
}

#[test]
fn time_01_the_version_of_the_zone_data_is_known() {
    let version = calendar::zone_data_version();
    assert!(version.len() == 5 && version.starts_with("20"), "{version}");
}
