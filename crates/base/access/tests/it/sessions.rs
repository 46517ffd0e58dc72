use access::sessions::{self, SessionToken};
use access::{AccessError, Role, SignedIn};
use jiff::SignedDuration;
use testkit::on_both;

use crate::town::{Town, shelbyville, springfield};

fn find(town: &Town<'_>, token: &SessionToken) -> Option<SignedIn> {
    let token = token.clone();
    town.write(move |tx, now| Ok(sessions::find(tx, now, &springfield(), &token)?)).unwrap()
}

#[test]
fn sess_01_only_the_hash_of_a_token_is_stored() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        let session = town.signs_in("Ana");
        let raw = data_encoding::BASE64URL_NOPAD.decode(session.token.reveal().as_bytes()).unwrap();
        let stored: Vec<Vec<u8>> = db
            .read_now(|tx| {
                tx.query(
                    "select token_hash from session union all select token_hash from known_device",
                    &[],
                    |row| row.get(0),
                )
            })
            .map_err(|e: db::Error| e)
            .unwrap();
        assert_eq!((raw.len(), stored.len()), (32, 2));
        assert!(stored.iter().all(|hash| *hash != raw));
    });
}

#[test]
fn sess_03_a_session_ends_after_an_idle_hour_and_use_puts_that_off() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        let token = town.signs_in("Ana").token;
        town.wait(SignedDuration::from_mins(59));
        let who = find(&town, &token).unwrap();
        assert!(who.is_due_to_be_touched(town.now()));
        town.write(move |tx, now| Ok(sessions::touch(tx, now, &who)?)).unwrap();
        assert!(!find(&town, &token).unwrap().is_due_to_be_touched(town.now()));
        town.wait(SignedDuration::from_mins(59));
        assert!(find(&town, &token).is_some());
        town.wait(SignedDuration::from_mins(1));
        assert!(find(&town, &token).is_none());
    });
}

#[test]
fn sess_03_no_use_keeps_a_session_beyond_twelve_hours() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        let token = town.signs_in("Ana").token;
        for _ in 0..23 {
            town.wait(SignedDuration::from_mins(30));
            let who = find(&town, &token).unwrap();
            town.write(move |tx, now| Ok(sessions::touch(tx, now, &who)?)).unwrap();
        }
        town.wait(SignedDuration::from_secs(30 * 60 - 1));
        assert!(find(&town, &token).is_some());
        town.wait(SignedDuration::from_secs(1));
        assert!(find(&town, &token).is_none());
    });
}

#[test]
fn a_late_touch_never_sets_the_last_use_back() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        let session = town.signs_in("Ana");
        let (who, early) = (session.who.clone(), town.now() - SignedDuration::from_mins(5));
        town.write(move |tx, _| Ok(sessions::touch(tx, early, &who)?)).unwrap();
        assert_eq!(find(&town, &session.token).unwrap().seen_at, town.now());
    });
}

#[test]
fn az_07_a_session_of_one_jurisdiction_is_unknown_in_another() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        let token = town.signs_in("Ana").token;
        let found = town.write(move |tx, now| Ok(sessions::find(tx, now, &shelbyville(), &token)?)).unwrap();
        assert_eq!(found, None);
    });
}

#[test]
fn sess_05_people_see_and_end_their_own_sessions() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let ana = town.hires("Ana", &[Role::Agent]);
        let phone = town.signs_in("Ana");
        town.wait(SignedDuration::from_mins(1));
        let desk = town.signs_in("Ana");
        let listed = town.write(move |tx, now| Ok(sessions::list(tx, now, &springfield(), ana)?)).unwrap();
        let ids: Vec<_> = listed.iter().map(|s| s.id).collect();
        assert_eq!(ids, [desk.who.session, phone.who.session]);
        assert_eq!(listed[0].source, "203.0.113.7");

        let (by, lost) = (access::Actor::Person(desk.who.clone()), phone.who.session);
        town.write(move |tx, now| sessions::end(tx, now, &by, &springfield(), ana, lost)).unwrap();
        assert!(find(&town, &phone.token).is_none());
        assert!(find(&town, &desk.token).is_some());
        town.write(move |tx, now| sessions::sign_out(tx, now, &desk.who)).unwrap();
        assert!(find(&town, &desk.token).is_none());
    });
}

#[test]
fn sess_05_only_an_administrator_ends_somebody_elses_sessions() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let ana = town.hires("Ana", &[Role::Agent]);
        town.hires("Bo", &[Role::Supervisor]);
        town.hires("Root", &[Role::Administrator]);
        let token = town.signs_in("Ana").token;
        let (bo, root) = (town.actor("Bo"), town.actor("Root"));
        let refused = town.write(move |tx, now| sessions::end_all(tx, now, &bo, &springfield(), ana));
        assert!(matches!(refused, Err(AccessError::NotAllowed { .. })));
        assert!(find(&town, &token).is_some());
        town.write(move |tx, now| sessions::end_all(tx, now, &root, &springfield(), ana)).unwrap();
        assert!(find(&town, &token).is_none());
    });
}
