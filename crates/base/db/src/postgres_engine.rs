//! PostgreSQL: a few threads, each with a connection of its own that is made again when it breaks.

use std::collections::{HashMap, HashSet};

use postgres::types::ToSql;
use postgres::{Client, NoTls, Statement};
use rand::rngs::StdRng;

use crate::error::Error;
use crate::row::{Inner, Row};
use crate::tx::{Engine, Tx};
use crate::value::{Param, Value};
use crate::work::{Verdict, Work};

/// Prepared statements kept by connection; past that the cache starts anew.
const STATEMENTS_KEPT: usize = 256;

/// How often an operation is run again after a deadlock or a lost connection.
const TRIES_MAX: usize = 4;

/// A connection with its prepared statements.
pub(crate) struct PostgresConnection {
    config: postgres::Config,
    client: Option<Client>,
    statements: HashMap<String, Statement>,
    sequences: HashSet<String>,
    chance: StdRng,
    lane: i64,
}

impl PostgresConnection {
    /// Connects; the server must promise that a committed write is on stable storage.
    pub(crate) fn open(config: &postgres::Config, chance: StdRng, lane: i64) -> Result<Self, Error> {
        let (statements, sequences) = (HashMap::new(), HashSet::new());
        let mut connection =
            Self { config: config.clone(), client: None, statements, sequences, chance, lane };
        connection.reconnect()?;
        Ok(connection)
    }

    fn reconnect(&mut self) -> Result<(), Error> {
        self.statements.clear();
        let mut client = self.config.connect(NoTls)?;
        client.batch_execute("set client_encoding = 'UTF8'; set timezone = 'UTC'; set statement_timeout = '60s'; set idle_in_transaction_session_timeout = '60s'")?;
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            refuse_weak(&mut client, setting)?;
        }
        self.client = Some(client);
        Ok(())
    }

    /// Runs one operation in a transaction of its own and answers after the commit.
    pub(crate) fn write(&mut self, work: Box<dyn Work>) {
        self.run(work, "begin");
    }

    /// Runs one operation on a consistent snapshot.
    pub(crate) fn read(&mut self, work: Box<dyn Work>) {
        self.run(work, "begin isolation level repeatable read read only");
    }

    fn run(&mut self, mut work: Box<dyn Work>, begin: &'static str) {
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

    fn try_once(&mut self, work: &mut dyn Work, begin: &'static str) -> Result<Verdict, Stop> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            self.reconnect().map_err(Stop::NothingDone)?;
        }
        self.control(begin).map_err(Stop::NothingDone)?;
        let verdict = self.run_work(work);
        match verdict {
            Verdict::Keep => {
                self.control("commit").map_err(|e| Stop::Unknown(Error::Commit { why: e.to_string() }))?;
            }
            Verdict::Undo | Verdict::StartOver => {
                // A lost connection has rolled back by itself.
                let _ = self.control("rollback");
            }
        }
        Ok(verdict)
    }

    fn run_work(&mut self, work: &mut dyn Work) -> Verdict {
        let client = self.client.as_mut().expect("try_once connects first");
        let (statements, sequences) = (&mut self.statements, &mut self.sequences);
        let engine = Engine::Postgres(PostgresTx { client, statements, sequences });
        work.run(&mut Tx::new(engine, &mut self.chance, self.lane))
    }

    fn control(&mut self, sql: &'static str) -> Result<(), Error> {
        let client = self.client.as_mut().expect("try_once connects first");
        Ok(client.batch_execute(sql)?)
    }
}

/// Why a try ended without a verdict.
enum Stop {
    /// Nothing can have been stored: trying again is safe.
    NothingDone(Error),
    /// The commit may or may not have happened: trying again is not.
    Unknown(Error),
}

fn refuse_weak(client: &mut Client, setting: &'static str) -> Result<(), Error> {
    let found: String = client.query_one("select current_setting($1)", &[&setting])?.get(0);
    if found == "off" {
        return Err(Error::WeakSetting { setting, found });
    }
    Ok(())
}

/// The PostgreSQL half of [`Tx`].
pub(crate) struct PostgresTx<'a> {
    client: &'a mut Client,
    statements: &'a mut HashMap<String, Statement>,
    sequences: &'a mut HashSet<String>,
}

impl PostgresTx<'_> {
    pub(crate) fn exec(&mut self, sql: &str, params: &[&dyn Param]) -> Result<u64, Error> {
        let statement = self.prepare(sql)?;
        let values: Vec<Value<'_>> = params.iter().map(|p| p.value()).collect();
        Ok(self.client.execute(&statement, &as_postgres(&values))?)
    }

    pub(crate) fn query<T>(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        mut map: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let statement = self.prepare(sql)?;
        let values: Vec<Value<'_>> = params.iter().map(|p| p.value()).collect();
        let rows = self.client.query(&statement, &as_postgres(&values))?;
        rows.iter().map(|row| map(&Row(Inner::Postgres(row)))).collect()
    }

    /// A sequence object of the server; made when its name is first used.
    pub(crate) fn next_number(&mut self, sequence: &str) -> Result<i64, Error> {
        let name = format!("\"number {}\"", sequence.replace('"', ""));
        if !self.sequences.contains(&name) {
            self.ensure_sequence(&name)?;
        }
        let numbers = self.query("select nextval(cast($1 as text)::regclass)", &[&name], |row| row.get(0))?;
        numbers.into_iter().next().ok_or(Error::NoRow)
    }

    /// Remembers a sequence only once another transaction's commit has made it: our own may yet roll back.
    fn ensure_sequence(&mut self, name: &str) -> Result<(), Error> {
        let exists = self.query("select to_regclass($1) is not null", &[&name], |row| row.get::<bool>(0))?;
        if exists.contains(&true) {
            self.sequences.insert(name.to_owned());
            return Ok(());
        }
        // Two first users at once would both try to make it, and one would fail.
        self.client.batch_execute("select pg_advisory_xact_lock(7311312)")?;
        Ok(self.client.batch_execute(&format!("create sequence if not exists {name}"))?)
    }

    pub(crate) fn batch(&mut self, text: &str) -> Result<(), Error> {
        Ok(self.client.batch_execute(text)?)
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, Error> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        if self.statements.len() >= STATEMENTS_KEPT {
            self.statements.clear();
        }
        let statement = self.client.prepare(sql)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

fn as_postgres<'v>(values: &'v [Value<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}
