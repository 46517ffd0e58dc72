//! A whole service center tried out before people live in it: contacts come, wait, give up, come again; agents take shifts
//! and breaks; storms and outages happen.
//!
//! A newcomer should start at [`Center::read`], which reads a center from a TOML file and says where it is wrong;
//! [`Simulator::replicate`], which lives through it once; and [`Summary::of`], which makes figures with intervals out of many
//! such lives. [`Summary::compare`] sets two plans side by side that met the same contacts. Everything takes values and
//! returns values: no clock, no file, no thread.
//!
//! **Chance.** Each contact carries a seed, made of the run's seed, the replication, the name of its queue and its number there; what
//! chance decides about it is drawn from that seed and a purpose. So a contact is as long, as patient and as persistent in one
//! plan as in another, which makes differences between plans much clearer than either plan. The same seed gives the same
//! numbers on every machine and in whatever order replications are run.
//!
//! **Order.** What falls on the same instant happens in this order: conversations end, work after contacts ends, agents come
//! back from breaks, the roster is followed (coming before leaving before breaks), more agents may take those who have waited,
//! contacts give up, menus end, call-backs fall due, people try again, new contacts arrive, an interval ends. Within a kind,
//! lower numbers go first.
//!
//! **Routing.** A contact goes to the ablest free agent, of several to the one with the fewest chats in hand, then to the one
//! free longest. A free agent takes the most urgent contact, of equally urgent ones that of the queue he or she is ablest for,
//! then the one that has waited longest.
//!
//! ```
//! use simulation::{Center, Simulator, Subject, Summary};
//!
//! let center = Center::read(r#"
//!     horizon = "2d"
//!     [[queue]]
//!     name = "calls"
//!     arrivals = { per_hour = 200 }
//!     handle = "3m"
//!     patience = "90s"
//!     [[team]]
//!     name = "everybody"
//!     skills = { calls = 1 }
//!     agents = 11
//! "#)?;
//! let mut simulator = Simulator::new(&center);
//! let lives: Vec<_> = (0..20).map(|number| simulator.replicate(1, number)).collect::<Result<_, _>>()?;
//! let summary = Summary::of(&center, &lives);
//! let calls = Subject::Queue("calls".to_owned());
//! let abandoned = summary.figure(&calls, "abandoned_share").and_then(|figure| figure.estimate).unwrap();
//! // Erlang A says 10.6 %.
//! assert!((abandoned.mean - 0.106).abs() < 0.01);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod center;
mod chance;
mod engine;
mod figures;
mod file;

pub use center::Center;
pub use engine::{Happening, SimulationError, Simulator, What};
pub use figures::{
    Difference, Estimate, Figure, IntervalCounts, IntervalMeans, QueueCounts, Ratio, Replication, Subject,
    Summary, TeamCounts,
};
pub use file::{CenterError, Wrong};
