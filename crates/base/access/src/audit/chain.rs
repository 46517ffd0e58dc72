//! How one entry's hash is made from the entry and the hash before it.

use sha2::{Digest, Sha256};

/// The hash of one entry.
pub(super) type Hash = [u8; 32];

/// What stands before the first entry of a lane.
pub(super) const FIRST: Hash = [0; 32];

/// Part of every hash, so that another layout of the fields can never give the same one.
const LAYOUT: &[u8] = b"townline audit entry 1";

/// Everything of an entry that its hash covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link<'a> {
    pub(super) jurisdiction: &'a str,
    pub(super) lane: i64,
    pub(super) seq: i64,
    pub(super) at_us: i64,
    pub(super) actor: &'a str,
    pub(super) action: &'a str,
    pub(super) object: &'a str,
    pub(super) detail: &'a str,
}

impl Link<'_> {
    /// SHA-256 over the layout's name, the hash before, the numbers, and each text after its length.
    pub(super) fn hash(&self, before: &Hash) -> Hash {
        let mut hash = Sha256::new();
        hash.update(LAYOUT);
        hash.update(before);
        for number in [self.lane, self.seq, self.at_us] {
            hash.update(number.to_be_bytes());
        }
        for text in [self.jurisdiction, self.actor, self.action, self.object, self.detail] {
            // The length keeps "ab" + "c" apart from "a" + "bc".
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hash.finalize().into()
    }
}

/// Reads a hash from a column; bytes of another length are a hash that nothing matches.
pub(super) fn hash_in(row: &db::Row<'_>, index: usize) -> Result<Hash, db::Error> {
    let bytes: Vec<u8> = row.get(index)?;
    Hash::try_from(bytes.as_slice()).map_err(|e| row.misfit(index, "a hash of 32 bytes", e.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LINK: Link<'static> = Link {
        jurisdiction: "springfield.example",
        lane: 0,
        seq: 1,
        at_us: 1_778_256_000_000_000,
        actor: "system:import",
        action: "request.closed",
        object: "request:1",
        detail: "{}",
    };

    #[test]
    fn the_hash_of_an_entry_never_changes_between_versions() {
        // Computed by another program from the layout above; a chain written today must verify for ever.
        let hash = data_encoding::HEXLOWER.encode(&LINK.hash(&FIRST));
        assert_eq!(hash, "2581cf91d963ec8fda9b582ba321f17506f75e126f3ec1eb5243f1d23c0b78a6");
    }

    #[test]
    fn moving_a_letter_from_one_field_to_the_next_changes_the_hash() {
        let moved = Link { object: "request:", detail: "1{}", ..LINK };
        assert_ne!(moved.hash(&FIRST), LINK.hash(&FIRST));
    }

    proptest! {
        #[test]
        fn every_field_and_the_hash_before_count(n in 1_i64.., text in "\\PC{1,9}", before: [u8; 32]) {
            prop_assume!(before != FIRST);
            let same = LINK.hash(&FIRST);
            prop_assert_ne!(LINK.hash(&before), same);
            let changed = [
                Link { lane: LINK.lane.wrapping_add(n), ..LINK },
                Link { seq: LINK.seq.wrapping_add(n), ..LINK },
                Link { at_us: LINK.at_us.wrapping_add(n), ..LINK },
            ];
            for link in changed {
                prop_assert_ne!(link.hash(&FIRST), same);
            }
            let longer = |old: &str| format!("{old}{text}");
            prop_assert_ne!(Link { jurisdiction: &longer(LINK.jurisdiction), ..LINK }.hash(&FIRST), same);
            prop_assert_ne!(Link { actor: &longer(LINK.actor), ..LINK }.hash(&FIRST), same);
            prop_assert_ne!(Link { action: &longer(LINK.action), ..LINK }.hash(&FIRST), same);
            prop_assert_ne!(Link { object: &longer(LINK.object), ..LINK }.hash(&FIRST), same);
            prop_assert_ne!(Link { detail: &longer(LINK.detail), ..LINK }.hash(&FIRST), same);
        }
    }
}
