//! Numbers that move contacts, by the day and by the interval, and days that come again.

use std::collections::BTreeMap;

use forecasting::{
    Fitted, ForecastError, Interval, IntervalRegressor, Known, MarkedDays, Series, days_ahead,
};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::made_up::{PROBABILITIES, daily, forecast, monday, office, series};

/// Degrees: warmer at noon, and hot on some afternoons.
fn degrees(at: DateTime) -> f64 {
    let hour = f64::from(at.hour());
    let hot = i64::from(at.date().day()) % 5 == 0 && at.hour() >= 13;
    20.0 - 0.3 * (hour - 13.0).powi(2) + if hot { 8.0 } else { 0.0 }
}

fn is_hot(at: DateTime) -> bool {
    degrees(at) > 20.5 || (i64::from(at.date().day()) % 5 == 0 && at.hour() >= 13)
}

fn weather(days: i64) -> IntervalRegressor {
    let dates = (0..days).map(|day| monday().saturating_add(day.days()));
    let hours = dates.flat_map(|date| (0..24).map(move |hour| date.at(hour, 0, 0, 0)));
    IntervalRegressor { name: "degrees".into(), values: hours.map(|at| (at, degrees(at))).collect() }
}

/// Each degree above the usual brings 4 % more calls in its hour.
fn hours(days: i64) -> Series {
    let heat = |at: DateTime| if is_hot(at) { 1.04_f64.powf(8.0) } else { 1.0 };
    let records: Vec<_> =
        office(days, 200.0).into_iter().map(|(at, count)| (at, (count * heat(at)).round())).collect();
    series(60, &records)
}

#[test]
fn weather_by_the_hour_moves_its_hours_and_the_day_still_sums() {
    let known = Known { interval_regressors: vec![weather(140)], ..Known::default() };
    let (with, without) = (forecast(&hours(120), &known, 60), forecast(&hours(120), &Known::default(), 60));
    let came = hours(135);
    let error = |forecast: &forecasting::Forecast| {
        let came: BTreeMap<DateTime, f64> = came.records().collect();
        forecast.intervals.iter().map(|one| (one.mean - came[&one.at]).abs()).sum::<f64>()
    };
    assert!(error(&with) < 0.6 * error(&without), "{} {}", error(&with), error(&without));
    for day in &with.days {
        let sum: f64 =
            with.intervals.iter().filter(|one| one.at.date() == day.date).map(|one| one.mean).sum();
        assert!((sum / day.mean - 1.0).abs() < 1e-9);
    }
    let hot_day = with.days.iter().find(|day| day.date.day() % 5 == 0).unwrap();
    assert!(hot_day.reasons.event > 1.03, "{:?}", hot_day.reasons);
}

#[test]
fn an_interval_without_its_number_is_named() {
    let mut lacking = weather(140);
    let at = monday().at(9, 0, 0, 0);
    lacking.values.remove(&at);
    let known = Known { interval_regressors: vec![lacking], ..Known::default() };
    let refused = Fitted::new(hours(60), known, 5).err();
    assert_eq!(refused, Some(ForecastError::IntervalRegressorGap { name: "degrees".into(), at }));
    let known = Known { interval_regressors: vec![weather(120)], ..Known::default() };
    let ahead = days_ahead(&hours(118), &known, 60).unwrap();
    let refused = Fitted::new(hours(118), known, 6).unwrap().forecast(&ahead, &PROBABILITIES);
    assert!(matches!(refused, Err(ForecastError::IntervalRegressorGap { .. })), "{refused:?}");
}

#[test]
fn billing_days_move_the_days_after_them_and_are_told_as_the_month() {
    let is_billed = |date: Date| [4, 19].contains(&date.day());
    let bills = |days: i64| -> Vec<Date> {
        (0..days).map(|day| monday().saturating_add(day.days())).filter(|date| is_billed(*date)).collect()
    };
    let records = daily(200, |date, day| {
        let after = (1..=2).any(|days| is_billed(date.saturating_sub(days.days())));
        500.0 * (1.0 + 0.02 * (day * 2.3).sin()) * if after { 1.3 } else { 1.0 }
    });
    let marked = vec![MarkedDays { name: "billing".into(), days: bills(240).into_iter().collect() }];
    let known = Known { marked, ..Known::default() };
    let series = Series::new(Interval::DAY, &records).unwrap();
    let forecast = forecast(&series, &known, 28);
    let after = forecast.days.iter().find(|day| day.date.day() == 20).unwrap();
    let plain = forecast.days.iter().find(|day| day.date.day() == 26).unwrap();
    assert!((after.mean / plain.mean / 1.3 - 1.0).abs() < 0.06, "{after:?} {plain:?}");
    assert!(after.reasons.month / plain.reasons.month > 1.15, "{after:?}");
}
