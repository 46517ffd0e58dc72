//! What is slowed first in a storm: four classes of work, each with its own ceiling.
//!
//! A class that is full answers "come back in a moment" at once instead of queueing, so that intake
//! keeps its place when everybody reads at the same time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A class of work, the most important first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Reports, additions to them, and health checks.
    Intake,
    /// Desk and admin.
    Staff,
    /// Public pages and lists.
    Reading,
    /// Long lists for machines, exports, verification.
    Analysis,
}

/// How many requests of each class may be answered at once.
#[derive(Debug, Clone, Copy)]
pub struct Ceilings {
    /// For [`Class::Intake`].
    pub intake: usize,
    /// For [`Class::Staff`].
    pub staff: usize,
    /// For [`Class::Reading`].
    pub reading: usize,
    /// For [`Class::Analysis`].
    pub analysis: usize,
}

impl Default for Ceilings {
    fn default() -> Self {
        Self { intake: 2_048, staff: 512, reading: 512, analysis: 64 }
    }
}

/// The running counts.
#[derive(Clone)]
pub(crate) struct Load(Arc<[Counted; 4]>);

struct Counted {
    running: AtomicUsize,
    max: usize,
}

/// One running request; dropping it makes room.
pub(crate) struct Room {
    load: Load,
    class: Class,
}

impl Load {
    pub(crate) fn new(ceilings: Ceilings) -> Self {
        let counted = |max| Counted { running: AtomicUsize::new(0), max };
        let Ceilings { intake, staff, reading, analysis } = ceilings;
        Self(Arc::new([counted(intake), counted(staff), counted(reading), counted(analysis)]))
    }

    /// Room for one more request of this class, if there is any.
    pub(crate) fn enter(&self, class: Class) -> Option<Room> {
        let counted = &self.0[class as usize];
        if counted.running.fetch_add(1, Ordering::AcqRel) >= counted.max {
            counted.running.fetch_sub(1, Ordering::AcqRel);
            return None;
        }
        Some(Room { load: self.clone(), class })
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.load.0[self.class as usize].running.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ovl_02_a_full_class_leaves_the_others_alone() {
        let load = Load::new(Ceilings { intake: 2, staff: 1, reading: 1, analysis: 0 });
        let reading = load.enter(Class::Reading);
        assert!(reading.is_some());
        assert!(load.enter(Class::Reading).is_none());
        assert!(load.enter(Class::Analysis).is_none());
        assert!(load.enter(Class::Intake).is_some());
        drop(reading);
        assert!(load.enter(Class::Reading).is_some());
    }
}
