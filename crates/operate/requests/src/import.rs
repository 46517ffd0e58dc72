//! Bringing in the records of another system, with the history they had there.
//!
//! A record becomes the same events that it would have had here (received, closed, and whatever steps are known), so
//! that replaying them gives its row like any other. Records are known by their number: the same record again
//! changes nothing, a changed one continues its history. Nobody is told anything.

use std::collections::HashMap;

use access::{Actor, JurisdictionId, Permission, audit};
use catalog::{Answers, Catalog, DepartmentId, ServiceId, TeamId};
use db::{Query, Tx, params};
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::change::{require, to_the_microsecond};
use crate::channel::Channel;
use crate::clock::{Clock, Promise};
use crate::contact::Contact;
use crate::details::{self, Details};
use crate::error::RequestError;
use crate::event::{Event, Intake, Recorded};
use crate::masking::PublicText;
use crate::outcome::Outcome;
use crate::place::Place;
use crate::request::RequestId;
use crate::request_state::RequestState;
use crate::row::{Current, service_of};
use crate::store::{self, Received};
use crate::text;

/// A request of another system.
#[derive(Debug, Clone, Serialize)]
pub struct ImportedRequest {
    /// Its number there, which it keeps.
    pub number: String,
    /// What it is about.
    pub service: ServiceId,
    /// Who answers for it; the service's department when nothing else is known.
    pub department: Option<DepartmentId>,
    /// Who has or had it.
    pub team: Option<TeamId>,
    /// How it reached them.
    pub channel: Channel,
    /// When it came in.
    pub requested_at: Timestamp,
    /// When they last changed it.
    pub updated_at: Option<Timestamp>,
    /// What the resident was told, or their target.
    pub target_at: Option<Timestamp>,
    /// In the reporter's words.
    pub description: String,
    /// Where.
    pub place: Place,
    /// What was answered there.
    pub answers: Answers,
    /// Links to its pictures.
    pub media_urls: Vec<String>,
    /// Hide it from the public whatever the service says.
    pub confidential: bool,
    /// What happened after it came in, oldest first; see [`closing`].
    pub steps: Vec<Step>,
}

/// Something that happened to a request over there.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

/// What a record came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It was new.
    Added,
    /// It was here already, the same.
    Unchanged,
    /// It was here and has changed since.
    Changed,
}

/// What a batch came to.
#[derive(Debug, Default)]
pub struct Tally {
    /// New records.
    pub added: u64,
    /// Records that were here already, the same.
    pub unchanged: u64,
    /// Records that have changed since.
    pub changed: u64,
    /// Records that were refused, by their place in the batch; nothing of them is stored.
    pub rejected: Vec<(usize, RequestError)>,
}

/// The step that closes a request. Notes of other systems are taken as they are, with personal details masked.
pub fn closing(catalog: &Catalog, at: Timestamp, outcome: Outcome, note: &str) -> Result<Step, RequestError> {
    let note = text::paragraphs("note", note, text::NOTE_LETTERS_MAX)?.unwrap_or_default();
    let note = PublicText::new(note, &Contact::known(None, catalog));
    Ok(Step { at, event: Event::Closed { outcome, note } })
}

/// Brings in a batch of records in one transaction, with one audit entry. A few hundred make a good batch.
///
/// # Errors
/// Permission, or the store's; a record that cannot be taken is counted and the others go on.
pub fn put_batch(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    catalog: &Catalog,
    records: &[ImportedRequest],
) -> Result<Tally, RequestError> {
    require(by, &catalog.jurisdiction.id, Permission::ImportRequests)?;
    let mut tally = Tally::default();
    let here = digests(tx, &catalog.jurisdiction.id, records)?;
    for (place, record) in records.iter().enumerate() {
        if here.get(&record.number).is_some_and(|known| digest(record).is_ok_and(|new| new == *known)) {
            tally.unchanged += 1;
            continue;
        }
        match put(tx, by, catalog, record) {
            Ok(Put::Added) => tally.added += 1,
            Ok(Put::Unchanged) => tally.unchanged += 1,
            Ok(Put::Changed) => tally.changed += 1,
            Err(error @ RequestError::Store(_)) => return Err(error),
            Err(error) => tally.rejected.push((place, error)),
        }
    }
    write_audit(tx, now, by, catalog, &tally)?;
    Ok(tally)
}

/// What is known of these records from last time, asked for all at once: importing the same file again is then one
/// question a batch.
fn digests(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    records: &[ImportedRequest],
) -> Result<HashMap<String, Vec<u8>>, RequestError> {
    let query = Query::new("select number, import_digest from service_request where jurisdiction_id = ")
        .bind(jurisdiction)
        .text(" and import_digest is not null and number in ")
        .bind_list(records.iter().map(|record| &record.number));
    Ok(tx.select(&query, |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}

fn write_audit(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    catalog: &Catalog,
    tally: &Tally,
) -> Result<(), RequestError> {
    if tally.added + tally.changed == 0 {
        return Ok(());
    }
    let jurisdiction = &catalog.jurisdiction.id;
    let entry = audit::Entry {
        jurisdiction,
        actor: by,
        action: "request.imported",
        object: format!("jurisdiction:{jurisdiction}"),
        detail: format!("{{\"added\":{},\"changed\":{}}}", tally.added, tally.changed),
    };
    Ok(audit::append(tx, now, &entry)?)
}

/// Everything that can be refused is refused before the first statement, so a rejected record leaves nothing behind.
fn put(
    tx: &mut Tx<'_>,
    by: &Actor,
    catalog: &Catalog,
    record: &ImportedRequest,
) -> Result<Put, RequestError> {
    let arrival = Arrival::check(by, catalog, record)?;
    let jurisdiction = &catalog.jurisdiction.id;
    let id = RequestId::from(tx.new_id(arrival.state.received_at));
    if !store::insert(tx, jurisdiction, &arrival.received(id), &arrival.current)? {
        return put_again(tx, by, catalog, &arrival);
    }
    // Each event is stored with the state it led to.
    append_all(tx, catalog, id, &arrival.history)?;
    Ok(Put::Added)
}

/// A record in which everything has been checked.
struct Arrival {
    number: String,
    details: Details,
    history: Vec<Recorded>,
    state: RequestState,
    current: Current,
    digest: Vec<u8>,
}

impl Arrival {
    fn check(by: &Actor, catalog: &Catalog, record: &ImportedRequest) -> Result<Self, RequestError> {
        let number = text::required_line("number", &record.number)?;
        if number.len() > NUMBER_BYTES_MAX {
            return Err(RequestError::TextTooLong { field: "number", letters_max: NUMBER_BYTES_MAX });
        }
        let history = history(by, catalog, record)?;
        let state = RequestState::fold(&history)?;
        Ok(Self {
            number,
            details: details(catalog, record)?,
            current: Current::of(&state, catalog)?,
            digest: digest(record)?,
            history,
            state,
        })
    }

    fn received(&self, id: RequestId) -> Received<'_> {
        Received {
            id,
            number: &self.number,
            requested_at: self.state.received_at,
            details: &self.details,
            tracking_hash: None,
            import_digest: Some(&self.digest),
        }
    }
}

fn details(catalog: &Catalog, record: &ImportedRequest) -> Result<Details, RequestError> {
    let description = text::paragraphs("description", &record.description, text::DESCRIPTION_LETTERS_MAX)?;
    let place = record.place.checked()?;
    // Records are often placed a street beyond the border; they are taken all the same.
    let placed = place.point.map(|point| catalog.place(point));
    Ok(Details {
        channel: record.channel,
        description: description.map(|text| PublicText::new(text, &Contact::known(None, catalog))),
        districts: details::districts(placed.as_ref())?,
        answers: details::answers(&record.answers)?,
        media_urls: details::media_urls(&record.media_urls)?,
        place,
    })
}

/// Fits into a tracking token.
const NUMBER_BYTES_MAX: usize = 64;

fn history(by: &Actor, catalog: &Catalog, record: &ImportedRequest) -> Result<Vec<Recorded>, RequestError> {
    let received = Event::Received(intake(catalog, record)?);
    let first = (record.requested_at, received);
    let steps = record.steps.iter().map(|step| (step.at, step.event.clone()));
    let mut at_earliest = Timestamp::MIN;
    Ok(std::iter::once(first)
        .chain(steps)
        .zip(1..)
        .map(|((at, event), seq)| {
            // Systems that note minutes close some requests before they were opened.
            at_earliest = to_the_microsecond(at).max(at_earliest);
            Recorded { seq, at: at_earliest, by: by.into(), event }
        })
        .collect())
}

fn intake(catalog: &Catalog, record: &ImportedRequest) -> Result<Intake, RequestError> {
    let service = service_of(catalog, record.service)?;
    if let Some(team) = record.team.filter(|team| catalog.team(*team).is_none()) {
        return Err(RequestError::UnknownTeam(team));
    }
    let target_at = record.target_at.map(to_the_microsecond);
    Ok(Intake {
        service: service.id,
        department: record.department.unwrap_or(service.department),
        team: record.team,
        channel: record.channel,
        confidential: record.confidential,
        promise: target_at.map(|at| Promise {
            target_version: None,
            first_response_at: None,
            resolve_at: Some(at),
        }),
        clock: target_at.map(|at| Clock::Stated { at }),
        updated_at: record.updated_at.map(to_the_microsecond),
        files: 0,
    })
}

fn digest(record: &ImportedRequest) -> Result<Vec<u8>, RequestError> {
    let bytes =
        serde_json::to_vec(record).map_err(|source| RequestError::Damaged { what: "record", source })?;
    Ok(Sha256::digest(bytes).to_vec())
}

fn append_all(
    tx: &mut Tx<'_>,
    catalog: &Catalog,
    id: RequestId,
    history: &[Recorded],
) -> Result<(), RequestError> {
    for end in 1..=history.len() {
        let state = RequestState::fold(&history[..end])?;
        store::append_recorded(tx, &catalog.jurisdiction.id, id, &history[end - 1], &state)?;
    }
    Ok(())
}

const KNOWN: &str = "
    select id, import_digest from service_request where jurisdiction_id = $1 and number = $2";

/// The number is here already: the same record again, one that has changed, or a request of our own.
fn put_again(tx: &mut Tx<'_>, by: &Actor, catalog: &Catalog, arrival: &Arrival) -> Result<Put, RequestError> {
    let jurisdiction = &catalog.jurisdiction.id;
    let (id, digest) = tx.query_one(KNOWN, params![jurisdiction, arrival.number], |row| {
        Ok((row.get::<RequestId>(0)?, row.get::<Option<Vec<u8>>>(1)?))
    })?;
    let diverged = || RequestError::ImportDiverged { number: arrival.number.clone() };
    let digest = digest.ok_or_else(diverged)?;
    if digest == arrival.digest {
        return Ok(Put::Unchanged);
    }
    let known = store::history(tx, jurisdiction, id)?;
    let version = i64::try_from(known.len()).map_err(|_| diverged())?;
    let history = continued(by, known, arrival).map_err(|_| diverged())?;
    let state = RequestState::fold(&history).map_err(|_| diverged())?;
    store::correct(tx, jurisdiction, &arrival.received(id))?;
    for (place, next) in history.iter().enumerate().skip(usize::try_from(version).map_err(|_| diverged())?) {
        store::append_recorded(tx, jurisdiction, id, next, &RequestState::fold(&history[..=place])?)?;
    }
    store::update(tx, jurisdiction, id, version, &Current::of(&state, catalog)?)?;
    Ok(Put::Changed)
}

/// The known history with what the changed record adds: another service or team, and the steps that are new.
fn continued(by: &Actor, known: Vec<Recorded>, arrival: &Arrival) -> Result<Vec<Recorded>, RequestError> {
    let now_here = RequestState::fold(&known)?;
    let there = &arrival.state;
    let mut news: Vec<(Timestamp, Event)> = Vec::new();
    if there.service != now_here.service {
        let event = Event::ServiceChanged {
            service: there.service,
            department: there.department,
            clock: there.clock,
        };
        news.push((there.updated_at, event));
    }
    if let Some(team) = there.team().filter(|team| now_here.state.is_open() && now_here.team() != Some(*team))
    {
        news.push((there.updated_at, Event::Assigned { team, department: there.department }));
    }
    let is_known = |step: &&Recorded| known.iter().any(|old| old.at == step.at && old.event == step.event);
    let steps = arrival.history.iter().skip(1).filter(|step| !is_known(step));
    news.extend(steps.map(|step| (step.at, step.event.clone())));
    Ok(with_more(by, known, news))
}

fn with_more(by: &Actor, mut history: Vec<Recorded>, news: Vec<(Timestamp, Event)>) -> Vec<Recorded> {
    for (at, event) in news {
        let (seq, last_at) = history.last().map_or((0, at), |last| (last.seq, last.at));
        history.push(Recorded { seq: seq + 1, at: at.max(last_at), by: by.into(), event });
    }
    history
}
