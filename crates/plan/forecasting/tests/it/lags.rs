//! What only days before can tell.

use forecasting::{Accuracy, Baseline, Fitted, Known, Method, Origins, Outcome};
use jiff::civil::Date;

use crate::made_up::{daily, series};

/// A collection every second week brings half as many calls again on its three days; no calendar has a column for it.
fn every_second_week(date: Date, day: f64) -> f64 {
    let weekday = f64::from(date.weekday().to_monday_zero_offset());
    let collected = (day / 7.0).floor() as i64 % 2 == 0 && weekday < 3.0;
    400.0 * (1.0 - 0.05 * weekday) * (1.0 + 0.03 * (day * 2.3).sin()) * if collected { 1.5 } else { 1.0 }
}

#[test]
fn trees_take_over_where_lags_tell_what_the_calendar_cannot() {
    let series = series(1440, &daily(400, every_second_week));
    let fitted = Fitted::new(series.clone(), Known::default(), 14).unwrap();
    let share =
        |name: &str| fitted.members().into_iter().find(|member| member.0 == name).map(|member| member.1);
    assert!(share("trees over lags") > Some(0.9), "{:?}", fitted.members());
    let origins = Origins { count: 8, step: 7, horizon: 14 }.of(&series).unwrap();
    let wape = |method: Method| {
        let outcomes = origins.iter().flat_map(|origin| origin.outcomes(method, &Known::default()).unwrap());
        let outcomes: Vec<Outcome> = outcomes.collect();
        Accuracy::over(outcomes.iter(), 1.0).unwrap().wape
    };
    let ours = wape(Method::Townline);
    assert!(ours < 0.05, "{ours}");
    for baseline in Baseline::ALL {
        assert!(ours < 0.4 * wape(Method::Plain(baseline)), "{ours} {baseline:?}");
    }
}

#[test]
fn shares_of_the_members_sum_to_one_and_trees_need_a_quarter_of_a_year() {
    for days in [40, 200] {
        let fitted = Fitted::new(series(1440, &daily(days, every_second_week)), Known::default(), 7).unwrap();
        let members = fitted.members();
        assert!((members.iter().map(|member| member.1).sum::<f64>() - 1.0).abs() < 1e-12, "{members:?}");
        assert_eq!(members[4].1 > 0.0, days == 200, "{members:?}");
    }
}
