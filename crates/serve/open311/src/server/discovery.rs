//! `GET discovery`

use catalog::Catalog;

use super::{Call, Site, language};
use crate::problem::Problem;
use crate::wire::{Discovery, Document, Endpoint};

pub(super) fn answer(catalog: &Catalog, site: &Site, call: &Call) -> Result<Document, Problem> {
    let jurisdiction = &catalog.jurisdiction;
    let language = language(call, catalog)?;
    let contact = jurisdiction.contact.in_language(language);
    Ok(Document::Discovery(Discovery {
        changeset: jurisdiction.changed_at,
        // The field is required, and a name is more help than nothing.
        contact: if contact.is_empty() { jurisdiction.name.in_language(language) } else { contact }
            .to_owned(),
        key_service: site.key_service.clone(),
        endpoints: vec![Endpoint {
            url: site.base_url.clone(),
            changeset: jurisdiction.changed_at,
            kind: site.kind.as_str(),
        }],
    }))
}
