//! One spelling for the words of addresses, however they were typed.
//!
//! `12 N. Élm St, Apt 3` and `12 north elm street` must find the same house. Names of streets and what people type go
//! through the same door: case, accents and points are dropped, abbreviations written out, ordinals turned into
//! figures.

/// What a street can be called besides its name, with its abbreviations (those of the United States Postal Service,
/// and a few that people write instead).
const TYPES: [(&str, &[&str]); 30] = [
    ("alley", &["aly", "ally"]),
    ("avenue", &["ave", "av", "avn", "aven", "avenida", "avenues"]),
    ("boulevard", &["blvd", "boul", "bulevar"]),
    ("bridge", &["brg"]),
    ("circle", &["cir", "circ"]),
    ("court", &["ct", "crt"]),
    ("crescent", &["cres"]),
    ("crossing", &["xing"]),
    ("drive", &["dr", "drv"]),
    ("expressway", &["expy"]),
    ("freeway", &["fwy"]),
    ("highway", &["hwy", "hiway"]),
    ("lane", &["ln"]),
    ("loop", &[]),
    ("path", &[]),
    ("parkway", &["pkwy", "pky", "pkway"]),
    ("place", &["pl"]),
    ("plaza", &["plz"]),
    ("road", &["rd", "camino"]),
    ("route", &["rte", "ruta"]),
    ("row", &[]),
    ("square", &["sq", "sqr"]),
    ("street", &["st", "str", "calle", "streets"]),
    ("terrace", &["ter", "terr"]),
    ("trail", &["trl"]),
    ("turnpike", &["tpke", "tpk"]),
    ("walk", &[]),
    ("way", &["wy"]),
    ("mount", &["mt"]),
    ("fort", &["ft"]),
];

/// Of [`TYPES`], those that are part of a name rather than a kind of street.
const NAME_PARTS: [&str; 2] = ["mount", "fort"];

const DIRECTIONS: [(&str, &[&str]); 8] = [
    ("north", &["n", "no", "norte"]),
    ("south", &["s", "so", "sur"]),
    ("east", &["e", "este"]),
    ("west", &["w", "oeste"]),
    ("northeast", &["ne"]),
    ("northwest", &["nw"]),
    ("southeast", &["se"]),
    ("southwest", &["sw"]),
];

const ORDINALS: [(&str, &str); 12] = [
    ("first", "1st"),
    ("second", "2nd"),
    ("third", "3rd"),
    ("fourth", "4th"),
    ("fifth", "5th"),
    ("sixth", "6th"),
    ("seventh", "7th"),
    ("eighth", "8th"),
    ("ninth", "9th"),
    ("tenth", "10th"),
    ("eleventh", "11th"),
    ("twelfth", "12th"),
];

/// The words of a name or of a query, each in its one spelling. A connecting `&` stays a word of its own.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let plain: Vec<String> = text
        .chars()
        .flat_map(plain_letters)
        .collect::<String>()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    plain.iter().enumerate().map(|(place, word)| spelled(word, place, &plain)).collect()
}

/// Whether the word only says what kind of street it is or in which direction, so that people leave it out.
pub(crate) fn is_left_out(word: &str) -> bool {
    is_type(word) || DIRECTIONS.iter().any(|(whole, _)| *whole == word)
}

/// Whether the word says what kind of street it is.
pub(crate) fn is_type(word: &str) -> bool {
    TYPES.iter().any(|(whole, _)| *whole == word) && !NAME_PARTS.contains(&word)
}

fn spelled(word: &str, place: usize, all: &[String]) -> String {
    // "St Mary's Road" is a saint's, "Mary St" is a street.
    let may_be_saint =
        word == "st" && all.get(place + 1).is_some_and(|next| !is_last_part(next)) && before_name(place, all);
    if may_be_saint {
        return "saint".to_owned();
    }
    let whole = |list: &[(&'static str, &[&str])]| {
        list.iter().find(|(_, short)| short.contains(&word)).map(|(whole, _)| (*whole).to_owned())
    };
    let ordinal = || ORDINALS.iter().find(|(name, _)| *name == word).map(|(_, figure)| (*figure).to_owned());
    // A direction of one letter may be the name itself: "Avenue E" stays as it is written.
    let direction = || (word.len() > 1 || place + 1 < all.len()).then(|| whole(&DIRECTIONS)).flatten();
    whole(&TYPES).or_else(ordinal).or_else(direction).unwrap_or_else(|| word.to_owned())
}

/// Nothing but a house number or a direction stands before it.
fn before_name(place: usize, all: &[String]) -> bool {
    all[..place].iter().all(|word| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || DIRECTIONS.iter().any(|(whole, short)| whole == word || short.contains(&word.as_str()))
    })
}

/// What follows the last word of a street's name.
fn is_last_part(word: &str) -> bool {
    word == "&"
        || word.starts_with(|c: char| c.is_ascii_digit())
        || DIRECTIONS.iter().any(|(whole, short)| *whole == word || short.contains(&word))
}

/// Lower case without accents; nothing for what is not said, a space for what separates.
fn plain_letters(letter: char) -> Vec<char> {
    match letter {
        '\'' | '’' | '.' | 'ʼ' => Vec::new(),
        '&' | '@' => vec![' ', '&', ' '],
        _ if letter.is_alphanumeric() => letter.to_lowercase().map(without_accent).collect(),
        _ => vec![' '],
    }
}

fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ē' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, words: &str) {
        assert_eq!(words_of(typed).join(" "), words);
    }

    #[test]
    fn abbreviations_accents_and_points_make_no_difference() {
        check("N. Élm St.", "north elm street");
        check("MASSACHUSETTS AVE", "massachusetts avenue");
        check("O'Brien Hwy", "obrien highway");
        check("Fifth Ave", "5th avenue");
        check("Elm St&Oak St", "elm street & oak street");
    }

    #[test]
    fn a_saint_is_no_street() {
        check("St Mary's Rd", "saint marys road");
        check("12 St Paul St", "12 saint paul street");
        check("Mary St", "mary street");
        check("Elm St N", "elm street n");
    }
}
