//! What holds for every series.

use forecasting::Known;
use jiff::civil::DateTime;
use proptest::prelude::*;

use crate::made_up::{daily, forecast, office, series};

/// An office with these records left out, by position.
fn with_gaps(days: i64, busy: f64, gaps: &[prop::sample::Index]) -> Vec<(DateTime, f64)> {
    let mut records = office(days, busy);
    for gap in gaps {
        records.remove(gap.index(records.len()));
    }
    records
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn intervals_sum_to_their_day(days in 21_i64..90, busy in 3.0..400.0) {
        let forecast = forecast(&series(60, &office(days, busy)), &Known::default(), 50);
        for day in &forecast.days {
            let of_day = forecast.intervals.iter().filter(|interval| interval.at.date() == day.date);
            let sum: f64 = of_day.map(|interval| interval.mean).sum();
            prop_assert!((sum - day.mean).abs() < 1e-9 * day.mean.max(1.0), "{sum} {}", day.mean);
        }
    }

    #[test]
    fn quantiles_ascend_and_nothing_is_negative(days in 21_i64..90, busy in 0.2..400.0) {
        let forecast = forecast(&series(60, &office(days, busy)), &Known::default(), 50);
        for interval in &forecast.intervals {
            prop_assert!(interval.mean >= 0.0 && interval.quantiles[0] >= 0.0);
            prop_assert!(interval.quantiles.is_sorted(), "{interval:?}");
        }
    }

    #[test]
    fn the_same_series_gives_the_same_forecast_to_the_last_bit(days in 21_i64..60) {
        let records = office(days, 80.0);
        let once = forecast(&series(60, &records), &Known::default(), 30);
        prop_assert_eq!(once, forecast(&series(60, &records), &Known::default(), 30));
    }

    #[test]
    fn ten_times_the_contacts_are_ten_times_the_forecast(days in 30_i64..120) {
        let large = |factor: f64| daily(days, move |date, _| {
            factor * (5000.0 - 300.0 * f64::from(date.weekday().to_monday_zero_offset()) + f64::from(date.day()))
        });
        let once = forecast(&series(1440, &large(1.0)), &Known::default(), 14);
        let tenfold = forecast(&series(1440, &large(10.0)), &Known::default(), 14);
        for (one, ten) in once.intervals.iter().zip(&tenfold.intervals) {
            // Chance is a smaller share of larger counts, so the two differ, but by far less than a percent.
            prop_assert!((ten.mean / one.mean / 10.0 - 1.0).abs() < 0.005, "{} {}", one.mean, ten.mean);
        }
    }

    #[test]
    fn gaps_neither_crash_nor_move_the_forecast_far(gaps in prop::collection::vec(any::<prop::sample::Index>(), 1..40)) {
        let whole = forecast(&series(60, &office(70, 200.0)), &Known::default(), 50);
        let gappy = forecast(&series(60, &with_gaps(70, 200.0, &gaps)), &Known::default(), 50);
        let total = |forecast: &forecasting::Forecast| forecast.days.iter().take(4).map(|day| day.mean).sum::<f64>();
        prop_assert!((total(&gappy) / total(&whole) - 1.0).abs() < 0.25);
    }

    #[test]
    fn reasons_multiply_to_the_mean(days in 21_i64..90) {
        let forecast = forecast(&series(60, &office(days, 120.0)), &Known::default(), 30);
        for day in &forecast.days {
            prop_assert!((day.reasons.mean() / day.mean - 1.0).abs() < 1e-12);
        }
    }
}
