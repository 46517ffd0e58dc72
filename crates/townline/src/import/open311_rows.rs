//! Lists of requests as Open311 servers answer them, in JSON or XML.

use anyhow::Context;
use jiff::tz::TimeZone;
use open311::read::{Limits, RecordError, RequestRecord, requests};
use open311::status::ExtendedStatus;
use requests::Channel;

use super::mapping::OutcomeWord;
use super::record::{Closing, Entry, Record, Reject};

/// Reads a whole document; entries are counted from 1.
pub fn entries(document: &[u8], zone: &TimeZone) -> anyhow::Result<Vec<Entry>> {
    let list =
        requests(document, zone, &Limits::default()).context("the file is no list of Open311 requests")?;
    Ok(list.into_iter().zip(1..).map(|(found, line)| entry(line, found)).collect())
}

fn entry(line: u64, found: Result<RequestRecord, RecordError>) -> Entry {
    match found {
        Ok(request) => {
            let original = vec![request.service_request_id.clone().unwrap_or_default()];
            Entry { line, content: record(request), original }
        }
        Err(error) => {
            Entry { line, content: Err(Reject::new("request", error.to_string())), original: Vec::new() }
        }
    }
}

fn record(request: RequestRecord) -> Result<Record, Reject> {
    let missing = |field: &'static str| move || Reject::new(field, "is missing");
    let service = request.service_code.clone().or(request.service_name.clone());
    let service_code = service.ok_or_else(missing("service_code"))?;
    Ok(Record {
        number: request.service_request_id.clone().ok_or_else(missing("service_request_id"))?,
        service_name: request.service_name.clone().unwrap_or_else(|| service_code.clone()),
        service_code,
        group: None,
        department: request.agency_responsible.clone(),
        team: None,
        requested_at: request.requested_at,
        updated_at: request.updated_at,
        target_at: request.expected_at,
        closed: closing(&request),
        channel: request.channel.as_deref().and_then(channel).unwrap_or(Channel::Integration),
        description: request.description,
        address: request.address,
        zip: request.zipcode,
        point: request.point,
        media_url: request.media_urls.into_iter().next(),
    })
}

fn closing(request: &RequestRecord) -> Option<Closing> {
    // For closed requests the time of the last change is, by the specification, the closing time.
    let at = request.updated_at.unwrap_or(request.requested_at);
    let note = request.status_notes.clone();
    outcome(request.status).map(|outcome| Closing { at, outcome, note })
}

/// How a foreign status ends a request; none while it is open.
fn outcome(status: ExtendedStatus) -> Option<OutcomeWord> {
    match status {
        ExtendedStatus::Closed | ExtendedStatus::Fixed => Some(OutcomeWord::Done),
        ExtendedStatus::Duplicate => Some(OutcomeWord::Duplicate),
        ExtendedStatus::NotResponsible | ExtendedStatus::InternalReferral => Some(OutcomeWord::NotOurs),
        ExtendedStatus::NoFurtherAction => Some(OutcomeWord::NoActionNeeded),
        ExtendedStatus::Cancelled => Some(OutcomeWord::Withdrawn),
        ExtendedStatus::Open
        | ExtendedStatus::InProgress
        | ExtendedStatus::Planned
        | ExtendedStatus::ActionScheduled
        | ExtendedStatus::Investigating
        | ExtendedStatus::ForTriage
        | ExtendedStatus::Reopen
        | ExtendedStatus::Unchanged => None,
    }
}

/// Words that other servers use for the way a request came in.
fn channel(word: &str) -> Option<Channel> {
    let word = word.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    if has(&["phone", "call"]) {
        Some(Channel::Phone)
    } else if has(&["app", "mobile", "android", "ios"]) {
        Some(Channel::App)
    } else if has(&["web", "self service", "portal"]) {
        Some(Channel::Web)
    } else if has(&["mail"]) {
        Some(Channel::Email)
    } else {
        word.parse().ok()
    }
}
