//! The fields of a catalog file, exactly as they are written. An unknown field is refused: a misspelled `requird`
//! must not silently make a question optional.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use calendar::CalendarSpec;
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::value::Datetime;

use crate::flaw::{Flaw, Wrong};
use crate::question::{Choice, Condition, Datatype, QuestionDraft};
use crate::service::{Photo, PublicLevel, RouteDraft, ServiceDraft, ServiceKind};
use crate::stopper::Stopper;
use crate::text::PerLanguage;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileShape {
    pub(super) language: String,
    pub(super) default_calendar: Option<String>,
    #[serde(default)]
    pub(super) calendar: BTreeMap<String, CalendarSpec>,
    #[serde(default)]
    pub(super) department: Vec<DepartmentShape>,
    #[serde(default)]
    pub(super) team: Vec<TeamShape>,
    #[serde(default)]
    pub(super) service: Vec<ServiceShape>,
    #[serde(default)]
    pub(super) notice: Vec<NoticeShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DepartmentShape {
    pub(super) code: String,
    pub(super) name: Words<String>,
    pub(super) calendar: Option<String>,
    #[serde(default = "yes")]
    pub(super) active: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TeamShape {
    pub(super) code: String,
    pub(super) name: Words<String>,
    pub(super) department: String,
    #[serde(default = "yes")]
    pub(super) active: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceShape {
    code: String,
    name: Words<String>,
    #[serde(default)]
    description: Words<String>,
    #[serde(default)]
    group: Words<String>,
    #[serde(default)]
    keywords: Words<Vec<String>>,
    icon: Option<String>,
    #[serde(default, deserialize_with = "word")]
    public: PublicLevel,
    #[serde(default, deserialize_with = "word")]
    kind: ServiceKind,
    #[serde(default, deserialize_with = "word")]
    photo: Photo,
    department: String,
    team: Option<String>,
    #[serde(default)]
    routes: Vec<RouteShape>,
    calendar: Option<String>,
    duplicate_radius_m: Option<i64>,
    stopper: Option<StopperShape>,
    #[serde(default = "yes")]
    active: bool,
    #[serde(default)]
    question: Vec<QuestionShape>,
    #[serde(default)]
    pub(super) target: Vec<TargetShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RouteShape {
    kind: String,
    code: String,
    team: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StopperShape {
    kind: String,
    #[serde(default)]
    whom: Words<String>,
    url: Option<String>,
    phone: Option<String>,
    number: Option<String>,
    #[serde(default)]
    advice: Words<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionShape {
    code: String,
    #[serde(deserialize_with = "word")]
    datatype: Datatype,
    #[serde(default = "yes")]
    variable: bool,
    #[serde(default)]
    required: bool,
    text: Words<String>,
    #[serde(default)]
    hint: Words<String>,
    #[serde(default)]
    values: Vec<ChoiceShape>,
    condition: Option<ConditionShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceShape {
    key: String,
    name: Words<String>,
    stopper: Option<StopperShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionShape {
    question: String,
    #[serde(default)]
    any_of: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetShape {
    pub(super) from: Datetime,
    pub(super) first_response: Option<String>,
    pub(super) resolution: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoticeShape {
    pub(super) code: String,
    pub(super) service: Option<String>,
    pub(super) text: Words<String>,
    pub(super) from: Datetime,
    pub(super) until: Option<Datetime>,
}

fn yes() -> bool {
    true
}

fn word<'de, D: Deserializer<'de>, T: FromStr<Err: fmt::Display>>(deserializer: D) -> Result<T, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}

/// Words in the language of the file, or a table with one entry per language.
pub(super) enum Words<T> {
    Plain(T),
    PerLanguage(BTreeMap<String, T>),
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Words::PerLanguage(BTreeMap::new())
    }
}

impl<T> Words<T> {
    pub(super) fn in_languages(self, language: &str) -> PerLanguage<T> {
        match self {
            Words::Plain(words) => PerLanguage::new(language, words),
            Words::PerLanguage(words) => words
                .into_iter()
                .fold(PerLanguage::nothing(), |all, (language, words)| all.with(language, words))
                .led_by(language),
        }
    }
}

impl<'de> Deserialize<'de> for Words<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordsVisitor)
    }
}

struct WordsVisitor;

impl<'de> Visitor<'de> for WordsVisitor {
    type Value = Words<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("words, or a table with words per language")
    }

    fn visit_str<E>(self, words: &str) -> Result<Self::Value, E> {
        Ok(Words::Plain(words.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut all = BTreeMap::new();
        while let Some((language, words)) = map.next_entry()? {
            all.insert(language, words);
        }
        Ok(Words::PerLanguage(all))
    }
}

impl<'de> Deserialize<'de> for Words<Vec<String>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordListVisitor)
    }
}

struct WordListVisitor;

impl<'de> Visitor<'de> for WordListVisitor {
    type Value = Words<Vec<String>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of words, or a table with a list per language")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(words) = list.next_element()? {
            all.push(words);
        }
        Ok(Words::Plain(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut all = BTreeMap::new();
        while let Some((language, words)) = map.next_entry()? {
            all.insert(language, words);
        }
        Ok(Words::PerLanguage(all))
    }
}

impl ServiceShape {
    pub(super) fn draft(self, language: &str) -> Result<ServiceDraft, Flaw> {
        Ok(ServiceDraft {
            code: self.code,
            name: self.name.in_languages(language),
            description: self.description.in_languages(language),
            group: self.group.in_languages(language),
            keywords: self.keywords.in_languages(language),
            icon: self.icon,
            public: self.public,
            kind: self.kind,
            photo: self.photo,
            department: self.department,
            team: self.team,
            routes: self.routes.into_iter().map(RouteShape::draft).collect(),
            calendar: self.calendar,
            duplicate_radius_m: self.duplicate_radius_m,
            stopper: stopper(self.stopper, language)?,
            active: self.active,
            questions: each("question", self.question, |question| question.draft(language))?,
        })
    }
}

impl RouteShape {
    fn draft(self) -> RouteDraft {
        RouteDraft { kind: self.kind, code: self.code, team: self.team }
    }
}

impl QuestionShape {
    fn draft(self, language: &str) -> Result<QuestionDraft, Flaw> {
        Ok(QuestionDraft {
            code: self.code,
            datatype: self.datatype,
            variable: self.variable,
            required: self.required,
            text: self.text.in_languages(language),
            hint: self.hint.in_languages(language),
            values: each("values", self.values, |choice| choice.choice(language))?,
            condition: self.condition.map(|c| Condition { question: c.question, any_of: c.any_of }),
        })
    }
}

impl ChoiceShape {
    fn choice(self, language: &str) -> Result<Choice, Flaw> {
        let stopper = stopper(self.stopper, language)?;
        Ok(Choice { key: self.key, name: self.name.in_languages(language), stopper })
    }
}

fn stopper(shape: Option<StopperShape>, language: &str) -> Result<Option<Stopper>, Flaw> {
    shape.map(|shape| shape.stopper(language).map_err(|flaw| flaw.inside("stopper"))).transpose()
}

impl StopperShape {
    fn stopper(self, language: &str) -> Result<Stopper, Flaw> {
        let whom = self.whom.in_languages(language);
        let advice = self.advice.in_languages(language);
        match (self.kind.as_str(), self.number) {
            ("not-ours", None) => Ok(Stopper::NotOurs { whom, url: self.url, phone: self.phone, advice }),
            ("not-ours", Some(_)) => Err(not_here("number", "only an emergency has a number to call")),
            ("emergency", None) => Err(Wrong::Empty.at("number")),
            ("emergency", Some(_)) if !whom.is_empty() => Err(not_here("whom", ONLY_NOT_OURS)),
            ("emergency", Some(_)) if self.url.is_some() => Err(not_here("url", ONLY_NOT_OURS)),
            ("emergency", Some(_)) if self.phone.is_some() => Err(not_here("phone", ONLY_NOT_OURS)),
            ("emergency", Some(number)) => Ok(Stopper::Emergency { number, advice }),
            (other, _) => Err(Wrong::Unknown { kind: "kind of stopper", code: other.to_owned() }.at("kind")),
        }
    }
}

const ONLY_NOT_OURS: &str = "only what is not ours has somebody else to ask";

fn not_here(field: &str, why: &'static str) -> Flaw {
    Wrong::NotHere { why }.at(field)
}

/// Turns each item of a list, telling the place of one that cannot be turned.
pub(super) fn each<T, U>(
    name: &str,
    list: Vec<T>,
    turn: impl Fn(T) -> Result<U, Flaw>,
) -> Result<Vec<U>, Flaw> {
    let turned =
        list.into_iter().enumerate().map(|(item, one)| turn(one).map_err(|f| f.inside_item(name, item)));
    turned.collect()
}
