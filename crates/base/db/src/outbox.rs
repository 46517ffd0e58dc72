//! Messages that must go out because something was committed.
//!
//! A message is put in the transaction of the change it tells of, so none is lost and none tells of a
//! change that was rolled back. Adapters (mail, SMS, webhooks) claim messages by topic and report what
//! became of them. A topic without an adapter keeps its messages waiting, visibly.

use jiff::{SignedDuration, Timestamp};

use crate::error::Error;
use crate::params;
use crate::schema::{Migration, Schema};
use crate::tx::Tx;

/// The table of outgoing messages.
pub static SCHEMA: Schema = Schema {
    name: "outbox",
    needs: &[],
    migrations: &[Migration { name: "0001_outbox", sql: include_str!("../migrations/0001_outbox.sql") }],
};

crate::uuid_type!(
    /// Names one message; stays the same over all attempts, so that receivers can drop repeats.
    pub struct MessageId
);

/// A message to be put.
#[derive(Debug, Clone)]
pub struct NewMessage<'a> {
    /// Whose message it is.
    pub jurisdiction: &'a str,
    /// Which adapter it is for, and what about: `request.closed`.
    pub topic: &'a str,
    /// What it is about; messages on one subject keep their order.
    pub subject: uuid::Uuid,
    /// What the adapter needs to know, as JSON.
    pub payload: &'a str,
}

/// A claimed message.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Whose message it is.
    pub jurisdiction: String,
    /// Which adapter it is for, and what about.
    pub topic: String,
    /// What it is about.
    pub subject: uuid::Uuid,
    /// What the adapter needs to know.
    pub payload: String,
    /// Attempts begun so far.
    pub attempt: i64,
}

/// How many messages of one topic wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The topic.
    pub topic: String,
    /// Messages that wait.
    pub messages: i64,
    /// When the oldest was put.
    pub oldest: Timestamp,
}

/// Puts a message.
///
/// # Errors
/// What the store answers.
pub fn put(tx: &mut Tx<'_>, now: Timestamp, message: &NewMessage<'_>) -> Result<MessageId, Error> {
    let id = MessageId::from(tx.new_id(now));
    tx.exec_one(
        "insert into outbox (jurisdiction_id, id, topic, subject_id, payload, put_at, attempt)
         values ($1, $2, $3, $4, $5, $6, 0)",
        params![message.jurisdiction, id, message.topic, message.subject, message.payload, now],
    )?;
    Ok(id)
}

macro_rules! claim_sql {
    ($lock:literal) => {
        concat!(
            "update outbox set claimed_until = $3, attempt = outbox.attempt + 1
             where (jurisdiction_id, id) in (
                 select jurisdiction_id, id from outbox
                 where topic = $1 and (claimed_until is null or claimed_until < $2)
                 order by id limit $4 ",
            $lock,
            ") returning id, jurisdiction_id, topic, subject_id, payload, attempt"
        )
    };
}

/// Claims the oldest messages of a topic for as long as `lease`.
///
/// # Errors
/// What the store answers.
pub fn claim(
    tx: &mut Tx<'_>,
    now: Timestamp,
    topic: &str,
    lease: SignedDuration,
    limit: i64,
) -> Result<Vec<Message>, Error> {
    let sql = tx.by_engine(claim_sql!(""), claim_sql!("for update skip locked"));
    let mut messages = tx.query(sql, params![topic, now, now + lease, limit], |row| {
        Ok(Message {
            id: row.get(0)?,
            jurisdiction: row.get(1)?,
            topic: row.get(2)?,
            subject: row.get(3)?,
            payload: row.get(4)?,
            attempt: row.get(5)?,
        })
    })?;
    messages.sort_by_key(|message| message.id);
    Ok(messages)
}

/// Ends a message that was taken by its receiver; false when another worker holds it by now.
///
/// # Errors
/// What the store answers.
pub fn sent(tx: &mut Tx<'_>, message: &Message) -> Result<bool, Error> {
    let ended = tx.exec(
        "delete from outbox where jurisdiction_id = $1 and id = $2 and attempt = $3",
        params![message.jurisdiction, message.id, message.attempt],
    )?;
    Ok(ended == 1)
}

/// What waits in a jurisdiction, by topic.
///
/// # Errors
/// What the store answers.
pub fn waiting(tx: &mut Tx<'_>, jurisdiction: &str) -> Result<Vec<Waiting>, Error> {
    tx.query(
        "select topic, count(*), min(put_at) from outbox where jurisdiction_id = $1
         group by topic order by topic limit 1000",
        params![jurisdiction],
        |row| Ok(Waiting { topic: row.get(0)?, messages: row.get(1)?, oldest: row.get(2)? }),
    )
}
