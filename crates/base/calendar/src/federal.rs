//! The holidays of the United States government.

use jiff::civil::Weekday;
use jiff::civil::Weekday::{Monday, Thursday};

use crate::yearly::{Observance, Occasion};
use crate::{HolidayKind, HolidayRule, Yearly};

/// The legal public holidays of 5 U.S.C. 6103(a), each in the years since 1970 in which it was in force.
///
/// The Uniform Monday Holiday Act moved three of them to Mondays from 1971 (Veterans Day moved back to
/// 11 November in 1978); Inauguration Day, kept around Washington, D.C. only, is left out.
pub(crate) fn rules() -> Vec<HolidayRule> {
    vec![
        rule("New Year's Day", fixed(1, 1)),
        rule("Birthday of Martin Luther King, Jr.", nth(3, Monday, 1).since(1986)),
        rule("Washington's Birthday", fixed(2, 22).until(1970)),
        rule("Washington's Birthday", nth(3, Monday, 2).since(1971)),
        rule("Memorial Day", fixed(5, 30).until(1970)),
        rule("Memorial Day", nth(-1, Monday, 5).since(1971)),
        // Signed into law on 17 June 2021 and first kept the day after.
        rule("Juneteenth National Independence Day", fixed(6, 19).since(2021)),
        rule("Independence Day", fixed(7, 4)),
        rule("Labor Day", nth(1, Monday, 9)),
        rule("Columbus Day", nth(2, Monday, 10).since(1971)),
        rule("Veterans Day", fixed(11, 11).until(1970)),
        rule("Veterans Day", nth(4, Monday, 10).since(1971).until(1977)),
        rule("Veterans Day", fixed(11, 11).since(1978)),
        rule("Thanksgiving Day", nth(4, Thursday, 11)),
        rule("Christmas Day", fixed(12, 25)),
    ]
}

fn rule(name: &str, on: Yearly) -> HolidayRule {
    HolidayRule { name: name.to_owned(), on, kind: HolidayKind::Closed }
}

fn fixed(month: i8, day: i8) -> Yearly {
    Yearly::on(Occasion::Fixed { month, day }).observed(Observance::NearestWeekday)
}

fn nth(nth: i8, weekday: Weekday, month: i8) -> Yearly {
    Yearly::on(Occasion::NthWeekday { nth, weekday, month })
}
