//! The smallest team that meets every target at once, and which of the targets asked for it.

use crate::bounds::{AGENTS_MAX, not_negative, positive, share_below_one};
use crate::queue::{Measures, Queue};
use crate::service_level::ServiceLevel;
use crate::{IntervalCounts, StaffingError};

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
        let probe = |agents: u32| match queue.measures(agents, within_s) {
            Ok(measures) => Ok((self.missed(&measures), Some(measures))),
            Err(StaffingError::Overloaded { .. }) => Ok((Missed::steady_state(), None)),
            Err(error) => Err(error),
        };
        let (agents, measures, binding) = smallest(guess, probe)?;
        Ok(Requirement { agents, binding: binding.targets(), measures })
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

    /// As [`Targets::check`], and refuses what the way through a day does not tell.
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

    /// Which targets an interval of a day misses.
    pub(crate) fn missed_in(&self, counts: &IntervalCounts) -> Missed {
        let over = |most: Option<f64>, found: f64| most.is_some_and(|most| found > most);
        Missed {
            service_level: self.service_level.is_some_and(|target| counts.answered_within < target.share),
            abandonment: over(self.abandon_share_max, counts.abandoned / counts.offered),
            occupancy: over(self.occupancy_max, counts.occupancy.unwrap_or(f64::INFINITY)),
            ..Missed::default()
        }
    }

    /// Square-root staffing for a start, and no less than the occupancy cap alone would ask for.
    fn first_guess(&self, queue: &Queue) -> u32 {
        let load = queue.demand().load_erlangs();
        let capped = self.occupancy_max.map_or(0.0, |most| load / most);
        let safety = if queue.patience().is_endless() { 0.9 } else { 0.0 };
        let capped = if queue.patience().is_endless() { capped } else { capped.min(load + load.sqrt()) };
        f64::max(load + safety * load.sqrt(), capped).ceil().clamp(1.0, f64::from(AGENTS_MAX)) as u32
    }

    /// Which targets these measures miss.
    pub(crate) fn missed(&self, measures: &Measures) -> Missed {
        let over = |most: Option<f64>, found: f64| most.is_some_and(|most| found > most);
        Missed {
            steady_state: false,
            service_level: self
                .service_level
                .is_some_and(|target| measures.within.share(target.counted) < target.share),
            asa: over(self.asa_s_max, measures.asa_s),
            abandonment: over(self.abandon_share_max, measures.abandon_share),
            occupancy: over(self.occupancy_max, measures.occupancy),
        }
    }
}

impl Missed {
    pub(crate) fn steady_state() -> Self {
        Self { steady_state: true, ..Self::default() }
    }

    fn is_none(self) -> bool {
        self == Self::default()
    }

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

/// The smallest number that misses nothing, what `probe` found for it, and what one fewer misses.
///
/// Steps away from `guess` grow until the answer is enclosed, then halve. More agents never miss more.
pub(crate) fn smallest<T>(
    guess: u32,
    mut probe: impl FnMut(u32) -> Result<(Missed, Option<T>), StaffingError>,
) -> Result<(u32, T, Missed), StaffingError> {
    // Nobody at work misses everything there is; what exactly is asked for only if the answer is one.
    let (mut below, mut why) = (0, Missed::default());
    let mut above: Option<(u32, T)> = None;
    let (mut next, mut step) = (guess.clamp(1, AGENTS_MAX), 1);
    loop {
        match probe(next)? {
            (missed, Some(found)) if missed.is_none() => above = Some((next, found)),
            (missed, _) => (below, why) = (next, missed),
        }
        next = match above.take() {
            Some((most, found)) if most - below == 1 => return Ok((most, found, why)),
            Some((most, found)) => {
                above = Some((most, found));
                if below == 0 { most.saturating_sub(step).max(1) } else { below + (most - below) / 2 }
            }
            None if below == AGENTS_MAX => return Err(StaffingError::OutOfReach { agents_max: AGENTS_MAX }),
            None => below.saturating_add(step).min(AGENTS_MAX),
        };
        step = step.saturating_mul(2);
    }
}
