//! A day as it unfolds: arrivals and staff change from interval to interval, and a queue built up in one is felt in the next.
//!
//! Interval-by-interval steady states err when the load moves quickly: too pessimistic on the way up, too hopeful on the way
//! down and after a wave. Here the distribution of the number of contacts in the system is followed exactly.

mod distribution;

use distribution::{Distribution, next_event};

use crate::bounds::{at_most_max, not_negative, positive};
use crate::departures::MovingUp;
use crate::requirement::{Missed, Reached};
use crate::search::smallest;
use crate::{StaffingError, Target, Targets};

/// Contacts and agents of one interval; both constant within it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StaffedInterval {
    /// Mean contacts offered.
    pub contacts: f64,
    /// Agents at work. When they become fewer, contacts in service above the new number go back to the head of the queue.
    pub agents: u32,
}

/// What is expected of one interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IntervalCounts {
    /// Contacts offered.
    pub offered: f64,
    /// Contacts that give up.
    pub abandoned: f64,
    /// Contacts whose handling is finished.
    pub completed: f64,
    /// Mean number waiting over the interval.
    pub queue_mean: f64,
    /// Share of agents' time with contacts; `None` without agents.
    pub occupancy: Option<f64>,
    /// Share of contacts answered within the time asked for, if the staff at their arrival stays until then.
    pub answered_within: f64,
    /// Mean number waiting at the end.
    pub queue_end: f64,
    /// Mean number in the system at the end, waiting or served.
    pub in_system_end: f64,
}

/// An interval that has passed with the fewest agents.
#[derive(Debug, Clone)]
pub struct Passed {
    /// The day after it.
    pub day: Day,
    /// Agents at work.
    pub agents: u32,
    /// The targets that one agent fewer would miss.
    pub binding: Vec<Target>,
    /// What is expected of the interval.
    pub counts: IntervalCounts,
}

/// A queue on its way through the day: M(t)/M/n(t)+M.
///
/// Handle time and patience are exponential, the arrivals Poisson with a rate that is constant within each interval.
#[derive(Debug, Clone)]
pub struct Day {
    interval_s: f64,
    service_rate: f64,
    theta: f64,
    within_s: f64,
    now: Distribution,
}

/// Events followed at once; the weights of more would not fit into a number.
const EVENTS_AT_ONCE: f64 = 300.0;

/// More contacts in the system than this are not followed.
const STATES_MAX: u64 = 2_000_000;

impl Day {
    /// A day that begins with `in_system` contacts, waiting or served. `mean_patience_s` is `None` when nobody gives up;
    /// answers count as in time within `within_s`. All times in seconds.
    ///
    /// # Errors
    /// When a time is out of range.
    pub fn new(
        interval_s: f64,
        handle_s: f64,
        mean_patience_s: Option<f64>,
        within_s: f64,
        in_system: u32,
    ) -> Result<Self, StaffingError> {
        let mean = mean_patience_s.map(|mean| positive("mean_patience_s", mean)).transpose()?;
        too_large(f64::from(in_system))?;
        Ok(Self {
            interval_s: positive("interval_s", interval_s)?,
            service_rate: positive("aht_s", handle_s)?.recip(),
            theta: mean.map_or(0.0, f64::recip),
            within_s: not_negative("threshold_s", within_s)?,
            now: Distribution { first: in_system as usize, shares: vec![1.0] },
        })
    }

    /// Lets one interval pass.
    ///
    /// The expected counts have an absolute error below 1e-9 of the contacts in the system. Takes time in proportion to the
    /// events (arrivals and possible endings) times the spread of the number in the system.
    ///
    /// # Errors
    /// When contacts are negative, or more would be in the system than can be followed.
    ///
    /// # Source
    /// A. Jensen (1953), uniformization.
    pub fn pass(&mut self, interval: StaffedInterval) -> Result<IntervalCounts, StaffingError> {
        let contacts = not_negative("contacts", interval.contacts)?;
        let agents = at_most_max("agents", interval.agents)? as usize;
        let rate = contacts / self.interval_s;
        let mut spent = Vec::new();
        let mut left_s = self.interval_s;
        while left_s > 0.0 {
            left_s -= self.step(rate, agents, left_s, &mut spent)?;
        }
        Ok(self.counts(contacts, agents, &spent))
    }

    /// Lets one interval pass with the fewest agents, at least `agents_min`, that meet the targets in it; `guess` is where the
    /// search begins. Without contacts that is `agents_min`.
    ///
    /// Each interval is looked at on its own, the first first: a queue left behind is paid for by the next.
    ///
    /// # Errors
    /// As [`Day::pass`]; when no target is given; and for targets that are not followed here: average speed of answer, and
    /// service levels other than [`ServiceLevel::OverOffered`](crate::ServiceLevel::OverOffered).
    pub fn pass_with_fewest(
        self,
        contacts: f64,
        targets: &Targets,
        guess: u32,
        agents_min: u32,
    ) -> Result<Passed, StaffingError> {
        targets.check_for_a_day(self.theta == 0.0)?;
        if contacts == 0.0 {
            return self.passed(contacts, agents_min, Missed::default());
        }
        let slope = (contacts / (self.interval_s * self.service_rate)).max(1.0).sqrt().recip();
        let found = smallest(guess, slope, |agents| {
            let mut day = self.clone();
            let counts = day.pass(StaffedInterval { contacts, agents })?;
            Ok(targets.tried(&counts.reached(), ()))
        })?;
        if found.agents < agents_min {
            return self.passed(contacts, agents_min, Missed::default());
        }
        self.passed(contacts, found.agents, found.missed_by_one_fewer)
    }

    fn passed(mut self, contacts: f64, agents: u32, missed: Missed) -> Result<Passed, StaffingError> {
        let counts = self.pass(StaffedInterval { contacts, agents })?;
        Ok(Passed { day: self, agents, binding: missed.targets(), counts })
    }

    /// The same day with another mean handle time from now on.
    ///
    /// # Errors
    /// When the time is not greater than zero.
    pub fn with_handle_time(self, handle_s: f64) -> Result<Self, StaffingError> {
        Ok(Self { service_rate: positive("aht_s", handle_s)?.recip(), ..self })
    }

    /// Follows some events of the interval, adds the time spent in each state to `spent`, and says how long that took.
    fn step(
        &mut self,
        rate: f64,
        agents: usize,
        left_s: f64,
        spent: &mut Vec<f64>,
    ) -> Result<f64, StaffingError> {
        let last = self.now.first + self.now.shares.len() - 1;
        let mut events = rate + self.ending_rate(last, agents);
        let mut step_s = f64::min(left_s, EVENTS_AT_ONCE / events.max(f64::MIN_POSITIVE));
        // Arrivals beyond this many have no weight; the endings they make possible shorten the step once more.
        let arrivals = rate * step_s;
        let most =
            last + (arrivals + 12.0 * arrivals.sqrt() + 30.0).ceil() as usize * usize::from(rate > 0.0);
        too_large(most as f64)?;
        events = rate + self.ending_rate(most, agents).max(self.service_rate);
        step_s = f64::min(step_s, EVENTS_AT_ONCE / events);
        if spent.len() <= most {
            spent.resize(most + 1, 0.0);
        }
        self.uniformize(rate, agents, most, events, step_s, spent);
        self.now.drop_ends();
        Ok(if step_s >= left_s * (1.0 - 1e-12) { left_s } else { step_s })
    }

    /// Events come at the constant rate `events`, some of which change nothing; their number in `step_s` is Poisson.
    fn uniformize(
        &mut self,
        rate: f64,
        agents: usize,
        most: usize,
        events: f64,
        step_s: f64,
        spent: &mut [f64],
    ) {
        let mean = events * step_s;
        let first = self.now.first.saturating_sub((mean + 12.0 * mean.sqrt() + 30.0) as usize);
        let mut now = vec![0.0; most - first + 1];
        let offset = self.now.first - first;
        now[offset..offset + self.now.shares.len()].copy_from_slice(&self.now.shares);
        let up = rate / events;
        let down: Vec<f64> = (first..=most).map(|state| self.ending_rate(state, agents) / events).collect();
        let (mut after, mut weight, mut beyond) = (vec![0.0; now.len()], (-mean).exp(), 1.0);
        for event in 1_u32.. {
            beyond -= weight;
            let stay_s = f64::max(0.0, beyond) / events;
            for (state, share) in now.iter().enumerate() {
                after[state] += weight * share;
                spent[first + state] += stay_s * share;
            }
            if weight < 1e-18 && f64::from(event) > mean {
                break;
            }
            next_event(&mut now, up, &down);
            weight *= mean / f64::from(event);
        }
        self.now = Distribution { first, shares: after };
    }

    /// Rate at which one of so many contacts in the system is finished or gives up.
    fn ending_rate(&self, in_system: usize, agents: usize) -> f64 {
        let waiting = in_system.saturating_sub(agents);
        (in_system - waiting) as f64 * self.service_rate + waiting as f64 * self.theta
    }

    fn counts(&self, contacts: f64, agents: usize, spent: &[f64]) -> IntervalCounts {
        let busy_s: f64 = spent.iter().enumerate().map(|(state, time)| time * state.min(agents) as f64).sum();
        let mean_of = |of: &dyn Fn(usize) -> f64| self.now.mean(of);
        let waiting = |state: usize| state.saturating_sub(agents) as f64;
        let queued_s: f64 = spent.iter().enumerate().map(|(state, time)| time * waiting(state)).sum();
        IntervalCounts {
            offered: contacts,
            abandoned: self.theta * queued_s,
            completed: self.service_rate * busy_s,
            queue_mean: queued_s / self.interval_s,
            occupancy: (agents > 0).then(|| busy_s / (agents as f64 * self.interval_s)),
            answered_within: self.answered_within(agents, spent),
            queue_end: mean_of(&waiting),
            in_system_end: mean_of(&|state| state as f64),
        }
    }

    /// Arrivals see the states in proportion to the time spent in them.
    fn answered_within(&self, agents: usize, spent: &[f64]) -> f64 {
        let (free, waiting) = spent.split_at(agents.min(spent.len()));
        if agents == 0 {
            return 0.0;
        }
        let line = MovingUp { drain: agents as f64 * self.service_rate, theta: self.theta };
        let in_time = line.answered_within(self.within_s).zip(waiting).map(|(share, time)| share * time);
        f64::min(1.0, (free.iter().sum::<f64>() + in_time.sum::<f64>()) / self.interval_s)
    }
}

impl IntervalCounts {
    /// What is held beside the targets; average speed of answer is not followed.
    fn reached(&self) -> Reached {
        Reached {
            service_level: self.answered_within,
            asa_s: 0.0,
            abandon_share: self.abandoned / self.offered,
            occupancy: self.occupancy.unwrap_or(f64::INFINITY),
        }
    }
}

fn too_large(states: f64) -> Result<(), StaffingError> {
    if states <= STATES_MAX as f64 {
        return Ok(());
    }
    Err(StaffingError::TooLarge { states: states as u64, states_max: STATES_MAX })
}
