//! Topics, channels and their total.

use forecasting::{Forecast, ForecastError, Known, Sum, coherent};
use proptest::prelude::*;

use crate::made_up::{forecast, office, series};

fn of(busy: f64) -> Forecast {
    forecast(&series(60, &office(45, busy)), &Known::default(), 30)
}

fn sum(busy: f64, parts: &[usize]) -> Sum {
    Sum { forecast: of(busy), parts: parts.to_vec() }
}

/// A total, then two channels of two topics each, then the four parts; each sum is off by its own factor.
fn grouped(busy: &[f64; 4], off: &[f64; 5]) -> Vec<Sum> {
    let groups: [&[usize]; 5] = [&[0, 1, 2, 3], &[0, 1], &[2, 3], &[0, 2], &[1, 3]];
    let of_group =
        |(parts, off): (&&[usize], &f64)| sum(off * parts.iter().map(|part| busy[*part]).sum::<f64>(), parts);
    let sums = groups.iter().zip(off).map(of_group);
    sums.chain(busy.iter().enumerate().map(|(part, busy)| sum(*busy, &[part]))).collect()
}

fn close(sum: f64, whole: f64) -> bool {
    (sum - whole).abs() < 1e-9 * whole.max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn every_sum_is_the_sum_of_its_parts_in_every_interval_day_and_week(
        busy in prop::array::uniform4(0.5..200.0), off in prop::array::uniform5(0.5..2.0)
    ) {
        let sums = grouped(&busy, &off);
        let agreed = coherent(&sums).unwrap();
        let parts = &agreed[5..];
        for (sum, forecast) in sums.iter().zip(&agreed) {
            for (index, one) in forecast.intervals.iter().enumerate() {
                prop_assert!(close(sum.parts.iter().map(|part| parts[*part].intervals[index].mean).sum(), one.mean));
                prop_assert!(one.mean >= 0.0);
            }
            for (index, day) in forecast.days.iter().enumerate() {
                prop_assert!(close(sum.parts.iter().map(|part| parts[*part].days[index].mean).sum(), day.mean));
            }
            for (index, week) in forecast.weeks.iter().enumerate() {
                prop_assert!(close(sum.parts.iter().map(|part| parts[*part].weeks[index].mean).sum(), week.mean));
            }
        }
    }

    #[test]
    fn forecasts_that_agree_already_stay_as_they_are(busy in prop::array::uniform4(20.0..200.0)) {
        let mut sums = grouped(&busy, &[1.0; 5]);
        let parts: Vec<Forecast> = sums[5..].iter().map(|sum| sum.forecast.clone()).collect();
        for sum in &mut sums[..5] {
            for (index, one) in sum.forecast.intervals.iter_mut().enumerate() {
                one.mean = sum.parts.iter().map(|part| parts[*part].intervals[index].mean).sum();
            }
        }
        for (agreed, part) in coherent(&sums).unwrap()[5..].iter().zip(&parts) {
            for (one, before) in agreed.intervals.iter().zip(&part.intervals) {
                prop_assert!(close(one.mean, before.mean));
            }
        }
    }
}

#[test]
fn a_total_without_parts_or_on_other_intervals_is_refused() {
    let shorter =
        Sum { forecast: forecast(&series(60, &office(45, 10.0)), &Known::default(), 20), parts: vec![0] };
    for sums in [vec![], vec![sum(10.0, &[0, 1])], vec![sum(10.0, &[0, 1]), sum(5.0, &[0])]] {
        assert_eq!(coherent(&sums), Err(ForecastError::Unlike));
    }
    assert_eq!(coherent(&[sum(10.0, &[0]), shorter]), Err(ForecastError::Unlike));
}
