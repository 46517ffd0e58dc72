//! Erlang B: as many lines as servers, so a contact that finds all of them busy is turned away.
//!
//! Contacts come at random (Poisson) and those turned away do not come back, unless the functions with retries are used. The
//! result depends on the mean handle time alone, not on its shape. Good for trunks and telephone lines; for agents with a
//! waiting line it is the building block of the other models.

use crate::StaffingError;
use crate::bounds::{AGENTS_MAX, at_least_one, at_most_max, not_negative, share, share_inside};
use crate::integral::Peaked;
use crate::scaled::Scaled;

/// Share of contacts turned away by `servers` lines offered `load_erlangs`; 1 without any line.
///
/// Relative error below 1e-12. Takes time in proportion to the square root of the load.
///
/// # Errors
/// When the load is negative or not a number.
///
/// # Source
/// A. K. Erlang (1917).
pub fn blocking(servers: u32, load_erlangs: f64) -> Result<f64, StaffingError> {
    at_most_max("servers", servers)?;
    Ok(inverse_blocking(servers, not_negative("load_erlangs", load_erlangs)?).inverse())
}

/// Decimal logarithm of [`blocking`], also where that is too small for a number; minus infinity without load.
///
/// # Errors
/// As [`blocking`].
pub fn log10_blocking(servers: u32, load_erlangs: f64) -> Result<f64, StaffingError> {
    at_most_max("servers", servers)?;
    let inverse = inverse_blocking(servers, not_negative("load_erlangs", load_erlangs)?);
    Ok(0.0 - inverse.ln() / std::f64::consts::LN_10)
}

/// [`blocking`] for a number of servers that need not be whole, as some calculators use for part-time agents.
///
/// The continuous extension `1/B(x, a) = a * integral of exp(-a t) (1 + t)^x` over `t > 0`.
///
/// # Errors
/// When servers or load are negative or not numbers.
///
/// # Source
/// R. Fortet (1948); D. Jagerman, *Some properties of the Erlang loss function* (1974).
pub fn blocking_real(servers: f64, load_erlangs: f64) -> Result<f64, StaffingError> {
    let servers = real_servers(servers)?;
    Ok(inverse_blocking_real(servers, not_negative("load_erlangs", load_erlangs)?).inverse())
}

/// The load at which `servers` lines turn away the share `blocking_target`.
///
/// # Errors
/// When there is no server, or the target does not lie inside 0 and 1.
pub fn load_max(servers: u32, blocking_target: f64) -> Result<f64, StaffingError> {
    let servers = at_least_one("servers", servers)?;
    let ln_target = share_inside("target_blocking", blocking_target)?.ln();
    let ln_excess = |load: f64| -inverse_blocking(servers, load).ln() - ln_target;
    // Blocking lies above 1 - servers/load, and above (load / (load + servers))^servers.
    let n = f64::from(servers);
    let (mut low, mut high) = (0.0, n / (1.0 - blocking_target));
    let root = (ln_target / n).exp();
    high = f64::min(high, n * root / (1.0 - root)) * (1.0 + 1e-12);
    let mut load = 0.5 * high;
    for _ in 0..200 {
        let excess = ln_excess(load);
        if excess > 0.0 {
            high = load;
        } else {
            low = load;
        }
        // The slope of ln B over the load is (servers - carried) / load.
        let idle = n - load * (1.0 - inverse_blocking(servers, load).inverse());
        let newton = load * (-excess / idle).exp();
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        if (next - load).abs() <= 1e-15 * load {
            return Ok(next);
        }
        load = next;
    }
    Ok(load)
}

/// The smallest number of servers that turn away no more than the share `blocking_target`.
///
/// # Errors
/// When the load is negative, the target does not lie inside 0 and 1, or more than [`AGENTS_MAX`] would be needed.
pub fn servers(load_erlangs: f64, blocking_target: f64) -> Result<u32, StaffingError> {
    let load = not_negative("load_erlangs", load_erlangs)?;
    let target = share_inside("target_blocking", blocking_target)?;
    // What is carried, load * (1 - B), cannot exceed the servers.
    let fewest = (load * (1.0 - target) * (1.0 - 1e-12)).floor();
    if fewest > f64::from(AGENTS_MAX) {
        return Err(StaffingError::OutOfReach { agents_max: AGENTS_MAX });
    }
    let mut servers = fewest as u32;
    let mut inverse = inverse_blocking(servers, load);
    while inverse.inverse() > target {
        servers += 1;
        if servers > AGENTS_MAX {
            return Err(StaffingError::OutOfReach { agents_max: AGENTS_MAX });
        }
        inverse = inverse.times_plus_one(f64::from(servers) / load);
    }
    Ok(servers)
}

/// An answer of Erlang B in which a share of those turned away calls again at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WithRetries {
    /// The smallest number of servers that reach the target.
    pub servers: u32,
    /// Share of all tries that are turned away.
    pub blocking: f64,
    /// First tries and retries together, in Erlang.
    pub load_total_erlangs: f64,
}

/// The smallest number of servers when the share `retry_share` of those turned away tries again at once.
///
/// The total load `A` solves `A = load + retry_share * A * B(n, A)`. Retries are taken as random as first tries, which errs
/// towards too little blocking when people redial within seconds.
///
/// # Errors
/// As [`servers`]; the share of retries lies from 0 to 1.
pub fn servers_with_retries(
    load_erlangs: f64,
    blocking_target: f64,
    retry_share: f64,
) -> Result<WithRetries, StaffingError> {
    let load = not_negative("load_erlangs", load_erlangs)?;
    let retries = share("recall_factor", retry_share)?;
    // At the target the total is load / (1 - retries * target); both sides of the equation grow with the total.
    let servers =
        servers(load / (1.0 - retries * share_inside("target_blocking", blocking_target)?), blocking_target)?;
    let load_total_erlangs = total_load(servers, load, retries);
    Ok(WithRetries { servers, blocking: blocking(servers, load_total_erlangs)?, load_total_erlangs })
}

/// First tries and retries together, by Newton's steps from below: `A - retries*A*B(A) - load` rises ever more slowly with `A`.
fn total_load(servers: u32, load: f64, retries: f64) -> f64 {
    let n = f64::from(servers);
    let mut total = load;
    for _ in 0..100 {
        let blocked = inverse_blocking(servers, total).inverse();
        let carried = total * (1.0 - blocked);
        let rest = total * (1.0 - retries * blocked) - load;
        // d(A B)/dA = B (1 + n - carried).
        let slope = 1.0 - retries * blocked * (1.0 + n - carried);
        let next = total - rest / slope;
        if (next - total).abs() <= 1e-15 * total {
            return next;
        }
        total = next;
    }
    total
}

/// `1/B(servers, load)`.
///
/// The recursion `1/B(k) = 1 + (k/a) / B(k-1)` forgets its beginning by the factor `1 - B(k) <= k/a` with each step up to the
/// load. It can therefore begin late, where that product has fallen to `exp(-40)`.
pub(crate) fn inverse_blocking(servers: u32, load: f64) -> Scaled {
    let start = late_start(f64::from(servers), load);
    let first = f64::from(start);
    let from = if start == 0 { Scaled::ONE } else { Scaled::new(load / (load - first)) };
    climb(from, start, servers, load)
}

/// The recursion from `1/B(start)` to `1/B(servers)`.
fn climb(from: Scaled, start: u32, servers: u32, load: f64) -> Scaled {
    let mut inverse = from;
    let mut next = start + 1;
    // Plain numbers as long as they fit: this loop is what everything waits for.
    let mut plain = from.value();
    while next <= servers && plain < 1e150 {
        plain = 1.0 + f64::from(next) / load * plain;
        next += 1;
    }
    if plain.is_finite() {
        inverse = Scaled::new(plain);
    }
    for server in next..=servers {
        inverse = inverse.times_plus_one(f64::from(server) / load);
    }
    if load == 0.0 && servers > 0 { Scaled::new(f64::INFINITY) } else { inverse }
}

/// The number of servers to begin the recursion at.
fn late_start(servers: f64, load: f64) -> u32 {
    const FORGOTTEN: f64 = 40.0;
    let top = f64::min(servers, load.floor());
    let below = load - top;
    // The sum of (load - k)/load over the steps reaches FORGOTTEN.
    let steps = 2.0 * FORGOTTEN * load / (below + (below * below + 2.0 * FORGOTTEN * load).sqrt());
    let start = top - steps.ceil();
    if start > 0.0 { start as u32 } else { 0 }
}

/// `1/B(servers, load)` for a real number of servers: the integral for the fraction, then the recursion.
pub(crate) fn inverse_blocking_real(servers: f64, load: f64) -> Scaled {
    let fraction = servers.fract();
    if fraction == 0.0 {
        return inverse_blocking(servers as u32, load);
    }
    if load == 0.0 {
        return Scaled::new(f64::INFINITY);
    }
    let start = f64::from(late_start(servers.floor(), load)) + fraction;
    let mut inverse = blocking_integral(start, load);
    let mut server = start + 1.0;
    while server < servers + 0.5 {
        inverse = inverse.times_plus_one(server / load);
        server += 1.0;
    }
    inverse
}

/// `integral of exp(-s) (1 + s/load)^servers` over `s > 0`, for servers below the load or below one.
fn blocking_integral(servers: f64, load: f64) -> Scaled {
    let ln = |s: f64| servers * (s / load).ln_1p() - s;
    let curve = Peaked { ln, finest: 0.5 * load, first_step: 1.0 };
    let mut sum = 0.0;
    let peak = f64::max(0.0, servers - load);
    curve.nodes(0.0, f64::INFINITY, peak, &mut |s, weight| sum += weight * ln(s).exp());
    Scaled::new(sum)
}

/// A number of servers that need not be whole.
pub(crate) fn real_servers(servers: f64) -> Result<f64, StaffingError> {
    let must_be = "a number from 0 to 100000000";
    if !(0.0..=f64::from(AGENTS_MAX)).contains(&servers) {
        return Err(StaffingError::OutOfRange { field: "servers", value: servers, must_be });
    }
    Ok(servers)
}
