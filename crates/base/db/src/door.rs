//! The door itself: an address, a queue, and the threads behind it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{oneshot, watch};

use crate::chance::Chance;
use crate::error::Error;
use crate::postgres_engine::{PostgresConnection, Purpose};
use crate::sqlite_engine::{SqliteConnection, SyncFailed};
use crate::tx::Tx;
use crate::work::{Operation, Work};

/// Operations that may wait; more are refused at once, so that memory stays bounded in a storm.
const QUEUE_MAX: usize = 8192;

/// Turns given to other threads before a commit goes out with what it has: tens of microseconds when nobody wants them.
const TURNS_WAITED: usize = 40;

/// Threads that read; more only fight for the cores.
const READERS: usize = 4;

/// Threads that write on PostgreSQL; sixteen made the slowest answers slower.
const POSTGRES_WRITERS: usize = 8;

/// An open database. Cheap to clone; the threads end when the last clone is gone.
#[derive(Clone)]
pub struct Db {
    writes: mpsc::Sender<Box<dyn Work>>,
    reads: mpsc::Sender<Box<dyn Work>>,
    read_within: Option<Duration>,
    given_up: watch::Receiver<bool>,
}

impl Db {
    /// Opens `sqlite:PATH` (made when missing) or `postgres://…` and starts the threads.
    ///
    /// `chance` seeds all randomness used for ids and secrets.
    ///
    /// # Errors
    /// An address that is not understood, a database out of reach, or one with weak durability.
    pub fn open(address: &str, chance: [u8; 32]) -> Result<Self, Error> {
        let chance = Chance::new(chance);
        if let Some(path) = address.strip_prefix("sqlite:") {
            return open_sqlite(Path::new(path), chance);
        }
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            return open_postgres(address, chance);
        }
        Err(Error::Address { address: without_password(address) })
    }

    /// The same database, for people who wait: what they read is cut off after this time, so that one expensive question
    /// does not hold a thread others need ([`Error::is_out_of_time`]). On SQLite the time is the operation's, on
    /// PostgreSQL each of its queries'. Writing is not limited.
    #[must_use]
    pub fn limited(&self, within: Duration) -> Self {
        Self { read_within: Some(within), ..self.clone() }
    }

    /// Whether the database has given up because a sync failed: it refuses everything then, and only a new start finds
    /// out what is on stable storage (DUR-04).
    pub fn has_given_up(&self) -> bool {
        *self.given_up.borrow()
    }

    /// Waits until the database gives up, which it hopefully never does.
    pub async fn gives_up(&self) {
        let mut given_up = self.given_up.clone();
        if given_up.wait_for(|given_up| *given_up).await.is_err() {
            // Whoever could say so has ended in peace.
            std::future::pending::<()>().await;
        }
    }

    /// Runs an operation that may change rows; answers once the change is on stable storage.
    ///
    /// # Errors
    /// What the operation answers, and nothing is stored then; or that the store failed.
    pub async fn write<T, E, F>(&self, operation: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        queue(&self.writes, operation, None)?.await.unwrap_or_else(|_| Err(Error::Shut.into()))
    }

    /// Runs an operation that only reads, on a consistent snapshot.
    ///
    /// # Errors
    /// What the operation answers, or that the store failed.
    pub async fn read<T, E, F>(&self, operation: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        queue(&self.reads, operation, self.read_within)?.await.unwrap_or_else(|_| Err(Error::Shut.into()))
    }

    /// [`Db::write`] for commands and tests: blocks, so it must not be called from async code.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_now<T, E, F>(&self, operation: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        queue(&self.writes, operation, None)?.blocking_recv().unwrap_or_else(|_| Err(Error::Shut.into()))
    }

    /// [`Db::read`] for commands and tests: blocks, so it must not be called from async code.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_now<T, E, F>(&self, operation: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        queue(&self.reads, operation, self.read_within)?
            .blocking_recv()
            .unwrap_or_else(|_| Err(Error::Shut.into()))
    }
}

fn queue<T, E, F>(
    line: &mpsc::Sender<Box<dyn Work>>,
    run: F,
    within: Option<Duration>,
) -> Result<oneshot::Receiver<Result<T, E>>, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (operation, answer) = Operation::new(run, within);
    line.try_send(Box::new(operation)).map_err(|refusal| match refusal {
        TrySendError::Full(_) => Error::Overloaded,
        TrySendError::Closed(_) => Error::Shut,
    })?;
    Ok(answer)
}

type Queue = mpsc::Receiver<Box<dyn Work>>;

/// A queue that several threads take from.
#[derive(Clone)]
struct SharedQueue(Arc<Mutex<Queue>>);

impl SharedQueue {
    fn new(queue: Queue) -> Self {
        Self(Arc::new(Mutex::new(queue)))
    }

    /// An operation that waits already, if there is one.
    fn waiting(&self) -> Option<Box<dyn Work>> {
        // Whoever holds the lock waits for the queue to fill: then there is nothing in it.
        self.0.try_lock().ok()?.try_recv().ok()
    }

    /// Waits for the next operation; none when the door is shut.
    fn next(&self) -> Option<Box<dyn Work>> {
        self.0.lock().expect("no thread panics while it holds the queue").blocking_recv()
    }
}

fn open_sqlite(path: &Path, mut chance: Chance) -> Result<Db, Error> {
    let path: PathBuf = path.into();
    let (writes, write_queue) = mpsc::channel(QUEUE_MAX);
    let (reads, read_queue) = mpsc::channel(QUEUE_MAX);
    let writer = SqliteConnection::writer(&path, chance.branch())?;
    let (giving_up, given_up) = watch::channel(false);
    start("db writer", move || write_until_shut(writer, write_queue, &giving_up));
    let read_queue = SharedQueue::new(read_queue);
    for _ in 0..READERS {
        let mut reader = SqliteConnection::reader(&path, chance.branch())?;
        let queue = read_queue.clone();
        start("db reader", move || {
            while let Some(work) = queue.next() {
                reader.read(work);
            }
        });
    }
    Ok(Db { writes, reads, read_within: None, given_up })
}

/// Writes what comes through the queue until the door is shut or a sync fails.
fn write_until_shut(mut writer: SqliteConnection, mut queue: Queue, giving_up: &watch::Sender<bool>) {
    while let Some(first) = queue.blocking_recv() {
        if writer.write_group(first, || next_or_soon(&mut queue)) == Err(SyncFailed) {
            giving_up.send_replace(true);
            // Closing the last connection would write and sync once more, and believe the answer.
            std::mem::forget(writer);
            return;
        }
    }
}

/// What has come in, or comes in within the time that others need for a turn on the processor.
///
/// After a commit all its callers go on at once and come back together; a commit that did not wait for the second of
/// them would carry one operation, and each commit costs a write to the disk.
fn next_or_soon(queue: &mut Queue) -> Option<Box<dyn Work>> {
    for _ in 0..TURNS_WAITED {
        if let Ok(work) = queue.try_recv() {
            return Some(work);
        }
        thread::yield_now();
    }
    queue.try_recv().ok()
}

fn open_postgres(address: &str, mut chance: Chance) -> Result<Db, Error> {
    let config: tokio_postgres::Config =
        address.parse().map_err(|_| Error::Address { address: without_password(address) })?;
    let (writes, write_queue) = mpsc::channel(QUEUE_MAX);
    let (reads, read_queue) = mpsc::channel(QUEUE_MAX);
    let (write_queue, read_queue) = (SharedQueue::new(write_queue), SharedQueue::new(read_queue));
    // The server looks after its own syncs: it stops when one fails, and recovers.
    let (_, given_up) = watch::channel(false);
    for _ in 0..POSTGRES_WRITERS {
        let mut connection = PostgresConnection::open(&config, Purpose::Writing, chance.branch())?;
        let queue = write_queue.clone();
        start("db writer", move || {
            while let Some(work) = queue.next() {
                connection.write_group(work, || queue.waiting());
            }
        });
    }
    for _ in 0..READERS {
        let mut connection = PostgresConnection::open(&config, Purpose::Reading, chance.branch())?;
        let queue = read_queue.clone();
        start("db reader", move || {
            while let Some(work) = queue.next() {
                connection.read(work);
            }
        });
    }
    Ok(Db { writes, reads, read_within: None, given_up })
}

fn start(name: &str, run: impl FnOnce() + Send + 'static) {
    thread::Builder::new().name(name.to_owned()).spawn(run).expect("the system can start a thread");
}

/// An address that may be shown in an error.
fn without_password(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((_, after)) => format!("…@{after}"),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    /// A database whose disk answers every commit with this code.
    fn on_a_disk_that_says(code: std::ffi::c_int, folder: &Path) -> Db {
        let path = folder.join("faulty.db");
        let mut writer = SqliteConnection::writer(&path, StdRng::from_seed([1; 32])).unwrap();
        writer.disk_says = Some(code);
        let (writes, write_queue) = mpsc::channel(QUEUE_MAX);
        let (giving_up, given_up) = watch::channel(false);
        start("db writer", move || write_until_shut(writer, write_queue, &giving_up));
        let reads = mpsc::channel(1).0;
        Db { writes, reads, read_within: None, given_up }
    }

    fn write(db: &Db) -> Error {
        let made = db.write_now(|tx| tx.exec("create table never (x bigint)", &[]));
        made.expect_err("the disk said no")
    }

    #[test]
    fn dur_04_a_failed_sync_is_not_tried_again_and_ends_the_store() {
        for code in [rusqlite::ffi::SQLITE_IOERR_FSYNC, rusqlite::ffi::SQLITE_IOERR_DIR_FSYNC] {
            let folder = tempfile::tempdir().unwrap();
            let db = on_a_disk_that_says(code, folder.path());
            assert!(!db.has_given_up());
            let error = write(&db);
            assert!(matches!(&error, Error::Commit { source } if source.is_failed_sync()), "{error:?}");
            tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(db.gives_up());
            assert!(db.has_given_up());
            for _ in 0..3 {
                assert!(matches!(write(&db), Error::Shut), "nothing is written any more");
            }
            let tables = "select count(*) from sqlite_master";
            let after = Db::open(&format!("sqlite:{}/faulty.db", folder.path().display()), [2; 32]).unwrap();
            let found: i64 = after.read_now(move |tx| tx.query_one(tables, &[], |row| row.get(0))).unwrap();
            assert_eq!(found, 0, "what was not acknowledged is not there");
        }
    }

    #[test]
    fn dur_04_a_disk_that_is_full_at_the_commit_is_known_as_full_and_asked_again() {
        let folder = tempfile::tempdir().unwrap();
        let db = on_a_disk_that_says(rusqlite::ffi::SQLITE_FULL, folder.path());
        for _ in 0..2 {
            let error = write(&db);
            assert!(matches!(error, Error::Commit { .. }) && error.is_full(), "{error:?}");
        }
        assert!(!db.has_given_up());
    }
}
