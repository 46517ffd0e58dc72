//! Links with which somebody sets their own password: an invitation for the first one, a reset for one that was
//! forgotten (AUTH-07).
//!
//! Nobody types a password for somebody else. Whoever manages people makes a link and hands it over; it holds 256
//! random bits, of which only a hash is stored, is good for one purpose, one person and the address they had then,
//! ends by itself, and works once. Looking at what it opens ([`open`]) uses nothing up, because programs that check
//! mail follow links; setting the password ([`set_password`]) does. A newer link, or any other change of password,
//! makes older links worthless.

use jiff::{SignedDuration, Timestamp};

use crate::AccessError;
use crate::actor::Actor;
use crate::audit;
use crate::jurisdiction::JurisdictionId;
use crate::passwords::PasswordHash;
use crate::people::{self, Email, PersonId};
use crate::permission::{Permission, Role};
use crate::secret::token;

/// How the audit chain names whoever comes with a link.
const HOLDER: Actor = Actor::System("password-link");

token!(
    /// The secret of a link; worth as much as the account until it is used.
    LinkToken
);

/// What a link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The first password of somebody who was invited.
    Invitation,
    /// A new one for somebody who forgot theirs.
    Reset,
}

impl Purpose {
    /// How long such a link works: an invitation may wait over a weekend, a reset is asked for when it is needed.
    pub const fn lasts(self) -> SignedDuration {
        match self {
            Purpose::Invitation => SignedDuration::from_hours(72),
            Purpose::Reset => SignedDuration::from_mins(60),
        }
    }

    /// The name used in columns and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Purpose::Invitation => "invitation",
            Purpose::Reset => "reset",
        }
    }

    /// The purpose of this name.
    pub fn read(text: &str) -> Option<Self> {
        [Purpose::Invitation, Purpose::Reset].into_iter().find(|purpose| purpose.as_str() == text)
    }

    const fn made(self) -> &'static str {
        match self {
            Purpose::Invitation => "person.invited-again",
            Purpose::Reset => "person.reset-link-made",
        }
    }

    const fn used(self) -> &'static str {
        match self {
            Purpose::Invitation => "person.invitation-accepted",
            Purpose::Reset => "person.password-reset",
        }
    }
}

/// Somebody to be invited.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Where they will work.
    pub jurisdiction: JurisdictionId,
    /// The address they will sign in with.
    pub email: Email,
    /// What colleagues call them; checked as text at the edge.
    pub name: String,
    /// At least one.
    pub roles: Vec<Role>,
}

/// A link that was just made; its secret is not stored, so it can be shown once only.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// The secret.
    pub token: LinkToken,
    /// What it is good for.
    pub purpose: Purpose,
    /// Until when.
    pub ends_at: Timestamp,
}

/// Whom a link that works is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkHolder {
    /// What colleagues call them.
    pub name: String,
    /// The address they sign in with.
    pub email: Email,
}

/// Adds somebody without a password and makes the link with which they set one; until then they cannot sign in.
///
/// # Errors
/// Without [`Permission::ManagePeople`] or a fresh sign-in, without a role, or when the address is taken.
pub fn invite(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    invited: &Invited,
) -> Result<NewLink, AccessError> {
    let jurisdiction = &invited.jurisdiction;
    by.require(jurisdiction, Permission::ManagePeople)?;
    by.require_fresh(now)?;
    let person = people::add_invited(tx, now, by, invited)?;
    Ok(put(tx, now, jurisdiction, Purpose::Invitation, person, &invited.email)?)
}

/// Makes a link for somebody: an invitation again while they have no password, otherwise a reset. Their password
/// stays what it is until the link is used; earlier links are worthless at once.
///
/// # Errors
/// Without [`Permission::ManagePeople`] or a fresh sign-in; [`AccessError::UnknownPerson`] for strangers and for
/// people whose access has ended.
pub fn make(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<NewLink, AccessError> {
    by.require(jurisdiction, Permission::ManagePeople)?;
    by.require_fresh(now)?;
    let found = people::find(tx, jurisdiction, person)?.filter(|found| found.disabled_at.is_none());
    let found = found.ok_or(AccessError::UnknownPerson(person))?;
    let purpose = if found.invited_at.is_some() { Purpose::Invitation } else { Purpose::Reset };
    let link = put(tx, now, jurisdiction, purpose, person, &found.email)?;
    audit::append_about_person(tx, now, by, jurisdiction, person, purpose.made())?;
    Ok(link)
}

fn put(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    purpose: Purpose,
    person: PersonId,
    email: &Email,
) -> Result<NewLink, db::Error> {
    const PUT: &str = "
        insert into password_link (jurisdiction_id, token_hash, purpose, person_id, email, ends_at)
        values ($1, $2, $3, $4, $5, $6)";
    drop_of(tx, jurisdiction, person)?;
    let (token, ends_at) = (LinkToken::new(tx.random()), now + purpose.lasts());
    let hash = token.fingerprint();
    tx.exec_one(PUT, db::params![jurisdiction, hash, purpose.as_str(), person, email, ends_at])?;
    Ok(NewLink { token, purpose, ends_at })
}

/// Whom a link is for, while it works; uses nothing up.
///
/// # Errors
/// What the store refuses.
pub fn open(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    purpose: Purpose,
    token: &LinkToken,
) -> Result<Option<LinkHolder>, db::Error> {
    const OPEN: &str = "
        select p.name, p.email from password_link as l
        join person as p on p.jurisdiction_id = l.jurisdiction_id and p.id = l.person_id
        where l.jurisdiction_id = $1 and l.token_hash = $2 and l.purpose = $3 and l.ends_at > $4
            and p.email = l.email and p.disabled_at is null";
    tx.query_opt(OPEN, db::params![jurisdiction, token.fingerprint(), purpose.as_str(), now], |row| {
        Ok(LinkHolder { name: row.get(0)?, email: row.get(1)? })
    })
}

/// Uses a link up: the person has this password from now on, and every session and device of theirs is forgotten.
///
/// # Errors
/// [`AccessError::LinkSpent`], whatever the reason that it does not work (any more).
pub fn set_password(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    purpose: Purpose,
    token: &LinkToken,
    password: &PasswordHash,
) -> Result<(), AccessError> {
    // Of two who come with the same link at the same moment, one finds the row gone.
    const USE: &str = "
        delete from password_link
        where jurisdiction_id = $1 and token_hash = $2 and purpose = $3 and ends_at > $4
            and exists (select 1 from person as p
                where p.jurisdiction_id = password_link.jurisdiction_id and p.id = password_link.person_id
                    and p.email = password_link.email and p.disabled_at is null)
        returning person_id";
    let used = db::params![jurisdiction, token.fingerprint(), purpose.as_str(), now];
    let person: Option<PersonId> = tx.query_opt(USE, used, |row| row.get(0))?;
    let person = person.ok_or(AccessError::LinkSpent)?;
    people::replace_password(tx, jurisdiction, person, password)?;
    Ok(audit::append_about_person(tx, now, &HOLDER, jurisdiction, person, purpose.used())?)
}

/// Makes every link of a person worthless, as part of a change that is recorded by itself.
pub(crate) fn drop_of(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<(), db::Error> {
    const DROP: &str = "delete from password_link where jurisdiction_id = $1 and person_id = $2";
    tx.exec(DROP, db::params![jurisdiction, person]).map(|_| ())
}
