//! Work that may wait: e-mail, web forms, call-backs. It has to be finished by a deadline, not answered at once.
//!
//! Work is taken as a fluid: means without chance, any order, shared by any number of agents. Chance and indivisible
//! items need a little more, the more so the smaller the team and the shorter the deadline.

use crate::StaffingError;
use crate::bounds::{not_negative, positive, share};

/// Contacts that come at the start of each interval and must be finished within some intervals, their own included.
#[derive(Debug, Clone, PartialEq)]
pub struct DeferredWork {
    /// Agent-intervals of work that come with each interval.
    work: Vec<f64>,
    deadline_intervals: usize,
}

/// The smallest constant staffing that finishes everything in time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConstantStaff {
    /// Agents in every interval, a fraction.
    pub agents: f64,
    /// Agents in every interval, whole.
    pub agents_whole: u32,
    /// First and last interval whose work together asks for this many; counted from 0.
    pub binding_window: (usize, usize),
}

/// What becomes of deferred work in the gaps that calls leave, and what must be added.
#[derive(Debug, Clone, PartialEq)]
pub struct Blended {
    /// Agents to add in every interval so that everything is finished in time; zero when the gaps are enough.
    pub extra_agents: f64,
    /// Work done in each interval with the extra agents, in agent-intervals, the most urgent first.
    pub done: Vec<f64>,
    /// Work left at the end of each interval, in agent-intervals.
    pub backlog: Vec<f64>,
}

impl DeferredWork {
    /// `contacts` come at the start of each interval of `interval_s` seconds and take `handle_s` seconds each.
    ///
    /// # Errors
    /// Without an interval, with a deadline of none, or when a number is out of range.
    pub fn new(
        contacts: &[f64],
        handle_s: f64,
        interval_s: f64,
        deadline_intervals: usize,
    ) -> Result<Self, StaffingError> {
        if contacts.is_empty() {
            return Err(StaffingError::UnequalLengths {
                field: "contacts_per_interval",
                found: 0,
                expected: 1,
            });
        }
        positive("deadline_intervals", deadline_intervals as f64)?;
        let (handle_s, interval_s) = (positive("aht_s", handle_s)?, positive("interval_s", interval_s)?);
        let work =
            |contacts: &f64| Ok(not_negative("contacts_per_interval", *contacts)? * handle_s / interval_s);
        Ok(Self { work: contacts.iter().map(work).collect::<Result<_, _>>()?, deadline_intervals })
    }

    /// The smallest staffing, the same in every interval, that finishes all work in time.
    pub fn constant_staff(&self) -> ConstantStaff {
        let (agents, binding_window) = self.tightest_window(&vec![0.0; self.work.len()]);
        ConstantStaff { agents, agents_whole: whole(agents), binding_window }
    }

    /// Works the backlog in the gaps between calls, the most urgent first, and adds agents where the gaps are too few.
    ///
    /// `free_agents` are those at work but not on a call in each interval (agents times one less occupancy). Only the share
    /// `usable_share` of their time can be used: gaps are short, and an item taken up must sometimes be put down. Calls
    /// always go first. Agents who finish an item before they take the next call make calls wait longer than planned.
    ///
    /// # Errors
    /// When the lists differ in length or a number is out of range.
    pub fn blended(&self, free_agents: &[f64], usable_share: f64) -> Result<Blended, StaffingError> {
        let usable_share = share("usable_share", usable_share)?;
        if free_agents.len() != self.work.len() {
            let (found, expected) = (free_agents.len(), self.work.len());
            return Err(StaffingError::UnequalLengths { field: "free_agents", found, expected });
        }
        let gaps = free_agents.iter().map(|free| Ok(not_negative("free_agents", *free)? * usable_share));
        let gaps = gaps.collect::<Result<Vec<f64>, StaffingError>>()?;
        let extra_agents = f64::max(0.0, self.tightest_window(&gaps).0);
        let (mut done, mut backlog, mut left) = (Vec::new(), Vec::new(), 0.0);
        for (work, gap) in self.work.iter().zip(&gaps) {
            let now = f64::min(left + work, gap + extra_agents);
            left += work - now;
            done.push(now);
            backlog.push(left);
        }
        Ok(Blended { extra_agents, done, backlog })
    }

    /// The constant staffing beside `gaps`, and the window that asks for it: work that comes in it must be finished between
    /// its first interval and the deadline of its last.
    fn tightest_window(&self, gaps: &[f64]) -> (f64, (usize, usize)) {
        let mut tightest = (f64::MIN, (0, 0));
        for first in 0..self.work.len() {
            let (mut work, mut gap) =
                (0.0, gaps[first..].iter().take(self.deadline_intervals - 1).sum::<f64>());
            for last in first..self.work.len() {
                work += self.work[last];
                gap += gaps.get(last + self.deadline_intervals - 1).unwrap_or(&0.0);
                let staff = (work - gap) / (last - first + self.deadline_intervals) as f64;
                // Of windows that differ by rounding only, the first counts.
                if staff > tightest.0 + 1e-12 * tightest.0.abs() {
                    tightest = (staff, (first, last));
                }
            }
        }
        tightest
    }
}

/// The next whole number, but not for the sake of a rounding error.
pub(crate) fn whole(agents: f64) -> u32 {
    (agents * (1.0 - 1e-12)).ceil() as u32
}
