//! The same day, once part of it has come in.
//!
//! A busy morning says something about the afternoon; how much differs from center to center. The rehearsed days tell: over
//! them, the relative error of the intervals still to come is regressed on that of the intervals seen. What is left of
//! a morning's surprise by that slope multiplies the rest of the day, and its range narrows by what was explained.
//!
//! # Source
//! R. Ibrahim and P. L'Ecuyer (2013) for the gain of within-day updates from the correlation inside a day.

use jiff::civil::DateTime;

use crate::forecast::scale;
use crate::ranges::Ranges;
use crate::series::{Day, start_of};
use crate::{Fitted, Forecast, ForecastError};

/// Days taken to have shown no carrying over at all, so that a handful of days cannot claim much.
const CAUTION_DAYS: f64 = 5.0;

/// What the part of a day that was seen says about the rest.
#[derive(Debug, Clone, Copy)]
struct Carry {
    /// Share of the relative surprise so far that carries over.
    slope: f64,
    /// Squared relative error of the rest of a day that the part seen explains.
    explained: f64,
}

impl Fitted {
    /// A forecast with the intervals that have come in taken out of its first day and into account for the rest of it.
    ///
    /// `seen` holds intervals of the first day, in order of time, with the contacts that came.
    ///
    /// # Errors
    /// [`ForecastError::Count`] for a count that cannot be one, [`ForecastError::NotToday`] for a time that is not an
    /// open interval of the first day.
    pub fn same_day(&self, forecast: &Forecast, seen: &[(DateTime, f64)]) -> Result<Forecast, ForecastError> {
        let Some(today) = forecast.days.first().map(|day| day.date) else { return Ok(forecast.clone()) };
        let (mut expected, mut came) = (0.0, 0.0);
        for &(at, count) in seen {
            if !count.is_finite() || count < 0.0 {
                return Err(ForecastError::Count { at, count });
            }
            let interval = forecast.intervals.iter().find(|one| one.at == at && at.date() == today);
            expected += interval.ok_or(ForecastError::NotToday { at, today })?.mean;
            came += count;
        }
        if expected <= 0.0 {
            return Ok(forecast.clone());
        }
        let carry = self.carry(|at| seen.iter().any(|(seen, _)| seen.time() == at.time()));
        let factor = (1.0 + carry.slope * (came / expected - 1.0)).max(0.0);
        let mut updated = forecast.clone();
        updated.intervals.retain(|one| seen.iter().all(|(at, _)| *at != one.at));
        self.scale_today(&mut updated, factor, carry.explained);
        Ok(updated)
    }

    /// Regresses the rest of the rehearsed days on the part of them that is `seen`.
    fn carry(&self, seen: impl Fn(DateTime) -> bool) -> Carry {
        let pairs: Vec<(f64, f64)> =
            self.rehearsed_days().filter_map(|(day, mean)| self.surprises(day, mean, &seen)).collect();
        let squares: f64 = pairs.iter().map(|(part, _)| part.powi(2)).sum();
        let products: f64 = pairs.iter().map(|(part, rest)| part * rest).sum();
        if squares <= 0.0 {
            return Carry { slope: 0.0, explained: 0.0 };
        }
        let of_a_day = squares / pairs.len() as f64;
        let slope = (products / (squares + CAUTION_DAYS * of_a_day)).clamp(0.0, 1.0);
        Carry { slope, explained: slope.powi(2) * of_a_day }
    }

    /// Relative errors of the part of a day that is seen and of its rest.
    fn surprises(&self, day: &Day, mean: f64, seen: impl Fn(DateTime) -> bool) -> Option<(f64, f64)> {
        let (mut part, mut rest) = ((0.0, 0.0), (0.0, 0.0));
        let shares = self.shares(day.date);
        for (slot, count) in day.counts.iter().enumerate() {
            if let Some(count) = count {
                let is_seen = seen(start_of(self.series().interval(), day.date, slot));
                let sums = if is_seen { &mut part } else { &mut rest };
                sums.0 += count;
                sums.1 += mean * shares[slot];
            }
        }
        (part.1 > 0.0 && rest.1 > 0.0).then(|| (part.0 / part.1 - 1.0, rest.0 / rest.1 - 1.0))
    }

    fn scale_today(&self, forecast: &mut Forecast, factor: f64, explained: f64) {
        let day = &mut forecast.days[0];
        let quantiles = |ranges: &Ranges, mean: f64| {
            ranges.narrowed(explained).quantiles(&forecast.probabilities, mean, 1)
        };
        let mut left = 0.0;
        for one in forecast.intervals.iter_mut().filter(|one| one.at.date() == day.date) {
            left += one.mean;
            one.mean *= factor;
            one.quantiles = quantiles(self.ranges_of_intervals(), one.mean);
        }
        let share_left = if day.mean > 0.0 { left / day.mean } else { 0.0 };
        let passed = day.mean - left * factor;
        day.mean = left * factor;
        day.reasons.part *= share_left;
        day.reasons.recent *= factor;
        day.quantiles = quantiles(self.ranges_of_days(), day.mean);
        let week = &mut forecast.weeks[0];
        let left = f64::max(0.0, week.mean - passed);
        scale(&mut week.mean, &mut week.quantiles, left);
    }
}
