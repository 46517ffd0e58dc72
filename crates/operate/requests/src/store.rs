//! The SQL that writes requests, and reads their histories.

use access::JurisdictionId;
use db::{Row, Tx, params};
use geography::Point;
use jiff::Timestamp;

use crate::details::Details;
use crate::error::RequestError;
use crate::event::{Author, Event, Recorded};
use crate::life_cycle::Status;
use crate::masking::PublicText;
use crate::place;
use crate::request::RequestId;
use crate::request_state::RequestState;
use crate::row::Current;

/// What came in, checked: the columns of a request that never change.
#[derive(Debug)]
pub(crate) struct Received<'a> {
    pub(crate) id: RequestId,
    pub(crate) number: &'a str,
    pub(crate) requested_at: Timestamp,
    pub(crate) details: &'a Details,
    pub(crate) tracking_hash: Option<Vec<u8>>,
    pub(crate) import_digest: Option<&'a [u8]>,
}

const INSERT: &str = "
    insert into service_request (
        jurisdiction_id, id, number, requested_at, channel, description, public_description, address, address_id,
        zip, place_words, latitude, longitude, coarse_latitude, coarse_longitude, cell, districts, answers,
        media_urls, tracking_hash, import_digest,
        version, status, is_open, state, service_id, department_id, team_id, confidential, public_level, updated_at,
        closed_at, outcome, duplicate_of, promised_at, first_response_due_at, first_response_at, due_at, due_rank,
        files)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
        $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40)
    on conflict (jurisdiction_id, number) do nothing";

/// Adds a request; `false` when another one has its number.
pub(crate) fn insert(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    received: &Received<'_>,
    current: &Current,
) -> Result<bool, RequestError> {
    let r = received;
    let d = r.details;
    let c = current;
    let place = &d.place;
    let coarse = place.point.map(place::coarse);
    let rows = tx.exec(
        INSERT,
        params![
            jurisdiction,
            r.id,
            r.number,
            r.requested_at,
            d.channel,
            d.description.as_ref().map(PublicText::whole),
            d.description.as_ref().and_then(PublicText::masked),
            place.address,
            place.address_id,
            place.zip,
            place.words,
            place.point.map(|point| point.latitude()),
            place.point.map(|point| point.longitude()),
            coarse.map(|point| point.latitude()),
            coarse.map(|point| point.longitude()),
            coarse.map(geography::cell),
            d.districts,
            d.answers,
            d.media_urls,
            r.tracking_hash,
            r.import_digest,
            c.version,
            c.status,
            c.is_open,
            c.state,
            c.service,
            c.department,
            c.team,
            c.confidential,
            c.public_level,
            c.updated_at,
            c.closed_at,
            c.outcome,
            c.duplicate_of,
            c.promised_at,
            c.first_response_due_at,
            c.first_response_at,
            c.due_at,
            c.due_rank,
            c.files,
        ],
    )?;
    Ok(rows == 1)
}

const CORRECT: &str = "
    update service_request
    set channel = $3, description = $4, public_description = $5, address = $6, address_id = $7, zip = $8,
        place_words = $9, latitude = $10, longitude = $11, coarse_latitude = $12, coarse_longitude = $13, cell = $14,
        districts = $15, answers = $16, media_urls = $17, import_digest = $18
    where jurisdiction_id = $1 and id = $2";

/// Writes what came in anew, where another system has corrected it.
pub(crate) fn correct(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    received: &Received<'_>,
) -> Result<(), RequestError> {
    let r = received;
    let d = r.details;
    let place = &d.place;
    let coarse = place.point.map(place::coarse);
    Ok(tx.exec_one(
        CORRECT,
        params![
            jurisdiction,
            r.id,
            d.channel,
            d.description.as_ref().map(PublicText::whole),
            d.description.as_ref().and_then(PublicText::masked),
            place.address,
            place.address_id,
            place.zip,
            place.words,
            place.point.map(|point| point.latitude()),
            place.point.map(|point| point.longitude()),
            coarse.map(|point| point.latitude()),
            coarse.map(|point| point.longitude()),
            coarse.map(geography::cell),
            d.districts,
            d.answers,
            d.media_urls,
            r.import_digest,
        ],
    )?)
}

// The public level is only written where the event decides it: a node whose copy of the catalog is a moment old
// must not undo `apply_public_level`.
const UPDATE: &str = "
    update service_request
    set version = $4, status = $5, is_open = $6, state = $7, service_id = $8, department_id = $9, team_id = $10,
        confidential = $11,
        public_level = case when confidential = $11 and service_id = $8 then public_level else $12 end,
        updated_at = $13, closed_at = $14, outcome = $15,
        duplicate_of = $16, promised_at = $17, first_response_due_at = $18, first_response_at = $19, due_at = $20,
        due_rank = $21, files = $22
    where jurisdiction_id = $1 and id = $2 and version = $3";

/// Writes the current-state columns over those of `version`.
pub(crate) fn update(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    id: RequestId,
    version: i64,
    current: &Current,
) -> Result<(), RequestError> {
    let c = current;
    let rows = tx.exec(
        UPDATE,
        params![
            jurisdiction,
            id,
            version,
            c.version,
            c.status,
            c.is_open,
            c.state,
            c.service,
            c.department,
            c.team,
            c.confidential,
            c.public_level,
            c.updated_at,
            c.closed_at,
            c.outcome,
            c.duplicate_of,
            c.promised_at,
            c.first_response_due_at,
            c.first_response_at,
            c.due_at,
            c.due_rank,
            c.files,
        ],
    )?;
    if rows == 1 { Ok(()) } else { Err(RequestError::Stale { expected: version, found: version + 1 }) }
}

const APPEND: &str = "
    insert into request_event (jurisdiction_id, request_id, seq, at, author, status, is_public, event)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Place, time and author of an event in its history.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step<'a> {
    pub(crate) seq: i64,
    pub(crate) at: Timestamp,
    pub(crate) author: &'a str,
}

/// An event as it is stored, with what it leads to.
#[derive(Debug)]
pub(crate) struct EventRow {
    pub(crate) topic: &'static str,
    status: Status,
    is_public: bool,
    event: String,
}

impl EventRow {
    /// `after` is the state that the event leads to.
    pub(crate) fn of(event: &Event, after: &RequestState) -> Result<Self, RequestError> {
        Ok(Self {
            topic: event.topic(),
            status: after.state.status(),
            is_public: event.is_public(),
            event: serde_json::to_string(event)
                .map_err(|source| RequestError::Damaged { what: "event", source })?,
        })
    }
}

/// Adds an event to a history.
pub(crate) fn append(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    id: RequestId,
    step: &Step<'_>,
    row: &EventRow,
) -> Result<(), RequestError> {
    let Step { seq, at, author } = *step;
    Ok(tx.exec_one_later(
        APPEND,
        params![jurisdiction, id, seq, at, author, row.status, row.is_public, row.event],
    )?)
}

/// Adds a recorded event to a history. `after` is the state it leads to.
pub(crate) fn append_recorded(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    id: RequestId,
    next: &Recorded,
    after: &RequestState,
) -> Result<(), RequestError> {
    let step = Step { seq: next.seq, at: next.at, author: next.by.label() };
    append(tx, jurisdiction, id, &step, &EventRow::of(&next.event, after)?)
}

/// No request has so many events; a limit keeps one that does from filling the memory.
const EVENTS_MAX: i64 = 100_000;

const HISTORY: &str = "
    select seq, at, author, event from request_event
    where jurisdiction_id = $1 and request_id = $2
    order by seq limit $3";

/// The whole history of a request, oldest first; empty when there is no such request.
pub(crate) fn history(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    id: RequestId,
) -> Result<Vec<Recorded>, RequestError> {
    let rows = tx.query(HISTORY, params![jurisdiction, id, EVENTS_MAX], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<String>(3)?))
    })?;
    rows.into_iter().map(|(seq, at, author, event)| recorded(seq, at, author, &event)).collect()
}

pub(crate) fn recorded(
    seq: i64,
    at: Timestamp,
    author: String,
    event: &str,
) -> Result<Recorded, RequestError> {
    let event: Event =
        serde_json::from_str(event).map_err(|source| RequestError::Damaged { what: "event", source })?;
    Ok(Recorded { seq, at, by: Author::stored(author), event })
}

/// The point in two columns, if both are there.
pub(crate) fn point(row: &Row<'_>, latitude: usize) -> Result<Option<Point>, db::Error> {
    let degrees = row.get::<Option<f64>>(latitude)?.zip(row.get::<Option<f64>>(latitude + 1)?);
    degrees
        .map(|(north, east)| Point::new(north, east).map_err(|e| row.misfit(latitude, "a point", e.into())))
        .transpose()
}
