//! The answers one can choose from, as lines of text: `key = English | Spanish`.

use catalog::Choice;

use crate::words::Language;

/// What stands between the key and the words.
const KEY_END: &str = " = ";
/// What stands between the words of two languages.
const LANGUAGE_END: char = '|';

/// One line for each answer.
pub(super) fn written(values: &[Choice]) -> String {
    values.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn line(choice: &Choice) -> String {
    let words = Language::ALL.map(|language| choice.name.exactly(language.tag()).map_or("", String::as_str));
    let end = words.iter().rposition(|words| !words.is_empty()).map_or(0, |last| last + 1);
    format!("{}{KEY_END}{}", choice.key, words[..end].join(" | "))
}

/// Reads the lines. A line without a key keeps none of its own: it gets one from its words. Whatever the lines do not
/// say of an answer (other languages, where it stops a report) stays as it was.
pub(super) fn read(text: &str, old: &[Choice]) -> Vec<Choice> {
    let mut values: Vec<Choice> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (key, words) = match line.split_once(KEY_END) {
            Some((key, words)) => (Some(key.trim()), words),
            None => (None, line),
        };
        let is_taken = |code: &str| values.iter().any(|choice| choice.key == code);
        let key = key.map_or_else(|| catalog::code_for(first(words), "answer", is_taken), str::to_owned);
        let before = old.iter().find(|choice| choice.key == key);
        let name = named(words, before.map(|choice| choice.name.clone()).unwrap_or_default());
        values.push(Choice { key, name, stopper: before.and_then(|choice| choice.stopper.clone()) });
    }
    values
}

fn first(words: &str) -> &str {
    words.split(LANGUAGE_END).map(str::trim).find(|part| !part.is_empty()).unwrap_or_default()
}

fn named(words: &str, old: catalog::Text) -> catalog::Text {
    let mut parts = words.splitn(Language::ALL.len(), LANGUAGE_END).map(str::trim);
    Language::ALL.into_iter().fold(old, |name, language| {
        let part = parts.next().unwrap_or_default();
        crate::admin::worded::set(&name, language, (!part.is_empty()).then(|| part.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use catalog::{Stopper, Text};
    use proptest::prelude::*;

    use super::*;

    const ES: &str = "es";
    const PT: &str = "pt";

    fn lane() -> Choice {
        let name = Text::new("en", "Car lane").with(ES, "Carril").with(PT, "Faixa");
        let stopper = Stopper::Emergency { number: "911".to_owned(), advice: Text::nothing() };
        Choice { key: "lane".to_owned(), name, stopper: Some(stopper) }
    }

    #[test]
    fn an_answer_whose_words_change_keeps_its_key_its_other_languages_and_its_stopper() {
        let read = read("lane = Driving lane | Carril", &[lane()]);
        assert_eq!(read[0].name, Text::new("en", "Driving lane").with(ES, "Carril").with(PT, "Faixa"));
        assert_eq!((read[0].key.as_str(), read[0].stopper.is_some()), ("lane", true));
    }

    #[test]
    fn a_line_without_a_key_gets_a_free_one_from_its_words() {
        let keys: Vec<String> = read("Bike lane | Ciclovía\n\n Bike lane\n| Acera\n???", &[])
            .into_iter()
            .map(|c| c.key)
            .collect();
        assert_eq!(keys, ["bike-lane", "bike-lane-2", "acera", "answer"]);
    }

    proptest! {
        #[test]
        fn what_was_written_reads_back(
            given in proptest::collection::btree_map("[a-z0-9]{1,8}", ("[A-Za-z][A-Za-z ]{0,8}[a-z]", "[a-zñ]{0,5}"), 0..6),
        ) {
            let values: Vec<Choice> = given.into_iter().map(|(key, (en, es))| {
                let name = Text::new("en", en);
                let name = if es.is_empty() { name } else { name.with(ES, es) };
                Choice { key, name, stopper: None }
            }).collect();
            prop_assert_eq!(read(&written(&values), &[]), values);
        }
    }
}
