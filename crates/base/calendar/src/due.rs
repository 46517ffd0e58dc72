//! When something is due, and how much working time lies between two instants.
//!
//! Openings lie on whole seconds and instants on nanoseconds; sums are taken in nanoseconds, so that nothing is
//! lost to rounding and due times and working time undo each other exactly.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use crate::pause::{self, Pause};
use crate::spans::{Span, Timetable, day_number};
use crate::zone::{DAY_S, Zone, floor_second};
use crate::{Allowance, CalendarError};

const SECOND_NS: i128 = 1_000_000_000;
const MINUTE_NS: i128 = 60 * SECOND_NS;

pub(crate) fn due_at(
    timetable: &Timetable,
    from: Timestamp,
    allowance: Allowance,
) -> Result<Timestamp, CalendarError> {
    match allowance {
        Allowance::WorkingMinutes(minutes) => {
            after_working_time(timetable, from, i128::from(minutes) * MINUTE_NS)
        }
        Allowance::WorkingDays(days) => after_working_days(timetable, from, days),
        Allowance::CalendarDays(days) => after_calendar_days(timetable, from, days),
        Allowance::Minutes(minutes) => after_elapsed_time(from, i128::from(minutes) * MINUTE_NS),
    }
}

pub(crate) fn due_at_with_pauses(
    timetable: &Timetable,
    from: Timestamp,
    allowance: Allowance,
    pauses: &[Pause],
) -> Result<Option<Timestamp>, CalendarError> {
    let mut due = due_at(timetable, from, allowance)?;
    for pause in pause::joined(pauses)? {
        let start = pause.from.max(from);
        if start >= due {
            break;
        }
        let Some(until) = pause.until else { return Ok(None) };
        due = moved_by_pause(timetable, due, allowance, start, until)?;
    }
    Ok(Some(due))
}

fn moved_by_pause(
    timetable: &Timetable,
    due: Timestamp,
    allowance: Allowance,
    start: Timestamp,
    until: Timestamp,
) -> Result<Timestamp, CalendarError> {
    if until <= start {
        return Ok(due);
    }
    if !allowance.counts_working_time() {
        return after_elapsed_time(due, until.as_nanosecond() - start.as_nanosecond());
    }
    match working_ns_between(timetable, start, until) {
        // Else a due time at closing would move to itself only if it is still open then.
        0 => Ok(due),
        worked => after_working_time(timetable, due, worked),
    }
}

pub(crate) fn next_opening(timetable: &Timetable, instant: Timestamp) -> Option<Timestamp> {
    let instant_ns = instant.as_nanosecond();
    let span = timetable.spans_from(instant).find(|span| instant_ns < span.closes_ns())?;
    Timestamp::from_nanosecond(span.opens_ns().max(instant_ns)).ok()
}

pub(crate) fn working_time_between(
    timetable: &Timetable,
    start: Timestamp,
    end: Timestamp,
) -> SignedDuration {
    SignedDuration::from_nanos_i128(working_ns_between(timetable, start, end))
}

fn working_ns_between(timetable: &Timetable, start: Timestamp, end: Timestamp) -> i128 {
    let (mut counted_to, end) = (start.as_nanosecond(), end.as_nanosecond());
    let mut worked = 0;
    for span in timetable.spans_from(start) {
        if span.opens_ns() >= end {
            break;
        }
        let opens = span.opens_ns().max(counted_to);
        let closes = span.closes_ns().min(end);
        if opens < closes {
            worked += closes - opens;
            counted_to = closes;
        }
    }
    worked
}

fn after_working_time(
    timetable: &Timetable,
    from: Timestamp,
    allowed_ns: i128,
) -> Result<Timestamp, CalendarError> {
    refuse_beyond_end_of_time(from, allowed_ns)?;
    let mut counted_to = from.as_nanosecond();
    let mut left = allowed_ns;
    for span in timetable.spans_from(from) {
        let closes = span.closes_ns();
        if closes < counted_to {
            continue;
        }
        let opens = span.opens_ns().max(counted_to);
        if left <= closes - opens {
            return instant(from, opens + left);
        }
        left -= closes - opens;
        counted_to = closes;
    }
    Err(CalendarError::NeverOpens { after: from })
}

fn after_working_days(timetable: &Timetable, from: Timestamp, days: u32) -> Result<Timestamp, CalendarError> {
    // The day of `from` may be half over, and some hours long or short.
    refuse_beyond_end_of_time(from, i128::from(days.saturating_sub(3)) * i128::from(DAY_S) * SECOND_NS)?;
    let from_ns = from.as_nanosecond();
    let mut closings = Closings::of(timetable.spans_from(from));
    if days == 0 {
        let closing = closings.find(|closing| closing.closes_ns() >= from_ns);
        return instant(from, closing.ok_or(CalendarError::NeverOpens { after: from })?.closes_ns());
    }
    let received_on = working_day_of(timetable, from);
    let following = closings.filter(|closing| closing.day > received_on).nth(days as usize - 1);
    instant(from, following.ok_or(CalendarError::NeverOpens { after: from })?.closes_ns())
}

/// The day to which an instant belongs: that of the shift it falls into, which may have begun the evening before.
fn working_day_of(timetable: &Timetable, from: Timestamp) -> i64 {
    let today = timetable.zone.day_of(from);
    let from_ns = from.as_nanosecond();
    let shift = timetable
        .spans_from(from)
        .take_while(|span| span.day < today)
        .find(|span| (span.opens_ns()..span.closes_ns()).contains(&from_ns));
    shift.map_or(today, |span| span.day)
}

fn after_calendar_days(
    timetable: &Timetable,
    from: Timestamp,
    days: u32,
) -> Result<Timestamp, CalendarError> {
    let local_s = timetable.zone.shown_at(floor_second(from)) + i64::from(days) * DAY_S;
    let fraction_ns = from.as_nanosecond().rem_euclid(SECOND_NS);
    let same_time = first_showing_ns(&timetable.zone, local_s, fraction_ns);
    // Where clocks go back, the same time of day may come round before `from` did.
    Ok(instant(from, same_time)?.max(from))
}

pub(crate) fn instant_of(zone: &Zone, local: DateTime) -> Option<Timestamp> {
    let time = local.time();
    let second_of_day =
        i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    let local_s = day_number(local.date()) * DAY_S + second_of_day;
    Timestamp::from_nanosecond(first_showing_ns(zone, local_s, i128::from(time.subsec_nanosecond()))).ok()
}

/// The first instant at which clocks show a local time or a later one. A skipped time has no fraction of a second:
/// it is the moment of the change.
fn first_showing_ns(zone: &Zone, local_s: i64, fraction_ns: i128) -> i128 {
    let second = zone.clock_from(local_s).first_showing(local_s);
    let was_skipped = zone.shown_at(second) != local_s;
    i128::from(second) * SECOND_NS + if was_skipped { 0 } else { fraction_ns }
}

fn after_elapsed_time(from: Timestamp, elapsed_ns: i128) -> Result<Timestamp, CalendarError> {
    instant(from, from.as_nanosecond() + elapsed_ns)
}

/// Working time passes no faster than time, so there is no need to count what cannot end in the supported years.
fn refuse_beyond_end_of_time(from: Timestamp, at_least_ns: i128) -> Result<(), CalendarError> {
    after_elapsed_time(from, at_least_ns).map(|_| ())
}

fn instant(from: Timestamp, ns: i128) -> Result<Timestamp, CalendarError> {
    Timestamp::from_nanosecond(ns).map_err(|_| CalendarError::OutOfRange { from })
}

impl Span {
    fn opens_ns(&self) -> i128 {
        i128::from(self.opens) * SECOND_NS
    }

    fn closes_ns(&self) -> i128 {
        i128::from(self.closes) * SECOND_NS
    }
}

/// The last opening of each day that has one.
///
/// A night shift may close later than a short morning shift of the next day; the next day then ends with it, so
/// that a later day never ends earlier.
struct Closings<S> {
    spans: S,
    ahead: Option<Span>,
    closing: i64,
}

impl<S: Iterator<Item = Span>> Closings<S> {
    fn of(spans: S) -> Closings<S> {
        Closings { spans, ahead: None, closing: i64::MIN }
    }
}

impl<S: Iterator<Item = Span>> Iterator for Closings<S> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let mut last = self.ahead.take().or_else(|| self.spans.next())?;
        for span in self.spans.by_ref() {
            if span.day != last.day {
                self.ahead = Some(span);
                break;
            }
            last = span;
        }
        self.closing = self.closing.max(last.closes);
        Some(Span { closes: self.closing, ..last })
    }
}
