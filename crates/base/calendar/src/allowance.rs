//! How much time somebody has: "4 working hours", "3 working days", "2 calendar days", "30 minutes".

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::CalendarError;

/// The time allowed for something, in one of the four ways in which governments promise it.
///
/// Written and stored as text: `"4 working hours"`, `"90 working minutes"`, `"3 working days"`,
/// `"2 calendar days"`, `"48 hours"`, `"30 minutes"`. `business` is read as `working`, and `days` alone as
/// calendar days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Allowance {
    /// Minutes that count only while the calendar is open.
    WorkingMinutes(u32),
    /// The closing time of the n-th working day that follows.
    WorkingDays(u32),
    /// The same local time n days later, open or not.
    CalendarDays(u32),
    /// Minutes that count around the clock.
    Minutes(u32),
}

impl Allowance {
    /// Hours that count only while the calendar is open.
    pub const fn working_hours(hours: u32) -> Allowance {
        Allowance::WorkingMinutes(hours.saturating_mul(60))
    }

    /// See [`Allowance::WorkingDays`].
    pub const fn working_days(days: u32) -> Allowance {
        Allowance::WorkingDays(days)
    }

    /// See [`Allowance::CalendarDays`].
    pub const fn calendar_days(days: u32) -> Allowance {
        Allowance::CalendarDays(days)
    }

    /// Hours that count around the clock.
    pub const fn hours(hours: u32) -> Allowance {
        Allowance::Minutes(hours.saturating_mul(60))
    }

    /// Whether opening hours matter for this allowance at all.
    pub const fn counts_working_time(self) -> bool {
        matches!(self, Allowance::WorkingMinutes(_) | Allowance::WorkingDays(_))
    }
}

impl fmt::Display for Allowance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Allowance::WorkingMinutes(minutes) => write_minutes(f, minutes, "working "),
            Allowance::Minutes(minutes) => write_minutes(f, minutes, ""),
            Allowance::WorkingDays(days) => write_counted(f, days, "working day"),
            Allowance::CalendarDays(days) => write_counted(f, days, "calendar day"),
        }
    }
}

fn write_minutes(f: &mut fmt::Formatter<'_>, minutes: u32, kind: &str) -> fmt::Result {
    if minutes > 0 && minutes.is_multiple_of(60) {
        write_counted(f, minutes / 60, &format!("{kind}hour"))
    } else {
        write_counted(f, minutes, &format!("{kind}minute"))
    }
}

fn write_counted(f: &mut fmt::Formatter<'_>, count: u32, unit: &str) -> fmt::Result {
    write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
}

impl FromStr for Allowance {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Allowance, CalendarError> {
        read(text).ok_or_else(|| CalendarError::MalformedAllowance(text.to_owned()))
    }
}

fn read(text: &str) -> Option<Allowance> {
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let (count, kind, unit) = match words[..] {
        [count, unit] => (count, "", unit),
        [count, kind, unit] => (count, kind, unit),
        _ => return None,
    };
    let count: u32 = count.parse().ok()?;
    match (kind, unit.strip_suffix('s').unwrap_or(unit)) {
        ("working" | "business", "minute") => Some(Allowance::WorkingMinutes(count)),
        ("working" | "business", "hour") => count.checked_mul(60).map(Allowance::WorkingMinutes),
        ("working" | "business", "day") => Some(Allowance::WorkingDays(count)),
        ("" | "calendar", "day") => Some(Allowance::CalendarDays(count)),
        ("", "minute") => Some(Allowance::Minutes(count)),
        ("", "hour") => count.checked_mul(60).map(Allowance::Minutes),
        _ => None,
    }
}

impl TryFrom<String> for Allowance {
    type Error = CalendarError;

    fn try_from(text: String) -> Result<Allowance, CalendarError> {
        text.parse()
    }
}

impl From<Allowance> for String {
    fn from(allowance: Allowance) -> String {
        allowance.to_string()
    }
}
