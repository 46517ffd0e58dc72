//! What a center file can get wrong, and where.

/// A center file that cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("line {line}: {field}: {wrong}")]
pub struct CenterError {
    /// Line of the field, or of the entry that lacks it; from 1.
    pub line: usize,
    /// The field as the file names it, such as `queue.patience.mean`.
    pub field: String,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Wrong {
    /// The text is not TOML.
    #[error("{message}")]
    NotToml {
        /// What the reader says.
        message: String,
    },
    /// It must be there.
    #[error("is missing")]
    Missing,
    /// A name that means nothing here, most often a typing mistake.
    #[error("is not known; here can stand {known}")]
    Unknown {
        /// What would mean something.
        known: String,
    },
    /// A name that is nearly that of a field that must be there.
    #[error("is not known; perhaps it should be {meant}")]
    Misspelt {
        /// The field that must be there.
        meant: &'static str,
    },
    /// A number where a text belongs, and the like.
    #[error("must be {expected}")]
    NotA {
        /// What belongs there.
        expected: &'static str,
    },
    /// A number outside the values it can have; NaN and infinity too.
    #[error("is {value}, but must be {must_be}")]
    OutOfRange {
        /// What was given.
        value: f64,
        /// The values it can have.
        must_be: &'static str,
    },
    /// A word that is none of those possible.
    #[error("is {found:?}, but must be {must_be}")]
    NoSuchWord {
        /// What was given.
        found: String,
        /// What can stand there.
        must_be: &'static str,
    },
    /// A list whose length fits neither a day nor a week.
    #[error(
        "has {found} values; one for each part of a day (24 for hours, 48 for half-hours) or of a week (7 for days, 168 for hours) is needed"
    )]
    NoPartsOfDay {
        /// Its length.
        found: usize,
    },
    /// A list of another length than needed.
    #[error("has {found} values, but {expected} are needed")]
    WrongLength {
        /// Its length.
        found: usize,
        /// The length it needs.
        expected: usize,
    },
    /// Two things of the same kind have one name.
    #[error("{name:?} is there twice")]
    Twice {
        /// The name.
        name: String,
    },
    /// No queue has this name.
    #[error("there is no queue {name:?}")]
    NoSuchQueue {
        /// The name.
        name: String,
    },
    /// Contacts that nobody could ever take.
    #[error("nobody has the skill {skill:?}; give it to a team under skills, or change the queue")]
    NobodyHasSkill {
        /// The skill.
        skill: String,
    },
    /// A skill that no queue asks for, most often a typing mistake.
    #[error("no queue asks for the skill {skill:?}")]
    NoQueueAsks {
        /// The skill.
        skill: String,
    },
    /// A length of time in which nothing can happen.
    #[error("there is nobody and nothing to simulate without a {kind}")]
    NoneAtAll {
        /// What there is none of.
        kind: &'static str,
    },
    /// Nobody gives up, and more work comes than all who could do it have time for.
    #[error(
        "nobody gives up waiting here, but {work_hours:.0} hours of work come and those who may take it are there for {staffed_hours:.0} hours; let callers be impatient, or add agents"
    )]
    EndlessWait {
        /// Expected work of the queue.
        work_hours: f64,
        /// Time of all who may do it.
        staffed_hours: f64,
    },
    /// A replication would take longer and more memory than anybody wants.
    #[error("{expected:.0} contacts would come in one replication; at most {most:.0} are simulated")]
    TooMany {
        /// How many would come.
        expected: f64,
        /// The most that are simulated.
        most: f64,
    },
    /// A time that does not lie where it must.
    #[error("lies outside {of}")]
    Outside {
        /// Of what.
        of: &'static str,
    },
}
