//! The checks at the door: each takes a number and gives it back, or says which input is wrong.

use crate::StaffingError;

/// The most agents, servers or lines that anything is worked out for.
pub const AGENTS_MAX: u32 = 100_000_000;

/// A number greater than zero.
pub(crate) fn positive(field: &'static str, value: f64) -> Result<f64, StaffingError> {
    check(field, value, value.is_finite() && value > 0.0, "a number greater than 0")
}

/// Zero or more.
pub(crate) fn not_negative(field: &'static str, value: f64) -> Result<f64, StaffingError> {
    check(field, value, value.is_finite() && value >= 0.0, "0 or a greater number")
}

/// From zero to one, both allowed.
pub(crate) fn share(field: &'static str, value: f64) -> Result<f64, StaffingError> {
    check(field, value, (0.0..=1.0).contains(&value), "a share from 0 to 1")
}

/// From zero to just below one.
pub(crate) fn share_below_one(field: &'static str, value: f64) -> Result<f64, StaffingError> {
    check(field, value, (0.0..1.0).contains(&value), "a share from 0 to below 1")
}

/// Above zero and below one.
pub(crate) fn share_inside(field: &'static str, value: f64) -> Result<f64, StaffingError> {
    check(field, value, value > 0.0 && value < 1.0, "a share above 0 and below 1")
}

/// Agents, servers or lines: at least one and no more than [`AGENTS_MAX`].
pub(crate) fn at_least_one(field: &'static str, value: u32) -> Result<u32, StaffingError> {
    let fits = (1..=AGENTS_MAX).contains(&value);
    check(field, f64::from(value), fits, "from 1 to 100000000").map(|_| value)
}

/// Agents, servers or lines: none is allowed, more than [`AGENTS_MAX`] are not.
pub(crate) fn at_most_max(field: &'static str, value: u32) -> Result<u32, StaffingError> {
    check(field, f64::from(value), value <= AGENTS_MAX, "from 0 to 100000000").map(|_| value)
}

fn check(field: &'static str, value: f64, holds: bool, must_be: &'static str) -> Result<f64, StaffingError> {
    if holds { Ok(value) } else { Err(StaffingError::OutOfRange { field, value, must_be }) }
}
