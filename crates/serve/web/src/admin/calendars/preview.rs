//! What a calendar comes to: whether it is open in the coming days, and the next days that differ.

use askama::Template;
use calendar::{Calendar, CalendarSpec};
use jiff::civil::Date;

use crate::dates::Dates;
use crate::page::Page;
use crate::refusal::Refusal;
use crate::visit::Visit;

/// Two weeks show every weekday and the coming holiday.
const DAYS_SHOWN: usize = 14;
/// A year of special days.
const SPECIAL_WITHIN: usize = 366;
const SPECIAL_MAX: usize = 20;

pub(super) struct Day {
    pub(super) date: String,
    /// The opening hours, or nothing when it is closed.
    pub(super) hours: String,
    pub(super) name: String,
}

#[derive(Template)]
#[template(path = "admin/calendars/preview.html")]
struct Preview {
    page: Page,
    /// Nothing while the form cannot be understood.
    days: Option<Vec<Day>>,
    special: Vec<Day>,
}

/// The preview of the calendar that is typed.
pub(super) fn draw(visit: &Visit, spec: Option<&CalendarSpec>) -> Result<String, Refusal> {
    let calendar = spec.and_then(|spec| Calendar::try_from(spec).ok());
    let today = calendar.as_ref().map(|calendar| calendar.date_of(visit.now));
    let days = |calendar: &Calendar, today: Date| {
        dates_from(today).take(DAYS_SHOWN).map(|date| day(visit, calendar, date)).collect()
    };
    let template = Preview {
        special: calendar.as_ref().map_or_else(Vec::new, |calendar| special(visit, calendar)),
        days: calendar.as_ref().zip(today).map(|(calendar, today)| days(calendar, today)),
        page: Page::new(visit),
    };
    template.render().map_err(|error| Refusal::broken(&visit.app, &error))
}

/// The days of the coming year that are not ordinary.
pub(super) fn special(visit: &Visit, calendar: &Calendar) -> Vec<Day> {
    let coming = dates_from(calendar.date_of(visit.now)).take(SPECIAL_WITHIN);
    let special = coming.filter(|date| calendar.holiday_on(*date).is_some()).take(SPECIAL_MAX);
    special.map(|date| day(visit, calendar, date)).collect()
}

fn dates_from(today: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(today), |date| date.tomorrow().ok())
}

fn day(visit: &Visit, calendar: &Calendar, date: Date) -> Day {
    let zone = jiff::tz::TimeZone::get(calendar.zone_name()).unwrap_or(jiff::tz::TimeZone::UTC);
    let dates = Dates::new(visit.language, zone);
    let periods = calendar.open_periods_on(date);
    let hours =
        periods.iter().map(|period| format!("{}–{}", dates.hour(period.opens), dates.hour(period.closes)));
    let weekday = visit.language.say(&format!("weekday-{}", date.weekday().to_monday_one_offset()));
    Day {
        date: visit
            .language
            .with_two("date-with-weekday", "weekday", &weekday, "date", &dates.date(date))
            .into_owned(),
        hours: hours.collect::<Vec<_>>().join(", "),
        name: calendar.holiday_on(date).map_or_else(String::new, |holiday| holiday.name),
    }
}
