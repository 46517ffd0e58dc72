//! The days ahead: which days and intervals are open, and where they lie beside closures.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::columns::{Closure, Coming, days_between};
use crate::series::{Day, Opening, Series, start_of, weekday};
use crate::{ForecastError, Interval, Known};

/// A closure of more days than this is missing data, after which nobody catches up.
const CLOSURE_DAYS_MAX: usize = 10;
/// A horizon ends after this many calendar days, also when nothing ever opens.
const AHEAD_DAYS_MAX: i64 = 4000;

/// A day ahead with its open intervals; of a day that has begun only those that are still to come.
#[derive(Debug, Clone, PartialEq)]
pub struct DayAhead {
    /// The day.
    pub date: Date,
    /// Which of its [`Interval::per_day`](crate::Interval::per_day) intervals are forecast.
    pub open: Vec<bool>,
}

impl DayAhead {
    /// How many intervals are forecast.
    pub fn intervals(&self) -> usize {
        self.open.iter().filter(|open| **open).count()
    }

    /// When those intervals begin.
    pub(crate) fn times(&self, interval: Interval) -> impl Iterator<Item = DateTime> {
        let open = (0..self.open.len()).filter(|slot| self.open[*slot]);
        open.map(move |slot| start_of(interval, self.date, slot))
    }
}

/// The next `intervals` open intervals after a series, by its opening hours as learned.
///
/// A holiday is left out when each time the series met it, it was closed; one it never met counts as open.
///
/// # Errors
/// [`ForecastError::Nothing`] when no interval is asked for, or none ever opens.
pub fn days_ahead(series: &Series, known: &Known, intervals: usize) -> Result<Vec<DayAhead>, ForecastError> {
    let (opening, closed) = (series.opening(), holidays_closed(series, known));
    let mut days = vec![rest_of_last_day(series, &opening)];
    let mut date = series.last_date();
    let mut left = intervals;
    let mut ahead = Vec::new();
    for _ in 0..AHEAD_DAYS_MAX {
        let mut day = days.pop().expect("one is pushed each round");
        cut(&mut day.open, left);
        left -= day.intervals();
        if day.intervals() > 0 {
            ahead.push(day);
        }
        if left == 0 {
            break;
        }
        date = date.saturating_add(1.day());
        let is_closed = known.holiday(date).is_some_and(|name| closed.contains(name));
        let open = opening.on(weekday(date)).iter().map(|open| *open && !is_closed).collect();
        days.push(DayAhead { date, open });
    }
    if ahead.is_empty() { Err(ForecastError::Nothing) } else { Ok(ahead) }
}

/// Open intervals of the last day after its last record.
fn rest_of_last_day(series: &Series, opening: &Opening) -> DayAhead {
    let last = series.days().last().expect("a series has a day");
    let done = last.counts.iter().rposition(Option::is_some).map_or(0, |slot| slot + 1);
    let open = opening.on(last.weekday()).iter().enumerate().map(|(slot, open)| *open && slot >= done);
    DayAhead { date: last.date, open: open.collect() }
}

fn cut(open: &mut [bool], left: usize) {
    let mut left = left;
    for slot in open.iter_mut().filter(|slot| **slot) {
        *slot = left > 0;
        left = left.saturating_sub(1);
    }
}

/// Names of holidays that the series met on a day that is open otherwise, and on which it never had a record.
fn holidays_closed<'a>(series: &Series, known: &'a Known) -> BTreeSet<&'a str> {
    let opening = series.opening();
    let dates: BTreeSet<Date> = series.days().iter().map(|day| day.date).collect();
    let first = series.days()[0].date;
    let mut was_open: BTreeMap<&str, bool> = BTreeMap::new();
    for date in known.holidays.range(first..=series.last_date()).map(|(date, _)| *date) {
        if let Some(name) = known.holiday(date).filter(|_| opening.opens_on(weekday(date))) {
            *was_open.entry(name).or_default() |= dates.contains(&date);
        }
    }
    was_open.into_iter().filter(|(_, open)| !open).map(|(name, _)| name).collect()
}

/// The days of a history and of the days ahead with where they lie beside closures.
pub(crate) fn coming(history: &[Day], ahead: &[DayAhead], opening: &Opening) -> Vec<Coming> {
    let mut found: Vec<Coming> = Vec::with_capacity(history.len() + ahead.len());
    let dates = history.iter().map(|day| day.date).chain(ahead.iter().map(|day| day.date));
    for date in dates {
        match found.last() {
            // The last day of history may go on ahead.
            Some(last) if last.date == date => found.push(*last),
            Some(last) => found.push(Coming { date, closure: closure_after(*last, date, opening) }),
            None => found.push(Coming { date, closure: Closure::default() }),
        }
    }
    found
}

fn closure_after(last: Coming, date: Date, opening: &Opening) -> Closure {
    let between = 1..i64::from(days_between(last.date, date));
    let closed =
        between.filter(|days| opening.opens_on(weekday(last.date.saturating_add(days.days())))).count();
    match (1..=CLOSURE_DAYS_MAX).contains(&closed) {
        true => Closure { since: 1.0, first_after: true },
        false => Closure { since: 0.5 * last.closure.since, first_after: false },
    }
}
