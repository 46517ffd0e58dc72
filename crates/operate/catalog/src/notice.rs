//! What residents are told before they report: a storm, a holiday pick-up, a known outage.

use access::{Actor, JurisdictionId, Permission};
use db::{Row, Tx, params};
use jiff::Timestamp;

use crate::change::{Change, Edit};
use crate::error::CatalogError;
use crate::flaw::{Flaw, Wrong};
use crate::json::{from_json, to_json};
use crate::limits::{ROWS_ASKED, whole};
use crate::service::ServiceId;
use crate::services;
use crate::text::Text;
use crate::words::{check_code, check_prose};

/// A notice shown from an instant until another, beside one service or all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Names the notice in its jurisdiction.
    pub code: String,
    /// The service beside which it is shown; beside all of them when `None`.
    pub service: Option<ServiceId>,
    /// What it says.
    pub text: Text,
    /// Its first instant.
    pub from: Timestamp,
    /// Its end; shown until somebody removes it when `None`.
    pub until: Option<Timestamp>,
}

/// A notice as an editor or a file proposes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeDraft {
    /// See [`Notice::code`].
    pub code: String,
    /// Code of the service.
    pub service: Option<String>,
    /// See [`Notice::text`].
    pub text: Text,
    /// See [`Notice::from`].
    pub from: Timestamp,
    /// See [`Notice::until`].
    pub until: Option<Timestamp>,
}

const ALL: &str = "
    select code, service_id, words, shown_from, shown_until
    from notice
    where jurisdiction_id = $1
    order by code limit $2";

const BY_CODE: &str = "
    select code, service_id, words, shown_from, shown_until
    from notice
    where jurisdiction_id = $1 and code = $2";

const PUT: &str = "
    insert into notice (jurisdiction_id, code, service_id, words, shown_from, shown_until)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (jurisdiction_id, code) do update set service_id = excluded.service_id, words = excluded.words,
        shown_from = excluded.shown_from, shown_until = excluded.shown_until";

const REMOVE: &str = "delete from notice where jurisdiction_id = $1 and code = $2";

/// Adds the notice, or changes the one with this code.
///
/// # Errors
/// [`CatalogError::Flaw`] names the field that cannot be taken; otherwise permission or store.
pub fn save(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    draft: &NoticeDraft,
) -> Result<Change, CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ManageCatalog)?;
    save_in(tx, &edit, draft)
}

pub(crate) fn save_in(tx: &mut Tx<'_>, edit: &Edit<'_>, draft: &NoticeDraft) -> Result<Change, CatalogError> {
    draft.check()?;
    let notice = resolve(tx, edit.jurisdiction, draft)?;
    let old = tx.query_opt(BY_CODE, params![edit.jurisdiction, &draft.code], read)?;
    let words = to_json(&notice.text);
    let row = params![edit.jurisdiction, &notice.code, notice.service, words, notice.from, notice.until];
    let record = ("notice.saved", format!("notice:{}", notice.code));
    edit.put(tx, record, old.as_ref(), &notice, |tx| tx.exec_one(PUT, row))
}

/// Takes a notice away.
///
/// # Errors
/// [`CatalogError::Unknown`] when there is none with this code; otherwise permission or store.
pub fn remove(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    code: &str,
) -> Result<(), CatalogError> {
    let edit = Edit::begin(tx, now, by, jurisdiction, Permission::ManageCatalog)?;
    if tx.exec(REMOVE, params![jurisdiction, code])? == 0 {
        return Err(CatalogError::Unknown { kind: "notice", code: code.to_owned() });
    }
    edit.record(tx, "notice.removed", format!("notice:{code}"), "{}".to_owned())
}

pub(crate) fn all(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<Vec<Notice>, CatalogError> {
    whole("notices", tx.query(ALL, params![jurisdiction, ROWS_ASKED], read)?)
}

impl Notice {
    /// True while it is to be shown.
    pub fn is_shown_at(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

impl NoticeDraft {
    /// Checks everything that can be checked without the rest of the catalog.
    ///
    /// # Errors
    /// The first flaw, with its field.
    pub fn check(&self) -> Result<(), Flaw> {
        check_code(&self.code).map_err(|wrong| wrong.at("code"))?;
        check_prose(&self.text, "text")?;
        match self.until {
            Some(until) if until <= self.from => Err(Wrong::EndsBeforeItBegins.at("until")),
            _ => Ok(()),
        }
    }
}

fn resolve(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    draft: &NoticeDraft,
) -> Result<Notice, CatalogError> {
    let service = match &draft.service {
        None => None,
        Some(code) => {
            let unknown = || Wrong::Unknown { kind: "service", code: code.clone() }.at("service");
            Some(services::id_by_code(tx, jurisdiction, code)?.ok_or_else(unknown)?)
        }
    };
    let NoticeDraft { code, text, from, until, .. } = draft.clone();
    Ok(Notice { code, service, text, from, until })
}

fn read(row: &Row<'_>) -> Result<Notice, db::Error> {
    Ok(Notice {
        code: row.get(0)?,
        service: row.get(1)?,
        text: from_json(row, 2)?,
        from: row.get(3)?,
        until: row.get(4)?,
    })
}
