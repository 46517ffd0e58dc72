//! What only the executable may do: read the wall clock, seed randomness, open the real database.

use access::Actor;
use anyhow::Context;
use db::Db;
use jiff::Timestamp;
use rand::TryRng;
use rand::rngs::SysRng;

/// The real time. The one place that reads the wall clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl web::Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else is given")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// This instant.
pub fn now() -> Timestamp {
    web::Clock::now(&SystemClock)
}

/// Whoever holds the machine and runs a command.
pub fn operator() -> Actor {
    Actor::System("command")
}

/// Opens the database at `address` and brings its tables up to date.
pub fn open(address: &str) -> anyhow::Result<Db> {
    let db = Db::open(address, seed()?).context("the database cannot be opened")?;
    db.migrate(&[&web::SCHEMA]).context("the database's tables cannot be brought up to date")?;
    Ok(db)
}

/// Unguessable bytes from the operating system.
fn seed() -> anyhow::Result<[u8; 32]> {
    let mut seed = [0; 32];
    SysRng.try_fill_bytes(&mut seed).context("the operating system gives no randomness")?;
    Ok(seed)
}
