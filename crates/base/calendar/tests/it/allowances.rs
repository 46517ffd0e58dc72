//! Allowances as people write them.

use calendar::{Allowance, CalendarError};

#[test]
fn allowances_are_written_as_people_say_them() {
    for (allowance, text) in [
        (Allowance::working_hours(4), "4 working hours"),
        (Allowance::working_hours(1), "1 working hour"),
        (Allowance::WorkingMinutes(90), "90 working minutes"),
        (Allowance::working_days(3), "3 working days"),
        (Allowance::calendar_days(1), "1 calendar day"),
        (Allowance::hours(48), "48 hours"),
        (Allowance::Minutes(30), "30 minutes"),
        (Allowance::Minutes(0), "0 minutes"),
    ] {
        assert_eq!(allowance.to_string(), text);
        assert_eq!(text.parse(), Ok(allowance));
        let json = serde_json::to_string(&allowance).unwrap();
        assert_eq!(json, format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<Allowance>(&json).unwrap(), allowance);
    }
}

#[test]
fn other_ways_to_say_it_are_understood() {
    assert_eq!("2 Business Days".parse(), Ok(Allowance::working_days(2)));
    assert_eq!(" 5  days ".parse(), Ok(Allowance::calendar_days(5)));
    assert_eq!("1 working minutes".parse(), Ok(Allowance::WorkingMinutes(1)));
}

#[test]
fn what_is_not_an_allowance_is_refused_as_it_was_written() {
    for text in
        ["", "4", "hours", "-1 hours", "4 working weeks", "4 calendar hours", "1.5 hours", "99999999 hours"]
    {
        assert_eq!(text.parse::<Allowance>(), Err(CalendarError::MalformedAllowance(text.to_owned())));
    }
}
