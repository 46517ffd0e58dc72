//! A small town whose staff sign in, and the words the tests are written in.

use std::sync::atomic::{AtomicI64, Ordering};

use access::passwords::{About, Hashing, Password, PasswordHash};
use access::people::{self, NewPerson};
use access::sign_in::{
    self, Attempt, Begun, Challenge, DeviceToken, Finished, NewSession, SourceNetwork, StepToken,
};
use access::{AccessError, Actor, Email, InstallationKey, JurisdictionId, PersonId, Role, SealingKey};
use jiff::{SignedDuration, Timestamp};
use testkit::TestDatabase;

pub(crate) const RIGHT: &str = "kettle violin gravel orbit";
pub(crate) const WRONG: &str = "kettle violin gravel planet";
pub(crate) const CONSOLE: Actor = Actor::System("console");

/// Cheap enough to hash hundreds of times.
pub(crate) fn cheap() -> Hashing {
    Hashing::new(16, 1).unwrap()
}

/// What seals secrets in these towns.
pub(crate) fn seal() -> SealingKey {
    InstallationKey::new([5; 32]).for_sealing()
}

pub(crate) fn springfield() -> JurisdictionId {
    "springfield.example".parse().unwrap()
}

pub(crate) fn shelbyville() -> JurisdictionId {
    "shelbyville.example".parse().unwrap()
}

pub(crate) fn source(text: &str) -> SourceNetwork {
    SourceNetwork::of(text.parse().unwrap())
}

/// A town with a database and a clock that only moves when told.
pub(crate) struct Town<'a> {
    pub(crate) db: &'a TestDatabase,
    now_us: AtomicI64,
}

impl<'a> Town<'a> {
    pub(crate) fn new(db: &'a TestDatabase) -> Self {
        let begin: Timestamp = "2026-05-08T08:00:00Z".parse().unwrap();
        Self { db, now_us: AtomicI64::new(begin.as_microsecond()) }
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.now_us.load(Ordering::SeqCst)).unwrap()
    }

    pub(crate) fn wait(&self, time: SignedDuration) {
        self.now_us.fetch_add(i64::try_from(time.as_micros()).unwrap(), Ordering::SeqCst);
    }

    pub(crate) fn write<T: Send + 'static>(
        &self,
        run: impl Fn(&mut db::Tx<'_>, Timestamp) -> Result<T, AccessError> + Send + 'static,
    ) -> Result<T, AccessError> {
        let now = self.now();
        self.db.write_now(move |tx| run(tx, now))
    }

    /// Adds somebody whose password is [`RIGHT`].
    pub(crate) fn hires(&self, name: &str, roles: &[Role]) -> PersonId {
        self.hires_in(springfield(), name, roles)
    }

    pub(crate) fn hires_in(&self, jurisdiction: JurisdictionId, name: &str, roles: &[Role]) -> PersonId {
        let new = NewPerson {
            email: Email::new(&address(name)).unwrap(),
            name: name.to_owned(),
            password: hash(RIGHT, cheap()),
            roles: roles.to_vec(),
            jurisdiction,
        };
        self.write(move |tx, now| people::add(tx, now, &CONSOLE, &new)).unwrap()
    }

    /// Signs in with the right password from the office.
    pub(crate) fn signs_in(&self, name: &str) -> NewSession {
        match self.tries(&attempt(name, "203.0.113.7", None), RIGHT) {
            Tried::SignedIn(session) => *session,
            other => panic!("{name} was not let in: {other:?}"),
        }
    }

    pub(crate) fn actor(&self, name: &str) -> Actor {
        Actor::Person(self.signs_in(name).who)
    }

    pub(crate) fn begins(&self, attempt: &Attempt) -> Result<Challenge, SignedDuration> {
        let attempt = attempt.clone();
        let begun = self.write(move |tx, now| Ok(sign_in::begin(tx, now, &attempt, cheap())?)).unwrap();
        match begun {
            Begun::Challenge(challenge) => Ok(*challenge),
            Begun::TooMany { wait } => Err(wait),
        }
    }

    pub(crate) fn tries(&self, attempt: &Attempt, password: &str) -> Tried {
        let challenge = match self.begins(attempt) {
            Ok(challenge) => challenge,
            Err(wait) => return Tried::TooMany { wait },
        };
        let verdict = challenge.check(password, cheap());
        match self.write(move |tx, now| sign_in::finish(tx, now, &verdict, None)).unwrap() {
            Finished::SignedIn(session) => Tried::SignedIn(session),
            Finished::CodeNeeded(step) => Tried::CodeNeeded(step),
            Finished::Refused => Tried::Refused,
        }
    }

    /// The actions of the audit chains by name: between two lanes nothing says which came first in one instant.
    pub(crate) fn actions(&self) -> Vec<String> {
        let mut actions: Vec<String> = self
            .db
            .read_now(|tx| {
                tx.query(
                    "select action from audit_entry where jurisdiction_id = $1 order by at, lane, seq limit 1000",
                    db::params![springfield()],
                    |row| row.get(0),
                )
            })
            .map_err(|e: db::Error| e)
            .unwrap();
        actions.sort();
        actions
    }
}

/// What became of a whole attempt.
#[derive(Debug)]
pub(crate) enum Tried {
    SignedIn(Box<NewSession>),
    CodeNeeded(StepToken),
    Refused,
    TooMany { wait: SignedDuration },
}

impl Tried {
    pub(crate) fn is_in(&self) -> bool {
        matches!(self, Tried::SignedIn(_))
    }
}

pub(crate) fn address(name: &str) -> String {
    format!("{}@springfield.example", name.to_lowercase())
}

pub(crate) fn attempt(name: &str, from: &str, device: Option<&DeviceToken>) -> Attempt {
    Attempt {
        jurisdiction: springfield(),
        email: address(name),
        source: source(from),
        device: device.cloned(),
    }
}

pub(crate) fn hash(password: &str, hashing: Hashing) -> PasswordHash {
    let about = About {
        jurisdiction: &springfield(),
        jurisdiction_name: "Springfield",
        name: "Ana",
        email: &Email::new("ana@springfield.example").unwrap(),
    };
    hashing.hash(&Password::new(password, &about).unwrap(), *b"a salt for tests")
}
