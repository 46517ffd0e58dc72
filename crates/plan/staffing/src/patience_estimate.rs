//! Patience learned from records. Nobody sees the patience of a caller who is answered, only that it was longer than the wait.

use crate::StaffingError;
use crate::bounds::{not_negative, positive};

/// What happened to one contact that entered the queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QueuedContact {
    /// Time in queue, in seconds.
    pub wait_s: f64,
    /// Whether it gave up; otherwise it was answered, and its patience is only known to be longer.
    pub gave_up: bool,
}

/// Mean patience with the range in which it lies in 95 of 100 cases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PatienceEstimate {
    /// Total time in queue over the number of abandonments; `None` when nobody gave up.
    pub mean_s: Option<f64>,
    /// Lower end of the 95 % range.
    pub low_s: f64,
    /// Upper end of the 95 % range; `None` when nobody gave up, as then there is none.
    pub high_s: Option<f64>,
    /// Contacts that gave up.
    pub abandonments: u64,
}

/// 97.5 % quantile of the normal distribution.
const NORMAL_97_5: f64 = 1.959_963_984_540_054;

/// Mean exponential patience from what is on record.
///
/// The maximum-likelihood estimate for censored times: total time in queue, of answered and abandoned contacts alike, over
/// the number of abandonments. The mean wait of those who gave up is *not* their patience: the patient ones were answered.
/// Contacts that leave at once on hearing that they must wait make patience look shorter than it is for the rest.
///
/// The range takes the abandonments as a Poisson count, with the Wilson-Hilferty form of its exact limits (within 1 % of
/// them from three abandonments on).
///
/// # Errors
/// When a wait is negative or not a number, or there is no time in queue at all.
///
/// # Source
/// L. Brown et al., *Statistical analysis of a telephone call center* (2005); F. Garwood (1936) for the limits.
pub fn estimate_patience(
    records: impl IntoIterator<Item = QueuedContact>,
) -> Result<PatienceEstimate, StaffingError> {
    let (mut queued_s, mut abandonments) = (0.0, 0);
    for record in records {
        queued_s += not_negative("wait_s", record.wait_s)?;
        abandonments += u64::from(record.gave_up);
    }
    patience_from_totals(queued_s, abandonments)
}

/// As [`estimate_patience`] from totals, which most telephone systems report: time in queue of all contacts, and abandonments.
///
/// # Errors
/// When there is no time in queue at all.
pub fn patience_from_totals(queued_s: f64, abandonments: u64) -> Result<PatienceEstimate, StaffingError> {
    let queued_s = positive("queued_s", queued_s)?;
    let count = abandonments as f64;
    let some = abandonments > 0;
    Ok(PatienceEstimate {
        mean_s: some.then(|| queued_s / count),
        low_s: queued_s / poisson_limit(count + 1.0, NORMAL_97_5),
        high_s: some.then(|| queued_s / poisson_limit(count, -NORMAL_97_5)),
        abandonments,
    })
}

/// A limit of the mean of a Poisson count: half a chi-squared quantile with `2 * shape` degrees of freedom.
fn poisson_limit(shape: f64, normal: f64) -> f64 {
    let ninth = 1.0 / (9.0 * shape);
    shape * (1.0 - ninth + normal * ninth.sqrt()).powi(3)
}
