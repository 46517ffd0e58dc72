//! `discovery`: which endpoints there are, for clients that know only the city's address.

use jiff::Timestamp;

use super::pen::Pen;
use crate::route::Format;
use crate::times;

/// The discovery document; every field is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovery {
    /// When this document last changed.
    pub changeset: Timestamp,
    /// Whom to write to about the interface.
    pub contact: String,
    /// How to get a key.
    pub key_service: String,
    /// At least one.
    pub endpoints: Vec<Endpoint>,
}

/// One announced endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Its base address without a trailing slash.
    pub url: String,
    /// When its service list or definitions last changed: clients drop their copies then.
    pub changeset: Timestamp,
    /// `production` or `test`.
    pub kind: &'static str,
}

/// Clients compare this for equality: http, no trailing slash.
const SPECIFICATION: &str = "http://wiki.open311.org/GeoReport_v2";

pub(super) fn write(discovery: &Discovery, format: Format) -> Vec<u8> {
    Pen::object_document(format, "discovery", |pen| {
        pen.text("changeset", Some(&times::write(discovery.changeset)));
        pen.text("contact", Some(&discovery.contact));
        pen.text("key_service", Some(&discovery.key_service));
        pen.objects("endpoints", "endpoint", &discovery.endpoints, endpoint);
    })
}

fn endpoint(pen: &mut Pen, endpoint: &Endpoint) {
    pen.text("specification", Some(SPECIFICATION));
    pen.text("url", Some(&endpoint.url));
    pen.text("changeset", Some(&times::write(endpoint.changeset)));
    pen.text("type", Some(endpoint.kind));
    pen.texts("formats", "format", &[Format::Xml.media_type(), Format::Json.media_type()]);
}
