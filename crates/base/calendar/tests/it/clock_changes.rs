//! Working time around clock changes, against a table counted minute by minute by another program
//! (`golden/make_clock_changes.py`, which uses Python's zone data).

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Allowance, Calendar, Holiday, HolidayKind, Holidays, Hours, Week};
use jiff::{SignedDuration, Timestamp};

const TABLE: &str = include_str!("golden/clock_changes.csv");

struct Case {
    zone: String,
    calendar: Calendar,
    from: Timestamp,
    working_minutes: u32,
    due: Timestamp,
    working_days: u32,
    days_due: Timestamp,
    calendar_days: u32,
    calendar_due: Timestamp,
    until: Timestamp,
    worked: SignedDuration,
}

fn instant(text: &str) -> Timestamp {
    text.replace('Z', ":00Z").parse().unwrap()
}

/// The hours of a calendar of the table, and what remains of its half days.
fn week(name: &str) -> (Week, Hours) {
    let every_day = |text: &str| Week::new(std::array::from_fn(|_| text.parse().unwrap()));
    let (week, half) = match name {
        "office" => (Week::working_days(&"09:00-12:30,13:30-17:00".parse().unwrap()), "00:00-11:00"),
        "night" => (every_day("22:00-06:00"), "00:00-23:30"),
        "dawn" => (every_day("01:30-02:30,03:00-05:00"), "00:00-01:40"),
        "always" => (Week::always_open(), "00:00-12:00"),
        "mixed" => (mixed_week(), "00:00-23:55"),
        other => panic!("no calendar {other}"),
    };
    (week, half.parse().unwrap())
}

fn mixed_week() -> Week {
    let monday_first = [
        "00:00-00:30,23:45-00:30",
        "10:00-24:00",
        "closed",
        "20:00-02:00",
        "02:00-02:01,23:59-24:00",
        "23:00-23:00",
        "01:00-01:30",
    ];
    Week::new(monday_first.map(|hours| hours.parse().unwrap()))
}

fn calendar(zone: &str, name: &str, closed_and_half: &str) -> Calendar {
    let (week, remaining) = week(name);
    let kinds = [HolidayKind::Closed, HolidayKind::HalfDay(remaining)];
    let dates = closed_and_half.split_whitespace().zip(kinds);
    let holidays = dates.fold(Holidays::none(), |holidays, (date, kind)| {
        holidays.with(date.parse().unwrap(), Holiday { name: "test".to_owned(), kind })
    });
    Calendar::new(zone, week, holidays).unwrap()
}

fn cases() -> impl Iterator<Item = Case> {
    csv::Reader::from_reader(TABLE.as_bytes()).into_records().map(|record| {
        let record = record.unwrap();
        Case {
            zone: record[0].to_owned(),
            calendar: calendar(&record[0], &record[1], &record[2]),
            from: instant(&record[3]),
            working_minutes: record[4].parse().unwrap(),
            due: instant(&record[5]),
            working_days: record[6].parse().unwrap(),
            days_due: instant(&record[7]),
            calendar_days: record[8].parse().unwrap(),
            calendar_due: instant(&record[9]),
            until: instant(&record[10]),
            worked: SignedDuration::from_mins(record[11].parse().unwrap()),
        }
    })
}

/// One message for all rows of the table that differ.
#[track_caller]
fn check_all(what: impl Fn(&Case) -> (Timestamp, Timestamp)) {
    let mut wrong = String::new();
    for (index, case) in cases().enumerate() {
        let (found, expected) = what(&case);
        if found != expected {
            let line = index + 2;
            wrong += &format!("line {line} {} from {}: {found}, not {expected}\n", case.zone, case.from);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn time_02_the_table_covers_ten_zones_with_twenty_clock_changes_each() {
    let mut rows = BTreeMap::<String, BTreeSet<Timestamp>>::new();
    for case in cases() {
        rows.entry(case.zone).or_default().insert(case.from);
    }
    // Five rows for each change, from different times.
    let covered = rows.values().filter(|froms| froms.len() >= 95).count();
    assert!(covered >= 10, "{covered} zones");
    assert!(rows["Pacific/Apia"].iter().any(|from| from.to_string().starts_with("2011-12-")));
}

#[test]
fn time_02_working_minutes_are_counted_correctly_across_clock_changes() {
    check_all(|case| {
        (case.calendar.due_at(case.from, Allowance::WorkingMinutes(case.working_minutes)).unwrap(), case.due)
    });
}

#[test]
fn time_02_working_days_end_correctly_across_clock_changes() {
    check_all(|case| {
        (case.calendar.due_at(case.from, Allowance::WorkingDays(case.working_days)).unwrap(), case.days_due)
    });
}

#[test]
fn time_02_calendar_days_end_correctly_across_clock_changes() {
    check_all(|case| {
        (
            case.calendar.due_at(case.from, Allowance::CalendarDays(case.calendar_days)).unwrap(),
            case.calendar_due,
        )
    });
}

#[test]
fn time_02_working_time_between_instants_is_counted_correctly_across_clock_changes() {
    check_all(|case| {
        (case.from + case.calendar.working_time_between(case.from, case.until), case.from + case.worked)
    });
}
