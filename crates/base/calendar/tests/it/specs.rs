//! Calendars described as text.

use calendar::{Calendar, CalendarError, CalendarSpec};

use super::{at, check_due, from_toml};

const WHOLE: &str = r#"
zone = "America/New_York"
holidays = ["us-federal"]
not_observed = ["Columbus Day", "Mayor's day"]
ics = ["""
BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260417
SUMMARY:Retreat
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260418
SUMMARY:Mayor's day
END:VEVENT
END:VCALENDAR
"""]

[hours]
monday = "09:00-12:30,13:30-17:00"
friday = "09:00-13:00"

[[rules]]
name = "Patriots' Day"
on = "3rd monday of april"

[[rules]]
name = "Good Friday"
on = "2 days before easter"
only = "00:00-11:00"

[[dates]]
date = "2026-11-07"
name = "Early voting"
instead = "10:00-14:00"

[[dates]]
date = "2026-05-25"
name = "Open on Memorial Day"
instead = "12:00-13:00"
"#;

#[test]
fn every_part_of_a_description_has_its_effect() {
    let calendar = from_toml(WHOLE);
    for (local, open) in [
        ("2026-10-12 10:00", true),  // Columbus Day, not observed here
        ("2026-01-19 10:00", false), // Martin Luther King
        ("2026-04-17 10:00", false), // the imported retreat
        ("2026-04-20 10:00", false), // Patriots' Day
        ("2026-04-03 10:00", true),  // Good Friday, a half day
        ("2026-04-03 11:00", false),
        ("2026-11-07 13:00", true), // a Saturday
        ("2026-05-25 12:30", true),
        ("2026-05-25 10:00", false),
        ("2026-05-12 10:00", false), // a Tuesday
    ] {
        assert_eq!(calendar.is_open_at(at(&calendar, local)), open, "{local}");
    }
    check_due(&calendar, "2026-04-02 10:00", "3 working hours", "2026-04-06 10:00");
}

#[test]
fn a_half_day_does_not_open_a_day_that_is_closed_anyway() {
    let calendar = from_toml(
        "zone = 'UTC'\nhours.monday = '09:00-17:00'\nrules = [{ name = 'Eve', on = '12-24', only = '09:00-12:00' }]",
    );
    // 24 December is a Thursday in 2026 and a Monday in 2029.
    assert!(!calendar.is_working_day("2026-12-24".parse().unwrap()));
    assert!(calendar.is_working_day("2029-12-24".parse().unwrap()));
}

#[test]
fn a_description_written_and_read_again_is_the_same() {
    let spec: CalendarSpec = toml::from_str(WHOLE).unwrap();
    assert_eq!(toml::from_str::<CalendarSpec>(&toml::to_string(&spec).unwrap()).unwrap(), spec);
    assert_eq!(serde_json::from_str::<CalendarSpec>(&serde_json::to_string(&spec).unwrap()).unwrap(), spec);
}

#[test]
fn mistakes_in_a_description_name_what_is_wrong() {
    for (text, expected) in [
        ("zone = 'UTC'\nhours.monday = '9 to 5'", "\"9 to 5\" are not opening hours"),
        ("zone = 'UTC'\nhours.someday = '09:00-17:00'", "unknown field `someday`"),
        ("zone = 'UTC'\nholidays = ['us-martian']", "unknown variant `us-martian`"),
        ("zone = 'UTC'\nrules = [{ name = 'X', on = 'now and then' }]", "is not a yearly date"),
        ("zone = 'UTC'\ncolour = 'red'", "unknown field `colour`"),
    ] {
        let refused = toml::from_str::<CalendarSpec>(text).unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
}

#[test]
fn contradictions_in_a_description_are_refused() {
    let refused =
        |text: &str| Calendar::try_from(&toml::from_str::<CalendarSpec>(text).unwrap()).unwrap_err();
    let date = "{ date = '2026-05-05', name = 'Fair' }";
    assert_eq!(
        refused(&format!("zone = 'UTC'\ndates = [{date}, {date}]")),
        CalendarError::RepeatedDate("2026-05-05".parse().unwrap())
    );
    assert_eq!(
        refused("zone = 'UTC'\nrules = [{ name = 'Eve', on = '12-24', only = '', instead = '' }]"),
        CalendarError::ShortenedAndReplaced { name: "Eve".to_owned() }
    );
    assert_eq!(refused("zone = 'Nowhere'"), CalendarError::UnknownZone("Nowhere".to_owned()));
    assert_eq!(
        refused("zone = 'UTC'\nnot_observed = ['Christmas Day']"),
        CalendarError::NoSuchHoliday("Christmas Day".to_owned())
    );
    assert!(matches!(refused("zone = 'UTC'\nics = ['hello']"), CalendarError::Ics(_)));
}
