//! Who is calling: every operation is given one, and asks it for permission.

use jiff::{SignedDuration, Timestamp};

use crate::AccessError;
use crate::jurisdiction::JurisdictionId;
use crate::keys::KeyId;
use crate::people::PersonId;
use crate::permission::{self, Permission, Permissions, Role, Scope};
use crate::sessions::SessionId;

/// How recent a sign-in must be for the weightiest actions (SESS-08).
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// Last-seen and last-used times are written at most this often, to keep reading cheap.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// The caller of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A member of the public, with or without a private link.
    Resident,
    /// A member of staff in a session.
    Person(SignedIn),
    /// Another system with an API key.
    Key(KeyHolder),
    /// The program itself: a timer, or a command of whoever holds the machine. The name says which.
    System(&'static str),
}

/// A member of staff, as found by [`crate::sessions::find`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub person_id: PersonId,
    /// Where; rights end at its border.
    pub jurisdiction: JurisdictionId,
    /// What colleagues call them.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// Roles that count at this moment, in the order of [`Role::ALL`]; none while a second factor is owed.
    pub roles: Vec<Role>,
    /// The session they came through.
    pub session: SessionId,
    /// When they last proved who they are.
    pub signed_in_at: Timestamp,
    /// When they were last seen, to the minute.
    pub seen_at: Timestamp,
    /// When the session ends whatever they do.
    pub expires_at: Timestamp,
}

/// Another system, as found by [`crate::keys::find`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHolder {
    /// Which key.
    pub key: KeyId,
    /// Where it opens.
    pub jurisdiction: JurisdictionId,
    /// What the administrator called it.
    pub label: String,
    /// The part of the key that may be shown.
    pub prefix: String,
    /// What it was made for, in the order of [`Scope::ALL`].
    pub scopes: Vec<Scope>,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
}

impl Actor {
    /// Everything this caller may do (in their own jurisdiction, if they have one).
    pub fn permissions(&self) -> Permissions {
        match self {
            Actor::Resident => permission::RESIDENT,
            Actor::Person(person) => permission::of_roles(&person.roles),
            Actor::Key(key) => permission::of_scopes(&key.scopes),
            Actor::System(_) => Permissions::all(),
        }
    }

    /// True when this caller may do this; see [`Actor::require`] for the check that also knows where.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions().contains(permission)
    }

    /// Refuses a caller who may not do this in `jurisdiction`. Staff and keys of another jurisdiction
    /// are strangers there: not even what residents may do is theirs (AZ-07).
    ///
    /// # Errors
    /// [`AccessError::NotAllowed`].
    pub fn require(&self, jurisdiction: &JurisdictionId, permission: Permission) -> Result<(), AccessError> {
        let at_home = self.jurisdiction().is_none_or(|home| home == jurisdiction);
        if at_home && self.may(permission) { Ok(()) } else { Err(AccessError::NotAllowed { permission }) }
    }

    /// Refuses a person who signed in more than ten minutes ago; keys and the program itself have no
    /// session that could have been left open on a desk.
    ///
    /// # Errors
    /// [`AccessError::SignInTooOld`].
    pub fn require_fresh(&self, now: Timestamp) -> Result<(), AccessError> {
        match self {
            Actor::Person(person) if !person.is_fresh(now) => Err(AccessError::SignInTooOld),
            Actor::Person(_) | Actor::Resident | Actor::Key(_) | Actor::System(_) => Ok(()),
        }
    }

    /// The jurisdiction this caller belongs to; residents and the program itself belong to none.
    pub fn jurisdiction(&self) -> Option<&JurisdictionId> {
        match self {
            Actor::Person(person) => Some(&person.jurisdiction),
            Actor::Key(key) => Some(&key.jurisdiction),
            Actor::Resident | Actor::System(_) => None,
        }
    }

    /// How audit entries and events name this caller: a reference, never a name or an address, so that
    /// erasing a person leaves the chain whole.
    pub fn label(&self) -> String {
        match self {
            Actor::Resident => "resident".to_owned(),
            Actor::Person(person) => person_label(person.person_id),
            Actor::Key(key) => format!("key:{}", key.prefix),
            Actor::System(part) => format!("system:{part}"),
        }
    }
}

/// How audit entries and events name a person.
pub fn person_label(person: PersonId) -> String {
    format!("person:{person}")
}

impl SignedIn {
    /// True within ten minutes of signing in.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.signed_in_at) < FRESH
    }

    /// True when nothing but setting up the second factor is open to them: everybody has a role, and theirs do not count.
    pub fn owes_second_factor(&self) -> bool {
        self.roles.is_empty()
    }

    /// True when the last-seen time is due to be written by [`crate::sessions::touch`].
    pub fn is_due_to_be_touched(&self, now: Timestamp) -> bool {
        now.duration_since(self.seen_at) >= SEEN_EVERY
    }
}

impl KeyHolder {
    /// True when the last-used time is due to be written by [`crate::keys::touch`].
    pub fn is_due_to_be_touched(&self, now: Timestamp) -> bool {
        self.used_at.is_none_or(|at| now.duration_since(at) >= SEEN_EVERY)
    }

    /// True for a key that may travel in an Open311 parameter, where it is easily seen (API-07).
    pub fn is_only_for_creating(&self) -> bool {
        self.scopes == [Scope::Open311Create]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn ana() -> SignedIn {
        let at: Timestamp = "2026-05-08T16:00:00Z".parse().unwrap();
        SignedIn {
            person_id: Uuid::from_u128(7).into(),
            jurisdiction: "springfield.example".parse().unwrap(),
            name: "Ana".into(),
            email: "ana@springfield.example".into(),
            roles: vec![Role::Administrator, Role::Agent],
            session: Uuid::from_u128(8).into(),
            signed_in_at: at,
            seen_at: at,
            expires_at: at,
        }
    }

    #[test]
    fn az_07_an_administrator_is_a_stranger_next_door() {
        let ana = Actor::Person(ana());
        let (home, foreign) =
            ("springfield.example".parse().unwrap(), "shelbyville.example".parse().unwrap());
        assert!(ana.require(&home, Permission::ManageKeys).is_ok());
        for permission in Permission::ALL {
            assert!(ana.require(&foreign, *permission).is_err(), "{permission}");
        }
    }

    #[test]
    fn roles_add_up() {
        let both = Actor::Person(ana()).permissions();
        assert_eq!(both, Role::Administrator.permissions().and(Role::Agent.permissions()));
    }

    #[test]
    fn sess_08_a_sign_in_is_fresh_for_ten_minutes_only() {
        let ana = ana();
        let at = |s| ana.signed_in_at + SignedDuration::from_secs(s);
        assert!(ana.is_fresh(at(599)));
        assert!(!ana.is_fresh(at(600)));
        let actor = Actor::Person(ana.clone());
        assert!(matches!(actor.require_fresh(at(600)), Err(AccessError::SignInTooOld)));
    }

    #[test]
    fn aud_04_no_label_contains_a_name_or_an_address() {
        let label = Actor::Person(ana()).label();
        assert_eq!(label, "person:00000000-0000-0000-0000-000000000007");
        assert_eq!(Actor::System("import").label(), "system:import");
    }
}
