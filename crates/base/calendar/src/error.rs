//! What can be wrong with a calendar or with a question put to it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::ics::IcsError;

/// Why a calendar could not be made, or could not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The zone is not an IANA name in the compiled-in zone data.
    #[error("unknown time zone {0:?}; expected an IANA name such as America/New_York")]
    UnknownZone(String),
    /// Opening hours that are not a list of periods such as `09:00-12:30,13:30-17:00`.
    #[error("{text:?} are not opening hours; expected periods such as 09:00-12:30,13:30-17:00")]
    MalformedHours {
        /// The text as it was given.
        text: String,
    },
    /// Two periods of one day cover the same minutes.
    #[error("the periods {first} and {second} overlap")]
    OverlappingHours {
        /// The period that opens first.
        first: String,
        /// The period that opens before the first one closes.
        second: String,
    },
    /// A yearly rule that cannot be read.
    #[error("{text:?} is not a yearly date; {part:?} is not understood")]
    MalformedYearly {
        /// The whole rule as it was given.
        text: String,
        /// The part that could not be read.
        part: String,
    },
    /// An allowance that is not a number followed by a unit.
    #[error("{0:?} is not an allowance; expected text such as \"4 working hours\" or \"2 calendar days\"")]
    MalformedAllowance(String),
    /// A holiday to leave out that none of the rules declares.
    #[error("no holiday named {0:?} is declared, so it cannot be left out")]
    NoSuchHoliday(String),
    /// One date described twice in the same list.
    #[error("{0} is described twice")]
    RepeatedDate(Date),
    /// A date that is said both to be shortened and to have hours of its own.
    #[error("{name:?} has both `only` and `instead` hours; give one of them")]
    ShortenedAndReplaced {
        /// The holiday's name.
        name: String,
    },
    /// An iCalendar file that cannot be used.
    #[error("the iCalendar file cannot be used")]
    Ics(#[from] IcsError),
    /// The calendar has no opening in the ten years that follow.
    #[error("the calendar does not open in the ten years after {after}")]
    NeverOpens {
        /// The instant from which an opening was looked for.
        after: Timestamp,
    },
    /// The answer lies outside the years that can be represented.
    #[error("an answer counted from {from} lies outside the supported years")]
    OutOfRange {
        /// Where counting began.
        from: Timestamp,
    },
    /// A local time without an instant, at the very end of the supported years.
    #[error("{local} lies outside the supported years in this zone")]
    NoSuchInstant {
        /// The local time.
        local: DateTime,
    },
    /// A pause that ends before it begins.
    #[error("a pause from {from} cannot end at {until}")]
    PauseEndsBeforeItBegins {
        /// The beginning of the pause.
        from: Timestamp,
        /// Its earlier end.
        until: Timestamp,
    },
}
