//! The door, seen from outside: every promise on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should panic")]

mod door;
mod durability;
mod jobs;
mod outbox;
mod schema;
mod storage;
mod values;
