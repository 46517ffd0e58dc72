//! How far forecasts were from what came.

use jiff::civil::DateTime;

/// Levels of the quantiles that are scored: the deciles, then both ends of the 95 % range.
pub const SCORED_LEVELS: [f64; 11] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.025, 0.975];
/// How many of them the weighted quantile loss is over.
const DECILES: usize = 9;

/// A forecast interval beside what came.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// When the interval begins.
    pub at: DateTime,
    /// Forecast contacts.
    pub mean: f64,
    /// Contacts not exceeded at each of [`SCORED_LEVELS`].
    pub quantiles: [f64; SCORED_LEVELS.len()],
    /// Contacts that came.
    pub actual: f64,
}

/// Measures over a set of outcomes; shares are of 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accuracy {
    /// Sum of absolute errors over the sum of contacts.
    pub wape: f64,
    /// Sum of errors (forecast less actual) over the sum of contacts; above zero is too many.
    pub bias: f64,
    /// Mean absolute error over that of the seasonal naive forecast a week ahead inside the history.
    pub mase: f64,
    /// Twice the mean quantile loss over the nine deciles, over the sum of contacts.
    pub wql: f64,
    /// Share of outcomes inside the range from 10 % to 90 %.
    pub cover80: f64,
    /// Share of outcomes inside the range from 2.5 % to 97.5 %.
    pub cover95: f64,
    /// Below this no WAPE can go when counts vary by chance alone: 0.8 over the root of the mean count.
    pub poisson_floor: f64,
}

impl Accuracy {
    /// Over these outcomes; `naive_error` is the mean absolute error that MASE is held against. `None` without contacts.
    pub fn over<'a>(outcomes: impl Iterator<Item = &'a Outcome>, naive_error: f64) -> Option<Accuracy> {
        let sums = outcomes.fold(Sums::default(), |sums, outcome| sums.and(outcome));
        if sums.contacts <= 0.0 {
            return None;
        }
        Some(Accuracy {
            wape: sums.errors_abs / sums.contacts,
            bias: sums.errors / sums.contacts,
            mase: sums.errors_abs / sums.count / naive_error.max(1e-12),
            wql: 2.0 * sums.quantile_loss / DECILES as f64 / sums.contacts,
            cover80: sums.inside80 / sums.count,
            cover95: sums.inside95 / sums.count,
            poisson_floor: 0.8 / (sums.contacts / sums.count).sqrt(),
        })
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    count: f64,
    contacts: f64,
    errors: f64,
    errors_abs: f64,
    quantile_loss: f64,
    inside80: f64,
    inside95: f64,
}

impl Sums {
    fn and(self, outcome: &Outcome) -> Sums {
        let (q, actual) = (&outcome.quantiles, outcome.actual);
        let inside = |low: f64, high: f64| f64::from(u8::from((low..=high).contains(&actual)));
        let loss = SCORED_LEVELS.iter().zip(q).take(DECILES);
        Sums {
            count: self.count + 1.0,
            contacts: self.contacts + actual,
            errors: self.errors + outcome.mean - actual,
            errors_abs: self.errors_abs + (outcome.mean - actual).abs(),
            quantile_loss: self.quantile_loss
                + loss.map(|(level, q)| pinball(*level, *q, actual)).sum::<f64>(),
            inside80: self.inside80 + inside(q[0], q[8]),
            inside95: self.inside95 + inside(q[9], q[10]),
        }
    }
}

fn pinball(level: f64, quantile: f64, actual: f64) -> f64 {
    let off = actual - quantile;
    if off >= 0.0 { level * off } else { (level - 1.0) * off }
}
