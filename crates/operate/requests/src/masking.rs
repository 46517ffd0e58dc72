//! What a stranger may read of a text that somebody typed.
//!
//! Residents write their telephone number into the description although nobody asked for it. Before a
//! text can become public it is scanned once, when it is written, and what points at a person is
//! replaced by `[…]`: telephone numbers, e-mail addresses, social security and card numbers, number plates, and the
//! reporter's own name. What the office itself publishes (its own telephone number) stays.

mod plates;

use std::ops::Range;

use catalog::Text;
use serde::{Deserialize, Serialize};

/// What stands in the place of something removed: the same in every language.
pub const MASK: &str = "[…]";

/// A text together with what the public may read of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicText {
    text: String,
    /// Only there when something had to be removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    masked: Option<String>,
}

impl PublicText {
    /// Scans a text once; the result is kept with it.
    pub fn new(text: impl Into<String>, known: &Known<'_>) -> Self {
        let text = text.into();
        let masked = masked(&text, known);
        Self { text, masked }
    }

    /// Puts together what was stored.
    pub(crate) fn stored(text: String, masked: Option<String>) -> Self {
        Self { text, masked }
    }

    /// What was written, for the reporter and for staff.
    pub fn whole(&self) -> &str {
        &self.text
    }

    /// What the public may read.
    pub fn for_public(&self) -> &str {
        self.masked.as_deref().unwrap_or(&self.text)
    }

    /// The masked form, when it differs.
    pub(crate) fn masked(&self) -> Option<&str> {
        self.masked.as_deref()
    }
}

/// What is known about the people a text may be about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Name of the person who reported.
    pub name: Option<&'a str>,
    /// Their telephone number, in whatever form they write it.
    pub phone: Option<&'a str>,
    /// What the office itself publishes: numbers and addresses in it are nobody's secret.
    pub office: Option<&'a Text>,
}

/// The text with everything personal replaced; `None` when nothing had to be.
fn masked(text: &str, known: &Known<'_>) -> Option<String> {
    let mut found = email_addresses(text);
    found.extend(telling_numbers(text, known));
    found.retain(|range| !is_published(&text[range.clone()], known.office));
    found.extend(plates::plates(text));
    found.extend(names(text, known.name));
    if found.is_empty() {
        return None;
    }
    found.sort_by_key(|range| (range.start, range.end));
    Some(replaced(text, &found))
}

fn replaced(text: &str, found: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for range in found {
        if range.start >= from {
            out.push_str(&text[from..range.start]);
            out.push_str(MASK);
        }
        from = from.max(range.end);
    }
    out.push_str(&text[from..]);
    out
}

/// Whether the office publishes this number or address itself, in any language.
fn is_published(hit: &str, office: Option<&Text>) -> bool {
    office.is_some_and(|text| text.iter().any(|(_, words)| stands_in(hit, words)))
}

fn stands_in(hit: &str, office: &str) -> bool {
    if hit.contains('@') {
        return office.to_lowercase().contains(&hit.to_lowercase());
    }
    let digits = digits_of(hit);
    number_runs(office).iter().any(|run| digits_of(&office[run.span()]).ends_with(&digits))
}

fn email_addresses(text: &str) -> Vec<Range<usize>> {
    text.match_indices('@').filter_map(|(at, _)| email_around(text, at)).collect()
}

fn email_around(text: &str, at: usize) -> Option<Range<usize>> {
    let before = text[..at].trim_end_matches(|c: char| c.is_alphanumeric() || "._%+-'".contains(c));
    let tail = &text[at + 1..];
    let rest = tail.trim_start_matches(|c: char| c.is_alphanumeric() || ".-".contains(c));
    let domain = tail[..tail.len() - rest.len()].trim_end_matches(['.', '-']);
    let local = at - before.len();
    (local > 0 && domain.contains('.')).then_some(before.len()..at + 1 + domain.len())
}

/// Runs of digits with few separators between them, as people write numbers.
struct Run {
    groups: Vec<Range<usize>>,
    plus: bool,
}

impl Run {
    fn span(&self) -> Range<usize> {
        self.groups[0].start..self.groups[self.groups.len() - 1].end
    }
}

const SEPARATORS_MAX: usize = 3;

fn number_runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for group in digit_groups(text) {
        match runs.last_mut() {
            Some(run) if continues(&text[run.span().end..group.start]) => run.groups.push(group),
            _ => runs.push(Run { plus: text[..group.start].ends_with('+'), groups: vec![group] }),
        }
    }
    runs
}

fn continues(gap: &str) -> bool {
    !gap.is_empty()
        && gap.chars().count() <= SEPARATORS_MAX
        && gap.chars().all(|c| " -.()/\u{a0}\u{2011}\u{2013}".contains(c))
}

/// Groups of digits that no letter touches: `B12` is no part of a telephone number.
fn digit_groups(text: &str) -> Vec<Range<usize>> {
    let mut groups = stretches(text, |c| c.is_ascii_digit());
    groups.retain(|group| {
        let before = text[..group.start].ends_with(char::is_alphabetic);
        !before && !text[group.end..].starts_with(char::is_alphabetic)
    });
    groups
}

/// The longest stretches of characters of one kind.
fn stretches(text: &str, kind: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| kind(*c)) {
        let end = at + c.len_utf8();
        match found.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => found.push(at..end),
        }
    }
    found
}

fn telling_numbers(text: &str, known: &Known<'_>) -> Vec<Range<usize>> {
    let own = known.phone.map(digits_of).filter(|digits| digits.len() >= 7);
    number_runs(text).iter().filter_map(|run| telling_part(text, run, own.as_deref())).flatten().collect()
}

/// The parts of a run of numbers that name a person, longest first so that no piece of one is left over.
fn telling_part(text: &str, run: &Run, own: Option<&str>) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < run.groups.len() {
        let end = (from + 1..=run.groups.len()).rev().find(|&end| {
            let plus = run.plus && from == 0;
            tells(text, &run.groups[from..end], plus, own)
        });
        if let Some(end) = end {
            let opening = text[..run.groups[from].start].trim_end_matches(['+', '(']).len();
            found.push(opening..run.groups[end - 1].end);
        }
        from = end.unwrap_or(from + 1);
    }
    (!found.is_empty()).then_some(found)
}

fn tells(text: &str, groups: &[Range<usize>], plus: bool, own: Option<&str>) -> bool {
    let lengths: Vec<usize> = groups.iter().map(ExactSizeIterator::len).collect();
    let digits: String = groups.iter().map(|group| &text[group.clone()]).collect();
    let international = plus || digits.starts_with("00");
    own.is_some_and(|own| digits.len() >= 7 && own.ends_with(&digits))
        || (international && (8..=17).contains(&digits.len()))
        || is_telephone(&lengths, &digits)
        || lengths == [3, 2, 4]
        || (digits.len() == 9 && is_announced(text, groups[0].start))
        || is_card(&digits)
}

/// Words after which nine digits are the number of a person.
const IDENTITY_WORDS: [&str; 7] = ["ssn", "social", "security", "itin", "seguro", "tax", "identidad"];

/// Whether one of the last few words before a number says that it is somebody's.
fn is_announced(text: &str, at: usize) -> bool {
    const LOOKED_AT: usize = 5;
    let mut before = text[..at]
        .split(|c: char| !c.is_alphanumeric())
        .rev()
        .filter(|word| !word.is_empty())
        .take(LOOKED_AT);
    before.any(|word| IDENTITY_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// The ways in which North Americans write a telephone number; a bare run of seven digits is more likely a case number.
fn is_telephone(lengths: &[usize], digits: &str) -> bool {
    let national =
        |lengths: &[usize]| matches!(lengths, [10] | [3, 3, 4] | [3, 7] | [6, 4] | [2, 4, 4] | [3, 3, 2, 2]);
    match lengths {
        [3, 4] => true,
        [11] => digits.starts_with('1'),
        [1, rest @ ..] if digits.starts_with('1') => national(rest),
        _ => national(lengths),
    }
}

/// Payment card: 13 to 19 digits that pass Luhn's check.
fn is_card(digits: &str) -> bool {
    let luhn = digits.bytes().rev().enumerate().map(|(position, digit)| {
        let value = u32::from(digit - b'0') * if position % 2 == 1 { 2 } else { 1 };
        value / 10 + value % 10
    });
    (13..=19).contains(&digits.len()) && luhn.sum::<u32>() % 10 == 0
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Every place where the name, or a part of it long enough to recognise somebody by, stands as a word.
fn names(text: &str, name: Option<&str>) -> Vec<Range<usize>> {
    let parts: Vec<String> = name.unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
    let telling = |word: &str| word.chars().count() >= 3 && parts.iter().any(|part| part == word);
    words(text).into_iter().filter(|range| telling(&text[range.clone()].to_lowercase())).collect()
}

/// Words without the `'s` of possession.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = stretches(text, |c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'));
    for word in &mut words {
        let owner = text[word.clone()].trim_end_matches("'s").trim_end_matches("’s");
        word.end = word.start + owner.trim_end_matches(['-', '\'', '’']).len();
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn public(text: &str) -> String {
        let office = Text::new("en", "Call 311 or 617-635-4500, or write to help@springfield.example");
        let known =
            Known { name: Some("Rosa Delgado-Ruiz"), phone: Some("617 55 501 99"), office: Some(&office) };
        PublicText::new(text, &known).for_public().to_owned()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(public(text), expected);
    }

    #[test]
    fn priv_04_telephone_numbers_are_masked_however_they_are_written() {
        check("Call me: 617-555-0123.", "Call me: […].");
        check("Call (617) 555 0123 after 5", "Call […] after 5");
        check("+44 20 7946 0958", "[…]");
        check("1.617.555.0123 or 6175550123", "[…] or […]");
        check("at 555-0123, 2 times", "at […], 2 times");
        check("my number 617 55 501 99", "my number […]");
        check("0049 30 901820", "[…]");
    }

    #[test]
    fn priv_04_addresses_identity_and_card_numbers_are_masked() {
        check("write rosa.d+311@mail.example, please", "write […], please");
        check("SSN 078-05-1120", "SSN […]");
        check("card 4111 1111 1111 1111", "card […]");
    }

    #[test]
    fn priv_04_the_reporters_own_name_is_masked_as_a_word_only() {
        check("Rosa's hedge, says ROSA DELGADO-RUIZ", "[…]'s hedge, says […] […]");
        check("The rosary shop", "The rosary shop");
    }

    #[test]
    fn what_the_office_publishes_itself_stays() {
        check("Crew booked, questions to 617-635-4500", "Crew booked, questions to 617-635-4500");
        check("Mail help@springfield.example", "Mail help@springfield.example");
    }

    #[test]
    fn dates_addresses_and_case_numbers_stay() {
        for text in [
            "since 2026-05-08 16:00, twice",
            "between 1200-1300 Main St, Boston 02118-1234",
            "case 101000295613 and 1234567",
            "the 3rd pole, no. B12-3456, costs 1,200.00",
            "@cityhall and 5 @ 7",
            "42.3594,-71.0587",
        ] {
            check(text, text);
        }
    }

    proptest! {
        #[test]
        fn a_number_in_any_text_never_reaches_the_public(before in "[a-z ,.]{0,20}", after in "[a-z ,.]{0,20}") {
            let text = PublicText::new(format!("{before} 617-555-0123 {after}"), &Known::default());
            prop_assert!(!text.for_public().contains("0123"));
        }

        #[test]
        fn masking_twice_is_masking_once(text in ".{0,80}") {
            let once = public(&text);
            prop_assert_eq!(public(&once), once);
        }
    }
}
