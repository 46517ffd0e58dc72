//! What residents should know about a service just now, from the catalog's notices.

use catalog::{Catalog, Service};
use jiff::Timestamp;

/// The notices about this service, one after the other; those that concern everything are left to the website.
pub(super) fn text(catalog: &Catalog, now: Timestamp, service: &Service, language: &str) -> Option<String> {
    let about_it = catalog.notices(now, Some(service)).into_iter().filter(|notice| notice.service.is_some());
    let texts: Vec<&str> = about_it.map(|notice| notice.text.in_language(language)).collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}
