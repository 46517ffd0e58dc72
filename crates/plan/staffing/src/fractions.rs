//! Parts of an agent, for queues that share their people.
//!
//! A queue that needs 3.2 agents takes four when it has a team of its own. Where teams are pooled, each queue's need is told as
//! the fraction it is, and only their sum is rounded up.

use crate::search::Try;
use crate::{Queue, StaffingError, Targets};

/// Steps of halving; the last is below a thousandth of an agent.
const HALVINGS: u32 = 12;

impl Targets {
    /// The smallest number of agents that meets all targets, with parts of an agent.
    ///
    /// Exact to a thousandth when nobody gives up (the continuous Erlang C). With patience, which is not defined for parts of an
    /// agent, it lies between the last whole number that misses a target and the first that meets all, in proportion to
    /// the logarithm of how far each is from it.
    ///
    /// # Errors
    /// As [`Targets::requirement`].
    pub fn fractional_requirement(&self, queue: &Queue) -> Result<f64, StaffingError> {
        let whole = self.requirement(queue)?;
        let (fewer, enough) = (f64::from(whole.agents - 1), f64::from(whole.agents));
        if queue.patience().is_endless() {
            return self.halve(queue, fewer.max(queue.demand().load_erlangs()), enough);
        }
        if whole.agents == 1 {
            // Nobody at all has no measures; one agent is as far as there is anything to hold the targets beside.
            return Ok(queue.demand().load_erlangs().min(1.0));
        }
        let excess = |agents: u32| Ok::<f64, StaffingError>(self.try_with(queue, agents)?.excess);
        let (below, above) = (excess(whole.agents - 1)?, excess(whole.agents)?);
        let share = below / (below - above);
        Ok(if share.is_finite() { fewer + share.clamp(0.0, 1.0) } else { enough })
    }

    fn try_with(&self, queue: &Queue, agents: u32) -> Result<Try<()>, StaffingError> {
        let within_s = self.service_level.map_or(0.0, |target| target.within_s);
        Ok(self.held_beside(&queue.measures(agents, within_s)?))
    }

    fn halve(&self, queue: &Queue, mut fewer: f64, mut enough: f64) -> Result<f64, StaffingError> {
        let within_s = self.service_level.map_or(0.0, |target| target.within_s);
        for _ in 0..HALVINGS {
            let middle = (fewer + enough) / 2.0;
            let meets = match queue.measures_of_fractions(middle, within_s) {
                Ok(measures) => self.held_beside(&measures).meets_all(),
                Err(StaffingError::Overloaded { .. }) => false,
                Err(error) => return Err(error),
            };
            if meets { enough = middle } else { fewer = middle }
        }
        Ok(enough)
    }
}
