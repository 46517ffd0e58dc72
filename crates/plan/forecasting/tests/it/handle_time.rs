//! How long contacts take, beside how many come.

use forecasting::{ForecastError, HandleTimes, Handled, Interval, Known};

use crate::made_up::{forecast, office, series};

/// Seconds of an hour by the rule: slower in the morning, quicker on Fridays, with chance that shrinks with contacts.
fn rule_s(at: jiff::civil::DateTime, contacts: f64) -> f64 {
    let hour = f64::from(at.hour());
    let friday = if at.weekday().to_monday_zero_offset() == 4 { 0.9 } else { 1.0 };
    let chance =
        (f64::from(i32::from(at.day()) * 31 + i32::from(at.hour()) * 17 + i32::from(at.month()) * 7) * 2.3)
            .sin();
    240.0 * friday * (1.2 - 0.02 * (hour - 8.0)) * (1.0 + 0.9 * chance / contacts.sqrt())
}

fn handled(days: i64, busy: f64) -> Vec<Handled> {
    let of =
        |(at, contacts): (jiff::civil::DateTime, f64)| Handled { at, contacts, mean_s: rule_s(at, contacts) };
    office(days, busy).into_iter().map(of).collect()
}

fn hours() -> Interval {
    Interval::of_minutes(60).unwrap()
}

#[test]
fn time_of_day_and_weekday_are_found_and_eight_of_ten_ranges_hold() {
    let (past, all) = (handled(120, 80.0), handled(141, 80.0));
    let counts: Vec<_> = past.iter().map(|one| (one.at, one.contacts)).collect();
    let contacts = forecast(&series(60, &counts), &Known::default(), 150);
    let ahead = HandleTimes::new(hours(), &past, 15).unwrap().forecast(&contacts);
    let (mut off, mut held) = (0.0, 0.0);
    for (one, came) in ahead.iter().zip(&all[past.len()..]) {
        assert_eq!(one.at, came.at);
        off += (one.mean_s / came.mean_s - 1.0).abs() / 150.0;
        held += f64::from(u8::from((one.quantiles_s[0]..=one.quantiles_s[2]).contains(&came.mean_s))) / 150.0;
    }
    assert!(off < 0.08, "{off}");
    assert!((0.72..=0.88).contains(&held), "{held}");
    let (morning, evening) = (&ahead[0], &ahead[9]);
    assert!((morning.mean_s / evening.mean_s - 1.2 / 1.02).abs() < 0.06, "{morning:?} {evening:?}");
}

#[test]
fn fewer_contacts_make_a_wider_range() {
    let past = handled(90, 80.0);
    let times = HandleTimes::new(hours(), &past, 5).unwrap();
    let width = |busy: f64| {
        let contacts = forecast(&series(60, &office(90, busy)), &Known::default(), 10);
        let first = &times.forecast(&contacts)[0];
        (first.quantiles_s[2] - first.quantiles_s[0]) / first.mean_s
    };
    assert!(width(5.0) > 2.0 * width(80.0), "{} {}", width(5.0), width(80.0));
}

#[test]
fn a_new_level_is_followed_within_a_month() {
    let mut past = handled(120, 80.0);
    let changed = past[past.len() - 220].at;
    past.iter_mut().filter(|one| one.at >= changed).for_each(|one| one.mean_s *= 1.4);
    let contacts = forecast(&series(60, &office(120, 80.0)), &Known::default(), 10);
    let mean = HandleTimes::new(hours(), &past, 5).unwrap().forecast(&contacts)[0].mean_s;
    let now = 1.4 * rule_s(contacts.intervals[0].at, 1e12);
    assert!((mean / now - 1.0).abs() < 0.08, "{mean} {now}");
}

#[test]
fn no_contacts_need_no_handle_time_but_contacts_do() {
    let mut past = handled(60, 20.0);
    past[3] = Handled { contacts: 0.0, mean_s: f64::NAN, ..past[3] };
    assert!(HandleTimes::new(hours(), &past, 5).is_ok());
    for mean_s in [0.0, -1.0, f64::NAN] {
        past[4].mean_s = mean_s;
        let refused = HandleTimes::new(hours(), &past, 5);
        assert!(matches!(refused, Err(ForecastError::HandleTime { .. })), "{mean_s}");
    }
    let short = HandleTimes::new(hours(), &handled(10, 20.0), 5);
    assert_eq!(short.err(), Some(ForecastError::TooShort { days: 8, needed: 14 }));
}
