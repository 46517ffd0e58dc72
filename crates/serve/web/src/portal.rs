//! The room of residents: report, find, check. Everything here works without script, account or map.

pub(crate) mod districts;
pub(crate) mod find;
pub(crate) mod follow;
pub(crate) mod home;
pub(crate) mod map;
pub(crate) mod my_requests;
pub(crate) mod places;
pub(crate) mod report;
pub(crate) mod requests_list;
pub(crate) mod set_aside;
pub(crate) mod single_request;
pub(crate) mod stopper;
pub(crate) mod track;
pub(crate) mod view;
pub(crate) mod worker;
