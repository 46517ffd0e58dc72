//! Lists of requests: what to look for, in which order, page by page.
//!
//! A list must be as fast over a million requests as over a thousand, so each question is led to the index that
//! answers it in order: ids ascend with time, so the primary key gives the newest first and turns dates into ids;
//! one service has its own index; a small area is asked cell by cell; work lists have an index over open requests.
//! What the indexes cannot decide is checked row by row until the page is full.

mod cursor;
mod neighbours;
mod place;
mod question;

use access::{Actor, JurisdictionId, Permission};
use catalog::{DepartmentId, PublicLevel, ServiceId, TeamId};
use db::Tx;
use geography::{BoundingBox, Point};
use jiff::Timestamp;

use crate::change::require;
use crate::error::RequestError;
use crate::files;
use crate::life_cycle::Status;
use crate::request::RequestId;
use crate::stored::{Stored, read};
use crate::views::{PublicView, StaffView};

pub use cursor::{Cursor, NotACursor};
pub use neighbours::{Neighbours, neighbours};
use question::Question;

/// What to look for. The default looks for everything.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Any of these numbers; those that do not exist are passed over.
    pub numbers: Vec<String>,
    /// Any of these, where the caller knows them already; those that do not exist are passed over.
    pub ids: Vec<RequestId>,
    /// Any of these services.
    pub services: Vec<ServiceId>,
    /// Open or closed only.
    pub open: Option<bool>,
    /// Any of these statuses.
    pub statuses: Vec<Status>,
    /// When they came in, to the millisecond.
    pub requested: Range,
    /// When something last happened to them.
    pub updated: Range,
    /// In whose hands they are.
    pub hands: Option<Hands>,
    /// Who answers for them.
    pub department: Option<DepartmentId>,
    /// Open and late by the target's clock at this time.
    pub overdue_at: Option<Timestamp>,
    /// Where they are.
    pub area: Option<Area>,
    /// These words, in the number, the address or the description. Reads every request that the other conditions
    /// leave, so give dates with it.
    pub text: Option<String>,
}

/// A stretch of time; without an end on either side it goes on there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Range {
    /// From this instant on.
    pub from: Option<Timestamp>,
    /// Up to just before this instant.
    pub until: Option<Timestamp>,
}

/// In whose hands a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    /// This team's.
    Team(TeamId),
    /// Nobody's: they wait for triage.
    Nobody,
}

/// A piece of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Area {
    /// An upright rectangle.
    Box(BoundingBox),
    /// A circle.
    Near {
        /// Its middle.
        center: Point,
        /// Its radius in metres.
        radius_m: f64,
    },
}

/// What comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The last one received.
    #[default]
    Newest,
    /// The open one that is due first; those without a due time come last.
    Due,
    /// The one to which something happened last.
    Updated,
}

/// Which part of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Goes on behind the last one of the page before.
    pub after: Option<Cursor>,
    /// Passes over this many, for clients that ask for pages by number; at most [`ROWS_BY_NUMBER_MAX`].
    pub skip: i64,
    /// At most this many; at least 1, at most [`PAGE_MAX`].
    pub limit: i64,
}

/// Most requests on one page.
pub const PAGE_MAX: i64 = 1_000;
/// As far as one gets by page numbers: each page by number costs all the pages before it.
pub const ROWS_BY_NUMBER_MAX: i64 = 50_000;

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<T> {
    /// The requests.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<Cursor>,
}

/// Who reads a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Public,
    /// Reads what its service hides, but nothing confidential.
    Partner,
    Staff {
        confidential: bool,
    },
}

/// Public requests, the newest first; the last changed first when changes are asked for.
///
/// # Errors
/// [`RequestError::PageTooDeep`], or the store's.
pub fn list_public(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    filter: &Filter,
    page: &Page,
) -> Result<Listed<PublicView>, RequestError> {
    let rows = rows(tx, jurisdiction, Reader::Public, filter, filter.natural_order(), page)?;
    let mut photos = files::photos_of(tx, jurisdiction, &rows.items)?;
    Ok(rows.filter_map(|stored| PublicView::of(&stored, photos.remove(&stored.id).unwrap_or_default())))
}

/// What a partner's system may see: also what services hide from the public, but nothing confidential, and never
/// who reported.
///
/// # Errors
/// Permission, [`RequestError::PageTooDeep`], or the store's.
pub fn list_for_partner(
    tx: &mut Tx<'_>,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    filter: &Filter,
    page: &Page,
) -> Result<Listed<PublicView>, RequestError> {
    require(by, jurisdiction, Permission::ViewUnpublished)?;
    let rows = rows(tx, jurisdiction, Reader::Partner, filter, filter.natural_order(), page)?;
    let mut photos = files::photos_of(tx, jurisdiction, &rows.items)?;
    Ok(rows.filter_map(|stored| {
        let photos = photos.remove(&stored.id).unwrap_or_default();
        Some(PublicView::at(&stored, PublicLevel::Full, photos))
    }))
}

/// Requests as staff see them.
///
/// # Errors
/// Permission, [`RequestError::PageTooDeep`], or the store's.
pub fn list(
    tx: &mut Tx<'_>,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    filter: &Filter,
    order: Order,
    page: &Page,
) -> Result<Listed<StaffView>, RequestError> {
    require(by, jurisdiction, Permission::ViewWork)?;
    let reader = Reader::Staff { confidential: by.may(Permission::ViewConfidential) };
    let rows = rows(tx, jurisdiction, reader, filter, order, page)?;
    let mut photos = files::photos_of(tx, jurisdiction, &rows.items)?;
    Ok(rows.filter_map(|stored| {
        let photos = photos.remove(&stored.id).unwrap_or_default();
        Some(StaffView::of(stored, photos))
    }))
}

fn rows(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    reader: Reader,
    filter: &Filter,
    order: Order,
    page: &Page,
) -> Result<Listed<Stored>, RequestError> {
    if page.skip > ROWS_BY_NUMBER_MAX {
        return Err(RequestError::PageTooDeep { rows_max: ROWS_BY_NUMBER_MAX });
    }
    let limit = page.limit.clamp(1, PAGE_MAX);
    let question = Question { jurisdiction, reader, filter, order, after: page.after, backwards: false };
    // One more than asked for shows whether there is a next page.
    let query = question.query(page.skip.max(0), limit + 1);
    let mut items = tx.select(&query, read)?;
    let more = i64::try_from(items.len()).is_ok_and(|found| found > limit);
    items.truncate(usize::try_from(limit).expect("clamped to a small positive number"));
    let next = items.last().filter(|_| more).map(|last| Cursor::behind(last, order));
    Ok(Listed { items, next })
}

impl<T> Listed<T> {
    fn filter_map<U>(self, show: impl FnMut(T) -> Option<U>) -> Listed<U> {
        Listed { items: self.items.into_iter().filter_map(show).collect(), next: self.next }
    }
}

impl Filter {
    /// Who asks for changes since some time wants them in that order, and the index has them so.
    fn natural_order(&self) -> Order {
        if self.updated == Range::default() { Order::Newest } else { Order::Updated }
    }
}

impl Page {
    /// The first page of this size.
    pub fn first(limit: i64) -> Self {
        Self { after: None, skip: 0, limit }
    }

    /// The page behind another.
    pub fn behind(cursor: Cursor, limit: i64) -> Self {
        Self { after: Some(cursor), skip: 0, limit }
    }

    /// A page by its number, from 1.
    pub fn number(number: i64, limit: i64) -> Self {
        Self { after: None, skip: number.saturating_sub(1).max(0).saturating_mul(limit), limit }
    }
}
