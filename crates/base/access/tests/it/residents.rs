//! AUTH-07 for residents: links to the address they reported with.

use access::residents::{self, LINK_LASTS, LINKS_MAX, ResidentLinkToken, SESSION_LASTS, WAITS};
use jiff::SignedDuration;

use crate::town::{Town, springfield};

fn in_town(test: impl Fn(&Town<'_>)) {
    testkit::on_both(&[&access::SCHEMA], |db| test(&Town::new(db)));
}

const ROSA: &str = "rosa@mail.example";

/// A link that was asked for and sent.
fn sent(town: &Town<'_>) -> ResidentLinkToken {
    let home = springfield();
    let issued = town.write(move |tx, now| {
        let id = residents::ask(tx, now, &home, ROSA, "es")?.expect("few were asked for");
        Ok(residents::issue(tx, now, &home, id)?.expect("it did not wait"))
    });
    let issued = issued.unwrap();
    assert_eq!((issued.reach.as_str(), issued.language.as_str()), (ROSA, "es"));
    issued.token
}

fn is_good(town: &Town<'_>, token: &ResidentLinkToken) -> bool {
    let (home, token) = (springfield(), token.clone());
    town.write(move |tx, now| Ok(residents::is_good(tx, now, &home, &token)?)).unwrap()
}

fn begins(town: &Town<'_>, token: &ResidentLinkToken) -> Option<residents::ResidentToken> {
    let (home, token) = (springfield(), token.clone());
    town.write(move |tx, now| Ok(residents::begin(tx, now, &home, &token)?)).unwrap()
}

fn reach(town: &Town<'_>, session: &residents::ResidentToken) -> Option<String> {
    let (home, session) = (springfield(), session.clone());
    town.write(move |tx, now| Ok(residents::reach_of(tx, now, &home, &session)?)).unwrap()
}

const SECOND: SignedDuration = SignedDuration::from_secs(1);

#[test]
fn auth_07_a_residents_link_is_looked_at_often_and_used_once() {
    in_town(|town| {
        let token = sent(town);
        for _ in 0..5 {
            assert!(is_good(town, &token));
        }
        let session = begins(town, &token).expect("the first time");
        assert_eq!(reach(town, &session).as_deref(), Some(ROSA));
        assert!(!is_good(town, &token));
        assert!(begins(town, &token).is_none(), "a second time");
    });
}

#[test]
fn auth_07_a_residents_link_works_for_fifteen_minutes_and_not_a_second_more() {
    in_town(|town| {
        let (one, other) = (sent(town), sent(town));
        town.wait(LINK_LASTS - SECOND);
        assert!(is_good(town, &one) && begins(town, &one).is_some());
        town.wait(SECOND);
        assert!(!is_good(town, &other) && begins(town, &other).is_none());
    });
}

#[test]
fn auth_07_a_residents_link_has_no_secret_until_it_is_sent_and_is_sent_once() {
    in_town(|town| {
        let home = springfield();
        let asked = town.write(move |tx, now| {
            let id = residents::ask(tx, now, &home, ROSA, "en")?.expect("the first");
            let secrets: i64 = tx.query_one(
                "select count(*) from resident_link where token_hash is not null",
                &[],
                |row| row.get(0),
            )?;
            assert!(residents::issue(tx, now, &home, id)?.is_some());
            let again = residents::issue(tx, now, &home, id)?.is_some();
            let other = residents::ask(tx, now, &home, ROSA, "en")?.expect("the second");
            let late = residents::issue(tx, now + WAITS, &home, other)?.is_some();
            Ok((secrets, again, late))
        });
        assert_eq!(asked.unwrap(), (0, false, false));
    });
}

#[test]
fn auth_07_a_residents_mailbox_is_not_filled_by_strangers() {
    in_town(|town| {
        let home = springfield();
        let asked = town.write(move |tx, now| {
            let mut asked = Vec::new();
            for _ in 0..=LINKS_MAX {
                asked.push(residents::ask(tx, now, &home, ROSA, "en")?.is_some());
            }
            asked.push(residents::ask(tx, now, &home, "luis@mail.example", "en")?.is_some());
            Ok(asked)
        });
        assert_eq!(asked.unwrap(), [true, true, true, false, true]);
    });
}

#[test]
fn sess_03_a_residents_session_ends_after_thirty_days_or_when_they_sign_out_anywhere() {
    in_town(|town| {
        let sessions = [(); 3].map(|()| begins(town, &sent(town)).expect("a session"));
        let (home, one) = (springfield(), sessions[0].clone());
        town.write(move |tx, _| Ok(residents::end(tx, &home, &one)?)).unwrap();
        assert!(sessions.iter().all(|session| reach(town, session).is_none()), "all are ended");
        town.wait(WAITS);
        let kept = begins(town, &sent(town)).expect("another one");
        town.wait(SESSION_LASTS - SECOND);
        assert!(reach(town, &kept).is_some());
        town.wait(SECOND);
        assert!(reach(town, &kept).is_none());
    });
}
