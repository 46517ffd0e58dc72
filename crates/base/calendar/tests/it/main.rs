//! The calendar as its users see it.
#![cfg(test)]

mod allowances;
mod any_calendar;
mod clock_changes;
mod due_times;
mod federal;
mod hours;
mod ics_files;
mod pauses;
mod properties;
mod recurrences;
mod specs;
mod yearly_dates;

use calendar::{Calendar, CalendarSpec, Holidays, Week};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Open on working days from 09:00 to 17:00 in New York, closed on federal holidays.
fn office() -> Calendar {
    let week = Week::working_days(&"09:00-17:00".parse().unwrap());
    Calendar::new("America/New_York", week, Holidays::us_federal()).unwrap()
}

/// The instant at which clocks in the calendar's zone show `local` (for the first time).
fn at(calendar: &Calendar, local: &str) -> Timestamp {
    let local: DateTime = local.parse().unwrap();
    TimeZone::get(calendar.zone_name()).unwrap().to_timestamp(local).unwrap()
}

/// What clocks in the calendar's zone show.
fn shown(calendar: &Calendar, instant: Timestamp) -> String {
    let local = TimeZone::get(calendar.zone_name()).unwrap().to_datetime(instant);
    local.strftime("%Y-%m-%d %H:%M").to_string()
}

#[track_caller]
fn check_due(calendar: &Calendar, from: &str, allowance: &str, expected: &str) {
    let due = calendar.due_at(at(calendar, from), allowance.parse().unwrap()).unwrap();
    assert_eq!(shown(calendar, due), expected, "{allowance} after {from}");
}

fn from_toml(text: &str) -> Calendar {
    Calendar::try_from(&toml::from_str::<CalendarSpec>(text).unwrap()).unwrap()
}
