//! Rolling origins: forecasts made as if at past moments, beside what really came.

use crate::accuracy::{Outcome, SCORED_LEVELS};
use crate::baselines::{self, Baseline};
use crate::future::DayAhead;
use crate::{DAYS_MIN, Fitted, ForecastError, Known, Series};

/// Which past moments to forecast from. All three count intervals with a record: rows of the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origins {
    /// How many.
    pub count: usize,
    /// From one to the next.
    pub step: usize,
    /// How far each forecast reaches; the last one ends with the series.
    pub horizon: usize,
}

/// A past moment: what was known, and what came.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    past: Series,
    ahead: Vec<DayAhead>,
    came: Vec<f64>,
}

/// A way to forecast that is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// This crate's.
    Townline,
    /// One of the plain ones.
    Plain(Baseline),
}

impl Method {
    /// All of them, ours first.
    pub const ALL: [Method; 4] = [
        Method::Townline,
        Method::Plain(Baseline::SeasonalNaive),
        Method::Plain(Baseline::SeasonalMean),
        Method::Plain(Baseline::ExponentialSmoothing),
    ];

    /// What reports call it.
    pub fn name(self) -> &'static str {
        match self {
            Method::Townline => "townline",
            Method::Plain(baseline) => baseline.name(),
        }
    }
}

impl Origins {
    /// The moments, in order of time.
    ///
    /// # Errors
    /// [`ForecastError::Nothing`] when one of the three is zero; [`ForecastError::TooShort`] when less than
    /// [`DAYS_MIN`] days come before the first.
    pub fn of(self, series: &Series) -> Result<Vec<Origin>, ForecastError> {
        if self.count == 0 || self.step == 0 || self.horizon == 0 {
            return Err(ForecastError::Nothing);
        }
        let records = series.records().count();
        let needed = self.horizon + (self.count - 1) * self.step;
        let first = records.checked_sub(needed).map(|known| series.first(known)).filter(long_enough);
        if first.is_none() {
            return Err(ForecastError::TooShort { days: series.days().len(), needed: DAYS_MIN });
        }
        let origin = |back: usize| self.origin(series, records - self.horizon - back * self.step);
        Ok((0..self.count).rev().map(origin).collect())
    }

    fn origin(self, series: &Series, known: usize) -> Origin {
        let (past, until) = (series.first(known), series.first(known + self.horizon));
        let mut ahead = Vec::new();
        let mut came = Vec::new();
        let last = past.days().last().expect("the past is long enough");
        for day in until.days().iter().filter(|day| day.date >= last.date) {
            let known = |slot: usize| day.date == last.date && last.counts[slot].is_some();
            let open: Vec<bool> =
                day.counts.iter().enumerate().map(|(slot, count)| count.is_some() && !known(slot)).collect();
            came.extend(
                day.counts.iter().zip(&open).filter(|(_, open)| **open).filter_map(|(count, _)| *count),
            );
            ahead.push(DayAhead { date: day.date, open });
        }
        ahead.retain(|day| day.intervals() > 0);
        Origin { past, ahead, came }
    }
}

fn long_enough(series: &Series) -> bool {
    series.days().len() >= DAYS_MIN
}

impl Origin {
    /// Forecasts with a method, beside what came.
    ///
    /// # Errors
    /// Those of [`Fitted::new`].
    pub fn outcomes(&self, method: Method, known: &Known) -> Result<Vec<Outcome>, ForecastError> {
        match method {
            Method::Townline => self.ours(known),
            Method::Plain(baseline) => {
                let plain = baseline.forecast(&self.past, &self.ahead);
                let times = self.times();
                let outcomes = plain.into_iter().zip(&self.came).zip(times);
                Ok(outcomes
                    .map(|(((mean, quantiles), actual), at)| Outcome { at, mean, quantiles, actual: *actual })
                    .collect())
            }
        }
    }

    /// The error that MASE is held against: of the seasonal naive forecast inside what was known.
    pub fn naive_error(&self) -> f64 {
        baselines::naive_error(&self.past)
    }

    fn ours(&self, known: &Known) -> Result<Vec<Outcome>, ForecastError> {
        let (known, _) = known.with_learned(&self.past)?;
        let fitted = Fitted::new(self.past.clone(), known, self.ahead.len())?;
        let forecast = fitted.forecast(&self.ahead, &SCORED_LEVELS)?;
        let outcomes = forecast.intervals.into_iter().zip(&self.came);
        Ok(outcomes
            .map(|(interval, actual)| Outcome {
                at: interval.at,
                mean: interval.mean,
                quantiles: std::array::from_fn(|level| interval.quantiles[level]),
                actual: *actual,
            })
            .collect())
    }

    fn times(&self) -> impl Iterator<Item = jiff::civil::DateTime> {
        self.ahead.iter().flat_map(|day| day.times(self.past.interval()))
    }
}
