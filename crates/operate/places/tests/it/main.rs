//! The town's map at its boundary: files in, places and tiles out, on both databases.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should panic")]

mod cambridge;
mod importing;
mod town;
