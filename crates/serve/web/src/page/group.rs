//! Fields of a form that belong together.

use askama::Template;

use super::{Field, Page};

/// A group of fields under a heading; it may be folded away while nothing in it has to be corrected.
#[derive(Template)]
#[template(path = "page/group.html")]
pub(crate) struct Group {
    heading: String,
    hint: String,
    fields: Vec<Field>,
    is_folded: bool,
    is_open: bool,
}

impl Group {
    pub(crate) fn new(heading: impl Into<String>, fields: impl IntoIterator<Item = Field>) -> Self {
        Self {
            heading: heading.into(),
            hint: String::new(),
            fields: fields.into_iter().collect(),
            is_folded: false,
            is_open: false,
        }
    }

    /// One of our words as a line of explanation.
    pub(crate) fn hint(mut self, page: &Page, key: &str) -> Self {
        self.hint = page.say(key).into_owned();
        self
    }

    /// Folds the group away until somebody opens it, unless `is_open`.
    pub(crate) fn folded(mut self, is_open: bool) -> Self {
        self.is_folded = true;
        self.is_open = is_open || self.fields.iter().any(Field::has_fault);
        self
    }
}
