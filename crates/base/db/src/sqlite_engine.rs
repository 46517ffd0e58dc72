//! SQLite: one connection that writes, a few that read, all in WAL mode with full durability.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rusqlite::{Connection, OpenFlags};

use crate::error::Error;
use crate::row::{Inner, Row};
use crate::tx::{Engine, Tx};
use crate::value::Param;
use crate::work::{Verdict, Work, refuse_all, tell};

/// The first release without the corruption of a WAL that is reset while somebody reads it.
const OLDEST_LIBRARY: (i32, &str) = (3_051_003, "3.51.3");

/// How many operations one commit may carry: enough to share an fsync, few enough to answer soon.
const GROUP_MAX: usize = 512;

/// How long a statement waits for another program that holds the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Prepared statements kept by connection.
const STATEMENTS_KEPT: usize = 256;

/// How many steps of its machine SQLite takes between two looks at the clock: about a tenth of a millisecond.
const STEPS_BETWEEN_LOOKS: std::ffi::c_int = 10_000;

/// The system could not say that a commit is on stable storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SyncFailed;

/// A connection with the texts it has rewritten.
pub(crate) struct SqliteConnection {
    connection: Connection,
    texts: HashMap<String, Arc<str>>,
    chance: StdRng,
    /// What tests let the disk say to the next commits.
    #[cfg(test)]
    pub(crate) disk_says: Option<std::ffi::c_int>,
}

impl SqliteConnection {
    /// The one connection that writes.
    pub(crate) fn writer(path: &Path, chance: StdRng) -> Result<Self, Error> {
        refuse_old_library(rusqlite::version_number(), rusqlite::version())?;
        let connection = Connection::open_with_flags(path, flags() | OpenFlags::SQLITE_OPEN_CREATE)?;
        let mode: String = connection.query_row("pragma journal_mode = wal", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(Error::WeakSetting { setting: "journal_mode", found: mode });
        }
        // The cache holds the pages that creates touch again and again: the ends of a thousand cells and services.
        // What a savepoint needs to undo one operation would else go through a file, page by page: four of five writes.
        connection.execute_batch(
            "pragma synchronous = full; pragma wal_autocheckpoint = 4000; pragma cache_size = -24576;
            pragma temp_store = memory;",
        )?;
        Self::set_up(connection, chance)
    }

    /// A connection that cannot write.
    pub(crate) fn reader(path: &Path, chance: StdRng) -> Result<Self, Error> {
        let connection = Connection::open_with_flags(path, flags())?;
        // A list of a large town touches more pages than any cache worth its memory would hold; the system keeps the file.
        connection.execute_batch("pragma query_only = on; pragma cache_size = -4096;")?;
        Self::set_up(connection, chance)
    }

    fn set_up(connection: Connection, chance: StdRng) -> Result<Self, Error> {
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection
            .execute_batch("pragma foreign_keys = on; pragma mmap_size = 0; pragma trusted_schema = off;")?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        Ok(Self {
            connection,
            texts: HashMap::new(),
            chance,
            #[cfg(test)]
            disk_says: None,
        })
    }

    /// Runs operations one after another in one transaction and answers them after its commit.
    ///
    /// `next` gives the work that has come in meanwhile. Most operations succeed, so the group first runs without
    /// savepoints, whose journal would cost a copy of every page touched; when one is undone, the whole group is rolled
    /// back and run again, each operation in a savepoint of its own.
    ///
    /// # Errors
    /// [`SyncFailed`]: nothing of the group is acknowledged, and nothing more may be written through this connection.
    pub(crate) fn write_group(
        &mut self,
        first: Box<dyn Work>,
        mut next: impl FnMut() -> Option<Box<dyn Work>>,
    ) -> Result<(), SyncFailed> {
        if let Err(error) = self.control("begin immediate") {
            first.refused(error);
            return Ok(());
        }
        let mut group = vec![first];
        let mut all_kept = self.run_plainly(&mut group[0]);
        while all_kept
            && group.len() < GROUP_MAX
            && let Some(mut work) = next()
        {
            all_kept = self.run_plainly(&mut work);
            group.push(work);
        }
        if all_kept { self.commit(group) } else { self.run_again_in_savepoints(group) }
    }

    /// Runs one operation; false when its statements must be undone.
    fn run_plainly(&mut self, work: &mut Box<dyn Work>) -> bool {
        work.is_abandoned() || matches!(work.run(&mut self.tx()), Verdict::Keep)
    }

    fn run_again_in_savepoints(&mut self, group: Vec<Box<dyn Work>>) -> Result<(), SyncFailed> {
        if let Err(error) = self.roll_back().and_then(|()| self.control("begin immediate")) {
            refuse_all(group, error);
            return Ok(());
        }
        let (mut kept, mut waiting) = (Vec::new(), group.into_iter());
        while let Some(work) = waiting.next() {
            kept.extend(self.run_in_savepoint(work));
            // A full disk takes the whole transaction away, and with it what others had done in it.
            if self.connection.is_autocommit() {
                return kept.into_iter().chain(waiting).try_for_each(|work| self.run_alone(work));
            }
        }
        self.commit(kept)
    }

    fn commit(&mut self, group: Vec<Box<dyn Work>>) -> Result<(), SyncFailed> {
        let committed = self.sync_commit();
        let sync_failed = committed.as_ref().is_err_and(Error::is_failed_sync);
        if committed.is_err() {
            // A failed commit may leave the transaction open; nothing of it must remain.
            let _ = self.roll_back();
        }
        tell(group, committed);
        if sync_failed { Err(SyncFailed) } else { Ok(()) }
    }

    /// Runs one operation in a transaction of its own.
    fn run_alone(&mut self, mut work: Box<dyn Work>) -> Result<(), SyncFailed> {
        if work.is_abandoned() {
            return Ok(());
        }
        if let Err(error) = self.control("begin immediate") {
            work.refused(error);
            return Ok(());
        }
        if self.run_plainly(&mut work) {
            return self.commit(vec![work]);
        }
        // What the operation answers says why; nothing of it may remain in any case.
        let _ = self.roll_back();
        work.answer();
        Ok(())
    }

    /// Ends a transaction that the engine has not ended by itself.
    fn roll_back(&self) -> Result<(), Error> {
        if self.connection.is_autocommit() { Ok(()) } else { self.control("rollback") }
    }

    fn sync_commit(&self) -> Result<(), Error> {
        #[cfg(test)]
        if let Some(code) = self.disk_says {
            return Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None).into());
        }
        self.control("commit")
    }

    /// Runs one operation on a consistent snapshot, cut off when it takes longer than it was given.
    pub(crate) fn read(&mut self, mut work: Box<dyn Work>) {
        let begun = self.control("begin").and_then(|()| self.set_deadline(work.within()));
        if let Err(error) = begun {
            let _ = self.control("rollback");
            return work.refused(error);
        }
        work.run(&mut self.tx());
        // Ending the transaction is not part of what was limited. Taking a deadline away cannot fail.
        let _ = self.set_deadline(None);
        // A reading transaction has nothing to lose, so its end cannot fail in a way that matters.
        let _ = self.control("rollback");
        work.answer();
    }

    fn set_deadline(&mut self, within: Option<Duration>) -> Result<(), Error> {
        let deadline = within.map(|within| Instant::now() + within);
        let is_over = deadline.map(|deadline| move || Instant::now() >= deadline);
        Ok(self.connection.progress_handler(STEPS_BETWEEN_LOOKS, is_over)?)
    }

    fn run_in_savepoint(&mut self, mut work: Box<dyn Work>) -> Option<Box<dyn Work>> {
        if work.is_abandoned() {
            return None;
        }
        if let Err(error) = self.control("savepoint operation") {
            work.refused(error);
            return None;
        }
        let verdict = work.run(&mut self.tx());
        if self.connection.is_autocommit() {
            work.answer();
            return None;
        }
        let ended = match verdict {
            Verdict::Keep => self.control("release operation"),
            // SQLite has one writer, so starting over cannot help: nothing conflicts.
            Verdict::Undo | Verdict::StartOver => {
                self.control("rollback to operation").and_then(|()| self.control("release operation"))
            }
        };
        match ended {
            Ok(()) => Some(work),
            Err(error) => {
                work.refused(error);
                None
            }
        }
    }

    fn tx(&mut self) -> Tx<'_> {
        let sqlite = SqliteTx { connection: &self.connection, texts: &mut self.texts };
        Tx::new(Engine::Sqlite(sqlite), &mut self.chance, 0)
    }

    fn control(&self, sql: &'static str) -> Result<(), Error> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}

fn flags() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

fn refuse_old_library(number: i32, name: &str) -> Result<(), Error> {
    if number < OLDEST_LIBRARY.0 {
        return Err(Error::OldLibrary { found: name.to_owned(), needed: OLDEST_LIBRARY.1 });
    }
    Ok(())
}

/// The SQLite half of [`Tx`].
pub(crate) struct SqliteTx<'a> {
    connection: &'a Connection,
    texts: &'a mut HashMap<String, Arc<str>>,
}

impl SqliteTx<'_> {
    pub(crate) fn exec(&mut self, sql: &str, params: &[&dyn Param]) -> Result<u64, Error> {
        let mut statement = self.prepare(sql, params)?;
        // A statement with `returning` is stepped to its end so that all of it happens.
        if statement.column_count() > 0 {
            let mut rows = statement.raw_query();
            let mut count = 0;
            while rows.next()?.is_some() {
                count += 1;
            }
            return Ok(count);
        }
        Ok(statement.raw_execute()? as u64)
    }

    pub(crate) fn query<T>(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        mut map: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut statement = self.prepare(sql, params)?;
        let mut rows = statement.raw_query();
        let mut answer = Vec::new();
        while let Some(row) = rows.next()? {
            answer.push(map(&Row(Inner::Sqlite(row)))?);
        }
        Ok(answer)
    }

    /// Not one `insert … returning`: SQLite would make a temporary table for its answer each time.
    pub(crate) fn next_number(&mut self, sequence: &str) -> Result<i64, Error> {
        let raised = self.exec("update number_sequence set last = last + 1 where name = $1", &[&sequence])?;
        if raised == 0 {
            self.exec("insert into number_sequence (name, last) values ($1, 1)", &[&sequence])?;
        }
        let numbers =
            self.query("select last from number_sequence where name = $1", &[&sequence], |row| row.get(0))?;
        numbers.into_iter().next().ok_or(Error::NoRow)
    }

    pub(crate) fn batch(&mut self, text: &str) -> Result<(), Error> {
        Ok(self.connection.execute_batch(text)?)
    }

    fn prepare(&mut self, sql: &str, params: &[&dyn Param]) -> Result<rusqlite::CachedStatement<'_>, Error> {
        let text = match self.texts.get(sql) {
            Some(text) => Arc::clone(text),
            None => self.rewrite(sql),
        };
        let mut statement = self.connection.prepare_cached(&text)?;
        for (position, param) in params.iter().enumerate() {
            statement.raw_bind_parameter(position + 1, param.value())?;
        }
        Ok(statement)
    }

    /// SQLite reads `$1` as a name and numbers names by first appearance; `?1` is a position.
    fn rewrite(&mut self, sql: &str) -> Arc<str> {
        if self.texts.len() >= STATEMENTS_KEPT * 4 {
            self.texts.clear();
        }
        let text: Arc<str> = with_positions(sql).into();
        self.texts.insert(sql.to_owned(), Arc::clone(&text));
        text
    }
}

fn with_positions(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len());
    let mut rest = sql.chars().peekable();
    while let Some(c) = rest.next() {
        let is_parameter = c == '$' && rest.peek().is_some_and(char::is_ascii_digit);
        text.push(if is_parameter { '?' } else { c });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dur_02_a_library_with_the_wal_reset_defect_is_refused() {
        assert!(matches!(refuse_old_library(3_051_002, "3.51.2"), Err(Error::OldLibrary { .. })));
        assert!(refuse_old_library(3_051_003, "3.51.3").is_ok());
        assert!(rusqlite::version_number() >= OLDEST_LIBRARY.0, "bundled: {}", rusqlite::version());
    }

    #[test]
    fn parameters_become_positions_and_money_signs_stay() {
        assert_eq!(with_positions("a = $2 and b = $10 or c = '$x'"), "a = ?2 and b = ?10 or c = '$x'");
    }
}
