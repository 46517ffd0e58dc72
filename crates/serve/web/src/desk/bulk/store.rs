//! What is kept of a change of many requests, for whoever made it.

use access::{JurisdictionId, PersonId};
use db::{Tx, params};
use jiff::{SignedDuration, Timestamp};

use super::{ACTIONS, Action};

db::uuid_type!(
    /// Names one change of many requests.
    pub(crate) struct BulkId
);

/// For how long it can be taken back: long enough to notice, too short for anybody to have driven out.
const UNDO_WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// For how long it is kept: a day of looking back.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Old changes removed when a new one begins.
const SWEEP_MAX: i64 = 20;

/// A change of many requests and what came of it.
#[derive(Debug, Clone)]
pub(super) struct Bulk {
    pub(super) id: BulkId,
    pub(super) action: Action,
    pub(super) made_at: Timestamp,
    pub(super) undone_at: Option<Timestamp>,
    pub(super) items: Vec<Item>,
}

/// What came of it for one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) position: i64,
    pub(super) number: String,
    /// The version after the change; nothing where it was refused.
    pub(super) version: Option<i64>,
    /// Why it was refused, as the key of its words.
    pub(super) refusal: Option<String>,
    /// What came of taking it back.
    pub(super) undoing: Option<String>,
}

impl Bulk {
    pub(super) fn undo_until(&self) -> Timestamp {
        self.made_at + UNDO_WITHIN
    }

    /// Notes cannot be unsaid; everything else can be taken back for some minutes.
    pub(super) fn can_be_undone(&self, now: Timestamp) -> bool {
        let has_opposite = self.action != Action::InternalNote;
        let is_in_time = now <= self.undo_until();
        has_opposite && is_in_time && self.undone_at.is_none() && self.done().next().is_some()
    }

    pub(super) fn done(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.version.is_some())
    }
}

/// Begins a change, and forgets old ones.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    action: Action,
) -> Result<BulkId, db::Error> {
    const BEGIN: &str = "
        insert into bulk_change (jurisdiction_id, id, person_id, action, made_at) values ($1, $2, $3, $4, $5)";
    forget_old(tx, now, jurisdiction)?;
    let id = BulkId::from(tx.new_id(now));
    tx.exec_one(BEGIN, params![jurisdiction, id, person, action.as_str(), now])?;
    Ok(id)
}

fn forget_old(tx: &mut Tx<'_>, now: Timestamp, jurisdiction: &JurisdictionId) -> Result<(), db::Error> {
    const OLD: &str = "
        select id from bulk_change where jurisdiction_id = $1 and made_at < $2
        order by made_at, id limit $3";
    const ITEMS: &str = "delete from bulk_item where jurisdiction_id = $1 and bulk_id = $2";
    const CHANGE: &str = "delete from bulk_change where jurisdiction_id = $1 and id = $2";
    let old: Vec<BulkId> = tx.query(OLD, params![jurisdiction, now - KEPT, SWEEP_MAX], |row| row.get(0))?;
    for id in old {
        tx.exec(ITEMS, params![jurisdiction, id])?;
        tx.exec(CHANGE, params![jurisdiction, id])?;
    }
    Ok(())
}

/// Notes what came of it for one request.
pub(super) fn note(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    bulk: BulkId,
    item: &Item,
) -> Result<(), db::Error> {
    const NOTE: &str = "
        insert into bulk_item (jurisdiction_id, bulk_id, position, number, version, refusal)
        values ($1, $2, $3, $4, $5, $6)";
    let Item { position, number, version, refusal, .. } = item;
    tx.exec_one(NOTE, params![jurisdiction, bulk, *position, number, *version, refusal])
}

/// The change with everything that came of it, if this person made it.
pub(super) fn find(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    id: BulkId,
) -> Result<Option<Bulk>, db::Error> {
    const FIND: &str = "
        select action, made_at, undone_at from bulk_change
        where jurisdiction_id = $1 and id = $2 and person_id = $3";
    const ITEMS: &str = "
        select position, number, version, refusal, undoing from bulk_item
        where jurisdiction_id = $1 and bulk_id = $2 order by position limit $3";
    let found = tx.query_opt(FIND, params![jurisdiction, id, person], |row| {
        Ok((row.get::<String>(0)?, row.get(1)?, row.get(2)?))
    })?;
    let Some((word, made_at, undone_at)) = found else { return Ok(None) };
    let Some(action) = ACTIONS.into_iter().find(|action| action.as_str() == word) else { return Ok(None) };
    let most = super::PICKED_MAX as i64;
    let items = tx.query(ITEMS, params![jurisdiction, id, most], |row| {
        Ok(Item {
            position: row.get(0)?,
            number: row.get(1)?,
            version: row.get(2)?,
            refusal: row.get(3)?,
            undoing: row.get(4)?,
        })
    })?;
    Ok(Some(Bulk { id, action, made_at, undone_at, items }))
}

/// Says that it is being taken back; false when somebody pressed twice.
pub(super) fn begin_undo(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    id: BulkId,
) -> Result<bool, db::Error> {
    const BEGIN: &str = "
        update bulk_change set undone_at = $3 where jurisdiction_id = $1 and id = $2 and undone_at is null";
    Ok(tx.exec(BEGIN, params![jurisdiction, id, now])? == 1)
}

/// Notes what came of taking it back for one request.
pub(super) fn note_undoing(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    bulk: BulkId,
    position: i64,
    undoing: &str,
) -> Result<(), db::Error> {
    const NOTE: &str = "
        update bulk_item set undoing = $4 where jurisdiction_id = $1 and bulk_id = $2 and position = $3";
    tx.exec_one(NOTE, params![jurisdiction, bulk, position, undoing])
}
