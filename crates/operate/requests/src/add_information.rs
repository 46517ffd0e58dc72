//! The reporter tells us more.

use db::Tx;

use crate::change::{ReporterChange, record, take_as_reporter};
use crate::error::RequestError;
use crate::event::Event;
use crate::request_state::RequestState;
use crate::text;

/// Adds what the reporter has to say; read by staff and themselves, never by the public. Also to a closed
/// request: what is said there must not go nowhere.
///
/// # Errors
/// An empty text, or the store's.
pub fn add_information(
    tx: &mut Tx<'_>,
    change: &ReporterChange<'_>,
    text: &str,
) -> Result<RequestState, RequestError> {
    let request = take_as_reporter(tx, change)?;
    let text = text::required_paragraphs("text", text, text::DESCRIPTION_LETTERS_MAX)?;
    record(tx, &change.as_resident(), &request, Event::InformationAdded { text })
}
