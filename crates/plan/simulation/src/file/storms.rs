//! Storms and outages out of the file.

use super::entry::{Entry, Field};
use super::queues::queue_named;
use super::{CenterError, Wrong};
use crate::center::Storm;

/// A storm or outage, and the places of the queues it is about.
pub(super) struct ReadStorm {
    pub(super) queues: Vec<usize>,
    storm: Storm,
    is_outage: bool,
}

impl ReadStorm {
    /// More contacts than usual.
    pub(super) fn surge(&self) -> Option<Storm> {
        (!self.is_outage).then_some(self.storm)
    }

    /// Begin and end of a time in which nobody gets in.
    pub(super) fn outage(&self) -> Option<(f64, f64)> {
        self.is_outage.then_some((self.storm.from_s, self.storm.until_s))
    }
}

/// Reads `[[storm]]` and `[[outage]]`.
pub(super) fn read(root: &Entry<'_>, names: &[&str], horizon_s: f64) -> Result<Vec<ReadStorm>, CenterError> {
    let mut storms = Vec::new();
    for (kind, is_outage) in [("storm", false), ("outage", true)] {
        for entry in root.entries(kind)? {
            storms.push(one(&entry, names, horizon_s, is_outage)?);
        }
    }
    Ok(storms)
}

fn one(entry: &Entry<'_>, names: &[&str], horizon_s: f64, is_outage: bool) -> Result<ReadStorm, CenterError> {
    let queues = queues(entry, names)?;
    let from = entry.needed("from")?;
    let from_s = from.moment()?;
    if from_s >= horizon_s {
        return Err(from.wrong(Wrong::Outside { of: "the time that is simulated" }));
    }
    let until_s = from_s + entry.needed("for")?.duration()?;
    let amount =
        |name| entry.optional(name, |field| field.number("from 0 to 1e6", |x| (0.0..=1e6).contains(&x)));
    let (factor, contacts) = if is_outage { (None, None) } else { (amount("factor")?, amount("contacts")?) };
    if !is_outage && factor.is_none() && contacts.is_none() {
        return Err(entry.lacks("factor, or contacts"));
    }
    entry.nothing_else()?;
    let (factor, contacts) = (factor.unwrap_or(1.0), contacts.unwrap_or(0.0));
    Ok(ReadStorm { queues, storm: Storm { from_s, until_s, factor, contacts }, is_outage })
}

/// The queues named; all where none is.
fn queues(entry: &Entry<'_>, names: &[&str]) -> Result<Vec<usize>, CenterError> {
    let Some(field) = entry.field("queues") else { return Ok((0..names.len()).collect()) };
    let place = |field: &Field<'_>| queue_named(field, names).map(usize::from);
    field.list()?.iter().map(place).collect()
}
