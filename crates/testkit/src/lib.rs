//! Fresh databases and made-up people for tests; never part of the product.
//!
//! A store test says what must hold and runs on both engines:
//!
//! ```no_run
//! # static SCHEMA: db::Schema = db::Schema { name: "example", needs: &[], migrations: &[] };
//! testkit::on_both(&[&SCHEMA], |db| {
//!     let one: i64 = db.read_now(|tx| tx.query_one("select cast(1 as bigint)", &[], |row| row.get(0))).unwrap();
//!     assert_eq!(one, 1);
//! });
//! ```
//!
//! The PostgreSQL server is the one named by `TOWNLINE_TEST_POSTGRES`; `make test` starts one for itself.

mod authenticator;
mod databases;

use std::path::PathBuf;

pub use authenticator::{Authenticator, Signed};
pub use databases::{Engine, TestDatabase, on_both};

/// The folder with the real city data that tests read; it lies beside the project and is never shipped.
///
/// # Panics
/// When the folder is not there.
pub fn shared() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    folder.canonicalize().expect("the shared data lies beside the project root")
}
