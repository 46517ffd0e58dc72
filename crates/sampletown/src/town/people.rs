//! Made-up people: names from our own lists, addresses nobody can receive mail at, telephone numbers kept for fiction.

use super::words;
use crate::chance::{Chance, Purpose};

/// Somebody who does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeUpPerson {
    /// Given and family name.
    pub name: String,
    /// At `example.org`, which never receives mail.
    pub email: String,
    /// In the range 555-0100 to 555-0199, which is reserved for fiction.
    pub phone: String,
}

impl MadeUpPerson {
    /// The `number`-th made-up person of a seed; always the same one.
    pub fn new(seed: u64, number: u64) -> Self {
        let mut chance = Chance::of(seed, Purpose::People, number);
        let (given, family) = (chance.pick(words::GIVEN_NAMES), chance.pick(words::FAMILY_NAMES));
        Self {
            name: format!("{given} {family}"),
            email: format!("{}.{}.{number}@example.org", given.to_lowercase(), family.to_lowercase()),
            phone: format!("+1 308 555 01{:02}", chance.below(100)),
        }
    }
}
