//! The smallest team that meets every target at once, and which of the targets asked for it.

use crate::StaffingError;
use crate::bounds::{AGENTS_MAX, not_negative, positive, share_below_one};
use crate::queue::{Measures, Queue};
use crate::search::{Try, smallest};
use crate::service_level::ServiceLevel;

/// What a queue must reach; at least one of these.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Targets {
    /// "80 % within 20 s".
    pub service_level: Option<ServiceLevelTarget>,
    /// Longest average speed of answer, in seconds.
    pub asa_s_max: Option<f64>,
    /// Largest share that may give up, from 0 to below 1.
    pub abandon_share_max: Option<f64>,
    /// Largest share of their time in which agents may be busy: what keeps them well, and the queue from tipping over.
    pub occupancy_max: Option<f64>,
}

/// A share of contacts within a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServiceLevelTarget {
    /// From 0 to below 1.
    pub share: f64,
    /// In seconds.
    pub within_s: f64,
    /// How those who give up are counted.
    pub counted: ServiceLevel,
}

/// A reason why fewer agents would not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// Fewer agents would have no steady state.
    SteadyState,
    /// The service level.
    ServiceLevel,
    /// The average speed of answer.
    Asa,
    /// The share that gives up.
    Abandonment,
    /// The cap on occupancy.
    Occupancy,
}

/// The smallest team and its measures.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// Agents at work, whole.
    pub agents: u32,
    /// The targets that one agent fewer would miss; empty when one agent is enough for all.
    pub binding: Vec<Target>,
    /// What these agents reach.
    pub measures: Measures,
}

/// Which targets a number of agents misses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Missed {
    steady_state: bool,
    service_level: bool,
    asa: bool,
    abandonment: bool,
    occupancy: bool,
}

impl Targets {
    /// The smallest number of agents, at least one, that meets all targets.
    ///
    /// # Errors
    /// When no target is given, one lies outside its range, asks for abandonment where nobody gives up, or cannot be met by
    /// [`AGENTS_MAX`] agents.
    pub fn requirement(&self, queue: &Queue) -> Result<Requirement, StaffingError> {
        self.requirement_near(queue, self.first_guess(queue))
    }

    /// As [`Targets::requirement`], beginning the search at a guess such as the answer for the interval before.
    ///
    /// # Errors
    /// As [`Targets::requirement`].
    pub fn requirement_near(&self, queue: &Queue, guess: u32) -> Result<Requirement, StaffingError> {
        self.check(queue.patience().is_endless())?;
        let within_s = self.service_level.map_or(0.0, |target| target.within_s);
        let demand = queue.demand();
        let slope = demand.load_erlangs().max(1.0).sqrt().recip() + within_s / demand.handle_s();
        let found = smallest(guess, slope, |agents| match queue.measures(agents, within_s) {
            Ok(measures) => Ok(self.tried(&Reached::of(self, &measures), Some(measures))),
            Err(StaffingError::Overloaded { .. }) => Ok(Try::without_steady_state()),
            Err(error) => Err(error),
        })?;
        let measures = found.found.expect("nothing is missed only where there is a steady state");
        Ok(Requirement { agents: found.agents, binding: found.missed_by_one_fewer.targets(), measures })
    }

    /// Refuses targets that make no sense, or ask for abandonment where nobody gives up.
    fn check(&self, endless: bool) -> Result<(), StaffingError> {
        if let Some(target) = self.service_level {
            share_below_one("target_service_level", target.share)?;
            not_negative("threshold_s", target.within_s)?;
        }
        self.asa_s_max.map(|most| positive("target_asa_s", most)).transpose()?;
        self.abandon_share_max.map(|most| share_below_one("max_abandon", most)).transpose()?;
        self.occupancy_max.map(|most| positive("max_occupancy", most)).transpose()?;
        if self.abandon_share_max.is_some() && endless {
            return Err(StaffingError::NobodyGivesUp { field: "max_abandon" });
        }
        if *self == Self::default() { Err(StaffingError::NoTarget) } else { Ok(()) }
    }

    /// As `check`, and refuses what the way through a day does not tell.
    pub(crate) fn check_for_a_day(&self, endless: bool) -> Result<(), StaffingError> {
        self.check(endless)?;
        if self.asa_s_max.is_some() {
            return Err(StaffingError::NotFollowed { field: "target_asa_s" });
        }
        if self.service_level.is_some_and(|target| target.counted != ServiceLevel::OverOffered) {
            return Err(StaffingError::NotFollowed { field: "service_level_variant" });
        }
        Ok(())
    }

    /// Square-root staffing for a start, and no less than the occupancy cap alone would ask for.
    fn first_guess(&self, queue: &Queue) -> u32 {
        let load = queue.demand().load_erlangs();
        let capped = self.occupancy_max.map_or(0.0, |most| load / most);
        let safety = if queue.patience().is_endless() { 0.9 } else { 0.0 };
        let capped = if queue.patience().is_endless() { capped } else { capped.min(load + load.sqrt()) };
        f64::max(load + safety * load.sqrt(), capped).ceil().clamp(1.0, f64::from(AGENTS_MAX)) as u32
    }

    /// Holds measures beside the targets.
    pub(crate) fn held_beside(&self, measures: &Measures) -> Try<()> {
        self.tried(&Reached::of(self, measures), ())
    }

    /// Holds what is reached beside the targets.
    pub(crate) fn tried<T>(&self, reached: &Reached, found: T) -> Try<T> {
        let over =
            |most: Option<f64>, reached: f64| most.map_or(f64::NEG_INFINITY, |most| excess(reached, most));
        let late = self.service_level.map_or(f64::NEG_INFINITY, |target| {
            // The logarithm guides only; a target just met is met.
            let late = (1.0 - reached.service_level) / (1.0 - target.share);
            if reached.service_level >= target.share {
                late.ln().min(0.0)
            } else {
                late.ln().max(f64::MIN_POSITIVE)
            }
        });
        let asa = over(self.asa_s_max, reached.asa_s);
        let abandonment = over(self.abandon_share_max, reached.abandon_share);
        let occupancy = over(self.occupancy_max, reached.occupancy);
        let missed = Missed {
            steady_state: false,
            service_level: late > 0.0,
            asa: asa > 0.0,
            abandonment: abandonment > 0.0,
            occupancy: occupancy > 0.0,
        };
        Try { missed, excess: late.max(asa).max(abandonment).max(occupancy), found }
    }
}

/// What is held beside the targets.
pub(crate) struct Reached {
    pub(crate) service_level: f64,
    pub(crate) asa_s: f64,
    pub(crate) abandon_share: f64,
    pub(crate) occupancy: f64,
}

impl Reached {
    fn of(targets: &Targets, measures: &Measures) -> Self {
        let counted = targets.service_level.map_or(ServiceLevel::OverOffered, |target| target.counted);
        Self {
            service_level: measures.within.share(counted),
            asa_s: measures.asa_s,
            abandon_share: measures.abandon_share,
            occupancy: measures.occupancy,
        }
    }
}

/// By how much the logarithm of what is reached lies above the most allowed; above zero exactly when it does.
fn excess(reached: f64, most: f64) -> f64 {
    let ln = (reached / most).ln();
    if reached > most { ln.max(f64::MIN_POSITIVE) } else { ln.min(0.0) }
}

impl<T> Try<Option<T>> {
    pub(crate) fn without_steady_state() -> Self {
        let missed = Missed { steady_state: true, ..Missed::default() };
        Self { missed, excess: f64::INFINITY, found: None }
    }
}

impl Missed {
    pub(crate) fn targets(self) -> Vec<Target> {
        let all = [
            (self.steady_state, Target::SteadyState),
            (self.service_level, Target::ServiceLevel),
            (self.asa, Target::Asa),
            (self.abandonment, Target::Abandonment),
            (self.occupancy, Target::Occupancy),
        ];
        all.into_iter().filter_map(|(missed, target)| missed.then_some(target)).collect()
    }
}
