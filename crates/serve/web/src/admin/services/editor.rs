//! The page of one service: its words, who does it, what the public sees, and its preview.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use catalog::{Photo, PublicLevel, Service, ServiceDraft, ServiceKind};

use super::{SEEN, fingerprint, path, preview, put, questions, stopping};
use crate::admin::{targets, worded};
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, Group, Page, Shape, chosen, go_to, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Staff, Visit};

/// The name of the buttons that show the preview; their value is a language.
pub(crate) const PREVIEW: &str = "preview";

#[derive(Template)]
#[template(path = "admin/services/editor.html")]
struct EditorPage {
    page: Page,
    heading: String,
    form: FormBox,
    preview: String,
    questions: Vec<questions::Line>,
    questions_add: String,
    routing: String,
    routes: usize,
    targets: Vec<targets::Line>,
    targets_url: String,
}

/// `GET /admin/services/{code}`
pub(crate) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, Refusal> {
    let service = visit.catalog.service_by_code(&code).ok_or(Refusal::NotFound)?;
    let draft = visit.catalog.draft_of(service);
    editor(&visit, service, &draft, &Faults::default(), None)
}

/// `POST /admin/services/{code}`
pub(crate) async fn save(
    visit: Visit,
    staff: Staff,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let service = visit.catalog.service_by_code(&code).ok_or(Refusal::NotFound)?;
    let mut draft = visit.catalog.draft_of(service);
    let radius = apply(&mut draft, &posted);
    if let Some(language) = posted.given(PREVIEW) {
        return editor(&visit, service, &draft, &Faults::default(), Some(language));
    }
    if radius.is_err() {
        let mut faults = Faults::default();
        faults.add("duplicate_radius_m", visit.language.say("fault-answer-number"));
        return editor(&visit, service, &draft, &faults, None);
    }
    match put(&visit, &staff, &draft, &posted).await? {
        Ok(()) => Ok(go_to(&visit, &path(&code))),
        Err(faults) => editor(&visit, service, &draft, &faults, None),
    }
}

/// The page with this draft in its form. Faults in its questions are shown at their list.
pub(super) fn editor(
    visit: &Visit,
    service: &Service,
    draft: &ServiceDraft,
    faults: &Faults,
    language: Option<&str>,
) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let at_list = |field: String| if field.starts_with("question-") { "questions".to_owned() } else { field };
    let faults = faults.clone().renamed(at_list);
    let seen = fingerprint(&visit.catalog, service);
    let template = EditorPage {
        heading: page.with("service-edit-heading", "code", draft.code.as_str()).into_owned(),
        form: form(visit, &page, draft, &faults).hidden(SEEN, seen.clone()),
        preview: preview::draw(visit, draft, preview::language(visit, language))?,
        questions: questions::lines(&page, service, &seen),
        questions_add: page.url(&format!("{}/add-question", path(&draft.code))),
        routing: page.url(&format!("{}/teams", path(&draft.code))),
        routes: draft.routes.len(),
        targets: targets::lines(visit, &page, service),
        targets_url: page.url(&format!("/admin/targets?service={}", super::in_path(&service.code))),
        page,
    };
    show_page(&visit.app, faults.status(), &template)
}

fn form(visit: &Visit, page: &Page, draft: &ServiceDraft, faults: &Faults) -> FormBox {
    let marked =
        |fields: Vec<Field>| fields.into_iter().map(|field| field.faults(faults)).collect::<Vec<_>>();
    let group = |key: &str, fields: Vec<Field>| Group::new(page.say(key), marked(fields));
    let stopper = stopping::fields(page, "stopper", draft.stopper.as_ref());
    let form = FormBox::new(page, &path(&draft.code), "button-save")
        .faults(faults)
        .live()
        .group(group("service-words", worded_fields(page, draft)))
        .group(group("service-who", who_fields(visit, page, draft)))
        .group(group("service-seen", public_fields(page, draft)))
        .group(
            group("service-stopper", stopper)
                .hint(page, "service-stopper-hint")
                .folded(draft.stopper.is_some()),
        )
        .group(group("service-others", other_fields(page, draft)).folded(false))
        .field(Field::new(page, "active", "service-active", Shape::Tick { is_ticked: draft.active }));
    preview_buttons(page, form)
}

/// A button for each language in which the preview can be shown.
pub(super) fn preview_buttons(page: &Page, form: FormBox) -> FormBox {
    crate::words::Language::ALL.into_iter().fold(form, |form, language| {
        form.button(PREVIEW, language.tag(), page.with("preview-button", "language", language.own_name()))
    })
}

/// The fields that exist once for each language.
fn worded_fields(page: &Page, draft: &ServiceDraft) -> Vec<Field> {
    let names = worded::lines(page, "name", "service-name", &draft.name);
    let descriptions = worded::paragraphs(page, "description", "service-description", &draft.description);
    let groups = worded::lines(page, "group", "service-group", &draft.group);
    let keywords = worded::keywords(page, "keywords", "service-keywords", &draft.keywords)
        .map(|field| field.hint(page, "service-keywords-hint"));
    [names, descriptions, groups, keywords].into_iter().flatten().collect()
}

/// Which department answers for it.
pub(super) fn department_field(visit: &Visit, page: &Page, draft: &ServiceDraft) -> Field {
    let departments = visit.catalog.departments().iter();
    let departments = departments.filter(|one| one.active || one.code == draft.department);
    let choices = departments.map(|one| Choice::new(&one.code, one.name.in_language(page.tag()))).collect();
    Field::new(page, "department", "fact-department", Shape::List(chosen(choices, &[&draft.department])))
        .required()
}

/// The teams that get requests, and the one that is chosen whatever its state.
pub(super) fn team_choices(visit: &Visit, page: &Page, team: &str, none: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", page.say(none))];
    let teams = visit.catalog.teams().iter().filter(|one| one.active || one.code == team);
    choices.extend(teams.map(|one| Choice::new(&one.code, one.name.in_language(page.tag()))));
    chosen(choices, &[team])
}

fn who_fields(visit: &Visit, page: &Page, draft: &ServiceDraft) -> Vec<Field> {
    let teams = team_choices(visit, page, draft.team.as_deref().unwrap_or_default(), "team-none");
    let mut calendars = vec![Choice::new("", page.say("calendar-of-department"))];
    calendars.extend(visit.catalog.calendars().iter().map(|one| Choice::new(&one.code, &one.code)));
    let calendars = chosen(calendars, &[draft.calendar.as_deref().unwrap_or_default()]);
    vec![
        department_field(visit, page, draft),
        Field::new(page, "team", "fact-team", Shape::List(teams)).hint(page, "service-team-hint"),
        Field::new(page, "calendar", "department-calendar", Shape::List(calendars))
            .help(page, "calendar-help"),
    ]
}

fn public_fields(page: &Page, draft: &ServiceDraft) -> Vec<Field> {
    let level = |level: &PublicLevel| {
        let word = level.as_str();
        Choice::new(word, page.say(&format!("level-{word}"))).hint(page.say(&format!("level-{word}-about")))
    };
    let levels = chosen(PublicLevel::ALL.iter().map(level).collect(), &[draft.public.as_str()]);
    let photo = |photo: &Photo| Choice::new(photo.as_str(), page.say(&format!("photo-{}", photo.as_str())));
    let photos = chosen(Photo::ALL.iter().map(photo).collect(), &[draft.photo.as_str()]);
    let radius = draft.duplicate_radius_m.map_or_else(String::new, |metres| metres.to_string());
    vec![
        Field::new(page, "public", "service-public", Shape::OneOf(levels)).required(),
        Field::new(page, "photo", "service-photo", Shape::List(photos)),
        Field::line(page, "duplicate_radius_m", "service-radius", &radius, 6)
            .hint(page, "service-radius-hint")
            .help(page, "service-radius-help"),
    ]
}

fn other_fields(page: &Page, draft: &ServiceDraft) -> Vec<Field> {
    let kind = |kind: &ServiceKind| Choice::new(kind.as_str(), page.say(&format!("kind-{}", kind.as_str())));
    let kinds = chosen(ServiceKind::ALL.iter().map(kind).collect(), &[draft.kind.as_str()]);
    let icon = draft.icon.as_deref().unwrap_or_default();
    let mut icons = vec![Choice::new("", page.say("icon-none"))];
    let names = crate::desk::style_page::ICONS.iter().copied();
    let unknown = (!icon.is_empty() && !names.clone().any(|name| name == icon)).then_some(icon);
    icons.extend(names.chain(unknown).map(|name| Choice::new(name, name.replace('_', " "))));
    vec![
        Field::new(page, "icon", "service-icon", Shape::List(chosen(icons, &[icon]))),
        Field::new(page, "kind", "service-kind", Shape::List(kinds)).help(page, "service-kind-help"),
    ]
}

/// Takes over what was typed; fails when the distance is no number.
fn apply(draft: &mut ServiceDraft, posted: &Posted) -> Result<(), std::num::ParseIntError> {
    draft.name = worded::given(posted, "name", &draft.name);
    draft.description = worded::given(posted, "description", &draft.description);
    draft.group = worded::given(posted, "group", &draft.group);
    draft.keywords = worded::given_keywords(posted, "keywords", &draft.keywords);
    draft.public = posted.text("public").parse().unwrap_or(draft.public);
    draft.photo = posted.text("photo").parse().unwrap_or(draft.photo);
    draft.kind = posted.text("kind").parse().unwrap_or(draft.kind);
    draft.department = posted.given("department").map_or_else(|| draft.department.clone(), str::to_owned);
    draft.team = posted.given("team").map(str::to_owned);
    draft.calendar = posted.given("calendar").map(str::to_owned);
    draft.icon = posted.given("icon").map(str::to_owned);
    draft.stopper = stopping::given(posted, "stopper", draft.stopper.as_ref());
    draft.active = posted.has("active");
    draft.duplicate_radius_m = posted.given("duplicate_radius_m").map(str::parse).transpose()?;
    Ok(())
}
