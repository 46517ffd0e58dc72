//! Checking a resident's answers against the questions of a service, and keeping them with their wording.
//!
//! An answer is kept together with the question as it was asked, so that a request from two years ago still
//! reads right after the form has changed.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::moment::{read_instant, write_local};
use crate::question::{Condition, Datatype, Question};
use crate::service::Service;
use crate::stopper::Stopper;
use crate::text::Text;
use crate::words::is_forbidden;

/// Longest one-line answer, in characters.
pub const LINE_MAX: usize = 1_000;
/// Longest answer of several lines, in characters; Open311's own limit for descriptions.
pub const PARAGRAPH_MAX: usize = 4_000;
/// Most attributes that one request may carry, asked for or not.
pub const ATTRIBUTES_MAX: usize = 200;
/// Most values of one attribute.
pub const VALUES_MAX: usize = 500;
const NUMBER_MAX: usize = 40;

/// Everything a resident answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Answers to our questions, in the order of the form.
    pub answers: Vec<Answer>,
    /// What was sent beyond our questions, or to questions that did not apply; kept, because clients send useful
    /// things (a parcel number, their own reference) that we never asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<ExtraAnswer>,
}

/// One answered question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Code of the question.
    pub code: String,
    /// The question in the words in which it was asked.
    pub question_text: Text,
    /// The version of the question that had these words.
    pub version: i64,
    /// What was answered; more than one only for a multi-value list.
    pub values: Vec<AnswerValue>,
}

/// One value of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerValue {
    /// The chosen key, or what was typed.
    pub key: String,
    /// The chosen value as it was shown; nothing where the answer was typed.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub name: Text,
}

/// Something sent that we did not ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtraAnswer {
    /// The code as sent.
    pub code: String,
    /// Its values as sent.
    pub values: Vec<String>,
}

/// An answer that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} {kind}")]
pub struct AnswerProblem {
    /// Code of the question.
    pub code: String,
    /// What is wrong with the answer.
    pub kind: AnswerProblemKind,
}

/// What can be wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerProblemKind {
    /// A required question without an answer.
    #[error("required")]
    Required,
    /// A value that is not on the question's list.
    #[error("has no value '{given}'")]
    UnknownValue {
        /// The key as given.
        given: String,
    },
    /// Different values where one is asked for.
    #[error("takes one value, {given} different ones were given")]
    SeveralValues {
        /// How many different values were given.
        given: usize,
    },
    /// Not a decimal number.
    #[error("must be a number")]
    NotANumber,
    /// Not a date or time.
    #[error("must be a date or a date with a time, such as 2026-05-08T14:30:00Z")]
    NotADatetime,
    /// More characters than we keep.
    #[error("must not be longer than {max} characters")]
    TooLong {
        /// The most that is kept.
        max: usize,
    },
    /// More values or attributes than we keep.
    #[error("must not have more than {max} items")]
    TooMany {
        /// The most that are kept.
        max: usize,
    },
}

use AnswerProblemKind as Kind;

impl Answers {
    /// The answer to the question with this code.
    pub fn to(&self, code: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.code == code)
    }

    /// True when nothing was answered and nothing extra was sent.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.extra.is_empty()
    }
}

impl Answer {
    /// The keys of the answer, in the order given.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|value| value.key.as_str())
    }
}

impl AnswerValue {
    /// The value as a reader of this language should see it: its name, or what was typed.
    pub fn shown(&self, language: &str) -> &str {
        if self.name.is_empty() { &self.key } else { self.name.in_language(language) }
    }
}

impl Service {
    /// Checks what a resident sent against this service's questions.
    ///
    /// `given` is each attribute code with its values, in any order; a repeated code counts as more values. Empty
    /// values mean "no answer". A time without a zone is read in `zone`, the jurisdiction's. A question whose
    /// condition is not met is not asked: it cannot be missing, and what was sent for it is kept as extra.
    ///
    /// # Errors
    /// Every problem found, in the order of the form, so that a page can mark all fields at once.
    pub fn check_answers(
        &self,
        given: &[(String, Vec<String>)],
        zone: &TimeZone,
    ) -> Result<Answers, Vec<AnswerProblem>> {
        // Before any work per question: a flood of attributes must cost no more than counting them.
        if given.len() > ATTRIBUTES_MAX {
            return Err(vec![problem("attribute", Kind::TooMany { max: ATTRIBUTES_MAX })]);
        }
        let mut check = Check { given, zone, answers: Vec::new(), problems: Vec::new() };
        for question in self.questions.iter().filter(|q| q.variable) {
            check.question(question);
        }
        let extra = check.extra();
        if check.problems.is_empty() {
            Ok(Answers { answers: check.answers, extra })
        } else {
            Err(check.problems)
        }
    }

    /// The stopper that these answers lead to, if any: the service's own, or that of a chosen value.
    pub fn stopper_for(&self, answers: &Answers) -> Option<&Stopper> {
        self.stopper
            .as_ref()
            .or_else(|| self.questions.iter().find_map(|question| question.stopper_for(answers)))
    }

    /// The questions to show, in order, when these attributes have been given so far.
    pub fn questions_asked(&self, given: &[(String, Vec<String>)]) -> Vec<&Question> {
        let mut asked: Vec<&Question> = Vec::new();
        for question in &self.questions {
            let open = question.condition.as_ref().is_none_or(|condition| {
                let above = asked.iter().any(|q| q.code == condition.question);
                above && condition.is_met_by(values_of(given, &condition.question).into_iter())
            });
            if open {
                asked.push(question);
            }
        }
        asked
    }
}

impl Question {
    fn stopper_for(&self, answers: &Answers) -> Option<&Stopper> {
        answers.to(&self.code)?.keys().find_map(|key| self.choice(key)?.stopper.as_ref())
    }
}

/// The state of one check, from the first question down.
struct Check<'a> {
    given: &'a [(String, Vec<String>)],
    zone: &'a TimeZone,
    answers: Vec<Answer>,
    problems: Vec<AnswerProblem>,
}

impl Check<'_> {
    fn question(&mut self, question: &Question) {
        if !question.condition.as_ref().is_none_or(|condition| self.is_met(condition)) {
            return;
        }
        let values = values_of(self.given, &question.code);
        match read_values(question, &values, self.zone) {
            Ok(values) if values.is_empty() && question.required => self.refuse(question, Kind::Required),
            Ok(values) if values.is_empty() => {}
            Ok(values) => self.answers.push(Answer {
                code: question.code.clone(),
                question_text: question.text.clone(),
                version: question.version,
                values,
            }),
            Err(kind) => self.refuse(question, kind),
        }
    }

    /// Looks at accepted answers only: a question that was itself not asked meets no condition.
    fn is_met(&self, condition: &Condition) -> bool {
        let answer = self.answers.iter().find(|answer| answer.code == condition.question);
        answer.is_some_and(|answer| condition.is_met_by(answer.keys()))
    }

    fn extra(&mut self) -> Vec<ExtraAnswer> {
        let mut extra: Vec<ExtraAnswer> = Vec::new();
        for (code, _) in self.given {
            let taken = |code: &str| {
                self.answers.iter().any(|a| a.code == code) || self.problems.iter().any(|p| p.code == code)
            };
            if taken(code) || extra.iter().any(|e| e.code == *code) {
                continue;
            }
            match read_extra(self.given, code) {
                Ok(values) if values.is_empty() => {}
                Ok(values) => extra.push(ExtraAnswer { code: code.clone(), values }),
                Err(kind) => self.problems.push(problem(code, kind)),
            }
        }
        extra
    }

    fn refuse(&mut self, question: &Question, kind: Kind) {
        self.problems.push(problem(&question.code, kind));
    }
}

fn problem(code: &str, kind: Kind) -> AnswerProblem {
    AnswerProblem { code: code.to_owned(), kind }
}

/// The filled-in values of one attribute, each once, in the order given.
fn values_of<'g>(given: &'g [(String, Vec<String>)], code: &str) -> Vec<&'g str> {
    let mut values: Vec<&str> = Vec::new();
    let all = given.iter().filter(|(other, _)| other == code).flat_map(|(_, values)| values);
    for value in all.map(|value| value.trim()).filter(|value| !value.is_empty()) {
        // One past the limit is enough to know that it was passed.
        if values.len() > VALUES_MAX {
            break;
        }
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

fn read_extra(given: &[(String, Vec<String>)], code: &str) -> Result<Vec<String>, Kind> {
    let values = values_of(given, code);
    if values.len() > VALUES_MAX {
        return Err(Kind::TooMany { max: VALUES_MAX });
    }
    if code.chars().count() > LINE_MAX {
        return Err(Kind::TooLong { max: LINE_MAX });
    }
    values.into_iter().map(|value| read_text(value, PARAGRAPH_MAX)).collect()
}

fn read_values(question: &Question, values: &[&str], zone: &TimeZone) -> Result<Vec<AnswerValue>, Kind> {
    let one_only = question.datatype != Datatype::MultiValueList;
    if one_only && values.len() > 1 {
        return Err(Kind::SeveralValues { given: values.len() });
    }
    if values.len() > VALUES_MAX {
        return Err(Kind::TooMany { max: VALUES_MAX });
    }
    values.iter().map(|value| read_value(question, value, zone)).collect()
}

fn read_value(question: &Question, value: &str, zone: &TimeZone) -> Result<AnswerValue, Kind> {
    let typed = |key: String| AnswerValue { key, name: Text::nothing() };
    match question.datatype {
        Datatype::String => read_line(value).map(typed),
        Datatype::Text => read_text(value, PARAGRAPH_MAX).map(typed),
        Datatype::Number => read_number(value).map(typed),
        Datatype::Datetime => {
            let instant = read_instant(value, zone).ok_or(Kind::NotADatetime)?;
            Ok(typed(write_local(instant, zone)))
        }
        Datatype::SingleValueList | Datatype::MultiValueList => match question.choice(value) {
            Some(choice) => Ok(AnswerValue { key: choice.key.clone(), name: choice.name.clone() }),
            None => Err(Kind::UnknownValue { given: value.chars().take(LINE_MAX).collect() }),
        },
    }
}

/// A one-line answer; line breaks that were pasted in become blanks.
fn read_line(value: &str) -> Result<String, Kind> {
    let words = read_text(value, LINE_MAX)?;
    Ok(words.replace(['\n', '\t'], " "))
}

/// Text of several lines. What cannot be shown becomes a blank instead of costing the resident the report.
fn read_text(value: &str, max: usize) -> Result<String, Kind> {
    if value.chars().count() > max {
        return Err(Kind::TooLong { max });
    }
    let unix_lines = value.replace("\r\n", "\n").replace('\r', "\n");
    Ok(unix_lines.chars().map(|c| if is_forbidden(c) { ' ' } else { c }).collect())
}

/// A decimal number as typed: kept as text, because rounding somebody's meter reading would be wrong.
fn read_number(value: &str) -> Result<String, Kind> {
    let unsigned = value.strip_prefix(['+', '-']).unwrap_or(value);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let whole_may_be_missing = whole.is_empty() && unsigned.starts_with('.');
    if value.len() <= NUMBER_MAX && (digits(whole) || whole_may_be_missing) && digits(fraction) {
        Ok(value.to_owned())
    } else {
        Err(Kind::NotANumber)
    }
}
