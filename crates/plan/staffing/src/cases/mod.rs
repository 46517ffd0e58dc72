//! Cases written as JSON: a kind, its input, and the names of what it answers.
//!
//! This is how other programs and people with a text editor ask the models of this crate, one at a time. The kinds, their fields
//! and units are listed in the book's chapter on staffing. Fields that a kind does not know are named in the answer.

mod input;
mod queues;
mod teams;

use serde_json::{Map, Value};

use crate::StaffingError;
use input::Input;

/// Why a case has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CaseError {
    /// No model of this name.
    #[error("unknown kind {0:?}")]
    UnknownKind(String),
    /// A field that the kind needs.
    #[error("{field} is missing")]
    Missing {
        /// Its name.
        field: String,
    },
    /// A field of the wrong type.
    #[error("{field} is {found}, but must be {must_be}")]
    Wrong {
        /// Its name.
        field: String,
        /// What was given.
        found: Value,
        /// What it can be.
        must_be: &'static str,
    },
    /// The model refuses the numbers.
    #[error(transparent)]
    Staffing(#[from] StaffingError),
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluated {
    /// The results by name.
    pub result: Map<String, Value>,
    /// Fields of the input that the kind does not know.
    pub ignored: Vec<String>,
}

/// Works out one case.
///
/// # Errors
/// When the kind is not known, a field is missing or of the wrong type, or the model refuses the numbers. A queue without a
/// steady state is an answer, `"stable": false`, for the kinds in which nobody gives up.
pub fn evaluate(kind: &str, fields: &Map<String, Value>) -> Result<Evaluated, CaseError> {
    let input = Input::new(fields);
    let model = model(kind).ok_or_else(|| CaseError::UnknownKind(kind.to_owned()))?;
    let result = match model(&input)? {
        Value::Object(result) => result,
        other => Map::from_iter([("value".to_owned(), other)]),
    };
    Ok(Evaluated { result, ignored: input.ignored() })
}

/// A kind of case.
type Model = fn(&Input<'_>) -> Result<Value, CaseError>;

fn model(kind: &str) -> Option<Model> {
    Some(match kind {
        "erlang_b" => queues::erlang_b,
        "erlang_b_continuous" => queues::erlang_b_continuous,
        "erlang_b_max_load" => queues::erlang_b_max_load,
        "erlang_b_servers" => queues::erlang_b_servers,
        "extended_erlang_b_servers" => queues::extended_erlang_b_servers,
        "erlang_c" => queues::erlang_c,
        "erlang_c_required" => queues::erlang_c_required,
        "erlang_a" => queues::erlang_a,
        "erlang_a_required" => queues::erlang_a_required,
        "mmng" => queues::mmng,
        "finite_lines" => queues::finite_lines,
        "priority_nonpreemptive" => teams::priority_nonpreemptive,
        "chat_concurrency" => teams::chat_concurrency,
        "deadline_constant_staff" => teams::deadline_constant_staff,
        "time_varying" => teams::time_varying,
        "two_skill_w" => teams::two_skill_w,
        "halfin_whitt_limit" => teams::halfin_whitt_limit,
        "garnett_limit" => teams::garnett_limit,
        _ => return None,
    })
}
