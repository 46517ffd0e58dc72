//! A calendar as fields of a form, and back.

use calendar::{CalendarSpec, HolidaySet, Hours, RuleSpec, WeekSpec};
use jiff::tz::TimeZone;

use super::days;
use crate::admin::services::editor::PREVIEW;
use crate::form::Posted;
use crate::page::{Choice, Faults, Field, FormBox, Group, Page, Shape, chosen};
use crate::visit::Visit;
use crate::words::Language;

const LINE_MAX: usize = 200;
const DAYS_MAX: usize = 20_000;

/// The federal holidays by their names in calendars, and the keys of their words.
const FEDERAL: [(&str, &str); 11] = [
    ("New Year's Day", "holiday-new-year"),
    ("Birthday of Martin Luther King, Jr.", "holiday-king"),
    ("Washington's Birthday", "holiday-washington"),
    ("Memorial Day", "holiday-memorial"),
    ("Juneteenth National Independence Day", "holiday-juneteenth"),
    ("Independence Day", "holiday-independence"),
    ("Labor Day", "holiday-labor"),
    ("Columbus Day", "holiday-columbus"),
    ("Veterans Day", "holiday-veterans"),
    ("Thanksgiving Day", "holiday-thanksgiving"),
    ("Christmas Day", "holiday-christmas"),
];

/// Holidays that states keep, by name, yearly date and the key of their words.
const OF_STATES: [(&str, &str, &str); 10] = [
    ("Lincoln's Birthday", "02-12", "holiday-lincoln"),
    ("César Chávez Day", "03-31", "holiday-chavez"),
    ("Good Friday", "2 days before easter", "holiday-good-friday"),
    ("Patriots' Day", "3rd monday of april", "holiday-patriots"),
    ("Confederate Memorial Day", "4th monday of april", "holiday-confederate"),
    ("Pioneer Day", "07-24", "holiday-pioneer"),
    ("Election Day", "tuesday after 1st monday of november", "holiday-election"),
    ("Day after Thanksgiving", "day after 4th thursday of november", "holiday-after-thanksgiving"),
    ("Christmas Eve", "12-24", "holiday-christmas-eve"),
    ("New Year's Eve", "12-31", "holiday-new-years-eve"),
];

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A calendar as it stands in the form, right or wrong.
pub(super) struct Typed {
    pub(super) code: String,
    pub(super) is_default: bool,
    zone: String,
    hours: [String; 7],
    federal: Vec<String>,
    state: Vec<String>,
    days: String,
    /// Imported files that are kept.
    ics: Vec<String>,
    /// Left-out names of imported holidays, which this form does not show.
    not_observed: Vec<String>,
}

impl Typed {
    /// The form of a calendar that is there.
    pub(super) fn of(code: &str, spec: &CalendarSpec, is_default: bool) -> Self {
        let week = &spec.hours;
        let hours = [
            &week.monday,
            &week.tuesday,
            &week.wednesday,
            &week.thursday,
            &week.friday,
            &week.saturday,
            &week.sunday,
        ];
        let observed = |name: &str| !spec.not_observed.iter().any(|left| left.eq_ignore_ascii_case(name));
        let keeps_federal = spec.holidays.contains(&HolidaySet::UsFederal);
        let federal = FEDERAL.iter().map(|(name, _)| *name).filter(|name| keeps_federal && observed(name));
        let (of_states, own): (Vec<RuleSpec>, Vec<RuleSpec>) =
            spec.rules.iter().cloned().partition(is_of_state);
        Self {
            code: code.to_owned(),
            is_default,
            zone: spec.zone.clone(),
            hours: hours.map(|hours| if hours.is_closed() { String::new() } else { hours.to_string() }),
            federal: federal.map(str::to_owned).collect(),
            state: of_states.into_iter().map(|rule| rule.name).collect(),
            days: days::written(&own, &spec.dates),
            ics: spec.ics.clone(),
            not_observed: imported_left_out(spec),
        }
    }

    /// What was typed over a calendar.
    pub(super) fn given(posted: &Posted, code: &str, old: &CalendarSpec) -> Self {
        let removed: Vec<&str> = posted.all("remove").collect();
        let kept =
            old.ics.iter().enumerate().filter(|(place, _)| !removed.contains(&place.to_string().as_str()));
        Self {
            code: code.to_owned(),
            is_default: posted.has("default"),
            zone: posted.text("zone").to_owned(),
            hours: DAYS.map(|day| posted.text(&format!("hours-{day}")).to_owned()),
            federal: posted.all("federal").map(str::to_owned).collect(),
            state: posted.all("state").map(str::to_owned).collect(),
            days: posted.text("days").to_owned(),
            ics: kept.map(|(_, text)| text.clone()).collect(),
            not_observed: imported_left_out(old),
        }
    }

    /// The calendar that is meant.
    ///
    /// # Errors
    /// Every field that cannot be understood.
    pub(super) fn spec(&self, language: Language) -> Result<CalendarSpec, Faults> {
        let mut faults = Faults::default();
        let hours = self.week(language, &mut faults);
        let (mut rules, dates) = days::read(&self.days).unwrap_or_else(|line| {
            faults.add("days", language.with("fault-day-line", "line", line.as_str()));
            Default::default()
        });
        let of_states = OF_STATES.iter().filter(|(name, ..)| self.state.iter().any(|ticked| ticked == name));
        rules.extend(of_states.filter_map(|(name, on, _)| rule_of_state(name, on)));
        if TimeZone::get(&self.zone).is_ok() {
            let holidays = if self.federal.is_empty() { Vec::new() } else { vec![HolidaySet::UsFederal] };
            let zone = self.zone.clone();
            let (ics, not_observed) = (self.ics.clone(), self.left_out());
            let spec = CalendarSpec { zone, holidays, not_observed, ics, hours, rules, dates };
            return if faults.is_empty() { Ok(spec) } else { Err(faults) };
        }
        faults.add("zone", language.say("fault-zone"));
        Err(faults)
    }

    fn week(&self, language: Language, faults: &mut Faults) -> WeekSpec {
        let mut hours = DAYS.iter().zip(&self.hours).map(|(day, text)| {
            text.parse::<Hours>().unwrap_or_else(|_| {
                faults.add(format!("hours-{day}"), language.say("fault-hours"));
                Hours::closed()
            })
        });
        let mut next = || hours.next().unwrap_or_default();
        let week = WeekSpec {
            monday: next(),
            tuesday: next(),
            wednesday: next(),
            thursday: next(),
            friday: next(),
            saturday: next(),
            sunday: next(),
        };
        drop(hours);
        if faults.is_empty() && week == WeekSpec::default() {
            faults.add("hours-monday", language.say("fault-always-closed"));
        }
        week
    }

    fn left_out(&self) -> Vec<String> {
        let unticked = FEDERAL.iter().map(|(name, _)| (*name).to_owned());
        let unticked = unticked.filter(|name| !self.federal.is_empty() && !self.federal.contains(name));
        unticked.chain(self.not_observed.iter().cloned()).collect()
    }

    pub(super) fn form(
        &self,
        visit: &Visit,
        page: &Page,
        to: &str,
        is_new: bool,
        faults: &Faults,
    ) -> FormBox {
        let marked =
            |fields: Vec<Field>| fields.into_iter().map(|field| field.faults(faults)).collect::<Vec<_>>();
        let mut form = FormBox::new(page, to, "button-save").faults(faults).live();
        if is_new {
            let code =
                Field::line(page, "code", "calendar-code", &self.code, 100).hint(page, "calendar-code-hint");
            form = form.fields(marked(vec![code.required()]));
        }
        let is_town = visit.catalog.jurisdiction.default_calendar == self.code;
        let days = Field::lines(page, "days", "calendar-days", &self.days, DAYS_MAX)
            .hint(page, "calendar-days-hint")
            .help(page, "calendar-days-help");
        let group = |key: &str, fields: Vec<Field>| Group::new(page.say(key), marked(fields));
        form = form
            .group(group("calendar-week", self.week_fields(page)).hint(page, "calendar-hours-hint"))
            .fields(marked(vec![self.federal_field(page)]))
            .group(group("calendar-of-states", vec![self.state_field(page)]).folded(!self.state.is_empty()))
            .fields(marked(vec![days]));
        if !self.ics.is_empty() {
            form = form.field(self.ics_field(page));
        }
        form = form.fields(marked(vec![
            Field::line(page, "zone", "calendar-zone", &self.zone, LINE_MAX)
                .help(page, "calendar-zone-help")
                .required(),
        ]));
        if !is_town {
            let ticked = Shape::Tick { is_ticked: self.is_default };
            form = form.field(Field::new(page, "default", "calendar-default", ticked));
        }
        form.button(PREVIEW, page.tag(), page.say("calendar-preview-button"))
    }

    fn week_fields(&self, page: &Page) -> Vec<Field> {
        let field = |(place, (day, hours)): (usize, (&&str, &String))| {
            let label = page.say(&format!("weekday-{}", place + 1));
            let shape =
                Shape::Line { kind: "text", autocomplete: "off", value: hours.clone(), chars_max: LINE_MAX };
            Field::labelled(page, format!("hours-{day}"), label, shape)
        };
        DAYS.iter().zip(&self.hours).enumerate().map(field).collect()
    }

    fn federal_field(&self, page: &Page) -> Field {
        let choices = FEDERAL.iter().map(|(name, key)| Choice::new(*name, page.say(key))).collect();
        let ticked: Vec<&str> = self.federal.iter().map(String::as_str).collect();
        Field::new(page, "federal", "calendar-federal", Shape::AnyOf(chosen(choices, &ticked)))
            .help(page, "calendar-federal-help")
    }

    fn state_field(&self, page: &Page) -> Field {
        let choices = OF_STATES.iter().map(|(name, _, key)| Choice::new(*name, page.say(key))).collect();
        let ticked: Vec<&str> = self.state.iter().map(String::as_str).collect();
        Field::new(page, "state", "calendar-state", Shape::AnyOf(chosen(choices, &ticked)))
    }

    fn ics_field(&self, page: &Page) -> Field {
        let file = |place: usize| {
            let number = i64::try_from(place + 1).unwrap_or(i64::MAX);
            Choice::new(place.to_string(), page.with("ics-kept", "number", &number))
        };
        let choices = (0..self.ics.len()).map(file).collect();
        Field::new(page, "remove", "ics-remove", Shape::AnyOf(choices))
    }
}

fn is_of_state(rule: &RuleSpec) -> bool {
    OF_STATES.iter().any(|(name, on, _)| rule_of_state(name, on).as_ref() == Some(rule))
}

fn rule_of_state(name: &str, on: &str) -> Option<RuleSpec> {
    Some(RuleSpec { name: name.to_owned(), on: on.parse().ok()?, only: None, instead: None })
}

fn imported_left_out(spec: &CalendarSpec) -> Vec<String> {
    let is_federal = |left: &&String| FEDERAL.iter().any(|(name, _)| name.eq_ignore_ascii_case(left));
    spec.not_observed.iter().filter(|left| !is_federal(left)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use calendar::Holidays;

    use super::*;

    #[test]
    fn every_holiday_that_is_offered_is_one_the_calendar_knows() {
        for (name, key) in FEDERAL {
            assert!(Holidays::us_federal().without(name).is_ok(), "{name}");
            assert!(Language::ALL.iter().all(|language| language.knows(key)), "{key}");
        }
        for (name, on, key) in OF_STATES {
            assert!(rule_of_state(name, on).is_some(), "{name}: {on}");
            assert!(Language::ALL.iter().all(|language| language.knows(key)), "{key}");
        }
    }
}
