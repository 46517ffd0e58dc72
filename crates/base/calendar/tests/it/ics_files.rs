//! iCalendar files as towns, schools and mail programs write them.

use calendar::{CalendarError, Holiday, HolidayKind, Holidays, IcsError, IcsProblem};
use jiff::civil::Date;

fn read(lines: &str) -> Result<Holidays, CalendarError> {
    Holidays::from_ics(&format!("BEGIN:VCALENDAR\nVERSION:2.0\n{lines}\nEND:VCALENDAR\n"), "America/New_York")
}

fn event(lines: &str) -> Holidays {
    read(&format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT")).unwrap()
}

fn on(holidays: &Holidays, date: &str) -> Option<Holiday> {
    holidays.on(date.parse().unwrap())
}

/// The closed or shortened dates of a span of years, as text.
fn dates(holidays: &Holidays) -> Vec<String> {
    let days =
        Date::constant(2024, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| day.year() < 2031);
    days.filter(|day| holidays.on(*day).is_some()).map(|day| day.to_string()).collect()
}

#[track_caller]
fn check_part(holidays: &Holidays, date: &str, remaining: &str) {
    let kind = on(holidays, date).map(|holiday| holiday.kind);
    assert_eq!(kind, Some(HolidayKind::HalfDay(remaining.parse().unwrap())), "{date}");
}

#[test]
fn a_file_with_windows_line_ends_folds_and_alarms_is_read() {
    let text = "\u{feff}BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//EN\r\nX-WR-CALNAME:Holidays in\r\n  Testville\r\n\
        BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\nBEGIN:STANDARD\r\nDTSTART:19701101T020000\r\n\
        RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:202\r\n 60619\r\nDTEND;VALUE=DATE:20260620\r\nTRANSP:TRANSPARENT\r\n\
        SUMMARY:Juneteenth\\, the holi\r\n\tday\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDTSTART:nonsense\r\nEND:VALARM\r\n\
        END:VEVENT\r\nEND:VCALENDAR\r\n";
    let holidays = Holidays::from_ics(text, "America/New_York").unwrap();
    let expected = Holiday { name: "Juneteenth, the holiday".to_owned(), kind: HolidayKind::Closed };
    assert_eq!(on(&holidays, "2026-06-19"), Some(expected));
    assert_eq!(dates(&holidays), ["2026-06-19"]);
}

#[test]
fn an_event_of_several_days_closes_all_of_them() {
    for end in ["DTEND;VALUE=DATE:20260104", "DURATION:P3D"] {
        let holidays = event(&format!("DTSTART;VALUE=DATE:20260101\n{end}"));
        assert_eq!(dates(&holidays), ["2026-01-01", "2026-01-02", "2026-01-03"]);
    }
    let week = event("DTSTART;VALUE=DATE:20260101\nDURATION:P1W");
    assert_eq!(dates(&week).len(), 7);
}

#[test]
fn a_date_without_an_end_or_ending_on_itself_is_one_day() {
    assert_eq!(dates(&event("DTSTART;VALUE=DATE:20260101")), ["2026-01-01"]);
    assert_eq!(dates(&event("DTSTART:20260101\nDTEND:20260101")), ["2026-01-01"]);
}

#[test]
fn an_event_with_times_closes_that_part_of_the_day() {
    let afternoon =
        event("DTSTART;TZID=America/New_York:20261224T120000\nDTEND;TZID=America/New_York:20261225T000000");
    check_part(&afternoon, "2026-12-24", "00:00-12:00");
    assert_eq!(dates(&afternoon).len(), 1);
    let midday = event("DTSTART:20260505T113000\nDURATION:PT1H30M");
    check_part(&midday, "2026-05-05", "00:00-11:30,13:00-13:00");
    assert_eq!(dates(&event("DTSTART:20260505T113000")), [""; 0]);
}

#[test]
fn an_event_over_several_days_with_times_closes_the_days_between() {
    let holidays = event("DTSTART:20261224T150000\nDTEND:20261226T090030");
    check_part(&holidays, "2026-12-24", "00:00-15:00");
    assert_eq!(on(&holidays, "2026-12-25").unwrap().kind, HolidayKind::Closed);
    check_part(&holidays, "2026-12-26", "09:01-09:01");
}

#[test]
fn times_of_other_zones_are_moved_to_the_zone_of_the_calendar() {
    check_part(
        &event("DTSTART:20260701T120000Z\nDTEND:20260701T130000Z"),
        "2026-07-01",
        "00:00-08:00,09:00-09:00",
    );
    let pacific = "DTSTART;TZID=Pacific Standard Time:20260701T220000\nDURATION:PT1H";
    check_part(&event(pacific), "2026-07-02", "00:00-01:00,02:00-02:00");
    let path =
        "DTSTART;TZID=\"/freeassociation.sourceforge.net/Europe/London\":20260701T120000\nDURATION:PT1H";
    check_part(&event(path), "2026-07-01", "00:00-07:00,08:00-08:00");
}

#[test]
fn a_series_keeps_the_clock_of_its_own_zone() {
    let series =
        event("DTSTART;TZID=Europe/London:20260320T120000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2");
    // New York changes its clocks on 8 March, London on 29 March.
    check_part(&series, "2026-03-20", "00:00-08:00,09:00-09:00");
    check_part(&series, "2026-03-27", "00:00-08:00,09:00-09:00");
    let later = event("DTSTART;TZID=Europe/London:20260327T120000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2");
    check_part(&later, "2026-04-03", "00:00-07:00,08:00-08:00");
}

#[test]
fn a_yearly_event_goes_on_until_it_is_told_to_stop() {
    let forever = event("DTSTART;VALUE=DATE:20200704\nRRULE:FREQ=YEARLY");
    assert!(on(&forever, "2100-07-04").is_some());
    let until = event("DTSTART;VALUE=DATE:20250704\nRRULE:FREQ=YEARLY;UNTIL=20260704T000000Z");
    assert_eq!(dates(&until), ["2025-07-04", "2026-07-04"]);
    let nth = event("DTSTART;VALUE=DATE:20251127\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3");
    assert_eq!(dates(&nth), ["2025-11-27", "2026-11-26", "2027-11-25"]);
}

#[test]
fn an_end_in_utc_is_compared_on_the_clock_of_the_series() {
    // 03:00 UTC on the 3rd is 23:00 on the 2nd in New York.
    let nightly = "DTSTART;TZID=America/New_York:20260701T230000\nDURATION:PT30M\nRRULE:FREQ=DAILY;UNTIL=";
    assert_eq!(dates(&event(&format!("{nightly}20260703T030000Z"))), ["2026-07-01", "2026-07-02"]);
    assert_eq!(dates(&event(&format!("{nightly}20260703T025959Z"))), ["2026-07-01"]);
    assert_eq!(dates(&event(&format!("{nightly}20260703"))).len(), 3);
}

#[test]
fn excluded_dates_are_left_out_and_further_dates_added() {
    let holidays = event(
        "DTSTART;VALUE=DATE:20250101\nRRULE:FREQ=YEARLY;COUNT=4\nEXDATE;VALUE=DATE:20260101,20270101\nRDATE;VALUE=DATE:20260102",
    );
    assert_eq!(dates(&holidays), ["2025-01-01", "2026-01-02", "2028-01-01"]);
    let timed =
        event("DTSTART:20260501T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260502T140000Z");
    assert_eq!(dates(&timed), ["2026-05-01", "2026-05-03"]);
    let whole_day =
        event("DTSTART:20260501T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260501");
    assert_eq!(dates(&whole_day), ["2026-05-02", "2026-05-03"]);
}

#[test]
fn cancelled_events_do_not_close_anything() {
    assert_eq!(dates(&event("DTSTART;VALUE=DATE:20260101\nSTATUS:CANCELLED")), [""; 0]);
}

#[test]
fn a_moved_or_cancelled_occurrence_leaves_its_series() {
    let series = "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=MONTHLY;COUNT=4\nEND:VEVENT";
    let moved =
        "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;VALUE=DATE:20260201\nDTSTART;VALUE=DATE:20260202\nEND:VEVENT";
    let cancelled = "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;VALUE=DATE:20260301\nDTSTART;VALUE=DATE:20260301\nSTATUS:CANCELLED\nEND:VEVENT";
    let other =
        "BEGIN:VEVENT\nUID:b\nRECURRENCE-ID;VALUE=DATE:20260401\nDTSTART;VALUE=DATE:20260402\nEND:VEVENT";
    let holidays = read(&format!("{series}\n{moved}\n{cancelled}\n{other}")).unwrap();
    assert_eq!(dates(&holidays), ["2026-01-01", "2026-02-02", "2026-04-01", "2026-04-02"]);
}

#[test]
fn two_events_on_a_day_close_what_either_closes() {
    let morning = "BEGIN:VEVENT\nDTSTART:20260505T080000\nDURATION:PT2H\nSUMMARY:Drill\nEND:VEVENT";
    let evening = "BEGIN:VEVENT\nDTSTART:20260505T160000\nDURATION:PT8H\nEND:VEVENT";
    let day = "BEGIN:VEVENT\nDTSTART:20260505\nSUMMARY:Day\nEND:VEVENT";
    let parts = read(&format!("{morning}\n{evening}")).unwrap();
    check_part(&parts, "2026-05-05", "00:00-08:00,10:00-16:00");
    for whole in [format!("{morning}\n{day}"), format!("{day}\n{morning}")] {
        let holiday = on(&read(&whole).unwrap(), "2026-05-05").unwrap();
        assert_eq!(holiday, Holiday { name: "Day".to_owned(), kind: HolidayKind::Closed });
    }
}

#[test]
fn to_dos_and_free_time_are_passed_over() {
    let text = "BEGIN:VTODO\nDTSTART;VALUE=DATE:20260101\nEND:VTODO\nBEGIN:VFREEBUSY\nDTSTART:20260101T000000Z\nEND:VFREEBUSY";
    assert_eq!(dates(&read(text).unwrap()), [""; 0]);
}

#[track_caller]
fn check_refused(lines: &str, line: usize, problem: IcsProblem) {
    assert_eq!(read(lines).unwrap_err(), CalendarError::Ics(IcsError { line, problem }), "{lines}");
}

#[test]
fn what_cannot_be_used_is_refused_with_its_line() {
    let start = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101";
    let end = "END:VEVENT";
    check_refused("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", 3, IcsProblem::NoStart);
    check_refused(
        "BEGIN:VEVENT\nDTSTART:20260230\nEND:VEVENT",
        4,
        IcsProblem::NotADate("20260230".to_owned()),
    );
    check_refused(
        "BEGIN:VEVENT\nDTSTART:20260101T2500\nEND:VEVENT",
        4,
        IcsProblem::NotADate("20260101T2500".to_owned()),
    );
    check_refused(&format!("{start}\nDTEND:20251231\n{end}"), 5, IcsProblem::EndsBeforeItStarts);
    check_refused(&format!("{start}\nDURATION:-P1D\n{end}"), 5, IcsProblem::NotADuration("-P1D".to_owned()));
    check_refused(&format!("{start}\nDURATION:P1H\n{end}"), 5, IcsProblem::NotADuration("P1H".to_owned()));
    check_refused(&format!("{start}\nsomething\n{end}"), 5, IcsProblem::NotAProperty("something".to_owned()));
    check_refused(start, 5, IcsProblem::UnexpectedEnd("VCALENDAR".to_owned()));
    check_refused(
        "BEGIN:VEVENT\nDTSTART;TZID=Mars/Olympus:20260101T100000\nEND:VEVENT",
        4,
        IcsProblem::UnknownZone("Mars/Olympus".to_owned()),
    );
    check_refused(
        &format!("{start}\nRDATE;VALUE=PERIOD:20260101T000000Z/PT1H\n{end}"),
        5,
        IcsProblem::UnsupportedValue("PERIOD".to_owned()),
    );
}

#[test]
fn a_rule_that_cannot_be_followed_is_refused_with_its_line() {
    let refused = |rule: &str, problem| {
        check_refused(
            &format!("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nRRULE:{rule}\nEND:VEVENT"),
            5,
            problem,
        );
    };
    refused("FREQ=HOURLY", IcsProblem::UnsupportedRule("HOURLY".to_owned()));
    refused("FREQ=YEARLY;BYWEEKNO=20", IcsProblem::UnsupportedRule("BYWEEKNO".to_owned()));
    refused("FREQ=WEEKLY;BYMONTHDAY=1", IcsProblem::UnsupportedRule("BYMONTHDAY".to_owned()));
    refused("INTERVAL=2", IcsProblem::NotARule("FREQ".to_owned()));
    for part in [
        "BYDAY=XX",
        "INTERVAL=0",
        "COUNT=0",
        "BYMONTH=13",
        "BYMONTHDAY=0",
        "NONSENSE=1",
        "BYSETPOS",
        "INTERVAL=-1",
    ] {
        refused(&format!("FREQ=MONTHLY;{part}"), IcsProblem::NotARule(part.to_owned()));
    }
    refused("FREQ=DAILY;BYDAY=2MO", IcsProblem::NotARule("BYDAY=2MO".to_owned()));
    refused("FREQ=YEARLY;UNTIL=soon", IcsProblem::NotADate("soon".to_owned()));
}

#[test]
fn a_file_that_is_something_else_is_refused() {
    for (text, line) in [("", 1), ("hello", 1), ("\n\n<html>", 3)] {
        let refused = Holidays::from_ics(text, "UTC").unwrap_err();
        assert_eq!(refused, CalendarError::Ics(IcsError { line, problem: IcsProblem::NotACalendar }));
    }
    let cut_off = Holidays::from_ics("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\n", "UTC").unwrap_err();
    let problem = IcsProblem::NotEnded("VEVENT".to_owned());
    assert_eq!(cut_off, CalendarError::Ics(IcsError { line: 2, problem }));
}

#[test]
fn a_small_file_cannot_keep_a_computer_busy() {
    let never =
        "BEGIN:VEVENT\nDTSTART:00010101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31\nEND:VEVENT\n".repeat(100);
    let too_long = "BEGIN:VEVENT\nDTSTART:20260101\nDURATION:P999999999D\nEND:VEVENT";
    let everything = "BEGIN:VEVENT\nDTSTART:20260101\nDURATION:P3650D\nRRULE:FREQ=DAILY\nEND:VEVENT";
    for text in [never.as_str(), too_long, everything] {
        let refused = read(text).unwrap_err();
        assert!(
            matches!(refused, CalendarError::Ics(IcsError { problem: IcsProblem::TooManyDays, .. })),
            "{refused:?}"
        );
    }
}

#[test]
fn a_file_with_more_events_than_any_calendar_is_refused() {
    let refused = read(&"BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n".repeat(10_001)).unwrap_err();
    assert_eq!(refused, CalendarError::Ics(IcsError { line: 30_003, problem: IcsProblem::TooManyEvents }));
}

#[test]
fn an_error_says_the_line_in_words() {
    let CalendarError::Ics(refused) = read("BEGIN:VEVENT\nDTSTART:soon\nEND:VEVENT").unwrap_err() else {
        panic!()
    };
    assert_eq!(refused.to_string(), "line 4: \"soon\" is not a date");
}
