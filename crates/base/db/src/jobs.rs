//! Durable jobs and timers, kept in the database beside the rows they are about.
//!
//! A job is put in the same transaction as the change that calls for it, claimed by a worker for a
//! limited time, and ended, or tried again later, each time a little later, until it is declared dead
//! and shown to an administrator. A worker that was away too long finds that its claim has passed to
//! another ([`Claimed::Lost`]): the attempt number is the fence. A job with a key is a timer: putting it again
//! moves it, and it can be cancelled.

use jiff::{SignedDuration, Timestamp};

use crate::error::Error;
use crate::row::Row;
use crate::schema::{Migration, Schema};
use crate::tx::Tx;
use crate::{Query, params};

/// The table of jobs.
pub static SCHEMA: Schema = Schema {
    name: "jobs",
    needs: &[],
    migrations: &[Migration { name: "0001_jobs", sql: include_str!("../migrations/0001_jobs.sql") }],
};

/// Attempts after which a job is declared dead.
pub const ATTEMPTS_MAX: i64 = 8;

const FIRST_DELAY: SignedDuration = SignedDuration::from_secs(30);
const DELAY_MAX: SignedDuration = SignedDuration::from_hours(6);

crate::uuid_type!(
    /// Names one job.
    pub struct JobId
);

/// Something to be done later, or soon by somebody else.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// Whose job it is.
    pub jurisdiction: &'a str,
    /// What kind of worker it is for.
    pub kind: &'a str,
    /// What the worker needs to know, usually JSON with ids.
    pub payload: &'a str,
    /// Not before this instant.
    pub run_at: Timestamp,
    /// Makes it a timer: at most one waiting job of a jurisdiction has this key.
    pub key: Option<&'a str>,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Waits for its time or for a worker.
    Waiting,
    /// Failed too often; an administrator decides.
    Dead,
}

impl State {
    /// The word kept in the database and shown in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Dead => "dead",
        }
    }
}

/// A job as a worker or an administrator sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Whose job it is.
    pub jurisdiction: String,
    /// What kind of worker it is for.
    pub kind: String,
    /// What the worker needs to know.
    pub payload: String,
    /// Not before this instant.
    pub run_at: Timestamp,
    /// Attempts begun so far; the fence of a claim.
    pub attempt: i64,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// True once it is dead.
    pub is_dead: bool,
}

/// Whether a worker still held the job it reports on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Claimed {
    /// The report counts.
    Held,
    /// Another worker has it by now; this report changes nothing, and neither may its work.
    Lost,
}

/// How many jobs wait and how many are dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Jobs that wait.
    pub waiting: i64,
    /// Jobs that failed too often.
    pub dead: i64,
}

/// Puts a job; a waiting one with the same key is moved and takes the new payload, under a new id, so
/// that a worker still busy with the old one finds its claim lost.
///
/// # Errors
/// What the store answers.
pub fn enqueue(tx: &mut Tx<'_>, now: Timestamp, job: &NewJob<'_>) -> Result<JobId, Error> {
    let id = JobId::from(tx.new_id(now));
    tx.query_one(
        "insert into job (jurisdiction_id, id, kind, payload, run_at, key, state, attempt)
         values ($1, $2, $3, $4, $5, $6, 'waiting', 0)
         on conflict (jurisdiction_id, key) do update
         set id = excluded.id, kind = excluded.kind, payload = excluded.payload, run_at = excluded.run_at,
             state = 'waiting', attempt = 0, claimed_until = null, last_error = null
         returning id",
        params![job.jurisdiction, id, job.kind, job.payload, job.run_at, job.key],
        |row| row.get(0),
    )
}

/// Forgets a timer; nothing happens when there is none.
///
/// # Errors
/// What the store answers.
pub fn cancel(tx: &mut Tx<'_>, jurisdiction: &str, key: &str) -> Result<(), Error> {
    tx.exec("delete from job where jurisdiction_id = $1 and key = $2", params![jurisdiction, key])?;
    Ok(())
}

macro_rules! claim_sql {
    ($lock:literal) => {
        concat!(
            "update job set claimed_until = $2, attempt = job.attempt + 1
             where (jurisdiction_id, id) in (
                 select jurisdiction_id, id from job
                 where state = 'waiting' and run_at <= $1 and (claimed_until is null or claimed_until < $1)
                 order by run_at, id limit $3 ",
            $lock,
            ") returning id, jurisdiction_id, kind, payload, run_at, attempt, last_error, state"
        )
    };
}

/// Claims jobs that are due, of any jurisdiction, for as long as `lease`.
///
/// # Errors
/// What the store answers.
pub fn claim(tx: &mut Tx<'_>, now: Timestamp, lease: SignedDuration, limit: i64) -> Result<Vec<Job>, Error> {
    let sql = tx.by_engine(claim_sql!(""), claim_sql!("for update skip locked"));
    tx.query(sql, params![now, now + lease, limit], job)
}

/// Ends a job that was done.
///
/// # Errors
/// What the store answers.
pub fn done(tx: &mut Tx<'_>, job: &Job) -> Result<Claimed, Error> {
    let ended = tx.exec(
        "delete from job where jurisdiction_id = $1 and id = $2 and attempt = $3 and state = 'waiting'",
        params![job.jurisdiction, job.id, job.attempt],
    )?;
    Ok(held(ended))
}

/// Notes that an attempt failed: the job is tried again later, or declared dead.
///
/// # Errors
/// What the store answers.
pub fn failed(tx: &mut Tx<'_>, now: Timestamp, job: &Job, why: &str) -> Result<Claimed, Error> {
    let state = if job.attempt >= ATTEMPTS_MAX { State::Dead } else { State::Waiting };
    let noted = tx.exec(
        "update job set state = $4, run_at = $5, claimed_until = null, last_error = $6
         where jurisdiction_id = $1 and id = $2 and attempt = $3 and state = 'waiting'",
        params![job.jurisdiction, job.id, job.attempt, state.as_str(), now + delay_after(job.attempt), why],
    )?;
    Ok(held(noted))
}

/// Doubles from half a minute to six hours.
fn delay_after(attempt: i64) -> SignedDuration {
    let doublings = u32::try_from(attempt.clamp(1, 20) - 1).expect("clamped to small numbers");
    FIRST_DELAY.saturating_mul(2_i32.pow(doublings)).min(DELAY_MAX)
}

fn held(rows: u64) -> Claimed {
    if rows == 1 { Claimed::Held } else { Claimed::Lost }
}

/// The jobs of a jurisdiction, those due first at the top.
///
/// # Errors
/// What the store answers.
pub fn list(
    tx: &mut Tx<'_>,
    jurisdiction: &str,
    state: Option<State>,
    limit: i64,
) -> Result<Vec<Job>, Error> {
    let mut query = Query::new(
        "select id, jurisdiction_id, kind, payload, run_at, attempt, last_error, state from job where jurisdiction_id = ",
    )
    .bind(jurisdiction);
    if let Some(state) = state {
        query = query.text(" and state = ").bind(state.as_str());
    }
    tx.select(&query.text(" order by run_at, id limit ").bind(limit), job)
}

/// Gives a dead job another round of attempts; false when there is no such dead job.
///
/// # Errors
/// What the store answers.
pub fn retry(tx: &mut Tx<'_>, now: Timestamp, jurisdiction: &str, id: JobId) -> Result<bool, Error> {
    let revived = tx.exec(
        "update job set state = 'waiting', attempt = 0, run_at = $3, claimed_until = null
         where jurisdiction_id = $1 and id = $2 and state = 'dead'",
        params![jurisdiction, id, now],
    )?;
    Ok(revived == 1)
}

/// Drops a dead job for good; false when there is no such dead job.
///
/// # Errors
/// What the store answers.
pub fn discard(tx: &mut Tx<'_>, jurisdiction: &str, id: JobId) -> Result<bool, Error> {
    let dropped = tx.exec(
        "delete from job where jurisdiction_id = $1 and id = $2 and state = 'dead'",
        params![jurisdiction, id],
    )?;
    Ok(dropped == 1)
}

/// How many jobs of a jurisdiction wait and how many are dead.
///
/// # Errors
/// What the store answers.
pub fn counts(tx: &mut Tx<'_>, jurisdiction: &str) -> Result<Counts, Error> {
    tx.query_one(
        "select cast(coalesce(sum(case when state = 'waiting' then 1 else 0 end), 0) as bigint),
                cast(coalesce(sum(case when state = 'dead' then 1 else 0 end), 0) as bigint)
         from job where jurisdiction_id = $1",
        params![jurisdiction],
        |row| Ok(Counts { waiting: row.get(0)?, dead: row.get(1)? }),
    )
}

fn job(row: &Row<'_>) -> Result<Job, Error> {
    Ok(Job {
        id: row.get(0)?,
        jurisdiction: row.get(1)?,
        kind: row.get(2)?,
        payload: row.get(3)?,
        run_at: row.get(4)?,
        attempt: row.get(5)?,
        last_error: row.get(6)?,
        is_dead: row.get::<String>(7)? == State::Dead.as_str(),
    })
}
