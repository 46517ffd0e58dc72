//! Events understood: when they begin, how long they last, how they come again.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::draft::Draft;
use super::moment::{self, Moment};
use super::recurrence::Recurrence;
use super::{IcsError, IcsProblem};
use crate::zone::DAY_S;

/// An event that takes place, with all that says when.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) start: Moment,
    pub(super) length: SignedDuration,
    pub(super) recurrence: Option<Recurrence>,
    /// Further starts, on the clock of `start`.
    pub(super) also: Vec<DateTime>,
    except: Exceptions,
}

/// The starts, on the clock of the event, at which it does not take place; a whole day excludes all that start on it.
#[derive(Debug, Clone, Default)]
struct Exceptions {
    starts: BTreeSet<DateTime>,
    days: BTreeSet<Date>,
}

/// The events that take place. Cancelled ones are dropped; an occurrence that was moved (`RECURRENCE-ID`) is taken
/// out of its series and stands for itself.
pub(super) fn events(drafts: &[Draft<'_>], home: &TimeZone) -> Result<Vec<Event>, IcsError> {
    let moved = moved_by_series(drafts);
    let mut events = Vec::new();
    for draft in drafts.iter().filter(|draft| !draft.is_cancelled()) {
        let mut event = event(draft, home)?;
        let series = draft.uid().filter(|_| draft.moved_from.is_none());
        for moved_from in series.and_then(|uid| moved.get(uid)).into_iter().flatten() {
            event.except.add(moved_from, &event.start, home);
        }
        events.push(event);
    }
    Ok(events)
}

impl Event {
    pub(super) fn excludes(&self, start: DateTime) -> bool {
        self.except.starts.contains(&start) || self.except.days.contains(&start.date())
    }
}

impl Exceptions {
    fn add(&mut self, exception: &Moment, start: &Moment, home: &TimeZone) {
        let shown = exception.shown_in(&start.place, home);
        if exception.is_all_day() {
            self.days.insert(shown.date());
        } else {
            self.starts.insert(shown);
        }
    }
}

fn moved_by_series<'d>(drafts: &'d [Draft<'_>]) -> BTreeMap<&'d str, Vec<&'d Moment>> {
    let mut moved: BTreeMap<&str, Vec<&Moment>> = BTreeMap::new();
    for draft in drafts {
        if let (Some(uid), Some(moved_from)) = (draft.uid(), &draft.moved_from) {
            moved.entry(uid).or_default().push(moved_from);
        }
    }
    moved
}

fn event(draft: &Draft<'_>, home: &TimeZone) -> Result<Event, IcsError> {
    let start = draft.first("DTSTART").ok_or(IcsProblem::NoStart.at(draft.line))?;
    let start = moment::single(start)?;
    let mut also = Vec::new();
    for property in draft.all("RDATE") {
        also.extend(moment::moments(property)?.iter().map(|moment| moment.shown_in(&start.place, home)));
    }
    let mut except = Exceptions::default();
    for property in draft.all("EXDATE") {
        for exception in moment::moments(property)? {
            except.add(&exception, &start, home);
        }
    }
    let recurrence = draft.first("RRULE").map(|rule| Recurrence::read(rule, &start, home)).transpose()?;
    let length = length(draft, &start, home)?;
    Ok(Event { line: draft.line, name: name(draft), start, length, recurrence, also, except })
}

/// How long the event lasts on the clock face. A date without an end lasts a day, a time without one no time.
fn length(draft: &Draft<'_>, start: &Moment, home: &TimeZone) -> Result<SignedDuration, IcsError> {
    let least = if start.is_all_day() { SignedDuration::from_secs(DAY_S) } else { SignedDuration::ZERO };
    let Some(property) = draft.first("DTEND") else {
        return draft
            .first("DURATION")
            .map_or(Ok(least), |property| Ok(moment::duration(property)?.max(least)));
    };
    let end = moment::single(property)?.shown_in(&start.place, home);
    let length = end.duration_since(start.shown);
    if length.is_negative() {
        return Err(IcsProblem::EndsBeforeItStarts.at(property.line));
    }
    // Some programs write the same date as start and end of a whole day.
    Ok(length.max(least))
}

fn name(draft: &Draft<'_>) -> String {
    draft.first("SUMMARY").map_or_else(|| "Holiday".to_owned(), |summary| unescaped(&summary.value))
}

/// Text without the backslashes that protect commas, semicolons and line ends.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.trim().chars();
    while let Some(character) = characters.next() {
        plain.extend(match character {
            '\\' => characters.next().map(protected),
            unprotected => Some(unprotected),
        });
    }
    plain
}

fn protected(character: char) -> char {
    if character.eq_ignore_ascii_case(&'n') { ' ' } else { character }
}
