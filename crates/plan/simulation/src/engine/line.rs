//! Contacts wait: first come first served within a queue, more agents as the wait grows, until they give up.

use super::agenda::Kind;
use super::{Simulator, State, What};
use crate::center::Channel;
use crate::chance::{Draws, Purpose};

impl Simulator<'_> {
    /// A contact has got through to its queue: an agent takes it, or it waits, or it finds no room.
    #[inline]
    pub(super) fn enters(&mut self, id: u32) {
        let now_s = self.now_s;
        let contact = &mut self.contacts[id];
        (contact.entered_s, contact.asked_s) = (now_s, now_s);
        let queue = usize::from(contact.queue);
        if let Some(agent) = self.agent_for(queue, now_s) {
            self.is_offered(id);
            return self.gives(id, agent);
        }
        let room = self.center.queues[queue].waiting_max;
        if room.is_some_and(|room| self.contacts.waiting_for(queue) >= room) {
            if let Some(counts) = self.counted(id) {
                counts.busy_tone += 1;
            }
            return self.goes_elsewhere(id);
        }
        self.is_offered(id);
        self.waits(id);
    }

    fn is_offered(&mut self, id: u32) {
        self.note(What::Enters, id);
        if let Some(counts) = self.counted(id) {
            counts.offered += 1;
        }
        let contact = &self.contacts[id];
        if self.queue_of(contact).channel != Channel::Email {
            let nth = (contact.came_s / self.center.interval_s) as usize;
            if let Some(interval) = self.counts.intervals.get_mut(nth) {
                interval.offered += 1;
            }
        }
    }

    fn waits(&mut self, id: u32) {
        let contact = self.contacts[id];
        let queue = self.queue_of(&contact);
        let at_once = queue.patience.at_once.at(self.now_s);
        if at_once > 0.0 && Draws::about(contact.seed, Purpose::LeavesAtOnce).happens(at_once) {
            return self.abandons(id);
        }
        if self.accepts_call_back(id) {
            return;
        }
        self.contacts[id].state = State::Waiting;
        self.contacts.line_up(id);
        if let Some(patience) = &queue.patience.length {
            let mut draws = Draws::about(contact.seed, Purpose::Patience);
            let patience_s = patience.draw(self.now_s, &self.ziggurat, &mut draws);
            self.schedule(patience_s, Kind::GivesUp, id);
        }
        self.await_widening(id);
    }

    /// Notes when more agents may take a contact.
    pub(super) fn await_widening(&mut self, id: u32) {
        let contact = &self.contacts[id];
        let (entered_s, now_s) = (contact.entered_s, self.now_s);
        let mut later = self.queue_of(contact).widens_after_s.iter().map(|after_s| entered_s + after_s);
        if let Some(at_s) = later.find(|at_s| *at_s > now_s) {
            let contact = &mut self.contacts[id];
            contact.timers += 1;
            let generation = contact.generation;
            self.agenda.add(super::Event { at: at_s, kind: Kind::Widens, id, generation });
        }
    }

    pub(super) fn widens(&mut self, id: u32) {
        let contact = &self.contacts[id];
        let (queue, entered_s) = (usize::from(contact.queue), contact.entered_s);
        match self.agent_for(queue, entered_s) {
            Some(agent) => {
                self.contacts.leave_line(id);
                self.gives(id, agent);
            }
            None => self.await_widening(id),
        }
    }

    pub(super) fn gives_up(&mut self, id: u32) {
        self.contacts.leave_line(id);
        self.overtake(id);
        self.abandons(id);
    }

    fn abandons(&mut self, id: u32) {
        self.note(What::GivesUp, id);
        let contact = self.contacts[id];
        let waited_s = self.now_s - contact.asked_s;
        let within = self.now_s <= contact.asked_s + self.queue_of(&contact).answer_within_s;
        if let Some(counts) = self.counted(id) {
            counts.abandoned += 1;
            counts.abandoned_within += u64::from(within);
            counts.wait_all_s += waited_s;
        }
        let nth = (contact.came_s / self.center.interval_s) as usize;
        if let Some(interval) = self.counts.intervals.get_mut(nth) {
            interval.abandoned += 1;
        }
        self.goes_elsewhere(id);
    }
}
