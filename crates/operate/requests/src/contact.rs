//! How to reach whoever reported. Kept apart from the request, so that it can be forgotten alone.

use access::{Actor, JurisdictionId, Permission, audit};
use catalog::Catalog;
use db::{Tx, params};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::RequestError;
use crate::masking::Known;
use crate::reach;
use crate::request::RequestId;
use crate::text;

/// Whoever reported, as far as they told us.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// What they call themselves.
    pub name: Option<String>,
    /// Where mail reaches them.
    pub email: Option<String>,
    /// Where calls and messages reach them, as they write it.
    pub phone: Option<String>,
    /// Language tag they like to be answered in.
    pub language: Option<String>,
}

/// An address longer than this cannot be delivered to (RFC 5321).
const EMAIL_BYTES_MAX: usize = 254;

impl Contact {
    /// The same contact with every field checked; `None` when nothing was told.
    ///
    /// # Errors
    /// What is wrong with the first field that cannot be taken.
    pub fn checked(&self) -> Result<Option<Contact>, RequestError> {
        let line =
            |field, text: &Option<String>| text.as_deref().map_or(Ok(None), |text| text::line(field, text));
        let contact = Contact {
            name: line("name", &self.name)?,
            email: line("email", &self.email)?.map(email_address).transpose()?,
            phone: line("phone", &self.phone)?.map(phone_number).transpose()?,
            language: line("language", &self.language)?,
        };
        let told = contact.name.is_some() || contact.email.is_some() || contact.phone.is_some();
        Ok(told.then_some(contact))
    }

    /// Whether a message can be sent.
    pub fn is_reachable(&self) -> bool {
        self.email.is_some() || self.phone.is_some()
    }

    /// What must not stand in public texts about the request.
    pub(crate) fn known<'a>(contact: Option<&'a Contact>, catalog: &'a Catalog) -> Known<'a> {
        Known {
            name: contact.and_then(|contact| contact.name.as_deref()),
            phone: contact.and_then(|contact| contact.phone.as_deref()),
            office: Some(&catalog.jurisdiction.contact),
        }
    }
}

/// Only what no deliverable address can lack: whether it exists, a message will show.
pub(crate) fn email_address(text: String) -> Result<String, RequestError> {
    let (local, domain) = text.rsplit_once('@').ok_or(RequestError::NotAnEmailAddress)?;
    let bad = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')');
    let plausible =
        !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
    let single = !local.contains('@') && text.len() <= EMAIL_BYTES_MAX && !text.contains(bad);
    if plausible && single { Ok(text) } else { Err(RequestError::NotAnEmailAddress) }
}

/// Seven to fifteen digits (E.164), with the marks people write between them and perhaps an extension.
pub(crate) fn phone_number(text: String) -> Result<String, RequestError> {
    let number = text.split(['x', 'X', '#', 'e']).next().unwrap_or_default();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let other = number.chars().any(|c| !c.is_ascii_digit() && !" +-.()/\u{a0}".contains(c));
    if (7..=15).contains(&digits) && !other { Ok(text) } else { Err(RequestError::NotAPhoneNumber) }
}

const ADD: &str = "
    insert into request_contact (jurisdiction_id, request_id, name, email, phone, language, email_key, phone_key)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

pub(crate) fn add(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    request: RequestId,
    contact: &Contact,
) -> Result<(), RequestError> {
    let Contact { name, email, phone, language } = contact;
    let (email_key, phone_key) =
        (email.as_deref().map(reach::email_key), phone.as_deref().map(reach::phone_key));
    let row = params![jurisdiction, request, name, email, phone, language, email_key, phone_key];
    Ok(tx.exec_one(ADD, row)?)
}

const OF: &str =
    "select name, email, phone, language from request_contact where jurisdiction_id = $1 and request_id = $2";

pub(crate) fn of(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    request: RequestId,
) -> Result<Option<Contact>, RequestError> {
    Ok(tx.query_opt(OF, params![jurisdiction, request], |row| {
        Ok(Contact { name: row.get(0)?, email: row.get(1)?, phone: row.get(2)?, language: row.get(3)? })
    })?)
}

/// Shows who reported a request to somebody who may know; that it was looked at is on record (AUD-01).
///
/// # Errors
/// [`RequestError::NotAllowed`], [`RequestError::Unknown`], or the store's.
pub fn reveal(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    request: RequestId,
) -> Result<Option<Contact>, RequestError> {
    crate::change::require(by, jurisdiction, Permission::ViewPersonalData)?;
    crate::find::visible_to_staff(tx, by, jurisdiction, request)?;
    let contact = of(tx, jurisdiction, request)?;
    if contact.is_some() {
        let entry = audit::Entry {
            jurisdiction,
            actor: by,
            action: "request.contact_viewed",
            object: format!("request:{request}"),
            detail: String::new(),
        };
        audit::append(tx, now, &entry)?;
    }
    Ok(contact)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_cannot_be_delivered_to_are_refused() {
        for text in
            ["rosa", "@x.example", "a b@x.example", "a@b", "a@b@c.example", "a@x.example\r", "<a@x.example>"]
        {
            assert!(email_address(text.to_owned()).is_err(), "{text}");
        }
        assert!(email_address("rosa.d+311@mail.example".to_owned()).is_ok());
    }

    #[test]
    fn telephone_numbers_keep_the_form_people_give_them() {
        for text in ["617-555-0123", "+49 30 901820", "(617) 555 0123 ext. 5", "555-0123x12"] {
            assert_eq!(phone_number(text.to_owned()).unwrap(), text);
        }
        for text in ["12345", "call me", "617-555-O123", "1234567890123456"] {
            assert!(phone_number(text.to_owned()).is_err(), "{text}");
        }
    }
}
