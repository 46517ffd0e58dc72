//! The services a government offers: what they are called, who does them, what the public sees.

use access::{Actor, JurisdictionId, Permission};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use catalog::{Catalog, CatalogError, Flaw, Keywords, PublicLevel, Service, ServiceDraft, Text, Wrong};
use db::Tx;
use http::StatusCode;
use jiff::Timestamp;
use requests::RequestError;

use crate::app::App;
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, FormPage, Page, Shape, chosen, go_to, show as show_page};
use crate::portal::single_request::in_path;
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};
use crate::words::Language;

const NAME_MAX: usize = 200;
const TEXT_MAX: usize = 4_000;

struct Line {
    name: String,
    code: String,
    group: String,
    department: String,
    level: String,
    is_active: bool,
    url: String,
}

#[derive(Template)]
#[template(path = "admin/services.html")]
struct ServicesPage {
    page: Page,
    services: Vec<Line>,
}

/// `GET /admin/services`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    let page = Page::new(&visit);
    let services =
        visit.catalog.services().iter().map(|service| line(&page, &visit.catalog, service)).collect();
    show_page(&visit.app, StatusCode::OK, &ServicesPage { services, page })
}

fn line(page: &Page, catalog: &Catalog, service: &Service) -> Line {
    let tag = page.tag();
    let department = catalog.department(service.department);
    Line {
        name: service.name.in_language(tag).to_owned(),
        code: service.code.clone(),
        group: service.group.in_language(tag).to_owned(),
        department: department.map_or_else(String::new, |one| one.name.in_language(tag).to_owned()),
        level: page.say(&format!("level-{}", service.public.as_str())).into_owned(),
        is_active: service.active,
        url: page.url(&format!("/admin/services/{}", in_path(&service.code))),
    }
}

/// `GET /admin/services/{code}`
pub(crate) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, Refusal> {
    let service = visit.catalog.service_by_code(&code).ok_or(Refusal::NotFound)?;
    let draft = visit.catalog.draft_of(service);
    form(&visit, &draft, &Faults::default())
}

fn form(visit: &Visit, draft: &ServiceDraft, faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let path = format!("/admin/services/{}", in_path(&draft.code));
    let heading = page.with("service-edit-heading", "code", draft.code.as_str());
    let mut form = FormBox::new(&page, &path, "button-save").faults(faults);
    for language in Language::ALL {
        form = form.fields(worded_fields(&page, draft, language).map(|field| field.faults(faults)));
    }
    form = form.fields(plain_fields(visit, &page, draft).map(|field| field.faults(faults)));
    if visit.may(Permission::ManageCatalog) {
        return FormPage::new(&page, heading, form).back("/admin/services", "admin-services").show(visit);
    }
    Err(Refusal::NotAllowed)
}

/// The fields that exist once for each language.
fn worded_fields(page: &Page, draft: &ServiceDraft, language: Language) -> [Field; 4] {
    let tag = language.tag();
    let label = |key: &str| page.with(key, "language", language.own_name());
    let text = |text: &Text| text.exactly(tag).cloned().unwrap_or_default();
    let line = |name: &str, key: &str, value: String| {
        let shape = Shape::Line { kind: "text", autocomplete: "off", value, chars_max: NAME_MAX };
        Field::labelled(page, format!("{name}-{tag}"), label(key), shape)
    };
    let keywords = draft.keywords.exactly(tag).map(|words| words.join(", ")).unwrap_or_default();
    let description = Shape::Lines { value: text(&draft.description), chars_max: TEXT_MAX };
    [
        line("name", "service-name", text(&draft.name)),
        Field::labelled(page, format!("description-{tag}"), label("service-description"), description),
        line("group", "service-group", text(&draft.group)),
        line("keywords", "service-keywords", keywords).hint(page, "service-keywords-hint"),
    ]
}

fn plain_fields(visit: &Visit, page: &Page, draft: &ServiceDraft) -> [Field; 4] {
    let level = |level: &PublicLevel| {
        let word = level.as_str();
        Choice::new(word, page.say(&format!("level-{word}"))).hint(page.say(&format!("level-{word}-about")))
    };
    let levels = chosen(PublicLevel::ALL.iter().map(level).collect(), &[draft.public.as_str()]);
    let tag = page.tag();
    let departments =
        visit.catalog.departments().iter().filter(|one| one.active || one.code == draft.department);
    let departments = departments.map(|one| Choice::new(&one.code, one.name.in_language(tag))).collect();
    let team = draft.team.clone().unwrap_or_default();
    let mut teams = vec![Choice::new("", page.say("team-none"))];
    let active = visit.catalog.teams().iter().filter(|one| one.active || one.code == team);
    teams.extend(active.map(|one| Choice::new(&one.code, one.name.in_language(tag))));
    [
        Field::new(page, "public", "service-public", Shape::OneOf(levels)).required(),
        Field::new(
            page,
            "department",
            "fact-department",
            Shape::List(chosen(departments, &[&draft.department])),
        ),
        Field::new(page, "team", "fact-team", Shape::List(chosen(teams, &[&team]))),
        Field::new(page, "active", "service-active", Shape::Tick { is_ticked: draft.active }),
    ]
}

/// `POST /admin/services/{code}`
pub(crate) async fn save(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let service = visit.catalog.service_by_code(&code).ok_or(Refusal::NotFound)?;
    let mut draft = visit.catalog.draft_of(service);
    apply(&mut draft, &posted);
    let (now, by, home, kept) = (visit.now, staff.actor(), visit.jurisdiction().clone(), draft.clone());
    match app.db.write(move |tx| save_and_publish(tx, now, &by, &home, &kept)).await {
        Ok(_) => {
            app.tenants.forget(visit.jurisdiction());
            Ok(go_to(&visit, "/admin/services"))
        }
        Err(RequestError::Catalog(CatalogError::Flaw(flaw))) => {
            let mut faults = Faults::default();
            faults.add(field_of(&flaw), flaw_words(&flaw.wrong, visit.language));
            form(&visit, &draft, &faults)
        }
        Err(RequestError::Catalog(error)) => Err(Refusal::catalog(&app, &error)),
        Err(error) => Err(Refusal::request(&app, &error)),
    }
}

/// Saves a service and, in the same transaction, shows or hides the requests it already has (PRIV-02).
fn save_and_publish(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    home: &JurisdictionId,
    draft: &ServiceDraft,
) -> Result<(), RequestError> {
    let saved = catalog::services::save(tx, now, by, home, draft)?;
    let catalog = Catalog::load(tx, home)?;
    requests::apply_public_level(tx, now, by, &catalog, saved.id)?;
    Ok(())
}

fn apply(draft: &mut ServiceDraft, posted: &Posted) {
    for language in Language::ALL {
        let tag = language.tag();
        let given = |name: &str| posted.text(&format!("{name}-{tag}")).to_owned();
        set(&mut draft.name, tag, given("name"));
        set(&mut draft.description, tag, given("description"));
        set(&mut draft.group, tag, given("group"));
        let words: Vec<String> = given("keywords")
            .split(',')
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        draft.keywords = without(&draft.keywords, tag);
        if !words.is_empty() {
            draft.keywords = std::mem::replace(&mut draft.keywords, Keywords::nothing()).with(tag, words);
        }
    }
    draft.public = posted.text("public").parse().unwrap_or(draft.public);
    draft.department = posted.given("department").map_or_else(|| draft.department.clone(), str::to_owned);
    draft.team = posted.given("team").map(str::to_owned);
    draft.active = posted.has("active");
}

fn set(text: &mut Text, tag: &str, words: String) {
    let old = without(text, tag);
    *text = if words.is_empty() { old } else { text.clone().with(tag, words) };
}

/// The same without one language.
fn without<T: Clone>(all: &catalog::PerLanguage<T>, tag: &str) -> catalog::PerLanguage<T> {
    let others = all.iter().filter(|(language, _)| *language != tag);
    others.fold(catalog::PerLanguage::nothing(), |kept, (language, value)| kept.with(language, value.clone()))
}

/// The field of our form that a flaw is about: `name.es` stands in the field `name-es`.
fn field_of(flaw: &Flaw) -> String {
    let field = flaw.field.to_string().replace('.', "-");
    let has_languages = ["name", "description", "group", "keywords"].contains(&field.as_str());
    if has_languages { format!("{field}-{}", Language::English.tag()) } else { field }
}

/// What is wrong with a proposed entry, as far as our forms can cause it.
pub(crate) fn flaw_words(wrong: &Wrong, language: Language) -> String {
    match wrong {
        Wrong::Empty => language.say("fault-missing"),
        Wrong::TooLong { max } => language.with("fault-too-long", "max", max),
        Wrong::TooMany { max } => language.with("fault-too-many", "max", max),
        Wrong::ForbiddenCharacter { .. } => language.say("fault-unreadable"),
        Wrong::NotAnAllowance { .. } => language.say("fault-allowance"),
        Wrong::NotAMoment { .. } => language.say("fault-answer-date"),
        Wrong::Backdated => language.say("fault-backdated"),
        Wrong::Unknown { .. } => language.say("fault-unknown"),
        _ => language.say("fault-not-taken"),
    }
    .into_owned()
}
