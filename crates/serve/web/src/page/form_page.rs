//! A page that is one form, with its heading and a way back.

use askama::Template;
use axum::response::Response;
use http::StatusCode;

use super::{FormBox, Page, show};
use crate::refusal::Refusal;
use crate::visit::Visit;

/// The page; made by [`FormPage::new`] and shown by [`FormPage::show`].
#[derive(Template)]
#[template(path = "page/form_page.html")]
pub(crate) struct FormPage {
    page: Page,
    heading: String,
    has_faults: bool,
    lead: Vec<String>,
    above: String,
    below: String,
    script: Option<&'static str>,
    back: Option<(String, String)>,
    form: FormBox,
}

impl FormPage {
    pub(crate) fn new(page: &Page, heading: impl Into<String>, form: FormBox) -> Self {
        Self {
            page: page.clone(),
            heading: heading.into(),
            has_faults: form.has_faults(),
            lead: Vec::new(),
            above: String::new(),
            below: String::new(),
            script: None,
            back: None,
            form,
        }
    }

    /// Where one came from.
    pub(crate) fn back(mut self, path: &str, key: &str) -> Self {
        self.back = Some((self.page.url(path), self.page.say(key).into_owned()));
        self
    }

    /// A paragraph before the form.
    pub(crate) fn lead(mut self, text: impl Into<String>) -> Self {
        self.lead.push(text.into());
        self
    }

    /// HTML of ours before the form.
    pub(crate) fn above(mut self, html: String) -> Self {
        self.above = html;
        self
    }

    /// HTML of ours after the form.
    pub(crate) fn below(mut self, html: String) -> Self {
        self.below = html;
        self
    }

    /// A script of ours that the page loads.
    pub(crate) fn script(mut self, file: &'static str) -> Self {
        self.script = Some(file);
        self
    }

    pub(crate) fn show(self, visit: &Visit) -> Result<Response, Refusal> {
        let status = if self.has_faults { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        show(&visit.app, status, &self)
    }
}
