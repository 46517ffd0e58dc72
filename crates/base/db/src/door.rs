//! The door itself: an address, a queue, and the threads behind it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::oneshot;

use crate::chance::Chance;
use crate::error::Error;
use crate::postgres_engine::{PostgresConnection, Purpose};
use crate::sqlite_engine::SqliteConnection;
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
        queue(&self.writes, operation)?.await.unwrap_or_else(|_| Err(Error::Shut.into()))
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
        queue(&self.reads, operation)?.await.unwrap_or_else(|_| Err(Error::Shut.into()))
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
        queue(&self.writes, operation)?.blocking_recv().unwrap_or_else(|_| Err(Error::Shut.into()))
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
        queue(&self.reads, operation)?.blocking_recv().unwrap_or_else(|_| Err(Error::Shut.into()))
    }
}

fn queue<T, E, F>(line: &mpsc::Sender<Box<dyn Work>>, run: F) -> Result<oneshot::Receiver<Result<T, E>>, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let (operation, answer) = Operation::new(run);
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
    let (writes, mut write_queue) = mpsc::channel::<Box<dyn Work>>(QUEUE_MAX);
    let (reads, read_queue) = mpsc::channel(QUEUE_MAX);
    let mut writer = SqliteConnection::writer(&path, chance.branch())?;
    start("db writer", move || {
        while let Some(first) = write_queue.blocking_recv() {
            writer.write_group(first, || next_or_soon(&mut write_queue));
        }
    });
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
    Ok(Db { writes, reads })
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
    Ok(Db { writes, reads })
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
