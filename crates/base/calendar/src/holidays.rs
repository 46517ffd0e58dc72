//! Days that differ from the ordinary week.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{CalendarError, Hours, Yearly, federal, ics, zone};

/// What a holiday does to the opening hours of its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HolidayKind {
    /// Nothing opens.
    Closed,
    /// Of the ordinary hours only those inside these remain; a day that is closed anyway stays closed.
    HalfDay(Hours),
    /// These hours hold instead of the ordinary ones, also on a day that is otherwise closed.
    OtherHours(Hours),
}

impl HolidayKind {
    /// The hours that are left of the ordinary ones.
    pub(crate) fn applied_to(&self, ordinary: &Hours) -> Hours {
        match self {
            HolidayKind::Closed => Hours::closed(),
            HolidayKind::HalfDay(remaining) => ordinary.within(remaining),
            HolidayKind::OtherHours(hours) => hours.clone(),
        }
    }

    /// When two rules meet on a day, the more closed one wins: a late promise beats a broken one.
    fn closedness(&self) -> u8 {
        match self {
            HolidayKind::Closed => 2,
            HolidayKind::HalfDay(_) => 1,
            HolidayKind::OtherHours(_) => 0,
        }
    }
}

/// A day that differs from the ordinary week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// What people call it; a day off in lieu of a weekend ends in " (observed)".
    pub name: String,
    /// What it does to the opening hours.
    pub kind: HolidayKind,
}

/// A holiday that comes back every year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayRule {
    /// What people call it.
    pub name: String,
    /// When it is.
    pub on: Yearly,
    /// What it does to the opening hours.
    pub kind: HolidayKind,
}

/// Yearly rules and single dates.
///
/// A single date beats the rules, and the date said last beats the same date said before, so a town can take back
/// one occurrence of a holiday. Where rules meet, closed beats half a day, which beats other hours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holidays {
    rules: Vec<HolidayRule>,
    dates: BTreeMap<Date, Holiday>,
}

impl Holidays {
    /// No holidays at all.
    pub fn none() -> Holidays {
        Holidays::default()
    }

    /// The eleven federal holidays of the United States with their days in lieu.
    ///
    /// When a holiday falls on a weekend, both that day and the weekday observed instead are closed: offices that
    /// are shut on weekends lose one day, and a counter open on Saturdays does not open on the Fourth of July.
    pub fn us_federal() -> Holidays {
        Holidays::of_rules(federal::rules())
    }

    /// Holidays described by rules, as the states and cities of the US write them into law.
    pub fn of_rules(rules: impl IntoIterator<Item = HolidayRule>) -> Holidays {
        Holidays { rules: rules.into_iter().collect(), dates: BTreeMap::new() }
    }

    /// The events of an iCalendar file, each a time in which nothing is open.
    ///
    /// All-day events close their days; events with times close that part of the day, in the zone of the
    /// calendar they are meant for. Recurring events are followed to the end of the year 2100.
    ///
    /// # Errors
    /// [`CalendarError::Ics`] names the line that cannot be used; [`CalendarError::UnknownZone`].
    pub fn from_ics(text: &str, zone_name: &str) -> Result<Holidays, CalendarError> {
        let zone =
            zone::time_zone(zone_name).ok_or_else(|| CalendarError::UnknownZone(zone_name.to_owned()))?;
        Ok(Holidays { rules: Vec::new(), dates: ics::read(text, &zone)? })
    }

    /// With one more date, which replaces what was said about it before.
    #[must_use]
    pub fn with(mut self, date: Date, holiday: Holiday) -> Holidays {
        self.dates.insert(date, holiday);
        self
    }

    /// With the rules and dates of another set; where both name a date, the other set wins.
    #[must_use]
    pub fn and(mut self, other: Holidays) -> Holidays {
        self.rules.extend(other.rules);
        self.dates.extend(other.dates);
        self
    }

    /// Without the holiday of this name.
    ///
    /// # Errors
    /// [`CalendarError::NoSuchHoliday`], so that a misspelt name does not silently keep an office closed.
    pub fn without(mut self, name: &str) -> Result<Holidays, CalendarError> {
        let before = self.rules.len() + self.dates.len();
        self.rules.retain(|rule| !rule.name.eq_ignore_ascii_case(name));
        self.dates.retain(|_, holiday| !holiday.name.eq_ignore_ascii_case(name));
        if self.rules.len() + self.dates.len() == before {
            return Err(CalendarError::NoSuchHoliday(name.to_owned()));
        }
        Ok(self)
    }

    /// What is special about a date.
    pub fn on(&self, date: Date) -> Option<Holiday> {
        if let Some(holiday) = self.dates.get(&date) {
            return Some(holiday.clone());
        }
        // A day in lieu may lie in the year before or after its occasion.
        let years = date.year().saturating_sub(1)..=date.year().saturating_add(1);
        self.by_rules(years).remove(&date)
    }

    /// All special dates in these years.
    pub(crate) fn in_years(&self, first: i16, last: i16) -> BTreeMap<Date, Holiday> {
        let mut all = self.by_rules(first - 1..=last + 1);
        all.extend(self.dates.iter().map(|(date, holiday)| (*date, holiday.clone())));
        all.retain(|date, _| (first..=last).contains(&date.year()));
        all
    }

    fn by_rules(&self, years: std::ops::RangeInclusive<i16>) -> BTreeMap<Date, Holiday> {
        let mut found = BTreeMap::new();
        for rule in &self.rules {
            for date in years.clone().filter_map(|year| rule.on.in_year(year)) {
                keep_more_closed(&mut found, date, &rule.name, &rule.kind);
                if let Some(day_off) = rule.on.day_off_for(date) {
                    keep_more_closed(&mut found, day_off, &format!("{} (observed)", rule.name), &rule.kind);
                }
            }
        }
        found
    }
}

fn keep_more_closed(found: &mut BTreeMap<Date, Holiday>, date: Date, name: &str, kind: &HolidayKind) {
    let weaker = found.get(&date).is_none_or(|present| present.kind.closedness() < kind.closedness());
    if weaker {
        found.insert(date, Holiday { name: name.to_owned(), kind: kind.clone() });
    }
}
