//! What a caller may know of: the public sees what is published, a key with the private scope sees the rest.

use access::{Actor, JurisdictionId, Permission};
use catalog::{Catalog, PublicLevel, Service};

use crate::problem::Problem;

/// Whether this caller sees what is not published.
pub(crate) fn sees_unpublished(actor: &Actor, jurisdiction: &JurisdictionId) -> bool {
    actor.require(jurisdiction, Permission::ViewUnpublished).is_ok()
}

/// Whether this caller may know that there is such a service.
pub(crate) fn sees_service(actor: &Actor, catalog: &Catalog, service: &Service) -> bool {
    let published = service.is_offered() && service.public != PublicLevel::Hidden;
    published || sees_unpublished(actor, &catalog.jurisdiction.id)
}

/// The service with this code, for a caller who may know of it.
///
/// # Errors
/// 404, the same for a service that does not exist and for one that is kept from the caller.
pub(crate) fn service<'c>(catalog: &'c Catalog, actor: &Actor, code: &str) -> Result<&'c Service, Problem> {
    let found = catalog.service_by_code(code).filter(|service| sees_service(actor, catalog, service));
    found.ok_or_else(|| Problem::unknown("service_code", code))
}
