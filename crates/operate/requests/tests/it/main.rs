//! Requests at their boundary: what residents, staff, partners and importers can notice.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should panic")]

mod clocks;
mod closing;
mod creating;
mod following;
mod importing;
mod life_cycle;
mod lists;
mod masking;
mod photos;
mod privacy;
mod surveys;
mod town;
mod typical;
mod undoing;
