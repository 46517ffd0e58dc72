//! `errors`: what was wrong with a call.

use super::pen::Pen;
use crate::route::Format;

/// One thing that was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorEntry {
    /// Usually the HTTP status.
    pub code: u16,
    /// For people; names the parameter.
    pub description: String,
}

pub(super) fn write(errors: &[ErrorEntry], format: Format) -> Vec<u8> {
    Pen::list_document(format, "errors", "error", errors, |pen, error| {
        pen.number("code", Some(error.code));
        pen.text("description", Some(&error.description));
    })
}
