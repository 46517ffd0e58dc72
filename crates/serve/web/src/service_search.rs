//! Finding a service by words: names, search words and descriptions of every language at once.
//!
//! People who read English write "bache" and people who read Spanish write "pothole", so both find both. A service
//! that holds every word comes before one that holds some; a word in the name counts more than one in the
//! description.

use std::cmp::Reverse;

use catalog::{Catalog, Service};

/// The active services that fit, best first; without words all of them, in the order of the catalog.
pub(crate) fn find<'c>(catalog: &'c Catalog, query: &str) -> Vec<&'c Service> {
    let words = words(query);
    if words.is_empty() {
        return catalog.active_services().collect();
    }
    let ranked = catalog.active_services().map(|service| (Fit::of(service, &words), service));
    let mut found: Vec<(Fit, &Service)> = ranked.filter(|(fit, _)| fit.words > 0).collect();
    let best = found.iter().map(|(fit, _)| fit.words).max().unwrap_or(0);
    // Of a sentence, one word fewer than the best still is a guess worth showing.
    let enough = if best == words.len() { best } else { best.saturating_sub(1) };
    found.retain(|(fit, _)| fit.words >= enough);
    // The sort is stable: equals stay in the order of the catalog.
    found.sort_by_key(|(fit, _)| (Reverse(fit.words), fit.farthest));
    found.into_iter().map(|(_, service)| service).collect()
}

/// How well a service fits some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fit {
    /// How many of the words it holds.
    words: usize,
    /// How far from the name the farthest of them was: 0 is the name itself.
    farthest: usize,
}

impl Fit {
    fn of(service: &Service, words: &[String]) -> Self {
        let names = joined(service.name.iter().map(|(_, text)| text.as_str()));
        let keywords = joined(service.keywords.iter().flat_map(|(_, words)| words).map(String::as_str));
        let rest = [&service.group, &service.description];
        let rest = joined(rest.iter().flat_map(|text| text.iter()).map(|(_, text)| text.as_str()));
        let texts = [names, keywords, rest];
        let places: Vec<usize> =
            words.iter().filter_map(|word| texts.iter().position(|text| holds(text, word))).collect();
        Self { words: places.len(), farthest: places.iter().copied().max().unwrap_or(0) }
    }
}

fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    plain(&texts.collect::<Vec<_>>().join(" "))
}

/// The words of a query, without the little ones that every sentence has.
fn words(query: &str) -> Vec<String> {
    let plain = plain(query);
    let all: Vec<&str> = plain.split_whitespace().collect();
    let long: Vec<&str> = all.iter().copied().filter(|word| word.chars().count() > 2).collect();
    let kept = if long.is_empty() { all } else { long };
    kept.into_iter().map(singular).map(str::to_owned).collect()
}

/// Near enough to the singular in both languages: what is left begins both forms.
fn singular(word: &str) -> &str {
    if word.chars().count() > 3 { word.strip_suffix('s').unwrap_or(word) } else { word }
}

/// Whether a word of the text begins like this one.
fn holds(text: &str, word: &str) -> bool {
    text.split_whitespace().any(|known| known.starts_with(word))
}

/// Lower case, without accents and marks, so that "árbol" is found by "arbol".
pub(crate) fn plain(text: &str) -> String {
    let letters = text.chars().flat_map(char::to_lowercase).map(|c| match c {
        'á' | 'à' | 'ä' | 'â' | 'ã' => 'a',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' | 'õ' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        c if c.is_alphanumeric() => c,
        _ => ' ',
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_without_accents_and_case() {
        assert_eq!(plain("Árbol caído, ¡YA!"), "arbol caido   ya ");
        assert!(holds("missed recycling", "recycl"));
        assert!(!holds("missed recycling", "cycling"));
    }

    #[test]
    fn little_words_and_plurals_do_not_stand_in_the_way() {
        assert_eq!(words("Hay baches en la calle"), ["hay", "bache", "calle"]);
        assert_eq!(words("gas"), ["gas"]);
        assert_eq!(words("a b"), ["a", "b"]);
    }
}
