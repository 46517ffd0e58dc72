//! Open311 GeoReport v2, the interface through which apps and other governments report and follow requests.
//!
//! Nothing here knows HTTP: the web crate hands over a path, a query, a body and who is calling, and gets bytes and
//! a status back. On the way in, [`route`] tells what a path names, [`form`] reads parameters in every spelling that
//! clients use, and [`times`] their dates. [`server`] holds the methods, one file each. On the way out, [`wire`] has
//! the documents and writes each as XML and as JSON, and [`problem`] says what was wrong, in the format that was
//! asked for. mySociety's extension for exchanging updates is part of it, in both directions.
//!
//! [`read`] is the other side of the table: it reads what other cities' servers answer, however they wrap it, for
//! the importer.
//!
//! Four decisions where the specification leaves room: a span of more than 90 days is cut to its last 90 days; pages
//! that are asked for by number are at most 1,000 long; the links of `media_url` are kept as links and never fetched;
//! people's names and addresses that come in are kept apart from the request and never go out.

pub mod form;
pub mod problem;
pub mod read;
pub mod route;
pub mod server;
pub mod status;
pub mod times;
pub mod wire;

/// The tables of this crate.
pub static SCHEMA: db::Schema = db::Schema {
    name: "open311",
    needs: &[&requests::SCHEMA],
    migrations: &[db::Migration {
        name: "0001_open311",
        sql: include_str!("../migrations/0001_open311.sql"),
    }],
};
