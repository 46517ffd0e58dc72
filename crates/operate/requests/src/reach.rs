//! Finding what somebody reported by the e-mail address or phone number they left.
//!
//! People write the same address and the same number in many ways, so both are kept a second time in one form: the
//! address in small letters, the number as its digits without the 1 of North America. Whoever asks has shown that the
//! address is theirs (see `access::residents`); nobody else gets a [`Reach`] to ask with but by typing one, which only
//! sends a message to it.

use access::JurisdictionId;
use db::{Tx, params};

use crate::contact::{email_address, phone_number};
use crate::error::RequestError;
use crate::stored::{Stored, columns, read};
use crate::text;
use crate::views::ReporterView;

/// Where messages reach somebody, in the form in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// An e-mail address.
    Email(String),
    /// The digits of a phone number.
    Phone(String),
}

/// Most requests shown to one person.
const SHOWN_MAX: i64 = 200;

impl Reach {
    /// What somebody typed, an address or a number.
    ///
    /// # Errors
    /// [`RequestError::NotAnEmailAddress`], [`RequestError::NotAPhoneNumber`], or that nothing was typed.
    pub fn read(typed: &str) -> Result<Self, RequestError> {
        let line = text::required_line("reach", typed)?;
        if line.contains('@') {
            Ok(Reach::Email(email_key(&email_address(line)?)))
        } else {
            Ok(Reach::Phone(phone_key(&phone_number(line)?)))
        }
    }

    /// The address or number of a [`Reach::key`].
    pub fn from_key(key: String) -> Self {
        if key.contains('@') { Reach::Email(key) } else { Reach::Phone(key) }
    }

    /// The text by which it is compared and kept.
    pub fn key(&self) -> &str {
        match self {
            Reach::Email(key) | Reach::Phone(key) => key,
        }
    }
}

pub(crate) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Without an extension: it rings in the same house.
pub(crate) fn phone_key(phone: &str) -> String {
    let number = phone.split(['x', 'X', '#', 'e']).next().unwrap_or_default();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('1') {
        Some(rest) if rest.len() == 10 => rest.to_owned(),
        _ => digits,
    }
}

const BY_EMAIL: &str = concat!(
    "select ",
    columns!(),
    " from request_contact c
      join service_request r on r.jurisdiction_id = c.jurisdiction_id and r.id = c.request_id
      where c.jurisdiction_id = $1 and c.email_key = $2 order by c.request_id desc limit $3"
);

const BY_PHONE: &str = concat!(
    "select ",
    columns!(),
    " from request_contact c
      join service_request r on r.jurisdiction_id = c.jurisdiction_id and r.id = c.request_id
      where c.jurisdiction_id = $1 and c.phone_key = $2 order by c.request_id desc limit $3"
);

fn found(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    reach: &Reach,
    limit: i64,
) -> Result<Vec<Stored>, RequestError> {
    let sql = match reach {
        Reach::Email(_) => BY_EMAIL,
        Reach::Phone(_) => BY_PHONE,
    };
    Ok(tx.query(sql, params![jurisdiction, reach.key(), limit], read)?)
}

/// Whether anything was reported with this address.
///
/// # Errors
/// The store's.
pub fn has_reported(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    reach: &Reach,
) -> Result<bool, RequestError> {
    Ok(!found(tx, jurisdiction, reach, 1)?.is_empty())
}

/// What was reported with this address, the newest first, without photos.
///
/// # Errors
/// The store's.
pub fn reported_with(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    reach: &Reach,
) -> Result<Vec<ReporterView>, RequestError> {
    let stored = found(tx, jurisdiction, reach, SHOWN_MAX)?;
    Ok(stored.into_iter().map(|one| ReporterView::of(one, Vec::new())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_written_in_many_ways_is_one() {
        for typed in ["617-555-0123", "(617) 555 0123", "+1 617.555.0123", "617 555 0123 x5"] {
            assert_eq!(Reach::read(typed).unwrap(), Reach::Phone("6175550123".to_owned()), "{typed}");
        }
        assert_eq!(Reach::read(" Rosa@Mail.Example ").unwrap(), Reach::Email("rosa@mail.example".to_owned()));
        assert_eq!(Reach::read("+49 30 901820").unwrap().key(), "4930901820");
        for typed in ["", "rosa", "rosa@", "12"] {
            assert!(Reach::read(typed).is_err(), "{typed}");
        }
    }
}
