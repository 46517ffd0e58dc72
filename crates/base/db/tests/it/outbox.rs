//! Messages leave in order, once somebody is there to take them.

use db::Db;
use db::outbox::{self, NewMessage};
use jiff::{SignedDuration, Timestamp};
use testkit::on_both;
use uuid::Uuid;

const LEASE: SignedDuration = SignedDuration::from_secs(60);

fn noon() -> Timestamp {
    "2026-05-08T12:00:00Z".parse().unwrap()
}

fn put(db: &Db, topic: &'static str, at: Timestamp, payload: &'static str) {
    db.write_now(move |tx| {
        outbox::put(tx, at, &NewMessage { jurisdiction: "x", topic, subject: Uuid::nil(), payload }).map(drop)
    })
    .unwrap();
}

fn claim(db: &Db, now: Timestamp) -> Vec<outbox::Message> {
    db.write_now(move |tx| outbox::claim(tx, now, "mail", LEASE, 10)).unwrap()
}

#[test]
fn hko_02_messages_keep_their_order_and_their_id_over_attempts() {
    on_both(&[&outbox::SCHEMA], |db| {
        put(db, "mail", noon(), "one");
        put(db, "mail", noon() + SignedDuration::from_secs(1), "two");
        put(db, "sms", noon(), "nobody takes these yet");
        let first = claim(db, noon());
        assert_eq!(first.iter().map(|m| m.payload.as_str()).collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(claim(db, noon()), []);
        let again = claim(db, noon() + LEASE + LEASE);
        assert_eq!((again[0].id, again[0].attempt), (first[0].id, 2));
        let late = first[0].clone();
        assert!(!db.write_now(move |tx| outbox::sent(tx, &late)).unwrap());
        let held = again[0].clone();
        assert!(db.write_now(move |tx| outbox::sent(tx, &held)).unwrap());
    });
}

#[test]
fn a_topic_without_an_adapter_keeps_its_messages_visibly() {
    on_both(&[&outbox::SCHEMA], |db| {
        put(db, "sms", noon(), "one");
        put(db, "sms", noon() + SignedDuration::from_secs(1), "two");
        let waiting = db.read_now(|tx| outbox::waiting(tx, "x")).unwrap();
        assert_eq!((waiting[0].topic.as_str(), waiting[0].messages, waiting[0].oldest), ("sms", 2, noon()));
    });
}

#[test]
fn hko_01_a_message_of_a_rolled_back_change_does_not_exist() {
    on_both(&[&outbox::SCHEMA], |db| {
        let undone: Result<(), db::Error> = db.write_now(|tx| {
            let message =
                NewMessage { jurisdiction: "x", topic: "mail", subject: Uuid::nil(), payload: "one" };
            outbox::put(tx, noon(), &message)?;
            Err(db::Error::NoRow)
        });
        assert!(undone.is_err());
        assert_eq!(claim(db, noon()), []);
        put(db, "mail", noon(), "two");
        assert_eq!(claim(db, noon()).len(), 1);
    });
}
