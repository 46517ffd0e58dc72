//! Two kinds of contacts, a team for each, and a third team that can take both (a "W").
//!
//! An arrival takes a free agent of its own team, else a free cross-trained one, else it waits. A freed agent of a team takes
//! the next of its own class; a freed cross-trained agent takes class 1 first. Handle times are the same everywhere.

mod layer;
mod relaxation;

use layer::Layer;

use crate::StaffingError;
use crate::bounds::{at_most_max, not_negative, positive};

/// One class of contacts with its own team.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkillClass {
    /// Mean contacts offered in the interval.
    pub contacts: f64,
    /// Mean patience in seconds.
    pub mean_patience_s: f64,
    /// Agents who take only this class.
    pub agents: u32,
}

/// What one class experiences. Shares are of its offered contacts, times in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkillMeasures {
    /// Share that finds neither an own nor a cross-trained agent free.
    pub wait_probability: f64,
    /// Share that gives up.
    pub abandon_share: f64,
    /// Mean time in queue of all.
    pub wait_all_s: f64,
    /// Mean number waiting.
    pub queue_mean: f64,
    /// Busy share of the class's own team; `None` without one.
    pub occupancy: Option<f64>,
}

/// Both classes and the team they share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoSkills {
    /// Class 1, which cross-trained agents prefer, and class 2.
    pub classes: [SkillMeasures; 2],
    /// Busy share of the cross-trained team; `None` without one.
    pub occupancy_both: Option<f64>,
}

/// More states than this are not worked out.
const STATES_MAX: u64 = 1_500_000;

/// The exact steady state of two classes with their own teams and `agents_both` cross-trained agents.
///
/// Relative error about 1e-10. Takes some milliseconds for teams of ten, seconds for teams of a hundred.
///
/// # Errors
/// When a number is out of range, nobody works, or there would be too many states.
///
/// # Source
/// The "W" of O. Garnett and A. Mandelbaum, *An introduction to skills-based routing* (2000); solved as a Markov chain by
/// line relaxation with aggregation.
pub fn two_skills(
    classes: [SkillClass; 2],
    agents_both: u32,
    interval_s: f64,
    handle_s: f64,
) -> Result<TwoSkills, StaffingError> {
    let system = System::new(classes, agents_both, interval_s, handle_s)?;
    let layers = if system.rate == [0.0; 2] { system.start() } else { system.solve() };
    Ok(system.measures(&layers))
}

struct System {
    /// Arrivals in a second by class.
    rate: [f64; 2],
    theta: [f64; 2],
    /// Contacts that one agent finishes in a second.
    service_rate: f64,
    own: [usize; 2],
    both: usize,
    /// Most contacts of each class in own service and waiting that have any weight.
    most: [usize; 2],
}

impl System {
    fn new(
        classes: [SkillClass; 2],
        agents_both: u32,
        interval_s: f64,
        handle_s: f64,
    ) -> Result<Self, StaffingError> {
        let (interval_s, handle_s) = (positive("interval_s", interval_s)?, positive("aht_s", handle_s)?);
        let [one, two] = classes;
        let mut system = Self {
            rate: [
                not_negative("calls_1", one.contacts)? / interval_s,
                not_negative("calls_2", two.contacts)? / interval_s,
            ],
            theta: [
                positive("mean_patience_1_s", one.mean_patience_s)?.recip(),
                positive("mean_patience_2_s", two.mean_patience_s)?.recip(),
            ],
            service_rate: handle_s.recip(),
            own: [
                at_most_max("agents_only_1", one.agents)? as usize,
                at_most_max("agents_only_2", two.agents)? as usize,
            ],
            both: at_most_max("agents_both", agents_both)? as usize,
            most: [0; 2],
        };
        positive("agents", (system.own[0] + system.own[1] + system.both) as f64)?;
        system.most = [system.most_of(0)?, system.most_of(1)?];
        system.check_size()?;
        Ok(system)
    }

    /// Contacts of a class beyond which the weight is below 1e-18 even if its own team were alone.
    fn most_of(&self, class: usize) -> Result<usize, StaffingError> {
        let drain = self.own[class] as f64 * self.service_rate;
        let (mut ln, mut top, mut waiting) = (0.0, 0.0, 0_usize);
        while ln > top - 42.0 && self.rate[class] > 0.0 {
            waiting += 1;
            ln += (self.rate[class] / (drain + waiting as f64 * self.theta[class])).ln();
            top = f64::max(top, ln);
            if waiting as u64 > STATES_MAX {
                return Err(StaffingError::TooLarge { states: waiting as u64, states_max: STATES_MAX });
            }
        }
        Ok(self.own[class] + waiting)
    }

    fn check_size(&self) -> Result<(), StaffingError> {
        let product = |a: usize, b: usize| (a as u64 + 1).saturating_mul(b as u64 + 1);
        let states = product(self.own[0], self.own[1])
            .saturating_mul(self.both as u64)
            .saturating_add(product(self.most[0], self.most[1]));
        if states > STATES_MAX {
            return Err(StaffingError::TooLarge { states, states_max: STATES_MAX });
        }
        Ok(())
    }

    /// Everybody idle.
    fn start(&self) -> Vec<Layer> {
        let mut layers: Vec<Layer> = (0..=self.both).map(|busy| self.empty_layer(busy)).collect();
        layers[0].shares[0] = 1.0;
        layers
    }

    fn empty_layer(&self, busy_both: usize) -> Layer {
        let most = if busy_both == self.both { self.most } else { self.own };
        let (rows, columns) = (most[0] + 1, most[1] + 1);
        Layer { rows, columns, shares: vec![0.0; rows * columns] }
    }

    /// Rate at which contacts of a class leave their own team or the queue by themselves or to a cross-trained agent.
    fn down(&self, class: usize, state: [usize; 2], busy_both: usize) -> f64 {
        let served = state[class].min(self.own[class]);
        let waiting = state[class] - served;
        let first_waits = class == 1 && state[0] > self.own[0];
        let taken = if waiting > 0 && !first_waits { busy_both as f64 * self.service_rate } else { 0.0 };
        served as f64 * self.service_rate + waiting as f64 * self.theta[class] + taken
    }

    /// Rate at which a cross-trained agent becomes free.
    fn freed(&self, state: [usize; 2], busy_both: usize) -> f64 {
        let waiting = state[0] > self.own[0] || state[1] > self.own[1];
        if waiting { 0.0 } else { busy_both as f64 * self.service_rate }
    }

    /// Rate at which a class takes another place of its own team or queue.
    fn up(&self, class: usize, state: [usize; 2], busy_both: usize) -> f64 {
        let to_both = busy_both < self.both && state[class] == self.own[class];
        if to_both || (busy_both == self.both && state[class] == self.most[class]) {
            0.0
        } else {
            self.rate[class]
        }
    }

    /// Rate at which a cross-trained agent takes an arrival.
    fn taken(&self, state: [usize; 2], busy_both: usize) -> f64 {
        let full = |class: usize| state[class] == self.own[class];
        let rate = |class: usize| if full(class) { self.rate[class] } else { 0.0 };
        if busy_both < self.both { rate(0) + rate(1) } else { 0.0 }
    }

    fn measures(&self, layers: &[Layer]) -> TwoSkills {
        let mut waits = [0.0; 2];
        let (mut queue, mut busy_own, mut busy_both) = ([0.0; 2], [0.0; 2], 0.0);
        for (busy, layer) in layers.iter().enumerate() {
            for (state, share) in layer.states() {
                busy_both += busy as f64 * share;
                for class in 0..2 {
                    let served = state[class].min(self.own[class]);
                    let all_taken = busy == self.both && state[class] >= self.own[class];
                    waits[class] += if all_taken { share } else { 0.0 };
                    queue[class] += (state[class] - served) as f64 * share;
                    busy_own[class] += served as f64 * share;
                }
            }
        }
        let of = |busy: f64, agents: usize| (agents > 0).then(|| busy / agents as f64);
        let classes = [0, 1].map(|class| {
            let wait_all_s = if self.rate[class] > 0.0 { queue[class] / self.rate[class] } else { 0.0 };
            SkillMeasures {
                wait_probability: waits[class],
                abandon_share: self.theta[class] * wait_all_s,
                wait_all_s,
                queue_mean: queue[class],
                occupancy: of(busy_own[class], self.own[class]),
            }
        });
        TwoSkills { classes, occupancy_both: of(busy_both, self.both) }
    }
}
