//! Classes of contacts of which one goes before another, as emergencies before questions; nobody is interrupted.

use crate::bounds::{at_least_one, not_negative, positive};
use crate::{Demand, Patience, Queue, StaffingError};

/// Waits by class.
#[derive(Debug, Clone, PartialEq)]
pub struct Priorities {
    /// Share that finds no agent free, the same for all classes.
    pub wait_probability: f64,
    /// Mean wait in seconds by class, the first class first; `None` for classes whose queue grows without end.
    pub asa_s: Vec<Option<f64>>,
}

/// Mean waits when class 0 goes before class 1, and so on; contacts of one class first come first served.
///
/// All classes have the same exponential handle time and nobody gives up, so waits of the last class are too long when
/// people are impatient. `contacts` are means by class in an interval of `interval_s` seconds.
///
/// # Errors
/// Without agents or classes, or when a number is out of range.
///
/// # Source
/// A. Cobham (1954); O. Kella and U. Yechiali (1985) for several agents.
pub fn waits_by_priority(
    agents: u32,
    contacts: &[f64],
    interval_s: f64,
    handle_s: f64,
) -> Result<Priorities, StaffingError> {
    at_least_one("agents", agents)?;
    if contacts.is_empty() {
        return Err(StaffingError::UnequalLengths { field: "calls_by_class", found: 0, expected: 1 });
    }
    for one in contacts {
        not_negative("calls_by_class", *one)?;
    }
    let (n, handle_s) = (f64::from(agents), positive("aht_s", handle_s)?);
    let everybody = Demand::new(contacts.iter().sum(), interval_s, handle_s)?;
    let wait_probability = match Queue::new(everybody, Patience::ENDLESS).measures(agents, 0.0) {
        Ok(measures) => measures.wait_probability,
        // Some class has no steady state, so no agent is ever free.
        Err(StaffingError::Overloaded { .. }) => 1.0,
        Err(error) => return Err(error),
    };
    let first_free_s = wait_probability * handle_s / n;
    let mut spare = 1.0;
    let mut asa_s = Vec::with_capacity(contacts.len());
    let mut load = 0.0;
    for one in contacts {
        load += one * handle_s / interval_s;
        let spare_after = (n - load) / n;
        asa_s.push((spare_after > 0.0).then(|| first_free_s / (spare * spare_after)));
        spare = spare_after;
    }
    Ok(Priorities { wait_probability, asa_s })
}
