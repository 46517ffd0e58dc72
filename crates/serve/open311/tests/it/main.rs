//! The crate from the outside: reading real servers, and the server's documents and rules on both databases.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should panic")]

mod creating;
mod hostile_documents;
mod listing;
mod other_servers;
mod services;
mod strict_server;
mod town;
mod updates;
