//! Chats: an agent holds several at once, each slower for it.

use crate::bounds::{at_least_one, not_negative, positive};
use crate::offered_wait::OfferedWait;
use crate::scaled::Scaled;
use crate::{Patience, StaffingError};

/// Agents who hold up to as many chats as there are handle times.
///
/// Chats are always spread evenly: a new one goes to an agent with the fewest, and chats move over when somebody falls behind.
/// Real routing cannot move a chat, so real agents are a little less even and finish a little less. With one chat at a time this
/// is Erlang A.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatTeam {
    agents: u32,
    handle_by_load_s: Vec<f64>,
}

/// What a chat queue is like. Shares are of all offered chats, times in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChatMeasures {
    /// Share that finds every place taken.
    pub wait_probability: f64,
    /// Share that gives up.
    pub abandon_share: f64,
    /// Mean number waiting.
    pub queue_mean: f64,
    /// Mean number of chats being held.
    pub chats_mean: f64,
    /// Chats being held over all places.
    pub place_occupancy: f64,
    /// Share of agents with at least one chat.
    pub agent_busy_share: f64,
    /// Answered in time, over all offered.
    pub answered_within: f64,
    /// Mean length of an answered chat.
    pub chat_mean_s: f64,
}

/// More places than this are not worked out.
const PLACES_MAX: u64 = 10_000_000;

/// Means over the states with a free place.
struct FreePlaces {
    /// Weight of all, in units of the state with one free place.
    weight: Scaled,
    chats_mean: f64,
    busy_agents_mean: f64,
}

impl ChatTeam {
    /// `handle_by_load_s[l]` is the mean length in seconds of a chat whose agent holds `l` others; its length is the most an
    /// agent holds.
    ///
    /// # Errors
    /// Without agents or handle times, when one is not greater than zero, or with more than ten million places.
    pub fn new(agents: u32, handle_by_load_s: &[f64]) -> Result<Self, StaffingError> {
        at_least_one("agents", agents)?;
        if handle_by_load_s.is_empty() {
            return Err(StaffingError::UnequalLengths { field: "aht_by_load_s", found: 0, expected: 1 });
        }
        for one in handle_by_load_s {
            positive("aht_by_load_s", *one)?;
        }
        let states = u64::from(agents) * handle_by_load_s.len() as u64;
        if states > PLACES_MAX {
            return Err(StaffingError::TooLarge { states, states_max: PLACES_MAX });
        }
        Ok(Self { agents, handle_by_load_s: handle_by_load_s.to_vec() })
    }

    /// All measures of `contacts` chats offered in `interval_s` seconds, with what is answered within `within_s` seconds.
    ///
    /// # Errors
    /// When a number is out of range, or nobody gives up and the load cannot be worked.
    pub fn measures(
        &self,
        contacts: f64,
        interval_s: f64,
        patience: Patience,
        within_s: f64,
    ) -> Result<ChatMeasures, StaffingError> {
        let rate = not_negative("calls", contacts)? / positive("interval_s", interval_s)?;
        let within_s = not_negative("threshold_s", within_s)?;
        let (places, drain) = (self.places(), self.rate_with(self.places()));
        if patience.is_endless() && rate >= drain {
            let (load_erlangs, agents) = (rate / drain * f64::from(self.agents), f64::from(self.agents));
            return Err(StaffingError::Overloaded { load_erlangs, agents });
        }
        let free = self.free_places(rate);
        let wait = OfferedWait { rate, excess: rate - drain, drain, idle: free.weight, patience };
        let (waits, within) = wait.measures(within_s);
        let mean = |while_free: f64, while_full: f64| {
            (1.0 - waits.wait_probability) * while_free + waits.wait_probability * while_full
        };
        let chats_mean = mean(free.chats_mean, places as f64);
        Ok(ChatMeasures {
            wait_probability: waits.wait_probability,
            abandon_share: waits.abandon_share,
            queue_mean: rate * waits.wait_all_s,
            chats_mean,
            place_occupancy: chats_mean / places as f64,
            agent_busy_share: mean(free.busy_agents_mean, f64::from(self.agents)) / f64::from(self.agents),
            answered_within: within.answered_within,
            // Little's law over answered chats.
            chat_mean_s: if rate > 0.0 {
                chats_mean / (rate * waits.answered)
            } else {
                self.handle_by_load_s[0]
            },
        })
    }

    fn places(&self) -> u64 {
        u64::from(self.agents) * self.handle_by_load_s.len() as u64
    }

    /// Chats finished in a second while `chats` are spread evenly.
    fn rate_with(&self, chats: u64) -> f64 {
        let each = (chats / u64::from(self.agents)) as usize;
        let with_one_more = (chats % u64::from(self.agents)) as f64;
        let others = f64::from(self.agents) - with_one_more;
        let finished =
            |held: usize| if held == 0 { 0.0 } else { held as f64 / self.handle_by_load_s[held - 1] };
        let more = if with_one_more > 0.0 { with_one_more * finished(each + 1) } else { 0.0 };
        more + others * finished(each)
    }

    /// The states with a free place, walked down from the one with a single free place.
    fn free_places(&self, rate: f64) -> FreePlaces {
        if rate == 0.0 {
            return FreePlaces { weight: Scaled::ONE, chats_mean: 0.0, busy_agents_mean: 0.0 };
        }
        let most = self.places() - 1;
        let mut ln_weights = vec![0.0];
        for chats in (1..=most).rev() {
            ln_weights.push(ln_weights[ln_weights.len() - 1] + (self.rate_with(chats) / rate).ln());
        }
        let top = ln_weights.iter().copied().fold(0.0, f64::max);
        let (mut all, mut chats_sum, mut agents_sum) = (0.0, 0.0, 0.0);
        for (ln, chats) in ln_weights.iter().zip((0..=most).rev()) {
            let weight = (ln - top).exp();
            all += weight;
            chats_sum += weight * chats as f64;
            agents_sum += weight * chats.min(u64::from(self.agents)) as f64;
        }
        let weight = Scaled::with_ln(all, top);
        FreePlaces { weight, chats_mean: chats_sum / all, busy_agents_mean: agents_sum / all }
    }
}
