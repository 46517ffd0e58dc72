//! A calendar as an administrator writes it and as it is stored.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Calendar, CalendarError, Holiday, HolidayKind, HolidayRule, Holidays, Hours, Week, Yearly};

/// The description of a calendar, for TOML and JSON.
///
/// ```toml
/// zone = "America/New_York"
/// holidays = ["us-federal"]
/// not_observed = ["Columbus Day"]
///
/// [hours]
/// monday = "09:00-12:30,13:30-17:00"
/// friday = "09:00-13:00"
///
/// [[rules]]
/// name = "Christmas Eve"
/// on = "12-24"
/// only = "00:00-12:00"
///
/// [[dates]]
/// date = "2026-11-07"
/// name = "Early voting"
/// instead = "10:00-14:00"
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarSpec {
    /// An IANA name such as `America/New_York`.
    pub zone: String,
    /// Built-in holidays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<HolidaySet>,
    /// Names of built-in or imported holidays that are ordinary days here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_observed: Vec<String>,
    /// The text of iCalendar files whose events are holidays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ics: Vec<String>,
    /// The ordinary week; a day that is not named is closed.
    #[serde(default)]
    pub hours: WeekSpec,
    /// Own holidays that come back every year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleSpec>,
    /// Single dates, which beat everything above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<DateSpec>,
}

/// Holidays that come with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HolidaySet {
    /// See [`Holidays::us_federal`].
    UsFederal,
}

/// Opening hours by day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the days of the week explain themselves")]
pub struct WeekSpec {
    #[serde(skip_serializing_if = "Hours::is_closed")]
    pub monday: Hours,
    #[serde(skip_serializing_if = "Hours::is_closed")]
    pub tuesday: Hours,
    #[serde(skip_serializing_if = "Hours::is_closed")]
    pub wednesday: Hours,
    #[serde(skip_serializing_if = "Hours::is_closed")]
    pub thursday: Hours,
    #[serde(skip_serializing_if = "Hours::is_closed")]
    pub friday: Hours,
    #[serde(skip_serializing_if = "Hours::is_closed")]
    pub saturday: Hours,
    #[serde(skip_serializing_if = "Hours::is_closed")]
    pub sunday: Hours,
}

/// A holiday that comes back every year; closed unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSpec {
    /// What people call it.
    pub name: String,
    /// When it is, for example `3rd monday of april`; see [`Yearly`].
    pub on: Yearly,
    /// Of the ordinary hours only those inside these remain (half a day).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Hours>,
    /// These hours hold instead of the ordinary ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<Hours>,
}

/// A single special date; closed unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateSpec {
    /// The date, for example `2026-02-10`.
    pub date: Date,
    /// What people call it.
    pub name: String,
    /// Of the ordinary hours only those inside these remain (half a day).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Hours>,
    /// These hours hold instead of the ordinary ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<Hours>,
}

impl CalendarSpec {
    /// A calendar with the same hours on each working day and no holidays.
    pub fn working_days(zone: impl Into<String>, hours: &Hours) -> CalendarSpec {
        CalendarSpec {
            zone: zone.into(),
            holidays: Vec::new(),
            not_observed: Vec::new(),
            ics: Vec::new(),
            hours: WeekSpec {
                monday: hours.clone(),
                tuesday: hours.clone(),
                wednesday: hours.clone(),
                thursday: hours.clone(),
                friday: hours.clone(),
                ..WeekSpec::default()
            },
            rules: Vec::new(),
            dates: Vec::new(),
        }
    }

    fn all_holidays(&self) -> Result<Holidays, CalendarError> {
        let mut all = Holidays::none();
        for HolidaySet::UsFederal in &self.holidays {
            all = all.and(Holidays::us_federal());
        }
        for text in &self.ics {
            all = all.and(Holidays::from_ics(text, &self.zone)?);
        }
        for name in &self.not_observed {
            all = all.without(name)?;
        }
        let rules: Result<Vec<HolidayRule>, CalendarError> = self.rules.iter().map(RuleSpec::rule).collect();
        Ok(all.and(Holidays::of_rules(rules?)).and(self.own_dates()?))
    }

    fn own_dates(&self) -> Result<Holidays, CalendarError> {
        let mut seen = std::collections::BTreeSet::new();
        let mut dates = Holidays::none();
        for special in &self.dates {
            if !seen.insert(special.date) {
                return Err(CalendarError::RepeatedDate(special.date));
            }
            let kind = kind_of(&special.name, special.only.as_ref(), special.instead.as_ref())?;
            dates = dates.with(special.date, Holiday { name: special.name.clone(), kind });
        }
        Ok(dates)
    }
}

impl RuleSpec {
    fn rule(&self) -> Result<HolidayRule, CalendarError> {
        let kind = kind_of(&self.name, self.only.as_ref(), self.instead.as_ref())?;
        Ok(HolidayRule { name: self.name.clone(), on: self.on.clone(), kind })
    }
}

fn kind_of(name: &str, only: Option<&Hours>, instead: Option<&Hours>) -> Result<HolidayKind, CalendarError> {
    match (only, instead) {
        (None, None) => Ok(HolidayKind::Closed),
        (Some(hours), None) => Ok(HolidayKind::HalfDay(hours.clone())),
        (None, Some(hours)) => Ok(HolidayKind::OtherHours(hours.clone())),
        (Some(_), Some(_)) => Err(CalendarError::ShortenedAndReplaced { name: name.to_owned() }),
    }
}

impl WeekSpec {
    fn week(&self) -> Week {
        Week::new([
            self.monday.clone(),
            self.tuesday.clone(),
            self.wednesday.clone(),
            self.thursday.clone(),
            self.friday.clone(),
            self.saturday.clone(),
            self.sunday.clone(),
        ])
    }
}

impl TryFrom<&CalendarSpec> for Calendar {
    type Error = CalendarError;

    fn try_from(spec: &CalendarSpec) -> Result<Calendar, CalendarError> {
        Calendar::new(&spec.zone, spec.hours.week(), spec.all_holidays()?)
    }
}
