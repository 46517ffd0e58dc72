//! The worker: carries out jobs and timers of the database while the center is served.
//!
//! Any number of nodes may run one; the database lets each job be claimed once.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use access::JurisdictionId;
use anyhow::{Context, bail};
use catalog::{Catalog, jurisdictions};
use db::jobs::{self, Claimed, Job};
use db::{Db, Tx};
use jiff::{SignedDuration, Timestamp};
use requests::{idempotency, timers, typical};
use tokio::sync::watch;

use crate::checkpoints::Checkpoints;
use crate::wiring::now;

/// How often the worker looks for jobs when there were none.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How long a claimed job belongs to this worker.
const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// Jobs claimed at once.
const CLAIM: i64 = 20;

/// Stale rows dropped in one sweep.
const SWEEP: i64 = 10_000;

/// How often the worker looks whether a checkpoint is due.
const CHECKPOINTS_EVERY: SignedDuration = SignedDuration::from_secs(10);

/// How often typical times are computed anew and stale sessions are swept.
const HOUSEKEEPING_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Carries out jobs until it is told to stop.
pub struct Worker {
    db: Db,
    checkpoints: Checkpoints,
    next_checkpoints: Timestamp,
    next_housekeeping: Timestamp,
}

impl Worker {
    /// A worker for this database.
    pub fn new(db: Db, checkpoints: Checkpoints) -> Self {
        let at_once = Timestamp::UNIX_EPOCH;
        Self { db, checkpoints, next_checkpoints: at_once, next_housekeeping: at_once }
    }

    /// Works until the sender of `stopped` is dropped.
    pub async fn run(mut self, mut stopped: watch::Receiver<()>) {
        loop {
            let worked = match self.round(now()).await {
                Ok(worked) => worked,
                Err(error) => {
                    tracing::warn!(error = format!("{error:#}"), "the worker could not look for jobs");
                    false
                }
            };
            let pause = if worked { Duration::ZERO } else { LOOK_EVERY };
            tokio::select! {
                _ = stopped.changed() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// One look at what is due; true when there was something.
    async fn round(&mut self, now: Timestamp) -> anyhow::Result<bool> {
        if now >= self.next_housekeeping {
            self.next_housekeeping = now + HOUSEKEEPING_EVERY;
            self.keep_house(now).await?;
        }
        if now >= self.next_checkpoints {
            self.next_checkpoints = now + CHECKPOINTS_EVERY;
            self.note_checkpoints(now).await;
        }
        let claimed = self.db.write(move |tx| jobs::claim(tx, now, LEASE, CLAIM)).await?;
        let worked = !claimed.is_empty();
        let mut catalogs = HashMap::new();
        for job in claimed {
            if let Err(error) = self.carry_out(now, &job, &mut catalogs).await {
                let why = format!("{error:#}");
                tracing::warn!(kind = job.kind, job = %job.id, error = why, "a job failed");
                let _ = self.db.write(move |tx| jobs::failed(tx, now, &job, &why)).await?;
            }
        }
        Ok(worked)
    }

    /// Jobs go on when the place for checkpoints is full or gone; whoever watches the log is told.
    async fn note_checkpoints(&mut self, now: Timestamp) {
        if let Err(error) = self.checkpoints.note_due(now, &self.db).await {
            tracing::error!(error = format!("{error:#}"), "the ends of the audit chains could not be noted");
        }
    }

    /// Carries out one job and ends it in the same transaction.
    async fn carry_out(
        &self,
        now: Timestamp,
        job: &Job,
        catalogs: &mut HashMap<String, Arc<Catalog>>,
    ) -> anyhow::Result<()> {
        let catalog = match catalogs.get(&job.jurisdiction) {
            Some(catalog) => Arc::clone(catalog),
            None => self.catalog(&job.jurisdiction).await?,
        };
        catalogs.insert(job.jurisdiction.clone(), Arc::clone(&catalog));
        let job = job.clone();
        self.db.write(move |tx| run_and_end(tx, now, &catalog, &job)).await
    }

    async fn catalog(&self, jurisdiction: &str) -> anyhow::Result<Arc<Catalog>> {
        let id: JurisdictionId = jurisdiction.parse().context("the jurisdiction of a job")?;
        Ok(Arc::new(self.db.read(move |tx| Catalog::load(tx, &id)).await?))
    }

    async fn keep_house(&self, now: Timestamp) -> anyhow::Result<()> {
        let listed = self.db.read(jurisdictions::list).await?;
        for jurisdiction in listed {
            let id = jurisdiction.id.clone();
            let measured = self.db.read(move |tx| typical::measure(tx, now, &id)).await?;
            let id = jurisdiction.id.clone();
            self.db.write(move |tx| typical::keep(tx, now, &id, &measured)).await?;
            self.db.write(move |tx| web::sweep_drafts(tx, now, &jurisdiction.id)).await?;
        }
        self.db.write(move |tx| idempotency::sweep(tx, now, SWEEP)).await?;
        self.db.write(move |tx| access::sweep(tx, now)).await?;
        Ok(())
    }
}

/// Carries out a job and ends it; when another worker has it by now, nothing of this one's work is kept.
fn run_and_end(tx: &mut Tx<'_>, now: Timestamp, catalog: &Catalog, job: &Job) -> anyhow::Result<()> {
    timers::run(tx, now, catalog, job)?;
    match jobs::done(tx, job)? {
        Claimed::Held => Ok(()),
        Claimed::Lost => bail!("another worker has taken the job over"),
    }
}
