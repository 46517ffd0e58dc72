//! The people who sign in to the demonstration: one for each role.

use access::Role;

use crate::town::{MadeUpPerson, Town};

/// A demo sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    /// What they may do.
    pub role: Role,
    /// Made-up name.
    pub name: String,
    /// `agent@example.org` and so on: easy to type, and nobody's.
    pub email: String,
}

impl Town {
    /// One member of staff for each role, in the order of [`Role::ALL`].
    pub fn staff(&self) -> Vec<StaffMember> {
        let member = |(nth, role): (usize, &Role)| StaffMember {
            role: *role,
            name: MadeUpPerson::new(self.seed, nth as u64).name,
            email: format!("{role}@example.org"),
        };
        Role::ALL.iter().enumerate().map(member).collect()
    }
}
