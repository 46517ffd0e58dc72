//! The town's own days as lines of text: a date or a yearly rule, a name, and perhaps the hours that hold on it.
//!
//! `2026-11-07 = Early voting = 10:00-14:00`, `3rd monday of april = Patriots' Day`,
//! `12-24 = Christmas Eve = only 00:00-12:00`.

use calendar::{DateSpec, Hours, RuleSpec, Yearly};
use jiff::civil::Date;

const PART: &str = " = ";
/// Before hours to which the ordinary ones are cut.
const ONLY: &str = "only ";

/// One line for each day.
pub(super) fn written(rules: &[RuleSpec], dates: &[DateSpec]) -> String {
    let rules = rules.iter().map(|rule| line(&rule.on.to_string(), &rule.name, &rule.only, &rule.instead));
    let dates = dates.iter().map(|day| line(&day.date.to_string(), &day.name, &day.only, &day.instead));
    rules.chain(dates).collect::<Vec<_>>().join("\n")
}

fn line(when: &str, name: &str, only: &Option<Hours>, instead: &Option<Hours>) -> String {
    let hours = match (only, instead) {
        (Some(only), _) => format!("{PART}{ONLY}{only}"),
        (None, Some(instead)) => format!("{PART}{instead}"),
        (None, None) => String::new(),
    };
    format!("{when}{PART}{name}{hours}")
}

/// Reads the lines.
///
/// # Errors
/// The first line that cannot be understood.
pub(super) fn read(text: &str) -> Result<(Vec<RuleSpec>, Vec<DateSpec>), String> {
    let (mut rules, mut dates) = (Vec::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let day = day(line).ok_or_else(|| line.to_owned())?;
        match day {
            Day::Rule(rule) => rules.push(rule),
            Day::Date(date) => dates.push(date),
        }
    }
    Ok((rules, dates))
}

enum Day {
    Rule(RuleSpec),
    Date(DateSpec),
}

fn day(line: &str) -> Option<Day> {
    let mut parts = line.split(PART).map(str::trim);
    let (when, name) = (parts.next()?, parts.next()?.to_owned());
    let (only, instead) = match parts.next() {
        None => (None, None),
        Some(hours) => match hours.strip_prefix(ONLY) {
            Some(only) => (Some(only.parse().ok()?), None),
            None => (None, Some(hours.parse().ok()?)),
        },
    };
    if name.is_empty() || parts.next().is_some() {
        return None;
    }
    match when.parse::<Date>() {
        Ok(date) => Some(Day::Date(DateSpec { date, name, only, instead })),
        Err(_) => {
            let on: Yearly = when.parse().ok()?;
            Some(Day::Rule(RuleSpec { name, on, only, instead }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_were_written_read_back() {
        let text = "3rd monday of april = Patriots' Day\n12-24 = Christmas Eve = only 00:00-12:00\n\
                    2026-11-07 = Early voting = 10:00-14:00";
        let (rules, dates) = read(text).unwrap();
        assert_eq!((rules.len(), dates.len()), (2, 1));
        assert!(rules[1].only.is_some() && dates[0].instead.is_some());
        assert_eq!(written(&rules, &dates), text);
    }

    #[test]
    fn the_line_that_cannot_be_understood_is_named() {
        for bad in [
            "Christmas",
            "12-24 = ",
            "sometimes = Holiday",
            "12-24 = Eve = noon",
            "12-24 = Eve = 09:00-10:00 = x",
        ] {
            assert_eq!(read(&format!("12-25 = Christmas\n{bad}")), Err(bad.trim().to_owned()));
        }
    }
}
