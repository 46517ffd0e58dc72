//! What should we know? A description, and the questions of the chosen service.
//!
//! A question may depend on an earlier answer. Without script its turn comes when the form is sent: the page
//! is shown again with the questions that have become due, until none is new.

use axum::extract::Path;
use axum::response::Response;
use catalog::{AnswerProblem, AnswerProblemKind, Datatype, Question, Service};

use super::{CHECK, Report, Step, StepView, stopped};
use crate::form::{Posted, QUESTION_PREFIX};
use crate::page::{Choice, Faults, Field, FormBox, Page, Shape, chosen, go_to};
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};
use crate::words::Language;

const DESCRIPTION_MAX: usize = 4_000;
/// In the address of the page that shows questions which the answers have brought up.
const MORE: &str = "more";

/// `GET /report/{draft}/details`
pub(crate) async fn show(visit: Visit, Path(key): Path<String>, query: Query) -> Result<Response, Refusal> {
    let report = match Report::open(visit, &key).await?.require(Step::Details) {
        Ok(report) => report,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let is_checked = query.get(CHECK).is_some();
    let faults = is_checked.then(|| check(&report).err()).flatten().unwrap_or_default();
    form(&report, &faults, query.get(MORE).is_some())
}

/// `POST /report/{draft}/details`
pub(crate) async fn take(visit: Visit, Path(key): Path<String>, posted: Posted) -> Result<Response, Refusal> {
    let mut report = match Report::open(visit, &key).await?.require(Step::Details) {
        Ok(report) => report,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    report.draft.description = posted.text("description").to_owned();
    report.draft.answers = given_answers(&posted);
    report.draft.has_details = false;
    if has_new_questions(&report, &posted) {
        report.save().await?;
        return Ok(go_to(&report.visit, &format!("{}?{MORE}=yes", report.path(Step::Details))));
    }
    match check(&report) {
        Ok(true) => {
            report.save().await?;
            Ok(go_to(&report.visit, &stopped::path(&report, None)))
        }
        Ok(false) => {
            report.draft.has_details = true;
            report.go_on().await
        }
        Err(_) => report.stay(Step::Details).await,
    }
}

/// Whether the answers have brought up questions that were not on the page.
fn has_new_questions(report: &Report, posted: &Posted) -> bool {
    let shown: Vec<&str> = posted.all("shown").collect();
    let asked = report.service().map(|service| service.questions_asked(&report.draft.answers));
    asked.iter().flatten().any(|question| question.variable && !shown.contains(&question.code.as_str()))
}

/// Every answer of a form, by the code of its question.
pub(crate) fn given_answers(posted: &Posted) -> Vec<(String, Vec<String>)> {
    answers_below(posted, QUESTION_PREFIX)
}

/// Every answer whose field's name begins so, by the rest of that name.
pub(super) fn answers_below(posted: &Posted, prefix: &str) -> Vec<(String, Vec<String>)> {
    let mut answers: Vec<(String, Vec<String>)> = Vec::new();
    for (code, value) in posted.below(prefix).filter(|(_, value)| !value.is_empty()) {
        match answers.iter_mut().find(|(known, _)| known == code) {
            Some((_, values)) => values.push(value.to_owned()),
            None => answers.push((code.to_owned(), vec![value.to_owned()])),
        }
    }
    answers
}

/// What is wrong with the details; if nothing is, whether they say that somebody else must be asked.
pub(super) fn check(report: &Report) -> Result<bool, Faults> {
    let language = report.visit.language;
    let Some(service) = report.service() else { return Ok(false) };
    let mut faults = description_faults(&report.draft.description, service, language);
    let zone = &report.visit.catalog.jurisdiction.zone;
    match service.check_answers(&report.draft.answers, zone) {
        Ok(answers) if faults.is_empty() => Ok(service.stopper_for(&answers).is_some()),
        Ok(_) => Err(faults),
        Err(problems) => {
            add_answer_faults(&mut faults, &problems, language);
            Err(faults)
        }
    }
}

/// A report needs some words, unless the service's own questions say it all.
fn description_faults(description: &str, service: &Service, language: Language) -> Faults {
    let mut faults = Faults::default();
    if description.is_empty() && !service.has_questions() {
        faults.add("description", language.say("report-details-missing"));
    }
    if description.chars().count() > DESCRIPTION_MAX {
        faults.add("description", language.with("fault-too-long", "max", &DESCRIPTION_MAX));
    }
    faults
}

/// What is wrong with the answers, at the field of each.
pub(crate) fn add_answer_faults(faults: &mut Faults, problems: &[AnswerProblem], language: Language) {
    for problem in problems {
        faults.add(format!("{QUESTION_PREFIX}{}", problem.code), answer_fault(&problem.kind, language));
    }
}

fn answer_fault(kind: &AnswerProblemKind, language: Language) -> String {
    match kind {
        AnswerProblemKind::Required => language.say("fault-answer-required"),
        AnswerProblemKind::UnknownValue { .. } => language.say("fault-answer-unknown"),
        AnswerProblemKind::SeveralValues { .. } => language.say("fault-answer-several"),
        AnswerProblemKind::NotANumber => language.say("fault-answer-number"),
        AnswerProblemKind::NotADatetime => language.say("fault-answer-date"),
        AnswerProblemKind::TooLong { max } => language.with("fault-too-long", "max", max),
        AnswerProblemKind::TooMany { max } => language.with("fault-too-many", "max", max),
    }
    .into_owned()
}

fn form(report: &Report, faults: &Faults, has_more: bool) -> Result<Response, Refusal> {
    let visit = &report.visit;
    let page = Page::new(visit);
    let service = report.service().ok_or(Refusal::NotFound)?;
    let asked = service.questions_asked(&report.draft.answers);
    let mut form = FormBox::new(&page, &report.path(Step::Details), "button-continue").faults(faults);
    for question in asked.iter().filter(|question| question.variable) {
        form = form.hidden("shown", question.code.clone());
    }
    let description = description_field(&page, &report.draft.description);
    let description = if service.has_questions() { description } else { description.required() };
    form = form.field(description.faults(faults));
    let fields = asked.iter().filter(|question| question.variable);
    form = form
        .fields(fields.map(|question| question_field(&page, question, &report.draft.answers).faults(faults)));
    let mut view = StepView::new(Step::Details, form);
    view.notices = super::notices(visit, Some(service));
    view.lead = lead(&page, service, &asked, has_more);
    view.show(page, visit, Some(report))
}

/// The problem in the resident's own words.
pub(super) fn description_field(page: &Page, description: &str) -> Field {
    Field::lines(page, "description", "report-details-description", description, DESCRIPTION_MAX)
        .hint(page, "report-details-description-hint")
}

/// The name of the service, what has changed on the page, and texts that are only to be read.
fn lead(page: &Page, service: &Service, asked: &[&Question], has_more: bool) -> Vec<String> {
    let name = service.name.in_language(page.tag());
    let mut lead = vec![page.with("report-details-service", "service", name).into_owned()];
    if has_more {
        lead.push(page.say("report-details-more").into_owned());
    }
    let shown = asked.iter().filter(|question| !question.variable);
    lead.extend(shown.map(|question| question.text.in_language(page.tag()).to_owned()));
    lead
}

/// The field of one question, in the reader's language, with what was answered before.
pub(crate) fn question_field(page: &Page, question: &Question, answers: &[(String, Vec<String>)]) -> Field {
    let values: Vec<&str> = answers
        .iter()
        .filter(|(code, _)| *code == question.code)
        .flat_map(|(_, values)| values.iter().map(String::as_str))
        .collect();
    named_field(page, format!("{QUESTION_PREFIX}{}", question.code), question, &values)
}

/// The field of one question under this name.
pub(super) fn named_field(page: &Page, name: String, question: &Question, values: &[&str]) -> Field {
    let label = question.text.in_language(page.tag());
    let field = Field::labelled(page, name, label, shape(page, question, values))
        .hint_text(question.hint.in_language(page.tag()));
    if question.required { field.required() } else { field }
}

fn shape(page: &Page, question: &Question, values: &[&str]) -> Shape {
    let value = values.first().copied().unwrap_or_default().to_owned();
    let line = |kind, value| Shape::Line { kind, autocomplete: "", value, chars_max: catalog::LINE_MAX };
    match question.datatype {
        Datatype::String | Datatype::Number => line("text", value),
        Datatype::Datetime => line("datetime-local", value),
        Datatype::Text => Shape::Lines { value, chars_max: catalog::PARAGRAPH_MAX },
        Datatype::SingleValueList if question.values.len() > 8 => {
            let mut choices = vec![Choice::new("", page.say("choose-one"))];
            choices.extend(question_choices(page, question));
            Shape::List(chosen(choices, values))
        }
        Datatype::SingleValueList => Shape::OneOf(chosen(question_choices(page, question), values)),
        Datatype::MultiValueList => Shape::AnyOf(chosen(question_choices(page, question), values)),
    }
}

fn question_choices(page: &Page, question: &Question) -> Vec<Choice> {
    question
        .values
        .iter()
        .map(|choice| Choice::new(&choice.key, choice.name.in_language(page.tag())))
        .collect()
}
