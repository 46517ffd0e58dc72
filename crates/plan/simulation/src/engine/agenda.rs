//! What is still to happen, soonest first, and the order of what happens at the same instant.

/// What can happen. At the same instant it happens in this order, and within a kind by number of contact, agent or queue:
/// who is done makes room before anybody gives up, and who arrives comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Kind {
    /// A conversation ends, or an e-mail is answered.
    TalkEnds,
    /// An agent has finished the work after a contact.
    AfterWorkEnds,
    /// An agent comes back from a break.
    Returns,
    /// The next line of the roster: somebody comes, leaves or is due for a break.
    Roster,
    /// A contact has waited so long that more agents may take it.
    Widens,
    /// A contact has waited as long as it was willing to.
    GivesUp,
    /// The recorded menu is over.
    MenuEnds,
    /// Somebody is to be called back.
    CallBackDue,
    /// Somebody who was not served tries again.
    ComesAgain,
    /// A new contact of a queue.
    Arrives,
    /// An interval is over.
    IntervalEnds,
}

const KINDS: [Kind; 11] = [
    Kind::TalkEnds,
    Kind::AfterWorkEnds,
    Kind::Returns,
    Kind::Roster,
    Kind::Widens,
    Kind::GivesUp,
    Kind::MenuEnds,
    Kind::CallBackDue,
    Kind::ComesAgain,
    Kind::Arrives,
    Kind::IntervalEnds,
];

/// Something that happens to a contact, agent, queue or line of the roster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Event {
    /// Seconds from the start; never negative.
    pub(crate) at: f64,
    pub(crate) kind: Kind,
    /// Number of the contact, agent, queue or line.
    pub(crate) id: u32,
    /// An event whose generation is not that of its contact or agent has been overtaken and means nothing.
    pub(crate) generation: u32,
}

const GENERATION_BITS: u32 = 28;
const ID_BITS: u32 = 32;

/// Generations go round after this; an overtaken event is long gone by then.
pub(crate) const GENERATION_MASK: u32 = (1 << GENERATION_BITS) - 1;

/// An event as a number that sorts as events are to happen: time, kind, number, generation. Non-negative floating-point
/// numbers sort like their bits.
type Key = u128;

impl Event {
    #[inline]
    fn key(self) -> Key {
        let tag = (self.kind as u64) << (GENERATION_BITS + ID_BITS)
            | u64::from(self.id) << GENERATION_BITS
            | u64::from(self.generation);
        Key::from(self.at.to_bits()) << 64 | Key::from(tag)
    }

    #[inline]
    fn of(key: Key) -> Self {
        let tag = key as u64;
        Self {
            at: f64::from_bits((key >> 64) as u64),
            kind: KINDS[(tag >> (GENERATION_BITS + ID_BITS)) as usize],
            id: (tag >> GENERATION_BITS) as u32,
            generation: tag as u32 & GENERATION_MASK,
        }
    }
}

/// A heap with four children to a node, so that the children of one fill a cache line.
///
/// Most events cause another: the root that was taken stays a hole until the next one is added, and then one descent does
/// the work of two.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    heap: Vec<Key>,
    root_is_taken: bool,
    overtaken: usize,
}

/// Few overtaken events are not worth a sweep.
const OVERTAKEN_MIN: usize = 256;

impl Agenda {
    pub(crate) fn clear(&mut self) {
        self.heap.clear();
        (self.root_is_taken, self.overtaken) = (false, 0);
    }

    #[inline]
    pub(crate) fn add(&mut self, event: Event) {
        let key = event.key();
        if self.root_is_taken {
            self.root_is_taken = false;
            self.sink(0, key);
        } else {
            self.heap.push(key);
            self.rise(self.heap.len() - 1, key);
        }
    }

    /// The next event; it leaves the agenda.
    #[inline]
    pub(crate) fn take(&mut self) -> Option<Event> {
        self.fill_root();
        let first = *self.heap.first()?;
        self.root_is_taken = true;
        Some(Event::of(first))
    }

    /// Notes that so many events have been overtaken; says whether a sweep is due.
    #[inline]
    pub(crate) fn overtake(&mut self, count: usize) -> bool {
        self.overtaken += count;
        self.overtaken > OVERTAKEN_MIN && 2 * self.overtaken > self.heap.len()
    }

    /// Drops overtaken events. Each sweep costs as much as the events it drops have cost to add.
    pub(crate) fn sweep(&mut self, stands: impl Fn(Event) -> bool) {
        self.fill_root();
        self.heap.retain(|key| stands(Event::of(*key)));
        for nth in (0..self.heap.len().div_ceil(4)).rev() {
            self.sink(nth, self.heap[nth]);
        }
        self.overtaken = 0;
    }

    #[inline]
    fn fill_root(&mut self) {
        if !self.root_is_taken {
            return;
        }
        self.root_is_taken = false;
        if let Some(last) = self.heap.pop()
            && !self.heap.is_empty()
        {
            self.sink(0, last);
        }
    }

    #[inline]
    fn rise(&mut self, mut place: usize, key: Key) {
        while place > 0 {
            let parent = (place - 1) / 4;
            if self.heap[parent] <= key {
                break;
            }
            self.heap[place] = self.heap[parent];
            place = parent;
        }
        self.heap[place] = key;
    }

    #[inline]
    fn sink(&mut self, mut place: usize, key: Key) {
        loop {
            let children = self.heap.get(4 * place + 1..).unwrap_or_default();
            let (child, least) = match *children {
                [] => break,
                [a, b, c, d, ..] => {
                    let (left, left_key) = if b < a { (1, b) } else { (0, a) };
                    let (right, right_key) = if d < c { (3, d) } else { (2, c) };
                    if right_key < left_key { (right, right_key) } else { (left, left_key) }
                }
                ref few => least(few),
            };
            if key <= least {
                break;
            }
            self.heap[place] = least;
            place = 4 * place + 1 + child;
        }
        self.heap[place] = key;
    }
}

/// Place and value of the smallest of at least one key.
fn least(keys: &[Key]) -> (usize, Key) {
    let mut found = (0, keys[0]);
    for (nth, key) in keys.iter().enumerate().skip(1) {
        if *key < found.1 {
            found = (nth, *key);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event(at: f64, kind: Kind, id: u32) -> Event {
        Event { at, kind, id, generation: id % 7 }
    }

    #[test]
    fn at_the_same_instant_who_is_done_comes_first_and_who_arrives_last() {
        let mut agenda = Agenda::default();
        for kind in [Kind::Arrives, Kind::GivesUp, Kind::Roster, Kind::TalkEnds] {
            agenda.add(event(5.0, kind, 1));
        }
        let order: Vec<Kind> = std::iter::from_fn(|| agenda.take()).map(|event| event.kind).collect();
        assert_eq!(order, [Kind::TalkEnds, Kind::Roster, Kind::GivesUp, Kind::Arrives]);
    }

    #[test]
    fn every_kind_comes_out_as_it_went_in() {
        for (nth, kind) in KINDS.into_iter().enumerate() {
            assert_eq!(kind as usize, nth);
            let event = Event { at: 1.5, kind, id: u32::MAX, generation: GENERATION_MASK };
            assert_eq!(Event::of(event.key()), event);
        }
    }

    proptest! {
        #[test]
        fn events_come_out_in_order_however_they_are_added(
            steps in prop::collection::vec((0_u32..1000, any::<bool>()), 1..400), swept in 0_u32..5
        ) {
            let (mut agenda, mut expected) = (Agenda::default(), Vec::new());
            for (nth, (at, takes)) in steps.iter().enumerate() {
                let one = event(f64::from(*at), Kind::Arrives, nth as u32);
                agenda.add(one);
                expected.push(one.key());
                if *takes {
                    expected.sort_unstable();
                    prop_assert_eq!(agenda.take().map(Event::key), Some(expected.remove(0)));
                }
            }
            agenda.sweep(|event| event.id % 5 != swept);
            expected.retain(|key| Event::of(*key).id % 5 != swept);
            expected.sort_unstable();
            let rest: Vec<Key> = std::iter::from_fn(|| agenda.take()).map(Event::key).collect();
            prop_assert_eq!(rest, expected);
        }
    }
}
