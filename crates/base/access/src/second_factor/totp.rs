//! Codes that change with the time: RFC 6238, as every authenticator app knows them.
//!
//! A code is six digits of an HMAC over the number of half minutes since 1970. SHA-1 is what the apps agree on; its
//! known weakness is collisions, which say nothing about an HMAC.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha1::Sha1;

use super::are_equal;

/// How long a code stands, in seconds.
const STEP_S: i64 = 30;

const DIGITS: usize = 6;

/// Half minutes by which a telephone's clock may be off, either way.
const SLACK_STEPS: i64 = 1;

/// What app and server share: 160 random bits, as long as the hash they go into.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 20]);

impl Secret {
    pub(super) fn new(random: [u8; 20]) -> Self {
        Self(random)
    }

    /// The secret in these bytes, if there are 20.
    pub fn read(stored: &[u8]) -> Option<Self> {
        stored.try_into().ok().map(Self)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret in groups of four letters, to be typed into an app by hand.
    pub fn typed(&self) -> String {
        let letters = self.letters();
        let groups: Vec<&str> =
            (0..letters.len()).step_by(4).map(|start| &letters[start..start + 4]).collect();
        groups.join(" ")
    }

    /// The address that opens an authenticator app and tells it everything.
    ///
    /// `issuer` and `account` are what the app shows; anything but letters and digits is written as `%xx`.
    pub fn otpauth_uri(&self, issuer: &str, account: &str) -> String {
        let (issuer, account, secret) = (encoded(issuer), encoded(account), self.letters());
        format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}")
    }

    fn letters(&self) -> String {
        data_encoding::BASE32_NOPAD.encode(&self.0)
    }

    /// The step whose code was typed, if it is the one that stands now or a neighbour.
    pub fn step_of(&self, typed: &str, now: Timestamp) -> Option<i64> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let current = now.as_second().div_euclid(STEP_S);
        let mut near = current - SLACK_STEPS..=current + SLACK_STEPS;
        // Should two neighbours have the same code, the later one is used up with it.
        near.rfind(|step| are_equal(&self.code(*step), &typed))
    }

    /// The code of an instant; what an app shows then.
    pub fn code_at(&self, now: Timestamp) -> String {
        self.code(now.as_second().div_euclid(STEP_S))
    }

    fn code(&self, step: i64) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).expect("an HMAC takes keys of any length");
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        // RFC 4226, 5.3: the last four bits say where to read 31 bits.
        let start = usize::from(hash[19] & 15);
        let read = u32::from_be_bytes(hash[start..start + 4].try_into().expect("four bytes")) & 0x7fff_ffff;
        format!("{:0DIGITS$}", read % 10_u32.pow(DIGITS as u32))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

fn encoded(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    text.bytes()
        .map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The secret of the examples in RFC 6238, appendix B.
    const RFC: Secret = Secret(*b"12345678901234567890");

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn auth_04_the_examples_of_rfc_6238_come_out() {
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(RFC.code_at(at(second)), code, "{second}");
        }
    }

    #[test]
    fn auth_04_a_code_stands_in_its_half_minute_and_the_ones_beside_it() {
        let code = RFC.code_at(at(3_000));
        for (second, expected) in
            [(2_969, None), (2_970, Some(100)), (3_000, Some(100)), (3_059, Some(100)), (3_060, None)]
        {
            assert_eq!(RFC.step_of(&code, at(second)), expected, "{second}");
        }
    }

    #[test]
    fn the_address_for_apps_is_read_as_one_whatever_the_town_is_called() {
        let uri = RFC.otpauth_uri("Elm: wood & Co", "ana@elm.example");
        assert_eq!(
            uri,
            "otpauth://totp/Elm%3A%20wood%20%26%20Co:ana%40elm.example\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Elm%3A%20wood%20%26%20Co"
        );
        assert_eq!(RFC.typed(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }

    proptest! {
        #[test]
        fn auth_04_no_text_but_the_code_is_taken(text in "\\PC{0,12}", second in 0_i64..4_000_000_000) {
            if let Some(step) = RFC.step_of(&text, at(second)) {
                let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                prop_assert_eq!(digits, RFC.code(step));
            }
        }
    }
}
