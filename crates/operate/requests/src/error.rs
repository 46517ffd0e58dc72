//! What an operation on requests refuses, in words that the edge can translate.

use access::Permission;
use calendar::CalendarError;
use catalog::{CatalogError, ServiceId, TeamId};
use jiff::Timestamp;

use crate::files::FileError;
use crate::life_cycle::Refusal;
use crate::request::RequestId;
use crate::request_state::FoldError;

/// Why an operation on a request was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// There is no such request here.
    #[error("no service request {0}")]
    Unknown(RequestId),
    /// There is no request of this number here, or not for this reader.
    #[error("no service request {0:?}")]
    NoSuchNumber(String),
    /// The caller may not do this here.
    #[error("the caller may not do this: {0}")]
    NotAllowed(Permission),
    /// The life cycle has no such move from where the request stands.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Somebody else was faster: the caller has not seen the latest version.
    #[error("the request is at version {found}, not {expected}")]
    Stale {
        /// The version the caller had seen.
        expected: i64,
        /// The version there is.
        found: i64,
    },
    /// The last thing that happened has no opposite.
    #[error("event {version} cannot be taken back")]
    NothingToUndo {
        /// Its place in the history.
        version: i64,
    },
    /// The catalog has no such service.
    #[error("no service {0}")]
    UnknownService(ServiceId),
    /// The service is no longer offered, or its stopper says whom to ask instead.
    #[error("the service {code} takes no requests here")]
    NotOffered {
        /// Code of the service.
        code: String,
    },
    /// The catalog has no such team that takes requests.
    #[error("no active team {0}")]
    UnknownTeam(TeamId),
    /// The service needs a picture, and whoever reports could have sent one.
    #[error("the service {code} needs at least one photo")]
    PhotoMissing {
        /// Code of the service.
        code: String,
    },
    /// The point is in somebody else's jurisdiction.
    #[error("the place is outside the jurisdiction")]
    OutsideJurisdiction,
    /// A text that must be there is not.
    #[error("{field} is missing")]
    TextMissing {
        /// Which.
        field: &'static str,
    },
    /// A text with control characters in it.
    #[error("{field} has characters that cannot be read")]
    TextUnreadable {
        /// Which.
        field: &'static str,
    },
    /// A text that is too long.
    #[error("{field} has more than {letters_max} letters")]
    TextTooLong {
        /// Which.
        field: &'static str,
        /// The most allowed.
        letters_max: usize,
    },
    /// The e-mail address cannot be one.
    #[error("this is no e-mail address")]
    NotAnEmailAddress,
    /// The telephone number cannot be one.
    #[error("this is no telephone number")]
    NotAPhoneNumber,
    /// A link that is no http or https address.
    #[error("this is no web address: {0:?}")]
    NotAWebAddress(String),
    /// A closing note too short to tell anybody anything.
    #[error("the note has {letters} letters; at least {letters_min} are needed")]
    NoteTooShort {
        /// Letters given.
        letters: usize,
        /// The fewest allowed.
        letters_min: usize,
    },
    /// A closing note made of stock phrases only.
    #[error("the note says nothing about this request")]
    NoteSaysNothing,
    /// A time that must lie ahead has passed.
    #[error("{at} has passed")]
    NotInTheFuture {
        /// The time given.
        at: Timestamp,
    },
    /// The request that this one is said to double does not exist here, or is this one.
    #[error("no other request {0} that this one could be a duplicate of")]
    NoSuchOriginal(RequestId),
    /// The request that this one is said to double is itself closed as a duplicate.
    #[error("that request is itself a duplicate of {original}")]
    DuplicateOfDuplicate {
        /// The one to name instead.
        original: RequestId,
    },
    /// Closed too long ago to be taken up again by the reporter.
    #[error("the request was closed at {closed_at}, more than {days_max} days ago")]
    ReopenTooLate {
        /// When it was closed.
        closed_at: Timestamp,
        /// Days within which the reporter may.
        days_max: i64,
    },
    /// Only somebody whose request was closed can say how it ended.
    #[error("the request is still open")]
    StillOpen,
    /// The idempotency key is not 1 to 255 printable characters.
    #[error("an idempotency key has 1 to 255 printable characters")]
    BadIdempotencyKey,
    /// The same idempotency key came with another content before.
    #[error("this idempotency key was used for something else")]
    IdempotencyKeyReused,
    /// Page numbers end here; keyset paging goes on.
    #[error("pages by number end after {rows_max} requests")]
    PageTooDeep {
        /// Requests that can be reached by page number.
        rows_max: i64,
    },
    /// An imported record differs from what happened here since.
    #[error("the record of request {number} does not continue its history here")]
    ImportDiverged {
        /// Number of the request.
        number: String,
    },
    /// A file was refused.
    #[error(transparent)]
    File(#[from] FileError),
    /// A history that cannot have happened: refused on import, a damaged store otherwise.
    #[error("the history of the request does not hold together")]
    History(#[from] FoldError),
    /// No due time could be computed.
    #[error("the calendar gives no due time")]
    Calendar(#[from] CalendarError),
    /// A column holds something that this version cannot read.
    #[error("the stored {what} of a request cannot be read")]
    Damaged {
        /// Which part.
        what: &'static str,
        /// Why.
        source: serde_json::Error,
    },
    /// The store failed.
    #[error("the request store failed")]
    Store(#[from] db::Error),
    /// The catalog could not say what to promise, or refused a change.
    #[error("the catalog refused")]
    Catalog(#[from] CatalogError),
}
