//! One queue with a team of agents, first come first served: Erlang C, Erlang A, and any other patience.

use crate::bounds::{at_least_one, at_most_max, not_negative};
use crate::erlang_b::{inverse_blocking, inverse_blocking_real, real_servers};
use crate::offered_wait::{OfferedWait, Waits};
use crate::scaled::Scaled;
use crate::service_level::Within;
use crate::{Demand, Patience, StaffingError};

/// Contacts that come at random, wait for a free agent, and may give up.
///
/// Arrivals are Poisson at a constant rate, handle times exponential, and the queue has long been in its steady state. Real
/// arrivals vary more from day to day, which makes the answer too hopeful; real handle times vary a little less, which makes it
/// slightly too cautious.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Queue {
    demand: Demand,
    patience: Patience,
}

/// What a queue in its steady state is like. Shares are of all offered contacts, times in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    /// Share that finds no agent free.
    pub wait_probability: f64,
    /// Share that gives up before an answer.
    pub abandon_share: f64,
    /// Share of their time in which agents are busy with contacts.
    pub occupancy: f64,
    /// Mean number waiting.
    pub queue_mean: f64,
    /// Mean time in queue of all, answered or not.
    pub wait_all_s: f64,
    /// Average speed of answer: mean time in queue of those answered, waits of zero included.
    pub asa_s: f64,
    /// Mean time in queue of those who gave up; zero when nobody can.
    pub wait_abandoned_s: f64,
    /// What happens within the time limit asked for; the service levels come from it.
    pub within: Within,
}

impl Queue {
    /// A queue of this demand whose contacts have this patience.
    pub fn new(demand: Demand, patience: Patience) -> Self {
        Self { demand, patience }
    }

    /// The work that comes in.
    pub fn demand(&self) -> Demand {
        self.demand
    }

    /// How long contacts wait before they give up.
    pub fn patience(&self) -> Patience {
        self.patience
    }

    /// All measures with `agents` at work, and what happens within `within_s` seconds.
    ///
    /// Relative error about 1e-12 up to ten thousands of agents.
    ///
    /// # Errors
    /// Without an agent, with a negative limit, or [`StaffingError::Overloaded`] when nobody gives up and the load reaches
    /// the number of agents.
    ///
    /// # Source
    /// A. K. Erlang (1917) when nobody gives up; C. Palm (1957) for exponential patience; otherwise see `offered_wait`.
    pub fn measures(&self, agents: u32, within_s: f64) -> Result<Measures, StaffingError> {
        let within_s = not_negative("threshold_s", within_s)?;
        if self.patience.is_endless() {
            at_most_max("agents", agents)?;
            let inverse_blocking = || inverse_blocking(agents, self.demand.load_erlangs());
            return self.without_giving_up(f64::from(agents), within_s, inverse_blocking);
        }
        at_least_one("agents", agents)?;
        let wait = self.offered_wait(agents);
        let (waits, within) = wait.measures(within_s);
        Ok(self.with_giving_up(agents, waits, within))
    }

    /// The measures with a number of agents that need not be whole, for a team that shares its people with others.
    ///
    /// # Errors
    /// When somebody may give up, which is not defined for parts of an agent; otherwise as [`Queue::measures`].
    pub fn measures_of_fractions(&self, agents: f64, within_s: f64) -> Result<Measures, StaffingError> {
        if !self.patience.is_endless() {
            let (field, value) = ("mean_patience_s", self.patience.mean_s());
            return Err(StaffingError::OutOfRange { field, value, must_be: "endless for parts of an agent" });
        }
        let (agents, within_s) = (real_servers(agents)?, not_negative("threshold_s", within_s)?);
        let inverse_blocking = || inverse_blocking_real(agents, self.demand.load_erlangs());
        self.without_giving_up(agents, within_s, inverse_blocking)
    }

    fn without_giving_up(
        &self,
        agents: f64,
        within_s: f64,
        inverse_blocking: impl Fn() -> Scaled,
    ) -> Result<Measures, StaffingError> {
        let load_erlangs = self.demand.load_erlangs();
        if load_erlangs >= agents {
            return Err(StaffingError::Overloaded { load_erlangs, agents });
        }
        let spare = agents - load_erlangs;
        let wait_probability = agents / (spare * inverse_blocking().value() + load_erlangs);
        let asa_s = wait_probability * self.demand.handle_s() / spare;
        let late = wait_probability * (-spare * within_s / self.demand.handle_s()).exp();
        Ok(Measures {
            wait_probability,
            abandon_share: 0.0,
            occupancy: load_erlangs / agents,
            queue_mean: self.demand.rate() * asa_s,
            wait_all_s: asa_s,
            asa_s,
            wait_abandoned_s: 0.0,
            within: Within {
                answered_within: 1.0 - late,
                abandoned_within: 0.0,
                answered: 1.0,
                not_abandoned_within: 1.0,
                virtual_within: 1.0 - late,
            },
        })
    }

    fn with_giving_up(&self, agents: u32, waits: Waits, within: Within) -> Measures {
        Measures {
            wait_probability: waits.wait_probability,
            abandon_share: waits.abandon_share,
            occupancy: self.demand.load_erlangs() * waits.answered / f64::from(agents),
            queue_mean: self.demand.rate() * waits.wait_all_s,
            wait_all_s: waits.wait_all_s,
            asa_s: waits.asa_s,
            wait_abandoned_s: waits.wait_abandoned_s,
            within,
        }
    }

    fn offered_wait(&self, agents: u32) -> OfferedWait {
        let (demand, load) = (&self.demand, self.demand.load_erlangs());
        OfferedWait {
            rate: demand.rate(),
            excess: demand.excess_rate(f64::from(agents)),
            drain: f64::from(agents) / demand.handle_s(),
            idle: if load > 0.0 { inverse_blocking(agents - 1, load) } else { Scaled::ONE },
            patience: self.patience,
        }
    }
}
