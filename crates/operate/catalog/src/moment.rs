//! Reading the dates and times that forms and programs send.
//!
//! A time with a zone is that instant. One without is the clock on the wall of the jurisdiction: several cities
//! and most scripts send no zone, and guessing UTC would move a report by hours.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

/// Reads `2026-05-08`, `2026-05-08T14:30`, with seconds, fraction, and `Z`, `-04:00`, `-0400` or no zone; a plus
/// sign that form decoding turned into a blank is understood. A date alone is its first instant in `zone`.
///
/// Answers `None` for anything else. A local time that the clock skipped or repeated is read as the calendar on
/// the wall would: the earlier of two, or as much later as the clock jumped.
pub fn read_instant(given: &str, zone: &TimeZone) -> Option<Timestamp> {
    let given = given.trim();
    let (date, rest) = given.split_at_checked(10)?;
    let date = read_date(date)?;
    if rest.is_empty() {
        return Some(date.to_zoned(zone.clone()).ok()?.timestamp());
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let end_of_time =
        rest.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(rest.len());
    let (time, offset) = rest.split_at(end_of_time);
    let local = DateTime::from_parts(date, read_time(time)?);
    match offset {
        "" => Some(local.to_zoned(zone.clone()).ok()?.timestamp()),
        offset => read_offset(offset)?.to_timestamp(local).ok(),
    }
}

/// The form in which an answered time is kept: exact, and readable in the jurisdiction without a calculation.
pub(crate) fn write_local(instant: Timestamp, zone: &TimeZone) -> String {
    let local: Zoned = instant.to_zoned(zone.clone());
    let offset = local.offset();
    format!("{}{}", local.datetime().strftime("%Y-%m-%dT%H:%M:%S"), write_offset(offset))
}

fn write_offset(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

fn read_date(given: &str) -> Option<Date> {
    let shape = given
        .bytes()
        .enumerate()
        .all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    if shape { given.parse().ok() } else { None }
}

fn read_time(given: &str) -> Option<Time> {
    // jiff would take `T14` for an hour; nobody means that in a form.
    if given.len() < 5 || given.as_bytes()[2] != b':' { None } else { given.parse().ok() }
}

fn read_offset(given: &str) -> Option<Offset> {
    if given.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match given.split_at_checked(1)? {
        ("+" | " ", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    // No place on Earth is further than 14 hours from UTC.
    if hours > 14 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

fn two_digits(given: &str) -> Option<i32> {
    let shape = given.len() == 2 && given.bytes().all(|b| b.is_ascii_digit());
    if shape { given.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, expected: Option<&str>) {
        let zone = TimeZone::get("America/New_York").unwrap();
        let expected = expected.map(|e| e.parse::<Timestamp>().unwrap());
        assert_eq!(read_instant(given, &zone), expected, "{given}");
    }

    #[test]
    fn a_time_with_a_zone_is_that_instant() {
        check("2026-05-08T14:30:00Z", Some("2026-05-08T14:30:00Z"));
        check("2026-05-08T14:30:00-04:00", Some("2026-05-08T18:30:00Z"));
        check("2026-05-08T14:30:00-0400", Some("2026-05-08T18:30:00Z"));
        check("2026-05-08T14:30:00 02:00", Some("2026-05-08T12:30:00Z"));
        check("2026-05-08t14:30:00.250z", Some("2026-05-08T14:30:00.25Z"));
    }

    #[test]
    fn a_time_without_a_zone_is_the_clock_on_the_wall() {
        check("2026-05-08T14:30", Some("2026-05-08T18:30:00Z"));
        check("2026-05-08 14:30:00", Some("2026-05-08T18:30:00Z"));
        check("2026-01-08", Some("2026-01-08T05:00:00Z"));
        // Skipped in spring (read an hour later), repeated in autumn (the first of the two).
        check("2026-03-08T02:30", Some("2026-03-08T07:30:00Z"));
        check("2026-11-01T01:30", Some("2026-11-01T05:30:00Z"));
    }

    #[test]
    fn anything_else_is_refused() {
        for given in [
            "",
            "tomorrow",
            "08/05/2026",
            "2026-13-01",
            "2026-02-30",
            "2026-05-08T",
            "2026-05-08T14",
            "2026-5-8",
            "2026-05-08T25:00:00Z",
            "2026-05-08T14:30:00+25:00",
            "2026-05-08T14:30:00[Europe/Paris]",
            "2026-05-08é",
            "2026-05-08T14:30:00+0:400",
            "-026-05-08",
        ] {
            check(given, None);
        }
    }

    #[test]
    fn a_written_time_reads_back() {
        let zone = TimeZone::get("Asia/Kathmandu").unwrap();
        let instant: Timestamp = "2026-05-08T14:30:00Z".parse().unwrap();
        assert_eq!(write_local(instant, &zone), "2026-05-08T20:15:00+05:45");
        assert_eq!(read_instant("2026-05-08T20:15:00+05:45", &zone), Some(instant));
    }
}
