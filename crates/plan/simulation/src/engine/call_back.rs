//! Call-backs: a promise instead of a wait, keeping the place in line or naming a later time, and attempts to keep it.

use super::agenda::Kind;
use super::{Simulator, State};
use crate::center::CallBack;
use crate::chance::{Draws, Purpose};

/// Attempts after the first draw from their own place.
const DRAWS_PER_ATTEMPT: u8 = 4;

impl Simulator<'_> {
    /// Offers a call-back to somebody about to wait; says whether it was accepted.
    pub(super) fn accepts_call_back(&mut self, id: u32) -> bool {
        let contact = self.contacts[id];
        let Some(call_back) = &self.queue_of(&contact).call_back else { return false };
        let first = self.contacts.first_for(usize::from(contact.queue));
        let waited_s = first.map_or(0.0, |first| self.now_s - self.contacts[first].entered_s);
        if waited_s < call_back.offer_after_s
            || !Draws::about(contact.seed, Purpose::CallBack).happens(call_back.accept.at(self.now_s))
        {
            return false;
        }
        self.promises(id, call_back);
        true
    }

    fn promises(&mut self, id: u32, call_back: &CallBack) {
        if let Some(counts) = self.counted(id) {
            counts.promised += 1;
        }
        let mut draws = Draws::about(self.contacts[id].seed, Purpose::CallBackLater);
        let later = draws.happens(call_back.later.at(self.now_s));
        if let Some(law) = call_back.later_after.as_ref().filter(|_| later) {
            let after_s = law.draw(self.now_s, &self.ziggurat, &mut draws);
            self.contacts[id].state = State::Away;
            return self.schedule(after_s, Kind::CallBackDue, id);
        }
        self.keeps_place(id);
    }

    fn keeps_place(&mut self, id: u32) {
        self.contacts[id].state = State::Promised;
        self.contacts.line_up(id);
        self.await_widening(id);
    }

    /// The time that was named has come, or another attempt is due: the contact stands in line like one that comes now.
    pub(super) fn call_back_due(&mut self, id: u32) {
        let now_s = self.now_s;
        let contact = &mut self.contacts[id];
        contact.entered_s = now_s;
        if contact.attempts == 0 {
            // Nobody waits before the time they named.
            contact.asked_s = now_s;
        }
        contact.state = State::Promised;
        let queue = usize::from(contact.queue);
        match self.agent_for(queue, now_s) {
            Some(agent) => self.gives(id, agent),
            None => self.keeps_place(id),
        }
    }

    /// An agent calls somebody back.
    pub(super) fn calls_back(&mut self, id: u32, agent: u32) {
        let contact = self.contacts[id];
        let Some(call_back) = &self.queue_of(&contact).call_back else { return };
        if contact.attempts == 0 {
            self.contacts[id].called_s = self.now_s;
        }
        let attempt_s = self.attempt_draws(id, Purpose::Attempt, |draws, now_s, ziggurat| {
            call_back.attempt.draw(now_s, ziggurat, draws)
        });
        let reached = self.attempt_draws(id, Purpose::Reached, |draws, now_s, _| {
            draws.happens(call_back.reached.at(now_s))
        });
        if reached {
            return self.is_reached(id, agent, attempt_s, call_back);
        }
        self.takes_in_hand(id, agent);
        self.contacts[id].state = State::Attempt;
        self.schedule(attempt_s, Kind::AfterWorkEnds, id);
    }

    fn is_reached(&mut self, id: u32, agent: u32, attempt_s: f64, call_back: &CallBack) {
        let contact = self.contacts[id];
        let answers_s = self.now_s + attempt_s;
        let ends_s = call_back.counted.wait_ends(contact.asked_s, contact.called_s, answers_s);
        self.is_answered(id, ends_s);
        if let Some(counts) = self.counted(id) {
            counts.called_back += 1;
            counts.wait_call_back_s += answers_s - contact.asked_s;
        }
        let talk_s = attempt_s + self.talk_length(id, agent);
        self.talks(id, agent, talk_s);
    }

    /// An attempt was in vain: another later, or none.
    pub(super) fn nobody_answers(&mut self, id: u32) {
        let agent = self.puts_down(id);
        self.contacts[id].attempts += 1;
        self.contacts[id].agent = super::contacts::NONE;
        let contact = self.contacts[id];
        match &self.queue_of(&contact).call_back {
            Some(call_back) if contact.attempts < call_back.attempts => {
                let after_s = self.attempt_draws(id, Purpose::NextAttempt, |draws, now_s, ziggurat| {
                    call_back.again_after.draw(now_s, ziggurat, draws)
                });
                self.contacts[id].state = State::Away;
                self.schedule(after_s, Kind::CallBackDue, id);
            }
            _ => self.is_given_up(id),
        }
        self.goes_on(agent);
    }

    fn is_given_up(&mut self, id: u32) {
        let waited_s = self.now_s - self.contacts[id].asked_s;
        if let Some(counts) = self.counted(id) {
            counts.not_reached += 1;
            counts.wait_all_s += waited_s;
        }
        self.contacts.drop(id);
    }

    /// Draws for the attempt that a contact is at.
    fn attempt_draws<T>(
        &self,
        id: u32,
        purpose: Purpose,
        draw: impl FnOnce(&mut Draws, f64, &crate::chance::Ziggurat) -> T,
    ) -> T {
        let contact = &self.contacts[id];
        let mut draws = Draws::about(contact.seed, purpose);
        for _ in 0..contact.attempts.saturating_mul(DRAWS_PER_ATTEMPT) {
            draws.bits();
        }
        draw(&mut draws, self.now_s, &self.ziggurat)
    }
}
