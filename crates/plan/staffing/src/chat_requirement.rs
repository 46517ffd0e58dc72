//! How many agents a chat queue needs.

use crate::requirement::Reached;
use crate::search::{Try, smallest};
use crate::{ChatMeasures, ChatTeam, Demand, Patience, StaffingError, Target, Targets};

/// The smallest chat team and its measures.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatRequirement {
    /// Agents at work, whole.
    pub agents: u32,
    /// The targets that one agent fewer would miss.
    pub binding: Vec<Target>,
    /// What these agents reach.
    pub measures: ChatMeasures,
}

impl Targets {
    /// The smallest number of agents, at least one, that meets all targets for chats; `guess` is where the search begins.
    ///
    /// `chats` says how many come; `handle_by_load_s[l]` is the mean length in seconds of a chat whose agent holds `l` others, as
    /// in [`ChatTeam::new`]. The cap on occupancy is one on places: chats being held over the most that could be.
    ///
    /// # Errors
    /// As [`Targets::requirement`] and [`ChatTeam::measures`]; and for targets that are not told of chats: average speed of
    /// answer, and service levels other than [`ServiceLevel::OverOffered`](crate::ServiceLevel::OverOffered).
    pub fn chat_requirement(
        &self,
        chats: Demand,
        handle_by_load_s: &[f64],
        patience: Patience,
        guess: u32,
    ) -> Result<ChatRequirement, StaffingError> {
        self.check_for_a_day(patience.is_endless())?;
        let within_s = self.service_level.map_or(0.0, |target| target.within_s);
        let slope = chats.load_erlangs().max(1.0).sqrt().recip();
        let found = smallest(guess, slope, |agents| {
            let team = ChatTeam::new(agents, handle_by_load_s)?;
            match team.measures(chats.contacts(), chats.interval_s(), patience, within_s) {
                Ok(measures) => Ok(self.tried(&measures.reached(), Some(measures))),
                Err(StaffingError::Overloaded { .. }) => Ok(Try::without_steady_state()),
                Err(error) => Err(error),
            }
        })?;
        let measures = found.found.expect("nothing is missed only where there is a steady state");
        Ok(ChatRequirement { agents: found.agents, binding: found.missed_by_one_fewer.targets(), measures })
    }
}

impl ChatMeasures {
    /// What is held beside the targets; average speed of answer is not told.
    fn reached(&self) -> Reached {
        Reached {
            service_level: self.answered_within,
            asa_s: 0.0,
            abandon_share: self.abandon_share,
            occupancy: self.place_occupancy,
        }
    }
}
