//! People who sign in: add them, give them roles, end their access.

use access::passwords::{About, Password, PasswordHash, PasswordProblem};
use access::people::{self, NewPerson, Person};
use access::second_factor;
use access::{AccessError, Email, PersonId, Role};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::app::App;
use crate::form::{Posted, one_line, query_string};
use crate::page::{Choice, Faults, Field, FormBox, FormPage, Page, Shape, chosen, go_to, show as show_page};
use crate::refusal::Refusal;
use crate::visit::{Query, Staff, Visit};
use crate::words::Language;

const PAGE_ROWS: i64 = 50;
const NAME_MAX: usize = 200;
const EMAIL_MAX: usize = 254;
const PASSWORD_MAX: usize = 1_000;

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
        Field::line(page, "password", "person-password", "", PASSWORD_MAX)
            .kind("password", "new-password")
            .hint(page, "person-password-hint")
            .required(),
        Field::new(page, "roles", "person-roles", Shape::AnyOf(role_choices(page, &roles))).required(),
    ];
    FormBox::new(page, "/admin/people", "person-add-button")
        .faults(faults)
        .fields(fields.map(|field| field.faults(faults)))
}

/// `POST /admin/people`
pub(crate) async fn add(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    posted: Posted,
) -> Result<Response, Refusal> {
    let checked = match check(&visit, &posted) {
        Ok(checked) => checked,
        Err(faults) => return show_list(&visit, None, &posted, &faults).await,
    };
    let (email, name, roles, password) = checked;
    let password = hash(&app, password).await?;
    let new = NewPerson { jurisdiction: visit.jurisdiction().clone(), email, name, password, roles };
    let (now, by) = (visit.now, staff.actor());
    match app.db.write(move |tx| people::add(tx, now, &by, &new)).await {
        Ok(_) => Ok(go_to(&visit, "/admin/people")),
        Err(AccessError::EmailTaken) => {
            let mut faults = Faults::default();
            faults.add("email", visit.language.say("person-email-taken"));
            show_list(&visit, None, &posted, &faults).await
        }
        Err(error) => Err(Refusal::access(&app, &error)),
    }
}

type NewAccount = (Email, String, Vec<Role>, Password);

fn check(visit: &Visit, posted: &Posted) -> Result<NewAccount, Faults> {
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
    let password = email.as_ref().ok().map(|email| password(visit, posted, &name, email));
    if let Some(Err(problem)) = &password {
        faults.add("password", password_fault(problem, visit.language));
    }
    match (email, password) {
        (Ok(email), Some(Ok(password))) if faults.is_empty() => Ok((email, name, roles, password)),
        _ => Err(faults),
    }
}

fn chosen_roles(posted: &Posted) -> Vec<Role> {
    posted.all("roles").filter_map(|role| role.parse().ok()).collect()
}

fn password(visit: &Visit, posted: &Posted, name: &str, email: &Email) -> Result<Password, PasswordProblem> {
    let jurisdiction = &visit.catalog.jurisdiction;
    let about = About {
        jurisdiction: &jurisdiction.id,
        jurisdiction_name: jurisdiction.name.in_default(),
        name,
        email,
    };
    Password::new(posted.password("password"), &about)
}

fn password_fault(problem: &PasswordProblem, language: Language) -> String {
    match problem {
        PasswordProblem::TooShort { needed, .. } => language.with("password-too-short", "needed", needed),
        PasswordProblem::TooLong { most, .. } => language.with("fault-too-long", "max", most),
        PasswordProblem::Guessable => language.say("password-guessable"),
        PasswordProblem::Contains(_) => language.say("password-contains-name"),
    }
    .into_owned()
}

async fn hash(app: &App, password: Password) -> Result<PasswordHash, Refusal> {
    let drawn = app.db.write(|tx| Ok::<_, db::Error>(tx.random::<16>())).await;
    let salt = drawn.map_err(|error| Refusal::store(app, &error))?;
    let _turn = app.hashing.acquire().await.map_err(|_| Refusal::Unavailable)?;
    let hashing = app.settings.hashing;
    let hashed = tokio::task::spawn_blocking(move || hashing.hash(&password, salt)).await;
    hashed.map_err(|error| Refusal::broken(app, &error))
}

#[derive(Template)]
#[template(path = "admin/person.html")]
struct Access<'a> {
    page: &'a Page,
    person: &'a Person,
    switch: FormBox,
    reset: FormBox,
}

/// `GET /admin/people/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let person = find(&visit, &id).await?;
    let roles: Vec<&str> = person.roles.iter().map(|role| role.as_str()).collect();
    person_page(&visit, &person, &roles, &Faults::default())
}

async fn find(visit: &Visit, id: &str) -> Result<Person, Refusal> {
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
    let above = Access { page: &page, person, switch, reset }.render();
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
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let person = find(&visit, &id).await?;
    let (now, by, jurisdiction) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    let done = app.db.write(move |tx| people::disable(tx, now, &by, &jurisdiction, person.id)).await;
    after(&visit, &id, &posted, done).await
}

/// `POST /admin/people/{id}/enable`
pub(crate) async fn enable(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let person = find(&visit, &id).await?;
    let (now, by, jurisdiction) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    let done = app.db.write(move |tx| people::enable(tx, now, &by, &jurisdiction, person.id)).await;
    after(&visit, &id, &posted, done).await
}

/// `POST /admin/people/{id}/second-factor/reset`
pub(crate) async fn reset_second_factor(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Refusal> {
    let person = find(&visit, &id).await?;
    let (now, by, jurisdiction) = (visit.now, staff.actor(), visit.jurisdiction().clone());
    let done = app.db.write(move |tx| second_factor::reset(tx, now, &by, &jurisdiction, person.id)).await;
    // What was asked for holds when there is none.
    let done = done.or_else(|error| match error {
        AccessError::NoSecondFactor => Ok(()),
        error => Err(error),
    });
    after(&visit, &id, &posted, done).await
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
