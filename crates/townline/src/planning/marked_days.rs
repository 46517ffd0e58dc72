//! Paydays and billing days by rule: `15,last` of each month, or `2026-01-09/14`, every fourteen days from a day on.

use std::collections::BTreeSet;
use std::str::FromStr;

use forecasting::MarkedDays;
use jiff::ToSpan;
use jiff::civil::Date;

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayRule {
    /// This day of each month; the last where the month is shorter.
    OfMonth(i8),
    /// Every so many days, before and after this one.
    Every {
        /// A day that is one.
        from: Date,
        /// Days from one to the next.
        days: i32,
    },
}

impl FromStr for DayRule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("{text:?} is no day of the month (15, last) and no rhythm such as 2026-01-09/14");
        if text == "last" {
            return Ok(DayRule::OfMonth(31));
        }
        if let Some((from, days)) = text.split_once('/') {
            let days = days.parse().ok().filter(|days| (2..=366).contains(days)).ok_or_else(wrong)?;
            return Ok(DayRule::Every { from: from.parse().map_err(|_| wrong())?, days });
        }
        let day = text.parse::<i8>().ok().filter(|day| (1..=31).contains(day));
        day.map(DayRule::OfMonth).ok_or_else(wrong)
    }
}

impl DayRule {
    fn falls_on(self, date: Date) -> bool {
        match self {
            DayRule::OfMonth(day) => date.day() == day.min(date.days_in_month()),
            DayRule::Every { from, days } => {
                let apart = from.until(date).map_or(1, |span| span.get_days());
                apart.rem_euclid(days) == 0
            }
        }
    }
}

/// What to do with a day that falls on a weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtWeekends {
    /// It stays: a bill is run on a Sunday too.
    Stay,
    /// It moves to the Friday before: pay does.
    MoveBefore,
}

/// The days that rules name between two days.
pub fn marked(name: &str, rules: &[DayRule], weekends: AtWeekends, first: Date, last: Date) -> MarkedDays {
    let dates = first.series(1.day()).take_while(|date| *date <= last);
    let named = dates.filter(|date| rules.iter().any(|rule| rule.falls_on(*date)));
    let moved = |date: Date| match (weekends, date.weekday().to_monday_zero_offset()) {
        (AtWeekends::MoveBefore, weekday @ 5..) => date.saturating_sub((i64::from(weekday) - 4).days()),
        _ => date,
    };
    MarkedDays { name: name.to_owned(), days: named.map(moved).collect::<BTreeSet<Date>>() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn rules_name_their_days_and_pay_moves_before_the_weekend() {
        let rules = ["15".parse().unwrap(), "last".parse().unwrap()];
        let days = |weekends| marked("pay", &rules, weekends, date(2026, 2, 1), date(2026, 3, 31)).days;
        let all = [date(2026, 2, 15), date(2026, 2, 28), date(2026, 3, 15), date(2026, 3, 31)];
        assert_eq!(days(AtWeekends::Stay), BTreeSet::from(all));
        let moved = [date(2026, 2, 13), date(2026, 2, 27), date(2026, 3, 13), date(2026, 3, 31)];
        assert_eq!(days(AtWeekends::MoveBefore), BTreeSet::from(moved));
        let fortnightly = ["2026-01-09/14".parse().unwrap()];
        let days = marked("pay", &fortnightly, AtWeekends::Stay, date(2025, 12, 20), date(2026, 1, 31)).days;
        assert_eq!(days, BTreeSet::from([date(2025, 12, 26), date(2026, 1, 9), date(2026, 1, 23)]));
        for wrong in ["0", "32", "first", "2026-01-09/1", "9/14", ""] {
            assert!(wrong.parse::<DayRule>().is_err(), "{wrong}");
        }
    }
}
