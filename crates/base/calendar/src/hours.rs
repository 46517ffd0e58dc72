//! The opening periods of one day.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::CalendarError;

const DAY_MINUTES: u16 = 24 * 60;

/// One opening period, in minutes of wall-clock time after the midnight that begins its day.
///
/// `opens < 24:00` and `opens < closes <= opens + 24:00`; what lies past 24:00 is on the following day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Period {
    pub(crate) opens: u16,
    pub(crate) closes: u16,
}

impl Period {
    pub(crate) fn opens_s(self) -> i64 {
        i64::from(self.opens) * 60
    }

    pub(crate) fn closes_s(self) -> i64 {
        i64::from(self.closes) * 60
    }
}

/// The opening periods of one day, in order and without overlap.
///
/// Written as `09:00-12:30,13:30-17:00`. A period that closes at or before its opening time runs past midnight
/// (`22:00-06:00`); `00:00-24:00` is the whole day; empty text or `closed` is a day without opening.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hours(Vec<Period>);

impl Hours {
    /// A day without opening.
    pub const fn closed() -> Hours {
        Hours(Vec::new())
    }

    /// Open from midnight to midnight.
    pub fn all_day() -> Hours {
        Hours(vec![Period { opens: 0, closes: DAY_MINUTES }])
    }

    /// Whether there is no opening at all.
    pub fn is_closed(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn periods(&self) -> &[Period] {
        &self.0
    }

    /// What both sets of hours have in common.
    pub(crate) fn within(&self, limit: &Hours) -> Hours {
        let mut common = Vec::new();
        for period in &self.0 {
            for bound in &limit.0 {
                let opens = period.opens.max(bound.opens);
                let closes = period.closes.min(bound.closes);
                if opens < closes {
                    common.push(Period { opens, closes });
                }
            }
        }
        Hours(common)
    }

    /// All hours but the wall-clock minutes from `start` to `end` of the day (`start < end <= 24:00`).
    ///
    /// The last part reaches into the following day, so that a night shift is not cut at midnight.
    pub(crate) fn all_but(start: u16, end: u16) -> Hours {
        let before = (start > 0).then_some(Period { opens: 0, closes: start });
        let after = (end < DAY_MINUTES).then_some(Period { opens: end, closes: end + DAY_MINUTES });
        Hours(before.into_iter().chain(after).collect())
    }

    fn new(mut periods: Vec<Period>) -> Result<Hours, CalendarError> {
        periods.sort_by_key(|period| (period.opens, period.closes));
        for pair in periods.windows(2) {
            if let [first, second] = pair
                && second.opens < first.closes
            {
                return Err(CalendarError::OverlappingHours {
                    first: first.to_string(),
                    second: second.to_string(),
                });
            }
        }
        Ok(Hours(periods))
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, period) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            write!(f, "{period}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let closes = if self.closes > DAY_MINUTES { self.closes - DAY_MINUTES } else { self.closes };
        write!(f, "{:02}:{:02}-{:02}:{:02}", self.opens / 60, self.opens % 60, closes / 60, closes % 60)
    }
}

impl FromStr for Hours {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Hours, CalendarError> {
        let trimmed = text.trim();
        if trimmed.is_empty() || trimmed.eq_ignore_ascii_case("closed") {
            return Ok(Hours::closed());
        }
        let periods: Option<Vec<Period>> = trimmed.split(',').map(read_period).collect();
        Hours::new(periods.ok_or_else(|| CalendarError::MalformedHours { text: text.to_owned() })?)
    }
}

fn read_period(text: &str) -> Option<Period> {
    let (opens, closes) = text.split_once('-')?;
    let opens = read_minute(opens).filter(|&minute| minute < DAY_MINUTES)?;
    let closes = read_minute(closes)?;
    Some(Period { opens, closes: if closes <= opens { closes + DAY_MINUTES } else { closes } })
}

/// Minutes after midnight of `HH:MM`, up to 24:00.
fn read_minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let hour = read_two_digits(hour)?;
    let minute = read_two_digits(minute).filter(|&minute| minute < 60)?;
    Some(hour * 60 + minute).filter(|&minutes| minutes <= DAY_MINUTES)
}

fn read_two_digits(text: &str) -> Option<u16> {
    let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl TryFrom<String> for Hours {
    type Error = CalendarError;

    fn try_from(text: String) -> Result<Hours, CalendarError> {
        text.parse()
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> String {
        hours.to_string()
    }
}
