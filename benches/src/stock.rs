//! Databases with sample towns in them, made through the command line of the program that is measured.

use std::time::Duration;

use anyhow::{Context, ensure};
use testkit::TestDatabase;

use crate::process::{Program, Server};
use crate::settings::Engine;

/// A million requests take a while.
const FILLED_WITHIN: Duration = Duration::from_secs(1800);

/// A command that does little.
const COMMAND_WITHIN: Duration = Duration::from_secs(60);

/// How long a server may take to listen before we give up on it.
pub(crate) const LISTENS_WITHIN: Duration = Duration::from_secs(60);

/// Keys are limited to 2,000 calls a second each; a large center has many programs, each with a key of its own.
const KEYS: usize = 16;

/// Requests that a town usually has for each of its people.
const REQUESTS_PER_PERSON: f64 = 0.7;

/// The people that `townline demo` can make up.
const PEOPLE: (f64, f64) = (500.0, 2_000_000.0);

/// A database that goes away with this value.
pub(crate) struct Stock {
    program: Program,
    database: TestDatabase,
    /// The engine it runs on.
    pub(crate) engine: Engine,
    /// How long it took to fill.
    pub(crate) filled_in: Duration,
}

impl Stock {
    /// A database without tables.
    pub(crate) fn empty(program: &Program, engine: Engine) -> Self {
        let on = match engine {
            Engine::Sqlite => testkit::Engine::Sqlite,
            Engine::Postgres => testkit::Engine::Postgres,
        };
        let database = TestDatabase::open(on, &[]);
        Self { program: program.clone(), database, engine, filled_in: Duration::ZERO }
    }

    /// A sample town of so many people.
    pub(crate) fn with_people(program: &Program, engine: Engine, people: u32) -> anyhow::Result<Self> {
        Self::empty(program, engine).filled(&["--population", &people.to_string()])
    }

    /// A sample town with so many requests, as large as usual for them.
    pub(crate) fn with_requests(program: &Program, engine: Engine, requests: u64) -> anyhow::Result<Self> {
        let people = (requests as f64 / REQUESTS_PER_PERSON).clamp(PEOPLE.0, PEOPLE.1) as u32;
        let size = ["--population", &people.to_string(), "--requests", &requests.to_string()];
        Self::empty(program, engine).filled(&size)
    }

    fn filled(mut self, size: &[&str]) -> anyhow::Result<Self> {
        self.filled_in = self.run(&[&["demo", "--no-serve"], size].concat(), FILLED_WITHIN)?.1;
        if self.engine == Engine::Postgres {
            // The server does this by itself within a minute; the figures are about the time after.
            self.database.write_now(|tx| tx.exec("analyze", &[])).context("statistics of the tables")?;
        }
        Ok(self)
    }

    /// Runs a command on this database: what it printed, and how long it took.
    pub(crate) fn run(&self, arguments: &[&str], within: Duration) -> anyhow::Result<(String, Duration)> {
        let finished =
            self.program.run(&[arguments, &["--database", self.database.address()]].concat(), within)?;
        Ok((finished.output, finished.took))
    }

    /// Starts a server on it.
    pub(crate) fn serve(&self) -> anyhow::Result<Server> {
        self.serve_by(&self.program, &["serve"])
    }

    /// Starts another program's server on it.
    pub(crate) fn serve_by(&self, program: &Program, arguments: &[&str]) -> anyhow::Result<Server> {
        program.serve(&[arguments, &["--database", self.database.address()]].concat(), LISTENS_WITHIN)
    }

    /// Makes API keys that may create requests.
    pub(crate) fn keys(&self) -> anyhow::Result<Vec<String>> {
        let read = |tx: &mut db::Tx<'_>| {
            tx.query_one("select jurisdiction_id from jurisdiction", &[], |row| row.get(0))
        };
        let jurisdiction: String = self.database.read_now(read).context("the town's id")?;
        let add = ["key", "add", "--jurisdiction", &jurisdiction, "--scope", "open311:create"];
        (0..KEYS).map(|_| Ok(self.run(&add, COMMAND_WITHIN)?.0.trim().to_owned())).collect()
    }

    /// How many requests are stored.
    pub(crate) fn requests(&self) -> anyhow::Result<u64> {
        self.count("select count(*) from service_request")
    }

    /// What a query counts.
    pub(crate) fn count(&self, sql: &'static str) -> anyhow::Result<u64> {
        let rows: i64 =
            self.database.read_now(move |tx| tx.query_one(sql, &[], |row| row.get(0))).context(sql)?;
        ensure!(rows >= 0, "{sql} answered {rows}");
        Ok(rows.unsigned_abs())
    }
}
