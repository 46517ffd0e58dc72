//! Calendars nobody would think of, for properties that must hold on all of them.

use calendar::{Allowance, Calendar, Holiday, HolidayKind, Holidays, Hours, Pause, Week};
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::prelude::*;

const ZONES: [&str; 14] = [
    "UTC",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "America/Sao_Paulo",
    "Europe/London",
    "Africa/Casablanca",
    "Antarctica/Troll",
    "Asia/Kolkata",
    "Asia/Beirut",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kwajalein",
];

/// Up to three periods that do not overlap, the last of which may run past midnight.
pub(crate) fn any_hours() -> impl Strategy<Value = Hours> {
    (vec(0_u16..1440, 0..6), 1_u16..=1440).prop_map(|(mut bounds, last_length)| {
        bounds.sort_unstable();
        bounds.dedup();
        let periods: Vec<String> = bounds
            .chunks(2)
            .map(|pair| match pair {
                [opens, closes] => period(*opens, *closes),
                _ => period(pair[0], (pair[0] + last_length) % 1440),
            })
            .collect();
        periods.join(",").parse().unwrap()
    })
}

fn period(opens: u16, closes: u16) -> String {
    format!("{:02}:{:02}-{:02}:{:02}", opens / 60, opens % 60, closes / 60, closes % 60)
}

fn any_week() -> impl Strategy<Value = Week> {
    prop_oneof![
        1 => Just(Week::always_open()),
        2 => any_hours().prop_map(|hours| Week::working_days(&hours)),
        6 => proptest::array::uniform7(any_hours()).prop_map(Week::new),
    ]
    .prop_filter("a week must open at some time", |week| (0..7).any(|day| !day_of(week, day).is_closed()))
}

fn day_of(week: &Week, monday_zero: i8) -> &Hours {
    week.on(jiff::civil::Weekday::from_monday_zero_offset(monday_zero).unwrap())
}

fn any_holiday() -> impl Strategy<Value = (Date, Holiday)> {
    let kind = prop_oneof![
        Just(HolidayKind::Closed),
        any_hours().prop_map(HolidayKind::HalfDay),
        any_hours().prop_map(HolidayKind::OtherHours),
    ];
    (interesting_days(), kind).prop_map(|(day, kind)| {
        let date = Date::constant(1970, 1, 1) + jiff::Span::new().days(day);
        (date, Holiday { name: "special".to_owned(), kind })
    })
}

/// Days since 1970, often near a great change of clocks.
fn interesting_days() -> impl Strategy<Value = i64> {
    prop_oneof![
        // Apia at the end of 2011, Kwajalein in August 1993, New York in March and November 2026.
        1 => 15_330_i64..15_345,
        1 => 8_630_i64..8_640,
        1 => 20_515_i64..20_525,
        1 => 20_755_i64..20_763,
        // Around the ends of the years that a calendar prepares.
        1 => -40_i64..40,
        1 => 47_800_i64..47_900,
        4 => 0_i64..47_000,
    ]
}

pub(crate) fn any_calendar() -> impl Strategy<Value = Calendar> {
    (proptest::sample::select(&ZONES), any_week(), any::<bool>(), vec(any_holiday(), 0..6)).prop_map(
        |(zone, week, federal, dates)| {
            let base = if federal { Holidays::us_federal() } else { Holidays::none() };
            let holidays = dates.into_iter().fold(base, |all, (date, holiday)| all.with(date, holiday));
            Calendar::new(zone, week, holidays).unwrap()
        },
    )
}

pub(crate) fn any_instant() -> impl Strategy<Value = Timestamp> {
    (interesting_days(), 0_i64..86_400_000_000).prop_map(|(day, microsecond)| {
        Timestamp::from_microsecond(day * 86_400_000_000 + microsecond).unwrap()
    })
}

pub(crate) fn any_working_allowance() -> impl Strategy<Value = Allowance> {
    prop_oneof![
        (0_u32..5000).prop_map(Allowance::WorkingMinutes),
        (0_u32..20).prop_map(Allowance::WorkingDays),
    ]
}

pub(crate) fn any_allowance() -> impl Strategy<Value = Allowance> {
    prop_oneof![
        2 => any_working_allowance(),
        1 => (0_u32..60).prop_map(Allowance::CalendarDays),
        1 => (0_u32..5000).prop_map(Allowance::Minutes),
    ]
}

/// Ended pauses that begin up to a week before an instant or three weeks after it.
pub(crate) fn pauses_near(from: Timestamp) -> impl Strategy<Value = Vec<Pause>> {
    vec((-7 * 1440_i64..21 * 1440, 0_i64..5 * 1440), 0..5).prop_map(move |lengths| {
        let minutes = |minutes| jiff::SignedDuration::from_mins(minutes);
        let pause = |(start, length)| {
            let from = from + minutes(start);
            Pause { from, until: Some(from + minutes(length)) }
        };
        lengths.into_iter().map(pause).collect()
    })
}
