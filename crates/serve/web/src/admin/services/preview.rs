//! What a resident will see of a service, drawn from what is typed before it is saved.

use askama::Template;
use catalog::{Photo, Question, QuestionDraft, ServiceDraft, Stopper};

use crate::page::{Field, Page};
use crate::portal::report::details::question_field;
use crate::refusal::Refusal;
use crate::visit::{Visit, Visiting};
use crate::words::Language;

/// One question as it will be asked.
struct Asked {
    /// When it is asked at all; empty for always.
    condition: String,
    /// The text that is only shown.
    shown: String,
    field: Option<Field>,
    /// Where an answer ends the report, and with what.
    stops: Vec<String>,
}

#[derive(Template)]
#[template(path = "admin/services/preview.html")]
struct Preview<'a> {
    page: Page,
    /// The frame's own words, in the language of the one who edits.
    frame: &'a Page,
    name: String,
    description: String,
    words: Option<Field>,
    stopper: Option<&'a Stopper>,
    questions: Vec<Asked>,
    asks_for_photo: bool,
    needs_photo: bool,
}

/// The language to show it in: the one asked for, else that of the page.
pub(super) fn language(visit: &Visit, asked: Option<&str>) -> Language {
    asked.and_then(Language::from_tag).unwrap_or(visit.language)
}

/// The preview in one language.
pub(super) fn draw(visit: &Visit, draft: &ServiceDraft, language: Language) -> Result<String, Refusal> {
    let frame = Page::new(visit);
    let page = Page::new(&Visit::new(Visiting { language, ..(**visit).clone() }));
    let words = Field::lines(&page, "description", "report-details-description", "", 1);
    let words = if draft.questions.is_empty() { words.required() } else { words };
    let template = Preview {
        name: draft.name.in_language(page.tag()).to_owned(),
        description: draft.description.in_language(page.tag()).to_owned(),
        words: draft.stopper.is_none().then_some(words),
        stopper: draft.stopper.as_ref(),
        questions: questions(&page, draft),
        asks_for_photo: draft.photo != Photo::NotAsked,
        needs_photo: draft.photo == Photo::Required,
        frame: &frame,
        page,
    };
    template.render().map_err(|error| Refusal::broken(&visit.app, &error))
}

fn questions(page: &Page, draft: &ServiceDraft) -> Vec<Asked> {
    if draft.stopper.is_some() {
        return Vec::new();
    }
    (1..).zip(&draft.questions).map(|(order, question)| asked(page, draft, order, question)).collect()
}

fn asked(page: &Page, draft: &ServiceDraft, order: u32, question: &QuestionDraft) -> Asked {
    let shown = if question.variable { "" } else { question.text.in_language(page.tag()) };
    let field = question.variable.then(|| question_field(page, &as_asked(question, order), &[]));
    let stops = question.values.iter().filter(|choice| choice.stopper.is_some());
    let stop = |choice: &catalog::Choice| {
        page.with("preview-stops", "answer", choice.name.in_language(page.tag())).into_owned()
    };
    Asked {
        condition: condition(page, draft, question),
        shown: shown.to_owned(),
        field,
        stops: stops.map(stop).collect(),
    }
}

fn as_asked(question: &QuestionDraft, order: u32) -> Question {
    let QuestionDraft { datatype, variable, required, text, hint, values, condition, .. } = question.clone();
    // Two questions may have the same code until that is refused.
    let code = format!("preview-{order}");
    Question { code, version: 0, datatype, variable, required, order, text, hint, values, condition }
}

/// "Only after …", in the words of the earlier question.
fn condition(page: &Page, draft: &ServiceDraft, question: &QuestionDraft) -> String {
    let Some(condition) = &question.condition else { return String::new() };
    let Some(earlier) = draft.questions.iter().find(|one| one.code == condition.question) else {
        return String::new();
    };
    let text = earlier.text.in_language(page.tag());
    let named = |key: &String| earlier.values.iter().find(|choice| choice.key == *key);
    let answers = condition.any_of.iter().filter_map(named).map(|choice| choice.name.in_language(page.tag()));
    let answers = answers.collect::<Vec<_>>().join(", ");
    if answers.is_empty() {
        page.with("preview-after-any", "question", text).into_owned()
    } else {
        page.with_two("preview-after", "question", text, "answers", &answers).into_owned()
    }
}
