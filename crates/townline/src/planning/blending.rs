//! Blended staffing: calls first, and work that may wait (e-mail, web forms, call-backs) in the gaps they leave.

use staffing::{DeferredWork, StaffingError};

use super::forecast_in::{ExpectedInterval, Forecast};
use super::staff_plan::PlannedInterval;

/// Work that may wait, and how it is worked off.
#[derive(Debug, Clone)]
pub struct Blending {
    /// Contacts by the interval they come in.
    pub expected: Forecast,
    /// Mean seconds each takes, where the forecast has no column for it.
    pub handle_s: Option<f64>,
    /// Seconds of open time in which each must be finished.
    pub deadline_s: f64,
    /// Contacts that wait already when the first interval begins.
    pub waiting: f64,
    /// Share of the gaps between calls that can be used.
    pub usable_share: f64,
}

/// Deferred work beside an interval of calls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlendedInterval {
    /// Agents to add to those of the calls, the same in every interval.
    pub extra_agents: u32,
    /// Agent-hours of deferred work done in the interval.
    pub done_hours: f64,
    /// Agent-hours left at its end.
    pub left_hours: f64,
}

/// Why work cannot be blended in.
#[derive(Debug, thiserror::Error)]
pub enum BlendError {
    #[error("line {line}: no handle time of deferred work; give --deferred-aht or a column aht")]
    NoHandleTime { line: u64 },
    #[error("line {line}: {time} comes after the last interval of the calls")]
    After { line: u64, time: String },
    #[error(transparent)]
    Staffing(#[from] StaffingError),
}

impl Blending {
    /// What becomes of the work in the gaps that a plan leaves, and how many contacts came while the center was closed.
    pub fn blend(
        &self,
        plan: &[PlannedInterval],
        calls: &Forecast,
    ) -> Result<(Vec<BlendedInterval>, f64), BlendError> {
        let interval_s = calls.interval_s;
        let (work_s, moved) = self.work(calls)?;
        // Each entry is one contact of as many seconds as there is work, so that handle times may differ.
        let deadline = (self.deadline_s / interval_s).floor().max(1.0) as usize;
        let work = DeferredWork::new(&work_s, 1.0, interval_s, deadline)?;
        let free: Vec<f64> = plan.iter().map(free_agents).collect();
        let blended = work.blended(&free, self.usable_share)?;
        let extra_agents = (blended.extra_agents * (1.0 - 1e-12)).ceil() as u32;
        let hours = interval_s / 3600.0;
        let found = blended.done.iter().zip(&blended.backlog).map(|(done, left)| BlendedInterval {
            extra_agents,
            done_hours: done * hours,
            left_hours: left * hours,
        });
        Ok((found.collect(), moved))
    }

    /// Seconds of work that come with each interval of the calls, and contacts that had to wait for one.
    fn work(&self, calls: &Forecast) -> Result<(Vec<f64>, f64), BlendError> {
        let mut work_s = vec![0.0; calls.intervals.len()];
        let mut moved = 0.0;
        for interval in &self.expected.intervals {
            let at =
                calls.intervals.partition_point(|call| call.at_s + calls.interval_s as i64 <= interval.at_s);
            let ExpectedInterval { line, time, .. } = interval.clone();
            let open = calls.intervals.get(at).ok_or(BlendError::After { line, time })?;
            if open.at_s > interval.at_s {
                moved += interval.contacts;
            }
            work_s[at] += interval.contacts * self.seconds(interval)?;
        }
        work_s[0] += self.waiting * self.seconds(&self.expected.intervals[0])?;
        Ok((work_s, moved))
    }

    fn seconds(&self, interval: &ExpectedInterval) -> Result<f64, BlendError> {
        let seconds = interval.handle_s.or(self.handle_s);
        seconds.ok_or(BlendError::NoHandleTime { line: interval.line })
    }
}

/// Agents of an interval who are not on a call.
fn free_agents(planned: &PlannedInterval) -> f64 {
    let occupancy = planned.reached.map_or(0.0, |reached| reached.occupancy);
    f64::from(planned.agents) * (1.0 - occupancy).max(0.0)
}
