//! Fitting a series, and forecasting from the fit.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use crate::columns::Group;
use crate::future::{self, DayAhead};
use crate::local::{Local, Past, SCHEMES};
use crate::profile::Profile;
use crate::ranges::{Place, Ranges};
use crate::regression::{DayTotal, Regression};
use crate::rehearsal::{self, Rehearsed, Shares};
use crate::series::{Day, Opening, start_of, weekday};
use crate::{ForecastError, Known, Series};

/// Days with records that any forecast needs.
pub const DAYS_MIN: usize = 14;
/// What lies further back than six years tells less about next month than it costs.
const HISTORY_DAYS_MAX: usize = 2200;
/// Neighboring intervals err alike: this many of them stand for one independent error.
const ALIKE_INTERVALS: f64 = 10.0;
/// Neighboring days of a rehearsal err alike too.
const ALIKE_DAYS: f64 = 3.0;
/// Rehearsals whose intervals are looked at, at most; each needs a profile of its own.
const PROFILES_MAX: usize = 24;

/// A series with what was learned from it.
#[derive(Debug)]
pub struct Fitted {
    series: Series,
    known: Known,
    opening: Opening,
    totals: Vec<DayTotal>,
    regression: Regression,
    coefficients: Vec<f64>,
    profile: Profile,
    locals: [Local; SCHEMES.len()],
    shares: Shares,
    of_days: Ranges,
    of_intervals: Ranges,
    /// Each rehearsed day with its mean as forecast from nearest.
    rehearsed: BTreeMap<usize, f64>,
}

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

/// Everything said about the intervals ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// Probabilities of the quantiles, as asked for.
    pub probabilities: Vec<f64>,
    /// The intervals, in order of time.
    pub intervals: Vec<IntervalForecast>,
    /// The days they belong to.
    pub days: Vec<DayForecast>,
}

impl Fitted {
    /// Fits a series for forecasts of up to `horizon_days` open days.
    ///
    /// # Errors
    /// [`ForecastError::TooShort`] below [`DAYS_MIN`] days, [`ForecastError::AllZero`],
    /// [`ForecastError::RegressorGap`].
    pub fn new(series: Series, known: Known, horizon_days: usize) -> Result<Fitted, ForecastError> {
        check(&series, &known)?;
        let series = series.last(HISTORY_DAYS_MAX);
        let opening = series.opening();
        let trusting = vec![1.0; series.days().len()];
        let first_profile = Profile::learn(series.days(), &trusting, &opening);
        let totals = day_totals(&series, &first_profile, &opening);
        let regression = Regression::fit(&totals, &known)?;
        let profile = Profile::learn(series.days(), &regression.trust, &opening);
        let rehearsed = rehearsal::rehearse(&totals, &regression, horizon_days.max(1));
        let shares = rehearsal::shares(&rehearsed, &totals);
        let (of_days, of_intervals) = ranges(&series, &opening, &regression, &totals, &rehearsed, &shares);
        // Origins ascend, so the nearest one comes last.
        let nearest =
            rehearsed.iter().map(|one| (one.day, rehearsal::combined(&one.means, &shares))).collect();
        let coefficients = regression.coefficients_after(&[totals.len()]).pop().expect("one was asked for");
        let past: Vec<Past> = rehearsal::past(&totals, &regression, &coefficients);
        let locals = SCHEMES.map(|scheme| Local::learn(scheme, &past, regression.dispersion));
        Ok(Fitted {
            series,
            known,
            opening,
            totals,
            regression,
            coefficients,
            profile,
            locals,
            shares,
            of_days,
            of_intervals,
            rehearsed: nearest,
        })
    }

    /// The series it was fitted to.
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// Days that were kept out of level, profile and effects, as far as the calendar cannot explain them.
    pub fn surges(&self) -> Vec<Surge> {
        let surge = |(day, deviations): (usize, f64)| {
            let total: &DayTotal = &self.totals[day];
            Surge { date: total.day.date, contacts: total.contacts, deviations }
        };
        self.regression.surges().map(surge).collect()
    }

    /// Forecasts these days, which follow the series in order of time.
    ///
    /// # Errors
    /// [`ForecastError::RegressorGap`], [`ForecastError::Quantile`], [`ForecastError::Nothing`] without a day.
    pub fn forecast(&self, ahead: &[DayAhead], probabilities: &[f64]) -> Result<Forecast, ForecastError> {
        check_probabilities(probabilities)?;
        if ahead.is_empty() {
            return Err(ForecastError::Nothing);
        }
        let coming = future::coming(self.series.days(), ahead, &self.opening);
        let ahead_coming = &coming[self.series.days().len()..];
        // The rest of the day that the series ends in is no day further ahead than the day itself.
        let begun = usize::from(ahead[0].date == self.series.last_date());
        let mut forecast =
            Forecast { probabilities: probabilities.to_vec(), intervals: Vec::new(), days: Vec::new() };
        for (index, (day, coming)) in ahead.iter().zip(ahead_coming).enumerate() {
            let row = self.regression.columns.row(*coming, &self.known)?;
            let lead = index + 1 - begun;
            let reasons = self.reasons(&row, day, lead);
            forecast.push(self, day, reasons, lead.max(1));
        }
        Ok(forecast)
    }

    /// Days that were rehearsed, with their means as forecast from nearest.
    pub(crate) fn rehearsed_days(&self) -> impl Iterator<Item = (&Day, f64)> {
        self.rehearsed.iter().map(|(day, mean)| (&self.series.days()[*day], *mean))
    }

    /// Share of a weekday's contacts that an interval gets.
    pub(crate) fn share(&self, weekday: usize, slot: usize) -> f64 {
        self.profile.share(weekday, slot)
    }

    pub(crate) fn ranges_of_days(&self) -> &Ranges {
        &self.of_days
    }

    pub(crate) fn ranges_of_intervals(&self) -> &Ranges {
        &self.of_intervals
    }

    fn reasons(&self, row: &[(usize, f64)], day: &DayAhead, lead: usize) -> Reasons {
        let weekday = weekday(day.date);
        let mut sums = [0.0; Group::ALL.len()];
        for (column, value) in row {
            sums[self.regression.columns.group(*column) as usize] += value * self.coefficients[*column];
        }
        let ahead: [f64; SCHEMES.len()] = self.locals.map(|local| local.ahead(weekday, lead).exp());
        let local = rehearsal::combined(&ahead, &self.shares).ln();
        let level = rehearsal::combined(&self.locals.map(|local| local.level.exp()), &self.shares).ln();
        // All schemes share one weekday pattern.
        let weekday_lately = self.locals[0].weekday[weekday];
        let of = |group: Group| sums[group as usize];
        Reasons {
            level: (self.regression.center + of(Group::Level) + level).exp(),
            weekday: (of(Group::Weekday) + weekday_lately).exp(),
            year: of(Group::Year).exp(),
            month: of(Group::Month).exp(),
            holiday: of(Group::Holiday).exp(),
            event: of(Group::Event).exp(),
            recent: (local - level - weekday_lately).exp(),
            part: self.part(weekday, day),
        }
    }

    fn part(&self, weekday: usize, day: &DayAhead) -> f64 {
        let open = day.open.iter().enumerate().filter(|(_, open)| **open);
        open.map(|(slot, _)| self.profile.share(weekday, slot)).sum()
    }
}

impl Forecast {
    fn push(&mut self, fitted: &Fitted, day: &DayAhead, reasons: Reasons, lead: usize) {
        let (mean, weekday) = (reasons.mean(), weekday(day.date));
        let full = mean / reasons.part.max(1e-12);
        let quantiles = |ranges: &Ranges, mean: f64| {
            self.probabilities.iter().map(|p| ranges.quantile(*p, mean, lead)).collect::<Vec<f64>>()
        };
        for (slot, _) in day.open.iter().enumerate().filter(|(_, open)| **open) {
            let mean = full * fitted.profile.share(weekday, slot);
            let at = start_of(fitted.series.interval(), day.date, slot);
            self.intervals.push(IntervalForecast {
                at,
                mean,
                quantiles: quantiles(&fitted.of_intervals, mean),
            });
        }
        self.days.push(DayForecast {
            date: day.date,
            mean,
            quantiles: quantiles(&fitted.of_days, mean),
            reasons,
        });
    }
}

impl Reasons {
    /// Contacts on average: the product of all.
    pub fn mean(&self) -> f64 {
        let season = self.weekday * self.year * self.month;
        self.level * season * self.holiday * self.event * self.recent * self.part
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

fn check_probabilities(probabilities: &[f64]) -> Result<(), ForecastError> {
    match probabilities.iter().find(|p| !(**p > 0.0 && **p < 1.0)) {
        Some(p) => Err(ForecastError::Quantile(*p)),
        None => Ok(()),
    }
}

fn day_totals(series: &Series, profile: &Profile, opening: &Opening) -> Vec<DayTotal> {
    let coming = future::coming(series.days(), &[], opening);
    let total = |(day, coming): (&Day, _)| DayTotal {
        day: coming,
        contacts: day.total(),
        exposure: profile.exposure(day),
    };
    series.days().iter().zip(coming).map(total).collect()
}

/// Ranges of days and of intervals, as the rehearsals say.
fn ranges(
    series: &Series,
    opening: &Opening,
    regression: &Regression,
    totals: &[DayTotal],
    rehearsed: &[Rehearsed],
    shares: &Shares,
) -> (Ranges, Ranges) {
    let places: Vec<Place> = rehearsed
        .iter()
        .map(|one| {
            let (total, mean) = (&totals[one.day], rehearsal::combined(&one.means, shares));
            Place {
                lead: one.day + 1 - one.origin,
                mean: mean * total.exposure,
                actual: total.contacts,
                weight: rehearsal::weight(one, rehearsed),
            }
        })
        .collect();
    let of_days = Ranges::learn(&places, ALIKE_DAYS, regression.dispersion);
    if series.interval().is_day() {
        return (of_days.clone(), of_days);
    }
    let places = interval_places(series, opening, regression, rehearsed, shares);
    (of_days, Ranges::learn(&places, ALIKE_INTERVALS, 2.0 * regression.dispersion))
}

fn interval_places(
    series: &Series,
    opening: &Opening,
    regression: &Regression,
    rehearsed: &[Rehearsed],
    shares: &Shares,
) -> Vec<Place> {
    let mut places = Vec::new();
    let mut profiles: Vec<(usize, Profile)> = Vec::new();
    for one in rehearsed {
        if profiles.last().is_none_or(|(origin, _)| *origin != one.origin) && profiles.len() < PROFILES_MAX {
            let past = &series.days()[..one.origin];
            profiles.push((one.origin, Profile::learn(past, &regression.trust[..one.origin], opening)));
        }
        let Some((_, profile)) = profiles.last().filter(|(origin, _)| *origin == one.origin) else {
            continue;
        };
        let (day, mean) = (&series.days()[one.day], rehearsal::combined(&one.means, shares));
        let weight = rehearsal::weight(one, rehearsed);
        for (slot, count) in day.counts.iter().enumerate() {
            if let Some(actual) = *count {
                let mean = mean * profile.share(day.weekday(), slot);
                places.push(Place { lead: one.day + 1 - one.origin, mean, actual, weight });
            }
        }
    }
    places
}
