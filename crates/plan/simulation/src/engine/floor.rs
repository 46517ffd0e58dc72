//! The agents: who is at work, what each has in hand, and who has been free longest.

use super::contacts::NONE;
use crate::center::{CHATS_MAX, Center};

/// One person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Agent {
    pub(crate) team: u16,
    pub(crate) duty: Duty,
    pub(crate) wish: Wish,
    pub(crate) in_hand: u8,
    /// Whether what is in hand takes the whole agent: a call, an e-mail.
    pub(crate) whole: bool,
    pub(crate) generation: u32,
    /// Since when on duty.
    pub(crate) on_since_s: f64,
    /// Since when with something in hand.
    pub(crate) busy_since_s: f64,
    /// Since when in the list of those who can take something.
    listed_since_s: f64,
    /// Which list that is; [`NONE`] for none.
    list: u32,
    next: u32,
    previous: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Duty {
    Off,
    On,
    Break,
}

/// What an agent will do once nothing is in hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Wish {
    Work,
    Break { length_s: f64 },
    Leave,
}

/// Those of one team with the same number of contacts in hand who can take one more, longest free first.
#[derive(Debug, Clone, Copy)]
struct Free {
    first: u32,
    last: u32,
}

const NOBODY: Free = Free { first: NONE, last: NONE };

/// Everybody, and the lists of those who can take something.
#[derive(Debug, Default)]
pub(crate) struct Floor {
    agents: Vec<Agent>,
    /// What agents who chat have in hand.
    hands: Vec<[u32; CHATS_MAX]>,
    free: Vec<Free>,
    /// Where the lists of each team begin.
    lists_of: Vec<u32>,
    pub(crate) on_duty: u32,
    pub(crate) busy: u32,
}

impl Floor {
    /// Everybody is at home.
    pub(crate) fn clear(&mut self, center: &Center) {
        (self.on_duty, self.busy) = (0, 0);
        self.agents.clear();
        self.hands.clear();
        self.free.clear();
        self.lists_of.clear();
        for (nth, team) in center.teams.iter().enumerate() {
            self.lists_of.push(self.free.len() as u32);
            self.free.resize(self.free.len() + team.parallel(), NOBODY);
            self.agents.resize(self.agents.len() + team.agents as usize, Agent::at_home(nth));
        }
        if center.teams.iter().any(|team| team.chats.is_some()) {
            self.hands.resize(self.agents.len(), [NONE; CHATS_MAX]);
        }
    }

    pub(crate) fn count(&self) -> u32 {
        self.agents.len() as u32
    }

    /// Who of a team has been able to take one more for longest, among those with `in_hand` contacts; and since when.
    #[inline]
    pub(crate) fn longest_free(&self, team: usize, in_hand: usize) -> Option<(u32, f64)> {
        let first = self.free[self.lists_of[team] as usize + in_hand].first;
        (first != NONE).then(|| (first, self[first].listed_since_s))
    }

    /// Puts an agent at the end of the list for what is in hand.
    #[inline]
    pub(crate) fn list(&mut self, id: u32, now_s: f64) {
        let agent = self[id];
        let list = self.lists_of[usize::from(agent.team)] + u32::from(agent.in_hand);
        let last = std::mem::replace(&mut self.free[list as usize].last, id);
        match last {
            NONE => self.free[list as usize].first = id,
            last => self[last].next = id,
        }
        self[id] = Agent { list, next: NONE, previous: last, listed_since_s: now_s, ..agent };
    }

    /// Takes an agent off the list, if on one.
    #[inline]
    pub(crate) fn unlist(&mut self, id: u32) {
        let Agent { list, previous, next, .. } = self[id];
        if list == NONE {
            return;
        }
        match previous {
            NONE => self.free[list as usize].first = next,
            previous => self[previous].next = next,
        }
        match next {
            NONE => self.free[list as usize].last = previous,
            next => self[next].previous = previous,
        }
        self[id].list = NONE;
    }

    /// Notes a chat in the hands of its agent.
    pub(crate) fn take_in_hand(&mut self, id: u32, contact: u32) {
        let place = usize::from(self[id].in_hand);
        self.hands[id as usize][place] = contact;
    }

    /// Forgets a chat; the agent still counts it.
    pub(crate) fn put_down(&mut self, id: u32, contact: u32) {
        let held = usize::from(self[id].in_hand);
        let hand = &mut self.hands[id as usize];
        if let Some(place) = hand[..held].iter().position(|one| *one == contact) {
            hand[place] = hand[held - 1];
        }
    }

    /// The `nth` chat in hand.
    pub(crate) fn in_hand(&self, id: u32, nth: usize) -> u32 {
        self.hands[id as usize][nth]
    }
}

impl Agent {
    fn at_home(team: usize) -> Self {
        Self {
            team: team as u16,
            duty: Duty::Off,
            wish: Wish::Work,
            in_hand: 0,
            whole: false,
            generation: 0,
            on_since_s: 0.0,
            busy_since_s: 0.0,
            listed_since_s: 0.0,
            list: NONE,
            next: NONE,
            previous: NONE,
        }
    }
}

impl std::ops::Index<u32> for Floor {
    type Output = Agent;

    #[inline]
    fn index(&self, id: u32) -> &Agent {
        &self.agents[id as usize]
    }
}

impl std::ops::IndexMut<u32> for Floor {
    #[inline]
    fn index_mut(&mut self, id: u32) -> &mut Agent {
        &mut self.agents[id as usize]
    }
}
