//! Maple Falls: the made-up town of the example catalog.

use access::{Actor, JurisdictionId, Role, SignedIn};
use catalog::file::{Changes, apply, parse};
use catalog::{Catalog, CatalogError, JurisdictionDraft, Service, Text, jurisdictions};
use jiff::Timestamp;
use testkit::TestDatabase;
use uuid::Uuid;

/// The example catalog.
pub(crate) const EXAMPLE: &str = include_str!("../fixtures/maple-falls.toml");

/// The program itself, as in a command.
pub(crate) const PROGRAM: Actor = Actor::System("test");

/// The moment at which the tests of the store play.
pub(crate) fn now() -> Timestamp {
    at("2026-05-08T16:00:00Z")
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn maple_falls() -> JurisdictionId {
    "maplefalls.example".parse().unwrap()
}

/// Somebody who is signed in at this jurisdiction with these roles.
pub(crate) fn signed_in(jurisdiction: &JurisdictionId, roles: &[Role]) -> Actor {
    Actor::Person(SignedIn {
        person_id: Uuid::from_u128(1).into(),
        jurisdiction: jurisdiction.clone(),
        name: "Ana".to_owned(),
        email: "ana@maplefalls.example".to_owned(),
        roles: roles.to_vec(),
        session: Uuid::from_u128(2).into(),
        signed_in_at: now(),
        seen_at: now(),
        expires_at: now() + jiff::SignedDuration::from_hours(1),
    })
}

/// Runs a store test on both engines, in a town without a catalog.
pub(crate) fn in_an_empty_town(test: impl Fn(&Town<'_>)) {
    testkit::on_both(&[&catalog::SCHEMA], |db| {
        let town = Town { db, id: maple_falls() };
        town.found();
        test(&town);
    });
}

/// Runs a store test on both engines, in a town with the example catalog.
pub(crate) fn in_town(test: impl Fn(&Town<'_>)) {
    in_an_empty_town(|town| {
        town.apply(EXAMPLE).unwrap();
        test(town);
    });
}

pub(crate) struct Town<'d> {
    pub(crate) db: &'d TestDatabase,
    pub(crate) id: JurisdictionId,
}

impl Town<'_> {
    fn found(&self) {
        let draft = JurisdictionDraft {
            languages: vec!["en".to_owned(), "es".to_owned()],
            ..JurisdictionDraft::new(Text::new("en", "Maple Falls"), "America/New_York")
        };
        self.write(move |tx, id| jurisdictions::add(tx, now(), &PROGRAM, id, &draft, None)).unwrap();
    }

    /// One operation that changes something.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        op: impl Fn(&mut db::Tx<'_>, &JurisdictionId) -> Result<T, CatalogError> + Send + 'static,
    ) -> Result<T, CatalogError> {
        let id = self.id.clone();
        self.db.write_now(move |tx| op(tx, &id))
    }

    /// One operation that only reads.
    pub(crate) fn read<T: Send + 'static>(
        &self,
        op: impl Fn(&mut db::Tx<'_>, &JurisdictionId) -> Result<T, CatalogError> + Send + 'static,
    ) -> Result<T, CatalogError> {
        let id = self.id.clone();
        self.db.read_now(move |tx| op(tx, &id))
    }

    pub(crate) fn apply(&self, text: &str) -> Result<Changes, CatalogError> {
        self.apply_at(now(), text)
    }

    pub(crate) fn apply_at(&self, now: Timestamp, text: &str) -> Result<Changes, CatalogError> {
        let file = parse(text)?;
        self.write(move |tx, id| apply(tx, now, &PROGRAM, id, &file))
    }

    pub(crate) fn export(&self) -> String {
        self.read(catalog::file::export).unwrap()
    }

    pub(crate) fn catalog(&self) -> Catalog {
        self.read(Catalog::load).unwrap()
    }

    pub(crate) fn version(&self) -> i64 {
        self.read(catalog::version).unwrap()
    }
}

/// A service of the example catalog.
pub(crate) fn service<'c>(catalog: &'c Catalog, code: &str) -> &'c Service {
    catalog.service_by_code(code).unwrap_or_else(|| panic!("no service {code}"))
}
