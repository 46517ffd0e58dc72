//! What happened lately to public requests, one after the other: for systems that keep a copy.

use access::JurisdictionId;
use catalog::PublicLevel;
use db::{Query, Tx};
use jiff::Timestamp;

use crate::error::RequestError;
use crate::life_cycle::Status;
use crate::list::Range;
use crate::request::RequestId;
use crate::store::recorded;
use crate::timeline::{PublicEntry, public_entry};

/// Something that happened to a public request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// The request's id; together with the entry's `seq` it names the update for ever.
    pub request: RequestId,
    /// The request's number.
    pub number: String,
    /// The status after it.
    pub status: Status,
    /// What happened.
    pub entry: PublicEntry,
}

/// Most updates answered at once.
pub const UPDATES_MAX: i64 = 1_000;

/// What happened to public requests within a range of time, oldest first. The receipt itself is no update.
///
/// # Errors
/// The store's.
pub fn updates(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    within: &Range,
    limit: i64,
) -> Result<Vec<Update>, RequestError> {
    let query = Query::new(
        "select e.request_id, r.number, e.status, r.public_level, e.seq, e.at, e.author, e.event
         from request_event e
         join service_request r on r.jurisdiction_id = e.jurisdiction_id and r.id = e.request_id
         where e.is_public and e.seq > 1 and r.public_level <> 'hidden' and e.jurisdiction_id = ",
    )
    .bind(jurisdiction);
    let query = within.limit(query, " and e.at >= ", " and e.at < ");
    let query = query.text(" order by e.at, e.request_id, e.seq limit ").bind(limit.clamp(1, UPDATES_MAX));
    let rows = tx.select(&query, |row| {
        let written: (i64, Timestamp, String, String) = (row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?);
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<PublicLevel>(3)?, written))
    })?;
    let mut updates = Vec::with_capacity(rows.len());
    for (request, number, status, level, (seq, at, author, event)) in rows {
        let entry = public_entry(&recorded(seq, at, author, &event)?, level);
        updates.extend(entry.map(|entry| Update { request, number, status, entry }));
    }
    Ok(updates)
}
