//! Prior deviations on the log scale: how large effects of a kind usually are.

pub(super) const LEVEL_STEP: f64 = 0.1;
pub(super) const WEEKDAY: f64 = 1.0;
pub(super) const YEAR: f64 = 0.5;
pub(super) const WEEKEND_YEAR: f64 = 0.5;
pub(super) const YEAR_WEEK: f64 = 0.1;
pub(super) const TURN_OF_YEAR: f64 = 0.5;
pub(super) const MONTH: f64 = 0.15;
pub(super) const MONTH_EDGE: f64 = 0.05;
pub(super) const HOLIDAY: f64 = 1.0;
pub(super) const AROUND_HOLIDAY: f64 = 0.3;
pub(super) const AFTER_CLOSURE: f64 = 0.15;
pub(super) const MARKED: f64 = 0.2;
pub(super) const EVENT: f64 = 0.5;
