//! A whole form: where it goes, what is wrong with it, its fields and its button.

use std::fmt;

use askama::Template;

use super::{Faults, Field, Group, Page, Summary};

/// A form; showing it gives its HTML.
#[derive(Template)]
#[template(path = "page/form_box.html")]
pub(crate) struct FormBox {
    page: Page,
    token: String,
    action: String,
    summary: Summary,
    hidden: Vec<(String, String)>,
    parts: Vec<Part>,
    submit: String,
    /// Other ways to send the form: name, value and words of each button.
    buttons: Vec<(String, String, String)>,
    carries_files: bool,
    is_quiet: bool,
    has_decoy: bool,
    /// What the button says to those who do not see what stands around it.
    label: String,
    /// Whether a script asks for a preview while somebody types.
    is_live: bool,
    passkey: Option<Passkey>,
}

/// What the script asks the browser for before the form is sent.
struct Passkey {
    /// Whether one is made (`create`) or used (`get`).
    ceremony: &'static str,
    /// As JSON.
    options: String,
}

/// What a form is made of.
enum Part {
    Field(Field),
    Group(Group),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Field(field) => field.fmt(f),
            Part::Group(group) => group.fmt(f),
        }
    }
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
            parts: Vec::new(),
            submit: page.say(submit_key).into_owned(),
            buttons: Vec::new(),
            carries_files: false,
            is_quiet: false,
            has_decoy: false,
            label: String::new(),
            is_live: false,
            passkey: None,
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
        self.parts.push(Part::Field(field));
        self
    }

    pub(crate) fn fields(mut self, fields: impl IntoIterator<Item = Field>) -> Self {
        self.parts.extend(fields.into_iter().map(Part::Field));
        self
    }

    /// Fields that belong together, under a heading of their own.
    pub(crate) fn group(mut self, group: Group) -> Self {
        self.parts.push(Part::Group(group));
        self
    }

    /// Another button beside the main one; it sends `name` with `value`.
    pub(crate) fn button(mut self, name: &str, value: &str, words: impl Into<String>) -> Self {
        self.buttons.push((name.to_owned(), value.to_owned(), words.into()));
        self
    }

    pub(crate) fn hidden(mut self, name: &str, value: impl Into<String>) -> Self {
        self.hidden.push((name.to_owned(), value.into()));
        self
    }

    /// Words of its button that name what it is about, where a page has several alike.
    pub(crate) fn says(mut self, words: impl Into<String>) -> Self {
        self.submit = words.into();
        self
    }

    /// The token of a session that began with this very answer.
    pub(crate) fn token(mut self, token: &str) -> Self {
        self.token = token.to_owned();
        self
    }

    /// The form carries files.
    pub(crate) fn with_files(mut self) -> Self {
        self.carries_files = true;
        self
    }

    /// The button is not the main one of its page.
    pub(crate) fn quiet(mut self) -> Self {
        self.is_quiet = true;
        self
    }

    /// Names the button for those who do not see what stands around it; begins with the button's own words.
    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The page holds a preview of what is typed, which a script keeps up with.
    pub(crate) fn live(mut self) -> Self {
        self.is_live = true;
        self
    }

    /// The form goes out with what a passkey says; its page needs the script.
    pub(crate) fn passkey(mut self, ceremony: &'static str, options: String) -> Self {
        self.passkey = Some(Passkey { ceremony, options });
        self
    }

    /// Adds the field that only programs fill in (OVL-07).
    pub(crate) fn decoy(mut self) -> Self {
        self.has_decoy = true;
        self
    }
}
