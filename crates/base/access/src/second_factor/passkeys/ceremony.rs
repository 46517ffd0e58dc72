//! What an authenticator signed, checked as the W3C's Web Authentication (Level 2, 7.1 and 7.2) asks: the right
//! ceremony, our challenge, our origin, our host, somebody present, and a signature by the key of this passkey.
//!
//! Keys are ECDSA on P-256 (ES256), which every kind of authenticator has. Who made the authenticator is not asked:
//! a city wants its staff to use what they have.

use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::cbor::{self, Value};

/// Longer than any browser writes about a ceremony.
const CLIENT_DATA_BYTES_MAX: usize = 4_096;
/// The longest name of a passkey that the standard allows.
const CREDENTIAL_BYTES_MAX: usize = 1_023;

/// Random bytes that an authenticator signs, so that nothing it signed before can be shown again.
pub type Challenge = [u8; 32];

/// The place on the web that a passkey is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    origin: String,
    host: String,
}

impl Site {
    /// The site of an address such as `https://311.example` or `http://localhost:3110`; none when it names no host.
    pub fn new(origin: &str) -> Option<Self> {
        let origin = origin.trim_end_matches('/').to_ascii_lowercase();
        let (_, authority) = origin.split_once("://")?;
        let host = authority.split(['/', ':']).next().filter(|host| !host.is_empty())?;
        Some(Self { host: host.to_owned(), origin })
    }

    /// What browsers call the identity of the site: its host name alone.
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// What a browser sends when a passkey was made.
#[derive(Debug, Clone, Default)]
pub struct Registration {
    /// The ceremony in the browser's words, as JSON.
    pub client_data: Vec<u8>,
    /// The new key with its authenticator's words about it.
    pub attestation: Vec<u8>,
}

/// What a browser sends when a passkey was used.
#[derive(Debug, Clone, Default)]
pub struct Assertion {
    /// Which passkey.
    pub credential: Vec<u8>,
    /// The ceremony in the browser's words, as JSON.
    pub client_data: Vec<u8>,
    /// The ceremony in the authenticator's words.
    pub authenticator_data: Vec<u8>,
    /// Over both.
    pub signature: Vec<u8>,
}

/// A passkey that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewKey {
    pub(super) credential: Vec<u8>,
    /// An uncompressed point of P-256.
    pub(super) public_key: Vec<u8>,
    pub(super) sign_count: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

impl Registration {
    /// The passkey that was made in answer to this challenge at this site.
    pub(super) fn checked(&self, challenge: &Challenge, site: &Site) -> Option<NewKey> {
        check_client_data(&self.client_data, "webauthn.create", challenge, site)?;
        let (attestation, rest) = cbor::read(&self.attestation)?;
        let said = AuthenticatorData::read(attestation.get(&Value::Text("authData"))?.bytes()?)?;
        if !rest.is_empty() || !said.is_at(site) {
            return None;
        }
        let (credential, public_key) = said.key?;
        Some(NewKey { credential: credential.to_vec(), public_key, sign_count: said.sign_count })
    }
}

impl Assertion {
    /// The count of signatures, when this passkey signed this challenge at this site, and was not copied.
    pub(super) fn checked(
        &self,
        challenge: &Challenge,
        site: &Site,
        public_key: &[u8],
        last_count: u32,
    ) -> Option<u32> {
        check_client_data(&self.client_data, "webauthn.get", challenge, site)?;
        let said = AuthenticatorData::read(&self.authenticator_data).filter(|said| said.is_at(site))?;
        let key = VerifyingKey::from_sec1_bytes(public_key).ok()?;
        let signed = [&self.authenticator_data[..], &Sha256::digest(&self.client_data)].concat();
        key.verify(&signed, &Signature::from_der(&self.signature).ok()?).ok()?;
        // Some authenticators do not count. One that does and falls behind has a twin.
        let counts = last_count > 0 || said.sign_count > 0;
        (!counts || said.sign_count > last_count).then_some(said.sign_count)
    }
}

fn check_client_data(json: &[u8], kind: &str, challenge: &Challenge, site: &Site) -> Option<()> {
    if json.len() > CLIENT_DATA_BYTES_MAX {
        return None;
    }
    let said: ClientData = serde_json::from_slice(json).ok()?;
    let answered = data_encoding::BASE64URL_NOPAD.decode(said.challenge.as_bytes()).ok()?;
    let is_ours = said.r#type == kind && said.origin == site.origin && !said.cross_origin;
    (is_ours && bool::from(answered.ct_eq(challenge))).then_some(())
}

/// The authenticator's own words (6.1): whose site, who was there, how many signatures, and the key when it is new.
struct AuthenticatorData<'a> {
    site_hash: &'a [u8],
    somebody_present: bool,
    sign_count: u32,
    key: Option<(&'a [u8], Vec<u8>)>,
}

impl<'a> AuthenticatorData<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        const PRESENT: u8 = 1;
        const HAS_KEY: u8 = 1 << 6;
        const HAS_MORE: u8 = 1 << 7;
        let (site_hash, rest) = bytes.split_at_checked(32)?;
        let (&flags, rest) = rest.split_first()?;
        let (count, mut rest) = rest.split_first_chunk::<4>()?;
        let mut key = None;
        if flags & HAS_KEY != 0 {
            let (credential, point, after) = attested_key(rest)?;
            (key, rest) = (Some((credential, point)), after);
        }
        if flags & HAS_MORE != 0 {
            (_, rest) = cbor::read(rest)?;
        }
        let sign_count = u32::from_be_bytes(*count);
        let somebody_present = flags & PRESENT != 0;
        rest.is_empty().then_some(Self { site_hash, somebody_present, sign_count, key })
    }

    fn is_at(&self, site: &Site) -> bool {
        self.somebody_present && self.site_hash == Sha256::digest(site.host.as_bytes()).as_slice()
    }
}

/// The name of a passkey, its point, and what follows.
fn attested_key(bytes: &[u8]) -> Option<(&[u8], Vec<u8>, &[u8])> {
    const MODEL_BYTES: usize = 16;
    let (_, rest) = bytes.split_at_checked(MODEL_BYTES)?;
    let (length, rest) = rest.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (credential, rest) = rest.split_at_checked(length)?;
    let (key, rest) = cbor::read(rest)?;
    let is_named = (1..=CREDENTIAL_BYTES_MAX).contains(&length);
    Some((credential, point(&key).filter(|_| is_named)?, rest))
}

/// The point of a COSE key (RFC 9053, 2.1 and 7.1): kind EC2, algorithm ES256, curve P-256.
fn point(key: &Value<'_>) -> Option<Vec<u8>> {
    let number = |label| match key.get(&Value::Number(label)) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let coordinate = |label| key.get(&Value::Number(label))?.bytes().filter(|bytes| bytes.len() == 32);
    if (number(1), number(3), number(-1)) != (Some(2), Some(-7), Some(1)) {
        return None;
    }
    let point = [&[4], coordinate(-2)?, coordinate(-3)?].concat();
    // A point that is not on the curve would make every signature worthless.
    VerifyingKey::from_sec1_bytes(&point).ok().map(|_| point)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use testkit::Authenticator;

    const CHALLENGE: Challenge = [9; 32];

    fn site() -> Site {
        Site::new("https://311.example").unwrap()
    }

    fn registration(authenticator: &Authenticator, challenge: &Challenge, origin: &str) -> Registration {
        let (client_data, attestation) = authenticator.register(challenge, origin);
        Registration { client_data, attestation }
    }

    fn assertion(
        authenticator: &Authenticator,
        challenge: &Challenge,
        origin: &str,
        count: u32,
    ) -> Assertion {
        let signed = authenticator.sign(challenge, origin, count);
        Assertion {
            credential: authenticator.credential(),
            client_data: signed.client_data,
            authenticator_data: signed.authenticator_data,
            signature: signed.signature,
        }
    }

    #[test]
    fn auth_04_a_passkey_made_here_signs_in_here() {
        let authenticator = Authenticator::new(1);
        let made = registration(&authenticator, &CHALLENGE, "https://311.example");
        let key = made.checked(&CHALLENGE, &site()).unwrap();
        assert_eq!(key.credential, authenticator.credential());
        let signed = assertion(&authenticator, &[8; 32], "https://311.example", 5);
        assert_eq!(signed.checked(&[8; 32], &site(), &key.public_key, key.sign_count), Some(5));
    }

    #[test]
    fn auth_04_another_challenge_site_ceremony_or_key_is_refused() {
        let authenticator = Authenticator::new(1);
        let key = registration(&authenticator, &CHALLENGE, "https://311.example")
            .checked(&CHALLENGE, &site())
            .unwrap()
            .public_key;
        let good = assertion(&authenticator, &CHALLENGE, "https://311.example", 5);
        let refused = |signed: &Assertion, why: &str| {
            assert_eq!(signed.checked(&CHALLENGE, &site(), &key, 0), None, "{why}");
        };
        refused(&assertion(&authenticator, &[1; 32], "https://311.example", 5), "another challenge");
        refused(
            &assertion(&authenticator, &CHALLENGE, "https://311.example.evil.example", 5),
            "another site",
        );
        refused(&assertion(&authenticator, &CHALLENGE, "http://311.example", 5), "without TLS");
        refused(&assertion(&Authenticator::new(2), &CHALLENGE, "https://311.example", 5), "another key");
        let made = authenticator.register(&CHALLENGE, "https://311.example");
        refused(&Assertion { client_data: made.0, ..good.clone() }, "the other ceremony");
        assert_eq!(good.checked(&CHALLENGE, &site(), &key, 5), None, "a count that stands still");
        assert_eq!(good.checked(&CHALLENGE, &site(), &key, 4), Some(5));
        for (index, bit) in [(0, 1), (32, 1), (36, 128)] {
            let mut changed = good.clone();
            changed.authenticator_data[index] ^= bit;
            refused(&changed, "what the authenticator said was changed");
        }
        assert!(good.checked(&CHALLENGE, &Site::new("https://other.example").unwrap(), &key, 0).is_none());
    }

    #[test]
    fn auth_04_nobody_present_is_nobody() {
        let absent = Authenticator::new(1).without_presence();
        let made = registration(&absent, &CHALLENGE, "https://311.example");
        assert_eq!(made.checked(&CHALLENGE, &site()), None);
    }

    #[test]
    fn a_site_is_the_host_of_its_address() {
        for (address, host) in [
            ("https://311.Example/", Some("311.example")),
            ("http://localhost:3110", Some("localhost")),
            ("", None),
            ("https://", None),
            ("311.example", None),
        ] {
            assert_eq!(Site::new(address).map(|site| site.host), host.map(str::to_owned), "{address}");
        }
    }

    proptest! {
        #[test]
        fn auth_04_a_registration_with_one_byte_changed_gives_no_other_key(byte: prop::sample::Index, bit in 0..8_u8) {
            let authenticator = Authenticator::new(1);
            let mut made = registration(&authenticator, &CHALLENGE, "https://311.example");
            let key = made.checked(&CHALLENGE, &site()).unwrap();
            let at = byte.index(made.attestation.len());
            made.attestation[at] ^= 1 << bit;
            // The name of the key, the model and the count may be others; the point may not.
            if let Some(changed) = made.checked(&CHALLENGE, &site()) {
                prop_assert_eq!(changed.public_key, key.public_key);
            }
        }

        #[test]
        fn inp_09_no_bytes_make_the_ceremonies_panic(
            client_data: Vec<u8>, attestation: Vec<u8>, authenticator_data: Vec<u8>, signature: Vec<u8>,
        ) {
            let made = Registration { client_data: client_data.clone(), attestation };
            prop_assert_eq!(made.checked(&CHALLENGE, &site()), None);
            let signed = Assertion { credential: Vec::new(), client_data, authenticator_data, signature };
            prop_assert_eq!(signed.checked(&CHALLENGE, &site(), &[4; 65], 0), None);
        }
    }
}
