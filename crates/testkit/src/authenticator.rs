//! An authenticator without hardware: it makes a passkey and signs with it, as the W3C's Web Authentication asks.

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha256};

const PRESENT: u8 = 1;
const HAS_KEY: u8 = 1 << 6;

/// One authenticator with one passkey.
#[derive(Clone)]
pub struct Authenticator {
    key: SigningKey,
    number: u8,
    presence: u8,
}

/// What an authenticator and the browser around it say when a passkey is used.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The ceremony in the browser's words.
    pub client_data: Vec<u8>,
    /// The ceremony in the authenticator's words.
    pub authenticator_data: Vec<u8>,
    /// Over both.
    pub signature: Vec<u8>,
}

impl Authenticator {
    /// The authenticator of this number; each has its own key.
    ///
    /// # Panics
    /// For number 0, which gives no key.
    pub fn new(number: u8) -> Self {
        let key = SigningKey::from_slice(&[number; 32]).expect("a small number is a key");
        Self { key, number, presence: PRESENT }
    }

    /// One that nobody touches.
    #[must_use]
    pub fn without_presence(self) -> Self {
        Self { presence: 0, ..self }
    }

    /// What it calls its passkey.
    pub fn credential(&self) -> Vec<u8> {
        vec![self.number; 16]
    }

    /// Makes the passkey at this address: the browser's words, and the attestation.
    pub fn register(&self, challenge: &[u8], origin: &str) -> (Vec<u8>, Vec<u8>) {
        let said = self.data(origin, HAS_KEY, 0, &self.attested());
        let mut attestation = vec![0xa3];
        attestation.extend(text("fmt"));
        attestation.extend(text("none"));
        attestation.extend(text("attStmt"));
        attestation.push(0xa0);
        attestation.extend(text("authData"));
        attestation.extend(bytes(&said));
        (client_data("webauthn.create", challenge, origin), attestation)
    }

    /// Signs a challenge for this address, as its signature of this count.
    pub fn sign(&self, challenge: &[u8], origin: &str, count: u32) -> Signed {
        let client_data = client_data("webauthn.get", challenge, origin);
        let authenticator_data = self.data(origin, 0, count, &[]);
        let message = [&authenticator_data[..], &Sha256::digest(&client_data)].concat();
        let signature: Signature = self.key.sign(&message);
        Signed { client_data, authenticator_data, signature: signature.to_der().as_bytes().to_vec() }
    }

    fn data(&self, origin: &str, flags: u8, count: u32, rest: &[u8]) -> Vec<u8> {
        let host = origin.split("://").nth(1).unwrap_or_default();
        let host = host.split([':', '/']).next().unwrap_or_default();
        let flags = [self.presence | flags];
        [&Sha256::digest(host.as_bytes())[..], &flags, &count.to_be_bytes(), rest].concat()
    }

    /// The model (none), the name of the passkey, and its COSE key.
    fn attested(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let credential = self.credential();
        let mut said = vec![0; 16];
        said.extend([0, credential.len() as u8]);
        said.extend(credential);
        // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
        said.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]);
        said.extend(bytes(point.x().expect("a point of a key")));
        said.push(0x22);
        said.extend(bytes(point.y().expect("not compressed")));
        said
    }
}

fn client_data(kind: &str, challenge: &[u8], origin: &str) -> Vec<u8> {
    let challenge = BASE64URL_NOPAD.encode(challenge);
    format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#).into()
}

/// A short text in CBOR.
fn text(text: &str) -> Vec<u8> {
    [&[0x60 + text.len() as u8], text.as_bytes()].concat()
}

/// Up to 255 bytes in CBOR.
fn bytes(bytes: &[u8]) -> Vec<u8> {
    [&[0x58, bytes.len() as u8], bytes].concat()
}
