//! Content lines: unfolding, and taking a line apart into name, parameters and value.

use super::{IcsError, IcsProblem};

/// `NAME;PARAMETER=value:value`, with the names in capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    pub(super) line: usize,
    pub(super) name: String,
    parameters: Vec<(String, String)>,
    pub(super) value: String,
}

impl Property {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// All properties of a file in order, `BEGIN` and `END` among them.
pub(super) fn properties(text: &str) -> Result<Vec<Property>, IcsError> {
    let lines = unfolded(text);
    match lines.first() {
        Some((_, first)) if first.trim_end().eq_ignore_ascii_case("BEGIN:VCALENDAR") => {}
        first => return Err(IcsProblem::NotACalendar.at(first.map_or(1, |(line, _)| *line))),
    }
    lines
        .into_iter()
        .map(|(line, text)| {
            property(line, &text).ok_or_else(|| IcsProblem::NotAProperty(shortened(&text)).at(line))
        })
        .collect()
}

/// Lines with their continuations (which begin with a space or a tab) joined to them; empty lines are dropped.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, raw) in text.split('\n').enumerate() {
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        match (raw.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(continuation), Some((_, line))) => line.push_str(continuation),
            _ if raw.trim().is_empty() => {}
            _ => lines.push((index + 1, raw.to_owned())),
        }
    }
    lines
}

fn property(line: usize, text: &str) -> Option<Property> {
    let mut parts = split_outside_quotes(text, ':', 2).into_iter();
    let (head, value) = (parts.next()?, parts.next()?);
    let mut head = split_outside_quotes(head, ';', usize::MAX).into_iter();
    let name = head.next().filter(|name| is_name(name))?.to_ascii_uppercase();
    let parameters: Option<Vec<(String, String)>> = head.map(parameter).collect();
    Some(Property { line, name, parameters: parameters?, value: value.to_owned() })
}

fn parameter(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=').filter(|(name, _)| is_name(name))?;
    Some((name.to_ascii_uppercase(), value.trim_matches('"').to_owned()))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Parts of a text between separators that are not inside double quotes; no more than `parts_max` of them.
fn split_outside_quotes(text: &str, separator: char, parts_max: usize) -> Vec<&str> {
    let mut quoted = false;
    text.splitn(parts_max, |character: char| {
        quoted ^= character == '"';
        character == separator && !quoted
    })
    .collect()
}

/// Enough of a line to recognise it in an error message.
fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}
