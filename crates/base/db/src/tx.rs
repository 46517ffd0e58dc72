//! The transaction handle that every operation of the product is written against.

use jiff::Timestamp;
use rand::Rng;
use rand::rngs::StdRng;
use uuid::Uuid;

use crate::error::Error;
use crate::postgres_engine::PostgresTx;
use crate::query::{Query, Sql};
use crate::row::Row;
use crate::sqlite_engine::SqliteTx;
use crate::value::Param;

/// One transaction, on whichever engine runs.
pub struct Tx<'a> {
    engine: Engine<'a>,
    chance: &'a mut StdRng,
    lane: i64,
    /// The first failed statement, if any, and whether starting over may help.
    trouble: Option<Trouble>,
}

pub(crate) enum Engine<'a> {
    Sqlite(SqliteTx<'a>),
    Postgres(PostgresTx<'a>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Trouble {
    Final,
    WorthAnotherTry,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(engine: Engine<'a>, chance: &'a mut StdRng, lane: i64) -> Self {
        Self { engine, chance, lane, trouble: None }
    }

    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.trouble
    }

    /// Runs a statement; answers how many rows it touched.
    ///
    /// # Errors
    /// What the engine refuses. After an error the operation must end with an error too.
    pub fn exec<'s>(&mut self, sql: impl Into<Sql<'s>>, params: &[&dyn Param]) -> Result<u64, Error> {
        let done = match &mut self.engine {
            Engine::Sqlite(tx) => tx.exec(sql.into().text(), params),
            Engine::Postgres(tx) => tx.exec(sql.into().text(), params),
        };
        self.noting_trouble(done)
    }

    /// Runs a statement that must touch exactly one row.
    ///
    /// # Errors
    /// [`Error::NotOneRow`], or what the engine refuses.
    pub fn exec_one<'s>(&mut self, sql: impl Into<Sql<'s>>, params: &[&dyn Param]) -> Result<(), Error> {
        match self.exec(sql, params)? {
            1 => Ok(()),
            rows => Err(Error::NotOneRow { rows }),
        }
    }

    /// Runs a statement that must touch exactly one row and whose answer the operation does not need: on PostgreSQL it
    /// travels with the next statement, and whether it did what it must is heard before the commit.
    ///
    /// # Errors
    /// [`Error::NotOneRow`], or what the engine refuses: now or, where the operation has succeeded so far, in its place.
    pub fn exec_one_later<'s>(
        &mut self,
        sql: impl Into<Sql<'s>>,
        params: &[&dyn Param],
    ) -> Result<(), Error> {
        let Engine::Postgres(tx) = &mut self.engine else {
            return self.exec_one(sql, params);
        };
        let sent = tx.exec_later(sql.into().text(), params);
        self.noting_trouble(sent)
    }

    /// Runs a query and maps each row of the answer.
    ///
    /// # Errors
    /// What the engine refuses, or what `map` answers.
    pub fn query<'s, T>(
        &mut self,
        sql: impl Into<Sql<'s>>,
        params: &[&dyn Param],
        map: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let rows = match &mut self.engine {
            Engine::Sqlite(tx) => tx.query(sql.into().text(), params, map),
            Engine::Postgres(tx) => tx.query(sql.into().text(), params, map),
        };
        self.noting_trouble(rows)
    }

    /// Runs a query put together from what was asked for.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub fn select<T>(
        &mut self,
        query: &Query,
        map: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        self.query(query, &query.params(), map)
    }

    /// The first row of an answer, if there is one.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub fn query_opt<'s, T>(
        &mut self,
        sql: impl Into<Sql<'s>>,
        params: &[&dyn Param],
        map: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        Ok(self.query(sql, params, map)?.into_iter().next())
    }

    /// The first row of an answer that always has one.
    ///
    /// # Errors
    /// [`Error::NoRow`], or as [`Tx::query`].
    pub fn query_one<'s, T>(
        &mut self,
        sql: impl Into<Sql<'s>>,
        params: &[&dyn Param],
        map: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.query_opt(sql, params, map)?.ok_or(Error::NoRow)
    }

    /// Makes a new id (UUID version 7): ids made later sort later, to the millisecond.
    pub fn new_id(&mut self, now: Timestamp) -> Uuid {
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random()).into_uuid()
    }

    /// Random bytes fit for secrets.
    pub fn random<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.chance.fill_bytes(&mut bytes);
        bytes
    }

    /// The next number of a named sequence: 1, 2, 3, …; a number may be skipped, none comes twice.
    ///
    /// On PostgreSQL this is a real sequence, so that writers do not wait for each other's commits.
    ///
    /// # Errors
    /// What the engine refuses.
    pub fn next_number(&mut self, sequence: &str) -> Result<i64, Error> {
        let next = match &mut self.engine {
            Engine::Sqlite(tx) => tx.next_number(sequence),
            Engine::Postgres(tx) => tx.next_number(sequence),
        };
        self.noting_trouble(next)
    }

    /// Which of the writers this is: 0 on SQLite, a small number that no other living connection has on PostgreSQL.
    ///
    /// Chains of rows that each need the one before them are kept by lane, so that no row is fought over.
    pub fn lane(&self) -> i64 {
        self.lane
    }

    /// Runs many constant statements at once, as migrations do.
    pub(crate) fn batch(&mut self, text: &str) -> Result<(), Error> {
        let done = match &mut self.engine {
            Engine::Sqlite(tx) => tx.batch(text),
            Engine::Postgres(tx) => tx.batch(text),
        };
        self.noting_trouble(done)
    }

    /// Picks the text that differs between the engines; the rare exception to one SQL for both.
    pub(crate) fn by_engine<T>(&self, sqlite: T, postgres: T) -> T {
        match self.engine {
            Engine::Sqlite(_) => sqlite,
            Engine::Postgres(_) => postgres,
        }
    }

    fn noting_trouble<T>(&mut self, result: Result<T, Error>) -> Result<T, Error> {
        if let Err(error) = &result {
            let trouble =
                if error.is_worth_another_try() { Trouble::WorthAnotherTry } else { Trouble::Final };
            self.trouble.get_or_insert(trouble);
        }
        result
    }
}
