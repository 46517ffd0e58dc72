//! Tokens that are worth as much as a password: how they are written, kept and compared.
//!
//! A token is random bytes; only its SHA-256 is stored, so a copy of the database opens no door. The
//! tokens have full entropy, so a plain hash is enough; passwords do not, and are hashed elsewhere.

use sha2::{Digest, Sha256};

/// What is stored instead of a token.
pub(crate) type Fingerprint = [u8; 32];

pub(crate) fn fingerprint(token: &[u8]) -> Fingerprint {
    Sha256::digest(token).into()
}

/// Defines a token of 256 random bits, written as 43 characters that fit in a cookie or an address.
macro_rules! token {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name([u8; 32]);

        impl $name {
            pub(crate) fn new(random: [u8; 32]) -> Self {
                Self(random)
            }

            /// Reads a presented token; anything malformed is no token at all.
            pub fn read(text: &str) -> Option<Self> {
                let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
                bytes.try_into().ok().map(Self)
            }

            /// The token as handed to its owner; never log or store it.
            pub fn reveal(&self) -> String {
                data_encoding::BASE64URL_NOPAD.encode(&self.0)
            }

            pub(crate) fn fingerprint(&self) -> $crate::secret::Fingerprint {
                $crate::secret::fingerprint(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }
    };
}
pub(crate) use token;

#[cfg(test)]
mod tests {
    use crate::sessions::SessionToken;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_revealed_token_reads_back_as_itself(random: [u8; 32]) {
            let token = SessionToken::new(random);
            prop_assert_eq!(SessionToken::read(&token.reveal()), Some(token.clone()));
            prop_assert_eq!(token.reveal().len(), 43);
        }

        #[test]
        fn auth_07_a_malformed_token_is_never_one(text in ".{0,60}") {
            if let Some(token) = SessionToken::read(&text) {
                prop_assert_eq!(token.reveal(), text);
            }
        }
    }

    #[test]
    fn a_token_does_not_show_itself_in_debug_output() {
        assert_eq!(format!("{:?}", SessionToken::new([7; 32])), "SessionToken(hidden)");
    }

    #[test]
    fn the_empty_token_matches_nothing() {
        assert_eq!(SessionToken::read(""), None);
        assert_eq!(SessionToken::read(" "), None);
    }
}
