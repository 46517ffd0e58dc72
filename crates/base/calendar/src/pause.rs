//! Stretches of time in which the clock of a promise stands still.

use jiff::Timestamp;

use crate::CalendarError;

/// A stretch in which waiting stops the clock, for example until the resident answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// When the clock stopped.
    pub from: Timestamp,
    /// When it ran again; `None` while it still stands.
    pub until: Option<Timestamp>,
}

/// The pauses in order of time, with those that touch or overlap joined, so that no minute counts twice.
pub(crate) fn joined(pauses: &[Pause]) -> Result<Vec<Pause>, CalendarError> {
    let mut sorted = pauses.to_vec();
    sorted.sort_by_key(|pause| pause.from);
    let mut joined: Vec<Pause> = Vec::with_capacity(sorted.len());
    for pause in sorted {
        refuse_backward(pause)?;
        match joined.last_mut() {
            Some(last) if last.until.is_none_or(|until| pause.from <= until) => {
                last.until = later_end(last.until, pause.until);
            }
            _ => joined.push(pause),
        }
    }
    Ok(joined)
}

fn refuse_backward(pause: Pause) -> Result<(), CalendarError> {
    match pause.until {
        Some(until) if until < pause.from => {
            Err(CalendarError::PauseEndsBeforeItBegins { from: pause.from, until })
        }
        _ => Ok(()),
    }
}

/// An end that is still unknown is later than any other.
fn later_end(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    a.zip(b).map(|(a, b)| a.max(b))
}
