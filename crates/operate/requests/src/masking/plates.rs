//! Number plates: a few letters and digits, known by what stands around them.
//!
//! A plate looks like many harmless things: a pole, an apartment, a bus line, a road. So a code counts as one when a
//! word such as *plate* or *placa* stands shortly before it, or when it has the shape that most plates have and the
//! text speaks of a vehicle.

use std::ops::Range;

use super::words;

/// After one of these, a plate comes.
const CUES: [&str; 14] = [
    "plate",
    "plates",
    "platenumber",
    "license",
    "licence",
    "lic",
    "tag",
    "tags",
    "registration",
    "placa",
    "placas",
    "matrícula",
    "matricula",
    "tablilla",
];

/// How many words may stand between cue and plate: "plate number is something like …".
const BETWEEN_MAX: usize = 5;

/// Any of these makes a text one about a vehicle.
const VEHICLES: [&str; 36] = [
    "car",
    "cars",
    "truck",
    "van",
    "suv",
    "sedan",
    "vehicle",
    "pickup",
    "motorcycle",
    "trailer",
    "jeep",
    "honda",
    "toyota",
    "ford",
    "chevy",
    "nissan",
    "bmw",
    "hyundai",
    "kia",
    "subaru",
    "volvo",
    "tesla",
    "mazda",
    "dodge",
    "carro",
    "coche",
    "auto",
    "camioneta",
    "camión",
    "camion",
    "vehículo",
    "vehiculo",
    "furgoneta",
    "moto",
    "remolque",
    "taxi",
];

/// Letters that stand before a number for other reasons.
const NO_PLATE: [&str; 40] = [
    "APT", "STE", "HWY", "RTE", "BUS", "SR", "US", "RD", "AVE", "ST", "BLDG", "BLK", "LOT", "FLR", "EXT",
    "REF", "REQ", "INC", "NO", "NUM", "TEL", "FAX", "ZIP", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL",
    "AUG", "SEP", "OCT", "NOV", "DEC", "MON", "TUE", "WED", "THU", "FRI",
];

/// Letters after a number that make it an amount or a rank.
const UNITS: [&str; 19] = [
    "ST", "ND", "RD", "TH", "AM", "PM", "MPH", "KM", "KMH", "FT", "IN", "LB", "LBS", "HRS", "MIN", "MM",
    "CM", "KG", "HR",
];

/// Where the plates of a text stand.
pub(super) fn plates(text: &str) -> Vec<Range<usize>> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let words = words(text);
    let is_any = |list: &[&str], word: &Range<usize>| {
        let word = text[word.clone()].to_lowercase();
        list.contains(&word.as_str())
    };
    let mut found = Vec::new();
    for cue in (0..words.len()).filter(|index| is_any(&CUES, &words[*index])) {
        let after = cue + 1..words.len().min(cue + 2 + BETWEEN_MAX);
        found.extend(after.clone().find_map(|start| code_at(text, &words[start..], is_code)));
    }
    if words.iter().any(|word| is_any(&VEHICLES, word)) {
        found
            .extend((0..words.len()).filter_map(|start| code_at(text, &words[start..], has_the_usual_shape)));
    }
    found
}

/// The code that the first word begins, alone or with the next one: `ABC1234`, `ABC 1234`.
fn code_at(text: &str, words: &[Range<usize>], is_plate: fn(&str) -> bool) -> Option<Range<usize>> {
    let first = words.first()?;
    let pair = words.get(1).filter(|second| matches!(&text[first.end..second.start], " " | "·" | "."));
    let both = pair.map(|second| first.start..second.end).filter(|both| is_pair(&text[both.clone()]));
    [both, Some(first.clone())].into_iter().flatten().find(|range| is_plate(&compact(&text[range.clone()])))
}

/// One of two parts is letters and the other digits, or both have digits.
fn is_pair(text: &str) -> bool {
    let parts = text.split([' ', '·', '.']);
    let mut kinds = parts.map(|part| {
        let is_short = part.len() <= 4;
        let letters = part.chars().all(|c| c.is_ascii_uppercase())
            || part.len() == 3 && part.chars().all(|c| c.is_ascii_lowercase()) && !is_small_word(part);
        is_short && (letters || part.chars().all(|c| c.is_ascii_alphanumeric()) && part.contains(is_digit))
    });
    kinds.all(|fits| fits) && text.contains(is_digit)
}

fn is_small_word(word: &str) -> bool {
    const SMALL: [&str; 24] = [
        "the", "and", "its", "was", "for", "car", "del", "los", "las", "con", "una", "que", "has", "not",
        "por", "van", "are", "off", "out", "one", "two", "han", "son", "min",
    ];
    SMALL.contains(&word)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '-' | '·' | '.')).collect::<String>().to_uppercase()
}

/// What may be a plate where one was announced.
fn is_code(code: &str) -> bool {
    let (letters, digits) = counts(code);
    let is_mixed = letters > 0 && digits > 1 && !is_something_else(code);
    (5..=8).contains(&code.len()) && letters + digits == code.len() && (is_mixed || letters == 0)
}

/// What most plates look like: `ABC1234`, `ABC123`, `7ABC123`, `123ABC`, `AB12345`.
fn has_the_usual_shape(code: &str) -> bool {
    let shape: String = code.chars().map(|c| if is_digit(c) { '9' } else { 'A' }).collect();
    let is_usual = matches!(
        shape.as_str(),
        "AAA9999" | "AAA999" | "9AAA999" | "999AAA" | "AA99999" | "9AA999" | "999AA9"
    );
    is_usual && code.is_ascii() && !is_something_else(code)
}

fn counts(code: &str) -> (usize, usize) {
    (code.chars().filter(char::is_ascii_uppercase).count(), code.chars().filter(char::is_ascii_digit).count())
}

/// `APT1204`, `MAY2026`, `120TH`.
fn is_something_else(code: &str) -> bool {
    let letters = code.trim_end_matches(is_digit);
    let unit = code.trim_start_matches(is_digit);
    NO_PLATE.contains(&letters) || UNITS.contains(&unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = plates(text).into_iter().map(|range| &text[range]).collect();
        let mut distinct = found.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct, expected, "{text}");
    }

    #[test]
    fn priv_04_a_plate_is_found_after_its_word_however_it_is_written() {
        check("abandoned, license plate 7ABC123", &["7ABC123"]);
        check("plate number is ABC-1234.", &["ABC-1234"]);
        check("la placa es abc 123", &["abc 123"]);
        check("Matrícula: 482 KLM", &["482 KLM"]);
        check("plate 482913 from Mass", &["482913"]);
    }

    #[test]
    fn priv_04_a_plate_is_found_by_its_shape_when_the_text_is_about_a_vehicle() {
        check("Grey Honda, KLM 4821, no wheels", &["KLM 4821"]);
        check("camioneta blanca 8XYZ482 abandonada", &["8XYZ482"]);
        check("The pole KLM 4821 leans", &[]);
    }

    #[test]
    fn codes_that_only_look_like_plates_stay() {
        check("A car blocks APT 1204 on HWY 101 since MAY 2026", &[]);
        check("The truck comes at 5PM on 120TH street", &[]);
        check("no plate at all on this car, 30 Elm Street", &[]);
    }
}
