//! Argon2id: how a password becomes something that may be stored.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};

use super::Password;

/// Random bytes that make equal passwords hash differently; one for each hash, from `Tx::random` or
/// any other source of chance fit for secrets.
pub type Salt = [u8; 16];

/// What one hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hashing {
    memory_kib: u32,
    passes: u32,
}

/// Why a cost is impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Argon2id cannot work with {memory_kib} KiB and {passes} passes")]
pub struct BadHashing {
    /// Memory asked for.
    pub memory_kib: u32,
    /// Passes asked for.
    pub passes: u32,
}

impl Hashing {
    /// What the product uses: 19 MiB, two passes, one lane (AUTH-03).
    pub const STANDARD: Hashing = Hashing { memory_kib: 19 * 1024, passes: 2 };

    /// Another cost, over one lane; tests hash many times and take a low one.
    ///
    /// # Errors
    /// [`BadHashing`] when Argon2id has no such parameters.
    pub fn new(memory_kib: u32, passes: u32) -> Result<Self, BadHashing> {
        let hashing = Hashing { memory_kib, passes };
        match Params::new(memory_kib, passes, 1, None) {
            Ok(_) => Ok(hashing),
            Err(_) => Err(BadHashing { memory_kib, passes }),
        }
    }

    /// Hashes a password that passed the rules.
    pub fn hash(self, password: &Password, salt: Salt) -> PasswordHash {
        self.hash_text(password.as_str(), salt)
    }

    fn hash_text(self, password: &str, salt: Salt) -> PasswordHash {
        let hash = self.argon2().hash_password_with_salt(password.as_bytes(), &salt);
        let hash = hash.expect("the parameters were checked by new and a salt of 16 bytes fits");
        PasswordHash(hash.to_string())
    }

    /// A hash that no password matches, at the same cost as a real one.
    pub(crate) fn of_nobody(self) -> PasswordHash {
        const NO_OUTPUT: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let Hashing { memory_kib, passes } = self;
        PasswordHash(format!("$argon2id$v=19$m={memory_kib},t={passes},p=1$bm9ib2R5IGF0IGFsbCE${NO_OUTPUT}"))
    }

    fn argon2(self) -> Argon2<'static> {
        let params = Params::new(self.memory_kib, self.passes, 1, None);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params.expect("checked by new"))
    }

    /// True when `hash` was made at a lower cost than this.
    fn exceeds(self, hash: &argon2::PasswordHash) -> bool {
        let stored = Params::try_from(hash);
        stored.is_ok_and(|p| p.m_cost() < self.memory_kib || p.t_cost() < self.passes)
    }
}

/// A hashed password with its parameters and salt, in the PHC string form.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

/// What became of comparing a typed password with a stored hash.
pub(crate) enum Checked {
    Wrong,
    Right {
        /// The same password hashed anew, when the stored hash was made at a lower cost.
        stronger: Option<PasswordHash>,
    },
}

impl PasswordHash {
    pub(crate) fn from_column(stored: String) -> Self {
        Self(stored)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares at the cost the hash was made with. A stored text that is no hash matches nothing.
    pub(crate) fn check(&self, typed: &str, wanted: Hashing, salt: Salt) -> Checked {
        let Ok(stored) = argon2::PasswordHash::new(&self.0) else {
            return Checked::Wrong;
        };
        match wanted.argon2().verify_password(typed.as_bytes(), &stored) {
            Ok(()) => {
                let stronger = wanted.exceeds(&stored).then(|| wanted.hash_text(typed, salt));
                Checked::Right { stronger }
            }
            Err(_) => Checked::Wrong,
        }
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHEAP: Hashing = Hashing { memory_kib: 16, passes: 1 };

    fn is_right(hash: &PasswordHash, typed: &str) -> bool {
        matches!(hash.check(typed, CHEAP, [1; 16]), Checked::Right { .. })
    }

    proptest! {
        #[test]
        fn auth_01_every_character_of_a_password_counts(text in "\\PC{8,128}", other in "\\PC") {
            let hash = CHEAP.hash_text(&text, [7; 16]);
            prop_assert!(is_right(&hash, &text));
            let mut changed: Vec<char> = text.chars().collect();
            let last = changed.pop().unwrap();
            let shorter: String = changed.iter().collect();
            prop_assert!(!is_right(&hash, &shorter));
            prop_assume!(last.to_string() != other);
            prop_assert!(!is_right(&hash, &(shorter + &other)));
        }
    }

    #[test]
    fn auth_03_the_product_hashes_with_argon2id_19_mib_and_two_passes() {
        let hash = Hashing::STANDARD.hash_text("a cat asleep on the warm photocopier", [7; 16]);
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }

    #[test]
    fn auth_03_a_hash_made_at_a_lower_cost_is_made_anew_and_a_dearer_one_is_kept() {
        let dearer = Hashing::new(32, 2).unwrap();
        let old = CHEAP.hash_text("correct", [7; 16]);
        let Checked::Right { stronger: Some(new) } = old.check("correct", dearer, [9; 16]) else {
            panic!("the old hash was not replaced");
        };
        assert!(new.as_str().contains("m=32,t=2"));
        assert!(matches!(new.check("correct", CHEAP, [1; 16]), Checked::Right { stronger: None }));
    }

    #[test]
    fn auth_06_the_hash_of_nobody_costs_the_same_and_matches_nothing() {
        let nobody = CHEAP.of_nobody();
        let parsed = argon2::PasswordHash::new(nobody.as_str()).unwrap();
        assert_eq!(Params::try_from(&parsed).unwrap().m_cost(), CHEAP.memory_kib);
        for typed in ["", "nobody at all!", "AAAA"] {
            assert!(!is_right(&nobody, typed));
        }
    }

    #[test]
    fn a_text_that_is_no_hash_matches_nothing() {
        for stored in ["", "correct", "$argon2id$v=19$m=16,t=1,p=1", "$argon2id$"] {
            assert!(!is_right(&PasswordHash::from_column(stored.into()), stored));
        }
    }

    #[test]
    fn impossible_costs_are_refused() {
        assert!(Hashing::new(0, 1).is_err());
        assert!(Hashing::new(16, 0).is_err());
    }
}
