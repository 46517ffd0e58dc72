//! The frame around every change of the catalog: permission, one editor at a time, audit entry, new version.

use access::{Actor, JurisdictionId, Permission, audit};
use db::{Tx, params};
use jiff::Timestamp;

use crate::error::CatalogError;

/// What saving an entry came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// It was not there before.
    Added,
    /// It was there and is different now.
    Changed,
    /// It was there and is the same.
    Unchanged,
}

/// An entry after saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved<I> {
    /// The entry's id.
    pub id: I,
    /// What saving it came to.
    pub change: Change,
}

impl Change {
    /// The word used in audit entries.
    pub fn as_str(self) -> &'static str {
        match self {
            Change::Added => "added",
            Change::Changed => "changed",
            Change::Unchanged => "unchanged",
        }
    }
}

/// Who changes which catalog, and when. Made only by [`Edit::begin`], so no change can forget to ask.
pub(crate) struct Edit<'e> {
    pub(crate) now: Timestamp,
    pub(crate) by: &'e Actor,
    pub(crate) jurisdiction: &'e JurisdictionId,
}

const LOCK: &str = "update jurisdiction set catalog_version = catalog_version where jurisdiction_id = $1";
const NEXT_VERSION: &str = "update jurisdiction set catalog_version = catalog_version + 1, changed_at = $2 where jurisdiction_id = $1";
const VERSION: &str = "select catalog_version from jurisdiction where jurisdiction_id = $1";

impl<'e> Edit<'e> {
    /// Checks the permission and takes the jurisdiction's row, so that editors of one catalog queue up instead of
    /// deciding on what the other is about to change.
    pub(crate) fn begin(
        tx: &mut Tx<'_>,
        now: Timestamp,
        by: &'e Actor,
        jurisdiction: &'e JurisdictionId,
        permission: Permission,
    ) -> Result<Self, CatalogError> {
        by.require(jurisdiction, permission)?;
        match tx.exec(LOCK, params![jurisdiction])? {
            1 => Ok(Self { now, by, jurisdiction }),
            _ => Err(CatalogError::UnknownJurisdiction(jurisdiction.clone())),
        }
    }

    /// Writes the audit entry and moves the version on, by which every node notices that its copy is old.
    pub(crate) fn record(
        &self,
        tx: &mut Tx<'_>,
        action: &'static str,
        object: String,
        detail: String,
    ) -> Result<(), CatalogError> {
        audit::append(
            tx,
            self.now,
            &audit::Entry { jurisdiction: self.jurisdiction, actor: self.by, action, object, detail },
        )?;
        Ok(tx.exec_one(NEXT_VERSION, params![self.jurisdiction, self.now])?)
    }

    /// Writes an entry where it is new or different, and puts that on record.
    pub(crate) fn put<T: PartialEq>(
        &self,
        tx: &mut Tx<'_>,
        (action, object): (&'static str, String),
        old: Option<&T>,
        new: &T,
        write: impl FnOnce(&mut Tx<'_>) -> Result<(), db::Error>,
    ) -> Result<Change, CatalogError> {
        let change = match old {
            Some(old) if old == new => return Ok(Change::Unchanged),
            Some(_) => Change::Changed,
            None => Change::Added,
        };
        write(tx)?;
        self.record_saved(tx, action, object, change)?;
        Ok(change)
    }

    /// The same for an entry that was saved, unless nothing changed.
    pub(crate) fn record_saved(
        &self,
        tx: &mut Tx<'_>,
        action: &'static str,
        object: String,
        change: Change,
    ) -> Result<(), CatalogError> {
        match change {
            Change::Unchanged => Ok(()),
            Change::Added | Change::Changed => {
                self.record(tx, action, object, format!(r#"{{"change":"{}"}}"#, change.as_str()))
            }
        }
    }
}

/// The number that every change of this jurisdiction's catalog moves on; compare it to know whether a loaded
/// [`Catalog`](crate::Catalog) is still current.
///
/// # Errors
/// [`CatalogError::UnknownJurisdiction`], or the store's.
pub fn version(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<i64, CatalogError> {
    tx.query_opt(VERSION, params![jurisdiction], |row| row.get(0))?
        .ok_or_else(|| CatalogError::UnknownJurisdiction(jurisdiction.clone()))
}
