//! A whole form: where it goes, what is wrong with it, its fields and its button.

use askama::Template;

use super::{Faults, Field, Page, Summary};

/// A form; showing it gives its HTML.
#[derive(Template)]
#[template(path = "page/form_box.html")]
pub(crate) struct FormBox {
    page: Page,
    token: String,
    action: String,
    summary: Summary,
    hidden: Vec<(String, String)>,
    fields: Vec<Field>,
    submit: String,
    carries_files: bool,
    is_quiet: bool,
    has_decoy: bool,
}

/// A field that people do not see and programs fill in.
pub(crate) const DECOY_FIELD: &str = "homepage";

impl FormBox {
    /// A form that is sent to `path` of this jurisdiction by a button with these words.
    pub(crate) fn new(page: &Page, path: &str, submit_key: &str) -> Self {
        Self {
            token: page.form_token().to_owned(),
            action: page.url(path),
            summary: Faults::default().summary(page),
            hidden: Vec::new(),
            fields: Vec::new(),
            submit: page.say(submit_key).into_owned(),
            carries_files: false,
            is_quiet: false,
            has_decoy: false,
            page: page.clone(),
        }
    }

    pub(crate) fn faults(mut self, faults: &Faults) -> Self {
        self.summary = faults.summary(&self.page);
        self
    }

    pub(crate) fn has_faults(&self) -> bool {
        self.summary.has_faults()
    }

    pub(crate) fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    pub(crate) fn fields(mut self, fields: impl IntoIterator<Item = Field>) -> Self {
        self.fields.extend(fields);
        self
    }

    pub(crate) fn hidden(mut self, name: &str, value: impl Into<String>) -> Self {
        self.hidden.push((name.to_owned(), value.into()));
        self
    }

    /// The token of a session that began with this very answer.
    pub(crate) fn token(mut self, token: &str) -> Self {
        self.token = token.to_owned();
        self
    }

    /// The form carries photos.
    pub(crate) fn with_files(mut self) -> Self {
        self.carries_files = true;
        self
    }

    /// The button is not the main one of its page.
    pub(crate) fn quiet(mut self) -> Self {
        self.is_quiet = true;
        self
    }

    /// Adds the field that only programs fill in (OVL-07).
    pub(crate) fn decoy(mut self) -> Self {
        self.has_decoy = true;
        self
    }
}
