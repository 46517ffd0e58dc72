//! A team: people alike in skills and pace, and when each of them works.

/// An agent has no more chats at once than this.
pub(crate) const CHATS_MAX: usize = 16;

/// People alike in skills and pace.
#[derive(Debug, Clone)]
pub(crate) struct Team {
    pub(crate) name: String,
    pub(crate) agents: u32,
    /// The number of its first agent; the others follow.
    pub(crate) first_agent: u32,
    /// Handle times are this many times as long as the queue's.
    pub(crate) pace: f64,
    /// Probability that an agent does not come to a shift.
    pub(crate) absent: f64,
    pub(crate) chats: Option<Chats>,
    pub(crate) fatigue: Option<Fatigue>,
    /// Whether its agents are always at work, without a roster.
    pub(crate) always: bool,
    /// Queues it may take from, in order of preference.
    pub(crate) links: Vec<Link>,
    /// Hours of its agents on duty over the whole time, breaks and absence taken off.
    pub(crate) staffed_hours: f64,
}

impl Team {
    /// Contacts at once with one agent.
    pub(crate) fn parallel(&self) -> usize {
        self.chats.as_ref().map_or(1, |chats| chats.pace.len())
    }
}

/// Chats in parallel.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chats {
    /// How many times as long a chat takes alone, beside one other, …: as many numbers as chats at once.
    pub(crate) pace: Vec<f64>,
}

/// Longer handle times for those who have hardly had a pause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fatigue {
    /// Occupancy up to which nothing happens.
    pub(crate) above: f64,
    /// By how much handle times are longer at full occupancy; in between, in proportion.
    pub(crate) slower: f64,
    /// The occupancy is that of about this long.
    pub(crate) over_s: f64,
}

/// A queue that a team takes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Link {
    pub(crate) queue: u16,
    /// Of the same class the one that has waited longest is taken; a lower class goes first.
    pub(crate) class: u16,
    pub(crate) after_s: f64,
    pub(crate) is_chat: bool,
}

/// Something the roster asks of an agent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct RosterLine {
    pub(crate) at_s: f64,
    pub(crate) agent: u32,
    pub(crate) step: RosterStep,
}

/// What it is; at the same instant in this order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum RosterStep {
    /// The shift begins.
    Comes,
    /// The shift ends, once what is in hand is finished.
    Leaves,
    /// A break of this length begins, once what is in hand is finished; it is never cut short.
    Break { length_s: f64 },
}
