//! Percent-decoding and the cleaning of text that came from outside.

use std::borrow::Cow;

/// What a plus sign means: a blank in form fields, itself in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plus {
    IsBlank,
    IsPlus,
}

/// The decoded bytes are not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotUtf8;

/// Decodes once. A `%` that begins no escape stays as it is, as in every browser's own form reader: people
/// write "50% done" through clients that forget to encode it.
pub(crate) fn percent(text: &str, plus: Plus) -> Result<String, NotUtf8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, escape(bytes, at)) {
            (b'%', Some(value)) => {
                decoded.push(value);
                at += 3;
                continue;
            }
            (b'+', _) if plus == Plus::IsBlank => decoded.push(b' '),
            _ => decoded.push(byte),
        }
        at += 1;
    }
    String::from_utf8(decoded).map_err(|_| NotUtf8)
}

fn escape(bytes: &[u8], at: usize) -> Option<u8> {
    let high = char::from(*bytes.get(at + 1)?).to_digit(16)?;
    let low = char::from(*bytes.get(at + 2)?).to_digit(16)?;
    u8::try_from(high * 16 + low).ok()
}

/// Percent-encodes everything but the characters that mean themselves everywhere.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Text of many lines: line breaks become `\n`, other control characters go.
pub(crate) fn plain(text: String) -> String {
    let allowed = |c: char| !c.is_control() || c == '\n' || c == '\t';
    if text.chars().all(allowed) {
        return text;
    }
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|&c| allowed(c)).collect()
}

/// Text of one line, for names, codes and addresses: breaks become blanks, and marks that would let a name
/// look like another one (bidirectional overrides, zero-width characters) go.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || invisible(c)) {
        return Cow::Borrowed(text.trim());
    }
    let line: String =
        text.chars().filter(|&c| !invisible(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    Cow::Owned(line.trim().to_owned())
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{061C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_that_begins_no_escape_is_kept() {
        assert_eq!(percent("50%+done%2", Plus::IsBlank).as_deref(), Ok("50% done%2"));
        assert_eq!(percent("%zz%2b", Plus::IsPlus).as_deref(), Ok("%zz+"));
        assert_eq!(percent("%e2%82", Plus::IsPlus), Err(NotUtf8));
    }

    #[test]
    fn what_is_escaped_decodes_to_itself() {
        for text in ["", "a-b_c.d~e", "5 % & = + ü/?#"] {
            assert_eq!(percent(&escaped(text), Plus::IsBlank).as_deref(), Ok(text));
        }
    }

    #[test]
    fn decoding_happens_once() {
        assert_eq!(percent("%2541", Plus::IsBlank).as_deref(), Ok("%41"));
    }

    #[test]
    fn inp_02_control_characters_and_overrides_do_not_come_in() {
        assert_eq!(plain("a\r\nb\rc\u{0}\u{7}\td".to_owned()), "a\nb\nc\td");
        assert_eq!(one_line("  Ro\u{202E}sa\u{200B}\nParks "), "Rosa Parks");
        assert_eq!(one_line(" Łódź "), "Łódź");
    }
}
