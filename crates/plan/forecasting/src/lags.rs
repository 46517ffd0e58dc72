//! The member of the combination that looks at lags: boosted trees over what days before a day were like.
//!
//! What a day had more or less than the calendar says is learned from the same weekday one and two times before, from two
//! and four weeks before, from a year before, from the last days, and from where the day lies in week, month and year. It
//! finds what the calendar has no column for: a collection every second week, a quiet day after a busy one, a holiday that
//! matters on some weekdays only. Whether that is worth anything for a series, rehearsals decide.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::Known;
use crate::columns::days_between;
use crate::local::Past;
use crate::regression::DayTotal;
use crate::series::weekday;
use crate::trees::{Boosted, Rows};

/// Days that trees need to learn from; with fewer there is no such member.
const DAYS_MIN: usize = 90;
/// Days before a day that its lags are looked for in.
const WARM_UP_DAYS: usize = 28;
/// Days learned from: older ones cost more than they tell.
const LOOK_BACK_DAYS: usize = 800;
/// Leads at which each day is learned from.
const LEADS_A_DAY: usize = 2;
/// Leads beyond this are learned from as this one.
const LEAD_MAX: usize = 42;
/// A holiday this many days away is near.
const NEAR_DAYS: i64 = 3;
/// Ratios to the calendar are kept inside these.
const RATIO: (f64, f64) = (0.2, 3.0);

/// Days with what they had over what the calendar says.
pub(crate) struct Days<'a> {
    dates: Vec<Date>,
    /// Days of each date since the first.
    numbers: Vec<i32>,
    past: &'a [Past],
    ratios: Vec<f64>,
    known: &'a Known,
}

impl<'a> Days<'a> {
    /// The days that were.
    pub(crate) fn new(totals: &[DayTotal], past: &'a [Past], known: &'a Known) -> Self {
        let ratio = |day: &Past| ((day.contacts + 0.5) / (day.expected + 0.5)).clamp(RATIO.0, RATIO.1);
        let days = Self {
            dates: Vec::new(),
            numbers: Vec::new(),
            ratios: past.iter().map(ratio).collect(),
            past,
            known,
        };
        days.and_ahead(totals.iter().map(|total| total.day.date))
    }

    /// And the days ahead, which begin with the last day of history when that goes on.
    pub(crate) fn and_ahead(mut self, ahead: impl Iterator<Item = Date>) -> Self {
        for date in ahead {
            let first = self.dates.first().copied().unwrap_or(date);
            self.numbers.push(days_between(first, date));
            self.dates.push(date);
        }
        self
    }

    /// Trees that learned from the first `count` days, for forecasts of up to `horizon` days.
    pub(crate) fn learn(&self, count: usize, horizon: usize, dispersion: f64) -> Option<Boosted> {
        if count < DAYS_MIN {
            return None;
        }
        let horizon = horizon.clamp(1, LEAD_MAX);
        let mut rows = Rows { features: Vec::new(), targets: Vec::new(), weights: Vec::new() };
        let first = WARM_UP_DAYS.max(count.saturating_sub(LOOK_BACK_DAYS));
        for day in first..count {
            for nth in 0..LEADS_A_DAY {
                // Leads go round, so that all of them are met on all kinds of days.
                let lead = 1 + (day * 5 + nth * horizon / LEADS_A_DAY) % horizon;
                if let Some(origin) = (day + 1).checked_sub(lead).filter(|origin| *origin >= WARM_UP_DAYS) {
                    self.add(&mut rows, day, origin, dispersion);
                }
            }
        }
        Boosted::fit(&rows)
    }

    fn add(&self, rows: &mut Rows, day: usize, origin: usize, dispersion: f64) {
        let features = self.features(day, origin);
        rows.features.resize_with(features.len(), Vec::new);
        for (column, value) in rows.features.iter_mut().zip(features) {
            column.push(value);
        }
        let past = &self.past[day];
        rows.targets.push(self.ratios[day]);
        rows.weights.push(past.trust / (dispersion + 1.0 / past.expected.max(0.5)));
    }

    /// What is known about a day after `origin` days: NaN where there is nothing.
    pub(crate) fn features(&self, day: usize, origin: usize) -> Vec<f64> {
        let date = self.dates[day];
        let known = &self.ratios[..origin];
        let mean = |days: usize| {
            let last = &known[origin.saturating_sub(days)..];
            last.iter().sum::<f64>() / last.len().max(1) as f64
        };
        let mut features = vec![
            self.back(day, 7, 1, origin),
            self.back(day, 7, 2, origin),
            self.back(day, 14, 1, origin),
            self.back(day, 14, 2, origin),
            self.back(day, 364, 1, origin),
            mean(1),
            mean(7),
            mean(28),
            weekday(date) as f64,
            f64::from(date.day()),
            f64::from(date.day_of_year()),
            ((day + 1 - origin).min(LEAD_MAX)) as f64,
            self.holiday_near(date),
        ];
        features.extend(
            self.known.regressors.iter().map(|one| one.values.get(&date).copied().unwrap_or(f64::NAN)),
        );
        features
    }

    /// The ratio of the `nth` day before that is known and a multiple of `step` days away.
    fn back(&self, day: usize, step: i32, nth: i32, origin: usize) -> f64 {
        let Some(last) = origin.checked_sub(1).map(|last| self.numbers[last]) else { return f64::NAN };
        let ahead = self.numbers[day] - last;
        let steps = (ahead + step - 1) / step + nth - 1;
        let then = self.numbers[day] - steps.max(nth) * step;
        self.numbers[..origin].binary_search(&then).map_or(f64::NAN, |at| self.ratios[at])
    }

    /// Days to the nearest holiday, negative when it has passed; 9 when none is near.
    fn holiday_near(&self, date: Date) -> f64 {
        let near = date.saturating_sub(NEAR_DAYS.days())..=date.saturating_add(NEAR_DAYS.days());
        let distances = self.known.holidays.range(near).map(|(holiday, _)| days_between(date, *holiday));
        distances.min_by_key(|days| (days.abs(), -days)).map_or(9.0, f64::from)
    }
}

/// The factor that trees put on what the calendar says about a day.
pub(crate) fn ratio(trees: &Boosted, features: &[f64]) -> f64 {
    trees.predict(features).clamp(RATIO.0, RATIO.1)
}
