//! Words that the catalog keeps once for each language, as fields of a form and back.

use catalog::{Keywords, PerLanguage, Text};

use crate::form::Posted;
use crate::page::{Field, Page, Shape};
use crate::words::Language;

/// Longest name.
pub(crate) const NAME_MAX: usize = 200;
/// Longest text of several lines.
pub(crate) const PROSE_MAX: usize = 4_000;

/// One line of text for each language; the words of `key` say which one by `$language`.
pub(crate) fn lines(page: &Page, name: &str, key: &str, text: &Text) -> [Field; 2] {
    fields(page, name, key, |language| Shape::Line {
        kind: "text",
        autocomplete: "off",
        value: in_exactly(text, language),
        chars_max: NAME_MAX,
    })
}

/// The same with several lines.
pub(crate) fn paragraphs(page: &Page, name: &str, key: &str, text: &Text) -> [Field; 2] {
    let shape = |language| Shape::Lines { value: in_exactly(text, language), chars_max: PROSE_MAX };
    fields(page, name, key, shape)
}

/// The same with words between commas.
pub(crate) fn keywords(page: &Page, name: &str, key: &str, keywords: &Keywords) -> [Field; 2] {
    fields(page, name, key, |language| Shape::Line {
        kind: "text",
        autocomplete: "off",
        value: keywords.exactly(language.tag()).map(|words| words.join(", ")).unwrap_or_default(),
        chars_max: PROSE_MAX,
    })
}

fn fields(page: &Page, name: &str, key: &str, shape: impl Fn(Language) -> Shape) -> [Field; 2] {
    Language::ALL.map(|language| {
        let label = page.with(key, "language", language.own_name());
        Field::labelled(page, format!("{name}-{}", language.tag()), label, shape(language))
    })
}

fn in_exactly(text: &Text, language: Language) -> String {
    text.exactly(language.tag()).cloned().unwrap_or_default()
}

/// What was typed, over what was there: languages that the form does not have stay as they are.
pub(crate) fn given(posted: &Posted, name: &str, old: &Text) -> Text {
    Language::ALL.into_iter().fold(old.clone(), |text, language| {
        let words = posted.text(&format!("{name}-{}", language.tag())).to_owned();
        set(&text, language, (!words.is_empty()).then_some(words))
    })
}

/// The same for words between commas.
pub(crate) fn given_keywords(posted: &Posted, name: &str, old: &Keywords) -> Keywords {
    Language::ALL.into_iter().fold(old.clone(), |keywords, language| {
        let typed = posted.text(&format!("{name}-{}", language.tag()));
        let words = typed.split(',').map(str::trim).filter(|word| !word.is_empty());
        let words: Vec<String> = words.map(str::to_owned).collect();
        set(&keywords, language, (!words.is_empty()).then_some(words))
    })
}

/// The value of one language set or taken away; the order of the others stays.
pub(crate) fn set<T: Clone>(all: &PerLanguage<T>, language: Language, value: Option<T>) -> PerLanguage<T> {
    match value {
        Some(value) => all.clone().with(language.tag(), value),
        None => {
            let others = all.iter().filter(|(tag, _)| *tag != language.tag());
            others.fold(PerLanguage::nothing(), |kept, (tag, value)| kept.with(tag, value.clone()))
        }
    }
}
