//! Tying a record's words to the catalog: services, departments and teams are found by name, or added.

use std::collections::HashMap;

use access::{Actor, JurisdictionId};
use catalog::{
    CatalogError, DepartmentId, MetService, PublicLevel, ServiceId, TeamId, ensure_department,
    ensure_service, ensure_team,
};
use db::{Db, Tx};
use jiff::Timestamp;

use super::record::Record;

/// What a service without a department is put under.
const NO_DEPARTMENT: &str = "Imported";

/// The names met so far and what they mean in the catalog.
pub struct CatalogNames {
    jurisdiction: JurisdictionId,
    public: PublicLevel,
    known: HashMap<Words, Meaning>,
}

/// The words of a record that name something of the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Words {
    service_code: String,
    service_name: String,
    group: Option<String>,
    department: String,
    team: Option<String>,
}

/// What they mean.
#[derive(Debug, Clone, Copy)]
pub struct Meaning {
    /// The service.
    pub service: ServiceId,
    /// The department.
    pub department: DepartmentId,
    /// The team.
    pub team: Option<TeamId>,
}

impl CatalogNames {
    /// Nothing met yet; services that have to be added get this public level.
    pub fn new(jurisdiction: JurisdictionId, public: PublicLevel) -> Self {
        Self { jurisdiction, public, known: HashMap::new() }
    }

    /// What a record's words mean; [`CatalogNames::learn`] must have seen it.
    pub fn meaning(&self, record: &Record) -> Option<Meaning> {
        self.known.get(&words(record)).copied()
    }

    /// Makes sure that all words of these records mean something; true when the catalog may have changed.
    pub fn learn<'r>(
        &mut self,
        db: &Db,
        now: Timestamp,
        by: &Actor,
        records: impl Iterator<Item = &'r Record>,
    ) -> Result<bool, CatalogError> {
        let mut new: Vec<Words> =
            records.map(words).filter(|words| !self.known.contains_key(words)).collect();
        new.sort_by(|a, b| {
            (&a.service_code, &a.department, &a.team).cmp(&(&b.service_code, &b.department, &b.team))
        });
        new.dedup();
        if new.is_empty() {
            return Ok(false);
        }
        let (jurisdiction, public, by) = (self.jurisdiction.clone(), self.public, by.clone());
        let learnt = db.write_now(move |tx| {
            let scene = Scene { now, by: &by, jurisdiction: &jurisdiction, public };
            new.iter()
                .map(|words| Ok((words.clone(), scene.ensure(tx, words)?)))
                .collect::<Result<Vec<_>, CatalogError>>()
        })?;
        self.known.extend(learnt);
        Ok(true)
    }
}

fn words(record: &Record) -> Words {
    Words {
        service_code: record.service_code.clone(),
        service_name: record.service_name.clone(),
        group: record.group.clone(),
        department: record.department.clone().unwrap_or_else(|| NO_DEPARTMENT.to_owned()),
        team: record.team.clone(),
    }
}

/// For whom and when something is added.
struct Scene<'a> {
    now: Timestamp,
    by: &'a Actor,
    jurisdiction: &'a JurisdictionId,
    public: PublicLevel,
}

impl Scene<'_> {
    fn ensure(&self, tx: &mut Tx<'_>, words: &Words) -> Result<Meaning, CatalogError> {
        let Scene { now, by, jurisdiction, public } = *self;
        let department = ensure_department(tx, now, by, jurisdiction, &words.department)?;
        let team = match &words.team {
            Some(team) => Some(ensure_team(tx, now, by, jurisdiction, department, team)?),
            None => None,
        };
        let code = (words.service_code != words.service_name).then_some(words.service_code.as_str());
        let met =
            MetService { code, name: &words.service_name, group: words.group.as_deref(), department, public };
        let service = ensure_service(tx, now, by, jurisdiction, &met)?;
        Ok(Meaning { service, department, team })
    }
}
