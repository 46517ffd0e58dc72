//! PostgreSQL: a few threads, each with a connection of its own that is made again when it breaks.
//!
//! What costs here is waiting for the server's answer, once for each statement. So operations share transactions as
//! they do on SQLite, and statements whose answer nobody needs at once are sent ahead ([`PostgresTx::exec_later`]).

use std::collections::{HashMap, HashSet};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use rand::rngs::StdRng;
use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Statement};

use crate::error::Error;
use crate::row::{Inner, Row};
use crate::tx::{Engine, Tx};
use crate::value::{OwnedValue, Param, Value};
use crate::work::{Verdict, Work, tell};

/// Prepared statements kept by connection; past that the cache starts anew.
const STATEMENTS_KEPT: usize = 256;

/// How often an operation is run again after a deadlock or a lost connection.
const TRIES_MAX: usize = 4;

/// How many operations one commit may carry; more would leave nothing for the other writers.
const GROUP_MAX: usize = 16;

/// A connection with its prepared statements.
pub(crate) struct PostgresConnection {
    config: tokio_postgres::Config,
    purpose: Purpose,
    session: Session,
    chance: StdRng,
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Reading,
    Writing,
}

impl PostgresConnection {
    /// Connects; the server must promise that a committed write is on stable storage.
    pub(crate) fn open(
        config: &tokio_postgres::Config,
        purpose: Purpose,
        chance: StdRng,
    ) -> Result<Self, Error> {
        Ok(Self { config: config.clone(), purpose, session: Session::open(config, purpose)?, chance })
    }

    /// Runs operations one after another in one transaction and answers them after its commit.
    ///
    /// `next` gives the work that waits meanwhile. When one of them is undone, or the transaction fails, each is run
    /// again in a transaction of its own.
    pub(crate) fn write_group(
        &mut self,
        first: Box<dyn Work>,
        mut next: impl FnMut() -> Option<Box<dyn Work>>,
    ) {
        let mut group = vec![first];
        let mut all_kept = self.session.begin().is_ok() && self.run_plainly(&mut group[0]);
        while all_kept
            && group.len() < GROUP_MAX
            && let Some(mut work) = next()
        {
            all_kept = self.run_plainly(&mut work);
            group.push(work);
        }
        if all_kept && self.session.settle().is_ok() {
            tell(group, self.session.control("commit"));
        } else {
            self.session.roll_back();
            group.into_iter().for_each(|work| self.run_alone(work, BEGIN));
        }
    }

    /// Runs one operation on a consistent snapshot, each of its queries within the time the operation was given.
    pub(crate) fn read(&mut self, work: Box<dyn Work>) {
        match work.within() {
            None => self.run_alone(work, READ),
            Some(within) => {
                let limit_ms = within.as_millis().max(1);
                self.run_alone(work, &format!("{READ}; set local statement_timeout = {limit_ms}"));
            }
        }
    }

    /// Runs one operation of a group; false when its statements must be undone.
    fn run_plainly(&mut self, work: &mut Box<dyn Work>) -> bool {
        work.is_abandoned() || matches!(self.run(work.as_mut()), Verdict::Keep)
    }

    /// Runs one operation in a transaction of its own and answers after the commit.
    fn run_alone(&mut self, mut work: Box<dyn Work>, begin: &str) {
        if work.is_abandoned() {
            return;
        }
        for try_number in 1..=TRIES_MAX {
            match self.try_once(work.as_mut(), begin) {
                Ok(Verdict::Keep | Verdict::Undo) => return work.answer(),
                Ok(Verdict::StartOver) if try_number < TRIES_MAX => {}
                Ok(Verdict::StartOver) => return work.answer(),
                Err(Stop::NothingDone(_)) if try_number < TRIES_MAX => {}
                Err(Stop::NothingDone(error) | Stop::Unknown(error)) => return work.refused(error),
            }
        }
    }

    fn try_once(&mut self, work: &mut dyn Work, begin: &str) -> Result<Verdict, Stop> {
        if self.session.client.is_closed() {
            self.session = Session::open(&self.config, self.purpose).map_err(Stop::NothingDone)?;
        }
        self.session.control(begin).map_err(Stop::NothingDone)?;
        let verdict = self.run(work);
        match verdict {
            Verdict::Keep => self.keep()?,
            Verdict::Undo | Verdict::StartOver => self.session.roll_back(),
        }
        Ok(verdict)
    }

    fn keep(&mut self) -> Result<(), Stop> {
        if let Err(error) = self.session.settle() {
            self.session.roll_back();
            return Err(Stop::NothingDone(error));
        }
        self.session.control("commit").map_err(|e| Stop::Unknown(Error::Commit { source: Arc::new(e) }))
    }

    fn run(&mut self, work: &mut dyn Work) -> Verdict {
        let lane = self.session.lane;
        let engine = Engine::Postgres(PostgresTx { session: &mut self.session });
        work.run(&mut Tx::new(engine, &mut self.chance, lane))
    }
}

const BEGIN: &str = "begin";
const READ: &str = "begin isolation level repeatable read read only";

/// Why a try ended without a verdict.
enum Stop {
    /// Nothing can have been stored: trying again is safe.
    NothingDone(Error),
    /// The commit may or may not have happened: trying again is not.
    Unknown(Error),
}

/// A statement that the server has been sent and whose answer nobody has read yet.
type Sent = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// One connection, as long as it lasts.
struct Session {
    /// Carries the connection's traffic, on the thread that waits for it.
    runtime: Runtime,
    client: Arc<Client>,
    statements: HashMap<String, Statement>,
    sequences: HashSet<String>,
    sent: Vec<Sent>,
    lane: i64,
}

impl Session {
    fn open(config: &tokio_postgres::Config, purpose: Purpose) -> Result<Self, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|source| Error::Runtime { source })?;
        let client = runtime.block_on(async {
            let (client, connection) = config.connect(NoTls).await?;
            // It ends with the connection; whoever waits for an answer then hears of it.
            tokio::spawn(connection);
            Ok::<_, Error>(Arc::new(client))
        })?;
        let (statements, sequences, sent) = (HashMap::new(), HashSet::new(), Vec::new());
        let mut session = Self { runtime, client, statements, sequences, sent, lane: 0 };
        session.control("set client_encoding = 'UTF8'; set timezone = 'UTC'; set statement_timeout = '60s'; set idle_in_transaction_session_timeout = '60s'")?;
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            session.refuse_weak(setting)?;
        }
        if purpose == Purpose::Writing {
            session.lane = session.free_lane()?;
        }
        Ok(session)
    }

    /// The first lane that no living connection writes in, neither of this program nor of another; ours until the end.
    fn free_lane(&self) -> Result<i64, Error> {
        const TAKE: &str = "select pg_try_advisory_lock(7311313, $1)";
        for lane in 0.. {
            if self.wait(self.client.query_one(TAKE, &[&lane]))?.get(0) {
                return Ok(lane.into());
            }
        }
        unreachable!("no server carries as many connections as there are numbers")
    }

    fn refuse_weak(&self, setting: &'static str) -> Result<(), Error> {
        let row = self.wait(self.client.query_one("select current_setting($1)", &[&setting]))?;
        let found: String = row.get(0);
        if found == "off" {
            return Err(Error::WeakSetting { setting, found });
        }
        Ok(())
    }

    fn wait<T>(&self, answer: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, Error> {
        Ok(self.runtime.block_on(answer)?)
    }

    fn control(&self, sql: &str) -> Result<(), Error> {
        self.wait(self.client.batch_execute(sql))
    }

    /// Begins a transaction together with the first statement in it.
    fn begin(&mut self) -> Result<(), Error> {
        let client = Arc::clone(&self.client);
        self.send(Box::pin(async move { Ok(client.batch_execute(BEGIN).await?) }))
    }

    /// Sends without waiting for the answer: the first look at it does.
    fn send(&mut self, mut sent: Sent) -> Result<(), Error> {
        let answered = poll_fn(|context| Poll::Ready(sent.as_mut().poll(context)));
        match self.runtime.block_on(answered) {
            Poll::Ready(answer) => answer,
            Poll::Pending => {
                self.sent.push(sent);
                Ok(())
            }
        }
    }

    /// Reads the answers to all that was sent ahead.
    fn settle(&mut self) -> Result<(), Error> {
        self.sent.drain(..).try_for_each(|sent| self.runtime.block_on(sent))
    }

    fn roll_back(&mut self) {
        self.sent.clear();
        // A lost connection has rolled back by itself.
        let _ = self.control("rollback");
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, Error> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        if self.statements.len() >= STATEMENTS_KEPT {
            self.statements.clear();
        }
        let statement = self.wait(self.client.prepare(sql))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// The PostgreSQL half of [`Tx`].
pub(crate) struct PostgresTx<'a> {
    session: &'a mut Session,
}

impl PostgresTx<'_> {
    pub(crate) fn exec(&mut self, sql: &str, params: &[&dyn Param]) -> Result<u64, Error> {
        let statement = self.session.prepare(sql)?;
        let values: Vec<Value<'_>> = params.iter().map(|p| p.value()).collect();
        self.session.wait(self.session.client.execute(&statement, &as_postgres(&values)))
    }

    /// Sends a statement that must touch one row; whether it did is heard before the commit.
    pub(crate) fn exec_later(&mut self, sql: &str, params: &[&dyn Param]) -> Result<(), Error> {
        let statement = self.session.prepare(sql)?;
        let values: Vec<OwnedValue> = params.iter().map(|p| p.value().into()).collect();
        let client = Arc::clone(&self.session.client);
        self.session.send(Box::pin(async move {
            match client.execute_raw(&statement, values).await? {
                1 => Ok(()),
                rows => Err(Error::NotOneRow { rows }),
            }
        }))
    }

    pub(crate) fn query<T>(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        mut map: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let statement = self.session.prepare(sql)?;
        let values: Vec<Value<'_>> = params.iter().map(|p| p.value()).collect();
        let rows = self.session.wait(self.session.client.query(&statement, &as_postgres(&values)))?;
        rows.iter().map(|row| map(&Row(Inner::Postgres(row)))).collect()
    }

    /// A sequence object of the server; made when its name is first used.
    pub(crate) fn next_number(&mut self, sequence: &str) -> Result<i64, Error> {
        let name = format!("\"number {}\"", sequence.replace('"', ""));
        if !self.session.sequences.contains(&name) {
            self.ensure_sequence(&name)?;
        }
        let numbers = self.query("select nextval(cast($1 as text)::regclass)", &[&name], |row| row.get(0))?;
        numbers.into_iter().next().ok_or(Error::NoRow)
    }

    /// Remembers a sequence only once another transaction's commit has made it: our own may yet roll back.
    fn ensure_sequence(&mut self, name: &str) -> Result<(), Error> {
        let exists = self.query("select to_regclass($1) is not null", &[&name], |row| row.get::<bool>(0))?;
        if exists.contains(&true) {
            self.session.sequences.insert(name.to_owned());
            return Ok(());
        }
        // Two first users at once would both try to make it, and one would fail.
        self.batch("select pg_advisory_xact_lock(7311312)")?;
        self.batch(&format!("create sequence if not exists {name}"))
    }

    pub(crate) fn batch(&mut self, text: &str) -> Result<(), Error> {
        self.session.control(text)
    }
}

fn as_postgres<'v>(values: &'v [Value<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}
