//! The crate from outside: series in, forecasts out.
#![cfg(test)]

mod figures;
mod handle_time;
mod lags;
mod made_up;
mod parts;
mod properties;
mod refusals;
mod regressors;
mod same_day;
mod small_counts;
mod special_days;
