//! Where a day lies: around the turn of the year, at the edges of its month, beside a holiday.

use jiff::Span;
use jiff::civil::Date;

use crate::Known;
use crate::series::weekday;

/// Days around the turn of the year that have an effect of their own, from 17 December.
pub(super) const TURN_DAYS: i32 = 18;

/// Days since 17 December, for the days around the turn of the year.
pub(super) fn turn_of_year(date: Date) -> Option<usize> {
    let offset = match (date.month(), i32::from(date.day())) {
        (12, day) => day - 17,
        (1, day) => day + 14,
        _ => return None,
    };
    (0..TURN_DAYS).contains(&offset).then_some(offset as usize)
}

/// First working day of the month, last working day, and the working day on or before the 15th.
pub(super) fn month_edges(date: Date) -> [bool; 3] {
    if weekday(date) >= 5 {
        return [false; 3];
    }
    let day = i32::from(date.day());
    let friday = weekday(date) == 4;
    let monday = weekday(date) == 0;
    let left = i32::from(date.days_in_month()) - day;
    let first = day == 1 || (monday && day <= 3);
    let last = left == 0 || (friday && left <= 2);
    let payday = day == 15 || (friday && (13..15).contains(&day));
    [first, last, payday]
}

/// Which of the places on and around a holiday a day takes: on it (working day, weekend), then before and after it.
pub(super) fn around_holiday(date: Date, weekend: bool, known: &Known) -> Option<usize> {
    let holiday = |days: i64| {
        let other = date.checked_add(Span::new().days(days)).ok()?;
        known.holidays.get(&other)
    };
    let at_weekend = usize::from(weekend);
    if holiday(0).is_some() {
        Some(at_weekend)
    } else if holiday(1).is_some() {
        Some(2 + at_weekend)
    } else if holiday(-1).is_some() {
        Some(4 + at_weekend)
    } else if holiday(-2).is_some() && !weekend {
        Some(6)
    } else {
        None
    }
}

/// Days from one date to another.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).expect("dates are in range").get_days()
}
