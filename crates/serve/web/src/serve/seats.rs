//! How many connections may be open, in total and from one source network.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::source::Source;

/// The counts of open connections.
#[derive(Clone)]
pub(crate) struct Seats {
    taken: Arc<Mutex<Taken>>,
    total_max: usize,
    per_source_max: usize,
}

#[derive(Default)]
struct Taken {
    total: usize,
    by_source: HashMap<Source, usize>,
}

/// One open connection; dropping it gives the seat back.
pub(crate) struct Seat {
    seats: Seats,
    source: Source,
}

impl Seats {
    pub(crate) fn new(total_max: usize, per_source_max: usize) -> Self {
        Self { taken: Arc::default(), total_max, per_source_max }
    }

    /// A seat, unless the house or this source's share of it is full.
    pub(crate) fn take(&self, address: IpAddr) -> Option<Seat> {
        let source = Source::of(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.total >= self.total_max {
            return None;
        }
        let here = taken.by_source.entry(source).or_default();
        // A proxy or load generator on this machine speaks for many people.
        if *here >= self.per_source_max && !source.is_this_machine() {
            return None;
        }
        *here += 1;
        taken.total += 1;
        Some(Seat { seats: self.clone(), source })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.total -= 1;
        if let Some(here) = taken.by_source.get_mut(&self.source) {
            *here -= 1;
            if *here == 0 {
                taken.by_source.remove(&self.source);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const SECOND: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    #[test]
    fn one_source_cannot_take_every_seat() {
        let seats = Seats::new(3, 2);
        let held = [seats.take(FIRST), seats.take(FIRST)];
        assert!(held.iter().all(Option::is_some));
        assert!(seats.take(FIRST).is_none());
        assert!(seats.take(SECOND).is_some());
    }

    #[test]
    fn a_seat_that_is_given_back_can_be_taken_again() {
        let seats = Seats::new(1, 1);
        let held = seats.take(FIRST);
        assert!(seats.take(SECOND).is_none());
        drop(held);
        assert!(seats.take(SECOND).is_some());
    }
}
