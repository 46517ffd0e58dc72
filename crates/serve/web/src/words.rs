//! Every word a person reads, from the Fluent files in `locales/`.
//!
//! The files are embedded, so that the executable is whole. Each language has one bundle, made once.
//! A key that is missing in a language is shown in English and counted; a test keeps the two files
//! equal, so that this does not happen.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// One language the program speaks completely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English as in the United States; the language of last resort.
    English,
    /// Spanish as in the United States.
    Spanish,
}

impl Language {
    /// All languages, in the order of the language switch.
    pub const ALL: [Language; 2] = [Language::English, Language::Spanish];

    /// The tag for `lang=`, cookies and URLs.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
        }
    }

    /// What the language calls itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Spanish => "Español",
        }
    }

    /// The language of a tag such as `es`, `es-MX` or `ES`.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.trim().split(['-', '_']).next()?;
        Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The best language for an `Accept-Language` header, if it names one of ours.
    pub fn accepted(header: &str) -> Option<Language> {
        let mut best: Option<(f32, Language)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let Some(language) = pieces.next().and_then(Language::from_tag) else { continue };
            let quality =
                pieces.find_map(|piece| piece.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
            // The first of equals is the one the person put first.
            if quality > 0.0 && best.is_none_or(|(known, _)| quality > known) {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }

    fn bundle(self) -> &'static Bundle {
        static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::English));
        static SPANISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::Spanish));
        match self {
            Language::English => &ENGLISH,
            Language::Spanish => &SPANISH,
        }
    }

    /// The words for `key`, which takes no arguments.
    pub fn say(self, key: &str) -> Cow<'static, str> {
        self.phrase(key, None)
    }

    /// The words for `key` with one value filled in.
    pub fn with<A: Value + ?Sized>(self, key: &str, name: &'static str, value: &A) -> Cow<'static, str> {
        let mut args = FluentArgs::with_capacity(1);
        args.set(name, value.as_fluent());
        self.phrase(key, Some(&args))
    }

    /// The words for `key` with two values filled in.
    pub fn with_two<A: Value + ?Sized, B: Value + ?Sized>(
        self,
        key: &str,
        name: &'static str,
        value: &A,
        second_name: &'static str,
        second: &B,
    ) -> Cow<'static, str> {
        let mut args = FluentArgs::with_capacity(2);
        args.set(name, value.as_fluent());
        args.set(second_name, second.as_fluent());
        self.phrase(key, Some(&args))
    }

    /// The words for `key` with any number of values filled in.
    pub fn with_all(self, key: &str, values: &[(&'static str, &dyn Value)]) -> Cow<'static, str> {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(*name, value.as_fluent());
        }
        self.phrase(key, Some(&args))
    }

    /// Whether there are words for `key` in this language.
    pub fn knows(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    fn phrase(self, key: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        if let Some(words) = format(self.bundle(), key, args) {
            return words;
        }
        // A page in a test fails here; a page in a town shows English and counts it.
        debug_assert!(false, "{} has no words for {key}", self.tag());
        metrics::counter!("townline_words_missing_total").increment(1);
        let fallback = format(Language::English.bundle(), key, args);
        fallback.unwrap_or_else(|| Cow::Owned(key.to_owned()))
    }
}

/// A value that can be filled into words. Numbers choose plural forms; text is put in as it is.
pub trait Value {
    /// The value as Fluent knows it.
    fn as_fluent(&self) -> FluentValue<'_>;
}

impl Value for str {
    fn as_fluent(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Value for String {
    fn as_fluent(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

impl Value for Cow<'_, str> {
    fn as_fluent(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_ref())
    }
}

impl<T: Value + ?Sized> Value for &T {
    fn as_fluent(&self) -> FluentValue<'_> {
        (**self).as_fluent()
    }
}

macro_rules! number_values {
    ($($number:ty),*) => {
        $(impl Value for $number {
            fn as_fluent(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        })*
    };
}

number_values!(i64, u32, usize);

type Bundle = FluentBundle<&'static FluentResource>;

fn bundle(language: Language) -> Bundle {
    let tag: LanguageIdentifier = language.tag().parse().expect("our own tags are well formed");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // The isolating marks are for mixed directions; the pages isolate user text with `<bdi>` instead.
    bundle.set_use_isolating(false);
    // The formatter groups thousands as both our languages do in the United States.
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(grouped(number.value)),
        _ => None,
    }));
    bundle.add_resource(resource(language)).expect("a test keeps every key unique");
    bundle
}

fn resource(language: Language) -> &'static FluentResource {
    static ENGLISH: LazyLock<FluentResource> =
        LazyLock::new(|| parsed(include_str!("../../../../locales/en/townline.ftl")));
    static SPANISH: LazyLock<FluentResource> =
        LazyLock::new(|| parsed(include_str!("../../../../locales/es/townline.ftl")));
    match language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
    }
}

fn parsed(text: &str) -> FluentResource {
    // A broken entry is skipped here and found by the tests.
    FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource)
}

fn format(bundle: &Bundle, key: &str, args: Option<&FluentArgs<'_>>) -> Option<Cow<'static, str>> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    Some(Cow::Owned(bundle.format_pattern(pattern, args, &mut errors).into_owned()))
}

/// A whole number with a comma between thousands, as English and US Spanish write it.
pub(crate) fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("-", rest));
    let mut out = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_a_person_prefers_is_chosen() {
        assert_eq!(Language::accepted("es-MX,es;q=0.9,en;q=0.8"), Some(Language::Spanish));
        assert_eq!(Language::accepted("fr,en;q=0.5,es;q=0.4"), Some(Language::English));
        assert_eq!(Language::accepted("fr, de;q=0.7"), None);
        assert_eq!(Language::accepted("es;q=0, en;q=0.1"), Some(Language::English));
        assert_eq!(Language::accepted(";;;,,q=9"), None);
    }

    #[test]
    fn thousands_are_grouped() {
        let written: Vec<String> = [0.0, 999.0, 1000.0, -1_234_567.0].into_iter().map(grouped).collect();
        assert_eq!(written, ["0", "999", "1,000", "-1,234,567"]);
    }
}
