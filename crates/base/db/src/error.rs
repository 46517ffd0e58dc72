//! What can go wrong at the door, in words that callers can act on.

use std::sync::Arc;

use tokio_postgres::error::SqlState;

use crate::value::ColumnError;

/// A failure of the store itself; rules of the domain have errors of their own.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system gives a database thread nothing to wait with.
    #[error("a database thread could not be set up")]
    Runtime {
        /// Why.
        source: std::io::Error,
    },
    /// The address is neither `sqlite:PATH` nor `postgres://…`.
    #[error("the database address {address:?} is not understood; write sqlite:PATH or postgres://…")]
    Address {
        /// The address with any password left out.
        address: String,
    },
    /// The SQLite library is older than the first one without the WAL-reset corruption.
    #[error("the SQLite library is {found}; at least {needed} is needed")]
    OldLibrary {
        /// Version found.
        found: String,
        /// Lowest version allowed.
        needed: &'static str,
    },
    /// The server or file refuses the durability that an answer promises.
    #[error("the database runs with {setting} = {found}, which can lose acknowledged writes")]
    WeakSetting {
        /// Name of the setting.
        setting: &'static str,
        /// Value found.
        found: String,
    },
    /// The database was made by a later version of the program.
    #[error("the database has version {found} of the {schema} tables, this program knows up to {known}")]
    NewerSchema {
        /// Which tables.
        schema: &'static str,
        /// Migrations found in the database.
        found: i64,
        /// Migrations this program knows.
        known: i64,
    },
    /// A migration could not be carried out; nothing of it is kept.
    #[error("migration {name} failed")]
    Migration {
        /// Name of the migration.
        name: &'static str,
        /// Why.
        source: Box<Error>,
    },
    /// The queue in front of the database is full: try again later.
    #[error("the database has more work waiting than it can take")]
    Overloaded,
    /// The door was closed while the operation waited.
    #[error("the database is shut")]
    Shut,
    /// A statement that must touch one row touched another number.
    #[error("a statement that must touch one row touched {rows}")]
    NotOneRow {
        /// Rows touched.
        rows: u64,
    },
    /// A query that must answer one row answered none.
    #[error("a query that must answer one row answered none")]
    NoRow,
    /// A column does not hold what the program expects.
    #[error("column {index} does not hold {expected}")]
    Column {
        /// Position in the row, from 0.
        index: usize,
        /// What was expected there.
        expected: &'static str,
        /// Why it did not fit.
        source: ColumnError,
    },
    /// An operation went on after one of its statements had failed, which would store half of it.
    #[error("an operation went on after a failed statement; nothing of it was kept")]
    WentOn,
    /// The operation panicked; nothing of it was kept.
    #[error("an operation on the database panicked; nothing of it was kept")]
    Panicked,
    /// The commit failed: nothing of the group was acknowledged.
    #[error("the commit failed")]
    Commit {
        /// What the engine said, to everybody of the group alike.
        source: Arc<Error>,
    },
    /// SQLite said no.
    #[error("SQLite refused a statement")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL said no.
    #[error("PostgreSQL refused a statement")]
    Postgres(#[from] tokio_postgres::Error),
}

impl Error {
    /// The name of the unique constraint (PostgreSQL) or the columns (SQLite) that a new row broke.
    pub fn unique_violation(&self) -> Option<String> {
        match self {
            Error::Sqlite(rusqlite::Error::SqliteFailure(code, text))
                if matches!(
                    code.extended_code,
                    rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY
                ) =>
            {
                Some(text.clone().unwrap_or_default())
            }
            Error::Postgres(error) => error
                .as_db_error()
                .filter(|e| *e.code() == SqlState::UNIQUE_VIOLATION)
                .map(|e| e.constraint().unwrap_or_default().to_owned()),
            _ => None,
        }
    }

    /// True when the same operation may succeed a moment later: locked, overloaded, out of reach, or being started anew.
    pub fn is_passing(&self) -> bool {
        match self {
            Error::Overloaded | Error::Shut => true,
            // On PostgreSQL nobody knows whether it happened; doing it again might do it twice.
            Error::Commit { source } => matches!(**source, Error::Sqlite(_)) && source.is_passing(),
            Error::Sqlite(rusqlite::Error::SqliteFailure(code, _)) => {
                use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
                matches!(code.code, DatabaseBusy | DatabaseLocked)
            }
            Error::Postgres(error) => {
                error.is_closed() || error.as_db_error().is_none() || is_conflict(error)
            }
            _ => false,
        }
    }

    /// True when the disk has no room: text may still be taken elsewhere, nothing was stored here.
    pub fn is_full(&self) -> bool {
        match self {
            Error::Commit { source } => source.is_full(),
            Error::Sqlite(rusqlite::Error::SqliteFailure(code, _)) => {
                code.code == rusqlite::ErrorCode::DiskFull
            }
            Error::Postgres(error) => error.code() == Some(&SqlState::DISK_FULL),
            _ => false,
        }
    }

    /// True when a query was cut off because it took longer than [`Db::limited`](crate::Db::limited) allows.
    pub fn is_out_of_time(&self) -> bool {
        match self {
            Error::Sqlite(rusqlite::Error::SqliteFailure(code, _)) => {
                code.code == rusqlite::ErrorCode::OperationInterrupted
            }
            Error::Postgres(error) => error.code() == Some(&SqlState::QUERY_CANCELED),
            _ => false,
        }
    }

    /// True when the system could not say that something is on stable storage (DUR-04). Asking again could get a yes
    /// that is not true: what was to be written may be forgotten by then.
    pub(crate) fn is_failed_sync(&self) -> bool {
        const SYNCS: [i32; 2] = [rusqlite::ffi::SQLITE_IOERR_FSYNC, rusqlite::ffi::SQLITE_IOERR_DIR_FSYNC];
        match self {
            Error::Sqlite(rusqlite::Error::SqliteFailure(code, _)) => SYNCS.contains(&code.extended_code),
            _ => false,
        }
    }

    /// True when running the operation again from its beginning is both safe and likely to help.
    pub(crate) fn is_worth_another_try(&self) -> bool {
        match self {
            Error::Postgres(error) => {
                // A statement sent ahead has failed, and this one only met the wreck.
                let came_after = error.code() == Some(&SqlState::IN_FAILED_SQL_TRANSACTION);
                error.is_closed() || is_conflict(error) || came_after
            }
            _ => false,
        }
    }
}

fn is_conflict(error: &tokio_postgres::Error) -> bool {
    matches!(error.code(), Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED))
}
