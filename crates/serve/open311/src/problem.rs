//! What is answered when a call cannot be done: a status, and one entry for each thing that is wrong.
//!
//! Descriptions name the parameter, because clients show them to the people who can correct it.

use crate::route::Format;
use crate::server::Answer;
use crate::wire::{Document, ErrorEntry};

/// A refused call. Its body has the format that the path asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Open311 call refused with {status}: {}", descriptions(.errors))]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// At least one entry.
    pub errors: Vec<ErrorEntry>,
    /// Seconds to wait before trying again, for the `Retry-After` header.
    pub retry_after_s: Option<u32>,
    /// What the resource does answer, for the `Allow` header of a 405.
    pub allow: Option<&'static str>,
}

fn descriptions(errors: &[ErrorEntry]) -> String {
    errors.iter().map(|error| error.description.as_str()).collect::<Vec<_>>().join("; ")
}

impl Problem {
    /// A problem with one entry whose code is the status.
    pub fn new(status: u16, description: impl Into<String>) -> Problem {
        Problem { status, errors: vec![entry(status, description)], retry_after_s: None, allow: None }
    }

    /// 400: a parameter that must be there is absent or empty.
    pub fn missing(parameter: &str) -> Problem {
        Problem::new(400, format!("{parameter} required"))
    }

    /// 400: a parameter that cannot be used, and why.
    pub fn bad(parameter: &str, why: &str) -> Problem {
        Problem::new(400, format!("{parameter}: {why}"))
    }

    /// 400 with one entry for each sentence; `None` when there is none.
    pub fn all_bad(descriptions: Vec<String>) -> Option<Problem> {
        let errors: Vec<_> = descriptions.into_iter().map(|text| entry(400, text)).collect();
        (!errors.is_empty()).then_some(Problem { status: 400, errors, retry_after_s: None, allow: None })
    }

    /// 403: no key, a wrong one, or one that may not do this.
    pub fn forbidden(why: &str) -> Problem {
        Problem::new(403, why)
    }

    /// 404: the thing that a parameter or path names does not exist.
    pub fn unknown(what: &str, value: &str) -> Problem {
        Problem::new(404, format!("{what} not found: {}", shortened(value)))
    }

    /// 404 for a path below the endpoint where nothing lives.
    pub fn no_such_path() -> Problem {
        Problem::new(404, "there is no such resource; paths end in .xml or .json")
    }

    /// 405, naming what the resource does answer.
    pub fn method_not_allowed(allow: &'static str) -> Problem {
        Problem { allow: Some(allow), ..Problem::new(405, format!("this resource answers {allow}")) }
    }

    /// 413: the body or one of its files is over the limit.
    pub fn too_large(what: &str, limit_bytes: usize) -> Problem {
        Problem::new(413, format!("{what}: larger than {limit_bytes} bytes"))
    }

    /// 429: slow down.
    pub fn too_many(retry_after_s: u32) -> Problem {
        Problem {
            retry_after_s: Some(retry_after_s),
            ..Problem::new(429, format!("too many calls; try again in {retry_after_s} seconds"))
        }
    }

    /// 500: our fault. Says nothing about the inside; whoever answers logs the cause.
    pub fn internal() -> Problem {
        Problem::new(500, "general service error")
    }

    /// 503: the store cannot be reached just now.
    pub fn unavailable(retry_after_s: u32) -> Problem {
        Problem {
            retry_after_s: Some(retry_after_s),
            ..Problem::new(503, "the service is not available just now")
        }
    }

    /// The answer to send, in the format the path asked for.
    pub fn answer(self, format: Format) -> Answer {
        let mut headers = Vec::new();
        if let Some(seconds) = self.retry_after_s {
            headers.push(("retry-after", seconds.to_string()));
        }
        if let Some(methods) = self.allow {
            headers.push(("allow", methods.to_owned()));
        }
        Answer { headers, ..Answer::new(self.status, format, &Document::Errors(self.errors)) }
    }
}

fn entry(code: u16, description: impl Into<String>) -> ErrorEntry {
    ErrorEntry { code, description: description.into() }
}

/// Values are repeated in messages so that people find them, but not whole essays.
pub(crate) fn shortened(value: &str) -> String {
    const SHOWN_CHARS: usize = 100;
    match value.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_its_status_headers_and_body_in_the_format_asked_for() {
        for (problem, status, header) in [
            (Problem::missing("service_code"), 400, None),
            (Problem::forbidden("api_key required"), 403, None),
            (Problem::unknown("token", "x"), 404, None),
            (Problem::no_such_path(), 404, None),
            (Problem::method_not_allowed("GET, HEAD"), 405, Some(("allow", "GET, HEAD"))),
            (Problem::too_large("body", 10), 413, None),
            (Problem::too_many(7), 429, Some(("retry-after", "7"))),
            (Problem::internal(), 500, None),
            (Problem::unavailable(5), 503, Some(("retry-after", "5"))),
        ] {
            let json = problem.clone().answer(Format::Json);
            let body: serde_json::Value = serde_json::from_slice(&json.body).unwrap();
            assert_eq!((json.status, &body[0]["code"]), (status, &status.into()));
            assert_eq!(json.headers.first().map(|(name, value)| (*name, value.as_str())), header);
            let xml = problem.answer(Format::Xml);
            assert!(xml.body.starts_with(b"<?xml") && xml.content_type.starts_with("text/xml"));
        }
    }

    #[test]
    fn a_long_value_is_repeated_only_in_part() {
        let problem = Problem::unknown("service_code", &"ü".repeat(5_000));
        assert_eq!(problem.errors[0].description.chars().filter(|c| *c == 'ü').count(), 100);
    }
}
