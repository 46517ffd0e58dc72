//! Recurrence rules, against dates worked out by another program (`golden/make_recurrences.py`).

use std::collections::BTreeSet;

use calendar::Holidays;
use jiff::civil::Date;

const TABLE: &str = include_str!("golden/recurrences.csv");

fn closed_dates(rule: &str, first: Date, last: Date) -> BTreeSet<Date> {
    let start = first.strftime("%Y%m%d");
    let text = format!(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{start}\r\nRRULE:{rule}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    let holidays = Holidays::from_ics(&text, "UTC").unwrap();
    // Beyond the last date by more than the largest interval, so that a series that does not stop is noticed.
    let end = last.year() + 6;
    let days = first.series(jiff::Span::new().days(1)).take_while(|day| day.year() <= end);
    days.filter(|day| holidays.on(*day).is_some()).collect()
}

#[test]
fn recurring_events_fall_on_the_dates_of_an_independent_table() {
    let mut rows = 0;
    for record in csv::Reader::from_reader(TABLE.as_bytes()).into_records() {
        let record = record.unwrap();
        let dates: BTreeSet<Date> =
            record[1].split(' ').map(|text| Date::strptime("%Y%m%d", text).unwrap()).collect();
        let found = closed_dates(&record[0], *dates.first().unwrap(), *dates.last().unwrap());
        assert_eq!(found, dates, "{}", &record[0]);
        rows += 1;
    }
    assert_eq!(rows, 400);
}
