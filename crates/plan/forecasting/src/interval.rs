//! How long a counted stretch of time is.

use std::fmt;
use std::str::FromStr;

use crate::ForecastError;

const DAY_MINUTES: u32 = 24 * 60;

/// Length of the stretches in which contacts are counted: a divisor of an hour from 5 minutes up, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    minutes: u32,
}

impl Interval {
    /// A whole day.
    pub const DAY: Interval = Interval { minutes: DAY_MINUTES };

    /// An interval of so many minutes.
    ///
    /// # Errors
    /// [`ForecastError::Interval`] unless it divides an hour and is 5 minutes or more, or is a day.
    pub fn of_minutes(minutes: u32) -> Result<Interval, ForecastError> {
        let divides_an_hour = (5..=60).contains(&minutes) && 60 % minutes == 0;
        if divides_an_hour || minutes == DAY_MINUTES {
            Ok(Interval { minutes })
        } else {
            Err(ForecastError::Interval { minutes })
        }
    }

    /// Its length in minutes.
    pub fn minutes(self) -> u32 {
        self.minutes
    }

    /// Whether it is a whole day.
    pub fn is_day(self) -> bool {
        self == Interval::DAY
    }

    /// How many fit into a day.
    pub fn per_day(self) -> usize {
        (DAY_MINUTES / self.minutes) as usize
    }
}

/// `30m`, `1h` or `1d`, as on the command line.
impl FromStr for Interval {
    type Err = ForecastError;

    fn from_str(text: &str) -> Result<Interval, ForecastError> {
        let refused = ForecastError::Interval { minutes: 0 };
        let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        let number: u32 = digits.parse().map_err(|_| refused.clone())?;
        let unit = match &text[digits.len()..] {
            "m" | "min" => 1,
            "h" => 60,
            "d" => DAY_MINUTES,
            _ => return Err(refused),
        };
        Interval::of_minutes(number.checked_mul(unit).ok_or(refused)?)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_day() { f.write_str("1d") } else { write!(f, "{}m", self.minutes) }
    }
}
