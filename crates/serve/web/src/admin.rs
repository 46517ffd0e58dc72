//! The room of administrators and auditors: people, keys, the catalog, jobs, and the audit chain.

pub(crate) mod audit;
pub(crate) mod brand;
pub(crate) mod calendars;
pub(crate) mod catalog_file;
mod changing;
pub(crate) mod departments;
pub(crate) mod home;
pub(crate) mod jobs;
pub(crate) mod keys;
pub(crate) mod link_made;
pub(crate) mod notices;
pub(crate) mod people;
pub(crate) mod services;
pub(crate) mod targets;
pub(crate) mod teams;
pub(crate) mod town;
mod worded;
