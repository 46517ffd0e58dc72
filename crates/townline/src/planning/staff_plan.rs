//! From expected contacts to agents, interval by interval.

use staffing::{
    ChatMeasures, ChatTeam, Day, Demand, Patience, Queue, ServiceLevel, Shrinkage, StaffingError, Target,
    Targets,
};

use super::forecast_in::{ExpectedInterval, Forecast};

/// What holds for all intervals.
#[derive(Debug, Clone)]
pub struct StaffRules {
    /// Mean handle time in seconds where the forecast has none.
    pub handle_s: Option<f64>,
    pub patience: Patience,
    pub targets: Targets,
    pub model: Model,
    pub shrinkage: Shrinkage,
    /// Fewest agents in an interval, also where nobody is expected.
    pub agents_min: u32,
    pub cost_per_hour: f64,
    /// Whether the need is also told with parts of an agent.
    pub fractions: bool,
}

/// How a queue is followed.
#[derive(Debug, Clone, PartialEq)]
pub enum Model {
    /// Each interval as if it lasted for ever.
    SteadyState,
    /// The exact way through the day, each interval beginning with what the one before left.
    Transient,
    /// Chats, of which an agent holds several; mean seconds of a chat alone, beside one, beside two…
    Chat {
        /// Its length is the most an agent holds.
        handle_by_load_s: Vec<f64>,
    },
}

/// One interval of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedInterval {
    pub time: String,
    /// Seconds on the time line.
    pub at_s: i64,
    pub contacts: f64,
    pub load_erlangs: f64,
    /// The load at the 10 % and 90 % quantiles of contacts, where the forecast has them.
    pub load_range: Option<(f64, f64)>,
    /// Agents at work.
    pub agents: u32,
    /// The need as the fraction it is, where it is told: for queues that share their agents.
    pub agents_fraction: Option<f64>,
    /// People to schedule, shrinkage included.
    pub scheduled: u32,
    /// The targets that one agent fewer would miss.
    pub binding: Vec<Target>,
    /// What is reached; `None` where nobody is expected.
    pub reached: Option<Reached>,
    pub cost: f64,
}

/// What the agents of an interval reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reached {
    pub service_level: f64,
    /// The transient model and chats have none.
    pub asa_s: Option<f64>,
    pub abandon_share: f64,
    pub occupancy: f64,
}

/// Why an interval has no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    #[error("line {line}: {error}")]
    Interval { line: u64, error: StaffingError },
    #[error("line {line}: no handle time; give --aht or a column aht")]
    NoHandleTime { line: u64 },
    #[error("{0}")]
    Times(String),
}

impl StaffRules {
    /// Seconds a contact of the interval takes; a chat is told by how many are held.
    fn handle_s(&self, interval: &ExpectedInterval) -> Option<f64> {
        match &self.model {
            Model::Chat { handle_by_load_s } => handle_by_load_s.first().copied(),
            Model::SteadyState | Model::Transient => interval.handle_s.or(self.handle_s),
        }
    }
}

/// The smallest team for each interval.
pub fn plan(forecast: &Forecast, rules: &StaffRules) -> Result<Vec<PlannedInterval>, PlanError> {
    let mut planner = Planner { rules, interval_s: forecast.interval_s, guess: None, day: None };
    let intervals = forecast.intervals.iter().map(|interval| {
        let line = interval.line;
        let handle_s = rules.handle_s(interval).ok_or(PlanError::NoHandleTime { line })?;
        if interval.after_gap {
            // Nothing is left over from before the center closed.
            planner.day = None;
        }
        let planned = planner.interval(interval, handle_s);
        planned.map_err(|error| PlanError::Interval { line, error })
    });
    intervals.collect()
}

struct Planner<'r> {
    rules: &'r StaffRules,
    interval_s: f64,
    /// Load and agents of the interval before, to begin the next search with.
    guess: Option<(f64, u32)>,
    day: Option<Day>,
}

/// Agents with the targets that asked for them and what they reach.
type Found = (u32, Vec<Target>, Option<Reached>);

impl Planner<'_> {
    fn interval(
        &mut self,
        expected: &ExpectedInterval,
        handle_s: f64,
    ) -> Result<PlannedInterval, StaffingError> {
        let demand = Demand::new(expected.contacts, self.interval_s, handle_s)?;
        let (agents, binding, reached) = match &self.rules.model {
            Model::SteadyState => self.steady(demand)?,
            Model::Transient => self.transient(demand)?,
            Model::Chat { handle_by_load_s } => self.chat(demand, handle_by_load_s)?,
        };
        let scheduled = self.rules.shrinkage.scheduled(agents)?;
        self.guess =
            (agents > 0 && expected.contacts > 0.0).then(|| (demand.load_erlangs(), agents)).or(self.guess);
        let load_of = |contacts: f64| contacts * handle_s / self.interval_s;
        Ok(PlannedInterval {
            time: expected.time.clone(),
            at_s: expected.at_s,
            contacts: expected.contacts,
            load_erlangs: demand.load_erlangs(),
            load_range: expected.range.map(|(low, high)| (load_of(low), load_of(high))),
            agents,
            agents_fraction: self.fraction(demand)?,
            scheduled,
            binding,
            reached,
            cost: f64::from(scheduled) * self.interval_s / 3600.0 * self.rules.cost_per_hour,
        })
    }

    fn steady(&self, demand: Demand) -> Result<Found, StaffingError> {
        let least = self.rules.agents_min;
        if demand.contacts() == 0.0 {
            return Ok((least, Vec::new(), None));
        }
        let queue = Queue::new(demand, self.rules.patience);
        let needed = match self.guess {
            None => self.rules.targets.requirement(&queue)?,
            Some(before) => {
                self.rules.targets.requirement_near(&queue, scaled(before, demand.load_erlangs()))?
            }
        };
        if needed.agents >= least {
            return Ok((needed.agents, needed.binding, Some(self.reached(&needed.measures))));
        }
        let within_s = self.rules.targets.service_level.map_or(0.0, |target| target.within_s);
        Ok((least, Vec::new(), Some(self.reached(&queue.measures(least, within_s)?))))
    }

    /// The need with parts of an agent, where it is asked for.
    fn fraction(&self, demand: Demand) -> Result<Option<f64>, StaffingError> {
        if !self.rules.fractions || demand.contacts() == 0.0 {
            return Ok(None);
        }
        let queue = Queue::new(demand, self.rules.patience);
        self.rules.targets.fractional_requirement(&queue).map(Some)
    }

    fn chat(&self, demand: Demand, handle_by_load_s: &[f64]) -> Result<Found, StaffingError> {
        let (least, targets) = (self.rules.agents_min, &self.rules.targets);
        if demand.contacts() == 0.0 {
            return Ok((least, Vec::new(), None));
        }
        let guess = self.guess.map_or(1, |before| scaled(before, demand.load_erlangs()));
        let needed = targets.chat_requirement(demand, handle_by_load_s, self.rules.patience, guess)?;
        let reached = |measures: &ChatMeasures| Reached {
            service_level: measures.answered_within,
            asa_s: None,
            abandon_share: measures.abandon_share,
            occupancy: measures.place_occupancy,
        };
        if needed.agents >= least {
            return Ok((needed.agents, needed.binding, Some(reached(&needed.measures))));
        }
        let within_s = targets.service_level.map_or(0.0, |target| target.within_s);
        let team = ChatTeam::new(least, handle_by_load_s)?;
        let measures = team.measures(demand.contacts(), self.interval_s, self.rules.patience, within_s)?;
        Ok((least, Vec::new(), Some(reached(&measures))))
    }

    fn reached(&self, measures: &staffing::Measures) -> Reached {
        let counted =
            self.rules.targets.service_level.map_or(ServiceLevel::OverOffered, |target| target.counted);
        Reached {
            service_level: measures.within.share(counted),
            asa_s: Some(measures.asa_s),
            abandon_share: measures.abandon_share,
            occupancy: measures.occupancy,
        }
    }

    fn transient(&mut self, demand: Demand) -> Result<Found, StaffingError> {
        let within_s = self.rules.targets.service_level.map_or(0.0, |target| target.within_s);
        let mean = self.rules.patience.mean_s();
        let patience = mean.is_finite().then_some(mean);
        let day = match self.day.take() {
            // Handle time may change from interval to interval; contacts in the system are carried over.
            Some(day) => day.with_handle_time(demand.handle_s())?,
            None => Day::new(self.interval_s, demand.handle_s(), patience, within_s, 0)?,
        };
        let guess =
            self.guess.map_or(demand.load_erlangs() as u32, |before| scaled(before, demand.load_erlangs()));
        let passed =
            day.pass_with_fewest(demand.contacts(), &self.rules.targets, guess, self.rules.agents_min)?;
        self.day = Some(passed.day);
        let counts = passed.counts;
        let reached = (counts.offered > 0.0).then(|| Reached {
            service_level: counts.answered_within,
            asa_s: None,
            abandon_share: counts.abandoned / counts.offered,
            occupancy: counts.occupancy.unwrap_or(0.0),
        });
        Ok((passed.agents, passed.binding, reached))
    }
}

/// The agents of the interval before, moved to another load with the same safety by the square-root rule.
fn scaled((load_before, agents_before): (f64, u32), load: f64) -> u32 {
    let safety = (f64::from(agents_before) - load_before) / load_before.sqrt();
    (load + safety * load.sqrt()).round().max(1.0) as u32
}
