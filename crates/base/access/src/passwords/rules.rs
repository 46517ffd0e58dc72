//! Which passwords are taken (AUTH-01, AUTH-02).
//!
//! Length is what makes a password hard to guess, so 15 characters are asked for and nothing else is
//! prescribed: any Unicode, spaces, no mixture of kinds. What is refused is what a guesser tries
//! first. We remove from the text everything predictable (words and phrases of a bundled list, rows of
//! the keyboard, sequences, years, repeats) and refuse it when too little is left. All of it works
//! without a network.

use std::fmt;

use crate::jurisdiction::JurisdictionId;
use crate::people::Email;

/// Fewest characters while the password is the only factor.
const CHARACTERS_MIN: usize = 15;
/// Most characters: far above what anybody types, low enough that checking stays cheap.
const CHARACTERS_MAX: usize = 1024;
/// Fewest characters that must be left when everything predictable is taken away.
const SURPRISES_MIN: usize = 6;
/// Shorter names are part of too many words to be refused inside a password.
const NAME_CHARACTERS_MIN: usize = 4;

const PRODUCT: &str = "townline";
/// Words and phrases that guessers try first, one a line; our own collection.
const COMMON: &str = include_str!("common.txt");

/// Whose password it is going to be: none of this may appear in it.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The jurisdiction they work for.
    pub jurisdiction: &'a JurisdictionId,
    /// Its written name, where it has one already.
    pub jurisdiction_name: &'a str,
    /// Their own name.
    pub name: &'a str,
    /// The address they sign in with.
    pub email: &'a Email,
}

/// Why a password was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordProblem {
    /// Too easy to try out in full.
    #[error("a password has at least {needed} characters, this one has {characters}")]
    TooShort {
        /// Characters offered.
        characters: usize,
        /// Fewest characters.
        needed: usize,
    },
    /// Longer than we are willing to hash.
    #[error("a password has at most {most} characters, this one has {characters}")]
    TooLong {
        /// Characters offered.
        characters: usize,
        /// Most characters.
        most: usize,
    },
    /// Made of what guessers try first.
    #[error("the password is made of common words, repeats, sequences or keyboard rows")]
    Guessable,
    /// Contains a name that anybody could look up.
    #[error("the password contains {0}")]
    Contains(KnownName),
}

/// A name that does not belong in a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownName {
    /// The product's.
    Product,
    /// The jurisdiction's.
    Jurisdiction,
    /// The person's own.
    Person,
    /// The part of their address before the `@`.
    Email,
}

impl fmt::Display for KnownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KnownName::Product => "the name of the product",
            KnownName::Jurisdiction => "the name of the jurisdiction",
            KnownName::Person => "the person's own name",
            KnownName::Email => "the person's e-mail address",
        })
    }
}

/// A password that passed the rules for one person, exactly as typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Takes a password for `about`, or says why not.
    ///
    /// # Errors
    /// [`PasswordProblem`], the first that applies.
    pub fn new(text: &str, about: &About<'_>) -> Result<Self, PasswordProblem> {
        let characters = text.chars().count();
        if characters < CHARACTERS_MIN {
            return Err(PasswordProblem::TooShort { characters, needed: CHARACTERS_MIN });
        }
        if characters > CHARACTERS_MAX {
            return Err(PasswordProblem::TooLong { characters, most: CHARACTERS_MAX });
        }
        if let Some(name) = name_inside(text, about) {
            return Err(PasswordProblem::Contains(name));
        }
        if surprises(text) < SURPRISES_MIN {
            return Err(PasswordProblem::Guessable);
        }
        Ok(Self(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(hidden)")
    }
}

/// One letter of the text as a guesser reads it, and where it stood.
#[derive(Debug, Clone, Copy)]
struct Letter {
    read: char,
    position: usize,
}

/// What stands for a letter to the eye; the three readings a guesser tries.
const READINGS: [fn(char) -> char; 3] = [|c| c, |c| look_alike(c, 'i'), |c| look_alike(c, 'l')];

fn look_alike(c: char, one: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => one,
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        other => other,
    }
}

/// Letters and digits only, in lower case, so that neither capitals nor dashes hide a word.
fn letters(text: &str, reading: fn(char) -> char) -> Vec<Letter> {
    let read = text.chars().enumerate().flat_map(|(position, c)| {
        c.to_lowercase().map(move |lower| Letter { read: reading(lower), position })
    });
    read.filter(|letter| letter.read.is_alphanumeric()).collect()
}

fn folded(text: &str) -> String {
    letters(text, READINGS[0]).into_iter().map(|letter| letter.read).collect()
}

/// The first known name found in the text, under any reading.
fn name_inside(text: &str, about: &About<'_>) -> Option<KnownName> {
    let readings =
        READINGS.map(|reading| -> String { letters(text, reading).iter().map(|l| l.read).collect() });
    let names = known_names(about);
    let inside = |name: &String| readings.iter().any(|read| read.contains(name.as_str()));
    names.into_iter().find(|(name, _)| inside(name)).map(|(_, which)| which)
}

fn known_names(about: &About<'_>) -> Vec<(String, KnownName)> {
    let sources = [
        (PRODUCT, KnownName::Product),
        (about.jurisdiction.as_str(), KnownName::Jurisdiction),
        (about.jurisdiction_name, KnownName::Jurisdiction),
        (about.name, KnownName::Person),
        (about.email.local_part(), KnownName::Email),
    ];
    let whole_and_parts = sources.into_iter().flat_map(|(source, which)| {
        let parts = source.split(|c: char| !c.is_alphanumeric());
        // "City of …" is part of many names and of many good passwords.
        let telling = parts.filter(|part| !["city", "town", "county", "village", "example"].contains(part));
        telling.chain([source]).map(move |part| (folded(part), which)).collect::<Vec<_>>()
    });
    whole_and_parts.filter(|(name, _)| name.chars().count() >= NAME_CHARACTERS_MIN).collect()
}

/// How many characters are left when everything predictable is taken away.
fn surprises(text: &str) -> usize {
    let lower: Vec<char> = text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect();
    let mut predictable: Vec<bool> = lower.iter().map(|c| c.is_whitespace()).collect();
    for reading in READINGS {
        mark_common(&letters(text, reading), &mut predictable);
    }
    mark_repeats(&lower, &mut predictable);
    mark_runs(&lower, &mut predictable, |a, b| step(u32::from(a), u32::from(b)));
    mark_runs(&lower, &mut predictable, key_step);
    mark_years(&lower, &mut predictable);
    predictable.iter().filter(|covered| !**covered).count()
}

fn mark_common(letters: &[Letter], predictable: &mut [bool]) {
    for line in COMMON.lines() {
        let length = line.chars().count();
        for window in letters.windows(length) {
            if window.iter().map(|l| l.read).eq(line.chars()) {
                predictable[window[0].position..=window[length - 1].position].fill(true);
            }
        }
    }
}

/// Whatever stood there before adds nothing when it comes again, and what comes three times adds nothing.
fn mark_repeats(text: &[char], predictable: &mut [bool]) {
    for distance in 1..text.len() {
        let long_enough = if distance == 1 { 2 } else { 4 };
        let mut length = 0;
        for i in distance..text.len() {
            length = if text[i] == text[i - distance] { length + 1 } else { 0 };
            if length >= long_enough {
                let thrice = length >= 2 * distance;
                let start = i + 1 - length - if thrice { distance } else { 0 };
                predictable[start..=i].fill(true);
            }
        }
    }
}

/// Marks four or more characters in a row that go on by the same step.
fn mark_runs<S: PartialEq>(text: &[char], predictable: &mut [bool], step: impl Fn(char, char) -> Option<S>) {
    let mut start = 0;
    for i in 1..text.len() {
        let this = step(text[i - 1], text[i]);
        let goes_on = this.is_some() && (start + 1 == i || this == step(text[i - 2], text[i - 1]));
        start = match (goes_on, this.is_some()) {
            (true, _) => start,
            (false, true) => i - 1,
            (false, false) => i,
        };
        if i - start >= 3 {
            predictable[start..=i].fill(true);
        }
    }
}

fn step(a: u32, b: u32) -> Option<bool> {
    match (a.checked_sub(b), b.checked_sub(a)) {
        (Some(1), _) => Some(false),
        (_, Some(1)) => Some(true),
        _ => None,
    }
}

/// The direction from one key to its neighbour on the common keyboard.
fn key_step(a: char, b: char) -> Option<(i32, i32)> {
    let ((row_a, column_a), (row_b, column_b)) = (key(a)?, key(b)?);
    let (down, right) = (row_b - row_a, column_b - column_a);
    let next = down.abs() <= 1 && right.abs() <= 1 && (down, right) != (0, 0);
    next.then_some((down, right))
}

fn key(c: char) -> Option<(i32, i32)> {
    const ROWS: [(&str, &str); 4] = [
        ("`1234567890-=", "~!@#$%^&*()_+"),
        (" qwertyuiop[]\\", " qwertyuiop{}|"),
        (" asdfghjkl;'", " asdfghjkl:\""),
        (" zxcvbnm,./", " zxcvbnm<>?"),
    ];
    let column = |row: &str| row.chars().position(|k| k == c && k != ' ');
    let found =
        (0..).zip(ROWS).find_map(|(i, (plain, shifted))| Some((i, column(plain).or(column(shifted))?)));
    found.and_then(|(row, column)| Some((row, i32::try_from(column).ok()?)))
}

/// The years anybody alive is likely to put into a password.
fn mark_years(text: &[char], predictable: &mut [bool]) {
    for start in 0..text.len().saturating_sub(3) {
        let four = &text[start..start + 4];
        let century = matches!(four, ['1', '9', ..] | ['2', '0', ..]);
        if century && four.iter().all(char::is_ascii_digit) {
            predictable[start..start + 4].fill(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str) -> Result<Password, PasswordProblem> {
        let about = About {
            jurisdiction: &"springfield.example".parse().unwrap(),
            jurisdiction_name: "City of Springfield",
            name: "Ana Torres",
            email: &Email::new("a.torres-lopez@springfield.example").unwrap(),
        };
        Password::new(text, &about)
    }

    #[test]
    fn auth_01_fourteen_characters_are_refused_and_fifteen_are_taken() {
        assert_eq!(
            check("zebra quilt 74").unwrap_err(),
            PasswordProblem::TooShort { characters: 14, needed: 15 }
        );
        assert!(check("zebra quilt 742").is_ok());
    }

    #[test]
    fn auth_01_characters_are_counted_not_bytes() {
        assert!(matches!(check("слоны пьют чай"), Err(PasswordProblem::TooShort { characters: 14, .. })));
        assert!(check("слоны пьют чай!").is_ok());
        assert!(check("🦓🪁🧵🍞🪣🧊🛶🎺🧭🪴🧲🐙🥁🪜🧅").is_ok());
    }

    #[test]
    fn auth_01_plain_words_in_lower_case_are_enough() {
        for text in [
            "kettle violin gravel orbit",
            "my neighbour sells honey on sundays",
            "a-cat-asleep-on-the-photocopier",
            "tres tristes camiones azules",
            "x#9kQ&2@zL$7%mPw",
        ] {
            assert!(check(text).is_ok(), "{text:?} was refused: {:?}", check(text));
        }
    }

    #[test]
    fn auth_02_what_guessers_try_first_is_refused() {
        for text in [
            "passwordpassword",
            "Password12345678!",
            "P@ssw0rd.P@ssw0rd",
            "qwertyuiopasdfghjkl",
            "1qaz2wsx3edc4rfv",
            "!QAZ@WSX#EDC$RFV",
            "abcdefghijklmnopqrst",
            "zyxwvutsrqponmlk",
            "123456789012345",
            "aaaaaaaaaaaaaaaaaa",
            "hunter2hunter2hunter2",
            "abcabcabcabcabcabc",
            "Summer2026Summer2026!",
            "Welcome to Monday 2026",
            "correct horse battery staple",
            "CorrectHorseBatteryStaple1!",
            "iloveyou iloveyou 311",
            "letmein letmein letmein",
            "May the Force be with you",
            "administrator123",
            "               ",
            "................!",
        ] {
            assert_eq!(check(text).err(), Some(PasswordProblem::Guessable), "{text:?}");
        }
    }

    #[test]
    fn auth_02_names_anybody_can_look_up_are_refused_under_any_spelling() {
        for (text, name) in [
            ("i really like townline a lot", KnownName::Product),
            ("T0wn-L1ne forever and ever", KnownName::Product),
            ("violin springfield gravel", KnownName::Jurisdiction),
            ("violin SPRING-FIELD gravel", KnownName::Jurisdiction),
            ("violin torres gravel orbit", KnownName::Person),
            ("violin l0pez gravel orbit", KnownName::Email),
        ] {
            assert_eq!(check(text).err(), Some(PasswordProblem::Contains(name)), "{text:?}");
        }
    }

    #[test]
    fn the_bundled_list_is_written_the_way_it_is_looked_up() {
        for line in COMMON.lines() {
            assert_eq!(folded(line), line, "write {line:?} in lower case without spaces");
            assert!(line.chars().count() >= 4, "{line:?} is part of too many words");
        }
    }

    proptest! {
        #[test]
        fn auth_01_random_passwords_of_any_script_are_taken(text in "[a-z0-9]{20,128}") {
            prop_assert!(check(&text).is_ok());
        }

        #[test]
        fn no_text_whatever_upsets_the_check(text in "\\PC{0,200}") {
            let _ = check(&text);
        }
    }
}
