//! Reading the dates that clients send, and writing the one form that every client can read.
//!
//! Written: UTC, whole seconds, `Z`. Read: `Z`, `±hh:mm` or `±hhmm`, fractions, a `+` that form decoding
//! turned into a blank, no zone at all (then it is the jurisdiction's own clock), or only a date. Whoever reads
//! gets the stretch of time that was named, because `end_date=2011-03-10` means that whole day and
//! `…:05Z` that whole second.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// The time that a text names: one second, or one day in the jurisdiction's zone. Both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first instant.
    pub first: Timestamp,
    /// Its last microsecond, the resolution at which times are stored.
    pub last: Timestamp,
}

/// Writes `2011-02-03T14:18:00Z`: many clients know neither fractions nor offsets.
pub fn write(at: Timestamp) -> String {
    format!("{at:.0}")
}

/// Reads a date or a time in any of the forms above; `None` is for everything else.
pub fn read(text: &str, zone: &TimeZone) -> Option<Stretch> {
    let text = text.trim();
    let (date, rest) = text.split_at_checked(10)?;
    let date = read_date(date)?;
    if rest.is_empty() {
        return whole_day(date, zone);
    }
    let (time, fraction, rest) = read_time(rest.strip_prefix(['T', 't'])?)?;
    let local = DateTime::from_parts(date, time);
    let first = match read_offset(rest)? {
        Some(offset) => offset.to_timestamp(local).ok()?,
        None => zone.to_ambiguous_zoned(local).compatible().ok()?.timestamp(),
    };
    one_second(first, fraction)
}

fn whole_day(date: Date, zone: &TimeZone) -> Option<Stretch> {
    let first = date.to_zoned(zone.clone()).ok()?.timestamp();
    let next = date.tomorrow().ok()?.to_zoned(zone.clone()).ok()?.timestamp();
    Some(Stretch { first, last: next.checked_sub(SignedDuration::from_micros(1)).ok()? })
}

/// A fraction moves the start inside its second; the end stays the end of that second.
fn one_second(start: Timestamp, fraction: SignedDuration) -> Option<Stretch> {
    let last = start.checked_add(SignedDuration::from_micros(999_999)).ok()?;
    Some(Stretch { first: start.checked_add(fraction).ok()?, last })
}

fn read_date(text: &str) -> Option<Date> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
    let date =
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    rest.is_empty().then_some(date)
}

/// `hh:mm[:ss[.fraction]]`, the fraction to the microsecond; what follows is handed back.
fn read_time(text: &str) -> Option<(Time, SignedDuration, &str)> {
    let (hour, rest) = digits(text, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(seconds) => digits(seconds, 2)?,
        None => (0, rest),
    };
    let (micros, rest) = match rest.strip_prefix(['.', ',']) {
        Some(fraction) => read_fraction(fraction)?,
        None => (0, rest),
    };
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0);
    Some((time.ok()?, SignedDuration::from_micros(micros), rest))
}

fn read_fraction(text: &str) -> Option<(i64, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (fraction, rest) = text.split_at(length);
    if !(1..=9).contains(&length) {
        return None;
    }
    let micros = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    Some((micros, rest))
}

/// `Some(None)` when there is no zone. A blank stands for the `+` that form decoding took.
fn read_offset(text: &str) -> Option<Option<Offset>> {
    if text.is_empty() {
        return Some(None);
    }
    if text.eq_ignore_ascii_case("z") {
        return Some(Some(Offset::UTC));
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+" | " ", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = digits(rest, 2)?;
    let (minutes, rest) =
        if rest.is_empty() { (0, "") } else { digits(rest.strip_prefix(':').unwrap_or(rest), 2)? };
    // No place on Earth is further than 14 hours from UTC.
    if !rest.is_empty() || hours > 14 || minutes > 59 {
        return None;
    }
    Some(Some(Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()?))
}

fn digits(text: &str, count: usize) -> Option<(i32, &str)> {
    let (number, rest) = text.split_at_checked(count)?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boston() -> TimeZone {
        TimeZone::get("America/New_York").unwrap()
    }

    fn check(text: &str, first: &str, last: &str) {
        let stretch = read(text, &boston()).unwrap_or_else(|| panic!("{text} was not read"));
        assert_eq!(
            (stretch.first.to_string(), stretch.last.to_string()),
            (first.to_owned(), last.to_owned()),
            "{text}"
        );
    }

    #[test]
    fn every_known_form_names_its_second() {
        let (first, last) = ("2011-03-10T12:18:05Z", "2011-03-10T12:18:05.999999Z");
        for text in [
            "2011-03-10T12:18:05Z",
            " 2011-03-10t12:18:05z ",
            "2011-03-10T07:18:05-05:00",
            "2011-03-10T07:18:05-0500",
            "2011-03-10T07:18:05-05",
            "2011-03-10T17:48:05+05:30",
            "2011-03-10T17:48:05 05:30",
            "2011-03-10T07:18:05",
            "2011-03-10T12:18:05.000Z",
        ] {
            check(text, first, last);
        }
        check("2026-03-11T02:30:00.426559Z", "2026-03-11T02:30:00.426559Z", "2026-03-11T02:30:00.999999Z");
        check("2026-03-11T02:30Z", "2026-03-11T02:30:00Z", "2026-03-11T02:30:00.999999Z");
    }

    #[test]
    fn time_06_a_bare_date_is_the_whole_local_day_even_when_the_clocks_change() {
        check("2011-03-10", "2011-03-10T05:00:00Z", "2011-03-11T04:59:59.999999Z");
        check("2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T03:59:59.999999Z");
    }

    #[test]
    fn a_local_time_that_the_spring_skips_is_read_after_the_gap() {
        check("2026-03-08T02:30:00", "2026-03-08T07:30:00Z", "2026-03-08T07:30:00.999999Z");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "yesterday",
            "2011-02-30",
            "2011-13-01T00:00:00Z",
            "2011-03-10T24:00:00Z",
            "2011-03-10T12:18:60Z",
            "2011-03-10 12:18:05",
            "2011-03-10T12:18:05+15:00",
            "2011-03-10T12:18:05Zulu",
            "2011-03-10T12:18:05.Z",
            "2011-3-10",
            "03/10/2011",
            "1300000000",
            "２０１１-03-10",
            "2011-03-1é",
        ] {
            assert_eq!(read(text, &boston()), None, "{text}");
        }
    }

    #[test]
    fn time_06_times_are_written_in_utc_without_fractions() {
        let at: Timestamp = "2026-03-11T02:30:00.999999-05:00".parse().unwrap();
        assert_eq!(write(at), "2026-03-11T07:30:00Z");
        assert_eq!(write("1969-12-31T23:59:59.5Z".parse().unwrap()), "1969-12-31T23:59:59Z");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_as_the_same_second(second in -2_000_000_000_i64..4_000_000_000) {
            let at = Timestamp::from_second(second).unwrap();
            let stretch = read(&write(at), &boston()).unwrap();
            prop_assert_eq!(stretch.first, at);
        }

        #[test]
        fn inp_09_no_text_makes_the_reader_panic(text in ".{0,40}") {
            let _ = read(&text, &boston());
        }
    }
}
