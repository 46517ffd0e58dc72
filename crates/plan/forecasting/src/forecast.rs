//! What a forecast says: intervals, the days they make up and why, and the weeks that days make up.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::series::weekday;

/// An interval ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalForecast {
    /// When it begins, in local time.
    pub at: DateTime,
    /// Contacts on average.
    pub mean: f64,
    /// Contacts not exceeded with each of the probabilities asked for, in their order.
    pub quantiles: Vec<f64>,
}

/// A day ahead; its mean is the sum of its intervals' means.
#[derive(Debug, Clone, PartialEq)]
pub struct DayForecast {
    /// The day.
    pub date: Date,
    /// Contacts on average in the intervals that are forecast.
    pub mean: f64,
    /// Contacts not exceeded with each of the probabilities asked for, in their order.
    pub quantiles: Vec<f64>,
    /// Why: the factors that multiply to the mean.
    pub reasons: Reasons,
}

/// The days ahead of one week, Monday to Sunday; its mean is the sum of their means.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekForecast {
    /// Its Monday, also where that day is not forecast.
    pub monday: Date,
    /// How many of its days are forecast.
    pub days: usize,
    /// Contacts on average on those days.
    pub mean: f64,
    /// Contacts not exceeded with each of the probabilities asked for, in their order. Days of a week err alike, but not
    /// all the same way, so these are nearer to the mean than the sums of the days' quantiles.
    pub quantiles: Vec<f64>,
}

/// What makes a day what it is. The first is contacts of an ordinary day, the others multiply it: 1.1 is ten percent more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reasons {
    /// Contacts of an ordinary day at the level of today.
    pub level: f64,
    /// Day of the week.
    pub weekday: f64,
    /// Time of the year.
    pub year: f64,
    /// Time of the month.
    pub month: f64,
    /// Holidays around it, and closures before it.
    pub holiday: f64,
    /// Events and other numbers the user gave.
    pub event: f64,
    /// What the last days carry over.
    pub recent: f64,
    /// Share of the day that is forecast; below 1 when part of it has passed or is closed.
    pub part: f64,
}

/// Everything said about the intervals ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// Probabilities of the quantiles, as asked for.
    pub probabilities: Vec<f64>,
    /// The intervals, in order of time.
    pub intervals: Vec<IntervalForecast>,
    /// The days they belong to.
    pub days: Vec<DayForecast>,
    /// The weeks these belong to.
    pub weeks: Vec<WeekForecast>,
}

impl Reasons {
    /// Contacts on average: the product of all.
    pub fn mean(&self) -> f64 {
        let season = self.weekday * self.year * self.month;
        self.level * season * self.holiday * self.event * self.recent * self.part
    }
}

impl Forecast {
    /// Days and weeks follow their intervals, whose means were moved; what moved a day is told as part of the recent past.
    pub(crate) fn sum_up(&mut self) {
        for day in &mut self.days {
            let of_day = self.intervals.iter().filter(|one| one.at.date() == day.date);
            let sum: f64 = of_day.map(|one| one.mean).sum();
            if day.mean > 0.0 {
                day.reasons.recent *= sum / day.mean;
            }
            scale(&mut day.mean, &mut day.quantiles, sum);
        }
        for week in &mut self.weeks {
            let of_week = self.days.iter().filter(|day| monday(day.date) == week.monday);
            scale(&mut week.mean, &mut week.quantiles, of_week.map(|day| day.mean).sum());
        }
    }
}

/// Moves a mean, and its quantiles in proportion.
pub(crate) fn scale(mean: &mut f64, quantiles: &mut [f64], to: f64) {
    let factor = if *mean > 0.0 { to / *mean } else { 1.0 };
    quantiles.iter_mut().for_each(|quantile| *quantile *= factor);
    *mean = to;
}

/// The Monday of a day's week.
pub(crate) fn monday(date: Date) -> Date {
    date.saturating_sub((weekday(date) as i64).days())
}
