//! The simulation from outside: against exact values, for all inputs, and what it refuses.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should panic")]

mod centers;
mod exact;
mod life;
mod properties;
mod refusals;
mod same;
