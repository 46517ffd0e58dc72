//! What staffing refuses, and why.

/// An input that has no answer.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum StaffingError {
    /// A number outside the values it can have; NaN and infinity too.
    #[error("{field} is {value}, but must be {must_be}")]
    OutOfRange {
        /// Which input.
        field: &'static str,
        /// What was given.
        value: f64,
        /// The values it can have.
        must_be: &'static str,
    },
    /// Contacts come faster than the agents can work and nobody gives up, so the queue grows without end.
    #[error(
        "no steady state: {load_erlangs} Erlang of work for {agents} agents, and nobody gives up waiting"
    )]
    Overloaded {
        /// The offered load.
        load_erlangs: f64,
        /// The agents at work; a fraction where fractions are allowed.
        agents: f64,
    },
    /// Not even [`AGENTS_MAX`](crate::AGENTS_MAX) would meet the targets.
    #[error("more than {agents_max} agents would be needed")]
    OutOfReach {
        /// The most that were considered.
        agents_max: u32,
    },
    /// A requirement was asked for without a target.
    #[error("no target is given")]
    NoTarget,
    /// The model does not know this measure: nobody gives up in Erlang C.
    #[error("nobody gives up in this model, so {field} cannot be asked of it")]
    NobodyGivesUp {
        /// The target or measure.
        field: &'static str,
    },
    /// The way through a day does not tell this measure.
    #[error("{field} is not followed through the day")]
    NotFollowed {
        /// The target.
        field: &'static str,
    },
    /// Two lists that belong together have different lengths.
    #[error("{field} has {found} values, but {expected} are needed")]
    UnequalLengths {
        /// The list.
        field: &'static str,
        /// Its length.
        found: usize,
        /// The length it needs.
        expected: usize,
    },
    /// The exact solution would have too many states to be worked out.
    #[error("the exact solution would need about {states} states; at most {states_max} are worked out")]
    TooLarge {
        /// About how many.
        states: u64,
        /// The most that are worked out.
        states_max: u64,
    },
}
