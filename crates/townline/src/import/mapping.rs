//! How the columns of somebody else's CSV file become requests, written as a small TOML file.
//!
//! `mappings/boston.toml` is one, and the chapter on importing in the book explains each entry.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use jiff::tz::TimeZone;
use requests::Channel;
use serde::Deserialize;

/// The mapping for Boston's published file.
const BOSTON: &str = include_str!("../../mappings/boston.toml");

/// A mapping, checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Zone of times without one; the jurisdiction's when absent.
    pub time_zone: Option<String>,
    /// How times are written, in `strftime` words; ISO 8601 when absent.
    pub time_format: Option<String>,
    /// What separates the columns; a comma when absent.
    #[serde(default = "comma")]
    pub delimiter: char,
    /// Which column holds what.
    pub columns: Columns,
    /// Words of the status column.
    #[serde(default)]
    pub status: StatusWords,
    /// What people call the departments that the file names by code.
    #[serde(default)]
    pub departments: BTreeMap<String, String>,
    /// Words of the channel column, by channel.
    #[serde(default)]
    pub channels: BTreeMap<Channel, Vec<String>>,
    /// How closing notes tell the outcome; the first that fits decides.
    #[serde(default)]
    pub outcomes: Vec<OutcomeRule>,
    /// Points that stand for "unknown".
    #[serde(default)]
    pub unknown_points: Vec<UnknownPoint>,
}

fn comma() -> char {
    ','
}

/// Names of the columns; only the first three must be there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The number under which the request is known; kept.
    pub number: String,
    /// When it was received.
    pub requested: String,
    /// What was asked for, as people call it.
    pub service: String,
    /// Its group of services.
    pub group: Option<String>,
    /// Code of the service where it differs from its name.
    pub service_code: Option<String>,
    /// When it was to be done.
    pub target: Option<String>,
    /// When it was closed.
    pub closed: Option<String>,
    /// When it last changed.
    pub updated: Option<String>,
    /// Open or closed; told from the closing time when absent.
    pub status: Option<String>,
    /// Who answers for it, by name or code.
    pub department: Option<String>,
    /// Who works on it.
    pub team: Option<String>,
    /// What was reported.
    pub description: Option<String>,
    /// Why it was closed.
    pub note: Option<String>,
    /// Where it is, in words.
    pub address: Option<String>,
    /// Its postal code.
    pub zip: Option<String>,
    /// Degrees north.
    pub latitude: Option<String>,
    /// Degrees east.
    pub longitude: Option<String>,
    /// How it came in.
    pub channel: Option<String>,
}

/// Words of the status column, compared without regard to case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusWords {
    /// Words for open.
    #[serde(default)]
    pub open: Vec<String>,
    /// Words for closed.
    #[serde(default)]
    pub closed: Vec<String>,
}

impl StatusWords {
    /// Whether a word means closed; none when it means neither. Without a list, the plain words count.
    pub fn is_closed(&self, word: &str) -> Option<bool> {
        let among = |words: &[String], plain: &str| {
            words.iter().any(|known| known.eq_ignore_ascii_case(word))
                || (words.is_empty() && word.eq_ignore_ascii_case(plain))
        };
        if among(&self.closed, "closed") {
            return Some(true);
        }
        among(&self.open, "open").then_some(false)
    }
}

/// How closing notes with a certain beginning are read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutcomeRule {
    /// Beginnings of the closing note.
    pub begins: Vec<String>,
    /// The outcome they tell.
    pub outcome: OutcomeWord,
}

/// Outcomes as mapping files name them. A foreign duplicate names no original that we know, so it becomes
/// "no action needed" with the note telling the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeWord {
    /// It was done.
    Done,
    /// Nothing had to be done.
    NoActionNeeded,
    /// It is somebody else's.
    NotOurs,
    /// Another request is about the same thing.
    Duplicate,
    /// It could not be done.
    CouldNot,
    /// Whoever asked took it back.
    Withdrawn,
}

/// A point that stands for "unknown".
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnknownPoint {
    latitude: f64,
    longitude: f64,
}

impl UnknownPoint {
    /// True for coordinates that are this point to the fifth decimal, about a metre.
    pub fn is(&self, latitude: f64, longitude: f64) -> bool {
        (self.latitude - latitude).abs() < 1e-5 && (self.longitude - longitude).abs() < 1e-5
    }
}

impl Mapping {
    /// Boston's.
    pub fn boston() -> Self {
        Self::parse(BOSTON).expect("a test parses the mapping that ships")
    }

    /// Reads a mapping file.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let mapping: Mapping = toml::from_str(text)?;
        ensure!(mapping.delimiter.is_ascii(), "delimiter must be one plain character such as , ; or a tab");
        ensure!(
            mapping.columns.latitude.is_some() == mapping.columns.longitude.is_some(),
            "columns.latitude and columns.longitude come together or not at all"
        );
        mapping.zone()?;
        Ok(mapping)
    }

    /// The zone of times without one, if the mapping names it.
    pub fn zone(&self) -> anyhow::Result<Option<TimeZone>> {
        let name = self.time_zone.as_deref();
        name.map(TimeZone::get)
            .transpose()
            .with_context(|| format!("time_zone {:?}", name.unwrap_or_default()))
    }

    /// The channel that a word of the channel column names.
    pub fn channel(&self, word: &str) -> Option<Channel> {
        let named =
            |(channel, words): (&Channel, &Vec<String>)| words.iter().any(|w| w == word).then_some(*channel);
        self.channels.iter().find_map(named).or_else(|| word.to_lowercase().parse().ok())
    }

    /// The outcome that a closing note tells.
    pub fn outcome(&self, note: &str) -> OutcomeWord {
        let fits =
            |rule: &&OutcomeRule| rule.begins.iter().any(|beginning| note.starts_with(beginning.as_str()));
        self.outcomes.iter().find(fits).map_or(OutcomeWord::Done, |rule| rule.outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mapping_that_ships_is_one() {
        let boston = Mapping::parse(BOSTON).unwrap();
        assert_eq!(boston.channel("Citizens Connect App"), Some(Channel::App));
        assert_eq!(boston.outcome("Case Closed Duplicate of Existing Case"), OutcomeWord::Duplicate);
        assert_eq!(boston.outcome("Case Closed Case Resolved"), OutcomeWord::Done);
        assert!(boston.unknown_points[0].is(42.3594, -71.0587));
    }

    #[test]
    fn mistakes_in_a_mapping_are_named() {
        let columns = "[columns]\nnumber = \"a\"\nrequested = \"b\"\nservice = \"c\"\n";
        for (text, named) in [
            (format!("{columns}colour = \"d\""), "colour"),
            (format!("{columns}latitude = \"d\""), "longitude"),
            (format!("time_zone = \"Mars/Base\"\n{columns}"), "Mars/Base"),
            (format!("{columns}[channels]\npigeon = [\"x\"]"), "pigeon"),
            ("[columns]\nnumber = \"a\"".to_owned(), "requested"),
        ] {
            let error = format!("{:#}", Mapping::parse(&text).unwrap_err());
            assert!(error.contains(named), "{error} should name {named}");
        }
    }
}
