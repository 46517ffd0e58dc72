//! A town without a map, and the ways to give it one.

use std::collections::{BTreeMap, BTreeSet};

use access::{Actor, JurisdictionId};
use catalog::{JurisdictionDraft, Text, jurisdictions};
use jiff::Timestamp;
use places::{FeatureFile, FeatureKind, Field, PlacesError, Put, TownMap};
use testkit::TestDatabase;

pub(crate) const PROGRAM: Actor = Actor::System("test");

pub(crate) struct Town<'d> {
    pub(crate) db: &'d TestDatabase,
    pub(crate) id: JurisdictionId,
}

pub(crate) fn now() -> Timestamp {
    "2026-05-08T16:00:00Z".parse().unwrap()
}

pub(crate) fn in_town(test: impl Fn(&Town<'_>)) {
    testkit::on_both(&[&places::SCHEMA], |db| {
        let town = Town { db, id: "maplefalls.example".parse().unwrap() };
        let id = town.id.clone();
        let draft = JurisdictionDraft {
            name: Text::new("en", "Maple Falls"),
            zone: "America/New_York".to_owned(),
            languages: vec!["en".to_owned()],
            contact: Text::new("en", "City Hall"),
            hosts: Vec::new(),
        };
        db.write_now(move |tx| jurisdictions::add(tx, now(), &PROGRAM, &id, &draft, None)).unwrap();
        test(&town);
    });
}

/// Fields as a command line writes them.
pub(crate) fn fields(pairs: &[(&str, &str)]) -> BTreeMap<Field, String> {
    pairs.iter().map(|(field, name)| (field.parse().unwrap(), (*name).to_owned())).collect()
}

impl Town<'_> {
    pub(crate) fn import(
        &self,
        kind: FeatureKind,
        source: &str,
        file: &FeatureFile,
    ) -> Result<(Put, u64), PlacesError> {
        self.import_as(&PROGRAM, kind, source, file)
    }

    pub(crate) fn import_as(
        &self,
        by: &Actor,
        kind: FeatureKind,
        source: &str,
        file: &FeatureFile,
    ) -> Result<(Put, u64), PlacesError> {
        let (id, by, source, features) =
            (self.id.clone(), by.clone(), source.to_owned(), file.features.clone());
        self.db.write_now(move |tx| {
            let put = places::put(tx, &by, &id, kind, &source, &features)?;
            let codes: BTreeSet<&str> = features.iter().map(|feature| feature.code.as_str()).collect();
            let removed = places::complete(tx, now(), &by, &id, (kind, &source), &codes, put.imported)?;
            Ok((put, removed))
        })
    }

    pub(crate) fn map(&self) -> TownMap {
        let id = self.id.clone();
        self.db.read_now(move |tx| TownMap::load(tx, &id)).unwrap()
    }

    pub(crate) fn audit_actions(&self) -> Vec<String> {
        let sql = "select action from audit_entry order by action limit 50";
        self.db.read_now(move |tx| tx.query(sql, &[], |row| row.get(0))).unwrap()
    }
}
