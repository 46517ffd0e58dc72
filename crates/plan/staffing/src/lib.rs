//! How many agents a center needs, and what callers and agents experience with that many.
//!
//! A newcomer should start at [`Demand`] (how many contacts, how long each takes), [`Patience`] (how long they wait) and
//! [`Queue`], which joins the two and answers with [`Measures`]; [`Targets::requirement`] turns the question round and finds the
//! smallest team. Everything takes values and returns values: no clock, no file, no chance.
//!
//! Times are seconds, loads are Erlang, shares are fractions from 0 to 1. A queue without a steady state is the error
//! [`StaffingError::Overloaded`], never a negative or infinite wait.
//!
//! ```
//! use staffing::{Demand, Patience, Queue, ServiceLevel, ServiceLevelTarget, Targets};
//!
//! // 100 calls in half an hour, three minutes each; callers hang up after a minute and a half in the mean.
//! let queue = Queue::new(Demand::new(100.0, 1800.0, 180.0)?, Patience::exponential(90.0)?);
//! let eighty_twenty = ServiceLevelTarget { share: 0.8, within_s: 20.0, counted: ServiceLevel::OverOffered };
//! let needed = Targets { service_level: Some(eighty_twenty), ..Targets::default() }.requirement(&queue)?;
//! assert_eq!(needed.agents, 12);
//! assert_eq!((needed.measures.abandon_share * 100.0).round(), 7.0);
//! # Ok::<(), staffing::StaffingError>(())
//! ```

mod alternatives;
mod bounds;
pub mod cases;
mod chat;
mod chat_requirement;
mod deferred;
mod demand;
mod departures;
pub mod erlang_b;
mod error;
mod finite_lines;
mod fractions;
mod integral;
mod offered_wait;
mod patience;
mod patience_estimate;
mod priorities;
mod queue;
mod requirement;
mod scaled;
mod search;
mod service_level;
mod shrinkage;
pub mod square_root;
mod transient;
mod two_skill;

pub use alternatives::{Alternative, one_more_one_less};
pub use bounds::AGENTS_MAX;
pub use chat::{ChatMeasures, ChatTeam};
pub use chat_requirement::ChatRequirement;
pub use deferred::{Blended, ConstantStaff, DeferredWork};
pub use demand::Demand;
pub use error::StaffingError;
pub use finite_lines::{FiniteLines, LinesMeasures};
pub use patience::Patience;
pub use patience_estimate::{PatienceEstimate, QueuedContact, estimate_patience, patience_from_totals};
pub use priorities::{Priorities, waits_by_priority};
pub use queue::{Measures, Queue};
pub use requirement::{Requirement, ServiceLevelTarget, Target, Targets};
pub use service_level::{ServiceLevel, Within};
pub use shrinkage::{Cause, Shrinkage};
pub use transient::{Day, IntervalCounts, Passed, StaffedInterval};
pub use two_skill::{SkillClass, SkillMeasures, TwoSkills, two_skills};
