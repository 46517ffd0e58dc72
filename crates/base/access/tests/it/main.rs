//! What access promises, on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

mod audit;
mod keys;
mod passkeys;
mod password_links;
mod people;
mod residents;
mod second_factor;
mod sessions;
mod sign_in;
mod town;
