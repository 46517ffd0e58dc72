//! Topics and their total.

use forecasting::{Forecast, ForecastError, Known, coherent};
use proptest::prelude::*;

use crate::made_up::{forecast, office, series};

fn of(busy: f64) -> Forecast {
    forecast(&series(60, &office(45, busy)), &Known::default(), 30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn parts_sum_to_the_total_in_every_interval_and_day(busy in prop::collection::vec(0.5..200.0, 1..5), off in 0.5..2.0) {
        let parts: Vec<Forecast> = busy.iter().map(|busy| of(*busy)).collect();
        let (total, parts) = coherent(&of(off * busy.iter().sum::<f64>()), &parts).unwrap();
        for (index, one) in total.intervals.iter().enumerate() {
            let sum: f64 = parts.iter().map(|part| part.intervals[index].mean).sum();
            prop_assert!((sum - one.mean).abs() < 1e-9 * one.mean.max(1.0));
            prop_assert!(parts.iter().all(|part| part.intervals[index].mean >= 0.0));
        }
        for (index, day) in total.days.iter().enumerate() {
            let sum: f64 = parts.iter().map(|part| part.days[index].mean).sum();
            prop_assert!((sum - day.mean).abs() < 1e-9 * day.mean.max(1.0));
        }
    }
}

#[test]
fn a_total_without_parts_or_on_other_intervals_is_refused() {
    let shorter = forecast(&series(60, &office(45, 10.0)), &Known::default(), 20);
    assert_eq!(coherent(&of(10.0), &[]), Err(ForecastError::Unlike));
    assert_eq!(coherent(&of(10.0), &[shorter]), Err(ForecastError::Unlike));
}
