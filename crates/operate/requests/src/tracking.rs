//! The private link: who holds it may act as the one who reported.
//!
//! A token is the request's number and 128 random bits in Crockford's base 32, grouped for reading:
//! `10005.7ZK4-M2QX-…`. The number only says where to look; the bits are the proof. We keep their
//! SHA-256, so that a stolen database opens no link, and need no index over random values.

use std::fmt;
use std::str::FromStr;

use data_encoding::{Encoding, Specification};
use db::{Tx, params};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use subtle::ConstantTimeEq;

use access::JurisdictionId;

use crate::error::RequestError;
use crate::request::RequestId;

const SECRET_BYTES: usize = 16;
/// 128 bits in base 32.
const SECRET_LETTERS: usize = 26;
const LETTERS_IN_A_GROUP: usize = 4;
/// No imported number is longer (see the import's own check).
const NUMBER_LETTERS_MAX: usize = 64;

static CROCKFORD: LazyLock<Encoding> = LazyLock::new(|| {
    let mut letters = Specification::new();
    letters.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    // People read O for 0 and I or L for 1.
    letters.translate.from.push_str("abcdefghjkmnpqrstvwxyzOoIiLl");
    letters.translate.to.push_str("ABCDEFGHJKMNPQRSTVWXYZ001111");
    letters.ignore.push_str("- ");
    letters.check_trailing_bits = false;
    letters.encoding().expect("32 different letters")
});

/// A private tracking token, as it stands in the link. Never stored, never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct TrackingToken {
    number: String,
    secret: [u8; SECRET_BYTES],
}

/// The text is no tracking token of ours: wrong letters or length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a tracking token")]
pub struct NotAToken;

/// Proof that somebody showed the private link of one request, and so may act as its reporter.
///
/// Only [`reporter`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporter {
    jurisdiction: JurisdictionId,
    request: RequestId,
}

impl Reporter {
    /// The request that was reported.
    pub fn request(&self) -> RequestId {
        self.request
    }

    /// Where it was reported.
    pub fn jurisdiction(&self) -> &JurisdictionId {
        &self.jurisdiction
    }
}

const SECRET_OF: &str = "
    select id, tracking_hash from service_request
    where jurisdiction_id = $1 and number = $2 and tracking_hash is not null";

/// Who shows this token is the reporter of the request answered; `None` when it opens nothing.
///
/// # Errors
/// When the store fails.
pub fn reporter(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    token: &TrackingToken,
) -> Result<Option<Reporter>, RequestError> {
    let kept = tx.query_opt(SECRET_OF, params![jurisdiction, token.number], |row| {
        Ok((row.get::<RequestId>(0)?, row.get::<Vec<u8>>(1)?))
    })?;
    let opened = kept.filter(|(_, hash)| bool::from(token.hash().ct_eq(hash)));
    Ok(opened.map(|(request, _)| Reporter { jurisdiction: jurisdiction.clone(), request }))
}

impl TrackingToken {
    pub(crate) fn new(number: &str, secret: [u8; SECRET_BYTES]) -> Self {
        Self { number: number.to_owned(), secret }
    }

    pub(crate) fn number(&self) -> &str {
        &self.number
    }

    /// What the database keeps of the secret.
    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.secret).to_vec()
    }
}

impl fmt::Display for TrackingToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.", self.number)?;
        let letters = CROCKFORD.encode(&self.secret);
        for (position, letter) in letters.chars().enumerate() {
            if position > 0 && position % LETTERS_IN_A_GROUP == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

/// Shows whose token it is, never the secret: a token in a log would open the request.
impl fmt::Debug for TrackingToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TrackingToken({}.…)", self.number)
    }
}

impl FromStr for TrackingToken {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let (number, letters) = text.trim().rsplit_once('.').ok_or(NotAToken)?;
        let letters: String = letters.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        if number.is_empty() || number.len() > NUMBER_LETTERS_MAX || letters.len() != SECRET_LETTERS {
            return Err(NotAToken);
        }
        let bytes = CROCKFORD.decode(letters.as_bytes()).map_err(|_| NotAToken)?;
        Ok(Self { number: number.to_owned(), secret: bytes.try_into().map_err(|_| NotAToken)? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_token_read_out_loud_with_o_and_l_still_opens() {
        let token = TrackingToken::new("10005", [0; SECRET_BYTES]);
        let heard = token.to_string().to_lowercase().replace('0', "o").replace("1ooo5", "10005");
        assert_eq!(heard.parse(), Ok(token));
    }

    #[test]
    fn the_debug_form_keeps_the_secret() {
        let token = TrackingToken::new("10005", [7; SECRET_BYTES]);
        assert_eq!(format!("{token:?}"), "TrackingToken(10005.…)");
    }

    proptest! {
        #[test]
        fn auth_11_every_token_survives_the_way_through_a_link(secret: [u8; SECRET_BYTES], running in 1000_i64..99_999_999) {
            let token = TrackingToken::new(&crate::number::with_check_digit(running), secret);
            prop_assert_eq!(token.to_string().parse(), Ok(token));
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in ".*") {
            let _ = text.parse::<TrackingToken>();
        }
    }
}
