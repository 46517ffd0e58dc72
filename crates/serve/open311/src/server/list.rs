//! `GET requests`: the list, with GeoReport's own filters and those that other servers share.

mod filters;
mod paging;
pub(super) mod window;

use access::{Actor, JurisdictionId};
use catalog::Catalog;
use db::Tx;
use jiff::Timestamp;
use requests::{Filter, PublicView, ROWS_BY_NUMBER_MAX};

use self::paging::Page;
use super::entry::Context;
use super::refusal::Refusal;
use super::{Answer, Call, Site, extensions, language, visibility};
use crate::wire::Document;

/// So many ids are looked up with one query.
const IDS_AT_ONCE: usize = 500;

/// Newest first. Ids that are asked for by name override every other filter and the paging.
pub(super) fn answer(
    tx: &mut Tx<'_>,
    catalog: &Catalog,
    now: Timestamp,
    actor: &Actor,
    site: &Site,
    call: &Call,
) -> Result<Answer, Refusal> {
    let context =
        Context { catalog, site, now, language: language(call, catalog)?, extensions: extensions(call)? };
    let reader = Reader { actor, jurisdiction: &catalog.jurisdiction.id };
    let ids = filters::ids(&call.params);
    let (views, headers) = if ids.is_empty() {
        let page = Page::read(&call.params)?;
        let (views, more) = match filters::read(&call.params, catalog, now)? {
            Some(filter) => reader.page(tx, &filter, page)?,
            None => (Vec::new(), false),
        };
        (views, page.headers(site, call, more))
    } else {
        (reader.by_ids(tx, &ids)?, Vec::new())
    };
    let entries = views.into_iter().map(|view| context.entry(view, None)).collect();
    Ok(Answer { headers, ..Answer::new(200, call.format, &Document::Requests(entries)) })
}

/// Who reads, and so how much is shown.
struct Reader<'a> {
    actor: &'a Actor,
    jurisdiction: &'a JurisdictionId,
}

impl Reader<'_> {
    /// One page and whether more follow. Past the end, and past what can be reached by page number, it is empty.
    fn page(&self, tx: &mut Tx<'_>, filter: &Filter, page: Page) -> Result<(Vec<PublicView>, bool), Refusal> {
        if page.offset() > ROWS_BY_NUMBER_MAX {
            return Ok((Vec::new(), false));
        }
        let wanted = requests::Page { after: None, skip: page.offset(), limit: i64::from(page.size) };
        let listed = if visibility::sees_unpublished(self.actor, self.jurisdiction) {
            requests::list_for_partner(tx, self.actor, self.jurisdiction, filter, &wanted)?
        } else {
            requests::list_public(tx, self.jurisdiction, filter, &wanted)?
        };
        Ok((listed.items, listed.next.is_some()))
    }

    fn by_ids(&self, tx: &mut Tx<'_>, ids: &[String]) -> Result<Vec<PublicView>, Refusal> {
        let mut views = Vec::new();
        for some in ids.chunks(IDS_AT_ONCE) {
            let filter = Filter { numbers: some.to_vec(), ..Filter::default() };
            let all = Page { number: 1, size: some.len().try_into().unwrap_or(u32::MAX) };
            views.extend(self.page(tx, &filter, all)?.0);
        }
        views.sort_by(|a, b| (b.requested_at, &b.number).cmp(&(a.requested_at, &a.number)));
        Ok(views)
    }
}
