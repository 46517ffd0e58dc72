//! A journal of a run, for those who want to see every step.

use super::Simulator;
use super::contacts::NONE;

/// One step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Happening {
    /// Seconds from the start.
    pub at_s: f64,
    /// What it was.
    pub what: What,
    /// The contact's queue, by its place in [`Center::queues`](crate::Center::queues).
    pub queue: usize,
    /// The contact's slot; used again for another when it has left.
    pub contact: u32,
    /// The agent, counted through all teams from 0.
    pub agent: Option<u32>,
}

/// What happened to a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It entered its queue.
    Enters,
    /// It gave up.
    GivesUp,
    /// An agent took it, or began an attempt to call back.
    Begins,
    /// The agent is done with it.
    Ends,
}

impl Simulator<'_> {
    #[inline]
    pub(super) fn note(&mut self, what: What, contact: u32) {
        if let Some(journal) = &mut self.journal {
            let about = &self.contacts[contact];
            let agent = (about.agent != NONE).then_some(about.agent);
            let queue = usize::from(about.queue);
            journal.push(Happening { at_s: self.now_s, what, queue, contact, agent });
        }
    }
}
