//! What a form sent: read once, limited, cleaned, and proved to come from the person's own page.

use std::fmt::Write as _;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Multipart, Request};
use http::header::CONTENT_TYPE;
use http_body_util::LengthLimitError;

use crate::refusal::Refusal;
use crate::serve::came_too_slowly;
use crate::visit::Visit;

/// The name of the hidden field with the form token.
pub(crate) const TOKEN_FIELD: &str = "form-token";

/// More fields than any of our forms has.
const FIELDS_MAX: usize = 500;

/// Before the code of a question in the name of its field.
pub(crate) const QUESTION_PREFIX: &str = "q-";

/// Fields made for several choices, besides those of questions. Any other field comes once: given twice, it would
/// mean one thing to a filter in front of us and another to a handler.
const SEVERAL: [&str; 8] = ["condition", "federal", "remove", "request", "roles", "scopes", "shown", "state"];

/// The fields and files of a form.
#[derive(Debug, Default, Clone)]
pub(crate) struct Posted {
    fields: Vec<(String, String)>,
    /// What was typed into password fields, untouched.
    passwords: Vec<(String, String)>,
    files: Vec<PostedFile>,
}

/// One uploaded file, not yet looked into.
#[derive(Debug, Clone)]
pub(crate) struct PostedFile {
    /// The field it came in.
    pub(crate) field: String,
    /// The content.
    pub(crate) bytes: Vec<u8>,
}

impl Posted {
    /// A form filled in beforehand, as by a link that knows something already.
    pub(crate) fn of<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), clean(value))).collect();
        Self { fields, ..Self::default() }
    }

    /// The text of a field; empty when it is absent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// A password exactly as it was typed; empty when it is absent.
    pub(crate) fn password(&self, name: &str) -> &str {
        self.passwords.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// The text of a field, if it has one.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Every text of a field that may be repeated, such as checkboxes.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.fields.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Whether a checkbox is ticked or a button was pressed.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    /// Every field whose name begins so, with the rest of the name.
    pub(crate) fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// The files of a field, without inputs left empty.
    pub(crate) fn files<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a PostedFile> {
        self.files.iter().filter(move |file| file.field == name && !file.bytes.is_empty())
    }

    fn add(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        if self.fields.len() + self.passwords.len() >= FIELDS_MAX {
            return Err(Refusal::Unreadable("fields".to_owned()));
        }
        let may_repeat = SEVERAL.contains(&name) || name.starts_with(QUESTION_PREFIX);
        if !may_repeat && self.fields.iter().chain(&self.passwords).any(|(known, _)| known == name) {
            return Err(Refusal::Unreadable(clean(name)));
        }
        // Cleaning would change a password; nothing else may keep what cleaning removes.
        if name.contains("password") {
            self.passwords.push((name.to_owned(), value.to_owned()));
        } else {
            self.fields.push((name.to_owned(), clean(value)));
        }
        Ok(())
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let visit = request.extensions().get::<Visit>().cloned().ok_or(Refusal::NotFound)?;
        let kind =
            request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let max_bytes = visit.route.map_or(0, crate::routes::Route::body_max);
        let posted = match essence.as_str() {
            "" | "application/x-www-form-urlencoded" => url_encoded(request, max_bytes).await?,
            "multipart/form-data" => multipart(request, max_bytes).await?,
            _ => return Err(Refusal::Unreadable("Content-Type".to_owned())),
        };
        let given = posted.text(TOKEN_FIELD);
        let is_proved = visit.form_token.as_ref().is_none_or(|token| token.matches(given));
        if is_proved { Ok(posted) } else { Err(Refusal::Forged) }
    }
}

async fn url_encoded(request: Request, max_bytes: usize) -> Result<Posted, Refusal> {
    let body =
        to_bytes(request.into_body(), max_bytes).await.map_err(|error| body_refusal(&error, max_bytes))?;
    let mut posted = Posted::default();
    for (name, value) in form_urlencoded::parse(&body) {
        if is_garbled(&name) || is_garbled(&value) {
            return Err(Refusal::Unreadable(clean(&name)));
        }
        posted.add(&name, &value)?;
    }
    Ok(posted)
}

/// The parser puts this character where bytes were not UTF-8.
fn is_garbled(text: &str) -> bool {
    text.contains(char::REPLACEMENT_CHARACTER)
}

fn body_refusal(error: &axum::Error, max_bytes: usize) -> Refusal {
    if came_too_slowly(error) {
        return Refusal::TooSlow;
    }
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return Refusal::TooLarge { max_bytes };
        }
        cause = error.source();
    }
    Refusal::Unreadable("body".to_owned())
}

async fn multipart(request: Request, max_bytes: usize) -> Result<Posted, Refusal> {
    let unreadable = |_| Refusal::Unreadable("multipart/form-data".to_owned());
    let mut parts = Multipart::from_request(request, &()).await.map_err(unreadable)?;
    let mut posted = Posted::default();
    while let Some(part) = parts.next_field().await.map_err(|error| part_refusal(&error, max_bytes))? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.map_err(|error| part_refusal(&error, max_bytes))?;
        if is_file {
            posted.files.push(PostedFile { field: name, bytes: bytes.to_vec() });
        } else {
            let text = str::from_utf8(&bytes).map_err(|_| Refusal::Unreadable(clean(&name)))?;
            posted.add(&name, text)?;
        }
    }
    Ok(posted)
}

fn part_refusal(error: &axum::extract::multipart::MultipartError, max_bytes: usize) -> Refusal {
    if error.status() == http::StatusCode::PAYLOAD_TOO_LARGE {
        return Refusal::TooLarge { max_bytes };
    }
    if came_too_slowly(error) {
        return Refusal::TooSlow;
    }
    Refusal::Unreadable("multipart/form-data".to_owned())
}

/// Text as it is kept: line breaks are `\n`, no other control characters but tabs, no marks that reorder
/// or hide other characters, no blanks around it.
pub(crate) fn clean(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified.chars().filter(|c| is_kept(*c)).collect();
    kept.trim().to_owned()
}

fn is_kept(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        // Overrides and isolates of direction, and what has no width; joiners stay, scripts need them.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => false,
        _ => !c.is_control(),
    }
}

/// Text on one line.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Pairs as a query string, empty values left out.
pub(crate) fn query_string<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
        let mark = if text.is_empty() { '?' } else { '&' };
        let encoded: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
        // Writing into a string cannot fail.
        let _ = write!(text, "{mark}{name}={encoded}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inp_02_text_keeps_its_letters_and_loses_its_tricks() {
        assert_eq!(clean(" a\r\nb\rc\0\u{1b}[31m "), "a\nb\nc[31m");
        assert_eq!(clean("jpg.\u{202e}gpj.exe"), "jpg.gpj.exe");
        assert_eq!(clean("سلام\u{200c} 👩\u{200d}🚒 José"), "سلام\u{200c} 👩\u{200d}🚒 José");
    }

    #[test]
    fn a_query_string_is_encoded_and_leaves_out_what_is_empty() {
        let text = query_string([("status", "open"), ("q", "a&b=c ñ"), ("service", "")]);
        assert_eq!(text, "?status=open&q=a%26b%3Dc+%C3%B1");
    }
}
