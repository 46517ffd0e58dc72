//! The part of paid time in which agents cannot take contacts, by cause.

use crate::StaffingError;
use crate::bounds::{at_most_max, share_below_one};
use crate::deferred::whole;

/// One cause: breaks, training, meetings, sickness, leave.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// What it is called.
    pub name: String,
    /// Share of paid time that it takes.
    pub share: f64,
}

/// All causes together; less than all of paid time.
///
/// Shares are of paid time and add up. Where some are counted on what the others leave (sickness on planned time), turn them
/// into shares of paid time first; adding them as they are plans too many.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shrinkage {
    causes: Vec<Cause>,
    total: f64,
}

impl Shrinkage {
    /// Adds up the shares of paid time that each cause takes.
    ///
    /// # Errors
    /// When a share, or their sum, does not lie from 0 to below 1.
    pub fn new(causes: Vec<Cause>) -> Result<Self, StaffingError> {
        for cause in &causes {
            share_below_one("shrinkage", cause.share)?;
        }
        let total = share_below_one("shrinkage", causes.iter().map(|cause| cause.share).sum())?;
        Ok(Self { causes, total })
    }

    /// One share for everything, as the cause "all".
    ///
    /// # Errors
    /// As [`Shrinkage::new`].
    pub fn of(share: f64) -> Result<Self, StaffingError> {
        Self::new(vec![Cause { name: "all".to_owned(), share }])
    }

    /// The causes in the order given.
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// Share of paid time that all causes take.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// People to schedule so that `agents` are at work: `agents / (1 - shrinkage)`, rounded up.
    ///
    /// # Errors
    /// When that is more than [`AGENTS_MAX`](crate::AGENTS_MAX).
    pub fn scheduled(&self, agents: u32) -> Result<u32, StaffingError> {
        at_most_max("scheduled_agents", whole(f64::from(agents) / (1.0 - self.total)))
    }
}
