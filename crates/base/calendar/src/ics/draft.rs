//! Events as they stand in the file: which properties belong to which event.

use super::lines::Property;
use super::moment::{self, Moment};
use super::{IcsError, IcsProblem};

/// A year of a busy town has some hundred events.
const EVENTS_MAX: usize = 10_000;

/// The properties of an event, not yet understood.
pub(super) struct Draft<'p> {
    /// The line of its `BEGIN`.
    pub(super) line: usize,
    /// The start that this event had in its series (`RECURRENCE-ID`), when it is an occurrence that was moved.
    pub(super) moved_from: Option<Moment>,
    properties: Vec<&'p Property>,
}

impl<'p> Draft<'p> {
    pub(super) fn first(&self, name: &str) -> Option<&'p Property> {
        self.properties.iter().copied().find(|property| property.name == name)
    }

    pub(super) fn all<'d>(&'d self, name: &'d str) -> impl Iterator<Item = &'p Property> + 'd {
        self.properties.iter().copied().filter(move |property| property.name == name)
    }

    /// Shared by an event and the occurrences that were moved out of its series.
    pub(super) fn uid(&self) -> Option<&'p str> {
        self.first("UID").map(|uid| uid.value.as_str())
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.first("STATUS").is_some_and(|status| status.value.trim().eq_ignore_ascii_case("CANCELLED"))
    }

    fn take(&mut self, property: &'p Property) -> Result<(), IcsError> {
        if property.name == "RECURRENCE-ID" {
            self.moved_from = Some(moment::single(property)?);
        }
        self.properties.push(property);
        Ok(())
    }
}

/// Collects what stands directly inside `VEVENT`; alarms inside it and other components are passed over.
pub(super) fn drafts(properties: &[Property]) -> Result<Vec<Draft<'_>>, IcsError> {
    let mut open: Vec<&Property> = Vec::new();
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    for property in properties {
        match (property.name.as_str(), open.last(), drafts.last_mut()) {
            ("BEGIN", _, _) => begin(&mut open, &mut drafts, property)?,
            ("END", _, _) => end(&mut open, property)?,
            (_, Some(component), Some(draft)) if is_event(component) => draft.take(property)?,
            _ => {}
        }
    }
    match open.last() {
        Some(begin) => Err(IcsProblem::NotEnded(begin.value.clone()).at(begin.line)),
        None => Ok(drafts),
    }
}

fn begin<'p>(
    open: &mut Vec<&'p Property>,
    drafts: &mut Vec<Draft<'p>>,
    property: &'p Property,
) -> Result<(), IcsError> {
    open.push(property);
    if is_event(property) {
        if drafts.len() == EVENTS_MAX {
            return Err(IcsProblem::TooManyEvents.at(property.line));
        }
        drafts.push(Draft { line: property.line, moved_from: None, properties: Vec::new() });
    }
    Ok(())
}

fn end(open: &mut Vec<&Property>, property: &Property) -> Result<(), IcsError> {
    match open.pop() {
        Some(begin) if begin.value.trim().eq_ignore_ascii_case(property.value.trim()) => Ok(()),
        _ => Err(IcsProblem::UnexpectedEnd(property.value.clone()).at(property.line)),
    }
}

fn is_event(begin: &Property) -> bool {
    begin.value.trim().eq_ignore_ascii_case("VEVENT")
}
