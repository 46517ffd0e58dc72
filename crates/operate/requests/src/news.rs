//! Telling those who wait to hear: the reporter, the followers, and those of its duplicates.
//!
//! One message per event goes into the outbox, without names or addresses in it: the adapter that sends asks
//! [`listeners`] at that moment, so that whoever left or was forgotten hears nothing more.

use access::JurisdictionId;
use db::{Tx, outbox, params};
use serde::{Deserialize, Serialize};

use crate::change::Change;
use crate::contact::Contact;
use crate::error::RequestError;
use crate::event::Recorded;
use crate::request::RequestId;

/// The outbox topic of all news of requests.
pub const TOPIC: &str = "request.news";

/// The payload of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// The request.
    pub request: RequestId,
    /// Which event of its history.
    pub version: i64,
    /// What kind of event: `request.closed`.
    pub event: String,
}

/// Somebody who wants to hear of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    /// The request through which they hear of it: the one they reported or follow, perhaps a duplicate.
    pub through: RequestId,
    /// True when they reported it.
    pub is_reporter: bool,
    /// How to reach them.
    pub contact: Contact,
}

/// Most people told about one request; a demonstration of followers must not fill the memory.
const LISTENERS_MAX: i64 = 100_000;

/// The request and every request closed as its duplicate, however indirectly.
macro_rules! family {
    ($rest:literal) => {
        concat!(
            "with recursive family (id) as (
                 select id from service_request where jurisdiction_id = $1 and id = $2
                 union
                 select twin.id from service_request twin, family
                 where twin.jurisdiction_id = $1 and twin.duplicate_of = family.id) ",
            $rest
        )
    };
}

const LISTENERS: &str = family!(
    "select request_id, true, name, email, phone, language from request_contact
     where jurisdiction_id = $1 and request_id in (select id from family)
       and (email is not null or phone is not null)
     union all
     select request_id, false, null, email, null, language from request_follower
     where jurisdiction_id = $1 and request_id in (select id from family)
     order by 1, 2 desc, 4 limit $3"
);

/// Everybody who is to hear of a request.
///
/// # Errors
/// The store's.
pub fn listeners(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    request: RequestId,
) -> Result<Vec<Listener>, RequestError> {
    some_listeners(tx, jurisdiction, request, LISTENERS_MAX)
}

fn some_listeners(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    request: RequestId,
    limit: i64,
) -> Result<Vec<Listener>, RequestError> {
    Ok(tx.query(LISTENERS, params![jurisdiction, request, limit], |row| {
        let contact =
            Contact { name: row.get(2)?, email: row.get(3)?, phone: row.get(4)?, language: row.get(5)? };
        Ok(Listener { through: row.get(0)?, is_reporter: row.get(1)?, contact })
    })?)
}

/// Puts a message when the event is news and somebody waits for it.
pub(crate) fn tell(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    request: RequestId,
    next: &Recorded,
) -> Result<(), RequestError> {
    if !next.event.is_news() || some_listeners(tx, change.jurisdiction(), request, 1)?.is_empty() {
        return Ok(());
    }
    put(tx, change, request, next.seq, next.event.topic())
}

/// Puts a message of which it is known that somebody waits for it.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    change: &Change<'_>,
    request: RequestId,
    version: i64,
    event: &str,
) -> Result<(), RequestError> {
    let news = News { request, version, event: event.to_owned() };
    let payload =
        serde_json::to_string(&news).map_err(|source| RequestError::Damaged { what: "news", source })?;
    let message = outbox::NewMessage {
        jurisdiction: change.jurisdiction().as_str(),
        topic: TOPIC,
        subject: request.uuid(),
        payload: &payload,
    };
    outbox::put(tx, change.now, &message)?;
    Ok(())
}
