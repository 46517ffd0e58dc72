//! Holidays that nobody named: days that were quiet or closed year after year.
//!
//! A day far below what its weekday and season explain is a hit. Rules that holidays follow (a date, a weekday in one week
//! of a month, a distance from Easter) are held against all hits; one that hits in at least two years and hardly ever misses
//! is a holiday. It is told to the planner, never used in silence: naming it in the calendar is better, because then it also
//! shares its effect with its day in lieu.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::series::weekday;
use crate::{ForecastError, Known, Series, Unnamed, model};

/// A holiday that was learned.
#[derive(Debug, Clone, PartialEq)]
pub struct LearnedHoliday {
    /// What it is called: the rule it follows.
    pub name: String,
    /// Past days on which it was kept.
    pub kept: Vec<Date>,
    /// Past open days on which the rule fell, but which were like any other.
    pub missed: usize,
}

/// Standard deviations below what was to be expected from which on a day is a hit, and how many the rule's days need in the mean.
const HIT_BELOW: f64 = 2.5;
const MEAN_BELOW: f64 = 4.0;
/// Deviations that a closed day counts as.
const CLOSED: f64 = 8.0;
/// Years a rule must hit in, and share of its days that must be hits.
const YEARS_MIN: usize = 2;
const SHARE_MIN: f64 = 0.75;
/// Distances from Easter Sunday that are kept as holidays somewhere.
const FROM_EASTER: [i64; 9] = [-48, -47, -3, -2, 1, 39, 49, 50, 60];
/// Closures of more days than this are missing data.
const CLOSURE_DAYS_MAX: usize = 4;

/// How a holiday finds its day in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    /// A day of a month.
    Date { month: i8, day: i8 },
    /// The weekday (Monday is 0) among seven days of a month, of which this is the first.
    Weekday { month: i8, weekday: usize, from: i8 },
    /// Days after Easter Sunday, or before it.
    Easter { days: i64 },
}

impl Known {
    /// With the holidays that a series shows and that are not named, and what they are.
    ///
    /// They are put on the days of the series and of the two years after it.
    ///
    /// # Errors
    /// Those of [`Fitted::new`](crate::Fitted::new).
    pub fn with_learned(&self, series: &Series) -> Result<(Known, Vec<LearnedHoliday>), ForecastError> {
        let series = &series.clone().last(model::HISTORY_DAYS_MAX);
        let (first, last) = (series.days()[0].date, series.last_date());
        if self.unnamed == Unnamed::Ignore || first.saturating_add(YEARS_MIN as i64 * 364.days()) > last {
            return Ok((self.clone(), Vec::new()));
        }
        let surprises = model::surprises(series, self)?;
        let mut depths: BTreeMap<Date, f64> = surprises.into_iter().map(|(date, off)| (date, -off)).collect();
        depths.extend(closures(series).into_iter().map(|date| (date, CLOSED)));
        depths.retain(|date, _| !self.holidays.contains_key(date));
        let found = Search { depths, years: (first.year(), last.year()) }.rules();
        let mut known = self.clone();
        for (rule, _) in &found {
            for year in first.year()..=last.year() + 2 {
                if let Some(date) = rule.in_year(year).filter(|date| *date >= first) {
                    known.holidays.entry(date).or_insert_with(|| rule.name());
                }
            }
        }
        Ok((known, found.into_iter().map(|(_, learned)| learned).collect()))
    }
}

/// Days without a record, few in a row, on weekdays that have them.
fn closures(series: &Series) -> Vec<Date> {
    let days = series.gaps().days;
    let alone = |date: &&Date| {
        let near = |other: &&Date| crate::columns::days_between(**other, **date).unsigned_abs() <= 7;
        days.iter().filter(near).count() <= CLOSURE_DAYS_MAX
    };
    days.iter().filter(alone).copied().collect()
}

struct Search {
    /// How far each day was below what was to be expected, in standard deviations.
    depths: BTreeMap<Date, f64>,
    years: (i16, i16),
}

impl Search {
    /// Rules that hold, the strongest first, each for days that no stronger one explains.
    fn rules(mut self) -> Vec<(Rule, LearnedHoliday)> {
        let mut found = Vec::new();
        while let Some((rule, learned)) = self.strongest() {
            for date in &learned.kept {
                self.depths.remove(date);
            }
            found.push((rule, learned));
        }
        found
    }

    fn strongest(&self) -> Option<(Rule, LearnedHoliday)> {
        let hits = self.depths.iter().filter(|(_, depth)| **depth > HIT_BELOW).map(|(date, _)| *date);
        let candidates: BTreeSet<Rule> = hits.flat_map(Rule::of).collect();
        let mut best: Option<(f64, Rule, LearnedHoliday)> = None;
        for rule in candidates {
            if let Some((strength, learned)) =
                self.held(rule).map(|(strength, learned)| (strength * rule.usual(), learned))
                && best.as_ref().is_none_or(|(most, ..)| strength > most * (1.0 + 1e-9))
            {
                best = Some((strength, rule, learned));
            }
        }
        best.map(|(_, rule, learned)| (rule, learned))
    }

    /// How strongly a rule holds, if it does.
    fn held(&self, rule: Rule) -> Option<(f64, LearnedHoliday)> {
        let dates = (self.years.0..=self.years.1).filter_map(|year| rule.in_year(year));
        let depths: Vec<(Date, f64)> =
            dates.filter_map(|date| self.depths.get(&date).map(|depth| (date, *depth))).collect();
        // A weekend hides what a working day would show.
        let weekend = |date: Date| weekday(date) >= 5;
        let kept: Vec<Date> =
            depths.iter().filter(|(_, depth)| *depth > HIT_BELOW).map(|(date, _)| *date).collect();
        let missed = depths.iter().filter(|(date, depth)| *depth <= HIT_BELOW && !weekend(*date)).count();
        let strength: f64 = depths.iter().map(|(_, depth)| depth.clamp(-CLOSED, CLOSED)).sum();
        let share = kept.len() as f64 / (kept.len() + missed).max(1) as f64;
        let deep = depths
            .iter()
            .filter(|(date, _)| kept.contains(date))
            .map(|(_, depth)| depth.min(CLOSED))
            .sum::<f64>();
        let holds = kept.len() >= YEARS_MIN && share >= SHARE_MIN && deep >= MEAN_BELOW * kept.len() as f64;
        holds.then(|| (strength, LearnedHoliday { name: rule.name(), kept, missed }))
    }
}

impl Rule {
    /// All rules that fall on a day, those that calendars use first.
    fn of(date: Date) -> Vec<Rule> {
        let (month, day) = (date.month(), date.day());
        let mut rules = vec![Rule::Date { month, day }];
        let easter = easter(date.year());
        let distance = i64::from(crate::columns::days_between(easter, date));
        rules.extend(FROM_EASTER.contains(&distance).then_some(Rule::Easter { days: distance }));
        let last = date.days_in_month() - 6;
        let froms = (day - 6).max(1)..=day.min(last);
        rules.extend(froms.map(|from| Rule::Weekday { month, weekday: weekday(date), from }));
        rules
    }

    fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Rule::Date { month, day } => Date::new(year, month, day).ok(),
            Rule::Easter { days } => easter(year).checked_add(days.days()).ok(),
            Rule::Weekday { month, weekday: on, from } => {
                let first = Date::new(year, month, from).ok()?;
                let wait = (on + 7 - weekday(first)) % 7;
                first.checked_add((wait as i64).days()).ok()
            }
        }
    }

    /// Of weeks of a month that explain the same days, calendars mean the first, second, third, fourth or last.
    fn usual(self) -> f64 {
        match self {
            Rule::Weekday { from: 1 | 8 | 15 | 22 | 25, .. } => 1.0 + 1e-6,
            Rule::Weekday { .. } => 1.0,
            Rule::Date { .. } | Rule::Easter { .. } => 1.0 + 2e-6,
        }
    }

    fn name(self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let of = |month: i8| MONTHS[month as usize - 1];
        match self {
            Rule::Date { month, day } => format!("{day} {}", of(month)),
            Rule::Weekday { month, weekday, from } => {
                let day = Weekday::from_monday_zero_offset(weekday as i8)
                    .map_or(String::new(), |day| format!("{day:?}"));
                format!("{day} between {from} and {} {}", from + 6, of(month))
            }
            Rule::Easter { days: 1 } => "the day after Easter".to_owned(),
            Rule::Easter { days } if days < 0 => format!("{} days before Easter", -days),
            Rule::Easter { days } => format!("{days} days after Easter"),
        }
    }
}

/// Easter Sunday of the western churches.
///
/// # Source
/// The anonymous Gregorian computation, *Nature*, 20 April 1876.
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (golden, century) = (y % 19, y / 100);
    let correction = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let moon = correction
        - (correction / 28) * (1 - (correction / 28) * (29 / (correction + 1)) * ((21 - golden) / 11));
    let sunday = (y + y / 4 + moon + 2 - century + century / 4) % 7;
    let offset = moon - sunday;
    let month = 3 + (offset + 40) / 44;
    let day = offset + 28 - 31 * (month / 4);
    Date::new(year, month as i8, day as i8).expect("Easter lies in March or April")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_falls_where_printed_calendars_put_it() {
        for day in [
            date(2000, 4, 23),
            date(2008, 3, 23),
            date(2011, 4, 24),
            date(2024, 3, 31),
            date(2025, 4, 20),
            date(2038, 4, 25),
        ] {
            assert_eq!(easter(day.year()), day);
        }
    }

    #[test]
    fn a_rule_falls_on_the_day_it_came_from() {
        for day in [date(2024, 9, 2), date(2023, 5, 22), date(2021, 11, 11), date(2025, 4, 18)] {
            assert!(Rule::of(day).into_iter().all(|rule| rule.in_year(day.year()) == Some(day)), "{day}");
        }
    }
}
