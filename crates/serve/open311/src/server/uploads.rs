//! Uploaded pictures on their way into the store.

use requests::RequestError;
use requests::files::{FileName, FileStore, StoredFile, check_submission, inspect};

use super::refusal::{self, Refusal};
use crate::form::Upload;
use crate::problem::Problem;

/// Measures all files before any is looked at.
///
/// # Errors
/// 413 for too many or too large ones.
pub(super) fn check(uploads: &[Upload]) -> Result<(), Problem> {
    let sizes: Vec<usize> = uploads.iter().map(|upload| upload.bytes.len()).collect();
    check_submission(&sizes).map_err(|error| refusal::file("media", &error))
}

/// Cleans every picture before the first is stored, so that a bad one leaves nothing behind.
///
/// # Errors
/// 400 for a file that is no picture we take, or the store's failure.
pub(super) fn keep(
    uploads: &[Upload],
    store: &FileStore,
    mut next_name: impl FnMut() -> FileName,
) -> Result<Vec<StoredFile>, Refusal> {
    let looked_at = uploads.iter().map(|upload| {
        inspect(&upload.bytes).map_err(|error| Refusal::Problem(refusal::file(&upload.field, &error)))
    });
    let clean = looked_at.collect::<Result<Vec<_>, _>>()?;
    let stored = clean.iter().map(|image| store.put(next_name(), image));
    Ok(stored.collect::<Result<_, _>>().map_err(RequestError::from)?)
}
