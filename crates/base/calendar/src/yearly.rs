//! Dates that come back every year: fixed, by weekday, or counted from Easter.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::easter::easter_sunday;

/// A day described so that it can be found in any year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// The same month and day; 29 February exists in leap years only.
    Fixed {
        /// 1 to 12.
        month: i8,
        /// 1 to 31, no more than the month can have.
        day: i8,
    },
    /// The first to fourth, or the last, of a weekday in a month.
    NthWeekday {
        /// 1 to 5; -1 is the last.
        nth: i8,
        /// The weekday that is counted.
        weekday: Weekday,
        /// 1 to 12.
        month: i8,
    },
    /// Easter Sunday of the western churches.
    Easter,
    /// A number of days after another occasion, or before it when negative.
    DaysFrom {
        /// How many days.
        days: i16,
        /// Where counting begins.
        of: Box<Occasion>,
    },
    /// The nearest such weekday after another occasion, or before it; never the day itself.
    WeekdayFrom {
        /// The weekday looked for.
        weekday: Weekday,
        /// Whether to look forwards.
        after: bool,
        /// Where looking begins.
        of: Box<Occasion>,
    },
}

impl Occasion {
    /// The date in a year; `None` in years that do not have it.
    pub(crate) fn in_year(&self, year: i16) -> Option<Date> {
        match self {
            Occasion::Fixed { month, day } => Date::new(year, *month, *day).ok(),
            Occasion::NthWeekday { nth, weekday, month } => {
                Date::new(year, *month, 1).ok()?.nth_weekday_of_month(*nth, *weekday).ok()
            }
            Occasion::Easter => easter_sunday(year),
            Occasion::DaysFrom { days, of } => of.in_year(year)?.checked_add(i64::from(*days).days()).ok(),
            Occasion::WeekdayFrom { weekday, after, of } => {
                of.in_year(year)?.nth_weekday(if *after { 1 } else { -1 }, *weekday).ok()
            }
        }
    }
}

/// Which day is taken off as well when the occasion falls on a weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Observance {
    /// None: only the day itself.
    #[default]
    OnTheDay,
    /// Friday for a Saturday, Monday for a Sunday (5 U.S.C. 6103 and most states).
    NearestWeekday,
    /// Monday for a Sunday; nothing for a Saturday.
    MondayForSunday,
    /// Monday for a Saturday or a Sunday.
    NextMonday,
}

impl Observance {
    fn days_off(self, weekday: Weekday) -> i64 {
        match (self, weekday) {
            (Observance::NearestWeekday, Weekday::Saturday) => -1,
            (Observance::NextMonday, Weekday::Saturday) => 2,
            (
                Observance::NearestWeekday | Observance::MondayForSunday | Observance::NextMonday,
                Weekday::Sunday,
            ) => 1,
            _ => 0,
        }
    }
}

/// An occasion with its observance and the years in which it is kept.
///
/// Written as text, for example `12-25 observed`, `3rd monday of january since 1986`, `day after 4th thursday of
/// november`, `2 days before easter` (or `good friday`), `tuesday after 1st monday of november every 2 years since
/// 2020`. After `observed` one may say `monday for sunday` or `next monday`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Yearly {
    pub(crate) occasion: Occasion,
    pub(crate) observance: Observance,
    pub(crate) since: Option<i16>,
    pub(crate) until: Option<i16>,
    pub(crate) every: i16,
}

impl Yearly {
    /// Every year, on the day itself only.
    pub(crate) const fn on(occasion: Occasion) -> Yearly {
        Yearly { occasion, observance: Observance::OnTheDay, since: None, until: None, every: 1 }
    }

    /// With another day off when the occasion falls on a weekend.
    #[must_use]
    pub(crate) fn observed(self, observance: Observance) -> Yearly {
        Yearly { observance, ..self }
    }

    /// From this year on.
    #[must_use]
    pub(crate) fn since(self, year: i16) -> Yearly {
        Yearly { since: Some(year), ..self }
    }

    /// Up to and with this year.
    #[must_use]
    pub(crate) fn until(self, year: i16) -> Yearly {
        Yearly { until: Some(year), ..self }
    }

    /// The day itself in a year in which it is kept.
    pub(crate) fn in_year(&self, year: i16) -> Option<Date> {
        let kept = self.since.is_none_or(|since| since <= year && (year - since) % self.every == 0)
            && self.until.is_none_or(|until| year <= until);
        kept.then(|| self.occasion.in_year(year)).flatten()
    }

    /// The other day that is taken off because `date` falls on a weekend.
    pub(crate) fn day_off_for(&self, date: Date) -> Option<Date> {
        match self.observance.days_off(date.weekday()) {
            0 => None,
            days => date.checked_add(days.days()).ok(),
        }
    }
}
