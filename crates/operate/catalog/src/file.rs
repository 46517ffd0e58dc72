//! The catalog as a text file: read, checked with line numbers, applied, and written out again.
//!
//! A town keeps its catalog under version control or mails it to a neighbor. The file is TOML:
//!
//! ```
//! let text = r#"
//! language = "en"                      # the language of plain strings below
//!
//! [[department]]
//! code = "public-works"
//! name = "Public Works"
//!
//! [[service]]
//! code = "pothole"
//! name = { en = "Pothole", es = "Bache" }
//! department = "public-works"
//! public = "full"
//!
//! [[service.question]]
//! code = "depth"
//! datatype = "number"
//! text = "How deep is it, in inches?"
//!
//! [[service.target]]
//! from = 2026-01-01
//! resolution = "3 working days"
//! "#;
//! let file = catalog::file::parse(text).unwrap();
//! assert_eq!(file.services.len(), 1);
//! ```
//!
//! Applying a file adds and changes; it never removes what the file does not mention, because requests may refer to
//! it. Within a service the file is complete: questions and routes it leaves out are dropped. Exporting writes one
//! settled form: imported by a jurisdiction with the same default language and exported again, it is the same text.

mod apply;
mod locate;
mod read;
mod shape;
mod write;

use calendar::{Allowance, CalendarSpec};

use crate::department::{DepartmentDraft, TeamDraft};
use crate::flaw::Flaw;
use crate::service::ServiceDraft;
use crate::text::Text;

pub use apply::{Changes, Difference, apply};
pub use read::{FILE_MAX_BYTES, parse};
pub use write::export;

/// A catalog file that can be read and holds together by itself; references to what only the store knows are
/// checked by [`apply`].
#[derive(Debug, Clone, PartialEq)]
pub struct CatalogFile {
    /// The text it was read from, to find the line of what turns out wrong later.
    source: String,
    /// The calendar for everything that names no other.
    pub default_calendar: Option<String>,
    /// Calendars with their codes.
    pub calendars: Vec<(String, CalendarSpec)>,
    /// Departments in the order of the file.
    pub departments: Vec<DepartmentDraft>,
    /// Teams in the order of the file.
    pub teams: Vec<TeamDraft>,
    /// Services in the order of the file.
    pub services: Vec<FileService>,
    /// Notices in the order of the file.
    pub notices: Vec<FileNotice>,
}

/// A service with the history of its targets.
#[derive(Debug, Clone, PartialEq)]
pub struct FileService {
    /// The service.
    pub draft: ServiceDraft,
    /// Its targets, oldest first.
    pub targets: Vec<FileTarget>,
}

/// A target whose beginning is written as on the jurisdiction's wall.
#[derive(Debug, Clone, PartialEq)]
pub struct FileTarget {
    /// A date, or a date with a time and perhaps a zone.
    pub from: String,
    /// See [`crate::Target::first_response`].
    pub first_response: Option<Allowance>,
    /// See [`crate::Target::resolution`].
    pub resolution: Option<Allowance>,
}

/// A notice whose times are written as on the jurisdiction's wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNotice {
    /// See [`crate::Notice::code`].
    pub code: String,
    /// Code of the service.
    pub service: Option<String>,
    /// See [`crate::Notice::text`].
    pub text: Text,
    /// A date, or a date with a time and perhaps a zone.
    pub from: String,
    /// The same.
    pub until: Option<String>,
}

/// What is wrong with a catalog file, and on which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {wrong}")]
pub struct FileError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub wrong: FileWrong,
}

/// What can be wrong with a catalog file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileWrong {
    /// Not TOML, or not of the shape of a catalog: an unknown field, a number for a text.
    #[error("{field}: {message}")]
    Shape {
        /// The field on that line, or the heading it stands under.
        field: String,
        /// What the reader said.
        message: String,
    },
    /// An entry that breaks a rule.
    #[error(transparent)]
    Flaw(Flaw),
    /// More text than a catalog can have.
    #[error("a catalog file must not be longer than {max_bytes} bytes")]
    TooLong {
        /// The most that is read.
        max_bytes: usize,
    },
}
