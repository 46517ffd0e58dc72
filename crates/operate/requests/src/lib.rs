//! Service requests: from "there is a hole in my street" to an honest "done".
//!
//! A request is its history. Every operation adds one typed [`Event`] to an append-only list and writes, in the same
//! transaction, the row that lists read, the audit entry, and a message where somebody waits to hear. The rule book is
//! [`State`]: which [`Move`] starts where. [`RequestState`] is what a history comes to, and can be computed
//! again from it at any time. The resident gets a [`Promise`] at intake that never moves; staff work by a [`Clock`]
//! that stands still while a request waits.
//!
//! Read it in this order: `life_cycle` (the table of moves), `event` and `request_state` (the history and its fold),
//! `change` (the frame around every operation), then one file for each operation, from [`create()`] to [`reopen()`].
//! Readers get one of three [`views`]: what anybody, the reporter, or staff may see.

mod accept;
mod add_information;
mod add_note;
mod assign;
mod catalog_changes;
mod change;
mod change_service;
mod channel;
mod clock;
mod close;
pub mod contact;
mod counts;
mod create;
mod details;
mod error;
mod event;
pub mod files;
mod find;
mod follow;
pub mod idempotency;
pub mod import;
mod life_cycle;
mod list;
mod masking;
pub mod news;
pub mod number;
mod order_work;
mod outcome;
mod pause;
mod pins;
mod place;
mod reach;
mod refuse;
mod reopen;
mod request;
mod request_state;
mod resume;
mod row;
mod schedule;
mod set_confidential;
mod start;
mod store;
mod stored;
pub mod survey;
mod text;
pub mod timeline;
pub mod timers;
mod tracking;
mod triage;
pub mod typical;
mod undo;
mod updates;
pub mod views;

pub use accept::accept;
pub use add_information::add_information;
pub use add_note::{add_internal_note, add_public_note};
pub use assign::assign;
pub use catalog_changes::{
    Recomputed, apply_catalog_file, apply_public_level, apply_public_levels, recompute_due_times,
};
pub use change::{Change, ReporterChange};
pub use change_service::change_service;
pub use channel::{Channel, NotAChannel};
pub use clock::{Clock, Promise};
pub use close::{close, withdraw};
pub use contact::Contact;
pub use counts::{Workload, workload};
pub use create::{Created, NewRequest, Report, create};
pub use error::RequestError;
pub use event::{Author, AuthorKind, Event, Intake, Recorded};
pub use files::{FileError, FileName, FileStore, StoredFile, add_file, add_file_as_reporter};
pub use find::{find, find_by_number, find_for_partner, find_public, find_reported, id_of};
pub use follow::{LeaveToken, follow, unfollow};
pub use idempotency::IdempotencyKey;
pub use life_cycle::{Move, NotAStatus, Refusal, State, Status};
pub use list::{
    Area, Cursor, Filter, Hands, Listed, Neighbours, NotACursor, Order, PAGE_MAX, Page, ROWS_BY_NUMBER_MAX,
    Range, list, list_for_partner, list_public, neighbours,
};
pub use masking::{Known, MASK, PublicText};
pub use order_work::order_work;
pub use outcome::{ClosingNote, Outcome};
pub use pause::pause;
pub use pins::{PublicPin, public_pins};
pub use place::{Place, coarse};
pub use reach::{Reach, has_reported, reported_with};
pub use refuse::refuse;
pub use reopen::{REOPEN_DAYS, reopen, reopen_as_reporter};
pub use request::RequestId;
pub use request_state::{FoldError, RequestState};
pub use resume::resume;
pub use schedule::schedule;
pub use set_confidential::set_confidential;
pub use start::start;
pub use text::{DESCRIPTION_LETTERS_MAX, LINE_LETTERS_MAX, NOTE_LETTERS_MAX, REASON_LETTERS_MAX};
pub use tracking::{NotAToken, Reporter, TrackingToken, reporter};
pub use triage::triage;
pub use undo::undo;
pub use updates::{UPDATES_MAX, Update, updates};
pub use views::{PublicDetails, PublicOutcome, PublicPlace, PublicView, ReporterView, StaffView};

/// The tables of this crate.
pub static SCHEMA: db::Schema = db::Schema {
    name: "requests",
    needs: &[&catalog::SCHEMA, &db::jobs::SCHEMA, &db::outbox::SCHEMA],
    migrations: &[
        db::Migration { name: "0001_requests", sql: include_str!("../migrations/0001_requests.sql") },
        db::Migration { name: "0002_survey", sql: include_str!("../migrations/0002_survey.sql") },
        db::Migration { name: "0003_reach", sql: include_str!("../migrations/0003_reach.sql") },
        db::Migration {
            name: "0004_published_place",
            sql: include_str!("../migrations/0004_published_place.sql"),
        },
    ],
};
