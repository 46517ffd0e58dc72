//! One question as fields of a form, and back.

use catalog::{Condition, Datatype, QuestionDraft, Text};

use super::{choices, stopping};
use crate::admin::worded;
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, Group, Page, Shape, chosen};

/// Room for the five hundred answers a question may have.
const VALUES_CHARS_MAX: usize = 60_000;
/// The type of a text that is only shown.
const SHOWN: &str = "shown";
/// In the value of a condition, between the code of a question and an answer to it.
const ANSWER: char = '=';

/// A question nobody has written yet.
pub(super) fn empty() -> QuestionDraft {
    QuestionDraft {
        code: String::new(),
        datatype: Datatype::String,
        variable: true,
        required: false,
        text: Text::nothing(),
        hint: Text::nothing(),
        values: Vec::new(),
        condition: None,
    }
}

/// Adds the fields of a question to its form; `above` are those it may depend on.
pub(super) fn fill(
    page: &Page,
    form: FormBox,
    question: &QuestionDraft,
    above: &[QuestionDraft],
    faults: &Faults,
) -> FormBox {
    let marked =
        |fields: Vec<Field>| fields.into_iter().map(|field| field.faults(faults)).collect::<Vec<_>>();
    let mut fields: Vec<Field> = worded::paragraphs(page, "text", "question-text", &question.text).into();
    fields.extend(worded::paragraphs(page, "hint", "question-hint", &question.hint));
    fields.push(Field::new(page, "datatype", "question-datatype", Shape::List(datatypes(page, question))));
    let ticked = Shape::Tick { is_ticked: question.required };
    fields.push(Field::new(page, "required", "question-required", ticked));
    let values = Field::lines(
        page,
        "values",
        "question-values",
        &choices::written(&question.values),
        VALUES_CHARS_MAX,
    )
    .hint(page, "question-values-hint")
    .help(page, "question-values-help");
    fields.push(values);
    let mut form = form.faults(faults).fields(marked(fields));
    if above.iter().any(|other| other.variable) {
        form = form.fields(marked(vec![condition_field(page, question, above)]));
    }
    stop_groups(page, question).into_iter().fold(form, |form, (heading, fields, is_open)| {
        form.group(Group::new(heading, marked(fields)).folded(is_open))
    })
}

fn datatypes(page: &Page, question: &QuestionDraft) -> Vec<Choice> {
    let words = Datatype::ALL.map(Datatype::as_str).into_iter().chain([SHOWN]);
    let choices = words.map(|word| Choice::new(word, page.say(&format!("datatype-{word}")))).collect();
    let now = if question.variable { question.datatype.as_str() } else { SHOWN };
    chosen(choices, &[now])
}

/// The answers above on which the question may depend.
fn condition_field(page: &Page, question: &QuestionDraft, above: &[QuestionDraft]) -> Field {
    let mut offered = Vec::new();
    for earlier in above.iter().filter(|earlier| earlier.variable) {
        let text = earlier.text.in_language(page.tag());
        offered.push(Choice::new(&earlier.code, page.say("condition-any")).under(text));
        offered.extend(earlier.values.iter().map(|choice| {
            Choice::new(
                format!("{}{ANSWER}{}", earlier.code, choice.key),
                choice.name.in_language(page.tag()),
            )
        }));
    }
    let now: Vec<String> = question.condition.iter().flat_map(values_of).collect();
    let now: Vec<&str> = now.iter().map(String::as_str).collect();
    Field::new(page, "condition", "question-condition", Shape::AnyOf(chosen(offered, &now)))
        .hint(page, "question-condition-hint")
}

fn values_of(condition: &Condition) -> Vec<String> {
    if condition.any_of.is_empty() {
        return vec![condition.question.clone()];
    }
    condition.any_of.iter().map(|key| format!("{}{ANSWER}{key}", condition.question)).collect()
}

/// A group of fields for each answer that stops the report, and an empty one.
fn stop_groups(page: &Page, question: &QuestionDraft) -> Vec<(String, Vec<Field>, bool)> {
    let stopping = question.values.iter().filter(|choice| choice.stopper.is_some());
    let rows = stopping.map(Some).chain([None]).enumerate();
    let group = |(row, choice): (usize, Option<&catalog::Choice>)| {
        let mut offered = vec![Choice::new("", page.say("stops-no-answer"))];
        let answers = question.values.iter();
        offered.extend(answers.map(|one| Choice::new(&one.key, one.name.in_language(page.tag()))));
        let offered = chosen(offered, &[choice.map_or("", |choice| &choice.key)]);
        let answer = Field::new(page, &format!("stops-{row}-answer"), "stops-answer", Shape::List(offered));
        let stopper = choice.and_then(|choice| choice.stopper.as_ref());
        let rest = stopping::fields(page, &format!("stops-{row}"), stopper);
        let heading = match choice {
            Some(choice) => page.with("stops-heading", "answer", choice.name.in_language(page.tag())),
            None => page.say("stops-another"),
        };
        (heading.into_owned(), std::iter::once(answer).chain(rest).collect(), choice.is_some())
    };
    if question.values.is_empty() { Vec::new() } else { rows.map(group).collect() }
}

/// The question that was typed, over the one that was there.
pub(super) fn given(posted: &Posted, old: &QuestionDraft) -> QuestionDraft {
    let word = posted.text("datatype");
    let variable = word != SHOWN;
    let datatype = if variable { word.parse().unwrap_or(old.datatype) } else { Datatype::Text };
    // Answers that were typed before another type was chosen are not kept: that type has none.
    let values =
        if datatype.is_list() { choices::read(posted.text("values"), &old.values) } else { Vec::new() };
    QuestionDraft {
        code: old.code.clone(),
        datatype,
        variable,
        required: variable && posted.has("required"),
        text: worded::given(posted, "text", &old.text),
        hint: worded::given(posted, "hint", &old.hint),
        values: with_stoppers(posted, values, old),
        condition: given_condition(posted),
    }
}

fn with_stoppers(
    posted: &Posted,
    mut values: Vec<catalog::Choice>,
    old: &QuestionDraft,
) -> Vec<catalog::Choice> {
    let rows =
        posted.below("stops-").filter_map(|(rest, _)| rest.strip_suffix("-answer")).collect::<Vec<_>>();
    if rows.is_empty() {
        return values;
    }
    for choice in &mut values {
        let row = rows.iter().find(|row| posted.text(&format!("stops-{row}-answer")) == choice.key);
        let before = old.values.iter().find(|one| one.key == choice.key).and_then(|one| one.stopper.as_ref());
        choice.stopper = row.and_then(|row| stopping::given(posted, &format!("stops-{row}"), before));
    }
    values
}

/// The answers that were ticked, as the code of a question and a key; no key for any answer.
fn ticked(posted: &Posted) -> impl Iterator<Item = (&str, Option<&str>)> {
    posted.all("condition").map(|value| match value.split_once(ANSWER) {
        Some((question, key)) => (question, Some(key)),
        None => (value, None),
    })
}

/// Whether answers of several questions were ticked, which no condition can say.
pub(super) fn mixes_questions(posted: &Posted) -> bool {
    let mut questions = ticked(posted).map(|(question, _)| question);
    questions.next().is_some_and(|first| questions.any(|other| other != first))
}

fn given_condition(posted: &Posted) -> Option<Condition> {
    let (question, _) = ticked(posted).next()?;
    // "Any answer" covers each of them.
    let keys: Option<Vec<String>> = ticked(posted).map(|(_, key)| key.map(str::to_owned)).collect();
    Some(Condition { question: question.to_owned(), any_of: keys.unwrap_or_default() })
}

/// What is wrong with the question at this place of its service, at the fields of its own form.
pub(super) fn own_faults(faults: Faults, item: usize, question: &QuestionDraft) -> Faults {
    let stopping: Vec<usize> =
        (0..).zip(&question.values).filter(|(_, c)| c.stopper.is_some()).map(|(i, _)| i).collect();
    faults.renamed(|field| {
        let Some(own) = field.strip_prefix(&format!("question-{item}-")) else { return field };
        if own.starts_with("condition") {
            return "condition".to_owned();
        }
        let Some(value) = own.strip_prefix("values-") else { return own.to_owned() };
        let row = value.split_once("-stopper-").and_then(|(value, rest)| {
            let row = stopping.iter().position(|place| value.parse() == Ok(*place))?;
            Some(format!("stops-{row}-{rest}"))
        });
        row.unwrap_or_else(|| "values".to_owned())
    })
}
