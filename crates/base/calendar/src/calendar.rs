//! A calendar: the zone, the week and the holidays of those who do the work.

use std::fmt;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};

use crate::spans::{Span, Timetable, day_number};
use crate::zone::Zone;
use crate::{Allowance, CalendarError, Holiday, Holidays, Pause, Week, due};

/// When somebody works, and therefore when what they promise is due.
///
/// Making one takes a fraction of a millisecond, cloning one is free, and answers take a microsecond or less.
#[derive(Clone)]
pub struct Calendar {
    timetable: Arc<Timetable>,
}

/// One opening: open from `opens` up to, not including, `closes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The first instant at which it is open.
    pub opens: Timestamp,
    /// The first instant at which it is closed again.
    pub closes: Timestamp,
}

impl Calendar {
    /// A calendar in a zone, which is an IANA name such as `America/New_York`.
    ///
    /// # Errors
    /// [`CalendarError::UnknownZone`].
    pub fn new(zone_name: &str, week: Week, holidays: Holidays) -> Result<Calendar, CalendarError> {
        let zone = Zone::named(zone_name)?;
        Ok(Calendar { timetable: Arc::new(Timetable::new(zone, week, holidays)) })
    }

    /// The IANA name of the zone.
    pub fn zone_name(&self) -> &str {
        self.timetable.zone.name()
    }

    /// The hours of an ordinary week.
    pub fn week(&self) -> &Week {
        &self.timetable.week
    }

    /// What is special about a date.
    pub fn holiday_on(&self, date: Date) -> Option<Holiday> {
        self.timetable.holidays.on(date)
    }

    /// The local date of an instant; see [`Calendar::zone_name`].
    pub fn date_of(&self, instant: Timestamp) -> Date {
        self.timetable.zone.rules().to_datetime(instant).date()
    }

    /// The first instant at which clocks in the zone show `local` or a later time.
    ///
    /// So what is planned for a skipped hour happens once, when clocks have changed, and what is planned for a
    /// repeated hour happens once, the first time. The instant of a midnight is the beginning of that date.
    ///
    /// # Errors
    /// [`CalendarError::NoSuchInstant`] on the last day of the supported years.
    pub fn instant_of(&self, local: DateTime) -> Result<Timestamp, CalendarError> {
        due::instant_of(&self.timetable.zone, local).ok_or(CalendarError::NoSuchInstant { local })
    }

    /// Whether work is done at this instant.
    pub fn is_open_at(&self, instant: Timestamp) -> bool {
        self.next_opening(instant) == Some(instant)
    }

    /// The first instant, not before the given one, at which it is open: the given one itself when it is open then.
    /// `None` when there is no opening in the ten years that follow.
    pub fn next_opening(&self, instant: Timestamp) -> Option<Timestamp> {
        due::next_opening(&self.timetable, instant)
    }

    /// The openings that begin on a date, those that run past midnight included.
    pub fn open_periods_on(&self, date: Date) -> Vec<Opening> {
        self.spans_on(date).filter_map(Opening::from_span).collect()
    }

    /// Whether anything opens on a date.
    pub fn is_working_day(&self, date: Date) -> bool {
        self.spans_on(date).next().is_some()
    }

    /// When something is due that was received at `from`.
    ///
    /// - *Working minutes* and *hours* count while open. They end in open time, at the latest at a closing time:
    ///   one working hour from 16:00 ends at 17:00, when that is closing time, not next morning. No working time at
    ///   all is due at once when open, else at the next opening.
    /// - *Working days* end at the closing time of the n-th working day after the day of `from`, which is not
    ///   counted itself; during a night shift that day is the one on which the shift began. Zero working days end at
    ///   the next closing time of a day.
    /// - *Calendar days* end at the same wall-clock time n days later, open or not. A time skipped on that day is
    ///   the moment of the clock change.
    /// - *Minutes* and *hours* are elapsed time.
    ///
    /// Never before `from`. A later `from` or a larger allowance of the same kind is never due earlier, with one
    /// exception: in the hour that clocks show twice, calendar days follow the clock.
    ///
    /// # Errors
    /// [`CalendarError::NeverOpens`], [`CalendarError::OutOfRange`].
    pub fn due_at(&self, from: Timestamp, allowance: Allowance) -> Result<Timestamp, CalendarError> {
        due::due_at(&self.timetable, from, allowance)
    }

    /// When something is due whose clock stood still during pauses.
    ///
    /// A pause that began before the due time moves it by as much working time as the pause covered, or by as much
    /// elapsed time when the allowance is in calendar days or plain minutes. Pauses may come in any order and
    /// overlap; what lies before `from` does not count. `None` while a pause that began before the due time goes on.
    ///
    /// # Errors
    /// Those of [`Calendar::due_at`], and [`CalendarError::PauseEndsBeforeItBegins`].
    pub fn due_at_with_pauses(
        &self,
        from: Timestamp,
        allowance: Allowance,
        pauses: &[Pause],
    ) -> Result<Option<Timestamp>, CalendarError> {
        due::due_at_with_pauses(&self.timetable, from, allowance, pauses)
    }

    /// How much of the time from `start` to `end` was open; zero when `end` is not later.
    pub fn working_time_between(&self, start: Timestamp, end: Timestamp) -> SignedDuration {
        due::working_time_between(&self.timetable, start, end)
    }

    fn spans_on(&self, date: Date) -> impl Iterator<Item = Span> + '_ {
        let day = day_number(date);
        self.timetable.spans_from_day(day).take_while(move |span| span.day == day)
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Calendar")
            .field("zone", &self.zone_name())
            .field("week", &self.timetable.week)
            .field("holidays", &self.timetable.holidays)
            .finish_non_exhaustive()
    }
}

impl Opening {
    /// `None` at the very end of the supported years.
    fn from_span(span: Span) -> Option<Opening> {
        let opens = Timestamp::from_second(span.opens).ok()?;
        let closes = Timestamp::from_second(span.closes).ok()?;
        Some(Opening { opens, closes })
    }
}
