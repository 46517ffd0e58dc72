//! One run: events are taken off the agenda in order, and each does what it does.
//!
//! The agenda is in [`agenda`], the contacts in [`contacts`], the agents in [`floor`]. What happens stands in the order of a
//! contact's life: [`door`] lets it in, [`line`] keeps it waiting, [`serve`] gives it to an agent, [`call_back`] and
//! [`elsewhere`] do what else can become of it; [`duty`] makes agents come, pause and leave.

mod agenda;
mod call_back;
mod contacts;
mod door;
mod duty;
mod elsewhere;
mod floor;
mod journal;
mod line;
mod serve;

use agenda::{Agenda, Event, Kind};
use contacts::{Contact, Contacts, State};
use door::Door;
use duty::Tired;
use floor::Floor;
pub use journal::{Happening, What};

use crate::center::{Center, Channel, Queue};
use crate::chance::{Source, Ziggurat, source_key};
use crate::figures::{IntervalCounts, QueueCounts, Replication, TeamCounts};

/// More contacts in the center than this are not followed.
const CONTACTS_MAX: usize = 4_000_000;

/// A run that cannot be brought to its end.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SimulationError {
    /// More contacts wait than memory is meant for.
    #[error(
        "queue {queue:?}: {waiting} contacts wait at hour {hour:.1} and more keep coming; nobody gives up waiting, and there are too few agents"
    )]
    Overgrown {
        /// The longest queue.
        queue: String,
        /// How many wait for it.
        waiting: u32,
        /// Hours from the start.
        hour: f64,
    },
}

/// Runs a center through its time, as often as one likes; memory is used again from run to run.
#[derive(Debug)]
pub struct Simulator<'c> {
    center: &'c Center,
    ziggurat: Ziggurat,
    agenda: Agenda,
    contacts: Contacts,
    floor: Floor,
    doors: Vec<Door>,
    tired: Vec<Tired>,
    absence_key: u64,
    /// The next line of the roster.
    roster_line: usize,
    now_s: f64,
    counts: Replication,
    journal: Option<Vec<Happening>>,
}

impl<'c> Simulator<'c> {
    /// Ready to run a center.
    pub fn new(center: &'c Center) -> Self {
        Self {
            center,
            ziggurat: Ziggurat::new(),
            agenda: Agenda::default(),
            contacts: Contacts::default(),
            floor: Floor::default(),
            doors: Vec::new(),
            tired: Vec::new(),
            absence_key: 0,
            roster_line: 0,
            now_s: 0.0,
            counts: Replication::default(),
            journal: None,
        }
    }

    /// The run that a seed and a replication's number stand for: the same on every machine, whatever ran before. Two centers
    /// run with the same seed and number meet the same contacts.
    ///
    /// # Errors
    /// When the contacts in the center outgrow memory.
    pub fn replicate(&mut self, seed: u64, number: u64) -> Result<Replication, SimulationError> {
        self.begin_run(seed, number);
        while let Some(event) = self.agenda.take() {
            self.handle(event);
            if self.contacts.count() > CONTACTS_MAX {
                return Err(self.overgrown());
            }
        }
        self.end_run();
        Ok(std::mem::take(&mut self.counts))
    }

    /// The same run, with everything that contacts and agents did in order of time.
    ///
    /// # Errors
    /// As [`Simulator::replicate`].
    pub fn replicate_with_journal(
        &mut self,
        seed: u64,
        number: u64,
    ) -> Result<(Replication, Vec<Happening>), SimulationError> {
        self.journal = Some(Vec::new());
        let counts = self.replicate(seed, number);
        let journal = self.journal.take().unwrap_or_default();
        Ok((counts?, journal))
    }

    fn begin_run(&mut self, seed: u64, number: u64) {
        let center = self.center;
        self.now_s = 0.0;
        self.agenda.clear();
        self.contacts.clear(center.queues.len());
        self.floor.clear(center);
        self.absence_key = source_key(seed, number, Source::Absence);
        self.counts = Replication {
            queues: vec![QueueCounts::default(); center.queues.len()],
            teams: vec![TeamCounts::default(); center.teams.len()],
            intervals: vec![IntervalCounts::default(); center.intervals()],
            events: 0,
        };
        self.open_the_floor();
        self.open_the_doors(seed, number);
        self.add(center.interval_s, Kind::IntervalEnds, 0);
    }

    #[inline]
    fn handle(&mut self, event: Event) {
        if event.kind.is_about_a_contact() {
            let contact = &mut self.contacts[event.id];
            if contact.generation != event.generation {
                return;
            }
            contact.timers -= 1;
        }
        self.now_s = event.at;
        self.counts.events += 1;
        match event.kind {
            Kind::TalkEnds => self.talk_ends(event.id),
            Kind::AfterWorkEnds => self.after_work_ends(event.id),
            Kind::Returns => self.returns(event.id, event.generation),
            Kind::Roster => self.follow_the_roster(),
            Kind::Widens => self.widens(event.id),
            Kind::GivesUp => self.gives_up(event.id),
            Kind::MenuEnds => self.menu_ends(event.id),
            Kind::CallBackDue => self.call_back_due(event.id),
            Kind::ComesAgain => self.comes_again(event.id),
            Kind::Arrives => self.arrives(event.id as usize),
            Kind::IntervalEnds => self.interval_ends(event.id as usize),
        }
    }

    /// Contacts and agents as they are at the end of the `nth` interval.
    fn interval_ends(&mut self, nth: usize) {
        let interval = &mut self.counts.intervals[nth];
        for (queue, about) in self.center.queues.iter().enumerate() {
            let waiting = self.contacts.waiting_for(queue);
            match about.channel {
                Channel::Phone | Channel::Chat => interval.waiting += waiting,
                Channel::Email => interval.backlog += waiting,
            }
        }
        (interval.busy, interval.on_duty) = (self.floor.busy, self.floor.on_duty);
        let end_s = (nth + 2) as f64 * self.center.interval_s;
        if nth + 1 < self.counts.intervals.len() {
            self.add(end_s, Kind::IntervalEnds, nth as u32 + 1);
        }
    }

    /// Closes the books: time of those still at work, contacts that nobody is left to take.
    fn end_run(&mut self) {
        self.now_s = f64::max(self.now_s, self.center.horizon_s);
        self.send_everybody_home();
        for queue in 0..self.center.queues.len() {
            while let Some(id) = self.contacts.first_for(queue) {
                self.contacts.leave_line(id);
                self.left_over(id);
            }
        }
    }

    fn left_over(&mut self, id: u32) {
        let waited_s = f64::max(0.0, self.center.horizon_s - self.contacts[id].asked_s);
        if let Some(counts) = self.counted(id) {
            counts.left_over += 1;
            counts.wait_all_s += waited_s;
        }
        self.contacts.drop(id);
    }

    fn overgrown(&self) -> SimulationError {
        let longest = (0..self.center.queues.len()).max_by_key(|queue| self.contacts.waiting_for(*queue));
        let longest = longest.unwrap_or_default();
        SimulationError::Overgrown {
            queue: self.center.queues[longest].name.clone(),
            waiting: self.contacts.waiting_for(longest),
            hour: self.now_s / 3600.0,
        }
    }

    // What every part needs.

    fn queue_of(&self, contact: &Contact) -> &'c Queue {
        &self.center.queues[usize::from(contact.queue)]
    }

    /// The counts that a contact belongs to, if it is counted.
    #[inline]
    fn counted(&mut self, id: u32) -> Option<&mut QueueCounts> {
        let contact = &self.contacts[id];
        contact.counted.then(|| &mut self.counts.queues[usize::from(contact.queue)])
    }

    /// Whether what comes now is counted.
    fn counts_now(&self) -> bool {
        (self.center.warm_up_s..self.center.horizon_s).contains(&self.now_s)
    }

    /// How much of the time since then is counted.
    #[inline]
    fn counted_since(&self, from_s: f64) -> f64 {
        let to_s = f64::min(self.now_s, self.center.horizon_s);
        f64::max(0.0, to_s - f64::max(from_s, self.center.warm_up_s))
    }

    /// Puts an event about a queue, the roster or an interval on the agenda.
    fn add(&mut self, at: f64, kind: Kind, id: u32) {
        self.agenda.add(Event { at, kind, id, generation: 0 });
    }

    /// Puts an event about a contact on the agenda, `after_s` from now.
    #[inline]
    fn schedule(&mut self, after_s: f64, kind: Kind, id: u32) {
        let contact = &mut self.contacts[id];
        contact.timers += 1;
        let generation = contact.generation;
        self.agenda.add(Event { at: self.now_s + after_s, kind, id, generation });
    }

    /// Takes what is on the agenda about a contact off it.
    #[inline]
    fn overtake(&mut self, id: u32) {
        let count = self.contacts.overtake(id);
        if count > 0 && self.agenda.overtake(count) {
            let (contacts, floor) = (&self.contacts, &self.floor);
            self.agenda.sweep(|event| match event.kind {
                Kind::Returns => floor[event.id].generation == event.generation,
                kind if kind.is_about_a_contact() => contacts[event.id].generation == event.generation,
                _ => true,
            });
        }
    }
}

impl Kind {
    fn is_about_a_contact(self) -> bool {
        match self {
            Self::TalkEnds
            | Self::AfterWorkEnds
            | Self::Widens
            | Self::GivesUp
            | Self::MenuEnds
            | Self::CallBackDue
            | Self::ComesAgain => true,
            Self::Returns | Self::Roster | Self::Arrives | Self::IntervalEnds => false,
        }
    }
}
