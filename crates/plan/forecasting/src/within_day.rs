//! Numbers that change inside a day, such as degrees by the hour: what they move between the intervals of a day.
//!
//! Their mean over the open hours of a day is a number of the day, and enters the calendar regression like any other. What
//! is left, an interval that is hotter than its hour usually is and than the rest of its day, moves the day's shape here:
//! shares are multiplied by the exponential of a factor learned from past days, and sum to one again.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use crate::profile::Profile;
use crate::regression::DayTotal;
use crate::ridge::{NormalEquations, Prior};
use crate::series::{Day, Opening, start_of, weekday};
use crate::{ForecastError, Interval, Known, Regressor, Series};

/// A number per interval that moves contacts and is known ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalRegressor {
    /// What people call it.
    pub name: String,
    /// Its value in each interval by its beginning, past and future.
    pub values: BTreeMap<DateTime, f64>,
}

/// Days looked back at.
const LOOK_BACK_DAYS: usize = 280;
/// How much a usual departure is taken to move an interval, before any data.
const DEVIATION: f64 = 0.3;
/// Neighboring intervals err alike: this many of them stand for one.
const ALIKE: f64 = 4.0;

/// What the numbers of intervals move inside a day.
#[derive(Debug)]
pub(crate) struct WithinDay {
    interval: Interval,
    effects: Vec<Effect>,
}

#[derive(Debug)]
struct Effect {
    regressor: IntervalRegressor,
    /// Its usual value in each interval of the day.
    usual: Vec<f64>,
    /// How far it usually departs from that.
    spread: f64,
    factor: f64,
}

impl Known {
    /// With the means of interval regressors over the open hours of each day as regressors of days.
    pub(crate) fn with_means_of_days(
        mut self,
        series: &Series,
        opening: &Opening,
    ) -> Result<Known, ForecastError> {
        for regressor in &self.interval_regressors {
            regressor.check(series.records().map(|(at, _)| at))?;
            let mut sums: BTreeMap<Date, (f64, f64)> = BTreeMap::new();
            for (at, value) in &regressor.values {
                if opening.on(weekday(at.date())).get(slot(series.interval(), *at)) == Some(&true) {
                    let sum = sums.entry(at.date()).or_default();
                    *sum = (sum.0 + value, sum.1 + 1.0);
                }
            }
            let values = sums.into_iter().map(|(date, (sum, count))| (date, sum / count)).collect();
            self.regressors.push(Regressor { name: regressor.name.clone(), values });
        }
        Ok(self)
    }
}

impl IntervalRegressor {
    /// Refuses when there is no finite value at one of these times.
    pub(crate) fn check(&self, mut times: impl Iterator<Item = DateTime>) -> Result<(), ForecastError> {
        match times.find(|at| !self.values.get(at).is_some_and(|value| value.is_finite())) {
            Some(at) => Err(ForecastError::IntervalRegressorGap { name: self.name.clone(), at }),
            None => Ok(()),
        }
    }
}

fn slot(interval: Interval, at: DateTime) -> usize {
    (at.hour() as usize * 60 + at.minute() as usize) / interval.minutes() as usize
}

impl WithinDay {
    /// Learns from the last days of a series; each has as much say as it is trusted.
    pub(crate) fn learn(
        series: &Series,
        known: &Known,
        profile: &Profile,
        totals: &[DayTotal],
        trust: &[f64],
        dispersion: f64,
    ) -> WithinDay {
        let effect = |regressor: &IntervalRegressor| Effect::of(regressor, series);
        let mut within = WithinDay {
            interval: series.interval(),
            effects: known.interval_regressors.iter().map(effect).collect(),
        };
        if within.effects.is_empty() {
            return within;
        }
        let mut equations = NormalEquations::new(within.effects.len());
        let from = totals.len().saturating_sub(LOOK_BACK_DAYS);
        for (day, (total, trust)) in
            series.days()[from..].iter().zip(totals[from..].iter().zip(&trust[from..]))
        {
            within.take_in(&mut equations, day, total.contacts / total.exposure, profile, *trust, dispersion);
        }
        let mut prior = Prior::default();
        (0..within.effects.len()).for_each(|column| prior.near_zero(column, DEVIATION));
        let factors = equations.solve(&prior, 1.0);
        within.effects.iter_mut().zip(factors).for_each(|(effect, factor)| effect.factor = factor);
        within
    }

    fn take_in(
        &self,
        equations: &mut NormalEquations,
        day: &Day,
        contacts: f64,
        profile: &Profile,
        trust: f64,
        dispersion: f64,
    ) {
        let with_record: Vec<bool> = day.counts.iter().map(Option::is_some).collect();
        let departures: Vec<Vec<f64>> = self
            .effects
            .iter()
            .map(|effect| effect.departures(self.interval, day.date, &with_record))
            .collect();
        for (slot, count) in day.counts.iter().enumerate() {
            let expected = contacts * profile.share(day.weekday(), slot);
            if let Some(count) = count.filter(|_| expected > 0.0) {
                let row: Vec<(usize, f64)> =
                    departures.iter().enumerate().map(|(column, of)| (column, of[slot])).collect();
                let weight = trust * expected / (1.0 + dispersion * expected) / ALIKE;
                equations.add(&row, (count / expected - 1.0).clamp(-0.9, 3.0), weight);
            }
        }
    }

    /// Shares of a day's contacts by interval, which sum to what the profile's do.
    pub(crate) fn shares(&self, date: Date, profile: &Profile, opening: &Opening) -> Vec<f64> {
        let (weekday, open) = (weekday(date), opening.on(weekday(date)));
        let plain: Vec<f64> = (0..open.len()).map(|slot| profile.share(weekday, slot)).collect();
        if self.effects.is_empty() {
            return plain;
        }
        let mut shares = plain.clone();
        for effect in &self.effects {
            let departures = effect.departures(self.interval, date, open);
            for (share, departure) in shares.iter_mut().zip(departures) {
                *share *= (effect.factor * departure).clamp(-2.0, 2.0).exp();
            }
        }
        let (before, after): (f64, f64) = (plain.iter().sum(), shares.iter().sum());
        shares.iter().map(|share| share * before / after.max(1e-12)).collect()
    }
}

impl Effect {
    fn of(regressor: &IntervalRegressor, series: &Series) -> Effect {
        let mut sums = vec![(0.0, 0.0); series.interval().per_day()];
        for (at, _) in series.records() {
            let (sum, value) = (&mut sums[slot(series.interval(), at)], regressor.values.get(&at).copied());
            *sum = (sum.0 + value.unwrap_or(0.0), sum.1 + 1.0);
        }
        let usual = sums.into_iter().map(|(sum, count)| sum / f64::max(count, 1.0)).collect();
        let mut effect = Effect { regressor: regressor.clone(), usual, spread: 1.0, factor: 0.0 };
        let (mut squares, mut count) = (0.0, 0.0);
        for day in series.days() {
            let with_record: Vec<bool> = day.counts.iter().map(Option::is_some).collect();
            for departure in effect.departures(series.interval(), day.date, &with_record) {
                squares += departure * departure;
            }
            count += day.records() as f64;
        }
        let spread = f64::sqrt(squares / f64::max(count, 1.0));
        effect.spread = if spread > 1e-9 { spread } else { 1.0 };
        effect
    }

    /// How far each open interval departs from its usual value, beyond what the whole day does; zero where closed or unknown.
    fn departures(&self, interval: Interval, date: Date, open: &[bool]) -> Vec<f64> {
        let off = |slot: usize| {
            let value = self.regressor.values.get(&start_of(interval, date, slot)).copied();
            value.filter(|_| open[slot]).map(|value| value - self.usual[slot])
        };
        let off: Vec<Option<f64>> = (0..open.len()).map(off).collect();
        let there = off.iter().flatten();
        let of_day = there.clone().sum::<f64>() / there.count().max(1) as f64;
        off.into_iter().map(|off| off.map_or(0.0, |off| (off - of_day) / self.spread)).collect()
    }
}
