//! Passwords: which ones are taken, and how they are kept.
//!
//! [`Password`] is the proof that a text passed the rules for somebody in particular;
//! [`Hashing`] turns it into a [`PasswordHash`]. Hashing costs 19 MiB and tens of
//! milliseconds on purpose, so it never runs inside a transaction: callers do it on a bounded pool.

mod hashing;
mod rules;

pub(crate) use hashing::Checked;
pub use hashing::{BadHashing, Hashing, PasswordHash, Salt};
pub use rules::{About, Password, PasswordProblem};
