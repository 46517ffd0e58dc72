//! The web faces of Townline: the residents' portal, the staff's desk, admin, and the APIs.
//!
//! Read it from the outside in. [`serve()`] accepts connections and guards them. [`Front`] is the door: it
//! finds the town a call is for and hands it to the router, which is built from the one [`table`] of
//! routes. Each route stands behind a gate that checks origin, session, permission and load before a
//! handler runs. Handlers live in rooms sorted by the person they serve (`portal`, `desk`, `admin`, `api`),
//! each beside its template. They translate and decide nothing: the thinking is in the crates beneath.
//!
//! Every word a person reads comes from `locales/` through [`Language`].

mod admin;
mod api;
mod app;
mod assets;
mod brand;
mod cookies;
mod cross_site;
mod dates;
mod desk;
mod disk;
mod files;
mod form;
mod front;
mod gate;
mod headers;
mod health;
mod kept;
mod key_ring;
mod live;
mod load;
mod map;
mod meters;
mod outside;
mod page;
mod panics;
mod photos;
mod portal;
mod qr;
mod rates;
mod refusal;
mod request_faults;
mod routes;
mod serve;
mod service_search;
mod source;
mod spreadsheet;
mod tenants;
mod theme;
mod visit;
mod words;

pub use portal::report::draft::sweep as sweep_drafts;

/// The tables of this crate.
pub const SCHEMA: db::Schema = db::Schema {
    name: "web",
    needs: &[&requests::SCHEMA, &places::SCHEMA, &open311::SCHEMA],
    migrations: &[
        db::Migration { name: "0001_report_draft", sql: include_str!("../migrations/0001_report_draft.sql") },
        db::Migration { name: "0002_desk", sql: include_str!("../migrations/0002_desk.sql") },
        db::Migration { name: "0003_presence", sql: include_str!("../migrations/0003_presence.sql") },
    ],
};

pub use app::{App, Clock, Inner, MetricsText, NotedChains, Parts, Sends, Settings};
pub use disk::FreeShare;
pub use front::Front;
pub use live::LiveLimits;
pub use load::{Ceilings, Class};
pub use rates::{Rate, Rates};
pub use routes::{Needs, Route, table};
pub use serve::{ConnectionLimits, Drained, Pace, serve};
pub use source::Peer;
pub use spreadsheet::safe_cell;
pub use words::{Language, Value};
