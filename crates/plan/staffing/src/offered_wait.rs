//! The time an endlessly patient contact would wait: the one distribution from which all measures of a queue with impatient contacts follow.
//!
//! Its density is proportional to `exp(phi(x))` with `phi(x) = excess * x - rate * saved(x)`: contacts come faster than the
//! busy agents finish them by `excess` (mostly negative), and `saved` is the waiting that giving up has spared. A contact that
//! finds a free agent does not wait; the weight of that comes from the states with a free agent.
//!
//! # Source
//! F. Baccelli and G. Hebuterne, *On queues with impatient customers* (1981); S. Zeltyn and A. Mandelbaum, *Call centers with
//! impatient customers* (2005).

use crate::integral::Peaked;
use crate::patience::{Patience, Toll};
use crate::scaled::Scaled;
use crate::service_level::Within;

/// A queue before its measures are worked out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OfferedWait {
    /// Contacts offered in a second.
    pub(crate) rate: f64,
    /// By how much contacts come faster than busy agents finish them, in a second.
    pub(crate) excess: f64,
    /// Contacts that busy agents finish in a second.
    pub(crate) drain: f64,
    /// States with a free agent, in units of the one in which a single agent is free.
    pub(crate) idle: Scaled,
    pub(crate) patience: Patience,
}

/// Means over all offered contacts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Waits {
    /// Share that must wait, counting those who leave at once.
    pub(crate) wait_probability: f64,
    /// Share that gives up.
    pub(crate) abandon_share: f64,
    /// Share that is answered.
    pub(crate) answered: f64,
    /// Mean time in queue.
    pub(crate) wait_all_s: f64,
    /// Mean time in queue of those answered.
    pub(crate) asa_s: f64,
    /// Mean time in queue of those who gave up; zero when nobody does.
    pub(crate) wait_abandoned_s: f64,
}

/// Integrals over the density, not yet divided by the total weight.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    all: f64,
    gone: f64,
    stayed: f64,
    wait: f64,
    wait_stayed: f64,
    wait_gone: f64,
}

impl OfferedWait {
    /// The means, and what happens within `within_s` seconds.
    pub(crate) fn measures(&self, within_s: f64) -> (Waits, Within) {
        let scale = f64::max(self.phi(self.peak()), self.idle.ln());
        let (early, late) = self.sums(within_s, scale);
        let idle = self.idle.over_exp(scale);
        let total = idle + self.rate * (early.all + late.all);
        let share = |sum: f64| self.rate * sum / total;
        let (idle_share, gone) = (idle / total, early.gone + late.gone);
        let answered = idle_share + share(early.stayed + late.stayed);
        let waits = Waits {
            wait_probability: share(early.all + late.all),
            abandon_share: share(gone),
            answered,
            wait_all_s: share(early.wait + late.wait),
            asa_s: share(early.wait_stayed + late.wait_stayed) / answered,
            wait_abandoned_s: if gone > 0.0 { (early.wait_gone + late.wait_gone) / gone } else { 0.0 },
        };
        (waits, self.within(within_s, idle_share, share(1.0), early, late))
    }

    fn within(&self, within_s: f64, idle: f64, unit: f64, early: Sums, late: Sums) -> Within {
        let gone_by_then = self.patience.toll(within_s).gone;
        Within {
            answered_within: idle + unit * early.stayed,
            abandoned_within: unit * (early.gone + gone_by_then * late.all),
            answered: idle + unit * (early.stayed + late.stayed),
            not_abandoned_within: idle + unit * (early.stayed + (1.0 - gone_by_then) * late.all),
            virtual_within: idle + unit * early.all,
        }
    }

    /// The integrals up to `within_s` and beyond it.
    fn sums(&self, within_s: f64, scale: f64) -> (Sums, Sums) {
        let kink = self.patience.kink_s().unwrap_or(within_s);
        let (first, second) = (kink.min(within_s), kink.max(within_s));
        let start = self.piece(0.0, first, scale);
        let middle = self.piece(first, second, scale);
        let end = self.piece(second, f64::INFINITY, scale);
        if within_s < kink { (start, middle.plus(end)) } else { (start.plus(middle), end) }
    }

    fn piece(&self, from: f64, to: f64, scale: f64) -> Sums {
        let mut sums = Sums::default();
        let ln = |x: f64| self.phi(x);
        let curve = Peaked { ln, finest: self.patience.finest_s(), first_step: 16.0 / self.drain };
        curve.nodes(from, to, self.peak(), &mut |x, weight| {
            let toll = self.patience.toll(x);
            sums.add(x, toll, weight * (self.phi_at(x, toll) - scale).exp());
        });
        sums
    }

    fn phi(&self, x: f64) -> f64 {
        self.phi_at(x, self.patience.toll(x))
    }

    fn phi_at(&self, x: f64, toll: Toll) -> f64 {
        self.excess * x - self.rate * toll.saved_s
    }

    /// Where so many have given up that the rest comes no faster than it is worked.
    fn peak(&self) -> f64 {
        if self.excess > 0.0 { self.patience.quantile(self.excess / self.rate) } else { 0.0 }
    }
}

impl Sums {
    fn add(&mut self, x: f64, toll: Toll, mass: f64) {
        let stayed = 1.0 - toll.gone;
        self.all += mass;
        self.gone += mass * toll.gone;
        self.stayed += mass * stayed;
        self.wait += mass * (x - toll.saved_s);
        self.wait_stayed += mass * x * stayed;
        self.wait_gone += mass * (x * toll.gone - toll.saved_s);
    }

    fn plus(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            gone: self.gone + other.gone,
            stayed: self.stayed + other.stayed,
            wait: self.wait + other.wait,
            wait_stayed: self.wait_stayed + other.wait_stayed,
            wait_gone: self.wait_gone + other.wait_gone,
        }
    }
}
