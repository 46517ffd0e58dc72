//! The audit chain: what was done, by whom, when, in an order nobody can quietly change.
//!
//! Every change appends one entry in its own transaction ([`append`]): no change without an entry, no
//! entry without a change. Each entry's hash covers the hash before it, and one row per lane
//! says where the lane ends, so [`verify`] finds an entry that was edited, deleted, inserted, moved or
//! cut off, and names the first that does not fit. Somebody who can rewrite the whole database could also
//! recompute a whole chain; against that, keep the [`Head`]s elsewhere as signed [`Checkpoint`]s
//! and hand the latest to [`verify_against`].
//!
//! A jurisdiction has one chain for each writer thread of the database (a *lane*), so that writers on
//! PostgreSQL never wait for each other's commits over the end of the chain.
//!
//! The reading functions take no [`Actor`]: whoever shows what they answer asks for
//! [`crate::Permission::ReadAudit`] first.
//!
//! Entries name people by reference and carry no personal data, so that erasing a person leaves the
//! chain whole.

mod chain;
mod checkpoint;
mod list;
mod verify;

use jiff::Timestamp;

use crate::actor::{Actor, person_label};
use crate::jurisdiction::JurisdictionId;
use crate::people::PersonId;
use chain::{FIRST, Hash};

pub use checkpoint::{BadCheckpoint, Checkpoint, CheckpointKey, Noted, read_checkpoints};
pub use list::{AuditEntry, Filter, Place, list};
pub use verify::{Broken, Damage, Verified, VerifyError, jurisdictions, verify, verify_against};

/// One thing that was done.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Where.
    pub jurisdiction: &'a JurisdictionId,
    /// By whom.
    pub actor: &'a Actor,
    /// What, from the closed list of the feature: `request.closed`.
    pub action: &'static str,
    /// To what, by reference: `request:018f…`.
    pub object: String,
    /// The change in short (JSON or a digest), never personal data.
    pub detail: String,
}

/// Where one lane of a chain ends: keep it elsewhere to notice a chain that was recomputed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Head {
    /// Which lane.
    pub lane: i64,
    /// How many entries it has.
    pub entries: i64,
    /// The hash of the last one, in hexadecimal.
    pub hash: String,
}

const END: &str = "select entries, hash from audit_head where jurisdiction_id = $1 and lane = $2";

// A trigger advances the lane's head with it: one statement less to wait for on PostgreSQL.
const ADD: &str = "
    insert into audit_entry (jurisdiction_id, lane, seq, at, actor, action, object, detail, hash)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (jurisdiction_id, lane, seq) do nothing";

/// Adds an entry to the chain, in the transaction of the change it tells of.
///
/// Two small statements. One transaction should append at most a thousand or so: PostgreSQL walks
/// through all versions of the lane's head that the same transaction left behind.
///
/// # Errors
/// What the store refuses; the change must then fail too.
pub fn append(tx: &mut db::Tx<'_>, now: Timestamp, entry: &Entry<'_>) -> Result<(), db::Error> {
    let (jurisdiction, lane, actor) = (entry.jurisdiction, tx.lane(), entry.actor.label());
    let (entries, before) = end_of_lane(tx, jurisdiction, lane)?;
    let link = chain::Link {
        jurisdiction: jurisdiction.as_str(),
        lane,
        seq: entries + 1,
        at_us: now.as_microsecond(),
        actor: &actor,
        action: entry.action,
        object: &entry.object,
        detail: &entry.detail,
    };
    let row = db::params![
        jurisdiction,
        lane,
        link.seq,
        now,
        actor,
        entry.action,
        entry.object,
        entry.detail,
        link.hash(&before)
    ];
    // No other writer has this lane: a number that is taken and yet not counted means that somebody tampered, and then
    // nothing may be added.
    tx.exec_one_later(ADD, row)
}

/// Adds an entry about a person, whose change says all there is to say.
pub(crate) fn append_about_person(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    action: &'static str,
) -> Result<(), db::Error> {
    let object = person_label(person);
    append(tx, now, &Entry { jurisdiction, actor: by, action, object, detail: "{}".to_owned() })
}

/// How many entries a lane has, and the hash of the last one.
fn end_of_lane(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    lane: i64,
) -> Result<(i64, Hash), db::Error> {
    let end =
        tx.query_opt(END, db::params![jurisdiction, lane], |row| Ok((row.get(0)?, chain::hash_in(row, 1)?)))?;
    Ok(end.unwrap_or((0, FIRST)))
}

/// Where each lane of a jurisdiction's chain ends now.
///
/// # Errors
/// What the store refuses.
pub fn heads(tx: &mut db::Tx<'_>, jurisdiction: &JurisdictionId) -> Result<Vec<Head>, db::Error> {
    const HEADS: &str = "select lane, entries, hash from audit_head where jurisdiction_id = $1 order by lane";
    tx.query(HEADS, db::params![jurisdiction], |row| {
        let hash: Vec<u8> = row.get(2)?;
        Ok(Head { lane: row.get(0)?, entries: row.get(1)?, hash: data_encoding::HEXLOWER.encode(&hash) })
    })
}
