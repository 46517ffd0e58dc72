//! People who sign in: staff of one jurisdiction, with roles.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use crate::AccessError;
use crate::actor::{Actor, person_label};
use crate::audit::{self, Entry};
use crate::jurisdiction::JurisdictionId;
use crate::password_links::{self, Invited};
use crate::passwords::{Hashing, PasswordHash};
use crate::permission::{self, Permission, Role};
use crate::sessions;
use crate::sign_in::Verdict;

db::uuid_type!(
    /// Names one person who signs in; also what audit entries and events keep instead of their name.
    pub struct PersonId
);

/// An address somebody signs in with, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

/// Why a text is not an e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not an e-mail address")]
pub struct BadEmail;

impl Email {
    /// Takes an address as typed: spaces around it and capitals do not matter.
    ///
    /// # Errors
    /// [`BadEmail`].
    pub fn new(typed: &str) -> Result<Self, BadEmail> {
        let folded = fold(typed);
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>(),;:\"[]\\".contains(c);
        match folded.rsplit_once('@') {
            Some((local, domain))
                if !local.is_empty()
                    && !domain.is_empty()
                    && folded.len() <= 254
                    && folded.chars().all(plain)
                    && !local.contains('@') =>
            {
                Ok(Self(folded))
            }
            _ => Err(BadEmail),
        }
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    pub fn local_part(&self) -> &str {
        self.0.split_once('@').map_or(&self.0, |(local, _)| local)
    }
}

/// How a typed address is looked up, whether or not it is one.
pub(crate) fn fold(typed: &str) -> String {
    typed.trim().to_lowercase()
}

impl FromStr for Email {
    type Err = BadEmail;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

db::text_type!(Email, "an e-mail address");

/// Somebody to be added.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Where they work.
    pub jurisdiction: JurisdictionId,
    /// The address they will sign in with.
    pub email: Email,
    /// What colleagues call them; checked as text at the edge.
    pub name: String,
    /// Their password, hashed outside the transaction.
    pub password: PasswordHash,
    /// At least one.
    pub roles: Vec<Role>,
}

/// Somebody who signs in, as the settings pages show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// The address they sign in with.
    pub email: Email,
    /// What colleagues call them.
    pub name: String,
    /// In the order of [`Role::ALL`].
    pub roles: Vec<Role>,
    /// When they were added.
    pub created_at: Timestamp,
    /// When they last signed in, if ever.
    pub last_sign_in_at: Option<Timestamp>,
    /// Since when they may no longer sign in.
    pub disabled_at: Option<Timestamp>,
    /// When they were invited, while they have not set a password yet.
    pub invited_at: Option<Timestamp>,
}

/// Most people that one page of the list holds.
const PAGE_MAX: i64 = 500;

/// Adds somebody, who can sign in at once.
///
/// # Errors
/// Without [`Permission::ManagePeople`] or a fresh sign-in, without a role, or when the address is taken.
pub fn add(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    new: &NewPerson,
) -> Result<PersonId, AccessError> {
    by.require(&new.jurisdiction, Permission::ManagePeople)?;
    by.require_fresh(now)?;
    let row = Row { jurisdiction: &new.jurisdiction, email: &new.email, name: &new.name, roles: &new.roles };
    row.insert(tx, now, by, &new.password, None)
}

/// Adds somebody without a password, on behalf of [`password_links::invite`].
pub(crate) fn add_invited(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    new: &Invited,
) -> Result<PersonId, AccessError> {
    let row = Row { jurisdiction: &new.jurisdiction, email: &new.email, name: &new.name, roles: &new.roles };
    // Guessing at the account of somebody invited costs what it costs everywhere, and opens nothing.
    row.insert(tx, now, by, &Hashing::STANDARD.of_nobody(), Some(now))
}

/// What both ways of adding somebody write.
struct Row<'a> {
    jurisdiction: &'a JurisdictionId,
    email: &'a Email,
    name: &'a str,
    roles: &'a [Role],
}

impl Row<'_> {
    fn insert(
        self,
        tx: &mut db::Tx<'_>,
        now: Timestamp,
        by: &Actor,
        password: &PasswordHash,
        invited_at: Option<Timestamp>,
    ) -> Result<PersonId, AccessError> {
        const ADD: &str = "
            insert into person (jurisdiction_id, id, email, name, password_hash, created_at, invited_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (jurisdiction_id, email) do nothing";
        let Row { jurisdiction, email, name, roles } = self;
        let (roles, id) = (some_roles(roles)?, PersonId::from(tx.new_id(now)));
        let hash = password.as_str();
        if tx.exec(ADD, db::params![jurisdiction, id, email, name, hash, now, invited_at])? == 0 {
            return Err(AccessError::EmailTaken);
        }
        give_roles(tx, jurisdiction, id, &roles)?;
        let action = if invited_at.is_some() { "person.invited" } else { "person.added" };
        Change { jurisdiction, by, person: id }.record(tx, now, action, &roles)?;
        Ok(id)
    }
}

/// Gives somebody exactly these roles and ends their sessions, so that no page still shows the old rights.
///
/// # Errors
/// Without [`Permission::ManagePeople`] or a fresh sign-in, without a role, for a stranger, or when
/// nobody would be left to manage people.
pub fn set_roles(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    roles: &[Role],
) -> Result<(), AccessError> {
    const DROP_ROLES: &str = "delete from person_role where jurisdiction_id = $1 and person_id = $2";
    by.require(jurisdiction, Permission::ManagePeople)?;
    by.require_fresh(now)?;
    let roles = some_roles(roles)?;
    hold_administrators(tx, jurisdiction)?;
    find(tx, jurisdiction, person)?.ok_or(AccessError::UnknownPerson(person))?;
    tx.exec(DROP_ROLES, db::params![jurisdiction, person])?;
    give_roles(tx, jurisdiction, person, &roles)?;
    require_administrator(tx, jurisdiction)?;
    sessions::drop_of(tx, jurisdiction, person)?;
    Change { jurisdiction, by, person }.record(tx, now, "person.roles-changed", &roles)
}

/// Ends somebody's access and all their sessions; what they did stays theirs.
///
/// # Errors
/// Without [`Permission::ManagePeople`], for a stranger, or when nobody would be left to manage people.
pub fn disable(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<(), AccessError> {
    by.require(jurisdiction, Permission::ManagePeople)?;
    hold_administrators(tx, jurisdiction)?;
    if !switch(tx, jurisdiction, person, Some(now))? {
        return Ok(());
    }
    require_administrator(tx, jurisdiction)?;
    sessions::drop_of(tx, jurisdiction, person)?;
    sessions::forget_devices(tx, jurisdiction, person)?;
    password_links::drop_of(tx, jurisdiction, person)?;
    Change { jurisdiction, by, person }.record(tx, now, "person.disabled", &BTreeSet::new())
}

/// Lets somebody sign in again with their old password and roles.
///
/// # Errors
/// Without [`Permission::ManagePeople`] or a fresh sign-in, or for a stranger.
pub fn enable(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<(), AccessError> {
    by.require(jurisdiction, Permission::ManagePeople)?;
    by.require_fresh(now)?;
    if !switch(tx, jurisdiction, person, None)? {
        return Ok(());
    }
    Change { jurisdiction, by, person }.record(tx, now, "person.enabled", &BTreeSet::new())
}

/// Gives somebody a new password on their behalf and ends their sessions.
///
/// # Errors
/// Without [`Permission::ManagePeople`] or a fresh sign-in, or for a stranger.
pub fn set_password(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    password: &PasswordHash,
) -> Result<(), AccessError> {
    by.require(jurisdiction, Permission::ManagePeople)?;
    by.require_fresh(now)?;
    replace_password(tx, jurisdiction, person, password)?;
    Change { jurisdiction, by, person }.record(tx, now, "person.password-set", &BTreeSet::new())
}

/// Changes one's own password, proved by a [`Verdict`] over the old one; ends all sessions of that
/// person, this one too, and forgets the devices they were known on.
///
/// # Errors
/// [`AccessError::WrongPassword`] when the verdict is not right or not about the caller.
pub fn change_password(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    old: &Verdict,
    new: &PasswordHash,
) -> Result<(), AccessError> {
    let Actor::Person(person) = by else {
        return Err(AccessError::NotAllowed { permission: Permission::ManagePeople });
    };
    let (jurisdiction, id) = (&person.jurisdiction, person.person_id);
    if !old.still_holds(tx, jurisdiction, id)? {
        return Err(AccessError::WrongPassword);
    }
    old.forgive(tx)?;
    replace_password(tx, jurisdiction, id, new)?;
    Change { jurisdiction, by, person: id }.record(tx, now, "person.password-changed", &BTreeSet::new())
}

/// Somebody by id; strangers and people of other jurisdictions are not found alike.
///
/// # Errors
/// What the store refuses.
pub fn find(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    id: PersonId,
) -> Result<Option<Person>, db::Error> {
    let query = people_of(jurisdiction).text(" and p.id = ").bind(id);
    Ok(tx.select(&query, person)?.into_iter().next())
}

/// Somebody by the address they sign in with.
///
/// # Errors
/// What the store refuses.
pub fn find_by_email(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    email: &Email,
) -> Result<Option<Person>, db::Error> {
    let query = people_of(jurisdiction).text(" and p.email = ").bind(email);
    Ok(tx.select(&query, person)?.into_iter().next())
}

/// One page of people by address, beginning after `after`, disabled ones included.
///
/// # Errors
/// What the store refuses.
pub fn list(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    after: Option<&Email>,
    limit: i64,
) -> Result<Vec<Person>, db::Error> {
    let mut query = people_of(jurisdiction);
    if let Some(after) = after {
        query = query.text(" and p.email > ").bind(after);
    }
    tx.select(&query.text(" order by p.email limit ").bind(limit.clamp(1, PAGE_MAX)), person)
}

fn people_of(jurisdiction: &JurisdictionId) -> db::Query {
    db::Query::new(
        "select p.id, p.email, p.name, p.created_at, p.last_sign_in_at, p.disabled_at,
            (select string_agg(r.role, ',') from person_role as r
             where r.jurisdiction_id = p.jurisdiction_id and r.person_id = p.id), p.invited_at
         from person as p where p.jurisdiction_id = ",
    )
    .bind(jurisdiction)
}

fn person(row: &db::Row<'_>) -> Result<Person, db::Error> {
    let roles: Option<String> = row.get(6)?;
    Ok(Person {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        created_at: row.get(3)?,
        last_sign_in_at: row.get(4)?,
        disabled_at: row.get(5)?,
        invited_at: row.get(7)?,
        roles: permission::known(&roles.unwrap_or_default()),
    })
}

fn some_roles(roles: &[Role]) -> Result<BTreeSet<Role>, AccessError> {
    let roles: BTreeSet<Role> = roles.iter().copied().collect();
    if roles.is_empty() { Err(AccessError::NoRole) } else { Ok(roles) }
}

fn give_roles(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    roles: &BTreeSet<Role>,
) -> Result<(), db::Error> {
    const GIVE: &str = "insert into person_role (jurisdiction_id, person_id, role) values ($1, $2, $3)";
    roles.iter().try_for_each(|role| tx.exec_one(GIVE, db::params![jurisdiction, person, role.as_str()]))
}

/// Makes changes to administrators wait for each other: two who demote each other at the same moment
/// would otherwise both see the other one left. Writing a row unchanged locks it.
fn hold_administrators(tx: &mut db::Tx<'_>, jurisdiction: &JurisdictionId) -> Result<(), db::Error> {
    const HOLD: &str = "update person_role set role = role where jurisdiction_id = $1 and role = $2";
    tx.exec(HOLD, db::params![jurisdiction, Role::Administrator.as_str()]).map(|_| ())
}

fn require_administrator(tx: &mut db::Tx<'_>, jurisdiction: &JurisdictionId) -> Result<(), AccessError> {
    const LEFT: &str = "
        select count(*) from person_role as r
        join person as p on p.jurisdiction_id = r.jurisdiction_id and p.id = r.person_id
        where r.jurisdiction_id = $1 and r.role = $2 and p.disabled_at is null and p.invited_at is null";
    let left: i64 =
        tx.query_one(LEFT, db::params![jurisdiction, Role::Administrator.as_str()], |row| row.get(0))?;
    if left > 0 { Ok(()) } else { Err(AccessError::LastAdministrator) }
}

/// Disables or enables; answers whether that changed anything.
fn switch(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    id: PersonId,
    disabled_at: Option<Timestamp>,
) -> Result<bool, AccessError> {
    const SWITCH: &str = "update person set disabled_at = $3 where jurisdiction_id = $1 and id = $2";
    let before = find(tx, jurisdiction, id)?.ok_or(AccessError::UnknownPerson(id))?;
    if before.disabled_at.is_some() == disabled_at.is_some() {
        return Ok(false);
    }
    tx.exec_one(SWITCH, db::params![jurisdiction, id, disabled_at])?;
    Ok(true)
}

/// Gives somebody another password, as part of a change that is recorded by itself: ends their sessions, forgets
/// their devices, and makes open links worthless.
pub(crate) fn replace_password(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    id: PersonId,
    password: &PasswordHash,
) -> Result<(), AccessError> {
    const REPLACE: &str = "
        update person set password_hash = $3, invited_at = null where jurisdiction_id = $1 and id = $2";
    if tx.exec(REPLACE, db::params![jurisdiction, id, password.as_str()])? == 0 {
        return Err(AccessError::UnknownPerson(id));
    }
    sessions::drop_of(tx, jurisdiction, id)?;
    sessions::forget_devices(tx, jurisdiction, id)?;
    Ok(password_links::drop_of(tx, jurisdiction, id)?)
}

/// A change to one person, for the audit chain.
struct Change<'a> {
    jurisdiction: &'a JurisdictionId,
    by: &'a Actor,
    person: PersonId,
}

impl Change<'_> {
    fn record(
        self,
        tx: &mut db::Tx<'_>,
        now: Timestamp,
        action: &'static str,
        roles: &BTreeSet<Role>,
    ) -> Result<(), AccessError> {
        let detail = match roles.is_empty() {
            true => "{}".to_owned(),
            false => serde_json::json!({ "roles": roles }).to_string(),
        };
        let object = person_label(self.person);
        let entry = Entry { jurisdiction: self.jurisdiction, actor: self.by, action, object, detail };
        Ok(audit::append(tx, now, &entry)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_however_it_is_typed() {
        assert_eq!(Email::new(" Ana@Springfield.Example ").unwrap().as_str(), "ana@springfield.example");
        assert_eq!(Email::new("ana.torres@x.example").unwrap().local_part(), "ana.torres");
    }

    #[test]
    fn what_could_not_be_written_to_is_no_address() {
        for typed in [
            "",
            "ana",
            "@x.example",
            "ana@",
            "a b@x.example",
            "a@b@x.example",
            "a\n@x.example",
            "<a@x.example>",
        ] {
            assert!(Email::new(typed).is_err(), "{typed:?}");
        }
    }
}
