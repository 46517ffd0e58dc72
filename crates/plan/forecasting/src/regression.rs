//! The calendar regression of day totals: over-dispersed counts with a log mean.
//!
//! Iterated weighted least squares on the working response, with neighboring days' residuals allowed to be alike, recent
//! days counting more than old ones, and surge days losing their say as they move away from what the calendar explains.

use jiff::civil::Date;

use crate::columns::{Columns, Coming};
use crate::ridge::{NormalEquations, SparseRow};
use crate::{ForecastError, Known};

/// How alike the residuals of neighboring days are taken to be.
const NEIGHBOR_LIKENESS: f64 = 0.7;
/// Days after which a day counts half.
const HALF_LIFE_DAYS: f64 = 1100.0;
/// Rounds of reweighting; the third changes forecasts by less than a tenth of a percent.
const ROUNDS: usize = 3;
/// Standard deviations beyond which a day loses its say, and from which on it is called a surge.
const TRUSTED_WITHIN: f64 = 3.0;
const SURGE_BEYOND: f64 = 4.0;
/// Day totals vary by no less than this squared share beyond chance.
const DISPERSION_MIN: f64 = 2e-4;

/// One day with its total.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DayTotal {
    pub(crate) day: Coming,
    pub(crate) contacts: f64,
    /// Share of an ordinary such day's contacts that falls into the intervals with records.
    pub(crate) exposure: f64,
}

/// What the calendar explains of a series.
#[derive(Debug)]
pub(crate) struct Regression {
    pub(crate) columns: Columns,
    /// Log of the mean day; coefficients are about it.
    pub(crate) center: f64,
    /// Variance of a day total beyond chance, as a squared share of its mean.
    pub(crate) dispersion: f64,
    /// 1 for an ordinary day, towards 0 for one that the calendar cannot explain.
    pub(crate) trust: Vec<f64>,
    pub(crate) rows: Vec<SparseRow>,
    /// How far each day was from what the calendar explains, in standard deviations.
    pub(crate) surprise: Vec<f64>,
    working: Vec<Working>,
}

/// A day as the least squares see it.
#[derive(Debug, Clone, Copy)]
struct Working {
    response: f64,
    precision: f64,
}

impl Regression {
    /// Fits to day totals in order of time.
    pub(crate) fn fit(totals: &[DayTotal], known: &Known) -> Result<Regression, ForecastError> {
        Regression::fit_in(ROUNDS, totals, known)
    }

    /// Fits roughly: enough to see which days stand out, at two thirds of the cost.
    pub(crate) fn fit_roughly(totals: &[DayTotal], known: &Known) -> Result<Regression, ForecastError> {
        Regression::fit_in(ROUNDS - 1, totals, known)
    }

    fn fit_in(rounds: usize, totals: &[DayTotal], known: &Known) -> Result<Regression, ForecastError> {
        let dates: (Date, Date) = (totals[0].day.date, totals[totals.len() - 1].day.date);
        let columns = Columns::new(dates.0, dates.1, known);
        let rows: Vec<SparseRow> =
            totals.iter().map(|total| columns.row(total.day, known)).collect::<Result<_, _>>()?;
        let mean = totals.iter().map(|total| total.contacts).sum::<f64>() / totals.len() as f64;
        let mut regression = Regression {
            columns,
            center: mean.ln(),
            dispersion: 0.05,
            trust: vec![1.0; totals.len()],
            surprise: vec![0.0; totals.len()],
            working: Vec::new(),
            rows,
        };
        regression.working = regression.first_response(totals);
        for _ in 0..rounds {
            let last = regression.coefficients_after(&[totals.len()]);
            regression.reweigh(totals, &last[0]);
        }
        Ok(regression)
    }

    /// Coefficients as known after each of these numbers of days, which ascend.
    pub(crate) fn coefficients_after(&self, days: &[usize]) -> Vec<Vec<f64>> {
        let mut equations = NormalEquations::new(self.columns.count());
        let (count, mut found, mut wanted) = (self.rows.len(), Vec::new(), days.iter().peekable());
        for day in 0..count {
            self.take_in(&mut equations, day);
            while wanted.next_if(|wanted| **wanted == day + 1).is_some() {
                // Weights are relative to the last day of all, so the prior shrinks along with them.
                let strength = recency(count - 1 - day);
                found.push(equations.solve(self.columns.prior(), strength));
            }
        }
        found
    }

    /// Mean contacts of a full day with these columns.
    pub(crate) fn mean(&self, row: &SparseRow, coefficients: &[f64]) -> f64 {
        (self.center + product(row, coefficients)).min(30.0).exp()
    }

    /// Days whose contacts the calendar cannot explain, with how many standard deviations they are off.
    pub(crate) fn surges(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        let off = self.surprise.iter().copied().enumerate();
        off.filter(|(_, surprise)| surprise.abs() > SURGE_BEYOND)
    }

    fn first_response(&self, totals: &[DayTotal]) -> Vec<Working> {
        let of = |total: &DayTotal| Working {
            response: ((total.contacts + 0.5) / total.exposure).ln() - self.center,
            precision: 1.0 / (self.dispersion + 1.0 / total.contacts.max(1.0)),
        };
        totals.iter().map(of).collect()
    }

    /// Adds a day less what its neighbor says about it.
    fn take_in(&self, equations: &mut NormalEquations, day: usize) {
        let weight = recency(self.rows.len() - 1 - day);
        let here = self.working[day];
        if day == 0 {
            let alone = 1.0 - NEIGHBOR_LIKENESS.powi(2);
            equations.add(&self.rows[0], here.response, weight * alone * here.precision);
            return;
        }
        let before = self.working[day - 1];
        let row = less(&self.rows[day], &self.rows[day - 1], NEIGHBOR_LIKENESS);
        let precision = (here.precision * before.precision).sqrt();
        equations.add(&row, here.response - NEIGHBOR_LIKENESS * before.response, weight * precision);
    }

    fn reweigh(&mut self, totals: &[DayTotal], coefficients: &[f64]) {
        let means: Vec<f64> = totals
            .iter()
            .zip(&self.rows)
            .map(|(total, row)| (self.mean(row, coefficients) * total.exposure).max(1e-6))
            .collect();
        let off: Vec<f64> =
            totals.iter().zip(&means).map(|(total, mean)| (total.contacts - mean) / mean).collect();
        self.dispersion = dispersion(&off, &means);
        for (day, (off, mean)) in off.iter().zip(&means).enumerate() {
            let variance = self.dispersion + 1.0 / mean.max(0.3);
            let surprise = off / variance.sqrt();
            self.surprise[day] = surprise;
            self.trust[day] = (TRUSTED_WITHIN / surprise.abs().max(TRUSTED_WITHIN)).powi(2);
            self.working[day] = Working {
                response: (mean / totals[day].exposure).ln() - self.center + off.clamp(-2.5, 4.0),
                precision: self.trust[day] / variance,
            };
        }
    }
}

fn recency(age_days: usize) -> f64 {
    (-(age_days as f64) / HALF_LIFE_DAYS).exp2()
}

/// Squared share by which days vary beyond chance; half of them decide, so surges do not.
fn dispersion(off: &[f64], means: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = off.iter().map(|off| off.abs()).collect();
    let middle = sizes.len() / 2;
    let (_, median, _) = sizes.select_nth_unstable_by(middle, f64::total_cmp);
    let deviation = 1.4826 * *median;
    let chance = means.iter().map(|mean| 1.0 / mean.max(0.3)).sum::<f64>() / means.len() as f64;
    (deviation.powi(2) - chance).max(DISPERSION_MIN)
}

pub(crate) fn product(row: &SparseRow, coefficients: &[f64]) -> f64 {
    row.iter().map(|(column, value)| value * coefficients[*column]).sum()
}

/// `row - factor * other`, both in order of columns.
fn less(row: &SparseRow, other: &SparseRow, factor: f64) -> SparseRow {
    let mut result = SparseRow::with_capacity(row.len() + other.len());
    let (mut mine, mut theirs) = (row.iter().peekable(), other.iter().peekable());
    loop {
        match (mine.peek(), theirs.peek()) {
            (Some(&&(a, x)), Some(&&(b, y))) if a == b => {
                result.push((a, x - factor * y));
                mine.next();
                theirs.next();
            }
            (Some(&&(a, x)), other) if other.is_none_or(|&&(b, _)| a < b) => {
                result.push((a, x));
                mine.next();
            }
            (_, Some(&&(b, y))) => {
                result.push((b, -factor * y));
                theirs.next();
            }
            (_, None) => return result,
        }
    }
}
