//! Yearly dates as text that an administrator can write: `3rd monday of january since 1986`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::yearly::{Observance, Occasion};
use crate::{CalendarError, Yearly};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const ORDINALS: [(&str, &str, i8); 6] = [
    ("1st", "first", 1),
    ("2nd", "second", 2),
    ("3rd", "third", 3),
    ("4th", "fourth", 4),
    ("5th", "fifth", 5),
    ("last", "last", -1),
];
/// With the nesting below it keeps a date in the year of its occasion or the one beside it, where it is looked for.
const DAYS_AWAY_MAX: i16 = 60;
/// "day after day after …" may be said this often.
const NESTING_MAX: usize = 4;

impl fmt::Display for Yearly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.occasion)?;
        f.write_str(match self.observance {
            Observance::OnTheDay => "",
            Observance::NearestWeekday => " observed",
            Observance::MondayForSunday => " observed monday for sunday",
            Observance::NextMonday => " observed next monday",
        })?;
        if self.every > 1 {
            write!(f, " every {} years", self.every)?;
        }
        if let Some(year) = self.since {
            write!(f, " since {year}")?;
        }
        if let Some(year) = self.until {
            write!(f, " until {year}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Occasion::Fixed { month, day } => write!(f, "{month:02}-{day:02}"),
            Occasion::NthWeekday { nth, weekday, month } => {
                write!(f, "{} {} of {}", ordinal(*nth), weekday_name(*weekday), month_name(*month))
            }
            Occasion::Easter => f.write_str("easter"),
            Occasion::DaysFrom { days, of } => {
                let count = days.unsigned_abs();
                let unit = if count == 1 { "day" } else { "days" };
                write!(f, "{count} {unit} {} {of}", if *days < 0 { "before" } else { "after" })
            }
            Occasion::WeekdayFrom { weekday, after, of } => {
                write!(f, "{} {} {of}", weekday_name(*weekday), if *after { "after" } else { "before" })
            }
        }
    }
}

fn ordinal(nth: i8) -> &'static str {
    ORDINALS.iter().find(|(_, _, number)| *number == nth).map_or("last", |(short, _, _)| short)
}

fn weekday_name(weekday: Weekday) -> &'static str {
    WEEKDAYS[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
}

fn month_name(month: i8) -> &'static str {
    MONTHS[usize::from(month.unsigned_abs()) - 1]
}

impl FromStr for Yearly {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Yearly, CalendarError> {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        read_yearly(&words)
            .map_err(|part| CalendarError::MalformedYearly { text: text.to_owned(), part: part.join(" ") })
    }
}

/// Reads a rule, or returns the words that were not understood.
fn read_yearly<'w, 't>(words: &'w [&'t str]) -> Result<Yearly, &'w [&'t str]> {
    let end = words
        .iter()
        .position(|word| matches!(*word, "observed" | "since" | "until" | "every"))
        .unwrap_or(words.len());
    let (occasion, mut rest) = words.split_at(end);
    let mut yearly = Yearly::on(read_occasion(occasion, NESTING_MAX).ok_or(occasion)?);
    while !rest.is_empty() {
        rest = read_condition(&mut yearly, rest).ok_or(rest)?;
    }
    // "every 2 years" says nothing without the year in which counting begins.
    if yearly.every > 1 && yearly.since.is_none() {
        return Err(&words[end..]);
    }
    Ok(yearly)
}

fn read_condition<'w, 't>(yearly: &mut Yearly, words: &'w [&'t str]) -> Option<&'w [&'t str]> {
    match words {
        ["observed", "monday", "for", "sunday", rest @ ..] => {
            yearly.observance = Observance::MondayForSunday;
            Some(rest)
        }
        ["observed", "next", "monday", rest @ ..] => {
            yearly.observance = Observance::NextMonday;
            Some(rest)
        }
        ["observed", rest @ ..] => {
            yearly.observance = Observance::NearestWeekday;
            Some(rest)
        }
        ["since", year, rest @ ..] => {
            yearly.since = Some(read_year(year)?);
            Some(rest)
        }
        ["until", year, rest @ ..] => {
            yearly.until = Some(read_year(year)?);
            Some(rest)
        }
        ["every", years, "years", rest @ ..] => {
            yearly.every = years.parse().ok().filter(|years| (1..=400).contains(years))?;
            Some(rest)
        }
        _ => None,
    }
}

fn read_year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| (1..=9999).contains(year))
}

fn read_occasion(words: &[&str], nesting_left: usize) -> Option<Occasion> {
    match words {
        ["easter"] => Some(Occasion::Easter),
        ["good", "friday"] => Some(Occasion::DaysFrom { days: -2, of: Box::new(Occasion::Easter) }),
        [date] => {
            let (month, day) = date.split_once('-')?;
            fixed(month.parse().ok()?, day.parse().ok()?)
        }
        [month, day] if read_month(month).is_some() => fixed(read_month(month)?, day.parse().ok()?),
        [nth, weekday, "of", month] => Some(Occasion::NthWeekday {
            nth: read_ordinal(nth)?,
            weekday: read_weekday(weekday)?,
            month: read_month(month)?,
        }),
        _ => read_relative(words, nesting_left.checked_sub(1)?),
    }
}

fn read_relative(words: &[&str], nesting_left: usize) -> Option<Occasion> {
    let side = words.iter().position(|word| matches!(*word, "after" | "before"))?;
    let after = words[side] == "after";
    let of = Box::new(read_occasion(&words[side + 1..], nesting_left)?);
    let days = match &words[..side] {
        ["day"] => 1,
        [count, "day" | "days"] => count.parse().ok().filter(|days| (1..=DAYS_AWAY_MAX).contains(days))?,
        [weekday] => return Some(Occasion::WeekdayFrom { weekday: read_weekday(weekday)?, after, of }),
        _ => return None,
    };
    Some(Occasion::DaysFrom { days: if after { days } else { -days }, of })
}

fn fixed(month: i8, day: i8) -> Option<Occasion> {
    // A leap year, so that 29 February can be written.
    Date::new(2024, month, day).ok().map(|_| Occasion::Fixed { month, day })
}

fn read_ordinal(word: &str) -> Option<i8> {
    ORDINALS.iter().find(|(short, long, _)| word == *short || word == *long).map(|(_, _, nth)| *nth)
}

fn read_weekday(word: &str) -> Option<Weekday> {
    let index = WEEKDAYS.iter().position(|name| *name == word)?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}

fn read_month(word: &str) -> Option<i8> {
    let index = MONTHS.iter().position(|name| *name == word)?;
    i8::try_from(index + 1).ok()
}

impl Serialize for Yearly {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Yearly {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Yearly, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
