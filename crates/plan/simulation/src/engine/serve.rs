//! Contacts meet agents: who takes whom, how long it lasts, and what comes after.

use super::agenda::Kind;
use super::{Contact, Simulator, State, What};
use crate::center::{CallBackCounts, Channel, Link};
use crate::chance::{Draws, Purpose};

impl Simulator<'_> {
    /// The agent for a contact of a queue that has waited since `entered_s`: of the ablest team that has somebody free, of
    /// several such teams who has the fewest chats in hand and, of these, has been free longest.
    #[inline]
    pub(super) fn agent_for(&self, queue: usize, entered_s: f64) -> Option<u32> {
        let asked = &self.center.queues[queue];
        let mut found: Option<(u8, usize, f64, u32)> = None;
        for reach in &asked.reach {
            if found.is_some_and(|(level, ..)| level != reach.level) {
                break;
            }
            if reach.after_s > 0.0 && self.now_s < entered_s + reach.after_s {
                continue;
            }
            if let Some((in_hand, since_s, agent)) = self.free_in(usize::from(reach.team), asked.channel)
                && found.is_none_or(|(_, least, longest_s, _)| (in_hand, since_s) < (least, longest_s))
            {
                found = Some((reach.level, in_hand, since_s, agent));
            }
        }
        found.map(|(.., agent)| agent)
    }

    /// Who of a team is free for a channel, with how many chats in hand and since when.
    #[inline]
    fn free_in(&self, team: usize, channel: Channel) -> Option<(usize, f64, u32)> {
        let most = if channel == Channel::Chat { self.center.teams[team].parallel() } else { 1 };
        (0..most).find_map(|in_hand| {
            let (agent, since_s) = self.floor.longest_free(team, in_hand)?;
            Some((in_hand, since_s, agent))
        })
    }

    /// The contact for an agent with room: the most urgent that the agent may take, of equally urgent ones that of the queue
    /// the agent is ablest for, of these the one that has waited longest.
    #[inline]
    fn contact_for(&self, agent: u32) -> Option<u32> {
        if self.contacts.waiting() == 0 {
            return None;
        }
        let mut found: Option<(u16, f64, u32)> = None;
        for link in &self.center.teams[usize::from(self.floor[agent].team)].links {
            if found.is_some_and(|(class, ..)| class != link.class) {
                break;
            }
            if let Some((entered_s, id)) = self.first_through(link, agent)
                && found.is_none_or(|(_, earliest_s, _)| entered_s < earliest_s)
            {
                found = Some((link.class, entered_s, id));
            }
        }
        found.map(|(.., id)| id)
    }

    /// The first in a queue's line, if it may come to the agent.
    #[inline]
    fn first_through(&self, link: &Link, agent: u32) -> Option<(f64, u32)> {
        let id = self.contacts.first_for(usize::from(link.queue))?;
        let entered_s = self.contacts[id].entered_s;
        let may = self.now_s >= entered_s + link.after_s && (link.is_chat || self.floor[agent].in_hand == 0);
        may.then_some((entered_s, id))
    }

    /// An agent with nothing in hand, or with room for another chat, looks for work, and otherwise stands ready.
    pub(super) fn looks_for_work(&mut self, agent: u32) {
        self.floor.unlist(agent);
        while self.has_room(agent)
            && let Some(id) = self.contact_for(agent)
        {
            self.contacts.leave_line(id);
            self.begins(id, agent);
        }
        self.stands_ready(agent);
    }

    fn has_room(&self, agent: u32) -> bool {
        let agent = &self.floor[agent];
        let most = self.center.teams[usize::from(agent.team)].parallel();
        agent.in_hand == 0 || (!agent.whole && usize::from(agent.in_hand) < most)
    }

    fn stands_ready(&mut self, agent: u32) {
        if self.has_room(agent) {
            self.floor.list(agent, self.now_s);
        }
    }

    /// Gives a contact to an agent who stands ready.
    #[inline]
    pub(super) fn gives(&mut self, id: u32, agent: u32) {
        self.floor.unlist(agent);
        self.begins(id, agent);
        self.stands_ready(agent);
    }

    /// A conversation, the answer to a message, or an attempt to call back.
    #[inline]
    fn begins(&mut self, id: u32, agent: u32) {
        self.overtake(id);
        self.contacts[id].agent = agent;
        self.note(What::Begins, id);
        if self.contacts[id].state == State::Promised {
            return self.calls_back(id, agent);
        }
        self.is_answered(id, self.now_s);
        let talk_s = self.talk_length(id, agent);
        self.talks(id, agent, talk_s);
    }

    /// The agent is in a conversation that takes so long, beside nothing else.
    pub(super) fn talks(&mut self, id: u32, agent: u32, alone_s: f64) {
        let now_s = self.now_s;
        self.takes_in_hand(id, agent);
        let length_s = alone_s * self.pace(agent);
        let contact = &mut self.contacts[id];
        contact.state = State::Talking;
        contact.began_s = now_s;
        contact.ends_s = now_s + length_s;
        self.schedule(length_s, Kind::TalkEnds, id);
    }

    /// How long the contact would take with nothing beside it.
    pub(super) fn talk_length(&self, id: u32, agent: u32) -> f64 {
        let contact = &self.contacts[id];
        let mut draws = Draws::about(contact.seed, Purpose::Handle);
        let alone_s = self.queue_of(contact).handle.draw(self.now_s, &self.ziggurat, &mut draws);
        alone_s * self.slowness(agent)
    }

    /// Counts an answer whose wait ends at `at_s`, as far as the person is concerned.
    pub(super) fn is_answered(&mut self, id: u32, at_s: f64) {
        let contact = self.contacts[id];
        let queue = self.queue_of(&contact);
        let waited_s = at_s - contact.asked_s;
        // The same sum as that of an overflow or deadline, so that "after a minute" is "within a minute".
        let within = at_s <= contact.asked_s + queue.answer_within_s;
        if let Some(counts) = self.counted(id) {
            counts.answered += 1;
            counts.answered_within += u64::from(within);
            counts.wait_answered_s += waited_s;
            counts.wait_all_s += waited_s;
        }
        if within && queue.channel != Channel::Email {
            let nth = (contact.came_s / self.center.interval_s) as usize;
            if let Some(interval) = self.counts.intervals.get_mut(nth) {
                interval.answered_within += 1;
            }
        }
    }

    pub(super) fn takes_in_hand(&mut self, id: u32, agent: u32) {
        let is_chat = self.queue_of(&self.contacts[id]).channel == Channel::Chat;
        if self.floor[agent].in_hand == 0 {
            self.gets_busy(agent);
        }
        if is_chat && self.center.teams[usize::from(self.floor[agent].team)].chats.is_some() {
            self.floor.take_in_hand(agent, id);
            let held = usize::from(self.floor[agent].in_hand);
            self.changes_pace(agent, held, held, held + 1);
        } else {
            self.floor[agent].whole = true;
        }
        self.floor[agent].in_hand += 1;
    }

    /// How many times as long things take with what the agent has in hand.
    fn pace(&self, agent: u32) -> f64 {
        let agent = &self.floor[agent];
        match &self.center.teams[usize::from(agent.team)].chats {
            Some(chats) if !agent.whole => chats.pace[usize::from(agent.in_hand) - 1],
            _ => 1.0,
        }
    }

    /// The first `held` chats of an agent go on at the pace of `to` chats after that of `from`.
    fn changes_pace(&mut self, agent: u32, held: usize, from: usize, to: usize) {
        let Some(chats) = &self.center.teams[usize::from(self.floor[agent].team)].chats else { return };
        if from == 0 || to == 0 || chats.pace[from - 1] == chats.pace[to - 1] {
            return;
        }
        let ratio = chats.pace[to - 1] / chats.pace[from - 1];
        for nth in 0..held {
            let id = self.floor.in_hand(agent, nth);
            if self.contacts[id].state == State::Talking {
                let left_s = (self.contacts[id].ends_s - self.now_s) * ratio;
                self.overtake(id);
                self.contacts[id].ends_s = self.now_s + left_s;
                self.schedule(left_s, Kind::TalkEnds, id);
            }
        }
    }

    pub(super) fn talk_ends(&mut self, id: u32) {
        let contact = self.contacts[id];
        let queue = self.queue_of(&contact);
        let now_s = self.now_s;
        let in_time = queue.deadline_s.is_some_and(|deadline_s| now_s <= contact.came_s + deadline_s);
        if let Some(counts) = self.counted(id) {
            counts.finished += 1;
            counts.finished_in_time += u64::from(in_time);
            counts.talk_s += now_s - contact.began_s;
        }
        self.contacts[id].state = State::AfterWork;
        if queue.transfer.is_some() {
            self.may_be_passed_on(id);
        }
        let Some(after_contact) = &queue.after_contact else { return self.releases(id) };
        let mut draws = Draws::about(contact.seed, Purpose::AfterContact);
        let after_s = after_contact.draw(now_s, &self.ziggurat, &mut draws) * self.slowness(contact.agent);
        self.schedule(after_s, Kind::AfterWorkEnds, id);
    }

    pub(super) fn after_work_ends(&mut self, id: u32) {
        match self.contacts[id].state {
            State::Attempt => self.nobody_answers(id),
            State::Away | State::Waiting | State::Promised | State::Talking | State::AfterWork => {
                self.releases(id);
            }
        }
    }

    /// The agent is done with a contact, and it is gone.
    fn releases(&mut self, id: u32) {
        let agent = self.puts_down(id);
        self.contacts.drop(id);
        self.goes_on(agent);
    }

    /// Takes a contact out of its agent's hands; the agent has not yet gone on.
    pub(super) fn puts_down(&mut self, id: u32) -> u32 {
        self.note(What::Ends, id);
        let Contact { agent, .. } = self.contacts[id];
        let held = usize::from(self.floor[agent].in_hand);
        if !self.floor[agent].whole {
            self.floor.put_down(agent, id);
            self.changes_pace(agent, held - 1, held, held - 1);
        }
        self.floor[agent].in_hand -= 1;
        if self.floor[agent].in_hand == 0 {
            self.floor[agent].whole = false;
            self.gets_free(agent);
        }
        agent
    }
}

impl CallBackCounts {
    /// When the wait of somebody asked at `asked_s`, first called at `called_s` and answering at `answers_s` ends.
    pub(super) fn wait_ends(self, asked_s: f64, called_s: f64, answers_s: f64) -> f64 {
        match self {
            Self::Promise => asked_s,
            Self::FirstAttempt => called_s,
            Self::Answer => answers_s,
        }
    }
}
