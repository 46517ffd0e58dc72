//! What every page has: the frame around it, the words in it, and the pieces its forms are made of.

mod choices;
mod field;
mod form_box;
mod form_page;
mod group;

use std::borrow::Cow;

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use jiff::Timestamp;

pub(crate) use self::choices::{Choice, chosen};
pub(crate) use self::field::{Field, Shape};
pub(crate) use self::form_box::{DECOY_FIELD, FormBox};
pub(crate) use self::form_page::FormPage;
pub(crate) use self::group::Group;
use crate::app::{App, Sends};
use crate::dates::Dates;
use crate::refusal::Refusal;
use crate::theme::{THEME, Theme};
use crate::visit::Visit;
use crate::words::{Language, Value, grouped};
use access::Permission;

/// The frame of a page, and the words and dates for the one who reads it.
#[derive(Clone)]
pub(crate) struct Page {
    visit: Visit,
    dates: Dates,
}

/// One way this page can be shown: in a language, in a theme.
pub(crate) struct Switch {
    pub(crate) words: String,
    pub(crate) tag: &'static str,
    pub(crate) url: String,
    pub(crate) is_current: bool,
}

impl Page {
    pub(crate) fn new(visit: &Visit) -> Self {
        let zone = visit.catalog.jurisdiction.zone.clone();
        Self { dates: Dates::new(visit.language, zone), visit: visit.clone() }
    }

    pub(crate) fn language(&self) -> Language {
        self.visit.language
    }

    pub(crate) fn tag(&self) -> &'static str {
        self.visit.language.tag()
    }

    /// The words for a key.
    pub(crate) fn say(&self, key: &str) -> Cow<'static, str> {
        self.visit.language.say(key)
    }

    /// The words for a key with one value.
    pub(crate) fn with<A: Value + ?Sized>(
        &self,
        key: &str,
        name: &'static str,
        value: &A,
    ) -> Cow<'static, str> {
        self.visit.language.with(key, name, value)
    }

    /// The words for a key with two values.
    pub(crate) fn with_two<A: Value + ?Sized, B: Value + ?Sized>(
        &self,
        key: &str,
        name: &'static str,
        value: &A,
        second_name: &'static str,
        second: &B,
    ) -> Cow<'static, str> {
        self.visit.language.with_two(key, name, value, second_name, second)
    }

    /// Which messages can reach somebody.
    pub(crate) fn sends(&self) -> Sends {
        self.visit.app.settings.sends
    }

    /// An address within this jurisdiction.
    pub(crate) fn url(&self, path: &str) -> String {
        self.visit.url(path)
    }

    /// The name of the jurisdiction.
    pub(crate) fn town(&self) -> &str {
        self.visit.catalog.jurisdiction.name.in_language(self.tag())
    }

    /// How else the jurisdiction can be reached; may be empty.
    pub(crate) fn contact(&self) -> &str {
        self.visit.catalog.jurisdiction.contact.in_language(self.tag())
    }

    /// The address of the town's own style sheet, if it has chosen a colour.
    pub(crate) fn brand_style(&self) -> Option<String> {
        self.visit.catalog.brand().colour.map(|_| self.brand_file("css"))
    }

    /// The address of the town's logo, if it has one.
    pub(crate) fn logo(&self) -> Option<String> {
        self.visit.catalog.brand().logo.as_ref().map(|_| self.brand_file("logo"))
    }

    /// Another name after each change, so that browsers may keep it.
    fn brand_file(&self, ending: &str) -> String {
        self.url(&format!("/brand/{}.{ending}", self.visit.catalog.version()))
    }

    /// The address of one of our files, such as `townline.css`.
    pub(crate) fn asset(&self, file: &str) -> String {
        self.url(&format!("/assets/{}", crate::assets::name(file)))
    }

    /// An icon that says nothing by itself: the words stand beside it.
    pub(crate) fn icon(&self, name: &'static str) -> String {
        let file = self.asset("icons.svg");
        format!(
            r##"<svg class="icon" aria-hidden="true" focusable="false"><use href="{file}#{name}"></use></svg>"##
        )
    }

    /// This page in each language.
    pub(crate) fn languages(&self) -> Vec<Switch> {
        let switch = |language: Language| Switch {
            words: language.own_name().to_owned(),
            tag: language.tag(),
            url: self.this_page_with("lang", language.tag()),
            is_current: language == self.visit.language,
        };
        Language::ALL.into_iter().map(switch).collect()
    }

    /// This page in each theme.
    pub(crate) fn themes(&self) -> Vec<Switch> {
        let switch = |theme: Theme| Switch {
            words: self.say(&format!("theme-{}", theme.as_str())).into_owned(),
            tag: theme.as_str(),
            url: self.this_page_with(THEME, theme.as_str()),
            is_current: theme == self.visit.theme,
        };
        Theme::ALL.into_iter().map(switch).collect()
    }

    /// The theme that was chosen, for the style sheet.
    pub(crate) fn theme(&self) -> &'static str {
        self.visit.theme.as_str()
    }

    /// The address of this page with one value of its query set anew.
    fn this_page_with(&self, name: &str, value: &str) -> String {
        let pairs = form_urlencoded::parse(self.visit.query.as_bytes()).into_owned();
        let kept: Vec<(String, String)> = pairs.filter(|(known, _)| known != name).collect();
        let query: String = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&kept)
            .append_pair(name, value)
            .finish();
        format!("{}{}?{query}", self.visit.base, self.visit.path)
    }

    /// Whether this is a page of those who work here, which takes the whole screen.
    pub(crate) fn is_workroom(&self) -> bool {
        self.is_in("/desk") || self.is_in("/admin")
    }

    /// The name of the signed-in person, if there is one.
    pub(crate) fn staff_name(&self) -> Option<&str> {
        self.visit.staff.as_ref().map(|staff| staff.name.as_str())
    }

    pub(crate) fn form_token(&self) -> &str {
        self.visit.form_token.as_ref().map_or("", access::sessions::CsrfToken::as_str)
    }

    /// Whether the signed-in person may do this.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.visit.may(permission)
    }

    pub(crate) fn sees_desk(&self) -> bool {
        self.may(Permission::ViewWork)
    }

    pub(crate) fn sees_admin(&self) -> bool {
        self.may(Permission::ViewSettings) || self.may(Permission::ReadAudit)
    }

    /// Whether this is a page of the desk's people that they work by keys.
    pub(crate) fn has_desk_keys(&self) -> bool {
        self.is_workroom() && self.sees_desk()
    }

    /// Marks the part of the site one is in.
    pub(crate) fn is_in(&self, path: &str) -> bool {
        self.visit.path == path
            || self.visit.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
    }

    pub(crate) fn day(&self, at: &Timestamp) -> String {
        self.dates.day(*at)
    }

    pub(crate) fn weekday(&self, at: &Timestamp) -> String {
        self.dates.weekday(*at)
    }

    pub(crate) fn moment(&self, at: &Timestamp) -> String {
        self.dates.moment(*at)
    }

    pub(crate) fn hour(&self, at: &Timestamp) -> String {
        self.dates.hour(*at)
    }

    pub(crate) fn machine(&self, at: &Timestamp) -> String {
        self.dates.machine(*at)
    }

    pub(crate) fn number(&self, number: &i64) -> String {
        // Counts on pages are far below 2^53.
        grouped(*number as f64)
    }
}

/// One thing to correct, for the summary on top of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The name of the field.
    pub(crate) field: String,
    /// What is wrong and how to mend it.
    pub(crate) text: String,
}

impl Fault {
    pub(crate) fn new(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self { field: field.into(), text: text.into() }
    }
}

/// Everything to correct in one form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, field: impl Into<String>, text: impl Into<String>) {
        self.0.push(Fault::new(field, text));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same at fields of other names.
    pub(crate) fn renamed(self, name: impl Fn(String) -> String) -> Self {
        let rename = |fault: Fault| Fault { field: name(fault.field), text: fault.text };
        Self(self.0.into_iter().map(rename).collect())
    }

    /// What is wrong with this field.
    pub(crate) fn of(&self, field: &str) -> Option<String> {
        self.0.iter().find(|fault| fault.field == field).map(|fault| fault.text.clone())
    }

    /// The status of the answer that shows the form again.
    pub(crate) fn status(&self) -> StatusCode {
        if self.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// The box on top of the form that links to each field; nothing when nothing is wrong.
    pub(crate) fn summary(&self, page: &Page) -> Summary {
        Summary { heading: page.say("faults-heading"), faults: self.0.clone() }
    }
}

/// The summary of what is to be corrected.
#[derive(Template)]
#[template(path = "page/summary.html")]
pub(crate) struct Summary {
    heading: Cow<'static, str>,
    faults: Vec<Fault>,
}

impl Summary {
    fn has_faults(&self) -> bool {
        !self.faults.is_empty()
    }
}

/// A finished page.
pub(crate) fn show(app: &App, status: StatusCode, template: &impl Template) -> Result<Response, Refusal> {
    let text = template.render().map_err(|error| Refusal::broken(app, &error))?;
    Ok((status, [(CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response())
}

/// After a form was taken: the page to read next.
pub(crate) fn go_to(visit: &Visit, path: &str) -> Response {
    Redirect::to(&visit.url(path)).into_response()
}
