//! Yearly dates as states and cities write them.

use calendar::{HolidayKind, HolidayRule, Holidays, Yearly};
use jiff::civil::Date;

/// All days off in a year by one rule.
fn days_off(rule: &str, year: i16) -> Vec<String> {
    let kind = HolidayKind::Closed;
    let holidays =
        Holidays::of_rules([HolidayRule { name: "Day".to_owned(), on: rule.parse().unwrap(), kind }]);
    let days =
        Date::new(year, 1, 1).unwrap().series(jiff::Span::new().days(1)).take_while(|day| day.year() == year);
    days.filter(|day| holidays.on(*day).is_some()).map(|day| day.strftime("%m-%d").to_string()).collect()
}

#[test]
fn yearly_dates_fall_where_the_law_puts_them() {
    for (rule, year, expected) in [
        ("3rd monday of april", 2026, "04-20"),
        ("last monday of may", 2026, "05-25"),
        ("day after 4th thursday of november", 2026, "11-27"),
        ("good friday", 2026, "04-03"),
        ("1 day after easter", 2026, "04-06"),
        ("47 days before easter", 2026, "02-17"),
        ("tuesday after 1st monday of november every 2 years since 2020", 2026, "11-03"),
        ("tuesday after 1st monday of november every 2 years since 2020", 2027, ""),
        ("monday before may 25", 2026, "05-18"),
        ("2 days before 01-01", 2026, "12-30"),
        ("5th friday of january", 2026, "01-30"),
        ("5th friday of february", 2026, ""),
        ("02-29", 2026, ""),
        ("02-29", 2028, "02-29"),
        ("december 24", 2026, "12-24"),
        ("12-24 until 2025", 2026, ""),
        ("12-24 since 2027", 2026, ""),
    ] {
        assert_eq!(days_off(rule, year).join(" "), expected, "{rule} in {year}");
    }
}

#[test]
fn a_weekend_moves_the_day_off_as_the_rule_says() {
    // 19 June is a Saturday in 2027 and a Sunday in 2033.
    for (rule, saturday, sunday) in [
        ("06-19", "06-19", "06-19"),
        ("06-19 observed", "06-18 06-19", "06-19 06-20"),
        ("06-19 observed monday for sunday", "06-19", "06-19 06-20"),
        ("06-19 observed next monday", "06-19 06-21", "06-19 06-20"),
    ] {
        assert_eq!(days_off(rule, 2027).join(" "), saturday, "{rule}");
        assert_eq!(days_off(rule, 2033).join(" "), sunday, "{rule}");
    }
}

#[test]
fn a_day_off_may_lie_in_the_year_beside_its_occasion() {
    assert_eq!(days_off("01-01 observed", 2021), ["01-01", "12-31"]);
    assert_eq!(days_off("2 days before 01-01", 2025), ["12-30"]);
    assert_eq!(days_off("day after 12-31", 2025), ["01-01"]);
}

#[test]
fn easter_is_where_the_almanac_has_it() {
    for (year, date) in [
        (1818, "03-22"),
        (1943, "04-25"),
        (1961, "04-02"),
        (1981, "04-19"),
        (2000, "04-23"),
        (2008, "03-23"),
        (2011, "04-24"),
        (2024, "03-31"),
        (2025, "04-20"),
        (2038, "04-25"),
        (2049, "04-18"),
    ] {
        assert_eq!(days_off("easter", year), [date], "{year}");
    }
}

#[test]
fn rules_written_and_read_again_are_the_same() {
    for (text, normal) in [
        ("Third  Monday of January since 1986", "3rd monday of january since 1986"),
        ("july 4 observed", "07-04 observed"),
        ("good friday", "2 days before easter"),
        ("day after fourth thursday of november", "1 day after 4th thursday of november"),
        (
            "12-26 observed next monday until 2030 since 2001",
            "12-26 observed next monday since 2001 until 2030",
        ),
        ("friday before last monday of may", "friday before last monday of may"),
        (
            "tuesday after 1st monday of november since 2020 every 2 years",
            "tuesday after 1st monday of november every 2 years since 2020",
        ),
        ("5th friday of may observed monday for sunday", "5th friday of may observed monday for sunday"),
    ] {
        let rule: Yearly = text.parse().unwrap();
        assert_eq!(rule.to_string(), normal);
        assert_eq!(normal.parse::<Yearly>().unwrap(), rule);
    }
}

#[test]
fn what_is_not_a_yearly_date_is_refused_with_the_part_that_is_wrong() {
    for (text, part) in [
        ("", ""),
        ("13-01", "13-01"),
        ("02-30", "02-30"),
        ("6th monday of may", "6th monday of may"),
        ("3rd moonday of may", "3rd moonday of may"),
        ("0 days after easter", "0 days after easter"),
        ("61 days after easter", "61 days after easter"),
        ("12-25 observed sometimes", "sometimes"),
        ("12-25 since soon", "since soon"),
        ("12-25 every 2 years", "every 2 years"),
        (
            "day after day after day after day after day after easter",
            "day after day after day after day after day after easter",
        ),
    ] {
        let refused = text.parse::<Yearly>().unwrap_err();
        assert_eq!(refused.to_string(), format!("{text:?} is not a yearly date; {part:?} is not understood"));
    }
}

#[test]
fn where_rules_meet_the_more_closed_one_wins() {
    let rule = |name: &str, kind| HolidayRule { name: name.to_owned(), on: "12-24".parse().unwrap(), kind };
    let half = HolidayKind::HalfDay("00:00-12:00".parse().unwrap());
    let other = HolidayKind::OtherHours("10:00-11:00".parse().unwrap());
    let all = [rule("Other", other), rule("Half", half), rule("Closed", HolidayKind::Closed)];
    let date = "2026-12-24".parse().unwrap();
    assert_eq!(Holidays::of_rules(all.clone()).on(date).unwrap().name, "Closed");
    assert_eq!(Holidays::of_rules(all[..2].to_vec()).on(date).unwrap().name, "Half");
    // A single date beats them all.
    let open = calendar::Holiday { name: "Open".to_owned(), kind: all[0].kind.clone() };
    assert_eq!(Holidays::of_rules(all).with(date, open).on(date).unwrap().name, "Open");
}
