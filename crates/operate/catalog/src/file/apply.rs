//! Bringing a catalog file into the store.

use access::{Actor, JurisdictionId, Permission};
use db::Tx;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::calendars;
use crate::change::{Change, Edit};
use crate::departments;
use crate::error::CatalogError;
use crate::file::locate::locate;
use crate::file::{CatalogFile, FileNotice, FileService, FileTarget};
use crate::flaw::Wrong;
use crate::jurisdiction;
use crate::moment::read_instant;
use crate::notice::{self, NoticeDraft};
use crate::service::ServiceId;
use crate::services;
use crate::target::NewTarget;
use crate::targets;
use crate::teams;

/// An entry that a file adds or changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is, in the words of the file: `service`, `team`…
    pub kind: &'static str,
    /// Its code; for targets that of their service.
    pub code: String,
    /// Added or changed.
    pub change: Change,
}

/// How many entries of a file were new, different or already so, and which ones were not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Entries that were not there before; every new version of a target is one.
    pub added: usize,
    /// Entries that are different now.
    pub changed: usize,
    /// Entries that were already so.
    pub unchanged: usize,
    /// What was added or changed, in the order of the file.
    pub differences: Vec<Difference>,
}

/// Brings every entry of the file into the jurisdiction's catalog, or none of them.
///
/// # Errors
/// [`CatalogError::File`] with the line of the entry that does not fit; otherwise permission or store.
pub fn apply(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    id: &JurisdictionId,
    file: &CatalogFile,
) -> Result<Changes, CatalogError> {
    let edit = Edit::begin(tx, now, by, id, Permission::ManageCatalog)?;
    by.require(id, Permission::ManageTargets)?;
    let applied = Application { edit: &edit, file, changes: Changes::default() }.run(tx);
    applied.map_err(|error| match error {
        CatalogError::Flaw(flaw) => CatalogError::File(locate(&file.source, flaw)),
        other => other,
    })
}

struct Application<'a> {
    edit: &'a Edit<'a>,
    file: &'a CatalogFile,
    changes: Changes,
}

impl Application<'_> {
    /// In the order in which entries refer to each other.
    fn run(mut self, tx: &mut Tx<'_>) -> Result<Changes, CatalogError> {
        let id = self.edit.jurisdiction;
        let jurisdiction =
            jurisdiction::find(tx, id)?.ok_or_else(|| CatalogError::UnknownJurisdiction(id.clone()))?;
        self.calendars(tx)?;
        self.departments_and_teams(tx)?;
        self.services(tx, &jurisdiction.zone)?;
        self.notices(tx, &jurisdiction.zone)?;
        Ok(self.changes)
    }

    fn calendars(&mut self, tx: &mut Tx<'_>) -> Result<(), CatalogError> {
        for (code, spec) in &self.file.calendars {
            let change = calendars::save_in(tx, self.edit, code, spec)?;
            self.count("calendar", code, change);
        }
        match &self.file.default_calendar {
            Some(code) => {
                let change = calendars::set_default_in(tx, self.edit, code)?;
                self.count("default_calendar", code, change);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn departments_and_teams(&mut self, tx: &mut Tx<'_>) -> Result<(), CatalogError> {
        for (item, draft) in self.file.departments.iter().enumerate() {
            let saved = departments::save_in(tx, self.edit, draft);
            let saved = saved.map_err(|e| e.inside_item("department", item))?;
            self.count("department", &draft.code, saved.change);
        }
        for (item, draft) in self.file.teams.iter().enumerate() {
            let saved = teams::save_in(tx, self.edit, draft);
            let saved = saved.map_err(|e| e.inside_item("team", item))?;
            self.count("team", &draft.code, saved.change);
        }
        Ok(())
    }

    fn services(&mut self, tx: &mut Tx<'_>, zone: &TimeZone) -> Result<(), CatalogError> {
        for (item, service) in self.file.services.iter().enumerate() {
            self.service(tx, zone, service).map_err(|e| e.inside_item("service", item))?;
        }
        Ok(())
    }

    fn service(
        &mut self,
        tx: &mut Tx<'_>,
        zone: &TimeZone,
        service: &FileService,
    ) -> Result<(), CatalogError> {
        let saved = services::save_in(tx, self.edit, &service.draft)?;
        self.count("service", &service.draft.code, saved.change);
        self.targets(tx, zone, saved.id, service)
    }

    fn targets(
        &mut self,
        tx: &mut Tx<'_>,
        zone: &TimeZone,
        id: ServiceId,
        service: &FileService,
    ) -> Result<(), CatalogError> {
        let mut targets = Vec::with_capacity(service.targets.len());
        for (item, target) in service.targets.iter().enumerate() {
            targets.push(target.in_zone(zone).map_err(|e| e.inside_item("target", item))?);
        }
        let added = targets::set_all_in(tx, self.edit, id, &targets)?;
        (0..added).for_each(|_| self.count("target", &service.draft.code, Change::Added));
        self.changes.unchanged += targets.len() - added;
        Ok(())
    }

    fn notices(&mut self, tx: &mut Tx<'_>, zone: &TimeZone) -> Result<(), CatalogError> {
        for (item, notice) in self.file.notices.iter().enumerate() {
            let saved = notice.in_zone(zone).and_then(|draft| notice::save_in(tx, self.edit, &draft));
            let change = saved.map_err(|e| e.inside_item("notice", item))?;
            self.count("notice", &notice.code, change);
        }
        Ok(())
    }

    fn count(&mut self, kind: &'static str, code: &str, change: Change) {
        if change != Change::Unchanged {
            self.changes.differences.push(Difference { kind, code: code.to_owned(), change });
        }
        match change {
            Change::Added => self.changes.added += 1,
            Change::Changed => self.changes.changed += 1,
            Change::Unchanged => self.changes.unchanged += 1,
        }
    }
}

impl FileTarget {
    fn in_zone(&self, zone: &TimeZone) -> Result<NewTarget, CatalogError> {
        let effective_from = instant(&self.from, zone, "from")?;
        Ok(NewTarget { effective_from, first_response: self.first_response, resolution: self.resolution })
    }
}

impl FileNotice {
    fn in_zone(&self, zone: &TimeZone) -> Result<NoticeDraft, CatalogError> {
        Ok(NoticeDraft {
            code: self.code.clone(),
            service: self.service.clone(),
            text: self.text.clone(),
            from: instant(&self.from, zone, "from")?,
            until: self.until.as_ref().map(|until| instant(until, zone, "until")).transpose()?,
        })
    }
}

fn instant(given: &str, zone: &TimeZone, field: &str) -> Result<Timestamp, CatalogError> {
    let instant = read_instant(given, zone);
    instant.ok_or_else(|| Wrong::NotAMoment { given: given.to_owned() }.at(field).into())
}
