//! From counts to figures: a mean with its interval for everything a planner asks.

mod counts;
mod estimate;
mod student;
mod summary;

pub use counts::{IntervalCounts, QueueCounts, Replication, TeamCounts};
pub use estimate::{Estimate, Ratio};
pub use summary::{Difference, Figure, IntervalMeans, Subject, Summary};
