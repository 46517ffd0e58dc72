//! Nobody here can act on it: whom to ask instead. The draft stays as it is, for who comes back.

use axum::extract::Path;
use axum::response::Response;
use catalog::Stopper;

use super::{Report, Step};
use crate::form::query_string;
use crate::page::go_to;
use crate::portal::stopper;
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

/// The page that says so, about a service or about what was answered.
pub(crate) fn path(report: &Report, service: Option<&str>) -> String {
    let query = query_string([("service", service.unwrap_or_default())]);
    format!("/report/{}/stopped{query}", report.key.as_str())
}

/// `GET /report/{draft}/stopped`
pub(crate) async fn show(visit: Visit, Path(key): Path<String>, query: Query) -> Result<Response, Refusal> {
    let report = Report::open(visit, &key).await?;
    let asked = query.get("service").and_then(|code| report.visit.catalog.service_by_code(code));
    let found = match asked {
        Some(service) => service.stopper.clone().map(|stopper| (stopper, Step::Service)),
        None => of_answers(&report).map(|stopper| (stopper, Step::Details)),
    };
    match found {
        Some((stopper, step)) => stopper::show(&report.visit, &stopper, &report.path(step)),
        None => Ok(go_to(&report.visit, &report.path(report.next()))),
    }
}

/// What the answers of the draft lead to.
fn of_answers(report: &Report) -> Option<Stopper> {
    let service = report.service()?;
    let zone = &report.visit.catalog.jurisdiction.zone;
    let answers = service.check_answers(&report.draft.answers, zone).ok()?;
    service.stopper_for(&answers).cloned()
}
