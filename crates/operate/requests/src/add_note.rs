//! Notes by staff: for everybody, or for colleagues only. Two operations, so that neither is written by mistake.

use access::Permission;
use db::Tx;

use crate::change::{Change, record, take};
use crate::close::public_text;
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;
use crate::text;

/// Writes a note that the reporter and the public may read.
///
/// # Errors
/// An empty note, permission, version, or the store's.
pub fn add_public_note(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    note: &str,
) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::WritePublicNote)?;
    let note = text::required_paragraphs("note", note, text::NOTE_LETTERS_MAX)?;
    let note = public_text(tx, change, &note)?;
    record(tx, change, &request, Event::PublicNote { note })
}

/// Writes a note for colleagues.
///
/// # Errors
/// An empty note, permission, version, or the store's.
pub fn add_internal_note(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    note: &str,
) -> Result<RequestState, RequestError> {
    let request = take(tx, change, Permission::WriteInternalNote)?;
    let note = text::required_paragraphs("note", note, text::NOTE_LETTERS_MAX)?;
    record(tx, change, &request, Event::InternalNote { note })
}
