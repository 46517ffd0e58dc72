//! The one secret an installation keeps outside its database.
//!
//! Every use has a key of its own, derived from it: [`CheckpointKey`] signs the ends of the audit chains, [`SealingKey`]
//! encrypts what has to be read again, such as the secrets of authenticator apps. Somebody with a copy of the database
//! alone can do neither.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::audit::CheckpointKey;

/// Names the use, so that no derived key says anything about another. Never change one: what it made would be lost.
const CHECKPOINTS: &[u8] = b"townline checkpoints 1";
const SEALING: &[u8] = b"townline sealing 1";

/// Random bytes that make equal secrets look different once sealed.
pub(crate) type Nonce = [u8; 24];

/// 256 random bits, the same on every node of an installation.
#[derive(Clone, PartialEq, Eq)]
pub struct InstallationKey([u8; 32]);

impl InstallationKey {
    /// A key of random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads what [`InstallationKey::reveal`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = data_encoding::HEXLOWER.decode(text.trim().as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The key as it is kept in a file; never log it.
    pub fn reveal(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }

    /// What signs checkpoints.
    pub fn for_checkpoints(&self) -> CheckpointKey {
        CheckpointKey::new(self.derived(CHECKPOINTS))
    }

    /// What seals secrets.
    pub fn for_sealing(&self) -> SealingKey {
        SealingKey(self.derived(SEALING))
    }

    fn derived(&self, for_what: &[u8]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.0)
            .expect("an HMAC takes keys of any length");
        mac.update(for_what);
        mac.finalize().into_bytes().into()
    }
}

/// Encrypts secrets that have to be read again (XChaCha20-Poly1305).
#[derive(Clone)]
pub struct SealingKey([u8; 32]);

impl SealingKey {
    /// Seals a secret for one owner; the nonce stands before it.
    pub(crate) fn seal(&self, nonce: Nonce, owner: &str, secret: &[u8]) -> Vec<u8> {
        let payload = Payload { msg: secret, aad: owner.as_bytes() };
        let sealed = self.cipher().encrypt(&nonce.into(), payload);
        let sealed = sealed.expect("a secret is far shorter than what the cipher takes");
        [&nonce[..], &sealed].concat()
    }

    /// The secret; none when another key or another owner's was sealed, or a byte was changed.
    pub(crate) fn open(&self, owner: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
        let payload = Payload { msg: sealed, aad: owner.as_bytes() };
        self.cipher().decrypt(&(*nonce).into(), payload).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

impl std::fmt::Debug for InstallationKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InstallationKey(hidden)")
    }
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealingKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NONCE: Nonce = [3; 24];

    proptest! {
        #[test]
        fn auth_04_a_sealed_secret_opens_whole_for_its_owner_and_key_alone(
            secret: Vec<u8>, key: [u8; 32], other: [u8; 32], byte: prop::sample::Index, bit in 0..8_u8,
        ) {
            prop_assume!(key != other);
            let (seal, strange) =
                (InstallationKey::new(key).for_sealing(), InstallationKey::new(other).for_sealing());
            let sealed = seal.seal(NONCE, "ana", &secret);
            prop_assert_eq!(seal.open("ana", &sealed), Some(secret));
            prop_assert_eq!(seal.open("eve", &sealed), None);
            prop_assert_eq!(strange.open("ana", &sealed), None);
            let mut changed = sealed.clone();
            changed[byte.index(sealed.len())] ^= 1 << bit;
            prop_assert_eq!(seal.open("ana", &changed), None);
        }

        #[test]
        fn no_bytes_from_the_database_upset_the_opening(bytes: Vec<u8>) {
            prop_assert_eq!(InstallationKey::new([1; 32]).for_sealing().open("ana", &bytes), None);
        }
    }

    #[test]
    fn what_is_kept_in_the_file_reads_back_and_shows_itself_nowhere_else() {
        let key = InstallationKey::new([7; 32]);
        assert_eq!(InstallationKey::read(&format!("{}\n", key.reveal())), Some(key.clone()));
        assert_eq!(InstallationKey::read("07"), None);
        assert_eq!(format!("{key:?}{:?}", key.for_sealing()), "InstallationKey(hidden)SealingKey(hidden)");
    }
}
