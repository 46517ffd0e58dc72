//! Requests of another server.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::tree::ListOf;
use super::{Limits, Node, ReadError, parse};
use crate::status::ExtendedStatus;
use crate::times;

/// A request as another server tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestRecord {
    /// As text; absent while that server still processes it.
    pub service_request_id: Option<String>,
    /// Open, closed, or one of the finer words.
    pub status: ExtendedStatus,
    /// Why it has that status.
    pub status_notes: Option<String>,
    /// As text, leading zeros kept.
    pub service_code: Option<String>,
    /// What people call the service.
    pub service_name: Option<String>,
    /// What was reported.
    pub description: Option<String>,
    /// Who deals with it.
    pub agency_responsible: Option<String>,
    /// What people were told about the service.
    pub service_notice: Option<String>,
    /// When it was reported.
    pub requested_at: Timestamp,
    /// When it last changed.
    pub updated_at: Option<Timestamp>,
    /// When it was expected to be done.
    pub expected_at: Option<Timestamp>,
    /// Where, in words.
    pub address: Option<String>,
    /// Where, in that city's address register.
    pub address_id: Option<String>,
    /// Postal code.
    pub zipcode: Option<String>,
    /// Where, on the map.
    pub point: Option<geography::Point>,
    /// Every picture that is mentioned, each once.
    pub media_urls: Vec<String>,
    /// How it was reported, from the extended attributes.
    pub channel: Option<String>,
}

/// Why one entry of a list cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// A field that every request has is absent or empty.
    #[error("{field} is missing")]
    Missing {
        /// The name of the field.
        field: &'static str,
    },
    /// A field that cannot be understood.
    #[error("{field} cannot be read: {value:?}")]
    Unreadable {
        /// The name of the field.
        field: &'static str,
        /// What it holds.
        value: String,
    },
}

const LIST: ListOf = ListOf {
    what: "service requests",
    wrappers: &["service_requests", "requests"],
    item: "request",
    marks: &["service_request_id", "service_code", "requested_datetime"],
};

/// Reads a list of requests in the order of the document, each entry by itself good or bad. Times without a zone
/// are read in `zone`.
///
/// # Errors
/// When the document as a whole cannot be read.
pub fn requests(
    document: &[u8],
    zone: &TimeZone,
    limits: &Limits,
) -> Result<Vec<Result<RequestRecord, RecordError>>, ReadError> {
    let root = parse(document, limits)?;
    Ok(LIST.entries(&root)?.into_iter().map(|node| request(node, zone)).collect())
}

fn request(node: &Node, zone: &TimeZone) -> Result<RequestRecord, RecordError> {
    let requested = "requested_datetime";
    Ok(RequestRecord {
        service_request_id: node.text("service_request_id"),
        status: status(node)?,
        status_notes: node.text("status_notes"),
        service_code: node.text("service_code"),
        service_name: node.text("service_name"),
        description: node.text("description"),
        agency_responsible: node.text("agency_responsible"),
        service_notice: node.text("service_notice"),
        requested_at: time(node, requested, zone)?.ok_or(RecordError::Missing { field: requested })?,
        updated_at: time(node, "updated_datetime", zone)?,
        expected_at: time(node, "expected_datetime", zone)?,
        address: node.text("address"),
        address_id: node.text("address_id"),
        zipcode: node.text("zipcode"),
        point: point(node)?,
        media_urls: pictures(node),
        channel: node.get("extended_attributes").and_then(|extended| extended.text("channel")),
    })
}

fn status(node: &Node) -> Result<ExtendedStatus, RecordError> {
    let field = "status";
    let value = node.text(field).ok_or(RecordError::Missing { field })?;
    ExtendedStatus::read(&value).ok_or(RecordError::Unreadable { field, value })
}

fn time(node: &Node, field: &'static str, zone: &TimeZone) -> Result<Option<Timestamp>, RecordError> {
    let Some(value) = node.text(field) else { return Ok(None) };
    match times::read(&value, zone) {
        Some(stretch) => Ok(Some(stretch.first)),
        None => Err(RecordError::Unreadable { field, value }),
    }
}

/// Half a position is none; a position that is off the globe is an error.
fn point(node: &Node) -> Result<Option<geography::Point>, RecordError> {
    let (Some(lat), Some(long)) = (node.text("lat"), node.text("long")) else { return Ok(None) };
    let read = |text: &str| text.parse::<f64>().ok();
    match read(&lat).zip(read(&long)).map(|(lat, long)| geography::Point::new(lat, long)) {
        Some(Ok(point)) => Ok(Some(point)),
        Some(Err(_)) | None => {
            Err(RecordError::Unreadable { field: "lat/long", value: format!("{lat}, {long}") })
        }
    }
}

fn pictures(node: &Node) -> Vec<String> {
    let mut urls = Vec::new();
    let extended = node.get("extended_attributes");
    let from_extended =
        extended.into_iter().flat_map(|e| ["media_urls", "media_url", "photos"].map(|name| e.get(name)));
    for place in node.every("media_url").chain(from_extended.flatten()) {
        gather_urls(place, &mut urls);
    }
    urls
}

/// A text, a list, an object with `url` or `media_url`, or elements nested in an element.
fn gather_urls(node: &Node, urls: &mut Vec<String>) {
    match node {
        Node::Empty => {}
        Node::Text(text) => {
            let url = text.trim().to_owned();
            if !url.is_empty() && !urls.contains(&url) {
                urls.push(url);
            }
        }
        Node::List(items) => items.iter().for_each(|item| gather_urls(item, urls)),
        Node::Object(members) => {
            let places = ["url", "media_url", "photo", "photos"];
            members.iter().filter(|(name, _)| places.contains(&name.as_str())).for_each(|(_, value)| {
                gather_urls(value, urls);
            });
        }
    }
}
