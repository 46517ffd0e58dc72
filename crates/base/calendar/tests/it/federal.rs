//! The federal holidays, against the lists that the Office of Personnel Management publishes.

use calendar::Holidays;
use jiff::civil::{Date, Weekday};

/// The weekdays of a year that are off.
fn weekdays_off(year: i16) -> Vec<String> {
    let holidays = Holidays::us_federal();
    Date::new(year, 1, 1)
        .unwrap()
        .series(jiff::Span::new().days(1))
        .take_while(|date| date.year() == year)
        .filter(|date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday))
        .filter(|date| holidays.on(*date).is_some())
        .map(|date| date.strftime("%m-%d").to_string())
        .collect()
}

#[test]
fn federal_holidays_equal_the_published_lists() {
    for (year, days) in [
        (2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25"),
        // Juneteenth became law on Thursday, 17 June 2021. New Year 2022 fell on a Saturday.
        (2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
        (2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
        (2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
        (2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
    ] {
        assert_eq!(weekdays_off(year).join(" "), days, "{year}");
    }
}

#[test]
fn older_years_have_the_holidays_of_their_time() {
    let name = |date: &str| Holidays::us_federal().on(date.parse().unwrap()).map(|holiday| holiday.name);
    assert_eq!(name("1985-01-21"), None);
    assert_eq!(name("1986-01-20").as_deref(), Some("Birthday of Martin Luther King, Jr."));
    assert_eq!(name("1975-10-27").as_deref(), Some("Veterans Day"));
    assert_eq!(name("1975-11-11"), None);
    assert_eq!(name("1978-11-10").as_deref(), Some("Veterans Day (observed)"));
}

#[test]
fn a_holiday_on_a_weekend_closes_that_day_and_the_one_in_lieu() {
    let name = |date: &str| Holidays::us_federal().on(date.parse().unwrap()).map(|holiday| holiday.name);
    assert_eq!(name("2026-07-04").as_deref(), Some("Independence Day"));
    assert_eq!(name("2026-07-03").as_deref(), Some("Independence Day (observed)"));
    assert_eq!(name("2021-12-31").as_deref(), Some("New Year's Day (observed)"));
}

#[test]
fn a_misspelt_holiday_cannot_be_left_out() {
    assert!(Holidays::us_federal().without("columbus day").is_ok());
    let refused = Holidays::us_federal().without("Columbus").unwrap_err();
    assert_eq!(refused.to_string(), "no holiday named \"Columbus\" is declared, so it cannot be left out");
}
