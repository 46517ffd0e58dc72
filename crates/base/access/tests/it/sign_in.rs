use std::time::Instant;

use access::passwords::Hashing;
use access::sign_in::{self, Finished, SourceNetwork};
use access::{Role, people, sessions, sweep};
use jiff::SignedDuration;
use testkit::{Engine, TestDatabase, on_both};

use crate::town::{CONSOLE, RIGHT, Town, Tried, WRONG, attempt, cheap, hash, shelbyville, springfield};

const OFFICE: &str = "203.0.113.7";

#[test]
fn the_right_password_begins_a_session() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let id = town.hires("Ana", &[Role::Agent]);
        let session = town.signs_in("Ana");
        assert_eq!((session.who.person_id, session.who.name.as_str()), (id, "Ana"));
        assert_eq!(session.who.signed_in_at, town.now());
        assert_eq!(town.actions(), ["person.added", "sign-in.accepted"]);
    });
}

#[test]
fn auth_06_unknown_account_wrong_password_and_disabled_account_get_one_answer() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Root", &[Role::Administrator]);
        town.hires("Ana", &[Role::Agent]);
        let gone = town.hires("Gone", &[Role::Agent]);
        town.write(move |tx, now| people::disable(tx, now, &CONSOLE, &springfield(), gone)).unwrap();
        for (name, password) in
            [("Nobody", RIGHT), ("Ana", WRONG), ("Gone", RIGHT), ("", ""), ("a\0b", RIGHT)]
        {
            let tried = town.tries(&attempt(name, OFFICE, None), password);
            assert!(matches!(tried, Tried::Refused), "{name}: {tried:?}");
        }
    });
}

#[test]
fn auth_06_an_unknown_account_costs_as_much_hashing_as_a_known_one() {
    let db = TestDatabase::open(Engine::Sqlite, &[&access::SCHEMA]);
    let town = Town::new(&db);
    town.hires("Ana", &[Role::Agent]);
    // Dear enough that a skipped hash would show a hundredfold.
    let dear = Hashing::new(4096, 2).unwrap();
    let person = town.begins(&attempt("Ana", OFFICE, None)).unwrap().check(RIGHT, dear);
    town.write(move |tx, now| sign_in::finish(tx, now, &person, None)).map(drop).unwrap();
    let challenge = |name: &str| {
        let attempt = attempt(name, OFFICE, None);
        let begun = town.write(move |tx, now| Ok(sign_in::begin(tx, now, &attempt, dear)?)).unwrap();
        let sign_in::Begun::Challenge(challenge) = begun else { panic!("limited") };
        challenge
    };
    let takes = |challenge: &sign_in::Challenge| {
        let begin = Instant::now();
        drop(challenge.check(WRONG, dear));
        begin.elapsed()
    };
    let (ana, nobody) = (challenge("Ana"), challenge("Nobody"));
    // The fastest of several, taken in turn, is what the work costs when nothing else runs.
    let turns: Vec<_> = (0..7).map(|_| (takes(&ana), takes(&nobody))).collect();
    let known = turns.iter().map(|turn| turn.0).min().unwrap();
    let unknown = turns.iter().map(|turn| turn.1).min().unwrap();
    assert!(unknown * 4 > known && known * 4 > unknown, "known {known:?}, unknown {unknown:?}");
}

#[test]
fn az_07_a_password_opens_only_the_jurisdiction_it_belongs_to() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires_in(shelbyville(), "Ana", &[Role::Agent]);
        assert!(!town.tries(&attempt("Ana", OFFICE, None), RIGHT).is_in());
    });
}

#[test]
fn auth_03_a_hash_made_at_a_lower_cost_is_replaced_at_the_next_sign_in() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        let dearer = Hashing::new(32, 2).unwrap();
        let verdict = town.begins(&attempt("Ana", OFFICE, None)).unwrap().check(RIGHT, dearer);
        let finished = town.write(move |tx, now| sign_in::finish(tx, now, &verdict, None)).unwrap();
        assert!(matches!(finished, Finished::SignedIn(_)));
        let stored: String = db
            .read_now(|tx| tx.query_one("select password_hash from person", &[], |row| row.get(0)))
            .map_err(|e: db::Error| e)
            .unwrap();
        assert!(stored.contains("m=32,t=2"), "{stored}");
        assert!(town.tries(&attempt("Ana", OFFICE, None), RIGHT).is_in());
    });
}

#[test]
fn auth_05_of_a_thousand_wrong_guesses_from_fifty_addresses_at_most_a_hundred_an_hour_are_looked_at() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        let mut looked_at = 0;
        for guess in 0..1000 {
            // Spread evenly over one hour, the kindest case for the guesser.
            town.wait(SignedDuration::from_millis(3600));
            let from = format!("198.51.100.{}", guess % 50);
            looked_at += i32::from(town.begins(&attempt("Ana", &from, None)).is_ok());
        }
        assert!((60..=100).contains(&looked_at), "{looked_at} guesses were looked at");
    });
}

#[test]
fn auth_05_guesses_made_at_the_same_moment_cannot_slip_past_each_other() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        let looked_at: usize = std::thread::scope(|scope| {
            let guessers: Vec<_> = (0..8)
                .map(|n| {
                    let town = &town;
                    let from = format!("198.51.100.{n}");
                    scope.spawn(move || {
                        (0..10).filter(|_| town.begins(&attempt("Ana", &from, None)).is_ok()).count()
                    })
                })
                .collect();
            guessers.into_iter().map(|guesser| guesser.join().unwrap()).sum()
        });
        assert_eq!(looked_at, 20);
    });
}

#[test]
fn auth_05_the_real_user_still_gets_in_from_a_known_device_while_the_account_is_under_attack() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        town.hires("Bo", &[Role::Agent]);
        let (hers, his) = (town.signs_in("Ana").device, town.signs_in("Bo").device);
        while !matches!(town.tries(&attempt("Ana", "198.51.100.1", None), WRONG), Tried::TooMany { .. }) {}
        assert!(!town.tries(&attempt("Ana", OFFICE, None), RIGHT).is_in());
        assert!(!town.tries(&attempt("Ana", OFFICE, Some(&his)), RIGHT).is_in());
        assert!(town.tries(&attempt("Ana", OFFICE, Some(&hers)), RIGHT).is_in());
    });
}

#[test]
fn auth_05_a_stolen_device_is_limited_too() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        let device = town.signs_in("Ana").device;
        let guess = || town.tries(&attempt("Ana", OFFICE, Some(&device)), WRONG);
        let looked_at = (0..50).filter(|_| matches!(guess(), Tried::Refused)).count();
        assert_eq!(looked_at, 20);
    });
}

#[test]
fn auth_05_one_source_cannot_try_a_password_on_everybody() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let guess = |n: i32| town.begins(&attempt(&format!("somebody{n}"), "198.51.100.1", None));
        assert_eq!((0..150).filter(|n| guess(*n).is_ok()).count(), 100);
    });
}

#[test]
fn auth_05_right_passwords_are_never_counted() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        for _ in 0..60 {
            town.signs_in("Ana");
        }
    });
}

#[test]
fn auth_05_who_was_told_to_wait_is_looked_at_after_that_time_and_not_a_microsecond_earlier() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        let here = attempt("Ana", OFFICE, None);
        let wait = loop {
            if let Tried::TooMany { wait } = town.tries(&here, WRONG) {
                break wait;
            }
        };
        town.wait(wait - SignedDuration::from_micros(1));
        assert!(!town.tries(&here, RIGHT).is_in());
        town.wait(SignedDuration::from_micros(1));
        assert!(town.tries(&here, RIGHT).is_in());
    });
}

#[test]
fn aud_01_every_result_leaves_one_entry_and_a_flood_of_refusals_only_its_first() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        for _ in 0..40 {
            town.wait(SignedDuration::from_millis(1));
            town.tries(&attempt("Ana", OFFICE, None), WRONG);
        }
        let actions = town.actions();
        let count = |name: &str| actions.iter().filter(|action| *action == name).count();
        assert_eq!((count("sign-in.refused"), count("sign-in.limited")), (20, 1));
    });
}

#[test]
fn aud_05_what_was_typed_as_an_address_is_kept_nowhere() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.tries(&attempt("canary-typed-by-mistake", OFFICE, None), WRONG);
        let kept: Vec<String> = db
            .read_now(|tx| {
                tx.query(
                    "select subject from sign_in_attempt
                     union all select object from audit_entry union all select detail from audit_entry",
                    &[],
                    |row| row.get(0),
                )
            })
            .map_err(|e: db::Error| e)
            .unwrap();
        assert!(!kept.is_empty() && kept.iter().all(|text| !text.contains("canary")), "{kept:?}");
    });
}

#[test]
fn sess_02_signing_in_again_replaces_the_browsers_session() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        let old = town.signs_in("Ana").token;
        town.wait(SignedDuration::from_mins(30));
        let verdict = town.begins(&attempt("Ana", OFFICE, None)).unwrap().check(RIGHT, cheap());
        let planted = old.clone();
        let finished = town.write(move |tx, now| sign_in::finish(tx, now, &verdict, Some(&planted))).unwrap();
        let Finished::SignedIn(new) = finished else { panic!("refused") };
        assert_ne!(new.token, old);
        let dead = town.write(move |tx, now| Ok(sessions::find(tx, now, &springfield(), &old)?)).unwrap();
        assert_eq!(dead, None);
        assert!(new.who.is_fresh(town.now()));
    });
}

#[test]
fn a_password_changed_between_check_and_finish_lets_nobody_in() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        let ana = town.hires("Ana", &[Role::Agent]);
        let verdict = town.begins(&attempt("Ana", OFFICE, None)).unwrap().check(RIGHT, cheap());
        town.write(move |tx, now| {
            people::set_password(
                tx,
                now,
                &CONSOLE,
                &springfield(),
                ana,
                &hash("umbrella tractor saffron", cheap()),
            )
        })
        .unwrap();
        let finished = town.write(move |tx, now| sign_in::finish(tx, now, &verdict, None)).unwrap();
        assert!(matches!(finished, Finished::Refused));
    });
}

#[test]
fn sweeping_takes_away_only_what_has_run_out() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        town.hires("Ana", &[Role::Agent]);
        town.signs_in("Ana");
        town.tries(&attempt("Ana", OFFICE, None), WRONG);
        let sweeps = || town.write(|tx, now| Ok(sweep(tx, now)?)).unwrap();
        assert_eq!(sweeps().sessions, 0);
        town.wait(SignedDuration::from_mins(60));
        let swept = sweeps();
        assert_eq!((swept.sessions, swept.devices, swept.attempts), (1, 0, 2));
        town.wait(SignedDuration::from_hours(180 * 24));
        assert_eq!(sweeps().devices, 1);
    });
}

#[test]
fn a_source_network_is_what_limits_and_lists_show() {
    assert_eq!(SourceNetwork::of("2001:db8:1:2::9".parse().unwrap()).as_str(), "2001:db8:1:2::/64");
}
