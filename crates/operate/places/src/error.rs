//! What can go wrong with the town's map.

use access::{AccessError, JurisdictionId};

/// Why an operation on the map was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum PlacesError {
    /// No government of this name is served here.
    #[error("no jurisdiction '{0}'")]
    UnknownJurisdiction(JurisdictionId),
    /// More than one map can hold; loading it would take the memory of everything else.
    #[error("the map would hold more than {max} features")]
    TooLarge {
        /// The most that are loaded.
        max: i64,
    },
    /// The caller may not do this.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The jurisdiction could not be looked up.
    #[error(transparent)]
    Catalog(#[from] catalog::CatalogError),
    /// The store failed.
    #[error("the store of the map failed")]
    Store(#[from] db::Error),
}
