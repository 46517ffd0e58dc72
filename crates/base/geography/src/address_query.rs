//! What somebody typed to say where: a house number on a street, two streets that meet, or a name.

use crate::address_words::words_of;

/// What was typed, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) wanted: Wanted,
    /// A postal code that was typed along; it chooses between places of the same name.
    pub(crate) zip: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A number on a street.
    House { number: u32, street: Vec<String> },
    /// The corner of two streets.
    Corner { one: Vec<String>, other: Vec<String> },
    /// A street or a landmark.
    Name { words: Vec<String> },
}

/// Longer than any address.
const CHARS_MAX: usize = 200;

/// Words between two streets, besides `&`.
const CONNECTORS: [&str; 7] = ["&", "and", "at", "y", "con", "esquina", "near"];

/// Words after which only a flat, floor or room follows.
const UNITS: [&str; 9] = ["apt", "apartment", "unit", "suite", "ste", "fl", "floor", "room", "apto"];

impl Query {
    /// Takes the text apart; `None` when nothing is left of it.
    pub(crate) fn read(text: &str) -> Option<Query> {
        let text: String = text.chars().take(CHARS_MAX).collect();
        let zip = zip_of(&text);
        // Behind the first comma stands the town, which is known.
        let line = text.split(['#', ',', ';', '\n']).map(str::trim).find(|part| !part.is_empty())?;
        let mut words = words_of(&with_connectors(line));
        if let Some(zip) = &zip
            && words.len() > 1
        {
            words.retain(|word| word != zip);
        }
        cut_unit(&mut words);
        let wanted = corner(&words).or_else(|| house(&words)).or_else(|| name(words))?;
        Some(Query { wanted, zip })
    }

    /// The same text understood as a plain name: "Parks and Recreation" is no corner, "100 Acre Wood" no house.
    pub(crate) fn as_name(text: &str) -> Option<Vec<String>> {
        let words: Vec<String> = words_of(&text.chars().take(CHARS_MAX).collect::<String>());
        let words: Vec<String> = words.into_iter().filter(|word| !is_filler(word)).collect();
        (!words.is_empty()).then_some(words)
    }
}

/// Words of a name that people leave out.
pub(crate) fn is_filler(word: &str) -> bool {
    ["&", "the", "of", "and", "de", "la", "el", "y"].contains(&word)
}

/// Five figures behind something else; a text of five figures alone is a house number at most.
fn zip_of(text: &str) -> Option<String> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_zip = |word: &&&str| word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit());
    words.iter().skip(1).rfind(is_zip).map(|zip| (*zip).to_owned())
}

fn cut_unit(words: &mut Vec<String>) {
    // The first two words are number and street: "Unit St" is a street.
    if let Some(at) = words.iter().skip(2).position(|word| UNITS.contains(&word.as_str())) {
        words.truncate(at + 2);
    }
}

fn corner(words: &[String]) -> Option<Wanted> {
    let is_connector = |word: &String| CONNECTORS.contains(&word.as_str());
    let at = (1..words.len().saturating_sub(1)).find(|place| is_connector(&words[*place]))?;
    let rest = &words[at..];
    let other: Vec<String> = rest.iter().skip_while(|word| is_connector(word)).cloned().collect();
    let introduces = |word: &&String| ["corner", "esquina", "of", "de"].contains(&word.as_str());
    let one: Vec<String> = words[..at].iter().skip_while(introduces).cloned().collect();
    (!one.is_empty() && !other.is_empty()).then_some(Wanted::Corner { one, other })
}

/// A stroke stands between two streets, unless it is part of a number: "Elm/Oak", "12 1/2 Elm".
fn with_connectors(line: &str) -> String {
    let is_figure = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let mut parts = line.split('/');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let in_number = is_figure(text.chars().last()) && is_figure(part.chars().next());
        text.push_str(if in_number { " " } else { " & " });
        text.push_str(part);
    }
    text
}

/// "12", "12a", "12-14" (two words by now) and "12 1/2" all mean number 12.
fn house(words: &[String]) -> Option<Wanted> {
    let number = house_number(words.first()?)?;
    let rest = words[1..].iter().skip_while(|word| word.bytes().all(|b| b.is_ascii_digit()));
    let street: Vec<String> = rest.cloned().collect();
    // "12 B Elm Street": the letter belongs to the number, unless it is all there is.
    let is_letter = street.len() > 2 && street[0].len() == 1;
    let street = if is_letter { street[1..].to_vec() } else { street };
    (!street.is_empty()).then_some(Wanted::House { number, street })
}

/// The figures of a house number; "1st" is none.
pub(crate) fn house_number(word: &str) -> Option<u32> {
    let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let letters = word.len() - figures.len();
    if letters > 1 { None } else { figures.parse().ok().filter(|number| *number > 0) }
}

fn name(words: Vec<String>) -> Option<Wanted> {
    (!words.is_empty()).then_some(Wanted::Name { words })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn check(typed: &str, wanted: Wanted) {
        assert_eq!(Query::read(typed).map(|query| query.wanted), Some(wanted), "{typed}");
    }

    #[test]
    fn a_number_in_front_is_a_house_number_however_it_is_written() {
        for typed in [
            "12 Elm St",
            "12A Elm St",
            "12 A Elm St",
            "12-14 Elm st.",
            "12 1/2 Elm St",
            "12 Elm St Apt 3",
            "12 Elm St #3, Springfield",
        ] {
            check(typed, Wanted::House { number: 12, street: words("elm street") });
        }
        check("1st Street", Wanted::Name { words: words("1st street") });
    }

    #[test]
    fn two_streets_with_anything_between_them_are_a_corner() {
        for typed in [
            "Elm St & Oak Ave",
            "elm st and oak ave",
            "Elm St/Oak Ave",
            "Elm St @ Oak Ave",
            "Elm St y Oak Ave",
            "corner Elm St & Oak Ave",
        ] {
            check(typed, Wanted::Corner { one: words("elm street"), other: words("oak avenue") });
        }
    }

    #[test]
    fn a_postal_code_behind_the_address_is_not_part_of_it() {
        let query = Query::read("12 Elm St 02139").unwrap();
        assert_eq!(query.zip.as_deref(), Some("02139"));
        assert_eq!(query.wanted, Wanted::House { number: 12, street: words("elm street") });
        assert_eq!(Query::read("12 Elm St, Cambridge MA 02139").unwrap().zip.as_deref(), Some("02139"));
    }

    #[test]
    fn nothing_but_marks_is_nothing() {
        assert_eq!(Query::read(" , ; #"), None);
        assert_eq!(Query::read(""), None);
    }
}
