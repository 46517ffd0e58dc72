//! Fitting a series, and forecasting from the fit.

mod ahead;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::calibration::{Calibration, Rehearsals};
use crate::future;
use crate::lags::Days;
use crate::local::{Local, Past, SCHEMES};
use crate::profile::Profile;
use crate::ranges::Ranges;
use crate::regression::{DayTotal, Regression};
use crate::rehearsal::{self, Shares, TREES};
use crate::series::{Day, Opening};
use crate::trees::Boosted;
use crate::within_day::WithinDay;
use crate::{ForecastError, Known, Series};

/// Days with records that any forecast needs.
pub const DAYS_MIN: usize = 14;
/// What lies further back than six years tells less about next month than it costs.
pub(crate) const HISTORY_DAYS_MAX: usize = 2200;

/// A series with what was learned from it.
#[derive(Debug)]
pub struct Fitted {
    series: Series,
    known: Known,
    opening: Opening,
    totals: Vec<DayTotal>,
    regression: Regression,
    coefficients: Vec<f64>,
    past: Vec<Past>,
    profile: Profile,
    within_day: WithinDay,
    locals: [Local; SCHEMES.len()],
    trees: Option<Boosted>,
    shares: Shares,
    ranges: Calibration,
    /// Each rehearsed day with its mean as forecast from nearest.
    rehearsed: BTreeMap<usize, f64>,
}

/// A day that the calendar cannot explain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surge {
    /// The day.
    pub date: Date,
    /// Contacts on it.
    pub contacts: f64,
    /// Standard deviations above (or, negative, below) what was to be expected.
    pub deviations: f64,
}

impl Fitted {
    /// Fits a series for forecasts of up to `horizon_days` open days.
    ///
    /// # Errors
    /// [`ForecastError::TooShort`] below [`DAYS_MIN`] days, [`ForecastError::AllZero`],
    /// [`ForecastError::RegressorGap`], [`ForecastError::IntervalRegressorGap`].
    pub fn new(series: Series, known: Known, horizon_days: usize) -> Result<Fitted, ForecastError> {
        check(&series, &known)?;
        let series = series.last(HISTORY_DAYS_MAX);
        let opening = series.opening();
        let known = known.with_means_of_days(&series, &opening)?;
        let totals = day_totals(&series, &opening);
        let regression = Regression::fit(&totals, &known)?;
        let profile = Profile::learn(series.days(), &regression.trust, &opening);
        let (trust, dispersion) = (&regression.trust, regression.dispersion);
        let within_day = WithinDay::learn(&series, &known, &profile, &totals, trust, dispersion);
        let coefficients = regression.coefficients_after(&[totals.len()]).pop().expect("one was asked for");
        let past: Vec<Past> = rehearsal::past(&totals, &regression, &coefficients);
        let rehearsed = rehearsal::rehearse(&totals, &regression, &known, horizon_days.max(1));
        let trees =
            Days::new(&totals, &past, &known).learn(totals.len(), horizon_days, regression.dispersion);
        let shares = rehearsal::shares(&rehearsed, &totals, trees.is_some());
        let rehearsals = Rehearsals {
            series: &series,
            opening: &opening,
            within_day: &within_day,
            regression: &regression,
            totals: &totals,
            rehearsed: &rehearsed,
            shares: &shares,
        };
        let ranges = rehearsals.calibrate();
        // Origins ascend, so the nearest one comes last.
        let nearest =
            rehearsed.iter().map(|one| (one.day, rehearsal::combined(&one.means, &shares))).collect();
        let locals = SCHEMES.map(|scheme| Local::learn(scheme, &past, regression.dispersion));
        Ok(Fitted {
            series,
            known,
            opening,
            totals,
            regression,
            coefficients,
            past,
            profile,
            within_day,
            locals,
            trees,
            shares,
            ranges,
            rehearsed: nearest,
        })
    }

    /// The series it was fitted to.
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// Share of the forecast that each member has: by how fast it follows the recent past, and the trees that look at lags.
    pub fn members(&self) -> [(&'static str, f64); TREES + 1] {
        let names = [
            "level of a month",
            "level of a month with day effect",
            "level of a week",
            "level of a quarter with day effect",
            "trees over lags",
        ];
        std::array::from_fn(|member| (names[member], self.shares[member]))
    }

    /// Days that were kept out of level, profile and effects, as far as the calendar cannot explain them.
    pub fn surges(&self) -> Vec<Surge> {
        let surge = |(day, deviations): (usize, f64)| {
            let total: &DayTotal = &self.totals[day];
            Surge { date: total.day.date, contacts: total.contacts, deviations }
        };
        self.regression.surges().map(surge).collect()
    }

    /// Days that were rehearsed, with their means as forecast from nearest.
    pub(crate) fn rehearsed_days(&self) -> impl Iterator<Item = (&Day, f64)> {
        self.rehearsed.iter().map(|(day, mean)| (&self.series.days()[*day], *mean))
    }

    /// Shares of a day's contacts by interval.
    pub(crate) fn shares(&self, date: Date) -> Vec<f64> {
        self.within_day.shares(date, &self.profile, &self.opening)
    }

    pub(crate) fn ranges_of_days(&self) -> &Ranges {
        &self.ranges.days
    }

    pub(crate) fn ranges_of_intervals(&self) -> &Ranges {
        &self.ranges.intervals
    }
}

fn check(series: &Series, known: &Known) -> Result<(), ForecastError> {
    let days = series.days();
    if days.len() < DAYS_MIN {
        return Err(ForecastError::TooShort { days: days.len(), needed: DAYS_MIN });
    }
    if days.iter().all(|day| day.total() == 0.0) {
        return Err(ForecastError::AllZero);
    }
    known.check(days)
}

/// How far each day of a series is above what the calendar explains, in standard deviations.
pub(crate) fn surprises(series: &Series, known: &Known) -> Result<Vec<(Date, f64)>, ForecastError> {
    check(series, known)?;
    let totals = day_totals(series, &series.opening());
    let regression = Regression::fit_roughly(&totals, known)?;
    let dates = totals.iter().map(|total| total.day.date);
    Ok(dates.zip(regression.surprise).collect())
}

/// Days with their contacts and how much of them their records cover.
fn day_totals(series: &Series, opening: &Opening) -> Vec<DayTotal> {
    let trusting = vec![1.0; series.days().len()];
    let profile = Profile::learn(series.days(), &trusting, opening);
    let coming = future::coming(series.days(), &[], opening);
    let total = |(day, coming): (&Day, _)| DayTotal {
        day: coming,
        contacts: day.total(),
        exposure: profile.exposure(day),
    };
    series.days().iter().zip(coming).map(total).collect()
}
