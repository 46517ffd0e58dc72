//! Which team works where: one list of teams for each district the town knows.

use axum::extract::Path;
use axum::response::Response;
use catalog::{RouteDraft, Service, ServiceDraft};
use geography::District;

use super::editor::team_choices;
use super::{SEEN, fingerprint, path, put};
use crate::form::Posted;
use crate::page::{Faults, Field, FormBox, FormPage, Group, Page, Shape, go_to};
use crate::portal::districts;
use crate::portal::single_request::in_path;
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

fn teams_path(service: &str) -> String {
    format!("{}/teams", path(service))
}

fn field_name(district: &District) -> String {
    format!("team-{}-{}", district.kind, in_path(&district.code))
}

/// `GET /admin/services/{code}/teams`
pub(crate) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, Refusal> {
    let service = visit.catalog.service_by_code(&code).ok_or(Refusal::NotFound)?;
    routing_page(&visit, service, &visit.catalog.draft_of(service), &Faults::default())
}

fn routing_page(
    visit: &Visit,
    service: &Service,
    draft: &ServiceDraft,
    faults: &Faults,
) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let known = visit.catalog.districts();
    let form = FormBox::new(&page, &teams_path(&draft.code), "button-save")
        .faults(faults)
        .hidden(SEEN, fingerprint(&visit.catalog, service));
    let form = known.kinds().into_iter().fold(form, |form, kind| {
        let of_kind = known.iter().filter(|district| district.kind == kind);
        let fields = of_kind.map(|district| team_field(visit, &page, draft, district));
        form.group(Group::new(districts::kind_name(&page, kind), fields))
    });
    let heading = page.with("routing-title", "service", service.name.in_language(page.tag()));
    let lead = if known.is_empty() { "routing-no-districts" } else { "routing-lead" };
    FormPage::new(&page, heading, form)
        .back(&path(&draft.code), "routing-back")
        .lead(page.say(lead))
        .show(visit)
}

fn team_field(visit: &Visit, page: &Page, draft: &ServiceDraft, district: &District) -> Field {
    let route = draft.routes.iter().find(|route| leads_to(route, district));
    let teams = team_choices(visit, page, route.map_or("", |route| &route.team), "routing-usual");
    let label = district.name.as_deref().unwrap_or(&district.code);
    Field::labelled(page, field_name(district), label, Shape::List(teams))
}

fn leads_to(route: &RouteDraft, district: &District) -> bool {
    route.kind == district.kind && route.code == district.code
}

/// `POST /admin/services/{code}/teams`
pub(crate) async fn save(
    visit: Visit,
    staff: Staff,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let service = visit.catalog.service_by_code(&code).ok_or(Refusal::NotFound)?;
    let mut draft = visit.catalog.draft_of(service);
    draft.routes = given(&visit, &draft.routes, &posted);
    match put(&visit, &staff, &draft, &posted).await? {
        Ok(()) => Ok(go_to(&visit, &path(&code))),
        Err(faults) => routing_page(&visit, service, &draft, &faults),
    }
}

/// The routes that were there, in their order, with the teams chosen now; then the new ones. Routes to districts that
/// the town no longer has stay.
fn given(visit: &Visit, old: &[RouteDraft], posted: &Posted) -> Vec<RouteDraft> {
    let known = visit.catalog.districts();
    let team = |district: &District| posted.given(&field_name(district)).map(str::to_owned);
    let kept = old.iter().filter_map(|route| match known.find(&route.kind, &route.code) {
        Some(district) => Some(RouteDraft { team: team(district)?, ..route.clone() }),
        None => Some(route.clone()),
    });
    let is_new = |district: &&District| !old.iter().any(|route| leads_to(route, district));
    let added = known.iter().filter(is_new).filter_map(|district| {
        Some(RouteDraft { kind: district.kind.clone(), code: district.code.clone(), team: team(district)? })
    });
    kept.chain(added).collect()
}
