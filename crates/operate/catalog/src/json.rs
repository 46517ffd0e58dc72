//! Structured values kept as JSON text in one column.

use db::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The text to store.
pub(crate) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("our types have only string keys and finite values")
}

/// Reads a column written by [`to_json`].
pub(crate) fn from_json<T: DeserializeOwned>(row: &Row<'_>, index: usize) -> Result<T, db::Error> {
    let text: String = row.get(index)?;
    serde_json::from_str(&text).map_err(|e| row.misfit(index, "our JSON", e.into()))
}

/// The same for a column that may be null.
pub(crate) fn from_json_opt<T: DeserializeOwned>(
    row: &Row<'_>,
    index: usize,
) -> Result<Option<T>, db::Error> {
    let Some(text) = row.get::<Option<String>>(index)? else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|e| row.misfit(index, "our JSON", e.into()))
}
