//! What is said about the government itself: its name, how it can be reached, its clock, languages and host names.

use axum::response::Response;
use catalog::{CatalogError, JurisdictionDraft, jurisdictions};
use requests::RequestError;

use super::worded;
use crate::form::Posted;
use crate::page::{Faults, Field, FormBox, FormPage, Page, go_to};
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

const PATH: &str = "/admin/town";
const LINE_MAX: usize = 2_000;

/// `GET /admin/town`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    town_page(&visit, &visit.catalog.jurisdiction.draft(), &Faults::default())
}

fn town_page(visit: &Visit, draft: &JurisdictionDraft, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let mut fields: Vec<Field> = worded::lines(&page, "name", "name-in", &draft.name).into();
    fields.extend(worded::paragraphs(&page, "contact", "town-contact", &draft.contact));
    let line = |name: &str, key: &str, value: &str| Field::line(&page, name, key, value, LINE_MAX);
    fields.push(line("zone", "calendar-zone", &draft.zone).help(&page, "calendar-zone-help").required());
    let languages = line("languages", "town-languages", &draft.languages.join(", "));
    fields.push(languages.hint(&page, "town-languages-hint").required());
    let hosts = line("hosts", "town-hosts", &draft.hosts.join(", "));
    fields.push(hosts.hint(&page, "town-hosts-hint").help(&page, "town-hosts-help"));
    let form = FormBox::new(&page, PATH, "button-save")
        .faults(faults)
        .fields(fields.into_iter().map(|field| field.faults(faults)));
    FormPage::new(&page, page.say("admin-town"), form).back("/admin", "admin-title").show(visit)
}

/// `POST /admin/town`
pub(crate) async fn save(visit: Visit, staff: Staff, posted: Posted) -> Result<Response, Refusal> {
    let draft = typed(&posted, &visit.catalog.jurisdiction.draft());
    let (now, by, home, wanted) = (visit.now, staff.actor(), visit.jurisdiction().clone(), draft.clone());
    let done = visit
        .app
        .db
        .write(move |tx| jurisdictions::save(tx, now, &by, &home, &wanted).map_err(RequestError::from));
    let faults = match done.await {
        Ok(_) => {
            visit.app.tenants.forget(visit.jurisdiction());
            return Ok(go_to(&visit, PATH));
        }
        Err(RequestError::Catalog(CatalogError::HostTaken(_))) => {
            let mut faults = Faults::default();
            faults.add("hosts", visit.language.say("fault-host-taken"));
            faults
        }
        Err(RequestError::Catalog(CatalogError::Flaw(flaw))) => {
            super::changing::faults(&flaw, visit.language)
        }
        Err(error) => return Err(Refusal::request(&visit.app, &error)),
    };
    town_page(&visit, &draft, &faults)
}

fn typed(posted: &Posted, old: &JurisdictionDraft) -> JurisdictionDraft {
    let list = |name: &str| -> Vec<String> {
        let parts = posted.text(name).split([',', ' ']).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    JurisdictionDraft {
        name: worded::given(posted, "name", &old.name),
        zone: posted.text("zone").to_owned(),
        languages: list("languages"),
        contact: worded::given(posted, "contact", &old.contact),
        hosts: list("hosts").iter().map(|host| host.to_ascii_lowercase()).collect(),
    }
}
