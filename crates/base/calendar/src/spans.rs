//! Walking over the opening periods of a calendar, one after the other.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::hours::Period;
use crate::zone::{DAY_S, WallClock, Zone};
use crate::{Holidays, Hours, Week};

/// The years whose holidays are worked out when a calendar is made; others are worked out when a walk enters them.
const FIRST_YEAR: i16 = 1970;
const LAST_YEAR: i16 = 2100;
/// A calendar that opens on leap days only may be shut for eight years.
const SHUT_DAYS_MAX: u32 = 3660;

/// One opening: from `opens` up to, not including, `closes`, in UTC seconds. `day` is the day it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) day: i64,
    pub(crate) opens: i64,
    pub(crate) closes: i64,
}

/// What is open on which day, laid out for walking.
#[derive(Debug)]
pub(crate) struct Timetable {
    pub(crate) zone: Zone,
    pub(crate) week: Week,
    pub(crate) holidays: Holidays,
    prepared: SpecialDays,
}

/// The hours of those of some days that differ from the ordinary week, in order.
#[derive(Debug, Clone)]
struct SpecialDays {
    covered: RangeInclusive<i64>,
    hours: Vec<(i64, Hours)>,
}

impl Timetable {
    pub(crate) fn new(zone: Zone, week: Week, holidays: Holidays) -> Timetable {
        let prepared = SpecialDays::of_years(FIRST_YEAR, LAST_YEAR, &week, &holidays);
        Timetable { zone, week, holidays, prepared }
    }

    /// The openings that may contain `instant`, and all that follow, ordered by the time at which they open.
    ///
    /// They can overlap when a night shift runs into the morning shift. The walk ends after ten years without one.
    pub(crate) fn spans_from(&self, instant: Timestamp) -> Spans<'_> {
        // A period reaches at most to the end of the following day.
        self.spans_from_day(self.zone.day_of(instant) - 1)
    }

    pub(crate) fn spans_from_day(&self, day: i64) -> Spans<'_> {
        let special = self.special_days_around(day);
        Spans {
            timetable: self,
            clock: self.zone.clock_from(day * DAY_S),
            next_special: special.hours.partition_point(|(special, _)| *special < day),
            special,
            day: day - 1,
            periods: Cow::Borrowed(&[]),
            next_period: 0,
            shut_days: 0,
        }
    }

    fn special_days_around(&self, day: i64) -> Cow<'_, SpecialDays> {
        if self.prepared.covered.contains(&day) {
            return Cow::Borrowed(&self.prepared);
        }
        Cow::Owned(match date_of(day) {
            Some(date) => SpecialDays::of_years(date.year(), date.year(), &self.week, &self.holidays),
            None => SpecialDays { covered: day..=day, hours: vec![(day, Hours::closed())] },
        })
    }
}

impl SpecialDays {
    fn of_years(first: i16, last: i16, week: &Week, holidays: &Holidays) -> SpecialDays {
        let hours = holidays
            .in_years(first, last)
            .into_iter()
            .map(|(date, holiday)| (day_number(date), holiday.kind.applied_to(week.on(date.weekday()))))
            .collect();
        let first = day_number(Date::constant(first, 1, 1));
        let last = day_number(Date::constant(last, 12, 31));
        SpecialDays { covered: first..=last, hours }
    }
}

/// See [`Timetable::spans_from`].
#[derive(Debug)]
pub(crate) struct Spans<'t> {
    timetable: &'t Timetable,
    clock: WallClock<'t>,
    special: Cow<'t, SpecialDays>,
    /// Index of the first special day after `day`.
    next_special: usize,
    day: i64,
    periods: Cow<'t, [Period]>,
    next_period: usize,
    shut_days: u32,
}

impl<'t> Spans<'t> {
    fn enter_next_day(&mut self) {
        self.day += 1;
        self.shut_days += 1;
        if !self.special.covered.contains(&self.day) {
            self.special = self.timetable.special_days_around(self.day);
            self.next_special = 0;
        }
        self.next_period = 0;
        self.periods = self.periods_today();
    }

    fn periods_today(&mut self) -> Cow<'t, [Period]> {
        let is_special = |(day, _): &&(i64, Hours)| *day == self.day;
        if self.special.hours.get(self.next_special).filter(is_special).is_none() {
            return Cow::Borrowed(self.timetable.week.on_day(self.day).periods());
        }
        self.next_special += 1;
        match &self.special {
            Cow::Borrowed(special) => Cow::Borrowed(special.hours[self.next_special - 1].1.periods()),
            Cow::Owned(special) => Cow::Owned(special.hours[self.next_special - 1].1.periods().to_vec()),
        }
    }

    fn span_today(&mut self, period: Period) -> Span {
        let midnight = self.day * DAY_S;
        let opens = self.clock.first_showing(midnight + period.opens_s());
        // The next period may open before this one closes, so closing is read off a clock of its own.
        let mut closing_clock = self.clock;
        let closes = closing_clock.first_showing(midnight + period.closes_s());
        Span { day: self.day, opens, closes }
    }
}

impl Iterator for Spans<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        loop {
            while let Some(&period) = self.periods.get(self.next_period) {
                self.next_period += 1;
                let span = self.span_today(period);
                // A period that lies in a skipped hour, or in a skipped day, does not happen.
                if span.opens < span.closes {
                    self.shut_days = 0;
                    return Some(span);
                }
            }
            if self.shut_days > SHUT_DAYS_MAX {
                return None;
            }
            self.enter_next_day();
        }
    }
}

/// Days since 1970-01-01.
pub(crate) fn day_number(date: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    date.duration_since(epoch).as_hours() / 24
}

fn date_of(day: i64) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(i32::try_from(day).ok()?.days()).ok()
}
