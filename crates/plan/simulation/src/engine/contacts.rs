//! The contacts in the center: a slot each, used again when it is free, so that no contact costs memory of its own.

use super::agenda::GENERATION_MASK;

/// No contact, no agent.
pub(crate) const NONE: u32 = u32::MAX;

/// One try of somebody to get something done in one queue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contact {
    /// Everything that chance decides about this try comes from here.
    pub(crate) seed: u64,
    /// When it came.
    pub(crate) came_s: f64,
    /// Since when it waits, for its place in line and for who may take it.
    pub(crate) entered_s: f64,
    /// From when its wait is counted.
    pub(crate) asked_s: f64,
    /// When the conversation began.
    pub(crate) began_s: f64,
    /// When it will end, as things stand.
    pub(crate) ends_s: f64,
    /// When it was first called back.
    pub(crate) called_s: f64,
    /// Events of another generation are no longer about it.
    pub(crate) generation: u32,
    pub(crate) next: u32,
    pub(crate) previous: u32,
    pub(crate) agent: u32,
    pub(crate) queue: u16,
    pub(crate) state: State,
    /// How often it came before.
    pub(crate) tries: u8,
    /// How often it was called back.
    pub(crate) attempts: u8,
    /// Events of its generation that are still on the agenda.
    pub(crate) timers: u8,
    /// Whether it came while contacts are counted.
    pub(crate) counted: bool,
}

/// Where a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// In the menu, or on the way to a later time.
    Away,
    Waiting,
    /// Waiting for a call back, without holding the line.
    Promised,
    Talking,
    /// Gone; the agent still works on it.
    AfterWork,
    /// An attempt that finds nobody.
    Attempt,
}

impl Contact {
    pub(crate) fn new(seed: u64, queue: usize, now_s: f64, counted: bool) -> Self {
        Self {
            seed,
            came_s: now_s,
            entered_s: now_s,
            asked_s: now_s,
            began_s: now_s,
            ends_s: now_s,
            called_s: now_s,
            generation: 0,
            next: NONE,
            previous: NONE,
            agent: NONE,
            queue: queue as u16,
            state: State::Away,
            tries: 0,
            attempts: 0,
            timers: 0,
            counted,
        }
    }
}

/// All slots, and the contacts that wait in line for each queue.
#[derive(Debug, Default)]
pub(crate) struct Contacts {
    slots: Vec<Contact>,
    free: Vec<u32>,
    lines: Vec<Line>,
    waiting: u32,
}

/// Those who wait for a queue, first come first.
#[derive(Debug, Clone, Copy)]
struct Line {
    first: u32,
    last: u32,
    count: u32,
}

const NOBODY: Line = Line { first: NONE, last: NONE, count: 0 };

impl Contacts {
    pub(crate) fn clear(&mut self, queues: usize) {
        self.slots.clear();
        self.free.clear();
        self.lines.clear();
        self.lines.resize(queues, NOBODY);
        self.waiting = 0;
    }

    /// Slots in use.
    pub(crate) fn count(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    #[inline]
    pub(crate) fn put(&mut self, mut contact: Contact) -> u32 {
        if let Some(id) = self.free.pop() {
            // The slot's generation goes on, so that events about its last contact stay overtaken.
            contact.generation = self.slots[id as usize].generation;
            self.slots[id as usize] = contact;
            return id;
        }
        self.slots.push(contact);
        (self.slots.len() - 1) as u32
    }

    /// The contact is gone; its slot is free.
    #[inline]
    pub(crate) fn drop(&mut self, id: u32) {
        self.overtake(id);
        self.free.push(id);
    }

    /// Whatever is on the agenda about the contact means nothing any more; says how many events that are.
    #[inline]
    pub(crate) fn overtake(&mut self, id: u32) -> usize {
        let contact = &mut self[id];
        contact.generation = (contact.generation + 1) & GENERATION_MASK;
        usize::from(std::mem::take(&mut contact.timers))
    }

    /// Contacts waiting in all lines.
    #[inline]
    pub(crate) fn waiting(&self) -> u32 {
        self.waiting
    }

    pub(crate) fn waiting_for(&self, queue: usize) -> u32 {
        self.lines[queue].count
    }

    /// Who has waited longest for a queue.
    #[inline]
    pub(crate) fn first_for(&self, queue: usize) -> Option<u32> {
        let first = self.lines[queue].first;
        (first != NONE).then_some(first)
    }

    /// Puts a contact at the end of its queue's line.
    pub(crate) fn line_up(&mut self, id: u32) {
        let queue = usize::from(self[id].queue);
        let last = std::mem::replace(&mut self.lines[queue].last, id);
        (self[id].previous, self[id].next) = (last, NONE);
        match last {
            NONE => self.lines[queue].first = id,
            last => self[last].next = id,
        }
        self.lines[queue].count += 1;
        self.waiting += 1;
    }

    /// Takes a contact out of its queue's line, wherever it stands.
    pub(crate) fn leave_line(&mut self, id: u32) {
        let Contact { queue, previous, next, .. } = self[id];
        let queue = usize::from(queue);
        match previous {
            NONE => self.lines[queue].first = next,
            previous => self[previous].next = next,
        }
        match next {
            NONE => self.lines[queue].last = previous,
            next => self[next].previous = previous,
        }
        self.lines[queue].count -= 1;
        self.waiting -= 1;
    }
}

impl std::ops::Index<u32> for Contacts {
    type Output = Contact;

    #[inline]
    fn index(&self, id: u32) -> &Contact {
        &self.slots[id as usize]
    }
}

impl std::ops::IndexMut<u32> for Contacts {
    #[inline]
    fn index_mut(&mut self, id: u32) -> &mut Contact {
        &mut self.slots[id as usize]
    }
}
