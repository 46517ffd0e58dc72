//! The web application at its boundary: requests in, answers out, on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should panic")]

mod admin;
mod admin_audit;
mod admin_calendars;
mod admin_catalog_file;
mod admin_services;
mod admin_teams;
mod admin_town;
mod after_closing;
mod bad_input;
mod browser;
mod calls;
mod cross_site;
mod desk_list;
mod disk;
mod faults;
mod feeds;
mod fresh_install;
mod headers;
mod html;
mod limits;
mod live;
mod maps;
mod matrix;
mod methods;
mod my_requests;
mod offline;
mod open311_calls;
mod passkeys;
mod password_links;
mod privacy;
mod report;
mod second_factor;
mod serving;
mod staff_work;
mod tenants;
mod town;
mod words;
mod writing;
