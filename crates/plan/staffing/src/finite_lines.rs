//! A queue with a limited number of lines: who finds all of them taken hears the busy tone.

use crate::bounds::{at_least_one, not_negative, positive};
use crate::departures::MovingUp;
use crate::erlang_b::inverse_blocking;
use crate::{Demand, StaffingError};

/// `agents` behind `lines`, of which the rest can hold waiting contacts.
///
/// As Erlang A (or Erlang C where nobody gives up), but a contact that comes when all lines are taken is turned away and does
/// not come back. With as many lines as agents this is Erlang B. There is always a steady state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FiniteLines {
    demand: Demand,
    theta: f64,
    agents: u32,
    lines: u32,
}

/// What a queue with limited lines is like. Shares are of all offered contacts unless said otherwise, times in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinesMeasures {
    /// Share turned away.
    pub blocked_share: f64,
    /// Share that gives up.
    pub abandon_share: f64,
    /// Share that is answered.
    pub answered_share: f64,
    /// Share that enters the waiting line.
    pub wait_probability: f64,
    /// Mean number waiting.
    pub queue_mean: f64,
    /// Share of their time in which agents are busy with contacts.
    pub occupancy: f64,
    /// Mean time in queue of accepted contacts.
    pub wait_accepted_s: f64,
    /// Answered in time, over all offered.
    pub answered_within: f64,
    /// Answered in time, over those accepted.
    pub answered_within_of_accepted: f64,
}

/// More waiting places than this are not worked out.
const PLACES_MAX: u32 = 10_000_000;

/// Weights of the states, all in one unit.
struct States {
    /// A free agent.
    idle: f64,
    /// Mean number of busy agents over their number, before division by the total.
    busy: f64,
    /// All agents busy and 0, 1, 2… waiting.
    waiting: Vec<f64>,
}

impl FiniteLines {
    /// Mean patience is in seconds; `None` when nobody gives up. `lines` counts contacts in service and waiting.
    ///
    /// # Errors
    /// Without agents, with fewer lines than agents, more than ten million waiting places, or patience not above zero.
    pub fn new(
        demand: Demand,
        mean_patience_s: Option<f64>,
        agents: u32,
        lines: u32,
    ) -> Result<Self, StaffingError> {
        at_least_one("agents", agents)?;
        if !(agents..=agents.saturating_add(PLACES_MAX)).contains(&lines) {
            let must_be = "at least the agents, and no more than ten million above";
            return Err(StaffingError::OutOfRange { field: "lines", value: f64::from(lines), must_be });
        }
        let mean = mean_patience_s.map(|mean| positive("mean_patience_s", mean)).transpose()?;
        Ok(Self { demand, theta: mean.map_or(0.0, f64::recip), agents, lines })
    }

    /// All measures, with what is answered within `within_s` seconds.
    ///
    /// # Errors
    /// When the limit is negative.
    pub fn measures(&self, within_s: f64) -> Result<LinesMeasures, StaffingError> {
        let within_s = not_negative("threshold_s", within_s)?;
        if self.demand.rate() == 0.0 {
            return Ok(LinesMeasures::of_silence());
        }
        let states = self.states();
        let total = states.idle + states.waiting.iter().sum::<f64>();
        let places = (self.lines - self.agents) as usize;
        let entering = &states.waiting[..places.min(states.waiting.len())];
        let blocked = states.waiting.get(places).copied().unwrap_or(0.0);
        let accepted = (states.idle + entering.iter().sum::<f64>()) / total;
        let in_time =
            self.moving_up().answered_within(within_s).zip(entering).map(|(share, weight)| share * weight);
        let answered_within = (states.idle + in_time.sum::<f64>()) / total;
        let queue_mean =
            states.waiting.iter().zip(0_u32..).map(|(weight, n)| weight * f64::from(n)).sum::<f64>() / total;
        let occupancy = states.busy / total;
        Ok(LinesMeasures {
            blocked_share: blocked / total,
            abandon_share: self.theta * queue_mean / self.demand.rate(),
            answered_share: occupancy * f64::from(self.agents) / self.demand.load_erlangs(),
            wait_probability: entering.iter().sum::<f64>() / total,
            queue_mean,
            occupancy,
            wait_accepted_s: queue_mean / (self.demand.rate() * accepted),
            answered_within,
            answered_within_of_accepted: f64::min(1.0, answered_within / accepted),
        })
    }

    fn moving_up(&self) -> MovingUp {
        MovingUp { drain: f64::from(self.agents) / self.demand.handle_s(), theta: self.theta }
    }

    fn states(&self) -> States {
        let (n, load) = (f64::from(self.agents), self.demand.load_erlangs());
        // Free agents, in units of the state in which all are busy and nobody waits.
        let one_fewer = inverse_blocking(self.agents - 1, load);
        let ln_waiting = self.ln_waiting();
        let top = ln_waiting.iter().copied().fold(one_fewer.ln() + (n / load).ln(), f64::max);
        let waiting: Vec<f64> = ln_waiting.iter().map(|ln| (ln - top).exp()).collect();
        let below = one_fewer.over_exp(top);
        States { idle: n / load * below, busy: below + waiting[1..].iter().sum::<f64>(), waiting }
    }

    /// Logarithms of the weights with 0, 1, 2… waiting, as far as they matter.
    fn ln_waiting(&self) -> Vec<f64> {
        // exp(-800) is zero beside 1.
        const VANISHED: f64 = -800.0;
        let MovingUp { drain, theta } = self.moving_up();
        let (mut ln, mut top) = (0.0, 0.0);
        let mut all = vec![ln];
        for waiting in 1..=self.lines - self.agents {
            ln += (self.demand.rate() / (drain + f64::from(waiting) * theta)).ln();
            top = f64::max(top, ln);
            if ln < top + VANISHED {
                break;
            }
            all.push(ln);
        }
        all
    }
}

impl LinesMeasures {
    /// Of a contact that would come although none do.
    fn of_silence() -> Self {
        Self {
            blocked_share: 0.0,
            abandon_share: 0.0,
            answered_share: 1.0,
            wait_probability: 0.0,
            queue_mean: 0.0,
            occupancy: 0.0,
            wait_accepted_s: 0.0,
            answered_within: 1.0,
            answered_within_of_accepted: 1.0,
        }
    }
}
