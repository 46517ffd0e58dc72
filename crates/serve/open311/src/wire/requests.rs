//! `service_requests`: requests as the public sees them, and the answers to new ones.

use jiff::Timestamp;

use super::pen::Pen;
use crate::route::Format;
use crate::times;

/// One request as GeoReport shows it. It has no field for the person who reported.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestEntry {
    /// The number people are given.
    pub service_request_id: String,
    /// `open` or `closed`.
    pub status: &'static str,
    /// Why it has this status.
    pub status_notes: Option<String>,
    /// What people call the service.
    pub service_name: String,
    /// The code of the service.
    pub service_code: String,
    /// What was reported.
    pub description: Option<String>,
    /// Who deals with it.
    pub agency_responsible: Option<String>,
    /// What people should know about this service.
    pub service_notice: Option<String>,
    /// When it was reported.
    pub requested_datetime: Timestamp,
    /// When it last changed; of a closed request the time of closing.
    pub updated_datetime: Timestamp,
    /// The promise; left out when there is none, because old clients cannot read an empty date.
    pub expected_datetime: Option<Timestamp>,
    /// Where, in words.
    pub address: Option<String>,
    /// Where, in the city's address register.
    pub address_id: Option<String>,
    /// Postal code.
    pub zipcode: Option<String>,
    /// WGS84.
    pub lat: Option<f64>,
    /// WGS84.
    pub long: Option<f64>,
    /// The first picture.
    pub media_url: Option<String>,
    /// Present only when `extensions=true` was asked for.
    pub extended: Option<ExtendedEntry>,
}

/// What lies beyond the specification.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExtendedEntry {
    /// What was chosen in answer to the service's questions.
    pub attributes: Vec<SubmittedAnswer>,
    /// The finer status.
    pub detailed_status: &'static str,
    /// Why it was closed.
    pub outcome: Option<&'static str>,
    /// How it reached us.
    pub channel: Option<&'static str>,
    /// District codes by kind: `ward`, `police_district`, …
    pub districts: Vec<(String, String)>,
    /// Every picture.
    pub media_urls: Vec<String>,
    /// What happened, oldest first; only with a single request.
    pub notes: Option<Vec<NoteEntry>>,
}

/// One answered question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmittedAnswer {
    /// The question as it was asked.
    pub label: String,
    /// The question's code.
    pub name: String,
    /// What was shown for the choice.
    pub value: String,
    /// The key of the choice.
    pub code: String,
}

/// One public step in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteEntry {
    /// When.
    pub datetime: Timestamp,
    /// What kind of step.
    pub kind: &'static str,
    /// What was said about it.
    pub description: Option<String>,
}

/// The answer to a new request: an id, a token, or neither.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// For `realtime` services.
    pub service_request_id: Option<String>,
    /// For `batch` services.
    pub token: Option<String>,
    /// What happens next.
    pub service_notice: Option<String>,
    /// What the client sent as its account, repeated.
    pub account_id: Option<String>,
}

/// A token and, once there is one, the request it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenEntry {
    /// Absent while the request has no number yet.
    pub service_request_id: Option<String>,
    /// As it was asked for.
    pub token: String,
}

const ROOT: &str = "service_requests";
const ITEM: &str = "request";

pub(super) fn write(requests: &[RequestEntry], format: Format) -> Vec<u8> {
    Pen::list_document(format, ROOT, ITEM, requests, request)
}

pub(super) fn write_receipts(receipts: &[Receipt], format: Format) -> Vec<u8> {
    Pen::list_document(format, ROOT, ITEM, receipts, |pen, receipt| {
        pen.text_if_any("service_request_id", receipt.service_request_id.as_deref());
        pen.text_if_any("token", receipt.token.as_deref());
        pen.text("service_notice", receipt.service_notice.as_deref());
        pen.text("account_id", receipt.account_id.as_deref());
    })
}

pub(super) fn write_tokens(tokens: &[TokenEntry], format: Format) -> Vec<u8> {
    Pen::list_document(format, ROOT, ITEM, tokens, |pen, entry| {
        pen.text_if_any("service_request_id", entry.service_request_id.as_deref());
        pen.text("token", Some(&entry.token));
    })
}

fn request(pen: &mut Pen, request: &RequestEntry) {
    pen.text("service_request_id", Some(&request.service_request_id));
    pen.text("status", Some(request.status));
    pen.text("status_notes", request.status_notes.as_deref());
    pen.text("service_name", Some(&request.service_name));
    pen.text("service_code", Some(&request.service_code));
    pen.text("description", request.description.as_deref());
    pen.text("agency_responsible", request.agency_responsible.as_deref());
    pen.text("service_notice", request.service_notice.as_deref());
    pen.text("requested_datetime", Some(&times::write(request.requested_datetime)));
    pen.text("updated_datetime", Some(&times::write(request.updated_datetime)));
    pen.text_if_any("expected_datetime", request.expected_datetime.map(times::write).as_deref());
    pen.text("address", request.address.as_deref());
    pen.text("address_id", request.address_id.as_deref());
    pen.text("zipcode", request.zipcode.as_deref());
    pen.number("lat", request.lat);
    pen.number("long", request.long);
    pen.text("media_url", request.media_url.as_deref());
    if let Some(extended) = &request.extended {
        self::extended(pen, extended);
    }
}

fn extended(pen: &mut Pen, extended: &ExtendedEntry) {
    pen.objects("attributes", "attribute", &extended.attributes, |pen, answer| {
        pen.text("label", Some(&answer.label));
        pen.text("name", Some(&answer.name));
        pen.text("value", Some(&answer.value));
        pen.text("code", Some(&answer.code));
    });
    pen.object("extended_attributes", |pen| {
        pen.text("detailed_status", Some(extended.detailed_status));
        pen.text("outcome", extended.outcome);
        pen.text("channel", extended.channel);
        districts(pen, &extended.districts);
        pen.texts("media_urls", "media_url", &extended.media_urls);
    });
    if let Some(notes) = &extended.notes {
        pen.objects("notes", "note", notes, |pen, note| {
            pen.text("datetime", Some(&times::write(note.datetime)));
            pen.text("type", Some(note.kind));
            pen.text("description", note.description.as_deref());
        });
    }
}

/// Kinds are chosen by the town (`police-district` becomes `police_district`), so one that is no element name, or
/// the name of another field, is left out.
fn districts(pen: &mut Pen, districts: &[(String, String)]) {
    const TAKEN: [&str; 4] = ["detailed_status", "outcome", "channel", "media_urls"];
    let is_name = |kind: &str| {
        kind.starts_with(|c: char| c.is_ascii_lowercase())
            && kind.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    for (kind, code) in districts {
        let kind = kind.to_ascii_lowercase().replace(['-', ' '], "_");
        if is_name(&kind) && !TAKEN.contains(&kind.as_str()) {
            pen.text(&kind, Some(code));
        }
    }
}
