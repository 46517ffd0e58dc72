//! Series made by a rule, so that a test knows what is right.

use forecasting::{Fitted, Forecast, Interval, Known, Series, days_ahead};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};

pub(crate) const PROBABILITIES: [f64; 3] = [0.1, 0.5, 0.9];

/// A Monday.
pub(crate) fn monday() -> Date {
    date(2024, 1, 1)
}

/// Contacts of each hour from 8 to 17 on working days: `busy` on Mondays, less later in the week, with a little noise.
pub(crate) fn office(days: i64, busy: f64) -> Vec<(DateTime, f64)> {
    let open = (0..days).map(|day| monday().saturating_add(day.days()));
    let working = open.filter(|date| date.weekday().to_monday_zero_offset() < 5);
    working.flat_map(|date| (8..18).map(move |hour| at(date, hour, busy))).collect()
}

fn at(date: Date, hour: i8, busy: f64) -> (DateTime, f64) {
    let weekday = f64::from(date.weekday().to_monday_zero_offset());
    let hump = 1.0 - 0.01 * f64::from(hour - 12).powi(2);
    let noise = 1.0 + 0.04 * (f64::from(i32::from(date.day()) * 7 + i32::from(hour) * 13) * 1.7).sin();
    (date.at(hour, 0, 0, 0), (busy * (1.0 - 0.06 * weekday) * hump * noise).round())
}

/// Daily contacts from a rule.
pub(crate) fn daily(days: i64, rule: impl Fn(Date, f64) -> f64) -> Vec<(DateTime, f64)> {
    let contacts = |day: i64| {
        let date = monday().saturating_add(day.days());
        (date.at(0, 0, 0, 0), rule(date, day as f64).round().max(0.0))
    };
    (0..days).map(contacts).collect()
}

pub(crate) fn series(minutes: u32, records: &[(DateTime, f64)]) -> Series {
    Series::new(Interval::of_minutes(minutes).unwrap(), records).unwrap()
}

pub(crate) fn forecast(series: &Series, known: &Known, intervals: usize) -> Forecast {
    let ahead = days_ahead(series, known, intervals).unwrap();
    Fitted::new(series.clone(), known.clone(), ahead.len()).unwrap().forecast(&ahead, &PROBABILITIES).unwrap()
}
