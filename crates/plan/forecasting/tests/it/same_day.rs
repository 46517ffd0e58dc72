//! What has come in by noon, and the rest of the day.

use forecasting::{Fitted, ForecastError, Known, days_ahead};

use crate::figures::bank;
use crate::made_up::{PROBABILITIES, monday, office, series};

#[test]
fn nothing_seen_changes_nothing() {
    let series = series(60, &office(60, 100.0));
    let ahead = days_ahead(&series, &Known::default(), 20).unwrap();
    let fitted = Fitted::new(series, Known::default(), 2).unwrap();
    let forecast = fitted.forecast(&ahead, &PROBABILITIES).unwrap();
    let updated = fitted.same_day(&forecast, &[]).unwrap();
    for (one, other) in updated.intervals.iter().zip(&forecast.intervals) {
        assert!((one.mean / other.mean - 1.0).abs() < 1e-12);
    }
    let elsewhere = monday().at(9, 0, 0, 0);
    assert_eq!(
        fitted.same_day(&forecast, &[(elsewhere, 5.0)]),
        Err(ForecastError::NotToday { at: elsewhere, today: ahead[0].date })
    );
}

#[test]
fn a_busy_morning_raises_the_afternoon_and_narrows_its_range() {
    // Whole days are busier or quieter, so a morning tells.
    let mut records = office(90, 100.0);
    for (at, count) in &mut records {
        *count = (*count * (1.0 + 0.2 * f64::from(i32::from(at.day()) * 7 % 11 - 5) / 5.0)).round();
    }
    let series = series(60, &records);
    let ahead = days_ahead(&series, &Known::default(), 20).unwrap();
    let fitted = Fitted::new(series, Known::default(), 2).unwrap();
    let forecast = fitted.forecast(&ahead, &PROBABILITIES).unwrap();
    let morning: Vec<_> = forecast.intervals[..4].iter().map(|one| (one.at, 1.3 * one.mean)).collect();
    let updated = fitted.same_day(&forecast, &morning).unwrap();
    assert_eq!(updated.intervals.len(), 16);
    let (before, after) = (&forecast.intervals[4], &updated.intervals[0]);
    assert!(after.mean > before.mean && after.mean < 1.3 * before.mean, "{before:?} {after:?}");
    let week_before: f64 = forecast.weeks[0].mean - forecast.days[0].mean + updated.days[0].mean;
    assert!((updated.weeks[0].mean / week_before - 1.0).abs() < 1e-9);
    let width = |one: &forecasting::IntervalForecast| (one.quantiles[2] - one.quantiles[0]) / one.mean;
    assert!(width(after) < width(before), "{before:?} {after:?}");
    let rest: f64 = updated.intervals[..6].iter().map(|one| one.mean).sum();
    assert!(
        (updated.days[0].mean / rest - 1.0).abs() < 1e-9
            && (updated.days[0].reasons.mean() / rest - 1.0).abs() < 1e-9
    );
}

#[test]
fn at_the_bank_the_afternoon_is_known_better_once_the_morning_is() {
    let series = bank();
    let (slots, noon) = (28, 10);
    let (mut before, mut after) = (0.0, 0.0);
    for days in (110..160).step_by(2) {
        let past = series.first(days * slots);
        let today: Vec<_> = series.records().skip(days * slots).take(slots).collect();
        let ahead = days_ahead(&past, &Known::default(), slots).unwrap();
        let fitted = Fitted::new(past, Known::default(), 1).unwrap();
        let forecast = fitted.forecast(&ahead, &PROBABILITIES).unwrap();
        if forecast.intervals[0].at != today[0].0 {
            continue;
        }
        let updated = fitted.same_day(&forecast, &today[..noon]).unwrap();
        for (slot, (_, count)) in today.iter().enumerate().skip(noon) {
            before += (forecast.intervals[slot].mean - count).abs();
            after += (updated.intervals[slot - noon].mean - count).abs();
        }
    }
    assert!(after < before, "{after} {before}");
}
