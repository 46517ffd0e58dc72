//! The center as it is simulated: queues, teams and their shifts, checked and with every name resolved.

mod arrivals;
mod curve;
mod law;
mod queue;
mod team;

pub(crate) use arrivals::{Arrivals, Storm, Usual, day_of};
pub(crate) use curve::Curve;
pub(crate) use law::{Law, Shape};
pub(crate) use queue::{
    Again, CallBack, CallBackCounts, Channel, Counted, Menu, Patience, Queue, Reach, Switch, Transfer,
};
pub(crate) use team::{CHATS_MAX, Chats, Fatigue, Link, RosterLine, RosterStep, Team};

pub(crate) const HOUR_S: f64 = 3600.0;
pub(crate) const DAY_S: f64 = 86_400.0;

/// A center to be tried out: read with [`Center::read`], and from then on without a name that does not exist or a number
/// outside its range.
#[derive(Debug, Clone)]
pub struct Center {
    pub(crate) name: String,
    /// Contacts arrive from 0, a Monday at midnight, up to here.
    pub(crate) horizon_s: f64,
    /// Contacts that arrive before this are not counted, as the center begins empty.
    pub(crate) warm_up_s: f64,
    /// Length of the intervals that are reported one by one.
    pub(crate) interval_s: f64,
    pub(crate) queues: Vec<Queue>,
    pub(crate) teams: Vec<Team>,
    /// Every coming, leaving and break, in order of time.
    pub(crate) roster: Vec<RosterLine>,
}

impl Center {
    /// What the center is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Names of the queues, in the order of every list of queues in results.
    pub fn queues(&self) -> impl Iterator<Item = &str> {
        self.queues.iter().map(|queue| queue.name.as_str())
    }

    /// Names of the teams, in the order of every list of teams in results.
    pub fn teams(&self) -> impl Iterator<Item = &str> {
        self.teams.iter().map(|team| team.name.as_str())
    }

    /// Length of an interval of the results in seconds.
    pub fn interval_s(&self) -> f64 {
        self.interval_s
    }

    /// Whole intervals from the start to the end of arrivals.
    pub fn intervals(&self) -> usize {
        (self.horizon_s / self.interval_s).ceil() as usize
    }

    /// Contacts at once with an agent of each team: one, or the chats it takes in parallel.
    pub fn contacts_in_parallel(&self) -> impl Iterator<Item = usize> {
        self.teams.iter().map(Team::parallel)
    }

    /// What each queue's service level means: name, seconds within which a contact is to be answered, and how those who give
    /// up count, by the names of `townline staff --counted`.
    pub fn service_levels(&self) -> impl Iterator<Item = (&str, f64, &'static str)> {
        self.queues.iter().map(|queue| (queue.name.as_str(), queue.answer_within_s, queue.counted.name()))
    }

    /// Contacts expected to arrive in one replication, repeated tries not counted.
    pub fn expected_contacts(&self) -> f64 {
        self.queues.iter().map(|queue| queue.arrivals.expected()).sum()
    }
}
