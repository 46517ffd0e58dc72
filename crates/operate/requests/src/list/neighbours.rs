//! What stands before and behind one request in a list, for whoever works through it one by one.

use access::{Actor, JurisdictionId, Permission};
use db::Tx;

use super::question::Question;
use super::{Cursor, Filter, Order, Reader};
use crate::change::require;
use crate::error::RequestError;
use crate::stored::read;
use crate::views::StaffView;

/// The numbers beside a request in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one before it; `None` at the top.
    pub before: Option<String>,
    /// The one behind it; `None` at the end.
    pub after: Option<String>,
}

/// The requests beside `request` in the list of [`crate::list()`]. It need not be in the list itself any more: what was
/// closed a moment ago still has its place there.
///
/// # Errors
/// Permission, or the store's.
pub fn neighbours(
    tx: &mut Tx<'_>,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    filter: &Filter,
    order: Order,
    request: &StaffView,
) -> Result<Neighbours, RequestError> {
    require(by, jurisdiction, Permission::ViewWork)?;
    let reader = Reader::Staff { confidential: by.may(Permission::ViewConfidential) };
    let after = Some(Cursor::at(request, order));
    let mut first = |backwards| {
        let question = Question { jurisdiction, reader, filter, order, after, backwards };
        let found = tx.select(&question.query(0, 1), read)?;
        Ok::<_, RequestError>(found.into_iter().next().map(|stored| stored.number))
    };
    Ok(Neighbours { before: first(true)?, after: first(false)? })
}
