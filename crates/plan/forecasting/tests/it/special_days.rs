//! Holidays, closures, surges, level shifts and events.

use std::collections::BTreeMap;

use forecasting::{Fitted, Known, Regressor, Unnamed, days_ahead};
use jiff::ToSpan;
use jiff::civil::date;

use crate::made_up::{daily, forecast, monday, office, series};

#[test]
fn weekends_without_records_are_closed_not_zero() {
    let forecast = forecast(&series(60, &office(61, 100.0)), &Known::default(), 50);
    assert!(forecast.intervals.iter().all(|interval| interval.at.weekday().to_monday_zero_offset() < 5));
    assert!(forecast.intervals.iter().all(|interval| (8..18).contains(&interval.at.hour())));
    assert_eq!(forecast.intervals.len(), 50);
}

#[test]
fn a_day_that_has_begun_is_forecast_to_its_end() {
    let mut records = office(61, 100.0);
    records.truncate(records.len() - 4);
    let forecast = forecast(&series(60, &records), &Known::default(), 14);
    let last = records.last().unwrap().0;
    assert_eq!((forecast.intervals[0].at.date(), forecast.intervals[0].at.hour()), (last.date(), 14));
    assert!((0.2..0.5).contains(&forecast.days[0].reasons.part), "{}", forecast.days[0].reasons.part);
}

#[test]
fn a_surge_is_flagged_and_kept_out_of_the_forecast() {
    let calm = |date: jiff::civil::Date| {
        500.0 - 20.0 * f64::from(date.weekday().to_monday_zero_offset()) + f64::from(date.day())
    };
    let storm = date(2024, 4, 17);
    let plain = series(1440, &daily(120, |date, _| calm(date)));
    let stormy = series(1440, &daily(120, |date, _| calm(date) * if date == storm { 6.0 } else { 1.0 }));
    let ahead = days_ahead(&stormy, &Known::default(), 14).unwrap();
    let fitted = Fitted::new(stormy, Known::default(), 14).unwrap();
    assert_eq!(fitted.surges().iter().map(|surge| surge.date).collect::<Vec<_>>(), [storm]);
    let with_storm = fitted.forecast(&ahead, &[0.5]).unwrap();
    for (with, without) in with_storm.intervals.iter().zip(&forecast(&plain, &Known::default(), 14).intervals)
    {
        assert!((with.mean / without.mean - 1.0).abs() < 0.02, "{with:?} {without:?}");
    }
}

#[test]
fn a_level_shift_is_followed_within_a_month() {
    let forecast = forecast(
        &series(
            1440,
            &daily(200, |date, day| (400.0 + f64::from(date.day())) * if day < 170.0 { 1.0 } else { 1.5 }),
        ),
        &Known::default(),
        14,
    );
    let mean = forecast.intervals.iter().map(|interval| interval.mean).sum::<f64>() / 14.0;
    assert!((mean / 637.0 - 1.0).abs() < 0.06, "{mean}");
}

#[test]
fn a_holiday_seen_before_lowers_its_next_occurrence() {
    let holidays: BTreeMap<_, _> =
        (2024..=2026).map(|year| (date(year, 5, 20), "Town Day".to_owned())).collect();
    let known = Known { holidays, ..Known::default() };
    let records = daily(2 * 366 + 130, |date, day| {
        let is_holiday = date.month() == 5 && date.day() == 20;
        (600.0 + 30.0 * (day * 2.3).sin()) * if is_holiday { 0.4 } else { 1.0 }
    });
    let forecast = forecast(&series(1440, &records), &known, 14);
    let town_day = forecast.days.iter().find(|day| day.date == date(2026, 5, 20)).unwrap();
    assert!((town_day.mean / 240.0 - 1.0).abs() < 0.15, "{town_day:?}");
    assert!((0.3..0.5).contains(&town_day.reasons.holiday), "{:?}", town_day.reasons);
}

#[test]
fn a_holiday_that_was_always_closed_is_left_out() {
    let holidays: BTreeMap<_, _> =
        [date(2024, 1, 15), date(2024, 3, 18)].map(|date| (date, "Town Day".to_owned())).into();
    let known = Known { holidays, ..Known::default() };
    let mut records = office(75, 100.0);
    records.retain(|(at, _)| at.date() != date(2024, 1, 15));
    let forecast = forecast(&series(60, &records), &known, 20);
    let dates: Vec<_> = forecast.days.iter().map(|day| day.date).collect();
    assert_eq!(dates, [date(2024, 3, 19), date(2024, 3, 20)]);
}

/// A town's days with a quiet first Monday of September, a quiet 11 November and a quiet Friday before Easter.
fn quiet_days(days: i64) -> Vec<(jiff::civil::DateTime, f64)> {
    let easters = [date(2024, 3, 29), date(2025, 4, 18), date(2026, 4, 3), date(2027, 3, 26)];
    daily(days, |date, day| {
        let weekday = date.weekday().to_monday_zero_offset();
        let quiet = (date.month() == 9 && weekday == 0 && date.day() <= 7)
            || (date.month() == 11 && date.day() == 11)
            || easters.contains(&date);
        let weekend = if weekday >= 5 { 0.6 } else { 1.0 };
        900.0 * weekend * (1.0 + 0.05 * (day * 2.3).sin()) * if quiet { 0.4 } else { 1.0 }
    })
}

#[test]
fn holidays_that_nobody_named_are_learned_and_told() {
    let series = series(1440, &quiet_days(3 * 365 + 100));
    let (known, learned) = Known::default().with_learned(&series).unwrap();
    let mut names: Vec<&str> = learned.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["11 November", "2 days before Easter", "Monday between 1 and 7 September"]);
    assert!(learned.iter().all(|one| one.missed == 0), "{learned:?}");
    assert_eq!(
        known.holidays.get(&date(2027, 9, 6)).map(String::as_str),
        Some("Monday between 1 and 7 September")
    );
    let ignoring = Known { unnamed: Unnamed::Ignore, ..Known::default() };
    assert_eq!(ignoring.with_learned(&series).unwrap(), (ignoring, Vec::new()));
    let named =
        [date(2024, 11, 11), date(2025, 11, 11), date(2026, 11, 11)].map(|date| (date, "Day".to_owned()));
    let naming = Known { holidays: named.into(), ..Known::default() };
    assert!(!naming.with_learned(&series).unwrap().1.iter().any(|one| one.name == "11 November"));
}

#[test]
fn days_that_are_merely_noisy_are_no_holidays() {
    let noisy = daily(1200, |date, day| {
        let noise = (day * day * 0.37).sin() * (day * 1.91).cos();
        300.0 * (1.0 + 0.25 * noise) * if date.weekday().to_monday_zero_offset() >= 5 { 0.5 } else { 1.0 }
    });
    let (known, learned) = Known::default().with_learned(&series(1440, &noisy)).unwrap();
    assert_eq!((known.holidays.len(), learned), (0, Vec::new()));
}

#[test]
fn an_event_known_ahead_moves_its_day_and_says_so() {
    let mailing = |day: i64| if day % 17 == 5 { 1.0 } else { 0.0 };
    let values = (0..140).map(|day| (monday().saturating_add(day.days()), mailing(day))).collect();
    let known = Known { regressors: vec![Regressor { name: "mailing".into(), values }], ..Known::default() };
    let records = daily(120, |date, day| (300.0 + f64::from(date.day())) * (1.0 + 0.5 * mailing(day as i64)));
    let forecast = forecast(&series(1440, &records), &known, 10);
    let (hit, calm) = (&forecast.days[4], &forecast.days[5]);
    assert_eq!(mailing(124), 1.0);
    let lift = hit.reasons.event / calm.reasons.event;
    assert!((lift / 1.5 - 1.0).abs() < 0.05, "{lift}");
}
