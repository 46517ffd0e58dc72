//! A request of another system on its way in, and what makes one unusable.

use geography::Point;
use jiff::Timestamp;
use requests::Channel;

use super::mapping::OutcomeWord;

/// One request as the file tells it, checked field by field but not yet tied to our catalog.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The number under which it is known.
    pub number: String,
    /// Code of the service.
    pub service_code: String,
    /// What people call the service.
    pub service_name: String,
    /// Its group of services.
    pub group: Option<String>,
    /// Who answers for it, as people call it.
    pub department: Option<String>,
    /// Who works on it.
    pub team: Option<String>,
    /// When it was received.
    pub requested_at: Timestamp,
    /// When it last changed.
    pub updated_at: Option<Timestamp>,
    /// When it was to be done.
    pub target_at: Option<Timestamp>,
    /// When and how it was closed; none while it is open.
    pub closed: Option<Closing>,
    /// How it came in.
    pub channel: Channel,
    /// What was reported.
    pub description: Option<String>,
    /// Where it is, in words.
    pub address: Option<String>,
    /// Its postal code.
    pub zip: Option<String>,
    /// Where it is on the map.
    pub point: Option<Point>,
    /// Address of a picture at the other system.
    pub media_url: Option<String>,
}

/// How a request ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Closing {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub outcome: OutcomeWord,
    /// In words.
    pub note: Option<String>,
}

/// A row that cannot be used, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {why}")]
pub struct Reject {
    /// The column or element at fault.
    pub field: String,
    /// What is wrong with it, in words for whoever mends the file.
    pub why: String,
}

impl Reject {
    /// A reject for one field.
    pub fn new(field: &str, why: impl Into<String>) -> Self {
        Self { field: field.to_owned(), why: why.into() }
    }
}

/// What one place of a file holds, with where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Line of a CSV file, or position in a list, from 1.
    pub line: u64,
    /// What it holds.
    pub content: Result<Record, Reject>,
    /// The original, for the rejects file.
    pub original: Vec<String>,
}
