//! The crate from outside: series in, forecasts out.
#![cfg(test)]

mod figures;
mod made_up;
mod properties;
mod refusals;
mod special_days;
