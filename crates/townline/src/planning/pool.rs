//! Several queues that share their agents: everybody takes any contact.

use std::collections::BTreeMap;

use super::forecast_in::{ExpectedInterval, Forecast};
use super::staff_plan::{PlanError, PlannedInterval, StaffRules, plan};

/// An interval of the pool beside its queues.
#[derive(Debug)]
pub struct PooledInterval {
    /// The pool as one queue.
    pub pool: PlannedInterval,
    /// Agents that the queues would take together if each had a team of its own.
    pub alone: u32,
    /// The pool's agents, shared out by the work of each queue, in the order of the queues.
    pub shares: Vec<f64>,
}

/// Plans the pool, and each queue alone to compare.
pub fn plan_pool(
    queues: &[(String, Forecast)],
    rules: &StaffRules,
) -> Result<Vec<PooledInterval>, PlanError> {
    let handle_s = |interval: &ExpectedInterval| interval.handle_s.or(rules.handle_s);
    let pooled = pooled(queues, handle_s)?;
    let mut alone: BTreeMap<i64, Vec<(u32, f64)>> =
        pooled.intervals.iter().map(|interval| (interval.at_s, vec![(0, 0.0); queues.len()])).collect();
    for (number, (_, forecast)) in queues.iter().enumerate() {
        for (interval, planned) in forecast.intervals.iter().zip(plan(forecast, rules)?) {
            if let Some(of_time) = alone.get_mut(&interval.at_s) {
                of_time[number] = (planned.agents, planned.load_erlangs);
            }
        }
    }
    let plans = plan(&pooled, rules)?.into_iter().zip(alone.into_values());
    Ok(plans.map(|(pool, alone)| PooledInterval::of(pool, &alone)).collect())
}

impl PooledInterval {
    fn of(pool: PlannedInterval, alone: &[(u32, f64)]) -> Self {
        let load: f64 = alone.iter().map(|(_, load)| load).sum();
        let share = |(_, of): &(u32, f64)| if load > 0.0 { f64::from(pool.agents) * of / load } else { 0.0 };
        let shares = alone.iter().map(share).collect();
        Self { alone: alone.iter().map(|(agents, _)| agents).sum(), shares, pool }
    }
}

/// All queues as one: contacts add up, and handle time is their mean. Ranges do not add up, and are left out.
fn pooled(
    queues: &[(String, Forecast)],
    handle_s: impl Fn(&ExpectedInterval) -> Option<f64>,
) -> Result<Forecast, PlanError> {
    let mut sums: BTreeMap<i64, (ExpectedInterval, f64)> = BTreeMap::new();
    for interval in queues.iter().flat_map(|(_, forecast)| &forecast.intervals) {
        let seconds = handle_s(interval).ok_or(PlanError::NoHandleTime { line: interval.line })?;
        let empty = ExpectedInterval { contacts: 0.0, handle_s: None, range: None, ..interval.clone() };
        let (sum, work_s) = sums.entry(interval.at_s).or_insert((empty, 0.0));
        sum.contacts += interval.contacts;
        *work_s += interval.contacts * seconds;
    }
    let intervals = sums.into_values().map(|(sum, work_s)| {
        let handle_s = (sum.contacts > 0.0).then(|| work_s / sum.contacts);
        ExpectedInterval { handle_s, ..sum }
    });
    let (_, first) = &queues[0];
    Forecast::of(intervals.collect(), Some(first.interval_s), &first.column).map_err(PlanError::Times)
}
