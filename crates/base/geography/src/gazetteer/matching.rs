//! How well a name fits what was typed.

use crate::address_words::is_left_out;
use crate::spelling::{forgiven, is_within};

/// How a name fits, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Word for word.
    Whole,
    /// But for "Street" or "North", which were left out: "elm" for Elm Street.
    Short,
    /// The words begin so: "mass ave" for Massachusetts Avenue.
    Beginning,
    /// The name is right, the kind of street is another one: "elm road" for Elm Street.
    OtherType,
    /// With slips of the finger.
    Slips,
}

/// How a street's name fits the words typed for it; `None` when it does not.
pub(super) fn street_fit(typed: &[String], street: &[String]) -> Option<Fit> {
    if typed == street {
        return Some(Fit::Whole);
    }
    let (typed_core, core) = (core_of(typed), core_of(street));
    if typed_core == core {
        let added = typed.iter().any(|word| !street.contains(word));
        return Some(if added { Fit::OtherType } else { Fit::Short });
    }
    let begins =
        typed.len() <= street.len() && typed.iter().zip(street).all(|(a, b)| b.starts_with(a.as_str()));
    let core_begins = typed_core.len() <= core.len()
        && typed_core.iter().zip(&core).all(|(a, b)| b.starts_with(a.as_str()))
        && typed.iter().filter(|word| is_left_out(word)).all(|word| street.contains(word));
    if begins || core_begins {
        return Some(Fit::Beginning);
    }
    let is_slip = |(a, b): (&&String, &&String)| is_within(a, b, forgiven(b));
    (typed_core.len() == core.len() && typed_core.iter().zip(&core).all(is_slip)).then_some(Fit::Slips)
}

/// The words that tell streets apart; all of them where nothing else is left ("Broadway Street", "The Circle").
fn core_of(words: &[String]) -> Vec<&String> {
    let core: Vec<&String> = words.iter().filter(|word| !is_left_out(word)).collect();
    if core.is_empty() { words.iter().collect() } else { core }
}

/// How a landmark's name fits: every word typed must be in it, in any order, as a beginning or with slips.
pub(super) fn landmark_fit(typed: &[String], name: &[String]) -> Option<Fit> {
    if typed == name {
        return Some(Fit::Whole);
    }
    let begins = |word: &String| name.iter().any(|known| known.starts_with(word.as_str()));
    if typed.iter().all(begins) {
        return Some(if typed.iter().all(|word| name.contains(word)) { Fit::Short } else { Fit::Beginning });
    }
    let nearly =
        |word: &String| begins(word) || name.iter().any(|known| is_within(word, known, forgiven(known)));
    typed.iter().all(nearly).then_some(Fit::Slips)
}
