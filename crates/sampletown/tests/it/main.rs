//! The sample town from the outside: the town, its catalog, its history, and a database filled with them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should panic")]

mod the_catalog;
mod the_filled_database;
mod the_history;
mod the_town;
