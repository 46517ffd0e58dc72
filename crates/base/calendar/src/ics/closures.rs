//! From events to the days on which they close something.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::event::Event;
use super::moment::{Moment, Place};
use super::recurrence::Budget;
use super::{IcsError, IcsProblem};
use crate::{Holiday, HolidayKind, Hours};

/// Looking at this many days takes a fraction of a second; thirty holidays for 130 years need some 100,000.
const DAYS_LOOKED_AT_MAX: u32 = 2_000_000;
/// Every day of a century, several times over.
const DAYS_CLOSED_MAX: u32 = 200_000;
const DAY_MINUTES: i16 = 24 * 60;

pub(super) fn closures(events: &[Event], home: &TimeZone) -> Result<BTreeMap<Date, Holiday>, IcsError> {
    let mut looked_at = Budget(DAYS_LOOKED_AT_MAX);
    let mut closed = Budget(DAYS_CLOSED_MAX);
    let mut days = BTreeMap::new();
    for event in events {
        let starts = starts(event, &mut looked_at).map_err(|problem| problem.at(event.line))?;
        for start in starts {
            close(&mut days, event, start, home, &mut closed).map_err(|problem| problem.at(event.line))?;
        }
    }
    Ok(days)
}

fn starts(event: &Event, budget: &mut Budget) -> Result<Vec<DateTime>, IcsProblem> {
    let mut starts = match &event.recurrence {
        Some(recurrence) => recurrence.starts(event.start.shown, budget)?,
        None => vec![event.start.shown],
    };
    starts.extend(&event.also);
    starts.retain(|start| !event.excludes(*start));
    Ok(starts)
}

/// Closes the days of one occurrence.
fn close(
    days: &mut BTreeMap<Date, Holiday>,
    event: &Event,
    start: DateTime,
    home: &TimeZone,
    budget: &mut Budget,
) -> Result<(), IcsProblem> {
    let Ok(end) = start.checked_add(event.length) else { return Err(IcsProblem::TooManyDays) };
    let at_home =
        |shown: DateTime| Moment { shown, place: event.start.place.clone() }.shown_in(&Place::Floating, home);
    let (start, end) = (at_home(start), at_home(end));
    let mut date = start.date();
    while date.to_datetime(jiff::civil::Time::midnight()) < end {
        budget.spend(1)?;
        if let Some(kind) = closed_part(date, start, end) {
            merge(days, date, &event.name, kind);
        }
        date = date.tomorrow().map_err(|_| IcsProblem::TooManyDays)?;
    }
    Ok(())
}

/// What the time from `start` to `end` does to one of its days; minutes begun count as closed.
fn closed_part(date: Date, start: DateTime, end: DateTime) -> Option<HolidayKind> {
    let from = if start.date() < date { 0 } else { minute_of(start) };
    let ends_today = end.date() == date;
    let until = if ends_today { minute_of(end) + i16::from(end.second() > 0) } else { DAY_MINUTES };
    if from == 0 && until == DAY_MINUTES {
        return Some(HolidayKind::Closed);
    }
    let closed = from < until;
    closed.then(|| HolidayKind::HalfDay(Hours::all_but(from.unsigned_abs(), until.unsigned_abs())))
}

fn minute_of(shown: DateTime) -> i16 {
    i16::from(shown.hour()) * 60 + i16::from(shown.minute())
}

/// Two events on a day close what either closes; a wholly closed day gives its name.
fn merge(days: &mut BTreeMap<Date, Holiday>, date: Date, name: &str, kind: HolidayKind) {
    let merged = match (days.remove(&date), kind) {
        (None, kind) => Holiday { name: name.to_owned(), kind },
        (Some(Holiday { name, kind: HolidayKind::HalfDay(left) }), HolidayKind::HalfDay(more)) => {
            Holiday { name, kind: HolidayKind::HalfDay(left.within(&more)) }
        }
        (Some(Holiday { kind: HolidayKind::HalfDay(_), .. }), kind) => {
            Holiday { name: name.to_owned(), kind }
        }
        (Some(present), _) => present,
    };
    days.insert(date, merged);
}
