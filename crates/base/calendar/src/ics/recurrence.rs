//! Recurrence rules: yearly, monthly, weekly and daily.
//!
//! A rule divides time into periods (years, months, weeks or days). Within each period it chooses days, which here
//! means looking at each day of the period and asking whether the rule wants it: slower than constructing them, but
//! each part of the rule is one question.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use super::lines::Property;
use super::moment::{self, Moment};
use super::{IcsError, IcsProblem};

/// Recurring events without an end are followed this far.
pub(super) const LAST_YEAR: i16 = 2100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frequency {
    Yearly,
    Monthly,
    Weekly,
    Daily,
}

/// `MO`, or `2MO`, or `-1MO`; the number is 0 when there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ByDay {
    nth: i16,
    weekday: Weekday,
}

/// The value of an `RRULE`.
#[derive(Debug, Clone)]
pub(super) struct Recurrence {
    frequency: Frequency,
    interval: i32,
    count: Option<u32>,
    /// The last moment that may be an occurrence, on the clock of the start.
    until: Option<DateTime>,
    months: Vec<i8>,
    month_days: Vec<i8>,
    days: Vec<ByDay>,
    positions: Vec<i16>,
    week_start: Weekday,
}

/// How many days may still be looked at, so that a small file cannot keep a computer busy.
#[derive(Debug)]
pub(super) struct Budget(pub(super) u32);

impl Budget {
    pub(super) fn spend(&mut self, days: u32) -> Result<(), IcsProblem> {
        self.0 = self.0.checked_sub(days).ok_or(IcsProblem::TooManyDays)?;
        Ok(())
    }
}

impl Recurrence {
    /// The starts of all occurrences. The start itself is always the first, whether or not the rule wants it.
    pub(super) fn starts(&self, start: DateTime, budget: &mut Budget) -> Result<Vec<DateTime>, IcsProblem> {
        let mut starts = vec![start];
        let mut period = self.first_period(start.date());
        while let Some(first) = period.filter(|first| first.year() <= LAST_YEAR) {
            for date in self.chosen_days(first, start.date(), budget)? {
                let occurrence = date.to_datetime(start.time());
                if self.is_over(occurrence, starts.len()) {
                    return Ok(starts);
                }
                if occurrence > start {
                    starts.push(occurrence);
                }
            }
            if self.until.is_some_and(|until| until.date() < first) {
                break;
            }
            period = self.period_after(first);
        }
        Ok(starts)
    }

    fn is_over(&self, occurrence: DateTime, found: usize) -> bool {
        self.until.is_some_and(|until| until < occurrence)
            || self.count.is_some_and(|count| count as usize <= found)
    }

    /// The first day of the period that contains `start`.
    fn first_period(&self, start: Date) -> Option<Date> {
        match self.frequency {
            Frequency::Yearly => Some(start.first_of_year()),
            Frequency::Monthly => Some(start.first_of_month()),
            Frequency::Weekly => {
                let days_in = self.week_start.until(start.weekday());
                start.checked_sub(i64::from(days_in).days()).ok()
            }
            Frequency::Daily => Some(start),
        }
    }

    fn period_after(&self, first: Date) -> Option<Date> {
        let step = match self.frequency {
            Frequency::Yearly => self.interval.years(),
            Frequency::Monthly => self.interval.months(),
            Frequency::Weekly => self.interval.weeks(),
            Frequency::Daily => self.interval.days(),
        };
        first.checked_add(step).ok()
    }

    /// The days of one period that the rule wants.
    fn chosen_days(&self, first: Date, start: Date, budget: &mut Budget) -> Result<Vec<Date>, IcsProblem> {
        let mut chosen = Vec::new();
        for days in self.months_of_period(first, start) {
            budget.spend(days.length)?;
            chosen.extend(days.dates().filter(|date| self.wants(*date, start)));
        }
        budget.spend(1)?;
        Ok(self.at_positions(chosen))
    }

    /// The parts of a period worth looking at: of a year only the months that can have an occurrence.
    fn months_of_period(&self, first: Date, start: Date) -> Vec<Days> {
        let month = |first: Date| Days { first, length: u32::from(first.days_in_month().unsigned_abs()) };
        match self.frequency {
            Frequency::Yearly => (1..=12)
                .filter(|number| self.wants_month(*number, start))
                .filter_map(|number| Date::new(first.year(), number, 1).ok())
                .map(month)
                .collect(),
            Frequency::Monthly => vec![month(first)],
            Frequency::Weekly => vec![Days { first, length: 7 }],
            Frequency::Daily => vec![Days { first, length: 1 }],
        }
    }

    fn wants(&self, date: Date, start: Date) -> bool {
        self.wants_month(date.month(), start)
            && self.wants_month_day(date, start)
            && self.wants_weekday(date, start)
    }

    fn wants_month(&self, month: i8, start: Date) -> bool {
        let from_start =
            self.frequency == Frequency::Yearly && self.month_days.is_empty() && self.days.is_empty();
        match self.months.is_empty() {
            true if from_start => month == start.month(),
            true => true,
            false => self.months.contains(&month),
        }
    }

    fn wants_month_day(&self, date: Date, start: Date) -> bool {
        if self.month_days.is_empty() {
            let from_start = matches!(self.frequency, Frequency::Yearly | Frequency::Monthly);
            return !(from_start && self.days.is_empty()) || date.day() == start.day();
        }
        let from_end = date.day() - date.days_in_month() - 1;
        self.month_days.iter().any(|day| *day == date.day() || *day == from_end)
    }

    fn wants_weekday(&self, date: Date, start: Date) -> bool {
        if self.days.is_empty() {
            return self.frequency != Frequency::Weekly || date.weekday() == start.weekday();
        }
        self.days.iter().any(|day| day.weekday == date.weekday() && self.is_nth(day.nth, date))
    }

    /// Whether the date is the nth of its weekday in the month, or in the year when the rule names no month.
    fn is_nth(&self, nth: i16, date: Date) -> bool {
        let (day, days) = if self.frequency == Frequency::Yearly && self.months.is_empty() {
            (date.day_of_year(), date.days_in_year())
        } else {
            (i16::from(date.day()), i16::from(date.days_in_month()))
        };
        match nth {
            0 => true,
            1.. => (day - 1) / 7 + 1 == nth,
            _ => (days - day) / 7 + 1 == -nth,
        }
    }

    /// Of the chosen days those at the positions that `BYSETPOS` names, counted from either end.
    fn at_positions(&self, chosen: Vec<Date>) -> Vec<Date> {
        if self.positions.is_empty() {
            return chosen;
        }
        let length = chosen.len();
        let wanted = |index: usize| {
            self.positions.iter().any(|position| match *position {
                1.. => usize::from(position.unsigned_abs()) == index + 1,
                _ => usize::from(position.unsigned_abs()) == length - index,
            })
        };
        chosen.into_iter().enumerate().filter(|(index, _)| wanted(*index)).map(|(_, date)| date).collect()
    }
}

/// Some days in a row.
struct Days {
    first: Date,
    length: u32,
}

impl Days {
    fn dates(&self) -> impl Iterator<Item = Date> {
        self.first.series(1.day()).take(self.length as usize)
    }
}

impl Recurrence {
    pub(super) fn read(rule: &Property, start: &Moment, home: &TimeZone) -> Result<Recurrence, IcsError> {
        let parts: Vec<&str> = rule.value.split(';').filter(|part| !part.is_empty()).collect();
        let mut recurrence = Recurrence {
            frequency: frequency_of(&parts).map_err(|bad| bad.at(rule.line))?,
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            month_days: Vec::new(),
            days: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
        };
        for part in parts {
            recurrence.take(part, start, home).map_err(|bad| bad.at(rule.line))?;
        }
        Ok(recurrence)
    }

    fn take(&mut self, part: &str, start: &Moment, home: &TimeZone) -> Result<(), IcsProblem> {
        let bad = || IcsProblem::NotARule(part.to_owned());
        let (name, value) = part.split_once('=').ok_or_else(bad)?;
        match name.to_ascii_uppercase().as_str() {
            "FREQ" => {}
            "INTERVAL" => self.interval = number(value, 1, 9999).ok_or_else(bad)?,
            "COUNT" => self.count = Some(value.parse().ok().filter(|count| *count > 0).ok_or_else(bad)?),
            "UNTIL" => self.until = Some(read_until(value, start, home)?),
            "BYMONTH" => self.months = numbers(value, 1, 12).ok_or_else(bad)?,
            "BYMONTHDAY" if self.frequency != Frequency::Weekly => {
                self.month_days = numbers(value, -31, 31).ok_or_else(bad)?;
            }
            "BYDAY" => self.days = self.read_days(value).ok_or_else(bad)?,
            "BYSETPOS" => self.positions = numbers(value, -366, 366).ok_or_else(bad)?,
            "WKST" => self.week_start = weekday(value).ok_or_else(bad)?,
            name if is_known_part(name) => return Err(IcsProblem::UnsupportedRule(name.to_owned())),
            _ => return Err(bad()),
        }
        Ok(())
    }

    /// Numbers before weekdays mean something in years and months only.
    fn read_days(&self, value: &str) -> Option<Vec<ByDay>> {
        let numbered = matches!(self.frequency, Frequency::Yearly | Frequency::Monthly);
        value.split(',').map(|text| read_day(text.trim()).filter(|day| numbered || day.nth == 0)).collect()
    }
}

fn is_known_part(name: &str) -> bool {
    matches!(
        name,
        "BYSECOND" | "BYMINUTE" | "BYHOUR" | "BYYEARDAY" | "BYWEEKNO" | "BYMONTHDAY" | "RSCALE" | "SKIP"
    )
}

fn frequency_of(parts: &[&str]) -> Result<Frequency, IcsProblem> {
    let value = parts
        .iter()
        .filter_map(|part| part.split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("FREQ"))
        .map(|(_, value)| value.to_ascii_uppercase());
    match value.as_deref() {
        Some("YEARLY") => Ok(Frequency::Yearly),
        Some("MONTHLY") => Ok(Frequency::Monthly),
        Some("WEEKLY") => Ok(Frequency::Weekly),
        Some("DAILY") => Ok(Frequency::Daily),
        Some(other @ ("HOURLY" | "MINUTELY" | "SECONDLY")) => {
            Err(IcsProblem::UnsupportedRule(other.to_owned()))
        }
        _ => Err(IcsProblem::NotARule("FREQ".to_owned())),
    }
}

/// A date includes the whole of it.
fn read_until(value: &str, start: &Moment, home: &TimeZone) -> Result<DateTime, IcsProblem> {
    let until = moment::moment(value, None)?;
    if until.is_all_day() || start.is_all_day() {
        return Ok(until.shown.date().at(23, 59, 59, 0));
    }
    Ok(until.shown_in(&start.place, home))
}

fn read_day(text: &str) -> Option<ByDay> {
    let (nth, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let nth = if nth.is_empty() { 0 } else { number(nth, -53, 53)? };
    Some(ByDay { nth, weekday: weekday(name)? })
}

fn weekday(name: &str) -> Option<Weekday> {
    match name.to_ascii_uppercase().as_str() {
        "MO" => Some(Weekday::Monday),
        "TU" => Some(Weekday::Tuesday),
        "WE" => Some(Weekday::Wednesday),
        "TH" => Some(Weekday::Thursday),
        "FR" => Some(Weekday::Friday),
        "SA" => Some(Weekday::Saturday),
        "SU" => Some(Weekday::Sunday),
        _ => None,
    }
}

/// Zero is in no list of a recurrence rule.
fn numbers<N: TryFrom<i32>>(value: &str, least: i32, most: i32) -> Option<Vec<N>> {
    value.split(',').map(|text| number(text.trim(), least, most)).collect()
}

fn number<N: TryFrom<i32>>(text: &str, least: i32, most: i32) -> Option<N> {
    let number: i32 = text.strip_prefix('+').unwrap_or(text).parse().ok()?;
    N::try_from(number).ok().filter(|_| number != 0 && (least..=most).contains(&number))
}
