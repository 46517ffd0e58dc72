//! Text from outside, checked once: what comes out has no control characters and a known length.

use crate::error::RequestError;

/// Longest description of a request; the limit that Open311 names.
pub const DESCRIPTION_LETTERS_MAX: usize = 4000;
/// Longest note.
pub const NOTE_LETTERS_MAX: usize = 4000;
/// Longest reason.
pub const REASON_LETTERS_MAX: usize = 1000;
/// Longest name, address, reference: anything on one line.
pub const LINE_LETTERS_MAX: usize = 300;

/// A text of one line, trimmed; `None` when there is nothing in it.
///
/// Characters that can make a name look like another one (bidirectional overrides, zero-width) are removed.
pub(crate) fn line(field: &'static str, text: &str) -> Result<Option<String>, RequestError> {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    checked(field, visible.trim(), LINE_LETTERS_MAX, |c| c.is_control())
}

/// As [`line()`], for a text that must be there.
pub(crate) fn required_line(field: &'static str, text: &str) -> Result<String, RequestError> {
    line(field, text)?.ok_or(RequestError::TextMissing { field })
}

/// A text of any number of lines, trimmed, with line ends made one kind; `None` when there is nothing in it.
pub(crate) fn paragraphs(
    field: &'static str,
    text: &str,
    letters_max: usize,
) -> Result<Option<String>, RequestError> {
    let text =
        if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    checked(field, text.trim(), letters_max, |c| c.is_control() && !matches!(c, '\n' | '\t'))
}

/// As [`paragraphs`], for a reason or remark that must be there.
pub(crate) fn required_paragraphs(
    field: &'static str,
    text: &str,
    letters_max: usize,
) -> Result<String, RequestError> {
    paragraphs(field, text, letters_max)?.ok_or(RequestError::TextMissing { field })
}

fn checked(
    field: &'static str,
    text: &str,
    letters_max: usize,
    is_bad: impl Fn(char) -> bool,
) -> Result<Option<String>, RequestError> {
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().any(is_bad) {
        return Err(RequestError::TextUnreadable { field });
    }
    // Counting characters is only needed when the bytes alone do not settle it.
    if text.len() > letters_max && text.chars().count() > letters_max {
        return Err(RequestError::TextTooLong { field, letters_max });
    }
    Ok(Some(text.to_owned()))
}

/// Zero-width characters and bidirectional controls.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inp_02_control_characters_are_refused_and_bidi_tricks_removed() {
        assert!(matches!(line("name", "a\nb"), Err(RequestError::TextUnreadable { field: "name" })));
        assert!(matches!(paragraphs("note", "a\0b", 9), Err(RequestError::TextUnreadable { .. })));
        assert_eq!(line("name", " Ro\u{202e}sa\u{200b} ").unwrap().as_deref(), Some("Rosa"));
        assert_eq!(paragraphs("note", "a\r\nb\tc\rd", 9).unwrap().as_deref(), Some("a\nb\tc\nd"));
    }

    #[test]
    fn limits_count_letters_not_bytes() {
        assert!(paragraphs("note", "ñññ", 3).is_ok());
        assert!(matches!(
            paragraphs("note", "ññññ", 3),
            Err(RequestError::TextTooLong { field: "note", letters_max: 3 })
        ));
    }
}
