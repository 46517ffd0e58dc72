//! Contacts come: at random times, with the rates of their queue, through a menu if there is one.

use super::agenda::Kind;
use super::{Contact, Simulator};
use crate::center::{Arrivals, DAY_S, Menu, Queue, day_of};
use crate::chance::{Draws, Purpose, Source, Ziggurat, name_key, nth_seed, source_key};

/// The way in of one queue.
#[derive(Debug, Clone)]
pub(super) struct Door {
    draws: Draws,
    contacts_key: u64,
    days_key: u64,
    /// Contacts so far.
    count: u64,
    piece: usize,
    at_s: f64,
    day_factor: f64,
}

impl Door {
    fn new(seed: u64, replication: u64, queue: &Queue) -> Self {
        let name = name_key(&queue.name);
        let day_spread = queue.arrivals.day_spread;
        let key = |source| nth_seed(source_key(seed, replication, source), name);
        let mut door = Self {
            draws: Draws::new(key(Source::Arrivals)),
            contacts_key: key(Source::Contacts),
            days_key: key(Source::Days),
            count: 0,
            piece: 0,
            at_s: 0.0,
            day_factor: 1.0,
        };
        door.new_day(day_spread);
        door
    }

    /// The seed of the next contact.
    fn next_seed(&mut self) -> u64 {
        self.count += 1;
        nth_seed(self.contacts_key, self.count)
    }

    /// When the next contact comes. The expected number of contacts until then is exponential with mean 1, so it is used up
    /// piece by piece.
    fn next_arrival(&mut self, arrivals: &Arrivals, ziggurat: &Ziggurat) -> Option<f64> {
        let mut needed = ziggurat.exponential(&mut self.draws);
        loop {
            let piece = arrivals.pieces.get(self.piece)?;
            let until_s = self.even_until(piece.until_s, arrivals.day_spread);
            let rate = piece.per_second * self.day_factor;
            let coming = rate * (until_s - self.at_s);
            if needed < coming {
                self.at_s += needed / rate;
                return Some(self.at_s);
            }
            needed -= coming;
            self.at_s = until_s;
            self.piece += usize::from(until_s == piece.until_s);
            self.new_day(arrivals.day_spread);
        }
    }

    /// Up to when the rate stays as it is: the end of the piece, or midnight where days differ.
    fn even_until(&self, piece_until_s: f64, day_spread: f64) -> f64 {
        if day_spread == 0.0 {
            return piece_until_s;
        }
        f64::min(piece_until_s, (day_of(self.at_s) + 1) as f64 * DAY_S)
    }

    fn new_day(&mut self, day_spread: f64) {
        if day_spread > 0.0 {
            let mut draws = Draws::new(nth_seed(self.days_key, day_of(self.at_s)));
            let sigma = libm::log(1.0 + day_spread * day_spread).sqrt();
            self.day_factor = libm::exp(sigma * draws.normal() - 0.5 * sigma * sigma);
        }
    }
}

impl Simulator<'_> {
    pub(super) fn open_the_doors(&mut self, seed: u64, replication: u64) {
        self.doors.clear();
        for (nth, queue) in self.center.queues.iter().enumerate() {
            self.doors.push(Door::new(seed, replication, queue));
            for _ in 0..queue.backlog {
                let seed = self.doors[nth].next_seed();
                let id = self.comes(seed, nth);
                self.enters(id);
            }
            self.await_arrival(nth);
        }
    }

    fn await_arrival(&mut self, queue: usize) {
        let arrivals = &self.center.queues[queue].arrivals;
        if let Some(at_s) = self.doors[queue].next_arrival(arrivals, &self.ziggurat) {
            self.add(at_s, Kind::Arrives, queue as u32);
        }
    }

    pub(super) fn arrives(&mut self, queue: usize) {
        self.await_arrival(queue);
        let seed = self.doors[queue].next_seed();
        let id = self.comes(seed, queue);
        self.knocks(id);
    }

    /// A new contact, or a new try of an old one.
    pub(super) fn comes(&mut self, seed: u64, queue: usize) -> u32 {
        let contact = Contact::new(seed, queue, self.now_s, self.counts_now());
        let id = self.contacts.put(contact);
        if let Some(counts) = self.counted(id) {
            counts.came += 1;
        }
        id
    }

    /// Lets a contact in, to the menu or the queue, unless nobody gets in.
    #[inline]
    pub(super) fn knocks(&mut self, id: u32) {
        let queue = self.queue_of(&self.contacts[id]);
        if !queue.arrivals.outages.is_empty() && queue.arrivals.is_out(self.now_s) {
            if let Some(counts) = self.counted(id) {
                counts.turned_away += 1;
            }
            return self.goes_elsewhere(id);
        }
        match &queue.menu {
            Some(menu) => {
                let mut draws = Draws::about(self.contacts[id].seed, Purpose::MenuTime);
                let lasts_s = menu.lasts.draw(self.now_s, &self.ziggurat, &mut draws);
                self.schedule(lasts_s, Kind::MenuEnds, id);
            }
            None => self.enters(id),
        }
    }

    pub(super) fn menu_ends(&mut self, id: u32) {
        match &self.queue_of(&self.contacts[id]).menu {
            Some(menu) => self.leaves_menu(id, menu),
            None => self.enters(id),
        }
    }

    fn leaves_menu(&mut self, id: u32, menu: &Menu) {
        let contact = self.contacts[id];
        let place = Draws::about(contact.seed, Purpose::Menu).share();
        let contained = menu.contained.at(contact.came_s);
        if place >= contained + menu.hang_up.at(contact.came_s) {
            return self.enters(id);
        }
        if let Some(counts) = self.counted(id) {
            counts.contained += u64::from(place < contained);
            counts.hung_up += u64::from(place >= contained);
        }
        self.contacts.drop(id);
    }
}
