//! Contacts that were not served try again, go to another queue, or are gone; those that were may be passed on.

use super::agenda::Kind;
use super::{Simulator, State};
use crate::chance::{Draws, Purpose, nth_seed};

/// The number of what a contact's seed gives the next try and the queue it is passed on to.
const NEXT_TRY: u64 = 1;
const PASSED_ON: u64 = 2;

impl Simulator<'_> {
    /// What becomes of somebody who was not served.
    pub(super) fn goes_elsewhere(&mut self, id: u32) {
        let contact = self.contacts[id];
        let queue = self.queue_of(&contact);
        let happens = |purpose, share| Draws::about(contact.seed, purpose).happens(share);
        if let Some(again) = &queue.again
            && contact.tries < again.times
            && happens(Purpose::Again, again.share.at(self.now_s))
        {
            let after_s = again.after.draw(
                self.now_s,
                &self.ziggurat,
                &mut Draws::about(contact.seed, Purpose::AgainAfter),
            );
            return self.will_come_again(id, after_s);
        }
        if let Some(switch) = &queue.switch
            && happens(Purpose::Switch, switch.share.at(self.now_s))
        {
            let after_s = switch.after.draw(
                self.now_s,
                &self.ziggurat,
                &mut Draws::about(contact.seed, Purpose::SwitchAfter),
            );
            self.contacts[id].queue = switch.to;
            return self.will_come_again(id, after_s);
        }
        self.contacts.drop(id);
    }

    fn will_come_again(&mut self, id: u32, after_s: f64) {
        let contact = &mut self.contacts[id];
        contact.state = State::Away;
        contact.tries += 1;
        self.schedule(after_s, Kind::ComesAgain, id);
    }

    pub(super) fn comes_again(&mut self, id: u32) {
        let earlier = self.contacts[id];
        self.contacts.drop(id);
        let next = self.comes(nth_seed(earlier.seed, NEXT_TRY), usize::from(earlier.queue));
        self.contacts[next].tries = earlier.tries;
        if let Some(counts) = self.counted(next) {
            counts.came_again += 1;
        }
        self.knocks(next);
    }

    /// After a conversation, some need somebody else.
    pub(super) fn may_be_passed_on(&mut self, id: u32) {
        let contact = self.contacts[id];
        let Some(transfer) = &self.queue_of(&contact).transfer else { return };
        if Draws::about(contact.seed, Purpose::Transfer).happens(transfer.share.at(self.now_s)) {
            let next = self.comes(nth_seed(contact.seed, PASSED_ON), usize::from(transfer.to));
            if let Some(counts) = self.counted(next) {
                counts.passed_on += 1;
            }
            self.enters(next);
        }
    }
}
