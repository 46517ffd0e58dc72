//! Saved views as they are kept: each belongs to a person, and may be shared with everybody at the desk.

use access::{JurisdictionId, PersonId};
use db::{Tx, params};
use jiff::Timestamp;

db::uuid_type!(
    /// Names one saved view.
    pub(crate) struct ViewId
);

/// Views that one person may keep.
pub(super) const VIEWS_MAX: usize = 50;
/// Views that are shown to one person, their own and others'.
const SHOWN_MAX: i64 = 200;

/// A choice of the work list under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SavedView {
    pub(crate) id: ViewId,
    pub(crate) name: String,
    /// What its address chooses.
    pub(crate) query: String,
    pub(crate) is_shared: bool,
    pub(crate) is_mine: bool,
    /// Whether this person's desk opens with it.
    pub(crate) is_default: bool,
}

/// The views of a person and those that others share, by name.
pub(crate) fn of(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<Vec<SavedView>, db::Error> {
    const OF: &str = "
        select v.id, v.name, v.query, v.is_shared, v.person_id, d.view_id is not null
        from desk_view as v
        left join desk_default_view as d
            on d.jurisdiction_id = v.jurisdiction_id and d.person_id = $2 and d.view_id = v.id
        where v.jurisdiction_id = $1 and (v.person_id = $2 or v.is_shared)
        order by v.name, v.id limit $3";
    tx.query(OF, params![jurisdiction, person, SHOWN_MAX], |row| {
        Ok(SavedView {
            id: row.get(0)?,
            name: row.get(1)?,
            query: row.get(2)?,
            is_shared: row.get(3)?,
            is_mine: row.get::<PersonId>(4)? == person,
            is_default: row.get(5)?,
        })
    })
}

/// Keeps a new view; `None` when the person has as many as anybody may.
pub(super) fn add(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    view: &(String, String, bool),
) -> Result<Option<ViewId>, db::Error> {
    const ADD: &str = "
        insert into desk_view (jurisdiction_id, id, person_id, name, query, is_shared)
        values ($1, $2, $3, $4, $5, $6)";
    let kept = of(tx, jurisdiction, person)?.iter().filter(|view| view.is_mine).count();
    if kept >= VIEWS_MAX {
        return Ok(None);
    }
    let id = ViewId::from(tx.new_id(now));
    let (name, query, is_shared) = view;
    tx.exec_one(ADD, params![jurisdiction, id, person, name, query, *is_shared])?;
    Ok(Some(id))
}

/// Lets the desk of a person open with a view, or with everything open.
pub(super) fn set_default(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    view: Option<ViewId>,
) -> Result<(), db::Error> {
    const FORGET: &str = "delete from desk_default_view where jurisdiction_id = $1 and person_id = $2";
    const SET: &str =
        "insert into desk_default_view (jurisdiction_id, person_id, view_id) values ($1, $2, $3)";
    tx.exec(FORGET, params![jurisdiction, person])?;
    match view {
        Some(view) => tx.exec_one(SET, params![jurisdiction, person, view]),
        None => Ok(()),
    }
}

/// Shares one's own view with colleagues, or no longer; false when there is no such view of this person.
pub(super) fn set_shared(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    view: ViewId,
    is_shared: bool,
) -> Result<bool, db::Error> {
    const SHARE: &str = "
        update desk_view set is_shared = $4 where jurisdiction_id = $1 and id = $2 and person_id = $3";
    // Whoever opened their desk with it goes back to everything open.
    const FORGET: &str = "
        delete from desk_default_view where jurisdiction_id = $1 and view_id = $2 and person_id <> $3";
    let found = tx.exec(SHARE, params![jurisdiction, view, person, is_shared])? == 1;
    if found && !is_shared {
        tx.exec(FORGET, params![jurisdiction, view, person])?;
    }
    Ok(found)
}

/// Removes one's own view; false when there is no such view of this person.
pub(super) fn remove(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    view: ViewId,
) -> Result<bool, db::Error> {
    const OWN: &str =
        "select count(*) from desk_view where jurisdiction_id = $1 and id = $2 and person_id = $3";
    // First whoever opens their desk with it goes back to everything open: the default refers to the view.
    const FORGET: &str = "delete from desk_default_view where jurisdiction_id = $1 and view_id = $2";
    const REMOVE: &str = "delete from desk_view where jurisdiction_id = $1 and id = $2 and person_id = $3";
    let own: i64 = tx.query_one(OWN, params![jurisdiction, view, person], |row| row.get(0))?;
    if own == 0 {
        return Ok(false);
    }
    tx.exec(FORGET, params![jurisdiction, view])?;
    tx.exec_one(REMOVE, params![jurisdiction, view, person])?;
    Ok(true)
}
