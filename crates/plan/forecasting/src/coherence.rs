//! Topics that sum to their total, channels too, and any other grouping of the same contacts.
//!
//! A total and its parts are forecast on their own, and never agree exactly. Their differences are shared out by how
//! uncertain each is, so that a steady topic moves little; afterwards every sum is the sum of its parts, in every interval,
//! day and week.
//!
//! # Source
//! Weighted least squares reconciliation with a diagonal error covariance; S. L. Wickramasuriya, G. Athanasopoulos and
//! R. J. Hyndman (2019).

use crate::forecast::scale;
use crate::ridge::{NormalEquations, Prior, SparseRow};
use crate::{Forecast, ForecastError};

/// A forecast of the sum of some parts; a part is the sum of itself.
#[derive(Debug, Clone)]
pub struct Sum {
    /// As forecast on its own.
    pub forecast: Forecast,
    /// Which parts it is the sum of, in ascending order.
    pub parts: Vec<usize>,
}

/// The forecasts of the sums, in their order, made to agree with each other.
///
/// All cover the same intervals and were asked for the same probabilities. Parts are numbered from 0, and each is among the
/// sums by itself. Ranges move in proportion to their means.
///
/// # Errors
/// [`ForecastError::Unlike`] when one of this does not hold, or there is no part.
pub fn coherent(sums: &[Sum]) -> Result<Vec<Forecast>, ForecastError> {
    let parts = parts(sums).ok_or(ForecastError::Unlike)?;
    let mut agreed: Vec<Forecast> = sums.iter().map(|sum| sum.forecast.clone()).collect();
    for index in 0..agreed[0].intervals.len() {
        let means = agree(sums, index, parts);
        for (sum, forecast) in sums.iter().zip(&mut agreed) {
            let one = &mut forecast.intervals[index];
            scale(&mut one.mean, &mut one.quantiles, sum.parts.iter().map(|part| means[*part]).sum());
        }
    }
    agreed.iter_mut().for_each(Forecast::sum_up);
    Ok(agreed)
}

/// How many parts there are, when all sums are alike and each part is there by itself.
fn parts(sums: &[Sum]) -> Option<usize> {
    let first = &sums.first()?.forecast;
    let parts = 1 + sums.iter().flat_map(|sum| &sum.parts).max()?;
    let alone = |part: usize| sums.iter().any(|sum| sum.parts == [part]);
    let sound = |sum: &Sum| {
        alike(first, &sum.forecast)
            && !sum.parts.is_empty()
            && sum.parts.windows(2).all(|two| two[0] < two[1])
    };
    (sums.iter().all(sound) && (0..parts).all(alone)).then_some(parts)
}

fn alike(one: &Forecast, other: &Forecast) -> bool {
    let times = |forecast: &Forecast| forecast.intervals.iter().map(|one| one.at).collect::<Vec<_>>();
    one.probabilities == other.probabilities && times(one) == times(other)
}

/// Means of the parts of an interval that are nearest to what all sums say, none below zero.
fn agree(sums: &[Sum], index: usize, parts: usize) -> Vec<f64> {
    let of = |sum: &Sum| {
        let one = &sum.forecast.intervals[index];
        (one.mean, spread(one.mean, &one.quantiles))
    };
    // Weights relative to the least certain are far from the smallest pivot, however large the counts.
    let widest = sums.iter().map(|sum| of(sum).1).fold(0.0, f64::max);
    let mut equations = NormalEquations::new(parts);
    for sum in sums {
        let (mean, spread) = of(sum);
        let row: SparseRow = sum.parts.iter().map(|part| (*part, 1.0)).collect();
        equations.add(&row, mean, widest / spread);
    }
    let means = equations.solve(&Prior::default(), 1.0);
    means.into_iter().map(|mean| mean.max(0.0)).collect()
}

/// A measure of uncertainty: chance, or the width of the range where it is wider.
fn spread(mean: f64, quantiles: &[f64]) -> f64 {
    let low = quantiles.iter().copied().fold(mean, f64::min);
    let high = quantiles.iter().copied().fold(mean, f64::max);
    mean.max(((high - low) / 2.0).powi(2)).max(1e-6)
}
