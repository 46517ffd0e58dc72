//! A fresh database for each test, on either engine.

use std::ops::Deref;

use db::{Db, Schema};
use tempfile::TempDir;

/// Where `make test` says that its PostgreSQL server listens.
const POSTGRES_VARIABLE: &str = "TOWNLINE_TEST_POSTGRES";

/// Tests are repeatable: the same seed for every database.
const SEED: [u8; 32] = *b"townline tests all know this one";

/// Which engine a test database runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in a folder of its own.
    Sqlite,
    /// A database of its own on the test server.
    Postgres,
}

/// A migrated, empty database that goes away with this value.
pub struct TestDatabase {
    db: Db,
    address: String,
    _home: Home,
}

enum Home {
    Folder { _folder: TempDir },
    Server { _database: PostgresDatabase },
}

impl TestDatabase {
    /// Makes one and brings the tables of `schemas` up to date.
    ///
    /// # Panics
    /// When no database can be made: tests cannot go on then.
    pub fn open(engine: Engine, schemas: &[&'static Schema]) -> Self {
        let (address, home) = match engine {
            Engine::Sqlite => sqlite_home(),
            Engine::Postgres => postgres_home(),
        };
        let db = Db::open(&address, SEED).expect("a fresh database opens");
        db.migrate(schemas).expect("the migrations run on a fresh database");
        Self { db, address, _home: home }
    }

    /// The address under which the program would open it.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Whether a text stands anywhere in what is stored: on SQLite in any byte of the files, pages given up
    /// included; on PostgreSQL in any row of any table.
    ///
    /// # Panics
    /// When the database cannot be read.
    pub fn holds(&self, text: &str) -> bool {
        match self.address.strip_prefix("sqlite:") {
            Some(path) => {
                let files = [path.to_owned(), format!("{path}-wal")];
                let files = files.map(|file| std::fs::read(file).unwrap_or_default());
                files.iter().any(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
            }
            // The client blocks, and async tests call this too: so on a thread of its own.
            None => std::thread::scope(|scope| {
                scope.spawn(|| postgres_holds(&self.address, text)).join().expect("the rows were looked at")
            }),
        }
    }
}

impl Deref for TestDatabase {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

/// Runs one test on a fresh SQLite file and on a fresh PostgreSQL database.
pub fn on_both(schemas: &[&'static Schema], test: impl Fn(&TestDatabase)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        eprintln!("on {engine:?}:");
        test(&TestDatabase::open(engine, schemas));
    }
}

fn sqlite_home() -> (String, Home) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let address = format!("sqlite:{}", folder.path().join("town.db").display());
    (address, Home::Folder { _folder: folder })
}

fn postgres_home() -> (String, Home) {
    let database = PostgresDatabase::create();
    (database.address(), Home::Server { _database: database })
}

/// PostgreSQL keeps what was deleted until it cleans up by itself, out of our reach; so rows are looked at.
fn postgres_holds(address: &str, text: &str) -> bool {
    let mut client = postgres::Client::connect(address, postgres::NoTls).expect("the test server answers");
    let tables = client
        .query("select table_name::text from information_schema.tables where table_schema = 'public'", &[])
        .expect("the tables can be listed");
    tables.iter().any(|table| {
        let table: String = table.get(0);
        let count = format!("select count(*) from \"{table}\" as t where strpos(t::text, $1) > 0");
        let found: i64 = client.query_one(&count, &[&text]).expect("the table can be read").get(0);
        found > 0
    })
}

/// A database on the test server, dropped at the end.
struct PostgresDatabase {
    server: String,
    name: String,
}

impl PostgresDatabase {
    fn create() -> Self {
        let server = std::env::var(POSTGRES_VARIABLE)
            .unwrap_or_else(|_| panic!("{POSTGRES_VARIABLE} names no PostgreSQL server; run `make test`"));
        let server = server.trim_end_matches('/').to_owned();
        let name = format!("townline_test_{}", unique_suffix());
        let database = Self { server, name };
        database.on_server(&format!("create database {}", database.name));
        database
    }

    fn address(&self) -> String {
        format!("{}/{}", self.server, self.name)
    }

    fn on_server(&self, sql: &str) {
        let address = format!("{}/postgres", self.server);
        let mut client =
            postgres::Client::connect(&address, postgres::NoTls).expect("the test server answers");
        client.batch_execute(sql).expect("the test server lets tests make databases");
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        // `force` ends the connections that the door's threads still hold.
        self.on_server(&format!("drop database if exists {} with (force)", self.name));
    }
}

/// Differs between processes and between databases of one process.
fn unique_suffix() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static MADE: AtomicU64 = AtomicU64::new(0);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let random =
        folder.path().file_name().expect("a temporary folder has a name").to_string_lossy().to_lowercase();
    let random: String = random.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{}_{}_{random}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}
