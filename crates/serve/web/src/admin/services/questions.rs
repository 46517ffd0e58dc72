//! The questions of a service: write one, change one (which makes a new version), put them in order.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use catalog::{QuestionDraft, Service, ServiceDraft};

use super::editor::{PREVIEW, editor, preview_buttons};
use super::{CODE_MAX, SEEN, fingerprint, path, preview, put, question_form};
use crate::form::Posted;
use crate::page::{Faults, Field, FormBox, Page, go_to, show as show_page};
use crate::portal::single_request::in_path;
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

/// One question in the list of its service.
pub(super) struct Line {
    pub(super) text: String,
    pub(super) url: String,
    pub(super) datatype: String,
    pub(super) required: bool,
    pub(super) has_condition: bool,
    pub(super) version: i64,
    pub(super) forms: Vec<FormBox>,
}

fn question_path(service: &str, question: &str) -> String {
    format!("{}/questions/{}", path(service), in_path(question))
}

/// The questions in order, each with what can be done with it.
pub(super) fn lines(page: &Page, service: &Service, seen: &str) -> Vec<Line> {
    let last = service.questions.len().saturating_sub(1);
    let line = |(place, question): (usize, &catalog::Question)| {
        let to = question_path(&service.code, &question.code);
        let text = question.text.in_language(page.tag()).to_owned();
        let form = |action: &str| {
            let word = format!("question-{action}");
            let label = format!("{}: {text}", page.say(&word));
            FormBox::new(page, &format!("{to}/{action}"), &word).quiet().label(label).hidden(SEEN, seen)
        };
        let mut forms = Vec::new();
        forms.extend((place > 0).then(|| form("up")));
        forms.extend((place < last).then(|| form("down")));
        forms.push(form("remove"));
        Line {
            url: page.url(&to),
            datatype: format!(
                "datatype-{}",
                if question.variable { question.datatype.as_str() } else { "shown" }
            ),
            required: question.required,
            has_condition: question.condition.is_some(),
            version: question.version,
            forms,
            text,
        }
    };
    service.questions.iter().enumerate().map(line).collect()
}

#[derive(Template)]
#[template(path = "admin/services/question.html")]
struct QuestionPage {
    page: Page,
    heading: String,
    back: String,
    back_words: String,
    /// The version that is asked now; none while it is new.
    version: Option<i64>,
    form: FormBox,
    preview: String,
}

/// What is edited: the service with the question in its place.
struct Edited<'a> {
    service: &'a Service,
    draft: ServiceDraft,
    item: usize,
    is_new: bool,
}

impl<'a> Edited<'a> {
    fn open(visit: &'a Visit, code: &str, question: Option<&str>) -> Result<Self, Refusal> {
        let service = visit.catalog.service_by_code(code).ok_or(Refusal::NotFound)?;
        let mut draft = visit.catalog.draft_of(service);
        let item = match question {
            Some(known) => {
                draft.questions.iter().position(|one| one.code == known).ok_or(Refusal::NotFound)?
            }
            None => {
                draft.questions.push(question_form::empty());
                draft.questions.len() - 1
            }
        };
        Ok(Self { service, draft, item, is_new: question.is_none() })
    }

    fn question(&self) -> &QuestionDraft {
        &self.draft.questions[self.item]
    }

    fn path(&self) -> String {
        if self.is_new {
            format!("{}/add-question", path(&self.draft.code))
        } else {
            question_path(&self.draft.code, &self.question().code)
        }
    }

    /// Takes over what was typed; a new question gets its code from its words.
    fn apply(&mut self, posted: &Posted) {
        let mut question = question_form::given(posted, self.question());
        if self.is_new {
            let others = &self.draft.questions[..self.item];
            let is_taken = |code: &str| others.iter().any(|other| other.code == code);
            let made = || catalog::code_for(question.text.in_default(), "question", is_taken);
            question.code = posted.given("code").map_or_else(made, str::to_owned);
        }
        self.draft.questions[self.item] = question;
    }

    fn show(
        &self,
        visit: &Visit,
        typed_code: &str,
        faults: &Faults,
        language: Option<&str>,
    ) -> Result<Response, Refusal> {
        let page = Page::new(visit);
        let version =
            self.service.question(&self.question().code).filter(|_| !self.is_new).map(|one| one.version);
        let heading = match version {
            Some(_) => page.with("question-heading", "code", self.question().code.as_str()),
            None => page.say("question-add"),
        };
        let template = QuestionPage {
            heading: heading.into_owned(),
            back: page.url(&path(&self.draft.code)),
            back_words: self.service.name.in_language(page.tag()).to_owned(),
            version,
            form: self.form(visit, &page, typed_code, faults),
            preview: preview::draw(visit, &self.draft, preview::language(visit, language))?,
            page,
        };
        show_page(&visit.app, faults.status(), &template)
    }

    fn form(&self, visit: &Visit, page: &Page, typed_code: &str, faults: &Faults) -> FormBox {
        let above = &self.draft.questions[..self.item];
        let mut form = FormBox::new(page, &self.path(), "button-save").live();
        form = question_form::fill(page, form, self.question(), above, faults);
        if self.is_new {
            let code = Field::line(page, "code", "service-code", typed_code, CODE_MAX);
            form = form.field(code.hint(page, "service-code-hint").faults(faults));
        }
        preview_buttons(page, form.hidden(SEEN, fingerprint(&visit.catalog, self.service)))
    }

    /// Saves it, or shows what is typed with its preview or with what is wrong.
    async fn take(mut self, visit: &Visit, staff: &Staff, posted: &Posted) -> Result<Response, Refusal> {
        self.apply(posted);
        let typed_code = posted.text("code");
        if let Some(language) = posted.given(PREVIEW) {
            return self.show(visit, typed_code, &Faults::default(), Some(language));
        }
        if question_form::mixes_questions(posted) {
            let mut faults = Faults::default();
            faults.add("condition", visit.language.say("fault-condition-list"));
            return self.show(visit, typed_code, &faults, None);
        }
        match put(visit, staff, &self.draft, posted).await? {
            Ok(()) => Ok(go_to(visit, &path(&self.draft.code))),
            Err(faults) => {
                let faults = question_form::own_faults(faults, self.item, self.question());
                self.show(visit, typed_code, &faults, None)
            }
        }
    }
}

/// `GET /admin/services/{code}/add-question`
pub(crate) async fn begin(visit: Visit, Path(code): Path<String>) -> Result<Response, Refusal> {
    Edited::open(&visit, &code, None)?.show(&visit, "", &Faults::default(), None)
}

/// `POST /admin/services/{code}/add-question`
pub(crate) async fn add(
    visit: Visit,
    staff: Staff,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    Edited::open(&visit, &code, None)?.take(&visit, &staff, &posted).await
}

/// `GET /admin/services/{code}/questions/{question}`
pub(crate) async fn show(
    visit: Visit,
    Path((code, question)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    Edited::open(&visit, &code, Some(&question))?.show(&visit, "", &Faults::default(), None)
}

/// `POST /admin/services/{code}/questions/{question}`
pub(crate) async fn save(
    visit: Visit,
    staff: Staff,
    Path((code, question)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    Edited::open(&visit, &code, Some(&question))?.take(&visit, &staff, &posted).await
}

/// `POST /admin/services/{code}/questions/{question}/up`
pub(crate) async fn up(
    visit: Visit,
    staff: Staff,
    at: Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    rearrange(&visit, &staff, at.0, &posted, |questions, item| questions.swap(item, item.saturating_sub(1)))
        .await
}

/// `POST /admin/services/{code}/questions/{question}/down`
pub(crate) async fn down(
    visit: Visit,
    staff: Staff,
    at: Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let lower = |questions: &mut Vec<QuestionDraft>, item| {
        let below = (questions.len() - 1).min(item + 1);
        questions.swap(item, below);
    };
    rearrange(&visit, &staff, at.0, &posted, lower).await
}

/// `POST /admin/services/{code}/questions/{question}/remove`: it is asked no more; what was answered stays.
pub(crate) async fn remove(
    visit: Visit,
    staff: Staff,
    at: Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let remove = |questions: &mut Vec<QuestionDraft>, item| {
        questions.remove(item);
    };
    rearrange(&visit, &staff, at.0, &posted, remove).await
}

async fn rearrange(
    visit: &Visit,
    staff: &Staff,
    (code, question): (String, String),
    posted: &Posted,
    arrange: fn(&mut Vec<QuestionDraft>, usize),
) -> Result<Response, Refusal> {
    let Edited { service, mut draft, item, .. } = Edited::open(visit, &code, Some(&question))?;
    arrange(&mut draft.questions, item);
    match put(visit, staff, &draft, posted).await? {
        Ok(()) => Ok(go_to(visit, &format!("{}#questions", path(&code)))),
        Err(faults) => editor(visit, service, &visit.catalog.draft_of(service), &faults, None),
    }
}
