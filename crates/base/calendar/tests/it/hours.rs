//! Opening hours as people write them.

use calendar::{CalendarError, Hours};

#[test]
fn hours_are_written_in_order_and_in_one_way() {
    for (text, normal) in [
        ("09:00-12:30,13:30-17:00", "09:00-12:30,13:30-17:00"),
        (" 13:30 - 17:00 , 9:00 - 12:30 ", "09:00-12:30,13:30-17:00"),
        ("22:00-06:00", "22:00-06:00"),
        ("00:00-24:00", "00:00-24:00"),
        ("00:00-00:00", "00:00-24:00"),
        ("22:00-00:00", "22:00-24:00"),
        ("08:00-08:00", "08:00-08:00"),
        ("closed", ""),
        ("", ""),
    ] {
        assert_eq!(text.parse::<Hours>().unwrap().to_string(), normal, "{text}");
    }
}

#[test]
fn what_are_not_hours_is_refused_as_it_was_written() {
    for text in [
        "9-17",
        "09:00",
        "09:00-25:00",
        "24:00-06:00",
        "09:60-10:00",
        "09:00-12:00,",
        "+9:00-10:00",
        "09:00-24:01",
    ] {
        assert_eq!(text.parse::<Hours>(), Err(CalendarError::MalformedHours { text: text.to_owned() }));
    }
}

#[test]
fn periods_that_overlap_are_refused_by_name() {
    let refused = "09:00-12:00,11:59-13:00,12:30-17:00".parse::<Hours>().unwrap_err();
    assert_eq!(refused.to_string(), "the periods 09:00-12:00 and 11:59-13:00 overlap");
    assert!("09:00-12:00,12:00-13:00".parse::<Hours>().is_ok());
    assert!("22:00-06:00,23:00-23:30".parse::<Hours>().is_err());
}
