//! What can be wrong with a series or a question about it.

use jiff::civil::{Date, DateTime};

/// Why there is no forecast.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ForecastError {
    /// The interval is neither a day nor a divisor of an hour from 5 minutes up.
    #[error("an interval of {minutes} minutes; it must be 5, 6, 10, 12, 15, 20, 30 or 60 minutes, or a day")]
    Interval {
        /// What was asked for.
        minutes: u32,
    },
    /// A count below zero, infinite or not a number.
    #[error("{at}: a count of {count}")]
    Count {
        /// When.
        at: DateTime,
        /// The count.
        count: f64,
    },
    /// A mean handle time that cannot be one.
    #[error("{at}: a mean handle time of {mean_s} s")]
    HandleTime {
        /// When.
        at: DateTime,
        /// The mean in seconds.
        mean_s: f64,
    },
    /// A time that is not later than the one before it.
    #[error("{at} comes after {before}")]
    Order {
        /// The time that is out of order, or there twice.
        at: DateTime,
        /// The time before it in the series.
        before: DateTime,
    },
    /// A time at which no interval begins.
    #[error("{at} is not the beginning of an interval")]
    OffGrid {
        /// The time.
        at: DateTime,
    },
    /// A time that came in today, but is not an open interval of the day that is forecast first.
    #[error("{at} is not an open interval of {today}, the first day ahead")]
    NotToday {
        /// The time.
        at: DateTime,
        /// The first day ahead.
        today: Date,
    },
    /// Fewer days than any forecast needs.
    #[error("{days} days with records; at least {needed} are needed")]
    TooShort {
        /// Days with records.
        days: usize,
        /// Days that are needed.
        needed: usize,
    },
    /// Every count is zero, so there is nothing to tell days apart by.
    #[error("every count is zero")]
    AllZero,
    /// A regressor has no value for a day that needs one.
    #[error("the regressor {name} has no value on {date}")]
    RegressorGap {
        /// Its name.
        name: String,
        /// The day.
        date: Date,
    },
    /// A regressor has no value for an interval that needs one.
    #[error("the regressor {name} has no value at {at}")]
    IntervalRegressorGap {
        /// Its name.
        name: String,
        /// When the interval begins.
        at: DateTime,
    },
    /// A probability outside `0 < p < 1`.
    #[error("a quantile of {0}; it must be between 0 and 1")]
    Quantile(f64),
    /// Parts of a total are not on the same intervals, or one is missing.
    #[error("the parts of a total must all be there, on the same intervals")]
    Unlike,
    /// A horizon, a step or a number of origins of zero.
    #[error("a horizon, a step and a number of origins must be at least 1")]
    Nothing,
}
