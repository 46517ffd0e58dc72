//! People who sign in: invite them, give them roles, end their access.

use access::password_links::{self, Invited};
use access::people::{self, Person};
use access::second_factor;
use access::{AccessError, Actor, Email, JurisdictionId, PersonId, Role};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use db::Tx;
use http::HeaderMap;
use jiff::Timestamp;

use super::link_made;
use crate::app::App;
use crate::form::{Posted, one_line, query_string};
use crate::page::{Choice, Faults, Field, FormBox, FormPage, Page, Shape, chosen, go_to, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Staff, Visit};

const PAGE_ROWS: i64 = 50;
const NAME_MAX: usize = 200;
const EMAIL_MAX: usize = 254;

struct Line {
    person: Person,
    roles: String,
    url: String,
}

#[derive(Template)]
#[template(path = "admin/people.html")]
struct PeoplePage {
    page: Page,
    people: Vec<Line>,
    next: Option<String>,
    form: FormBox,
    has_faults: bool,
}

/// `GET /admin/people`
pub(crate) async fn list(visit: Visit, query: Query) -> Result<Response, Refusal> {
    show_list(&visit, query.get("after"), &Posted::default(), &Faults::default()).await
}

async fn show_list(
    visit: &Visit,
    after: Option<&str>,
    typed: &Posted,
    faults: &Faults,
) -> Result<Response, Refusal> {
    let jurisdiction = visit.jurisdiction().clone();
    let after = after.and_then(|text| Email::new(text).ok());
    let found = visit.app.db.read(move |tx| people::list(tx, &jurisdiction, after.as_ref(), PAGE_ROWS)).await;
    let found = found.map_err(|error| Refusal::store(&visit.app, &error))?;
    let page = Page::new(visit);
    let is_full = i64::try_from(found.len()).is_ok_and(|rows| rows >= PAGE_ROWS);
    let last = found.last().map(|person| person.email.as_str().to_owned());
    let next = last.filter(|_| is_full);
    let next =
        next.map(|email| page.url(&format!("/admin/people{}", query_string([("after", email.as_str())]))));
    let line = |person: Person| Line {
        roles: person.roles.iter().map(|role| role_name(&page, *role)).collect::<Vec<_>>().join(", "),
        url: page.url(&format!("/admin/people/{}", person.id)),
        person,
    };
    let people = found.into_iter().map(line).collect();
    let form = add_form(&page, typed, faults);
    let template = PeoplePage { people, next, form, has_faults: !faults.is_empty(), page: page.clone() };
    show_page(&visit.app, faults.status(), &template)
}

fn role_name(page: &Page, role: Role) -> String {
    page.say(&format!("role-{}", role.as_str())).into_owned()
}

fn role_choices(page: &Page, chosen_roles: &[&str]) -> Vec<Choice> {
    let choice = |role: &Role| {
        let about = page.say(&format!("role-{}-about", role.as_str()));
        Choice::new(role.as_str(), role_name(page, *role)).hint(about)
    };
    chosen(Role::ALL.iter().map(choice).collect(), chosen_roles)
}

fn add_form(page: &Page, typed: &Posted, faults: &Faults) -> FormBox {
    let roles: Vec<&str> = typed.all("roles").collect();
    let fields = [
        Field::line(page, "name", "person-name", typed.text("name"), NAME_MAX).required(),
        Field::line(page, "email", "person-email", typed.text("email"), EMAIL_MAX)
            .kind("email", "off")
            .required(),
        Field::new(page, "roles", "person-roles", Shape::AnyOf(role_choices(page, &roles))).required(),
    ];
    FormBox::new(page, "/admin/people", "person-add-button")
        .faults(faults)
        .fields(fields.map(|field| field.faults(faults)))
}

/// `POST /admin/people`
pub(crate) async fn invite(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, Refusal> {
    let invited = match check(&visit, &posted) {
        Ok(invited) => invited,
        Err(faults) => return show_list(&visit, None, &posted, &faults).await,
    };
    let (now, by, name) = (visit.now, staff.actor(), invited.name.clone());
    match app.db.write(move |tx| password_links::invite(tx, now, &by, &invited)).await {
        Ok(link) => link_made::show(&visit, &headers, &name, &link),
        Err(AccessError::EmailTaken) => {
            let mut faults = Faults::default();
            faults.add("email", visit.language.say("person-email-taken"));
            show_list(&visit, None, &posted, &faults).await
        }
        Err(error) => Err(Refusal::access(&app, &error)),
    }
}

fn check(visit: &Visit, posted: &Posted) -> Result<Invited, Faults> {
    let say = |key: &str| visit.language.say(key);
    let mut faults = Faults::default();
    let name = one_line(posted.text("name"));
    if name.is_empty() || name.chars().count() > NAME_MAX {
        faults.add("name", say("person-name-missing"));
    }
    let email = Email::new(posted.text("email"));
    if email.is_err() {
        faults.add("email", say("fault-email"));
    }
    let roles = chosen_roles(posted);
    if roles.is_empty() {
        faults.add("roles", say("person-roles-missing"));
    }
    match email {
        Ok(email) if faults.is_empty() => {
            Ok(Invited { jurisdiction: visit.jurisdiction().clone(), email, name, roles })
        }
        _ => Err(faults),
    }
}

fn chosen_roles(posted: &Posted) -> Vec<Role> {
    posted.all("roles").filter_map(|role| role.parse().ok()).collect()
}

#[derive(Template)]
#[template(path = "admin/person.html")]
struct Access<'a> {
    page: &'a Page,
    person: &'a Person,
    switch: FormBox,
    reset: FormBox,
    /// Makes a link to set a password with, while they have access.
    link: FormBox,
}

/// `GET /admin/people/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let person = find(&visit, &id).await?;
    let roles: Vec<&str> = person.roles.iter().map(|role| role.as_str()).collect();
    person_page(&visit, &person, &roles, &Faults::default())
}

pub(super) async fn find(visit: &Visit, id: &str) -> Result<Person, Refusal> {
    let id: PersonId = id.parse().map_err(|_| Refusal::NotFound)?;
    let jurisdiction = visit.jurisdiction().clone();
    let found = visit.app.db.read(move |tx| people::find(tx, &jurisdiction, id)).await;
    found.map_err(|error| Refusal::store(&visit.app, &error))?.ok_or(Refusal::NotFound)
}

fn person_page(visit: &Visit, person: &Person, roles: &[&str], faults: &Faults) -> Result<Response, Refusal> {
    let page = Page::new(visit);
    let base = format!("/admin/people/{}", person.id);
    let field =
        Field::new(&page, "roles", "person-roles", Shape::AnyOf(role_choices(&page, roles))).required();
    let form = FormBox::new(&page, &format!("{base}/roles"), "person-roles-button")
        .faults(faults)
        .field(field.faults(faults));
    let (action, word) = match person.disabled_at {
        None => ("disable", "person-disable-button"),
        Some(_) => ("enable", "person-enable-button"),
    };
    let switch = FormBox::new(&page, &format!("{base}/{action}"), word).quiet();
    let reset =
        FormBox::new(&page, &format!("{base}/second-factor/reset"), "person-second-factor-button").quiet();
    let word =
        if person.invited_at.is_some() { "person-invite-again-button" } else { "person-reset-link-button" };
    let link = FormBox::new(&page, &format!("{base}/link"), word).quiet();
    let above = Access { page: &page, person, switch, reset, link }.render();
    let above = above.map_err(|error| Refusal::broken(&visit.app, &error))?;
    FormPage::new(&page, &person.name, form).back("/admin/people", "admin-people").above(above).show(visit)
}

/// `POST /admin/people/{id}/roles`
pub(crate) async fn set_roles(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let person = find(&visit, &id).await?;
    let (now, by, jurisdiction, roles) =
        (visit.now, staff.actor(), visit.jurisdiction().clone(), chosen_roles(&posted));
    let done =
        app.db.write(move |tx| people::set_roles(tx, now, &by, &jurisdiction, person.id, &roles)).await;
    after(&visit, &id, &posted, done).await
}

/// `POST /admin/people/{id}/disable`
pub(crate) async fn disable(
    visit: Visit,
    staff: Staff,
    id: Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    decide(&visit, &staff, &id.0, &posted, people::disable).await
}

/// `POST /admin/people/{id}/enable`
pub(crate) async fn enable(
    visit: Visit,
    staff: Staff,
    id: Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    decide(&visit, &staff, &id.0, &posted, people::enable).await
}

/// `POST /admin/people/{id}/second-factor/reset`
pub(crate) async fn reset_second_factor(
    visit: Visit,
    staff: Staff,
    id: Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let reset: Decision = |tx, now, by, home, id| match second_factor::reset(tx, now, by, home, id) {
        // What was asked for holds when there is none.
        Err(AccessError::NoSecondFactor) => Ok(()),
        done => done,
    };
    decide(&visit, &staff, &id.0, &posted, reset).await
}

type Decision = fn(&mut Tx<'_>, Timestamp, &Actor, &JurisdictionId, PersonId) -> Result<(), AccessError>;

/// Carries out a decision about a person's access and shows what it came to.
async fn decide(
    visit: &Visit,
    staff: &Staff,
    id: &str,
    posted: &Posted,
    decision: Decision,
) -> Result<Response, Refusal> {
    let person = find(visit, id).await?.id;
    let (now, by, home) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    let done = visit.app.db.write(move |tx| decision(tx, now, &by, &home, person)).await;
    after(visit, id, posted, done).await
}

async fn after(
    visit: &Visit,
    id: &str,
    posted: &Posted,
    done: Result<(), AccessError>,
) -> Result<Response, Refusal> {
    let key = match done {
        Ok(()) => return Ok(go_to(visit, &format!("/admin/people/{id}"))),
        Err(AccessError::NoRole) => "person-roles-missing",
        Err(AccessError::LastAdministrator) => "person-last-administrator",
        Err(error) => return Err(Refusal::access(&visit.app, &error)),
    };
    let mut faults = Faults::default();
    faults.add("roles", visit.language.say(key));
    let person = find(visit, id).await?;
    let roles: Vec<&str> = posted.all("roles").collect();
    person_page(visit, &person, &roles, &faults)
}
