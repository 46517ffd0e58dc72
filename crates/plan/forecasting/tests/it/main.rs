//! The crate from outside: series in, forecasts out.
#![cfg(test)]

mod figures;
mod handle_time;
mod made_up;
mod parts;
mod properties;
mod refusals;
mod same_day;
mod special_days;
