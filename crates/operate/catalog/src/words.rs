//! Checks on the words and codes of a proposed entry: the one place that knows alphabets and lengths.

use crate::flaw::{Flaw, Wrong};
use crate::text::{Keywords, Text};

/// Longest code, in characters.
pub(crate) const CODE_MAX: usize = 100;
/// Longest name, in characters.
pub(crate) const NAME_MAX: usize = 200;
/// Longest description, notice or question, in characters.
pub(crate) const PROSE_MAX: usize = 4_000;
const KEYWORDS_MAX: usize = 100;
const URL_MAX: usize = 2_000;
const PHONE_MAX: usize = 40;

/// A code travels in addresses, file names and form fields, so its alphabet is small.
pub(crate) fn check_code(code: &str) -> Result<(), Wrong> {
    let inside = |c: char| c.is_ascii_alphanumeric() || "._-:".contains(c);
    if code.is_empty() {
        return Err(Wrong::Empty);
    }
    check_length(code, CODE_MAX)?;
    if !code.starts_with(|c: char| c.is_ascii_alphanumeric()) || !code.chars().all(inside) {
        return Err(Wrong::NotACode { code: code.to_owned() });
    }
    Ok(())
}

/// The key of a choice is sent back by clients as it is, so it may be any plain text on one line.
pub(crate) fn check_key(key: &str) -> Result<(), Wrong> {
    if key.trim() != key || key.is_empty() {
        return Err(Wrong::Empty);
    }
    check_line(key, CODE_MAX)
}

/// A name that must be there, on one line, in every language given.
pub(crate) fn check_name(name: &Text, field: &str) -> Result<(), Flaw> {
    if name.is_empty() {
        return Err(Wrong::Empty.at(field));
    }
    check_optional_name(name, field)
}

/// A name that may be missing.
pub(crate) fn check_optional_name(name: &Text, field: &str) -> Result<(), Flaw> {
    each(name, field, |words| check_filled(words).and_then(|()| check_line(words, NAME_MAX)))
}

/// Words that must be there and may have several lines.
pub(crate) fn check_prose(prose: &Text, field: &str) -> Result<(), Flaw> {
    if prose.is_empty() {
        return Err(Wrong::Empty.at(field));
    }
    check_optional_prose(prose, field)
}

/// Words that may be missing and may have several lines.
pub(crate) fn check_optional_prose(prose: &Text, field: &str) -> Result<(), Flaw> {
    each(prose, field, |words| check_filled(words).and_then(|()| check_characters(words, PROSE_MAX)))
}

pub(crate) fn check_keywords(keywords: &Keywords, field: &str) -> Result<(), Flaw> {
    for (language, list) in keywords.iter() {
        check_language(language).map_err(|wrong| wrong.at(field))?;
        if list.len() > KEYWORDS_MAX {
            return Err(Wrong::TooMany { max: KEYWORDS_MAX }.at(field));
        }
        for word in list {
            check_filled(word).and_then(|()| check_line(word, NAME_MAX)).map_err(|wrong| wrong.at(field))?;
            // Open311 joins keywords with commas; one inside a keyword would make two of it.
            if word.contains(',') {
                return Err(Wrong::ForbiddenCharacter { code_point: u32::from(',') }.at(field));
            }
        }
    }
    Ok(())
}

pub(crate) fn check_language(tag: &str) -> Result<(), Wrong> {
    let part = |p: &str| (1..=8).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphanumeric());
    let first = tag.split('-').next().unwrap_or_default();
    let primary = (2..=3).contains(&first.len()) && first.chars().all(|c| c.is_ascii_lowercase());
    if primary && tag.len() <= 35 && tag.split('-').all(part) {
        return Ok(());
    }
    Err(Wrong::NotALanguage { tag: tag.to_owned() })
}

/// Only web addresses: a link of another scheme in a catalog could run script in a resident's browser.
pub(crate) fn check_url(url: &str) -> Result<(), Wrong> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_graphic() && !"\"'<>\\`{}|^".contains(c);
    match rest {
        Some(rest) if !rest.is_empty() && !rest.starts_with('/') && url.chars().all(plain) => {
            check_length(url, URL_MAX)
        }
        _ => Err(Wrong::NotAUrl { url: url.to_owned() }),
    }
}

pub(crate) fn check_phone(number: &str) -> Result<(), Wrong> {
    let dialled = |c: char| c.is_ascii_digit() || "+-() .*#".contains(c);
    let has_digit = number.chars().any(|c| c.is_ascii_digit());
    if has_digit && number.len() <= PHONE_MAX && number.chars().all(dialled) {
        return Ok(());
    }
    Err(Wrong::NotAPhoneNumber { number: number.to_owned() })
}

pub(crate) fn check_host(host: &str) -> Result<(), Wrong> {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let label = |l: &str| {
        (1..=63).contains(&l.len()) && l.chars().all(letter) && !l.starts_with('-') && !l.ends_with('-')
    };
    if host.len() <= 253 && host.split('.').all(label) {
        return Ok(());
    }
    Err(Wrong::NotAHost { host: host.to_owned() })
}

/// Plain text on one line.
pub(crate) fn check_line(words: &str, max: usize) -> Result<(), Wrong> {
    if let Some(c) = words.chars().find(|c| matches!(c, '\n' | '\t')) {
        return Err(Wrong::ForbiddenCharacter { code_point: u32::from(c) });
    }
    check_characters(words, max)
}

fn check_characters(words: &str, max: usize) -> Result<(), Wrong> {
    check_length(words, max)?;
    match words.chars().find(|c| is_forbidden(*c)) {
        Some(c) => Err(Wrong::ForbiddenCharacter { code_point: u32::from(c) }),
        None => Ok(()),
    }
}

fn check_length(words: &str, max: usize) -> Result<(), Wrong> {
    if words.chars().count() > max { Err(Wrong::TooLong { max }) } else { Ok(()) }
}

fn check_filled(words: &str) -> Result<(), Wrong> {
    if words.trim().is_empty() { Err(Wrong::Empty) } else { Ok(()) }
}

fn each(text: &Text, field: &str, check: impl Fn(&str) -> Result<(), Wrong>) -> Result<(), Flaw> {
    for (language, words) in text.iter() {
        check_language(language).and_then(|()| check(words)).map_err(|wrong| wrong.at(field))?;
    }
    Ok(())
}

/// Control characters, and the invisible ones that reorder or hide what is shown. The joiners U+200C and U+200D
/// stay: Persian and several Indian scripts need them.
pub(crate) fn is_forbidden(c: char) -> bool {
    let invisible = matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    invisible || (c.is_control() && c != '\n' && c != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_a_small_alphabet() {
        for good in ["pothole", "001", "eform.PWDx08_Pick-up", "a:b"] {
            assert_eq!(check_code(good), Ok(()), "{good}");
        }
        for bad in ["", ".hidden", "two words", "a/b", "naïve", "a]", &"x".repeat(101)] {
            assert!(check_code(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn links_of_other_schemes_are_refused() {
        for bad in
            ["javascript:alert(1)", "//example.org", "https://", "https:///x", "https://a/\"x", "ftp://a"]
        {
            assert!(check_url(bad).is_err(), "{bad}");
        }
        assert_eq!(check_url("https://example.org/a?b=c#d"), Ok(()));
    }

    #[test]
    fn inp_02_names_cannot_hide_direction_changes_or_control_characters() {
        for bad in ["a\u{202E}b", "a\u{0}b", "a\nb", "zero\u{200B}width"] {
            assert!(check_name(&Text::new("en", bad), "name").is_err(), "{bad:?}");
        }
        assert_eq!(check_name(&Text::new("fa", "می\u{200C}خواهم"), "name"), Ok(()));
    }

    #[test]
    fn languages_are_tags() {
        for good in ["en", "pt-BR", "zh-Hant-TW"] {
            assert_eq!(check_language(good), Ok(()), "{good}");
        }
        for bad in ["", "EN", "english", "en_US", "e", "en-"] {
            assert!(check_language(bad).is_err(), "{bad}");
        }
    }
}
