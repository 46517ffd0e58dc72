//! The catalog at its boundary: what a form, a file, an importer and an administrator can notice.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should panic")]

mod answers;
mod changes;
mod export;
mod file_errors;
mod imports;
mod jurisdictions;
mod look_ups;
mod targets;
mod town;
mod versions;
