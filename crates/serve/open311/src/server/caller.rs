//! Who is calling: nobody in particular, or the holder of a key.

use access::{Actor, JurisdictionId, KeyHolder, Permission};

use crate::form::{Params, Place};
use crate::problem::Problem;

/// The actor of a call, from the holder of the key that [`Params::api_key`] shows, if that key is a good one.
///
/// A bad key makes the caller a member of the public, which breaks no GET; a POST is then refused. So does a key
/// that may do more than create and stands in the address, where browsers, proxies and logs see it (API-07).
pub fn caller(params: &Params, holder: Option<KeyHolder>) -> Actor {
    match (params.api_key(), holder) {
        (Some(key), Some(holder)) if key.place != Place::Query || holder.is_only_for_creating() => {
            Actor::Key(holder)
        }
        _ => Actor::Resident,
    }
}

/// Refuses a POST without a key that may do this here. Sessions of the website do not count: a form on another
/// site could use them.
pub(crate) fn require_key(
    params: &Params,
    actor: &Actor,
    jurisdiction: &JurisdictionId,
    permission: Permission,
) -> Result<(), Problem> {
    match (actor, params.api_key()) {
        (Actor::Key(_) | Actor::System(_), _) => actor
            .require(jurisdiction, permission)
            .map_err(|_| Problem::forbidden("this api_key may not do this here")),
        (Actor::Resident | Actor::Person(_), None) => Err(Problem::forbidden("api_key required")),
        (Actor::Resident | Actor::Person(_), Some(key)) if key.place == Place::Query => {
            Err(Problem::forbidden(
                "api_key is not valid, or may do more than create and so must come in the body or the X-Api-Key header",
            ))
        }
        (Actor::Resident | Actor::Person(_), Some(_)) => Err(Problem::forbidden("api_key is not valid")),
    }
}
