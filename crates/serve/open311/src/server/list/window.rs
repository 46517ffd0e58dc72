//! Which stretch of time a list covers: at most 90 days.
//!
//! A client that asks for more gets the last 90 days of what it asked for. The specification only says that the
//! span "may not" be longer; refusing would break the harvesters that ask for a year and are content with what
//! they get.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use requests::Range;

use crate::form::Params;
use crate::problem::{Problem, shortened};
use crate::times::{self, Stretch};

const SPAN_MAX: SignedDuration = SignedDuration::from_hours(90 * 24);
/// The resolution at which times are stored: what lies between two neighbouring instants.
pub(crate) const INSTANT: SignedDuration = SignedDuration::from_micros(1);

/// From one instant to another, both included. Empty when the first comes after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) first: Timestamp,
    pub(crate) last: Timestamp,
}

/// Both bounds where only the given side is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Bounds {
    pub(crate) first: Option<Timestamp>,
    pub(crate) last: Option<Timestamp>,
}

impl Window {
    pub(crate) fn range(self) -> Range {
        Bounds { first: Some(self.first), last: Some(self.last) }.range()
    }
}

impl Bounds {
    /// As the store takes it: the end no longer belongs to it.
    pub(crate) fn range(self) -> Range {
        Range { from: self.first, until: self.last.and_then(|last| last.checked_add(INSTANT).ok()) }
    }
}

/// Reads the two ends of a stretch; each names its whole second or day.
///
/// # Errors
/// 400 for a date that cannot be read, and when the start lies after the end.
pub(crate) fn bounds(params: &Params, start: &str, end: &str, zone: &TimeZone) -> Result<Bounds, Problem> {
    let first = time(params, start, zone)?.map(|stretch| stretch.first);
    let last = time(params, end, zone)?.map(|stretch| stretch.last);
    if let (Some(first), Some(last)) = (first, last)
        && first > last
    {
        return Err(Problem::new(400, format!("{start} lies after {end}")));
    }
    Ok(Bounds { first, last })
}

/// A parameter that is a date or time.
///
/// # Errors
/// 400 with an example of what can be read.
pub(crate) fn time(params: &Params, name: &str, zone: &TimeZone) -> Result<Option<Stretch>, Problem> {
    let unreadable = |text| format!("not a date such as 2026-05-08T14:30:00Z: {}", shortened(text));
    let Some(text) = params.text(name)? else { return Ok(None) };
    times::read(text, zone).map(Some).ok_or_else(|| Problem::bad(name, &unreadable(text)))
}

/// Completes and limits what was asked for: by default the last 90 days; with only a start, 90 days from there or
/// until now; with only an end, the 90 days before; with both, the last 90 days of them.
pub(crate) fn limited(asked: Bounds, now: Timestamp) -> Window {
    let last = match (asked.first, asked.last) {
        (_, Some(last)) => last,
        (Some(first), None) => later(first, SPAN_MAX).min(now),
        (None, None) => now,
    };
    let earliest = last.checked_sub(SPAN_MAX).unwrap_or(Timestamp::MIN);
    Window { first: asked.first.map_or(earliest, |first| first.max(earliest)), last }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn check(query: &str, first: &str, last: &str) {
        let params = Params::from_query(query).unwrap();
        let asked = bounds(&params, "start_date", "end_date", &TimeZone::UTC).unwrap();
        let window = limited(asked, at("2026-06-30T12:00:00Z"));
        assert_eq!((window.first, window.last), (at(first), at(last)), "{query}");
    }

    #[test]
    fn a_list_covers_90_days_however_it_is_asked() {
        check("", "2026-04-01T12:00:00Z", "2026-06-30T12:00:00Z");
        check("start_date=2026-06-01T00:00:00Z", "2026-06-01T00:00:00Z", "2026-06-30T12:00:00Z");
        check("start_date=2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "2025-04-01T00:00:00Z");
        check("end_date=2026-01-31", "2025-11-02T23:59:59.999999Z", "2026-01-31T23:59:59.999999Z");
        check(
            "start_date=2026-01-01&end_date=2026-01-02",
            "2026-01-01T00:00:00Z",
            "2026-01-02T23:59:59.999999Z",
        );
    }

    #[test]
    fn a_longer_span_is_cut_to_its_last_90_days() {
        check(
            "start_date=2024-01-01T00:00:00Z&end_date=2025-01-01T00:00:00Z",
            "2024-10-03T00:00:00.999999Z",
            "2025-01-01T00:00:00.999999Z",
        );
    }

    #[test]
    fn a_start_after_the_end_and_unreadable_dates_are_refused_by_name() {
        for (query, said) in [
            ("start_date=2026-01-02&end_date=2026-01-01", "start_date lies after end_date"),
            ("start_date=soon", "start_date: not a date such as 2026-05-08T14:30:00Z: soon"),
            ("end_date=2026-02-30", "end_date: not a date such as 2026-05-08T14:30:00Z: 2026-02-30"),
        ] {
            let params = Params::from_query(query).unwrap();
            let problem = bounds(&params, "start_date", "end_date", &TimeZone::UTC).unwrap_err();
            assert_eq!((problem.status, problem.errors[0].description.as_str()), (400, said));
        }
    }

    proptest! {
        #[test]
        fn no_window_is_longer_than_90_days(first in any::<Option<i32>>(), last in any::<Option<i32>>()) {
            let instant = |second: i32| Timestamp::from_second(i64::from(second)).unwrap();
            let asked = Bounds { first: first.map(instant), last: last.map(instant) };
            let window = limited(asked, at("2026-06-30T12:00:00Z"));
            prop_assert!(window.last.duration_since(window.first) <= SPAN_MAX);
        }
    }
}
