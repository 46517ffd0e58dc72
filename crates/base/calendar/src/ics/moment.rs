//! Dates, dates with times, and durations.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::lines::Property;
use super::{IcsError, IcsProblem, windows_zones};
use crate::zone;

/// Where the clock hangs that shows a moment.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    /// A whole day, the same everywhere.
    AllDay,
    /// Whatever the zone of the reader is.
    Floating,
    /// A named zone, or UTC.
    Zone(TimeZone),
}

/// A date, or a date with a time, as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moment {
    pub(super) shown: DateTime,
    pub(super) place: Place,
}

impl Moment {
    pub(super) fn is_all_day(&self) -> bool {
        self.place == Place::AllDay
    }

    /// The same instant on the clock of another place; whole days and floating times look the same everywhere.
    pub(super) fn shown_in(&self, place: &Place, home: &TimeZone) -> DateTime {
        match &self.place {
            Place::AllDay => self.shown,
            Place::Floating => moved(self.shown, home, place, home),
            Place::Zone(zone) => moved(self.shown, zone, place, home),
        }
    }
}

/// Takes a time from the clock of `zone` to that of `place`.
pub(super) fn moved(shown: DateTime, zone: &TimeZone, place: &Place, home: &TimeZone) -> DateTime {
    let target = match place {
        Place::AllDay | Place::Floating => home,
        Place::Zone(target) => target,
    };
    if target == zone {
        return shown;
    }
    // At the very end of the supported years there is no instant; the clock face will do there.
    zone.to_timestamp(shown).map_or(shown, |instant| target.to_datetime(instant))
}

/// The moments of a property such as `DTSTART;TZID=America/New_York:20260704T090000`, separated by commas.
pub(super) fn moments(property: &Property) -> Result<Vec<Moment>, IcsError> {
    if let Some(kind) = property.parameter("VALUE")
        && !kind.eq_ignore_ascii_case("DATE")
        && !kind.eq_ignore_ascii_case("DATE-TIME")
    {
        return Err(IcsProblem::UnsupportedValue(kind.to_owned()).at(property.line));
    }
    let zone = property.parameter("TZID").map(zone_named).transpose().map_err(|bad| bad.at(property.line))?;
    property
        .value
        .split(',')
        .map(|text| moment(text.trim(), zone.as_ref()).map_err(|bad| bad.at(property.line)))
        .collect()
}

/// The one moment of a property that has no list.
pub(super) fn single(property: &Property) -> Result<Moment, IcsError> {
    let mut all = moments(property)?;
    match (all.pop(), all.is_empty()) {
        (Some(moment), true) => Ok(moment),
        _ => Err(IcsProblem::NotADate(property.value.clone()).at(property.line)),
    }
}

/// `20260704`, `20260704T090000` or `20260704T130000Z`.
pub(super) fn moment(text: &str, zone: Option<&TimeZone>) -> Result<Moment, IcsProblem> {
    let bad = || IcsProblem::NotADate(text.to_owned());
    let (date, time) = text.split_once(['T', 't']).map_or((text, None), |(date, time)| (date, Some(time)));
    let date = read_date(date).ok_or_else(bad)?;
    let Some(time) = time else {
        return Ok(Moment { shown: date.to_datetime(Time::midnight()), place: Place::AllDay });
    };
    let (time, utc) = time.strip_suffix(['Z', 'z']).map_or((time, false), |time| (time, true));
    let shown = date.to_datetime(read_time(time).ok_or_else(bad)?);
    let place = match (utc, zone) {
        (true, _) => Place::Zone(TimeZone::UTC),
        (false, Some(zone)) => Place::Zone(zone.clone()),
        (false, None) => Place::Floating,
    };
    Ok(Moment { shown, place })
}

fn read_date(text: &str) -> Option<Date> {
    let digits = all_digits(text, 8)?;
    Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?).ok()
}

fn read_time(text: &str) -> Option<Time> {
    let digits = all_digits(text, 6)?;
    let second: i8 = digits[4..].parse().ok()?;
    // A leap second is the end of its minute.
    Time::new(digits[..2].parse().ok()?, digits[2..4].parse().ok()?, second.min(59), 0)
        .ok()
        .filter(|_| second <= 60)
}

fn all_digits(text: &str, length: usize) -> Option<&str> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// `P1D`, `PT4H30M`, `P2W`: days count as 24 hours on the clock face.
pub(super) fn duration(property: &Property) -> Result<SignedDuration, IcsError> {
    read_duration(property.value.trim())
        .ok_or_else(|| IcsProblem::NotADuration(property.value.clone()).at(property.line))
}

fn read_duration(text: &str) -> Option<SignedDuration> {
    let mut rest =
        text.strip_prefix('+').unwrap_or(text).strip_prefix('P').filter(|rest| !rest.is_empty())?;
    let mut seconds: i64 = 0;
    let mut in_time = false;
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T').filter(|time| !in_time && !time.is_empty()) {
            (rest, in_time) = (time, true);
            continue;
        }
        let unit_at = rest.find(|character: char| !character.is_ascii_digit())?;
        let (count, unit) = rest.split_at(unit_at);
        let unit_s = match (in_time, unit.as_bytes().first()?) {
            (false, b'W') => 7 * zone::DAY_S,
            (false, b'D') => zone::DAY_S,
            (true, b'H') => 3600,
            (true, b'M') => 60,
            (true, b'S') => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(count.parse::<i64>().ok()?.checked_mul(unit_s)?)?;
        rest = &unit[1..];
    }
    Some(SignedDuration::from_secs(seconds))
}

/// The zone of a `TZID`. Some programs put their own path before the IANA name.
fn zone_named(name: &str) -> Result<TimeZone, IcsProblem> {
    let suffixes = name.match_indices('/').map(|(slash, _)| &name[slash + 1..]);
    std::iter::once(windows_zones::iana_name(name).unwrap_or(name))
        .chain(suffixes.filter(|suffix| suffix.contains('/')))
        .find_map(zone::time_zone)
        .ok_or_else(|| IcsProblem::UnknownZone(name.to_owned()))
}
