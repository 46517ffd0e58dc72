//! Which colleagues have the same request open, and who of them is writing.

use access::{JurisdictionId, SignedIn};
use db::{Tx, params};
use jiff::{SignedDuration, Timestamp};
use requests::RequestId;
use serde::Serialize;

/// Somebody whose page was last seen longer ago has left, or their connection has.
const HERE_WITHIN: SignedDuration = SignedDuration::from_secs(15);
/// How often a page that stays open says so.
pub(super) const NOTED_EVERY: SignedDuration = SignedDuration::from_secs(5);
/// Left behind by a server that was cut off.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// More colleagues than this at one request are a meeting.
const SHOWN_MAX: i64 = 10;

/// A colleague at the same request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Colleague {
    pub(super) name: String,
    #[serde(rename = "isWriting")]
    pub(super) is_editing: bool,
}

/// Notes that somebody has a request open.
pub(super) fn note(
    tx: &mut Tx<'_>,
    now: Timestamp,
    who: &SignedIn,
    request: RequestId,
    is_editing: bool,
) -> Result<(), db::Error> {
    const NOTE: &str = "
        insert into desk_presence (jurisdiction_id, request_id, person_id, name, is_editing, seen_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (jurisdiction_id, request_id, person_id)
            do update set is_editing = excluded.is_editing, seen_at = excluded.seen_at";
    const FORGET: &str = "delete from desk_presence where jurisdiction_id = $1 and seen_at < $2";
    tx.exec(FORGET, params![who.jurisdiction, now - KEPT])?;
    tx.exec_one(NOTE, params![who.jurisdiction, request, who.person_id, who.name, is_editing, now])
}

/// Notes that somebody has left.
pub(super) fn leave(tx: &mut Tx<'_>, who: &SignedIn, request: RequestId) -> Result<(), db::Error> {
    const LEAVE: &str =
        "delete from desk_presence where jurisdiction_id = $1 and request_id = $2 and person_id = $3";
    tx.exec(LEAVE, params![who.jurisdiction, request, who.person_id]).map(|_| ())
}

/// The others who have it open now, by name.
pub(super) fn others(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    who: &SignedIn,
    request: RequestId,
) -> Result<Vec<Colleague>, db::Error> {
    const OTHERS: &str = "
        select name, is_editing from desk_presence
        where jurisdiction_id = $1 and request_id = $2 and person_id <> $3 and seen_at > $4
        order by name, person_id limit $5";
    let params = params![jurisdiction, request, who.person_id, now - HERE_WITHIN, SHOWN_MAX];
    tx.query(OTHERS, params, |row| Ok(Colleague { name: row.get(0)?, is_editing: row.get(1)? }))
}
