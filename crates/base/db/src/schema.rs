//! Numbered migrations, kept beside the feature whose tables they make.

use crate::door::Db;
use crate::error::Error;
use crate::tx::Tx;

/// The tables of one feature: its migrations in order, after those of the features it needs.
#[derive(Debug)]
pub struct Schema {
    /// Name of the feature, as kept in the database.
    pub name: &'static str,
    /// Features whose tables must be there first.
    pub needs: &'static [&'static Schema],
    /// All migrations ever released, oldest first; never edited, never removed.
    pub migrations: &'static [Migration],
}

/// One step from a schema to the next.
///
/// Lines that begin with `--sqlite ` or `--postgres ` count on that engine only.
#[derive(Debug)]
pub struct Migration {
    /// Number and subject, such as `0007_request_due_at`.
    pub name: &'static str,
    /// The statements.
    pub sql: &'static str,
}

const OWN_TABLES: &str = "
    create table if not exists schema_version (
        name text not null,
        version bigint not null,
        primary key (name)
    );
    create table if not exists number_sequence (
        name text not null,
        last bigint not null,
        primary key (name)
    );";

/// Any number that no other user of the same PostgreSQL server is likely to lock.
const MIGRATION_LOCK: &str = "select pg_advisory_xact_lock(7311311)";

impl Db {
    /// Brings the tables of these features, and of those they need, up to what this program knows.
    ///
    /// Each feature's step is one transaction, so a kill at any moment restarts cleanly. Blocks.
    ///
    /// # Errors
    /// [`Error::NewerSchema`] when a later program made the database; nothing is changed then.
    pub fn migrate(&self, schemas: &[&'static Schema]) -> Result<(), Error> {
        let order = in_order(schemas);
        self.write_now(move |tx| {
            lock(tx)?;
            let versions =
                order.iter().map(|schema| known_version(tx, schema)).collect::<Result<Vec<_>, _>>()?;
            order.iter().zip(versions).try_for_each(|(schema, version)| bring_up(tx, schema, version))
        })
    }
}

fn lock(tx: &mut Tx<'_>) -> Result<(), Error> {
    if tx.by_engine(false, true) {
        tx.query(MIGRATION_LOCK, &[], |_| Ok(()))?;
    }
    tx.batch(OWN_TABLES)
}

/// The version in the database, refused when it is ahead of this program.
fn known_version(tx: &mut Tx<'_>, schema: &'static Schema) -> Result<usize, Error> {
    let sql = "select version from schema_version where name = $1";
    let found: i64 = tx.query_opt(sql, crate::params![schema.name], |row| row.get(0))?.unwrap_or(0);
    match usize::try_from(found) {
        Ok(version) if version <= schema.migrations.len() => Ok(version),
        _ => Err(Error::NewerSchema { schema: schema.name, found, known: schema.migrations.len() as i64 }),
    }
}

fn bring_up(tx: &mut Tx<'_>, schema: &'static Schema, version: usize) -> Result<(), Error> {
    for migration in &schema.migrations[version..] {
        let text = for_engine(migration.sql, tx.by_engine("--sqlite ", "--postgres "));
        tx.batch(&text).map_err(|e| Error::Migration { name: migration.name, source: Box::new(e) })?;
    }
    tx.exec_one(
        "insert into schema_version (name, version) values ($1, $2)
         on conflict (name) do update set version = excluded.version",
        crate::params![schema.name, schema.migrations.len() as i64],
    )
}

fn for_engine(sql: &str, marker: &str) -> String {
    sql.lines()
        .map(|line| line.trim_start().strip_prefix(marker).unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// Every schema once, after all that it needs.
fn in_order(schemas: &[&'static Schema]) -> Vec<&'static Schema> {
    let mut order: Vec<&'static Schema> = Vec::new();
    for schema in schemas {
        for needed in in_order(schema.needs).into_iter().chain([*schema]) {
            if !order.iter().any(|known| known.name == needed.name) {
                order.push(needed);
            }
        }
    }
    order
}
