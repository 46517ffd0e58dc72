//! Reading the parameters of a call: query string, form body, or the parts of a multipart body.
//!
//! Real clients put `api_key`, `jurisdiction_id` or everything into the URL of a POST, so query and body are
//! merged and the body wins. Absent and empty mean the same. Text is cleaned here, once: it is UTF-8, its line
//! breaks are `\n`, and it holds no other control characters than those and tabs.

pub(crate) mod attributes;
pub(crate) mod decode;

use std::fmt;

use crate::problem::Problem;

/// More parameters than any real form has; a bound on work, not on forms.
const PARAMETERS_MAX: usize = 500;
/// The longest name of a parameter, in bytes after decoding: `attribute[…]` around a long code.
const NAME_BYTES_MAX: usize = 512;
const API_KEY: &str = "api_key";

/// How a POST body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    /// `application/x-www-form-urlencoded`, what the specification asks for.
    UrlEncoded,
    /// `multipart/form-data`, needed for uploads.
    Multipart,
}

impl BodyKind {
    /// Reads a `Content-Type` header; a body without one is taken for a form.
    ///
    /// # Errors
    /// 415 for every other kind of body.
    pub fn of(content_type: Option<&str>) -> Result<BodyKind, Problem> {
        let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        match essence.to_ascii_lowercase().as_str() {
            "" | "application/x-www-form-urlencoded" => Ok(BodyKind::UrlEncoded),
            "multipart/form-data" => Ok(BodyKind::Multipart),
            _ => Err(Problem::new(
                415,
                "Content-Type must be application/x-www-form-urlencoded or multipart/form-data",
            )),
        }
    }
}

/// A file part of a multipart body, whatever its field was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The name of the field, for error messages.
    pub field: String,
    /// What the client calls the file; never used as a path.
    pub file_name: Option<String>,
    /// The content as it arrived, not yet inspected.
    pub bytes: Vec<u8>,
}

/// Where a parameter stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the address, which browsers, proxies and logs see.
    Query,
    /// In the body.
    Body,
    /// In a header, the place we recommend for keys.
    Header,
}

/// A key as it was presented. Its `Debug` form does not show it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PresentedKey<'a> {
    /// The secret itself; never write it to a log.
    pub key: &'a str,
    /// Where it stood.
    pub place: Place,
}

impl fmt::Debug for PresentedKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresentedKey").field("place", &self.place).finish_non_exhaustive()
    }
}

/// The parameters of one call, in the order in which they came. The `Debug` form shows no values, because they
/// may be keys and personal data.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Params {
    fields: Vec<Field>,
    files: Vec<Upload>,
}

#[derive(Clone, PartialEq, Eq)]
struct Field {
    name: String,
    value: String,
    place: Place,
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.fields.iter().map(|field| &field.name)).finish()
    }
}

impl Params {
    /// Reads the query string of any call.
    ///
    /// # Errors
    /// 400 for text that is not UTF-8, or too much of it.
    pub fn from_query(query: &str) -> Result<Params, Problem> {
        Ok(Params { fields: url_encoded(query, Place::Query)?, files: Vec::new() })
    }

    /// Adds an `application/x-www-form-urlencoded` body; its values replace those of the query.
    ///
    /// # Errors
    /// As [`Params::from_query`].
    pub fn with_form(self, body: &[u8]) -> Result<Params, Problem> {
        let body = str::from_utf8(body).map_err(|_| Problem::new(400, "the body is not UTF-8"))?;
        self.merged(url_encoded(body, Place::Body)?)
    }

    /// Adds a multipart body that has been split into its fields and its files.
    ///
    /// # Errors
    /// As [`Params::from_query`].
    pub fn with_parts(
        mut self,
        parts: impl IntoIterator<Item = (String, Vec<u8>)>,
        files: Vec<Upload>,
    ) -> Result<Params, Problem> {
        let fields = parts
            .into_iter()
            .map(|(name, value)| {
                let value = String::from_utf8(value).map_err(|_| not_utf8(&name))?;
                field(name, value, Place::Body)
            })
            .collect::<Result<Vec<_>, _>>()?;
        // A file input that was left empty arrives as a file without bytes.
        self.files = files.into_iter().filter(|file| !file.bytes.is_empty()).collect();
        self.merged(fields)
    }

    /// Takes the key from a header, which keeps it out of addresses and their logs.
    #[must_use]
    pub fn with_key_from_header(mut self, key: &str) -> Params {
        self.fields.retain(|field| field.name != API_KEY);
        self.fields.push(Field { name: API_KEY.to_owned(), value: key.to_owned(), place: Place::Header });
        self
    }

    fn merged(mut self, body: Vec<Field>) -> Result<Params, Problem> {
        let replaced = |old: &Field| body.iter().any(|new| same_parameter(&old.name, &new.name));
        self.fields.retain(|old| !replaced(old));
        self.fields.extend(body);
        if self.fields.len() > PARAMETERS_MAX {
            return Err(too_many_parameters());
        }
        Ok(self)
    }

    /// The key that was presented, if any.
    pub fn api_key(&self) -> Option<PresentedKey<'_>> {
        let field =
            self.fields.iter().find(|field| field.name == API_KEY && !field.value.trim().is_empty())?;
        Some(PresentedKey { key: field.value.trim(), place: field.place })
    }

    /// The value of a parameter that has one; `None` when it is absent or empty.
    ///
    /// # Errors
    /// 400 when it was given several times with different values.
    pub fn text<'a>(&'a self, name: &'a str) -> Result<Option<&'a str>, Problem> {
        let mut values = self.every(name);
        let first = values.next();
        if values.any(|other| Some(other) != first) {
            return Err(Problem::bad(name, "given more than once with different values"));
        }
        Ok(first)
    }

    /// Every value that is not empty, trimmed, of a parameter that may be repeated.
    pub fn every<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |field| field.name == name)
            .map(|field| field.value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The members of a comma-separated list, which may also be given by repeating the parameter.
    pub fn list<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.every(name).flat_map(|value| value.split(',')).map(str::trim).filter(|value| !value.is_empty())
    }

    /// The submitted answers: each code once, in order of first appearance, with its values in order.
    pub fn attributes(&self) -> Vec<(String, Vec<String>)> {
        attributes::collect(self.fields.iter().map(|field| (field.name.as_str(), field.value.as_str())))
    }

    /// The uploaded files.
    pub fn files(&self) -> &[Upload] {
        &self.files
    }

    pub(crate) fn into_files(self) -> Vec<Upload> {
        self.files
    }

    /// Bytes that are the same only for the same call: every parameter but the key, and every file.
    pub(crate) fn fingerprint(&self) -> Vec<u8> {
        let fields = self.fields.iter().filter(|field| field.name != API_KEY);
        let texts = fields.flat_map(|field| [field.name.as_bytes(), field.value.as_bytes()]);
        let files = self.files.iter().flat_map(|file| [file.field.as_bytes(), &file.bytes]);
        let mut bytes = Vec::new();
        for part in texts.chain(files) {
            // The length first, so that no two lists of parts run together to the same bytes.
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part);
        }
        bytes
    }

    /// The query string again, without the key and without one more parameter: for links to other pages.
    pub(crate) fn query_without(&self, name: &str) -> String {
        let kept = self
            .fields
            .iter()
            .filter(|field| field.place == Place::Query && field.name != API_KEY && field.name != name);
        let pairs: Vec<String> = kept
            .map(|field| format!("{}={}", decode::escaped(&field.name), decode::escaped(&field.value)))
            .collect();
        pairs.join("&")
    }
}

/// Whether a value in the body takes the place of one in the query: the different spellings of one attribute do.
fn same_parameter(old: &str, new: &str) -> bool {
    old == new || attributes::code(old).is_some_and(|code| attributes::code(new) == Some(code))
}

fn url_encoded(text: &str, place: Place) -> Result<Vec<Field>, Problem> {
    let mut fields = Vec::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        if fields.len() == PARAMETERS_MAX {
            return Err(too_many_parameters());
        }
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode::percent(name, decode::Plus::IsBlank).map_err(|_| not_utf8("a parameter name"))?;
        let value = decode::percent(value, decode::Plus::IsBlank).map_err(|_| not_utf8(&name))?;
        fields.push(field(name, value, place)?);
    }
    Ok(fields)
}

fn field(name: String, value: String, place: Place) -> Result<Field, Problem> {
    if name.len() > NAME_BYTES_MAX {
        return Err(Problem::new(400, "a parameter name is too long"));
    }
    Ok(Field { name, value: decode::plain(value), place })
}

fn not_utf8(name: &str) -> Problem {
    Problem::bad(&crate::problem::shortened(name), "not UTF-8")
}

fn too_many_parameters() -> Problem {
    Problem::new(400, format!("more than {PARAMETERS_MAX} parameters"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn query(text: &str) -> Params {
        Params::from_query(text).unwrap()
    }

    #[test]
    fn the_body_wins_over_the_query_and_the_rest_is_merged() {
        let params = query("api_key=old&jurisdiction_id=springfield&attribute%5BA%5D=1&attribute[B]=2")
            .with_form(b"api_key=new&attribute[A][]=3&attribute[A][]=4")
            .unwrap();
        assert_eq!(params.api_key(), Some(PresentedKey { key: "new", place: Place::Body }));
        assert_eq!(params.text("jurisdiction_id"), Ok(Some("springfield")));
        assert_eq!(
            params.attributes(),
            [("B".to_owned(), vec!["2".to_owned()]), ("A".to_owned(), vec!["3".to_owned(), "4".to_owned()])]
        );
    }

    #[test]
    fn api_07_a_key_is_known_with_its_place_and_never_shown() {
        let params = query("api_key=s3cret&description=private");
        assert_eq!(params.api_key().map(|key| key.place), Some(Place::Query));
        let params = params.with_key_from_header("s3cret");
        assert_eq!(params.api_key().map(|key| (key.key, key.place)), Some(("s3cret", Place::Header)));
        let shown = format!("{params:?} {:?}", params.api_key());
        assert!(!shown.contains("s3cret") && !shown.contains("private"), "{shown}");
    }

    #[test]
    fn absent_and_empty_are_the_same() {
        let params = query("status=&lat=++&description");
        for name in ["status", "lat", "description", "nothing"] {
            assert_eq!(params.text(name), Ok(None), "{name}");
        }
    }

    #[test]
    fn a_single_valued_parameter_given_twice_differently_is_refused_by_name() {
        assert_eq!(query("lat=1&lat=1").text("lat"), Ok(Some("1")));
        let problem = query("lat=1&lat=2").text("lat").unwrap_err();
        assert_eq!((problem.status, problem.errors[0].description.starts_with("lat:")), (400, true));
    }

    #[test]
    fn lists_come_by_commas_and_by_repetition() {
        let params = query("status=open,+closed&status=&status=open");
        assert_eq!(params.list("status").collect::<Vec<_>>(), ["open", "closed", "open"]);
    }

    #[test]
    fn inp_02_text_that_is_not_utf_8_is_refused_and_control_characters_are_dropped() {
        assert_eq!(Params::from_query("description=%ff").unwrap_err().status, 400);
        assert_eq!(Params::default().with_form(b"a=\xff").unwrap_err().status, 400);
        let parts = [("description".to_owned(), vec![0xff])];
        assert_eq!(Params::default().with_parts(parts, Vec::new()).unwrap_err().status, 400);
        assert_eq!(query("a=x%00y%0D%0Az").text("a"), Ok(Some("xy\nz")));
    }

    #[test]
    fn too_many_or_too_long_names_are_refused() {
        assert_eq!(Params::from_query(&"a=1&".repeat(PARAMETERS_MAX + 1)).unwrap_err().status, 400);
        assert_eq!(Params::from_query(&"n".repeat(NAME_BYTES_MAX + 1)).unwrap_err().status, 400);
    }

    #[test]
    fn a_file_input_that_was_left_empty_is_no_file() {
        let file = |bytes: &[u8]| Upload { field: "media".into(), file_name: None, bytes: bytes.to_vec() };
        let params = Params::default().with_parts([], vec![file(b""), file(b"x")]).unwrap();
        assert_eq!(params.files(), [file(b"x")]);
    }

    #[test]
    fn only_forms_are_read_as_bodies() {
        assert_eq!(BodyKind::of(None), Ok(BodyKind::UrlEncoded));
        let with_charset = "Application/x-www-form-urlencoded; charset=utf-8";
        assert_eq!(BodyKind::of(Some(with_charset)), Ok(BodyKind::UrlEncoded));
        assert_eq!(BodyKind::of(Some("multipart/form-data; boundary=x")), Ok(BodyKind::Multipart));
        assert_eq!(BodyKind::of(Some("application/json")).unwrap_err().status, 415);
    }

    proptest! {
        #[test]
        fn inp_09_no_query_makes_the_reader_panic(text in "\\PC{0,200}|([a-z%=&+\\[\\]0-9]{0,200})") {
            if let Ok(params) = Params::from_query(&text) {
                let _ = params.attributes();
            }
        }

        #[test]
        fn what_a_careful_client_encodes_is_what_is_read(value in "[^\\x00-\\x1f\\x7f-\\x9f]{1,40}") {
            let encoded: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let params = query(&format!("description={encoded}"));
            let trimmed = value.trim();
            prop_assert_eq!(params.text("description").unwrap(), (!trimmed.is_empty()).then_some(trimmed));
        }
    }
}
