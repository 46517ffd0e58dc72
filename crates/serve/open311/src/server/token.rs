//! `GET tokens/{token}`
//!
//! The token is the private tracking link of the request: it cannot be guessed, and it keeps working. Requests
//! for a `batch` service are looked at by a person before they get their public number, so until something has
//! happened to one the token answers without a number.

use catalog::{Catalog, ServiceKind};
use db::Tx;
use requests::TrackingToken;
use requests::timeline::{self, Happening, ReporterEntry};

use super::refusal::Refusal;
use crate::problem::Problem;
use crate::wire::{Document, TokenEntry};

pub(super) fn answer(tx: &mut Tx<'_>, catalog: &Catalog, token: &str) -> Result<Document, Refusal> {
    // The token is a secret, so an error does not repeat it.
    let unknown = || Problem::new(404, "token not found");
    let parsed: TrackingToken = token.parse().map_err(|_| unknown())?;
    let reporter = requests::reporter(tx, &catalog.jurisdiction.id, &parsed)?.ok_or_else(unknown)?;
    let view = requests::find_reported(tx, &reporter)?;
    let is_batch = catalog.service(view.service).is_some_and(|service| service.kind == ServiceKind::Batch);
    let is_pending = is_batch && nobody_looked(&timeline::reported(tx, &reporter)?);
    Ok(Document::Token(TokenEntry {
        service_request_id: (!is_pending).then_some(view.number),
        token: token.to_owned(),
    }))
}

/// Asks the history and not the status, so that an id that was once shown stays shown.
fn nobody_looked(history: &[ReporterEntry]) -> bool {
    history.iter().all(|entry| matches!(entry.what, Happening::Received))
}
