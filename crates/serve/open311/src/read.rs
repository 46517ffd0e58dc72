//! Tolerant reading of what other Open311 servers answer, for the importer.
//!
//! Real servers wrap lists or do not, send one object where a list is due, write ids as numbers and flags as
//! text, pad their text, leave out fields or fill them with nothing. All of that is read into one neutral
//! record. What is *not* tolerated is what could hurt us: document types and entities in XML, duplicate keys in
//! JSON, and more bytes, depth or nodes than [`Limits`] allows.

mod json;
mod requests;
mod services;
mod tree;
mod xml;

pub use requests::{RecordError, RequestRecord, requests};
pub use services::{ServiceRecord, services};

pub(crate) use tree::Node;

/// How much of a foreign document is read before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Its size.
    pub bytes_max: usize,
    /// Objects in lists in objects.
    pub depth_max: usize,
    /// Values and elements, which bounds the memory for the whole.
    pub nodes_max: usize,
}

impl Default for Limits {
    /// Enough for a file of about fifty thousand requests, in less than 256 MiB.
    fn default() -> Limits {
        Limits { bytes_max: 64 << 20, depth_max: 32, nodes_max: 1_000_000 }
    }
}

/// Why a document as a whole could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// More bytes than allowed.
    #[error("larger than {bytes_max} bytes")]
    TooLarge {
        /// The limit.
        bytes_max: usize,
    },
    /// Nested more deeply than allowed.
    #[error("nested more than {depth_max} deep")]
    TooDeep {
        /// The limit.
        depth_max: usize,
    },
    /// More values than allowed.
    #[error("more than {nodes_max} values")]
    TooManyNodes {
        /// The limit.
        nodes_max: usize,
    },
    /// The bytes are no UTF-8, or the document declares another encoding.
    #[error("not UTF-8")]
    NotUtf8,
    /// Not JSON. Some servers write ids such as 001 without quotes: ask those for XML.
    #[error("not valid JSON at line {line}, column {column}: {what}")]
    Json {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What the parser said.
        what: String,
    },
    /// Not well-formed XML.
    #[error("not well-formed XML at byte {offset}: {what}")]
    Xml {
        /// Counted from 0.
        offset: u64,
        /// What the parser said.
        what: String,
    },
    /// A document type could define entities; we read none.
    #[error("XML with a document type (DTD) is not read")]
    DocumentType,
    /// A reference to an entity other than the five that XML has of itself.
    #[error("XML entity &{0}; is not read")]
    Entity(String),
    /// Neither a list of the wanted kind nor anything that can stand for one.
    #[error("this is no list of {0}")]
    NotAListOf(&'static str),
    /// The other server answered with an error document.
    #[error("the other server refused: {0}")]
    Refused(String),
}

/// Reads XML or JSON, whichever it is, into one kind of tree.
pub(crate) fn parse(document: &[u8], limits: &Limits) -> Result<Node, ReadError> {
    if document.len() > limits.bytes_max {
        return Err(ReadError::TooLarge { bytes_max: limits.bytes_max });
    }
    let text = str::from_utf8(document).map_err(|_| ReadError::NotUtf8)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).trim_start();
    if text.starts_with('<') { xml::parse(text, limits) } else { json::parse(text, limits) }
}
