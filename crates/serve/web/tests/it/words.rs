//! I18N-01: every word comes from the catalogues, and both catalogues say everything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// Each key with the names of the values it fills in.
fn catalogue(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("locales").join(language).join("townline.ftl")).unwrap();
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            let (key, _) =
                line.split_once(" = ").unwrap_or_else(|| panic!("{language}: not an entry: {line}"));
            current = key.to_owned();
            assert!(
                keys.insert(current.clone(), BTreeSet::new()).is_none(),
                "{language}: {key} stands twice"
            );
        }
        let names = line
            .split('$')
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap());
        keys.get_mut(&current).unwrap().extend(names.map(str::to_owned));
    }
    keys
}

fn sources(ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|known| known == ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

#[test]
fn i18n_01_both_languages_have_the_same_keys_with_the_same_values() {
    assert_eq!(catalogue("en"), catalogue("es"));
}

#[test]
fn i18n_01_every_key_parses_and_says_something() {
    for key in catalogue("en").keys() {
        for language in web::Language::ALL {
            assert!(language.knows(key), "{}: {key} is broken", language.tag());
        }
    }
}

#[test]
fn i18n_01_every_key_that_is_asked_for_exists() {
    let keys = catalogue("en");
    for (path, text) in sources("rs").into_iter().chain(sources("html")) {
        for call in [".say(\"", ".with(\"", ".with_two(\"", ".with_all(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap();
                assert!(keys.contains_key(key), "{}: no words for {key}", path.display());
            }
        }
    }
}

/// Keys that are put together from a prefix and the name of a value.
const FAMILIES: [&str; 26] = [
    "action-",
    "bulk-refused-",
    "channel-",
    "level-",
    "month-",
    "outcome-",
    "refusal-",
    "report-",
    "role-",
    "scope-",
    "status-",
    "theme-",
    "weekday-",
    "filter-due-",
    "filter-status-",
    "job-",
    "happening-",
    "person-",
    "datatype-",
    "entry-",
    "holiday-",
    "kind-",
    "photo-",
    "question-",
    "stopper-kind-",
    "survey-satisfaction-",
];

#[test]
fn no_key_is_left_over() {
    let everything: String = sources("rs").into_iter().chain(sources("html")).map(|(_, text)| text).collect();
    for key in catalogue("en").keys() {
        let is_named = everything.contains(&format!("\"{key}\""));
        let is_family = FAMILIES.iter().any(|family| key.starts_with(family));
        assert!(is_named || is_family, "nobody says {key}");
    }
}

#[test]
fn i18n_01_templates_hold_no_words_of_their_own() {
    for (path, text) in sources("html") {
        let words = literal_words(&text);
        assert!(words.is_empty(), "{}: {words:?}", path.display());
    }
}

/// The letters of a template outside of tags and expressions, and inside attributes that people read.
fn literal_words(template: &str) -> Vec<String> {
    let mut plain = template.to_owned();
    for (start, end) in [("{{", "}}"), ("{%", "%}"), ("{#", "#}")] {
        while let Some(from) = plain.find(start) {
            let to = plain[from..].find(end).unwrap() + from + end.len();
            plain.replace_range(from..to, "");
        }
    }
    if !plain.contains('<') {
        // A piece of a tag.
        return Vec::new();
    }
    let mut words = Vec::new();
    for attribute in ["alt=\"", "title=\"", "aria-label=\"", "placeholder=\""] {
        words.extend(plain.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
    }
    while let Some(from) = plain.find('<') {
        let to = plain[from..].find('>').map_or(plain.len(), |to| from + to + 1);
        plain.replace_range(from..to, " ");
    }
    words.extend(plain.split_whitespace().map(str::to_owned));
    words.retain(|word| word.chars().any(char::is_alphabetic));
    words
}

#[test]
fn the_plural_forms_are_chosen_by_the_number() {
    let say =
        |language: web::Language, count: i64| language.with("happening-files", "count", &count).into_owned();
    assert_eq!(say(web::Language::English, 1), "A photo was added.");
    assert_eq!(say(web::Language::English, 1200), "1,200 photos were added.");
    assert_eq!(say(web::Language::Spanish, 2), "Se agregaron 2 fotos.");
}
