//! One more, one less: what the next agent buys, and what the last one costs.

use crate::bounds::not_negative;
use crate::{Measures, Queue, StaffingError};

/// A number of agents with what it reaches and costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alternative {
    /// Agents at work.
    pub agents: u32,
    /// What they reach; `None` when so few have no steady state.
    pub measures: Option<Measures>,
    /// What they cost in the interval, in the currency of the hourly cost.
    pub cost: f64,
}

/// `agents` with up to `around` fewer and more, fewest first; never none at all.
///
/// `paid_hour_cost` is the cost of a paid hour. Each agent at work is paid for `1 / (1 - shrinkage)` hours an hour; that factor
/// is `paid_per_worked`.
///
/// # Errors
/// As [`Queue::measures`]; costs cannot be negative.
pub fn one_more_one_less(
    queue: &Queue,
    agents: u32,
    around: u32,
    within_s: f64,
    paid_hour_cost: f64,
    paid_per_worked: f64,
) -> Result<Vec<Alternative>, StaffingError> {
    let each =
        not_negative("cost_per_hour", paid_hour_cost)? * not_negative("paid_per_worked", paid_per_worked)?;
    let hours = queue.demand().interval_s() / 3600.0;
    let numbers = agents.saturating_sub(around).max(1)..=agents.saturating_add(around);
    let alternative = |agents: u32| {
        let measures = match queue.measures(agents, within_s) {
            Ok(measures) => Some(measures),
            Err(StaffingError::Overloaded { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok(Alternative { agents, measures, cost: f64::from(agents) * each * hours })
    };
    numbers.map(alternative).collect()
}
