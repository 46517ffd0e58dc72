//! Walking a chain from its first entry to its last, and naming the first that does not fit.

use std::fmt;

use super::chain::{FIRST, Hash, Link, hash_in};
use super::{Head, heads};
use crate::jurisdiction::JurisdictionId;

/// Entries held in memory at a time, however long the chain is.
const STRIDE: i64 = 2_000;

/// A chain that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Entries in all lanes.
    pub entries: i64,
    /// Where each lane ends: worth keeping elsewhere.
    pub heads: Vec<Head>,
}

/// Why a chain could not be found whole.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Somebody changed it.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The store failed.
    #[error("the audit chain could not be read")]
    Store(#[from] db::Error),
}

/// The first entry of a chain that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the audit chain of {jurisdiction} is broken at entry {seq} of lane {lane}: {damage}")]
pub struct Broken {
    /// Whose chain.
    pub jurisdiction: JurisdictionId,
    /// In which lane.
    pub lane: i64,
    /// The number of the first entry that does not fit.
    pub seq: i64,
    /// In what way.
    pub damage: Damage,
}

/// In what way an entry does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Its content does not give its hash after the entry before it: edited, moved or put in.
    DoesNotFit,
    /// There should be an entry with this number: deleted.
    Missing,
    /// The lane ends before this entry, which was once counted: the tail was cut off.
    CutOff,
    /// The lane was counted to end before this entry: put in.
    Uncounted,
    /// The entry is not the one that was noted elsewhere: the chain was recomputed.
    NotAsNoted,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Damage::DoesNotFit => "it was edited, moved or put in",
            Damage::Missing => "it was deleted",
            Damage::CutOff => "it and all after it were cut off",
            Damage::Uncounted => "it was put in without being counted",
            Damage::NotAsNoted => "it is not the entry that was noted elsewhere",
        })
    }
}

/// Every jurisdiction that has audit entries, also ones that the catalog no longer knows.
///
/// # Errors
/// What the store refuses.
pub fn jurisdictions(tx: &mut db::Tx<'_>) -> Result<Vec<JurisdictionId>, db::Error> {
    const NEXT: &str = "
        select min(id) from (
            select min(jurisdiction_id) as id from audit_head where jurisdiction_id > $1
            union all select min(jurisdiction_id) from audit_entry where jurisdiction_id > $1) as first";
    let mut found: Vec<JurisdictionId> = Vec::new();
    loop {
        // Stepping from one to the next reads the index at a few places only.
        let last = found.last().map_or("", JurisdictionId::as_str);
        match tx.query_one(NEXT, db::params![last], |row| row.get(0))? {
            Some(next) => found.push(next),
            None => return Ok(found),
        }
    }
}

/// Walks the whole chain of a jurisdiction. Give it one `db.read`, so that it sees one moment.
///
/// # Errors
/// [`VerifyError::Broken`] names the first entry of the lowest damaged lane that does not fit.
pub fn verify(tx: &mut db::Tx<'_>, jurisdiction: &JurisdictionId) -> Result<Verified, VerifyError> {
    verify_against(tx, jurisdiction, &[])
}

/// Walks the whole chain and also compares it with heads that were noted elsewhere, at any earlier time.
///
/// # Errors
/// As [`verify`]; a chain that was recomputed is [`Damage::NotAsNoted`].
pub fn verify_against(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    noted: &[Head],
) -> Result<Verified, VerifyError> {
    let heads = heads(tx, jurisdiction)?;
    let mut entries = 0;
    for lane in lanes(tx, jurisdiction, &heads, noted)? {
        let walk = Walk { jurisdiction, lane, noted };
        entries += walk.lane(tx, heads.iter().find(|head| head.lane == lane))?;
    }
    Ok(Verified { entries, heads })
}

/// Every lane that has a head, an entry or a note, in order.
fn lanes(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    heads: &[Head],
    noted: &[Head],
) -> Result<Vec<i64>, db::Error> {
    const NEXT: &str = "select min(lane) from audit_entry where jurisdiction_id = $1 and lane > $2";
    let mut lanes: Vec<i64> = heads.iter().chain(noted).map(|head| head.lane).collect();
    let mut last = i64::MIN;
    while let Some(next) = tx.query_one(NEXT, db::params![jurisdiction, last], |row| row.get(0))? {
        lanes.push(next);
        last = next;
    }
    lanes.sort_unstable();
    lanes.dedup();
    Ok(lanes)
}

/// Going through one lane.
struct Walk<'a> {
    jurisdiction: &'a JurisdictionId,
    lane: i64,
    noted: &'a [Head],
}

/// How far a walk has come: the last entry that fits.
#[derive(Clone, Copy)]
struct Reached {
    seq: i64,
    hash: Hash,
}

impl Walk<'_> {
    /// Walks the lane to its end; answers how many entries it has.
    fn lane(&self, tx: &mut db::Tx<'_>, head: Option<&Head>) -> Result<i64, VerifyError> {
        let counted = head.map_or(0, |head| head.entries);
        let mut reached = Reached { seq: 0, hash: FIRST };
        // Numbers begin at 1; one below was put in.
        let mut after = i64::MIN;
        loop {
            let (rows, broken, last) = self.stride(tx, after, counted, &mut reached)?;
            if let Some(broken) = broken {
                return Err(broken.into());
            }
            if rows < STRIDE {
                break;
            }
            after = last;
        }
        self.end(reached, head)?;
        Ok(reached.seq)
    }

    /// Checks the next entries; answers how many rows there were, the first that does not fit, and the
    /// number of the last row.
    fn stride(
        &self,
        tx: &mut db::Tx<'_>,
        after: i64,
        counted: i64,
        reached: &mut Reached,
    ) -> Result<(i64, Option<Broken>, i64), db::Error> {
        const ENTRIES: &str = "
            select seq, at, actor, action, object, detail, hash from audit_entry
            where jurisdiction_id = $1 and lane = $2 and seq > $3 order by seq limit $4";
        let mut broken = None;
        let mut last = after;
        let rows = tx.query(ENTRIES, db::params![self.jurisdiction, self.lane, after, STRIDE], |row| {
            last = row.get(0)?;
            if broken.is_none() {
                broken = self.next(row, counted, reached)?;
            }
            Ok(())
        })?;
        Ok((rows.len() as i64, broken, last))
    }

    /// Checks one entry against the one before it.
    fn next(
        &self,
        row: &db::Row<'_>,
        counted: i64,
        reached: &mut Reached,
    ) -> Result<Option<Broken>, db::Error> {
        let seq: i64 = row.get(0)?;
        let at: jiff::Timestamp = row.get(1)?;
        let (actor, action, object, detail): (String, String, String, String) =
            (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
        let link = Link {
            jurisdiction: self.jurisdiction.as_str(),
            lane: self.lane,
            seq,
            at_us: at.as_microsecond(),
            actor: &actor,
            action: &action,
            object: &object,
            detail: &detail,
        };
        let hash = link.hash(&reached.hash);
        let damage = match seq - reached.seq {
            _ if seq < 1 => Some((seq, Damage::Uncounted)),
            2.. => Some((reached.seq + 1, Damage::Missing)),
            _ if seq > counted => Some((seq, Damage::Uncounted)),
            // A stored hash of any other length is no hash of ours either.
            _ if hash_in(row, 6).ok() != Some(hash) => Some((seq, Damage::DoesNotFit)),
            _ => None,
        };
        *reached = Reached { seq, hash };
        let damage = damage.or_else(|| self.contradicts_notes(*reached).then_some((seq, Damage::NotAsNoted)));
        Ok(damage.map(|(seq, damage)| self.broken(seq, damage)))
    }

    fn contradicts_notes(&self, reached: Reached) -> bool {
        let here = |head: &&Head| head.lane == self.lane && head.entries == reached.seq;
        let hash = || data_encoding::HEXLOWER.encode(&reached.hash);
        self.noted.iter().filter(here).any(|head| head.hash != hash())
    }

    /// Compares where the lane ends with where it was counted and noted to end.
    fn end(&self, reached: Reached, head: Option<&Head>) -> Result<(), Broken> {
        let noted = self.noted.iter().filter(|head| head.lane == self.lane).map(|head| head.entries);
        let counted = noted.chain(head.map(|head| head.entries)).max().unwrap_or(0);
        if counted > reached.seq {
            return Err(self.broken(reached.seq + 1, Damage::CutOff));
        }
        let hash = data_encoding::HEXLOWER.encode(&reached.hash);
        match head {
            Some(head) if head.hash != hash => Err(self.broken(reached.seq, Damage::DoesNotFit)),
            _ => Ok(()),
        }
    }

    fn broken(&self, seq: i64, damage: Damage) -> Broken {
        Broken { jurisdiction: self.jurisdiction.clone(), lane: self.lane, seq, damage }
    }
}
