//! Holidays out of an iCalendar file (RFC 5545), as towns, schools and mail programs export them.
//!
//! Every event is read as a time in which nothing is open. The reader takes what such files really contain and
//! says plainly, with the line, what it cannot use; it never guesses a date. [`lines`] unfolds the text, [`draft`]
//! gathers the lines of each event, [`moment`] reads dates and durations, [`event`] puts them together,
//! [`recurrence`] follows rules, and [`closures`] turns the occurrences into closed days.

mod closures;
mod draft;
mod event;
mod lines;
mod moment;
mod recurrence;
mod windows_zones;

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::Holiday;

/// What is wrong with an iCalendar file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct IcsError {
    /// The line on which the wrong thing begins, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: IcsProblem,
}

/// What can be wrong with an iCalendar file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IcsProblem {
    /// The text does not begin with `BEGIN:VCALENDAR`.
    #[error("this is not an iCalendar file; it should begin with BEGIN:VCALENDAR")]
    NotACalendar,
    /// A line without a name and a colon, or with a broken parameter.
    #[error("{0:?} is not a property")]
    NotAProperty(String),
    /// An `END` that does not belong to the innermost `BEGIN`.
    #[error("END:{0} closes nothing that was begun")]
    UnexpectedEnd(String),
    /// A `BEGIN` without its `END`.
    #[error("BEGIN:{0} is never ended")]
    NotEnded(String),
    /// A date or a date with a time that cannot be read or does not exist.
    #[error("{0:?} is not a date")]
    NotADate(String),
    /// A duration that cannot be read, or a negative one.
    #[error("{0:?} is not a duration")]
    NotADuration(String),
    /// A zone that is not an IANA name, nor one of the better known Windows names.
    #[error("unknown time zone {0:?}")]
    UnknownZone(String),
    /// A part of a recurrence rule that cannot be read.
    #[error("{0:?} is not understood in a recurrence rule")]
    NotARule(String),
    /// A part of a recurrence rule that makes no sense for holidays, such as hourly repetition.
    #[error("recurrence by {0} is not supported")]
    UnsupportedRule(String),
    /// A kind of value that holidays do not need.
    #[error("values of type {0} are not supported here")]
    UnsupportedValue(String),
    /// An event without `DTSTART`.
    #[error("the event has no DTSTART")]
    NoStart,
    /// An event that ends before it starts.
    #[error("the event ends before it starts")]
    EndsBeforeItStarts,
    /// More events than any calendar of holidays has.
    #[error("there are more events than a calendar of holidays can have")]
    TooManyEvents,
    /// More days than any calendar of holidays has.
    #[error("the event adds more days than a calendar of holidays can have")]
    TooManyDays,
}

impl IcsProblem {
    fn at(self, line: usize) -> IcsError {
        IcsError { line, problem: self }
    }
}

/// The days that the events of a file close, wholly or in part, on the wall clock of `zone`.
pub(crate) fn read(text: &str, zone: &TimeZone) -> Result<BTreeMap<Date, Holiday>, IcsError> {
    let properties = lines::properties(text)?;
    let drafts = draft::drafts(&properties)?;
    let events = event::events(&drafts, zone)?;
    closures::closures(&events, zone)
}
