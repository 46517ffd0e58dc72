//! `GET services/{service_code}`

use access::Actor;
use catalog::{Catalog, Question};

use super::{Call, language, visibility};
use crate::problem::Problem;
use crate::wire::{AttributeEntry, Definition, Document, ValueEntry};

/// A service without questions has a definition too: an empty one.
pub(super) fn answer(catalog: &Catalog, actor: &Actor, call: &Call, code: &str) -> Result<Document, Problem> {
    let service = visibility::service(catalog, actor, code)?;
    let language = language(call, catalog)?;
    let attributes = service.questions.iter().map(|question| attribute(question, language)).collect();
    Ok(Document::Definition(Definition { service_code: service.code.clone(), attributes }))
}

fn attribute(question: &Question, language: &str) -> AttributeEntry {
    let hint = question.hint.in_language(language);
    let value = |choice: &catalog::Choice| ValueEntry {
        key: choice.key.clone(),
        name: choice.name.in_language(language).to_owned(),
    };
    AttributeEntry {
        variable: question.variable,
        code: question.code.clone(),
        datatype: question.datatype.as_str(),
        // A question that is only asked under a condition cannot be demanded of clients that know no conditions.
        required: question.variable && question.required && question.condition.is_none(),
        datatype_description: (!hint.is_empty()).then(|| hint.to_owned()),
        order: question.order,
        description: question.text.in_language(language).to_owned(),
        values: question.values.iter().map(value).collect(),
    }
}
