//! The work that comes in: how many contacts, in what time, and how long each keeps an agent.

use crate::StaffingError;
use crate::bounds::{not_negative, positive};

/// Contacts of one interval with their mean handle time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    contacts: f64,
    interval_s: f64,
    handle_s: f64,
}

impl Demand {
    /// Mean contacts offered in an interval of `interval_s` seconds, each keeping an agent `handle_s` seconds.
    ///
    /// # Errors
    /// When contacts are negative, or one of the times is not greater than zero.
    pub fn new(contacts: f64, interval_s: f64, handle_s: f64) -> Result<Self, StaffingError> {
        Ok(Self {
            contacts: not_negative("calls", contacts)?,
            interval_s: positive("interval_s", interval_s)?,
            handle_s: positive("aht_s", handle_s)?,
        })
    }

    /// Mean contacts offered in the interval.
    pub fn contacts(&self) -> f64 {
        self.contacts
    }

    /// Length of the interval in seconds.
    pub fn interval_s(&self) -> f64 {
        self.interval_s
    }

    /// Mean time a contact keeps an agent, talk and after-work together, in seconds.
    pub fn handle_s(&self) -> f64 {
        self.handle_s
    }

    /// Contacts offered in a second.
    pub fn rate(&self) -> f64 {
        self.contacts / self.interval_s
    }

    /// Offered load in Erlang: the mean number of agents busy if nobody had to wait or gave up.
    pub fn load_erlangs(&self) -> f64 {
        // The product first: round inputs then give a load without a rounding error.
        self.contacts * self.handle_s / self.interval_s
    }

    /// By how much contacts come faster than `agents` finish them, in contacts a second; negative with agents to spare.
    pub(crate) fn excess_rate(&self, agents: f64) -> f64 {
        (self.load_erlangs() - agents) / self.handle_s
    }
}
