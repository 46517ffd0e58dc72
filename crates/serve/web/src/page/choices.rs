//! What can be chosen from, in radios, checkboxes and drop-down lists.

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: String,
    /// What is read.
    pub(crate) label: String,
    /// A line of explanation; may be empty.
    pub(crate) hint: String,
    /// The heading it and those after it stand under; empty for the one before.
    pub(crate) heading: String,
    /// Whether it is chosen now.
    pub(crate) is_chosen: bool,
}

impl Choice {
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: String::new(),
            heading: String::new(),
            is_chosen: false,
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    pub(crate) fn under(mut self, heading: impl Into<String>) -> Self {
        self.heading = heading.into();
        self
    }
}

/// Marks those that are chosen.
pub(crate) fn chosen(mut choices: Vec<Choice>, values: &[&str]) -> Vec<Choice> {
    for choice in &mut choices {
        choice.is_chosen = values.contains(&choice.value.as_str());
    }
    choices
}
