//! As much of HTTP/1.1 as a load generator needs, at next to no cost: it shares the cores with what it measures.
//!
//! Requests are written once, before the clock starts. Of an answer only its end and its status are looked for while
//! the clock runs; bodies are read when somebody asks for one.

use std::borrow::Cow;
use std::ops::Range;

use anyhow::{Context, ensure};

/// A `GET`, ready to be written to a socket.
pub(crate) fn get(target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: en\r\n\r\n").into_bytes()
}

/// A `POST` of a form, ready to be written to a socket.
pub(crate) fn post(target: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let head = format!(
        "POST {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    (head + &body).into_bytes()
}

/// A path with a query string.
pub(crate) fn target(path: &str, query: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    format!("{path}?{query}")
}

/// Where a whole answer lies in the bytes that have come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// Bytes from the first of the head to the last of the body.
    pub(crate) length: usize,
    body: Body,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Body {
    Plain(Range<usize>),
    Chunks(Vec<Range<usize>>),
}

impl Answer {
    /// The answer at the beginning of `bytes`; `None` while it is not complete.
    ///
    /// # Errors
    /// Bytes that are no HTTP/1.1 answer with a length.
    pub(crate) fn read(bytes: &[u8]) -> anyhow::Result<Option<Answer>> {
        let Some(head_end) = find(bytes, b"\r\n\r\n").map(|at| at + 4) else {
            return Ok(None);
        };
        let head = str::from_utf8(&bytes[..head_end]).context("the head of an answer is no text")?;
        let status = status(head)?;
        if let Some(length) = field(head, "content-length") {
            let length =
                head_end + length.parse::<usize>().context("the length of an answer is no number")?;
            return Ok((bytes.len() >= length).then(|| plain(status, head_end..length)));
        }
        if field(head, "transfer-encoding") == Some("chunked") {
            let chunks = chunks(bytes, head_end)?;
            return Ok(chunks.map(|(chunks, length)| Answer { status, length, body: Body::Chunks(chunks) }));
        }
        ensure!(matches!(status, 204 | 304), "an answer says nothing about its length: {head}");
        Ok(Some(plain(status, head_end..head_end)))
    }

    /// The body, out of the bytes that the answer was read from.
    pub(crate) fn body<'b>(&self, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        match &self.body {
            Body::Plain(range) => Cow::Borrowed(&bytes[range.clone()]),
            Body::Chunks(ranges) => {
                Cow::Owned(ranges.iter().flat_map(|range| &bytes[range.clone()]).copied().collect())
            }
        }
    }
}

fn plain(status: u16, body: Range<usize>) -> Answer {
    Answer { status, length: body.end, body: Body::Plain(body) }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn status(head: &str) -> anyhow::Result<u16> {
    let code = head.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)).context("no HTTP/1.1 answer")?;
    code.parse().context("the status of an answer is no number")
}

fn field<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut fields = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    fields.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

type Chunks = (Vec<Range<usize>>, usize);

/// Where the chunks of a body lie, and where it ends. Trailers are not expected.
fn chunks(bytes: &[u8], mut at: usize) -> anyhow::Result<Option<Chunks>> {
    let mut found = Vec::new();
    loop {
        let Some(line) = find(&bytes[at..], b"\r\n") else {
            return Ok(None);
        };
        let size =
            str::from_utf8(&bytes[at..at + line]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let begin = at + line + 2;
        let end = begin + size.context("the size of a chunk is no number")?;
        at = end + 2;
        if bytes.len() < at {
            return Ok(None);
        }
        if begin == end {
            return Ok(Some((found, at)));
        }
        found.push(begin..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ncontent-LENGTH: 5\r\n\r\nhello";
    const CHUNKED: &[u8] =
        b"HTTP/1.1 400 Bad Request\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nA\r\n, resident\r\n0\r\n\r\n";

    fn check(bytes: &[u8], status: u16, body: &str) {
        let answer = Answer::read(bytes).unwrap().unwrap();
        assert_eq!((answer.status, answer.length), (status, bytes.len()));
        assert_eq!(answer.body(bytes), body.as_bytes());
    }

    #[test]
    fn plain_and_chunked_bodies_are_read_whole() {
        check(PLAIN, 200, "hello");
        check(CHUNKED, 400, "hello, resident");
        check(b"HTTP/1.1 304 Not Modified\r\nEtag: \"x\"\r\n\r\n", 304, "");
    }

    #[test]
    fn an_answer_cut_off_anywhere_is_not_complete_yet() {
        for whole in [PLAIN, CHUNKED] {
            for end in 0..whole.len() {
                assert_eq!(Answer::read(&whole[..end]).unwrap(), None, "{end}");
            }
        }
    }

    #[test]
    fn an_answer_ends_where_the_next_begins() {
        for first in [PLAIN, CHUNKED] {
            let both = [first, PLAIN].concat();
            let answer = Answer::read(&both).unwrap().unwrap();
            assert_eq!(answer.length, first.len());
            assert_eq!(Answer::read(&both[answer.length..]).unwrap().unwrap().length, PLAIN.len());
        }
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for bytes in ["SSH-2.0-x\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 abc\r\n\r\n"] {
            assert!(Answer::read(bytes.as_bytes()).is_err(), "{bytes}");
        }
        assert!(Answer::read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n").is_err());
    }

    #[test]
    fn a_form_is_encoded_and_measured() {
        let request = String::from_utf8(post("/a", &[("attribute[X]", "a b"), ("lat", "1.5")])).unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert_eq!(body, "attribute%5BX%5D=a+b&lat=1.5");
        assert!(head.ends_with(&format!("Content-Length: {}", body.len())), "{head}");
    }
}
