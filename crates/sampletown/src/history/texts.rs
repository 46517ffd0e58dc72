//! What residents write, in English and about one time in fourteen in Spanish.

use requests::Channel;

use crate::behaviour::{Notes, ServiceBehaviour};
use crate::chance::Chance;
use crate::town::Location;

/// The language a resident writes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Most.
    English,
    /// About 7 in 100.
    Spanish,
}

/// Of the requests that residents word themselves.
const SPANISH_SHARE: f64 = 0.073;
/// How often a second sentence follows.
const TAIL_SHARE: f64 = 0.35;

impl Language {
    /// The tag used on the web: `en` or `es`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
        }
    }

    /// The town's own people write in English.
    pub(crate) fn draw(chance: &mut Chance, channel: Channel) -> Self {
        let spanish = chance.yes(SPANISH_SHARE);
        if spanish && channel != Channel::Staff { Language::Spanish } else { Language::English }
    }
}

/// A description; `elsewhere` is the street that is mentioned when the request is about no place.
pub(crate) fn description(
    chance: &mut Chance,
    notes: &Notes,
    service: &ServiceBehaviour,
    language: Language,
    location: Option<&Location>,
    elsewhere: &str,
) -> String {
    let (sentences, tails) = match language {
        Language::English => (&service.en, &notes.tails_en),
        Language::Spanish => (&service.es, &notes.tails_es),
    };
    let mut text = chance.line(sentences).to_owned();
    if chance.yes(TAIL_SHARE) {
        text.push(' ');
        text.push_str(chance.line(tails));
    }
    let days = 2 + chance.below(12);
    let address = location.map_or(elsewhere, |location| &location.address);
    let street = location.map_or(elsewhere, street_of);
    text.replace("{address}", address).replace("{street}", street).replace("{days}", &days.to_string())
}

/// The street of an address: without its number, or the first of a corner.
fn street_of(location: &Location) -> &str {
    let first = location.address.split(" & ").next().unwrap_or_default();
    first.trim_start_matches(|letter: char| letter.is_ascii_digit()).trim_start()
}
