//! The columns of the calendar regression: what each day is made of.
//!
//! Every column belongs to a [`Group`], by which the forecast is explained, and has a prior deviation on the log scale:
//! 0.1 says that such an effect is seldom larger than ten or twenty percent. Priors, not tuning per series, keep a short
//! history from inventing seasons.

mod dates;
mod deviation;
mod layout;

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use jiff::Span;
use jiff::civil::Date;

use dates::{TURN_DAYS, around_holiday, month_edges, turn_of_year};

pub(crate) use dates::days_between;

use crate::ridge::{Prior, SparseRow};
use crate::series::weekday;
use crate::{ForecastError, Known};

/// What an effect is explained as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    /// How many contacts there are at all, slowly moving.
    Level,
    /// Day of the week.
    Weekday,
    /// Time of the year.
    Year,
    /// Time of the month: billing, paydays, the turn of the month.
    Month,
    /// Holidays, the days around them, and days after a closure.
    Holiday,
    /// What the user said is coming.
    Event,
}

impl Group {
    /// All of them, in the order in which a forecast is explained.
    pub(crate) const ALL: [Group; 6] =
        [Group::Level, Group::Weekday, Group::Year, Group::Month, Group::Holiday, Group::Event];
}

/// Days between two knots of the level.
const KNOT_DAYS: i32 = 30;
/// Harmonics of the year, and of its difference between working days and weekends.
const YEAR_HARMONICS: usize = 10;
const WEEKEND_HARMONICS: usize = 2;
/// Harmonics of the month.
const MONTH_HARMONICS: usize = 3;
/// Weeks of the year, each with a bump of its own.
const YEAR_WEEKS: usize = 52;
/// A marked day and the days after it that have an effect of their own.
const MARKED_DAYS: usize = 4;
/// A yearly pattern needs a year and a bit to be told from a trend.
const YEAR_PATTERN_DAYS: i32 = 395;

/// The columns for one series and one span of days.
#[derive(Debug)]
pub(crate) struct Columns {
    first: Date,
    /// Days from the first to the last day of history.
    span: i32,
    knots: usize,
    groups: Vec<Group>,
    prior: Prior,
    /// First column of each block.
    at: Blocks,
    yearly: bool,
    /// Columns of holidays by name.
    holidays: BTreeMap<String, usize>,
    /// Mean and spread of each regressor over the span.
    scales: Vec<(f64, f64)>,
}

#[derive(Debug, Default)]
struct Blocks {
    weekday: usize,
    year: usize,
    weekend_year: usize,
    year_week: usize,
    turn: usize,
    turn_weekend: usize,
    month: usize,
    month_edge: usize,
    around: usize,
    closure: usize,
    marked: usize,
    event: usize,
}

/// Where a day lies beside closures of days that are otherwise open.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Closure {
    /// 1 on the first open day after a closure, then half as much each day.
    pub(crate) since: f64,
    /// Whether this is the first day after it.
    pub(crate) first_after: bool,
}

/// A day of the design, with what its columns need.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Coming {
    pub(crate) date: Date,
    pub(crate) closure: Closure,
}

impl Columns {
    /// Columns for the days from `first` to `last`, the last day of history.
    pub(crate) fn new(first: Date, last: Date, known: &Known) -> Columns {
        let span = days_between(first, last);
        let mut columns = Columns {
            first,
            span,
            knots: (span / KNOT_DAYS) as usize + 2,
            groups: Vec::new(),
            prior: Prior::default(),
            at: Blocks::default(),
            yearly: span >= YEAR_PATTERN_DAYS,
            holidays: BTreeMap::new(),
            scales: known.regressors.iter().map(|regressor| scale(regressor, first, last)).collect(),
        };
        columns.lay_out_level();
        columns.lay_out_calendar();
        columns.lay_out_holidays(known, last);
        let marked = known.marked.len() * MARKED_DAYS;
        columns.at.marked = columns.block(Group::Month, marked, |_| deviation::MARKED);
        columns.at.event = columns.block(Group::Event, known.regressors.len(), |_| deviation::EVENT);
        columns
    }

    pub(crate) fn count(&self) -> usize {
        self.groups.len()
    }

    pub(crate) fn group(&self, column: usize) -> Group {
        self.groups[column]
    }

    pub(crate) fn prior(&self) -> &Prior {
        &self.prior
    }

    fn block(&mut self, group: Group, count: usize, deviation: impl Fn(usize) -> f64) -> usize {
        let start = self.groups.len();
        for column in 0..count {
            self.groups.push(group);
            self.prior.near_zero(start + column, deviation(column));
        }
        start
    }

    /// The columns of a day.
    ///
    /// # Errors
    /// [`ForecastError::RegressorGap`] when a regressor has no value on it.
    pub(crate) fn row(&self, day: Coming, known: &Known) -> Result<SparseRow, ForecastError> {
        let mut row = SparseRow::with_capacity(56);
        let weekend = weekday(day.date) >= 5;
        self.level(day.date, &mut row);
        row.push((self.at.weekday + weekday(day.date), 1.0));
        if self.yearly {
            self.year(day.date, weekend, &mut row);
        }
        self.month(day.date, &mut row);
        self.holiday(day, weekend, known, &mut row);
        self.marked(day.date, known, &mut row);
        self.events(day.date, known, &mut row)?;
        Ok(row)
    }

    fn level(&self, date: Date, row: &mut SparseRow) {
        // Beyond the history the level stays where it is: a trend is not carried on.
        let day = days_between(self.first, date).clamp(0, self.span);
        let position = f64::from(day) / f64::from(KNOT_DAYS);
        let knot = (position.floor() as usize).min(self.knots - 2);
        let share = position - knot as f64;
        row.push((knot, 1.0 - share));
        row.push((knot + 1, share));
    }

    fn year(&self, date: Date, weekend: bool, row: &mut SparseRow) {
        let day = f64::from(date.day_of_year());
        waves(row, self.at.year, YEAR_HARMONICS, TAU * day / 365.25, 1.0);
        // Centered, so that the weekday effects keep their meaning.
        let contrast = if weekend { 5.0 / 7.0 } else { -2.0 / 7.0 };
        waves(row, self.at.weekend_year, WEEKEND_HARMONICS, TAU * day / 365.25, contrast);
        self.year_week(day, row);
        let turn = turn_of_year(date);
        if let Some(offset) = turn {
            row.push((self.at.turn + offset, 1.0));
        }
        if let Some(offset) = turn.filter(|_| weekend) {
            row.push((self.at.turn_weekend + offset, 1.0));
        }
    }

    fn year_week(&self, day: f64, row: &mut SparseRow) {
        let position = (day - 1.0) / 366.0 * YEAR_WEEKS as f64;
        let week = position.floor() as usize % YEAR_WEEKS;
        let share = position - position.floor();
        let next = (week + 1) % YEAR_WEEKS;
        let mut pair = [(self.at.year_week + week, 1.0 - share), (self.at.year_week + next, share)];
        pair.sort_by_key(|(column, _)| *column);
        row.extend(pair);
    }

    fn month(&self, date: Date, row: &mut SparseRow) {
        let phase = (f64::from(date.day()) - 0.5) / f64::from(date.days_in_month());
        waves(row, self.at.month, MONTH_HARMONICS, TAU * phase, 1.0);
        for (edge, hit) in month_edges(date).into_iter().enumerate() {
            if hit {
                row.push((self.at.month_edge + edge, 1.0));
            }
        }
    }

    fn holiday(&self, day: Coming, weekend: bool, known: &Known, row: &mut SparseRow) {
        if let Some(place) = around_holiday(day.date, weekend, known) {
            row.push((self.at.around + place, 1.0));
        }
        if day.closure.since > 0.01 {
            row.push((self.at.closure, day.closure.since));
        }
        if day.closure.first_after {
            row.push((self.at.closure + 1, 1.0));
        }
        if let Some(column) = known.holiday(day.date).and_then(|name| self.holidays.get(name)) {
            row.push((*column, 1.0));
        }
    }

    fn marked(&self, date: Date, known: &Known, row: &mut SparseRow) {
        for (index, marked) in known.marked.iter().enumerate() {
            for after in 0..MARKED_DAYS {
                if marked.days.contains(&date.saturating_sub(Span::new().days(after as i64))) {
                    row.push((self.at.marked + index * MARKED_DAYS + after, 1.0));
                }
            }
        }
    }

    fn events(&self, date: Date, known: &Known, row: &mut SparseRow) -> Result<(), ForecastError> {
        for (index, (regressor, (mean, spread))) in known.regressors.iter().zip(&self.scales).enumerate() {
            let value = regressor.values.get(&date).filter(|value| value.is_finite());
            let gap = || ForecastError::RegressorGap { name: regressor.name.clone(), date };
            row.push((self.at.event + index, (value.ok_or_else(gap)? - mean) / spread));
        }
        Ok(())
    }
}

/// Mean and standard deviation of a regressor over the history; a constant has a spread of 1.
fn scale(regressor: &crate::Regressor, first: Date, last: Date) -> (f64, f64) {
    let values: Vec<f64> = regressor.values.range(first..=last).map(|(_, value)| *value).collect();
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let spread = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt();
    (mean, if spread > 1e-9 { spread } else { 1.0 })
}

fn waves(row: &mut SparseRow, start: usize, harmonics: usize, angle: f64, factor: f64) {
    let (sine, cosine) = angle.sin_cos();
    let (mut s, mut c) = (sine, cosine);
    for harmonic in 0..harmonics {
        row.push((start + 2 * harmonic, factor * c));
        row.push((start + 2 * harmonic + 1, factor * s));
        (s, c) = (s * cosine + c * sine, c * cosine - s * sine);
    }
}
