//! How much one catalog may hold.

use crate::error::CatalogError;

/// Most rows of one kind in one catalog: far above any city, low enough to load in a second.
pub(crate) const ROWS_MAX: i64 = 20_000;

/// What a query for at most this many rows asks for, so that one too many shows.
pub(crate) const ROWS_ASKED: i64 = ROWS_MAX + 1;

/// Refuses an answer that was cut off.
pub(crate) fn whole<T>(kind: &'static str, rows: Vec<T>) -> Result<Vec<T>, CatalogError> {
    if i64::try_from(rows.len()).is_ok_and(|n| n <= ROWS_MAX) {
        Ok(rows)
    } else {
        Err(CatalogError::TooLarge { kind, max: ROWS_MAX })
    }
}
