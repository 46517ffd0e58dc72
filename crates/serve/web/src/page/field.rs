//! One field of a form, with its label, its hint and what is wrong with it, all tied together.

use askama::Template;

use super::{Choice, Faults, Page};
use crate::words::Language;

/// A field; showing it gives its HTML.
#[derive(Template)]
#[template(path = "page/field.html")]
pub(crate) struct Field {
    language: Language,
    name: String,
    label: String,
    hint: String,
    /// What a term means, unfolded by who asks.
    help: String,
    error: Option<String>,
    required: bool,
    /// Whether it says that it may be left empty; in a filter that goes without saying.
    says_need: bool,
    shape: Shape,
}

/// What a field looks like.
pub(crate) enum Shape {
    /// One line.
    Line {
        /// The type of the input.
        kind: &'static str,
        /// What browsers may fill in; empty for nothing.
        autocomplete: &'static str,
        /// What is in it.
        value: String,
        /// How long it may be.
        chars_max: usize,
    },
    /// Several lines.
    Lines {
        /// What is in it.
        value: String,
        /// How long it may be.
        chars_max: usize,
    },
    /// Radio buttons.
    OneOf(Vec<Choice>),
    /// Checkboxes.
    AnyOf(Vec<Choice>),
    /// A drop-down list.
    List(Vec<Choice>),
    /// A single checkbox.
    Tick {
        /// Whether it is ticked.
        is_ticked: bool,
    },
    /// Photos.
    Photos,
    /// One file.
    File {
        /// What a browser offers to choose.
        accept: &'static str,
    },
}

impl Field {
    /// A field whose label is a text, such as a question of the catalog.
    pub(crate) fn labelled(
        page: &Page,
        name: impl Into<String>,
        label: impl Into<String>,
        shape: Shape,
    ) -> Self {
        Self {
            language: page.language(),
            name: name.into(),
            label: label.into(),
            hint: String::new(),
            help: String::new(),
            error: None,
            required: false,
            says_need: true,
            shape,
        }
    }

    /// A field whose label is one of our words.
    pub(crate) fn new(page: &Page, name: &str, label_key: &str, shape: Shape) -> Self {
        Self::labelled(page, name, page.say(label_key), shape)
    }

    /// A line of text.
    pub(crate) fn line(page: &Page, name: &str, label_key: &str, value: &str, chars_max: usize) -> Self {
        let shape = Shape::Line { kind: "text", autocomplete: "", value: value.to_owned(), chars_max };
        Self::new(page, name, label_key, shape)
    }

    /// Several lines of text.
    pub(crate) fn lines(page: &Page, name: &str, label_key: &str, value: &str, chars_max: usize) -> Self {
        Self::new(page, name, label_key, Shape::Lines { value: value.to_owned(), chars_max })
    }

    /// The type of a line's input, and what browsers may fill in.
    pub(crate) fn kind(mut self, new_kind: &'static str, new_autocomplete: &'static str) -> Self {
        if let Shape::Line { kind, autocomplete, .. } = &mut self.shape {
            *kind = new_kind;
            *autocomplete = new_autocomplete;
        }
        self
    }

    /// One of our words as the hint.
    pub(crate) fn hint(mut self, page: &Page, key: &str) -> Self {
        self.hint = page.say(key).into_owned();
        self
    }

    /// A text as the hint.
    pub(crate) fn hint_text(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// One of our words behind a question mark, for a term that is not plain.
    pub(crate) fn help(mut self, page: &Page, key: &str) -> Self {
        self.help = page.say(key).into_owned();
        self
    }

    /// A filter: everything in it may be left empty.
    pub(crate) fn filter(mut self) -> Self {
        self.says_need = false;
        self
    }

    pub(crate) fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Shows what is wrong with this field.
    pub(crate) fn faults(mut self, faults: &Faults) -> Self {
        self.error = faults.of(&self.name);
        self
    }

    /// Whether something in it is to be corrected.
    pub(crate) fn has_fault(&self) -> bool {
        self.error.is_some()
    }

    /// Whether this is what it is sent as.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.name == name
    }

    fn is_group(&self) -> bool {
        matches!(self.shape, Shape::OneOf(_) | Shape::AnyOf(_))
    }

    /// The ids of hint and error, for `aria-describedby`.
    fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = self.error.is_some().then(|| format!("{}-error", self.name));
        [hint, error].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn need(&self) -> std::borrow::Cow<'static, str> {
        self.language.say(if self.required { "field-required" } else { "field-optional" })
    }

    /// The first choice carries the field's own id, so that the error summary can link to it.
    fn choice_id(&self, index: &usize) -> String {
        if *index == 0 { self.name.clone() } else { format!("{}-{index}", self.name) }
    }
}
