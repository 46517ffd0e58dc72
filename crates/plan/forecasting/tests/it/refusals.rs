//! What cannot be used is refused with its reason.

use std::collections::BTreeMap;

use forecasting::{Fitted, ForecastError, Interval, Known, Origins, Regressor, Series, days_ahead};
use jiff::civil::date;

use crate::made_up::{daily, monday, office, series};

#[test]
fn an_interval_that_does_not_divide_the_hour_is_refused() {
    assert_eq!(Interval::of_minutes(7), Err(ForecastError::Interval { minutes: 7 }));
    assert_eq!("30m".parse::<Interval>().unwrap().minutes(), 30);
    assert_eq!("1d".parse::<Interval>().unwrap(), Interval::DAY);
    assert!("1w".parse::<Interval>().is_err());
}

#[test]
fn a_count_that_is_negative_or_not_a_number_is_refused() {
    for count in [-1.0, f64::NAN, f64::INFINITY] {
        let refused = Series::new(Interval::DAY, &[(monday().at(0, 0, 0, 0), count)]);
        assert!(matches!(refused, Err(ForecastError::Count { .. })), "{count}");
    }
}

#[test]
fn a_time_that_comes_twice_is_refused() {
    let at = monday().at(9, 0, 0, 0);
    let half_hours = Interval::of_minutes(30).unwrap();
    assert_eq!(
        Series::new(half_hours, &[(at, 1.0), (at, 2.0)]),
        Err(ForecastError::Order { at, before: at })
    );
    let off = monday().at(9, 10, 0, 0);
    assert_eq!(Series::new(half_hours, &[(off, 1.0)]), Err(ForecastError::OffGrid { at: off }));
}

#[test]
fn thirteen_days_are_too_short_and_fourteen_are_enough() {
    let fit = |days: i64| Fitted::new(series(1440, &daily(days, |_, day| 50.0 + day)), Known::default(), 7);
    assert_eq!(fit(13).err(), Some(ForecastError::TooShort { days: 13, needed: 14 }));
    assert!(fit(14).is_ok());
}

#[test]
fn a_series_of_zeros_says_so() {
    let fitted = Fitted::new(series(1440, &daily(40, |_, _| 0.0)), Known::default(), 7);
    assert_eq!(fitted.err(), Some(ForecastError::AllZero));
}

#[test]
fn a_regressor_without_a_future_value_names_the_day() {
    let values: BTreeMap<_, _> =
        (0..40).map(|day| (monday().saturating_add(jiff::Span::new().days(day)), 1.0)).collect();
    let known = Known { regressors: vec![Regressor { name: "mailing".into(), values }], ..Known::default() };
    let series = series(1440, &daily(40, |_, day| 50.0 + day));
    let ahead = days_ahead(&series, &known, 3).unwrap();
    let forecast = Fitted::new(series, known, 3).unwrap().forecast(&ahead, &[0.5]);
    let missing = ForecastError::RegressorGap { name: "mailing".into(), date: date(2024, 2, 10) };
    assert_eq!(forecast.err(), Some(missing));
}

#[test]
fn more_origins_than_the_history_holds_are_refused() {
    let origins = Origins { count: 20, step: 50, horizon: 50 };
    assert!(matches!(origins.of(&series(60, &office(60, 40.0))), Err(ForecastError::TooShort { .. })));
}
