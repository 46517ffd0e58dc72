//! The square-root rule: a load of `a` Erlang needs `a + beta * sqrt(a)` agents.
//!
//! A first guess to reason with: it says why large teams are cheaper. `beta` is the quality wanted, about 0.2 for a busy
//! center and 2 for one in which hardly anybody waits. The limits are close from some tens of agents on; use the exact
//! [`Queue`](crate::Queue) for a plan.

use crate::StaffingError;
use crate::bounds::{not_negative, positive, share_inside};
use crate::integral::Peaked;

/// Agents by the rule, a fraction; `beta` may be negative where callers give up.
///
/// # Errors
/// When the load is negative or `beta` is not a number.
pub fn agents(load_erlangs: f64, beta: f64) -> Result<f64, StaffingError> {
    let load = not_negative("load_erlangs", load_erlangs)?;
    finite_beta(beta)?;
    Ok(f64::max(0.0, load + beta * load.sqrt()))
}

/// The `beta` of so many agents.
///
/// # Errors
/// When the load is not greater than zero or agents are negative.
pub fn beta(agents: f64, load_erlangs: f64) -> Result<f64, StaffingError> {
    let load = positive("offered_load", load_erlangs)?;
    Ok((not_negative("agents", agents)? - load) / load.sqrt())
}

/// Probability of waiting in a large team when nobody gives up.
///
/// # Errors
/// When `beta` is not greater than zero: then there is no steady state.
///
/// # Source
/// S. Halfin and W. Whitt, *Heavy-traffic limits for queues with many exponential servers* (1981).
pub fn wait_probability_patient(beta: f64) -> Result<f64, StaffingError> {
    let beta = positive("beta", beta)?;
    Ok(1.0 / (1.0 + beta * mills_ratio(-beta)))
}

/// Probability of waiting in a large team when contacts give up; any `beta`.
///
/// # Errors
/// When a time is not greater than zero or `beta` is not a number.
///
/// # Source
/// O. Garnett, A. Mandelbaum and M. Reiman, *Designing a call center with impatient customers* (2002).
pub fn wait_probability_impatient(
    beta: f64,
    handle_s: f64,
    mean_patience_s: f64,
) -> Result<f64, StaffingError> {
    finite_beta(beta)?;
    let patience = (positive("mean_patience_s", mean_patience_s)? / positive("aht_s", handle_s)?).sqrt();
    // Hazards of the normal distribution are inverse Mills ratios.
    let (free, waiting) = (mills_ratio(-beta), patience * mills_ratio(beta * patience));
    // In this order neither an endless ratio above nor one below the line spoils the answer.
    Ok(1.0 / (1.0 + free / waiting))
}

/// The `beta` with which the share `wait_probability` must wait when nobody gives up.
///
/// # Errors
/// When the share does not lie inside 0 and 1.
pub fn beta_for_wait_probability(wait_probability: f64) -> Result<f64, StaffingError> {
    let target = share_inside("wait_probability", wait_probability)?;
    let (mut low, mut high) = (0.0, 40.0);
    while high - low > 1e-12 {
        let middle = 0.5 * (low + high);
        if wait_probability_patient(middle)? > target { low = middle } else { high = middle }
    }
    Ok(high)
}

/// Upper tail of the normal distribution over its density at `x`: the integral of `exp(-x t - t^2/2)` over `t > 0`.
fn mills_ratio(x: f64) -> f64 {
    let ln = |t: f64| -x * t - 0.5 * t * t;
    let curve = Peaked { ln, finest: f64::INFINITY, first_step: 1.0 };
    let mut sum = 0.0;
    curve.nodes(0.0, f64::INFINITY, f64::max(0.0, -x), &mut |t, weight| sum += weight * ln(t).exp());
    sum
}

fn finite_beta(beta: f64) -> Result<f64, StaffingError> {
    if beta.is_finite() {
        return Ok(beta);
    }
    Err(StaffingError::OutOfRange { field: "beta", value: beta, must_be: "a number" })
}
