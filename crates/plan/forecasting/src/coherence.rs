//! Topics that sum to their total.
//!
//! A total and its parts are forecast on their own, and never agree exactly. Their difference is shared out by how uncertain
//! each is, so that a steady topic moves little; afterwards the parts sum to the total in every interval and day.
//!
//! # Source
//! Weighted least squares reconciliation with a diagonal error covariance; S. L. Wickramasuriya, G. Athanasopoulos and
//! R. J. Hyndman (2019).

use crate::{Forecast, ForecastError};

/// The parts, made to agree with a total that is itself moved towards them. Returns the total first.
///
/// All forecasts cover the same intervals and were asked for the same probabilities.
///
/// # Errors
/// [`ForecastError::Unlike`] when they do not, or there is no part.
pub fn coherent(total: &Forecast, parts: &[Forecast]) -> Result<(Forecast, Vec<Forecast>), ForecastError> {
    if parts.is_empty() || parts.iter().any(|part| !alike(total, part)) {
        return Err(ForecastError::Unlike);
    }
    let (mut total, mut parts) = (total.clone(), parts.to_vec());
    for index in 0..total.intervals.len() {
        let of = |forecast: &Forecast| {
            let one = &forecast.intervals[index];
            (one.mean, spread(one.mean, &one.quantiles))
        };
        let agreed = agree(of(&total), &parts.iter().map(of).collect::<Vec<_>>());
        for (part, mean) in parts.iter_mut().zip(&agreed) {
            let one = &mut part.intervals[index];
            scale(&mut one.mean, &mut one.quantiles, *mean);
        }
        let one = &mut total.intervals[index];
        scale(&mut one.mean, &mut one.quantiles, agreed.iter().sum());
    }
    parts.iter_mut().for_each(sum_days);
    sum_days(&mut total);
    Ok((total, parts))
}

fn alike(total: &Forecast, part: &Forecast) -> bool {
    let times = |forecast: &Forecast| forecast.intervals.iter().map(|one| one.at).collect::<Vec<_>>();
    total.probabilities == part.probabilities && times(total) == times(part)
}

/// A measure of uncertainty: chance, or the width of the range where it is wider.
fn spread(mean: f64, quantiles: &[f64]) -> f64 {
    let low = quantiles.iter().copied().fold(mean, f64::min);
    let high = quantiles.iter().copied().fold(mean, f64::max);
    mean.max(((high - low) / 2.0).powi(2)).max(1e-9)
}

/// Means of the parts after the difference is shared out.
fn agree(total: (f64, f64), parts: &[(f64, f64)]) -> Vec<f64> {
    let difference = total.0 - parts.iter().map(|(mean, _)| mean).sum::<f64>();
    let uncertainty = total.1 + parts.iter().map(|(_, spread)| spread).sum::<f64>();
    parts.iter().map(|(mean, spread)| (mean + difference * spread / uncertainty).max(0.0)).collect()
}

fn scale(mean: &mut f64, quantiles: &mut [f64], to: f64) {
    let factor = if *mean > 0.0 { to / *mean } else { 1.0 };
    quantiles.iter_mut().for_each(|quantile| *quantile *= factor);
    *mean = to;
}

/// Days follow their intervals; what moved them is told as part of the recent past.
fn sum_days(forecast: &mut Forecast) {
    for day in &mut forecast.days {
        let of_day = forecast.intervals.iter().filter(|one| one.at.date() == day.date);
        let sum: f64 = of_day.map(|one| one.mean).sum();
        if day.mean > 0.0 {
            day.reasons.recent *= sum / day.mean;
        }
        scale(&mut day.mean, &mut day.quantiles, sum);
    }
}
