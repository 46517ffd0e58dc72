//! One door to two databases.
//!
//! Townline keeps everything in one database: SQLite inside the program by default, PostgreSQL for a
//! larger center. This crate is the only place that knows which of the two is running. Everybody else
//! writes plain synchronous functions over `&mut Tx` and one text of SQL, and hands them to
//! [`Db::write`] or [`Db::read`]:
//!
//! ```no_run
//! # async fn example(db: db::Db) -> Result<(), db::Error> {
//! let open: i64 = db
//!     .read(|tx| tx.query_one("select count(*) from job where state = $1", db::params!["waiting"], |row| row.get(0)))
//!     .await?;
//! # Ok(()) }
//! ```
//!
//! On SQLite one thread owns the writing connection, runs many operations in one transaction (in savepoints
//! when one of them fails), commits them at once with full durability and answers only after the commit;
//! readers have connections of their own. On PostgreSQL a fixed set of threads does both. An operation may be run again after a
//! deadlock or a lost connection, so it must touch nothing but its transaction.
//!
//! Beside the door live the three things that every part of the product needs in the same transaction
//! as its own rows: numbered [`Schema`] migrations, durable [`jobs`] with timers, and the [`outbox`].

// The macros name this crate as their users do.
extern crate self as db;

mod chance;
mod door;
mod error;
mod identity;
pub mod jobs;
pub mod outbox;
mod postgres_engine;
mod query;
mod row;
mod schema;
mod sqlite_engine;
mod tx;
mod value;
mod work;

pub use door::Db;
pub use error::Error;
pub use query::{Query, Sql};
pub use row::{Column, Field, Row};
pub use schema::{Migration, Schema};
pub use tx::Tx;
pub use value::{Param, Value};

/// What the macros of this crate need at the place of their use.
#[doc(hidden)]
pub mod macros {
    pub use serde;
    pub use uuid;
}
