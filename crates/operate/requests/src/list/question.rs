//! The SQL behind a list: which index it is led to, and what is checked row by row.

use access::JurisdictionId;
use db::Query;
use jiff::{SignedDuration, Timestamp};

use super::cursor::Cursor;
use super::place::{EXACT, PUBLISHED};
use super::{Filter, Hands, Order, Range, Reader};
use crate::place::widened;
use crate::request::RequestId;
use crate::stored::columns;

/// Everything that decides which rows are read.
pub(super) struct Question<'a> {
    pub(super) jurisdiction: &'a JurisdictionId,
    pub(super) reader: Reader,
    pub(super) filter: &'a Filter,
    pub(super) order: Order,
    pub(super) after: Option<Cursor>,
    /// From the cursor towards the top.
    pub(super) backwards: bool,
}

/// An area of more cells than this is read in order of time instead: so much land fills a page quickly.
const CELLS_MAX: usize = 16;

/// Stored times are exact to the microsecond, ids to the millisecond.
const MILLISECOND_LESS_ONE: SignedDuration = SignedDuration::from_micros(999);

impl Question<'_> {
    pub(super) fn query(&self, skip: i64, limit: i64) -> Query {
        match self.cells() {
            Some(cells) => self.by_cell(&cells, skip, limit),
            None => {
                let query = Query::new(concat!("select ", columns!(), " from service_request r where "));
                self.ordered(self.conditions(query), limit).text(" offset ").bind(skip)
            }
        }
    }

    /// The cells of a small area; nothing where another index is narrower or gives the order.
    fn cells(&self) -> Option<Vec<i64>> {
        let filter = self.filter;
        let narrower = self.backwards
            || filter.services.len() == 1
            || !filter.numbers.is_empty()
            || !filter.ids.is_empty();
        let area = filter.area.filter(|_| !narrower && self.order == Order::Newest)?;
        geography::covering(&area.bounds().ok()?, CELLS_MAX)
    }

    /// Asks each cell for its newest, and takes the newest of those.
    fn by_cell(&self, cells: &[i64], skip: i64, limit: i64) -> Query {
        let mut query =
            Query::new(concat!("select ", columns!(), " from service_request r where r.jurisdiction_id = "))
                .bind(self.jurisdiction)
                .text(" and r.id in (select id from (");
        for (position, cell) in cells.iter().enumerate() {
            let piece = if position == 0 { "select id from (" } else { " union all select id from (" };
            query = query.text(piece).text("select r.id from service_request r where r.cell = ").bind(*cell);
            query = self.ordered(self.conditions(query.text(" and ")), skip + limit).text(") of_cell");
        }
        let newest = query.text(") of_all order by id desc limit ").bind(limit).text(" offset ").bind(skip);
        self.in_order(newest.text(")")).text(" limit ").bind(limit)
    }

    fn ordered(&self, query: Query, limit: i64) -> Query {
        self.in_order(query).text(" limit ").bind(limit)
    }

    fn in_order(&self, query: Query) -> Query {
        query.text(match (self.order, self.backwards) {
            (Order::Newest, false) => " order by r.id desc",
            (Order::Newest, true) => " order by r.id",
            (Order::Due, false) => " order by r.due_rank, r.id",
            (Order::Due, true) => " order by r.due_rank desc, r.id desc",
            (Order::Updated, false) => " order by r.updated_at desc, r.id desc",
            (Order::Updated, true) => " order by r.updated_at, r.id",
        })
    }

    fn conditions(&self, query: Query) -> Query {
        let query = query.text("r.jurisdiction_id = ").bind(self.jurisdiction);
        let query = self.behind_cursor(self.visible(query));
        let query = self.about(self.received_within(query));
        self.whereabouts(self.with_words(self.at_work(query)))
    }

    fn visible(&self, query: Query) -> Query {
        match self.reader {
            Reader::Public => query.text(" and r.public_level <> 'hidden'"),
            Reader::Partner | Reader::Staff { confidential: false } => query.text(" and not r.confidential"),
            Reader::Staff { confidential: true } => query,
        }
    }

    fn behind_cursor(&self, query: Query) -> Query {
        let Some(Cursor { rank, id }) = self.after else {
            return query;
        };
        let behind = match (self.order, self.backwards) {
            (Order::Newest, false) => return query.text(" and r.id < ").bind(id),
            (Order::Newest, true) => return query.text(" and r.id > ").bind(id),
            (Order::Due, false) => " and (r.due_rank, r.id) > (",
            (Order::Due, true) => " and (r.due_rank, r.id) < (",
            (Order::Updated, false) => " and (r.updated_at, r.id) < (",
            (Order::Updated, true) => " and (r.updated_at, r.id) > (",
        };
        let rank = rank.unwrap_or(Timestamp::UNIX_EPOCH);
        query.text(behind).bind(rank).text(", ").bind(id).text(")")
    }

    /// Ids ascend with time to the millisecond, so the indexes that end with them need not ask the rows for theirs.
    fn received_within(&self, mut query: Query) -> Query {
        let Range { from, until } = self.filter.requested;
        if let Some(from) = from {
            query = query.text(" and r.id >= ").bind(RequestId::lowest_at(from));
        }
        // An end within a millisecond takes it whole, so that what came in just now is in a list until now.
        match until.and_then(|until| until.checked_add(MILLISECOND_LESS_ONE).ok()) {
            Some(until) => query.text(" and r.id < ").bind(RequestId::lowest_at(until)),
            None => query,
        }
    }

    fn about(&self, mut query: Query) -> Query {
        let filter = self.filter;
        if !filter.numbers.is_empty() {
            query = query.text(" and r.number in ").bind_list(&filter.numbers);
        }
        if !filter.ids.is_empty() {
            query = query.text(" and r.id in ").bind_list(&filter.ids);
        }
        query = match filter.services.as_slice() {
            [] => query,
            [service] => query.text(" and r.service_id = ").bind(service),
            several => query.text(" and r.service_id in ").bind_list(several),
        };
        query = match filter.open {
            None => query,
            // The index of open requests does not have them by age; most of the newest are open anyway.
            Some(true) if self.is_ordered_by_time_alone() => query.text(" and r.status <> 'closed'"),
            Some(true) => query.text(" and r.is_open"),
            Some(false) => query.text(" and not r.is_open"),
        };
        if !filter.statuses.is_empty() {
            query = query.text(" and r.status in ").bind_list(&filter.statuses);
        }
        filter.updated.limit(query, " and r.updated_at >= ", " and r.updated_at < ")
    }

    /// Nothing but time decides which requests come first, so that a page is full after reading few of them.
    fn is_ordered_by_time_alone(&self) -> bool {
        let Filter { services, statuses, hands, overdue_at, area, .. } = self.filter;
        let narrowed =
            !services.is_empty() || !statuses.is_empty() || hands.is_some() || overdue_at.is_some();
        self.order == Order::Newest && area.is_none() && !narrowed
    }

    fn at_work(&self, mut query: Query) -> Query {
        let filter = self.filter;
        if self.order == Order::Due {
            query = query.text(" and r.is_open");
        }
        if let Some(now) = filter.overdue_at {
            query = query.text(" and r.is_open and r.due_rank < ").bind(now);
        }
        query = match filter.hands {
            None => query,
            Some(Hands::Team(team)) => query.text(" and r.team_id = ").bind(team),
            Some(Hands::Nobody) => query.text(" and r.team_id is null"),
        };
        match filter.department {
            None => query,
            Some(department) => query.text(" and r.department_id = ").bind(department),
        }
    }

    fn with_words(&self, query: Query) -> Query {
        let Some(words) = self.filter.text.as_deref().map(str::trim).filter(|words| !words.is_empty()) else {
            return query;
        };
        let pattern = like_pattern(words);
        let query = query.text(" and (lower(r.number) like ").bind(&pattern).text(" escape '\\' or ");
        let (first, second) = match self.reader {
            // The public finds only what it may read.
            Reader::Public => (
                "r.public_level = 'full' and (lower(r.address) like ",
                " escape '\\' or lower(coalesce(r.public_description, r.description)) like ",
            ),
            Reader::Partner => (
                "(lower(r.address) like ",
                " escape '\\' or lower(coalesce(r.public_description, r.description)) like ",
            ),
            Reader::Staff { .. } => ("(lower(r.address) like ", " escape '\\' or lower(r.description) like "),
        };
        query.text(first).bind(&pattern).text(second).bind(&pattern).text(" escape '\\'))")
    }

    fn whereabouts(&self, query: Query) -> Query {
        let Some(area) = self.filter.area else {
            return query;
        };
        // A radius that is no distance has no inside.
        let Ok(bounds) = area.bounds() else {
            return query.text(" and r.id is null");
        };
        match self.reader {
            Reader::Public => area.holds(query, &PUBLISHED, &bounds),
            Reader::Partner | Reader::Staff { .. } => {
                // The published place stands in the indexes and throws out most rows before they are read.
                area.holds(PUBLISHED.within(query, &widened(&bounds)), &EXACT, &bounds)
            }
        }
    }
}

impl Range {
    pub(crate) fn limit(&self, mut query: Query, from: &'static str, until: &'static str) -> Query {
        if let Some(instant) = self.from {
            query = query.text(from).bind(instant);
        }
        if let Some(instant) = self.until {
            query = query.text(until).bind(instant);
        }
        query
    }
}

/// The words anywhere in a text, whatever case they are written in.
fn like_pattern(words: &str) -> String {
    let mut pattern = String::from("%");
    for c in words.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
