//! Words in several languages.
//!
//! Everything a resident reads from the catalog (a service's name, a question, a notice) is kept once per
//! language. Somebody who asks for a language we do not have gets the default one rather than nothing.

use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One value per language; the first language is the default.
///
/// Languages are BCP 47 tags such as `en`, `es` or `pt-BR`. Written as a JSON object that keeps the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerLanguage<T>(Vec<(String, T)>);

/// Words in one or more languages.
pub type Text = PerLanguage<String>;

/// Search words in one or more languages.
pub type Keywords = PerLanguage<Vec<String>>;

impl<T> Default for PerLanguage<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> PerLanguage<T> {
    /// A value in one language, which becomes the default.
    pub fn new(language: impl Into<String>, value: impl Into<T>) -> Self {
        Self(vec![(language.into(), value.into())])
    }

    /// Nothing in any language.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// The same with one more language, or with that language's value replaced.
    #[must_use]
    pub fn with(mut self, language: impl Into<String>, value: impl Into<T>) -> Self {
        let language = language.into();
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| *known == language) {
            Some((_, old)) => *old = value,
            None => self.0.push((language, value)),
        }
        self
    }

    /// The same with `language` as the default where it is present; the others follow by name, so that equal
    /// contents always look equal.
    #[must_use]
    pub fn led_by(mut self, language: &str) -> Self {
        self.0.sort_by(|(a, _), (b, _)| (a != language, a).cmp(&(b != language, b)));
        self
    }

    /// True when no language has anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each language with its value, the default first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(language, value)| (language.as_str(), value))
    }

    /// The value in exactly this language, without falling back.
    pub fn exactly(&self, language: &str) -> Option<&T> {
        self.0.iter().find(|(known, _)| known == language).map(|(_, value)| value)
    }

    /// The best value for a reader: their language, else a relative of it (`es` for `es-MX`), else the default.
    fn best(&self, language: &str) -> Option<&T> {
        let relative =
            || self.0.iter().find(|(known, _)| primary(known) == primary(language)).map(|(_, value)| value);
        let default = || self.0.first().map(|(_, value)| value);
        self.exactly(language).or_else(relative).or_else(default)
    }
}

impl Text {
    /// The words in this language, else in a related one, else in the default; empty when there are none.
    pub fn in_language(&self, language: &str) -> &str {
        self.best(language).map_or("", String::as_str)
    }

    /// The words in the default language.
    pub fn in_default(&self) -> &str {
        self.0.first().map_or("", |(_, words)| words.as_str())
    }
}

impl Keywords {
    /// The search words in this language, else in a related one, else in the default.
    pub fn in_language(&self, language: &str) -> &[String] {
        self.best(language).map_or(&[], Vec::as_slice)
    }
}

fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}

impl<T: Serialize> Serialize for PerLanguage<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (language, value) in &self.0 {
            map.serialize_entry(language, value)?;
        }
        map.end()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for PerLanguage<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(LanguagesVisitor(std::marker::PhantomData))
    }
}

struct LanguagesVisitor<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for LanguagesVisitor<T> {
    type Value = PerLanguage<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with one entry per language")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries: Vec<(String, T)> = Vec::new();
        while let Some((language, value)) = map.next_entry::<String, T>()? {
            if entries.iter().any(|(known, _)| *known == language) {
                return Err(A::Error::custom(format_args!("language {language} is given twice")));
            }
            entries.push((language, value));
        }
        Ok(PerLanguage(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pothole() -> Text {
        Text::new("en", "Pothole").with("es", "Bache").with("pt-BR", "Buraco")
    }

    #[test]
    fn a_reader_gets_their_language_a_relative_of_it_or_the_default() {
        for (asked, words) in
            [("es", "Bache"), ("es-MX", "Bache"), ("pt", "Buraco"), ("fr", "Pothole"), ("", "Pothole")]
        {
            assert_eq!(pothole().in_language(asked), words, "{asked}");
        }
        assert_eq!(Text::nothing().in_language("en"), "");
    }

    #[test]
    fn json_keeps_the_default_language_first() {
        let text = pothole().led_by("es");
        let json = serde_json::to_string(&text).unwrap();
        assert_eq!(json, r#"{"es":"Bache","en":"Pothole","pt-BR":"Buraco"}"#);
        assert_eq!(serde_json::from_str::<Text>(&json).unwrap(), text);
    }

    #[test]
    fn a_language_given_twice_is_refused() {
        assert!(serde_json::from_str::<Text>(r#"{"en":"a","en":"b"}"#).is_err());
    }
}
