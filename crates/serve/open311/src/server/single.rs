//! `GET requests/{service_request_id}`

use access::Actor;
use catalog::Catalog;
use db::Tx;
use jiff::Timestamp;
use requests::timeline;

use super::entry::Context;
use super::refusal::Refusal;
use super::{Call, Site, extensions, language, visibility};
use crate::problem::Problem;
use crate::wire::Document;

/// A request that is not public is not found, unless the key sees what is not published.
pub(super) fn answer(
    tx: &mut Tx<'_>,
    catalog: &Catalog,
    now: Timestamp,
    actor: &Actor,
    site: &Site,
    call: &Call,
    number: &str,
) -> Result<Document, Refusal> {
    let jurisdiction = &catalog.jurisdiction.id;
    let found = if visibility::sees_unpublished(actor, jurisdiction) {
        requests::find_for_partner(tx, actor, jurisdiction, number)?
    } else {
        requests::find_public(tx, jurisdiction, number)?
    };
    let view = found.ok_or_else(|| Problem::unknown("service_request_id", number))?;
    let extensions = extensions(call)?;
    let history = if extensions { timeline::public(tx, jurisdiction, number)? } else { None };
    let context = Context { catalog, site, now, language: language(call, catalog)?, extensions };
    Ok(Document::Requests(vec![context.entry(view, history)]))
}
