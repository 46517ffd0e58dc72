//! What can go wrong with the catalog.

use access::{AccessError, JurisdictionId};

use crate::file::FileError;
use crate::flaw::Flaw;
use crate::service::ServiceId;

/// Why an operation on the catalog was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// No government of this name is served here.
    #[error("no jurisdiction '{0}'")]
    UnknownJurisdiction(JurisdictionId),
    /// There is already a government of this name.
    #[error("there is already a jurisdiction '{0}'")]
    JurisdictionTaken(JurisdictionId),
    /// Another government already answers on this host name.
    #[error("another jurisdiction already uses the host '{0}'")]
    HostTaken(String),
    /// No service has this id.
    #[error("no service {0}")]
    UnknownService(ServiceId),
    /// Nothing of this kind has this code.
    #[error("no {kind} '{code}'")]
    Unknown {
        /// What was looked for: `notice`, `calendar`…
        kind: &'static str,
        /// The code that was not found.
        code: String,
    },
    /// A proposed entry breaks a rule.
    #[error(transparent)]
    Flaw(#[from] Flaw),
    /// A catalog file breaks a rule.
    #[error(transparent)]
    File(#[from] FileError),
    /// More entries than one government can have; loading them would take the memory of the others.
    #[error("more than {max} rows of {kind}")]
    TooLarge {
        /// What there is too much of.
        kind: &'static str,
        /// The most that are loaded.
        max: i64,
    },
    /// A stored entry names something that is not there, or cannot be read; it was changed behind our back.
    #[error("the stored catalog is damaged: {kind} '{code}' is missing or unreadable")]
    Damaged {
        /// What kind of entry.
        kind: &'static str,
        /// Its code.
        code: String,
    },
    /// The caller may not do this.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// A due time cannot be computed.
    #[error("no due time can be computed from the target and its calendar")]
    DueTime(#[from] calendar::CalendarError),
    /// The store failed.
    #[error("the catalog store failed")]
    Store(#[from] db::Error),
}

impl CatalogError {
    /// A flaw seen from one level up; every other error as it is.
    pub(crate) fn inside_item(self, name: &str, item: usize) -> Self {
        match self {
            CatalogError::Flaw(flaw) => CatalogError::Flaw(flaw.inside_item(name, item)),
            other => other,
        }
    }
}
