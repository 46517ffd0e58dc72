//! Reading the chain, newest first.

use jiff::Timestamp;

use crate::jurisdiction::JurisdictionId;

/// Most entries that one page of the list holds.
const PAGE_MAX: i64 = 500;

/// One entry as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Where it stands; also says where the next page begins.
    pub place: Place,
    /// By whom, as [`crate::Actor::label`] writes it.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub object: String,
    /// The change in short.
    pub detail: String,
}

/// Where an entry stands among all of a jurisdiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// When it was made.
    pub at: Timestamp,
    /// In which lane.
    pub lane: i64,
    /// Its number there, from 1.
    pub seq: i64,
}

/// Which entries to read. The span of time is required, because it is what keeps the search short.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Not before this.
    pub from: Timestamp,
    /// Before this.
    pub until: Timestamp,
    /// Only by this actor.
    pub actor: Option<String>,
    /// Only this action.
    pub action: Option<String>,
    /// Only about this object.
    pub object: Option<String>,
}

/// One page of entries, newest first, beginning after the place `after`.
///
/// # Errors
/// What the store refuses.
pub fn list(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    filter: &Filter,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<AuditEntry>, db::Error> {
    let mut query = db::Query::new(
        "select at, lane, seq, actor, action, object, detail from audit_entry where jurisdiction_id = ",
    )
    .bind(jurisdiction)
    .text(" and at >= ")
    .bind(filter.from)
    .text(" and at < ")
    .bind(filter.until);
    let exact = [
        (" and actor = ", &filter.actor),
        (" and action = ", &filter.action),
        (" and object = ", &filter.object),
    ];
    for (condition, value) in exact {
        if let Some(value) = value {
            query = query.text(condition).bind(value);
        }
    }
    if let Some(Place { at, lane, seq }) = after {
        query = query
            .text(" and (at, lane, seq) < (")
            .bind(at)
            .text(", ")
            .bind(lane)
            .text(", ")
            .bind(seq)
            .text(")");
    }
    query = query.text(" order by at desc, lane desc, seq desc limit ").bind(limit.clamp(1, PAGE_MAX));
    tx.select(&query, entry)
}

fn entry(row: &db::Row<'_>) -> Result<AuditEntry, db::Error> {
    Ok(AuditEntry {
        place: Place { at: row.get(0)?, lane: row.get(1)?, seq: row.get(2)? },
        actor: row.get(3)?,
        action: row.get(4)?,
        object: row.get(5)?,
        detail: row.get(6)?,
    })
}
