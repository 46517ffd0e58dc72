//! A made-up town of any size, from a seed: for demonstrations, tests and benchmarks.
//!
//! Nobody should try out a program for residents on real residents. A newcomer reads this crate in three layers. The
//! [`town`] is a pure function of a seed and a population: streets with house numbers, a river, parks, districts
//! that tile it, public buildings, a catalog file with some forty services, and staff. Its [`history`] is two years of
//! requests, shaped by season, weekday, [`weather`] and one storm, ending at a time one names; it is an iterator, so
//! that millions need no more memory than thousands. [`fill()`] writes both into a database through the same doors that
//! real towns use.
//!
//! Figures such as requests per head, the mix of channels and promised times resemble what cities publish. Places,
//! names and words are inventions, and whatever is shown to people says so.

mod behaviour;
mod chance;
pub mod fill;
pub mod history;
mod services;
mod staff;
pub mod town;
pub mod weather;

pub use fill::{FillError, FillSettings, Filled, Progress, fill};
pub use staff::StaffMember;
