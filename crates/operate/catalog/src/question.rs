//! The questions a service asks, in the types that Open311 knows.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::flaw::{Flaw, Wrong};
use crate::stopper::Stopper;
use crate::text::Text;
use crate::words::{check_code, check_key, check_name, check_optional_prose, check_prose};

/// Most questions of one service; residents give up long before.
pub(crate) const QUESTIONS_MAX: usize = 100;
const CHOICES_MAX: usize = 500;

/// One question of a service, in the wording that is asked now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Names the question within its service; stays when the wording changes.
    pub code: String,
    /// Which wording this is: 1, 2, 3…
    pub version: i64,
    /// What an answer looks like.
    pub datatype: Datatype,
    /// False for a text that is only shown (Open311 `variable=false`).
    pub variable: bool,
    /// True when a request cannot be made without an answer, provided the question is asked at all.
    pub required: bool,
    /// Position in the service, from 1.
    pub order: u32,
    /// The question, or the text that is only shown.
    pub text: Text,
    /// A hint beside the field (Open311 `datatype_description`); may be empty.
    pub hint: Text,
    /// What there is to choose from, for the two list types.
    pub values: Vec<Choice>,
    /// When the question is asked; always when `None`.
    pub condition: Option<Condition>,
}

/// A question as an editor or a file proposes it: without version, and in the place where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionDraft {
    /// See [`Question::code`].
    pub code: String,
    /// See [`Question::datatype`].
    pub datatype: Datatype,
    /// See [`Question::variable`].
    pub variable: bool,
    /// See [`Question::required`].
    pub required: bool,
    /// See [`Question::text`].
    pub text: Text,
    /// See [`Question::hint`].
    pub hint: Text,
    /// See [`Question::values`].
    pub values: Vec<Choice>,
    /// See [`Question::condition`].
    pub condition: Option<Condition>,
}

/// What an answer looks like: the six types of Open311.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Datatype {
    /// One line of text.
    String,
    /// A decimal number.
    Number,
    /// A date with a time.
    Datetime,
    /// Several lines of text.
    Text,
    /// One of the listed values.
    SingleValueList,
    /// Any of the listed values.
    MultiValueList,
}

/// One value to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is sent and stored.
    pub key: String,
    /// What is shown.
    pub name: Text,
    /// When choosing this shows that somebody else must be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopper: Option<Stopper>,
}

/// A question is asked only when an earlier one was answered in a certain way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Code of the earlier question.
    pub question: String,
    /// The keys of which one must have been chosen; when empty, any answer will do.
    pub any_of: Vec<String>,
}

impl Datatype {
    /// Every type, in the order in which an editor offers them.
    pub const ALL: [Datatype; 6] = [
        Datatype::String,
        Datatype::Text,
        Datatype::Number,
        Datatype::Datetime,
        Datatype::SingleValueList,
        Datatype::MultiValueList,
    ];

    /// The word that Open311 uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Datatype::String => "string",
            Datatype::Number => "number",
            Datatype::Datetime => "datetime",
            Datatype::Text => "text",
            Datatype::SingleValueList => "singlevaluelist",
            Datatype::MultiValueList => "multivaluelist",
        }
    }

    /// True for the two types whose answers are chosen from a list.
    pub fn is_list(self) -> bool {
        matches!(self, Datatype::SingleValueList | Datatype::MultiValueList)
    }
}

impl FromStr for Datatype {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let known = || Datatype::ALL.iter().map(|d| d.as_str()).collect();
        let found = Datatype::ALL.into_iter().find(|d| d.as_str() == word);
        found.ok_or_else(|| UnknownWord { word: word.to_owned(), known: known() })
    }
}

/// A word that stands for none of the kinds there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{word}' is not one of {}", known.join(", "))]
pub struct UnknownWord {
    /// The word as given.
    pub word: String,
    /// The words there are.
    pub known: Vec<&'static str>,
}

impl Question {
    /// The choice with this key.
    pub fn choice(&self, key: &str) -> Option<&Choice> {
        self.values.iter().find(|choice| choice.key == key)
    }

    /// The same question without its version, to be edited.
    pub fn draft(&self) -> QuestionDraft {
        QuestionDraft {
            code: self.code.clone(),
            datatype: self.datatype,
            variable: self.variable,
            required: self.required,
            text: self.text.clone(),
            hint: self.hint.clone(),
            values: self.values.clone(),
            condition: self.condition.clone(),
        }
    }

    /// True when residents would read or choose the same in both: such a change needs no new version.
    pub(crate) fn is_worded_like(&self, draft: &QuestionDraft) -> bool {
        self.datatype == draft.datatype
            && self.variable == draft.variable
            && self.text == draft.text
            && self.hint == draft.hint
            && self.values == draft.values
    }
}

/// Checks a service's questions together: codes are unique and conditions look back.
pub(crate) fn check_questions(questions: &[QuestionDraft]) -> Result<(), Flaw> {
    if questions.len() > QUESTIONS_MAX {
        return Err(Wrong::TooMany { max: QUESTIONS_MAX }.at("question"));
    }
    for (item, question) in questions.iter().enumerate() {
        question.check(&questions[..item]).map_err(|flaw| flaw.inside_item("question", item))?;
    }
    Ok(())
}

impl QuestionDraft {
    fn check(&self, above: &[QuestionDraft]) -> Result<(), Flaw> {
        check_code(&self.code).map_err(|wrong| wrong.at("code"))?;
        if above.iter().any(|other| other.code == self.code) {
            return Err(Wrong::Duplicate { code: self.code.clone() }.at("code"));
        }
        check_prose(&self.text, "text")?;
        check_optional_prose(&self.hint, "hint")?;
        if self.required && !self.variable {
            return Err(Wrong::ShownOnlyRequired.at("required"));
        }
        self.check_values()?;
        self.condition.as_ref().map_or(Ok(()), |c| c.check(above).map_err(|flaw| flaw.inside("condition")))
    }

    fn check_values(&self) -> Result<(), Flaw> {
        let datatype = self.datatype.as_str();
        match (self.datatype.is_list(), self.values.len()) {
            (true, 0) => Err(Wrong::NoChoices { datatype }.at("values")),
            (false, 1..) => Err(Wrong::ChoicesNotTaken { datatype }.at("values")),
            (_, n) if n > CHOICES_MAX => Err(Wrong::TooMany { max: CHOICES_MAX }.at("values")),
            _ => self.check_each_value(),
        }
    }

    fn check_each_value(&self) -> Result<(), Flaw> {
        for (item, choice) in self.values.iter().enumerate() {
            let repeated = self.values[..item].iter().any(|other| other.key == choice.key);
            choice.check(repeated).map_err(|flaw| flaw.inside_item("values", item))?;
        }
        Ok(())
    }
}

impl Choice {
    fn check(&self, repeated: bool) -> Result<(), Flaw> {
        check_key(&self.key).map_err(|wrong| wrong.at("key"))?;
        if repeated {
            return Err(Wrong::Duplicate { code: self.key.clone() }.at("key"));
        }
        check_name(&self.name, "name")?;
        self.stopper.as_ref().map_or(Ok(()), |s| s.check().map_err(|flaw| flaw.inside("stopper")))
    }
}

impl Condition {
    fn check(&self, above: &[QuestionDraft]) -> Result<(), Flaw> {
        let code = self.question.clone();
        let Some(question) = above.iter().find(|q| q.code == code && q.variable) else {
            return Err(Wrong::ConditionNotAbove { code }.at("question"));
        };
        if !self.any_of.is_empty() && !question.datatype.is_list() {
            return Err(Wrong::ConditionNotOnList { code }.at("any_of"));
        }
        match self.any_of.iter().position(|key| !question.values.iter().any(|choice| choice.key == *key)) {
            Some(item) => {
                let unknown = Wrong::Unknown { kind: "value", code: self.any_of[item].clone() };
                Err(unknown.at("any_of"))
            }
            None => Ok(()),
        }
    }

    /// True when these chosen keys of the named question satisfy the condition.
    pub fn is_met_by<'k>(&self, mut keys: impl Iterator<Item = &'k str>) -> bool {
        if self.any_of.is_empty() {
            keys.next().is_some()
        } else {
            keys.any(|key| self.any_of.iter().any(|k| k == key))
        }
    }
}

db::text_type!(Datatype, "an Open311 datatype");
