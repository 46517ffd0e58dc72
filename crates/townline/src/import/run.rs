//! An import from its first batch to its last.

use std::sync::Arc;

use access::{Actor, JurisdictionId};
use anyhow::Context;
use catalog::{Answers, Catalog, PublicLevel};
use db::Db;
use jiff::Timestamp;
use requests::import::{ImportedRequest, Tally, closing, put_batch};
use requests::{Outcome, Place, RequestError};

use super::catalog_names::{CatalogNames, Meaning};
use super::mapping::OutcomeWord;
use super::record::{Closing, Entry, Record, Reject};
use super::rejects::Rejects;

/// Records stored in one transaction: enough to share a commit, few enough that an interruption costs little.
const BATCH: usize = 500;

/// What an import came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// New requests, and known ones that had changed.
    pub imported: u64,
    /// Requests that were here already, the same.
    pub unchanged: u64,
    /// Rows that could not be used.
    pub rejected: u64,
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Summary { imported, unchanged, rejected } = self;
        write!(f, "imported {imported}, unchanged {unchanged}, rejected {rejected}")
    }
}

/// An import under way.
pub struct Import<'a> {
    db: &'a Db,
    now: Timestamp,
    by: Actor,
    jurisdiction: JurisdictionId,
    catalog: Arc<Catalog>,
    names: CatalogNames,
    rejects: Rejects,
    batch: Vec<Good>,
    summary: Summary,
}

/// A usable record and where it stood.
struct Good {
    line: u64,
    record: Record,
    original: Vec<String>,
}

impl<'a> Import<'a> {
    /// Begins an import into a jurisdiction; services it adds get this public level.
    pub fn new(
        db: &'a Db,
        now: Timestamp,
        by: Actor,
        catalog: Catalog,
        public: PublicLevel,
        rejects: Rejects,
    ) -> Self {
        let jurisdiction = catalog.jurisdiction.id.clone();
        let names = CatalogNames::new(jurisdiction.clone(), public);
        let (batch, summary) = (Vec::with_capacity(BATCH), Summary::default());
        Self { db, now, by, jurisdiction, catalog: Arc::new(catalog), names, rejects, batch, summary }
    }

    /// Takes one entry; every now and then a batch is stored.
    pub fn take(&mut self, entry: Entry) -> anyhow::Result<()> {
        let Entry { line, content, original } = entry;
        match content {
            Ok(record) => self.batch.push(Good { line, record, original }),
            Err(reject) => self.reject(line, &reject, &original)?,
        }
        if self.batch.len() >= BATCH { self.store_batch() } else { Ok(()) }
    }

    /// Stores what is left and closes the rejects file.
    pub fn finish(mut self) -> anyhow::Result<Summary> {
        self.store_batch()?;
        self.rejects.finish()?;
        Ok(self.summary)
    }

    fn reject(&mut self, line: u64, reject: &Reject, original: &[String]) -> anyhow::Result<()> {
        self.summary.rejected += 1;
        self.rejects.put(line, reject, original)
    }

    fn store_batch(&mut self) -> anyhow::Result<()> {
        let batch = std::mem::take(&mut self.batch);
        let added = self.names.learn(self.db, self.now, &self.by, batch.iter().map(|good| &good.record));
        if added.context("the catalog could not take the services of the file")? {
            self.load_catalog()?;
        }
        let (usable, imported) = self.tie(batch)?;
        let tally = self.put(imported)?;
        self.summary.imported += tally.added + tally.changed;
        self.summary.unchanged += tally.unchanged;
        for (place, error) in &tally.rejected {
            let good = &usable[*place];
            self.reject(good.line, &Reject::new("row", words(error)), &good.original)?;
        }
        Ok(())
    }

    fn load_catalog(&mut self) -> anyhow::Result<()> {
        let id = self.jurisdiction.clone();
        self.catalog = Arc::new(self.db.read_now(move |tx| Catalog::load(tx, &id))?);
        Ok(())
    }

    /// Ties records to the catalog; what cannot be tied is rejected.
    fn tie(&mut self, batch: Vec<Good>) -> anyhow::Result<(Vec<Good>, Vec<ImportedRequest>)> {
        let (mut usable, mut imported) = (Vec::with_capacity(batch.len()), Vec::with_capacity(batch.len()));
        for good in batch {
            let meaning = self.names.meaning(&good.record).context("the batch was learnt before")?;
            match request(&self.catalog, &good.record, meaning) {
                Ok(request) => {
                    imported.push(request);
                    usable.push(good);
                }
                Err(error) => self.reject(good.line, &Reject::new("row", words(&error)), &good.original)?,
            }
        }
        Ok((usable, imported))
    }

    fn put(&self, imported: Vec<ImportedRequest>) -> anyhow::Result<Tally> {
        let (now, by, catalog) = (self.now, self.by.clone(), Arc::clone(&self.catalog));
        Ok(self.db.write_now(move |tx| put_batch(tx, now, &by, &catalog, &imported))?)
    }
}

fn request(catalog: &Catalog, record: &Record, meaning: Meaning) -> Result<ImportedRequest, RequestError> {
    let place = Place {
        point: record.point,
        address: record.address.clone(),
        zip: record.zip.clone(),
        ..Place::default()
    };
    let closing = record.closed.as_ref().map(|closed| closing_step(catalog, closed)).transpose()?;
    Ok(ImportedRequest {
        number: record.number.clone(),
        service: meaning.service,
        department: Some(meaning.department),
        team: meaning.team,
        channel: record.channel,
        requested_at: record.requested_at,
        updated_at: record.updated_at,
        target_at: record.target_at,
        description: record.description.clone().unwrap_or_default(),
        place,
        answers: Answers::default(),
        media_urls: record.media_url.iter().cloned().collect(),
        confidential: false,
        steps: closing.into_iter().collect(),
    })
}

fn closing_step(catalog: &Catalog, closed: &Closing) -> Result<requests::import::Step, RequestError> {
    closing(catalog, closed.at, outcome(closed.outcome), closed.note.as_deref().unwrap_or_default())
}

fn outcome(word: OutcomeWord) -> Outcome {
    match word {
        OutcomeWord::Done => Outcome::Done,
        // The other system's original is not known by a number of ours; the note tells of it.
        OutcomeWord::NoActionNeeded | OutcomeWord::Duplicate => Outcome::NoActionNeeded,
        OutcomeWord::NotOurs => Outcome::NotOurs,
        OutcomeWord::CouldNot => Outcome::CouldNot,
        OutcomeWord::Withdrawn => Outcome::Withdrawn,
    }
}

/// An error with its causes, in one line.
fn words(error: &RequestError) -> String {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    causes.fold(error.to_string(), |words, cause| format!("{words}: {cause}"))
}
