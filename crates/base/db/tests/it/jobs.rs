//! Jobs and timers: none lost, none done twice at once, the hopeless ones shown.

use db::jobs::{self, Claimed, NewJob, State};
use db::{Db, Error};
use jiff::{SignedDuration, Timestamp};
use testkit::on_both;

const LEASE: SignedDuration = SignedDuration::from_secs(60);

fn noon() -> Timestamp {
    "2026-05-08T12:00:00Z".parse().unwrap()
}

fn put(db: &Db, kind: &'static str, run_at: Timestamp, key: Option<&'static str>) -> jobs::JobId {
    let job = move |tx: &mut db::Tx<'_>| {
        jobs::enqueue(tx, noon(), &NewJob { jurisdiction: "x", kind, payload: "{}", run_at, key })
    };
    db.write_now(job).unwrap()
}

fn claim(db: &Db, now: Timestamp) -> Vec<jobs::Job> {
    db.write_now(move |tx| jobs::claim(tx, now, LEASE, 10)).unwrap()
}

#[test]
fn a_job_is_claimed_when_due_and_by_one_worker_only() {
    on_both(&[&jobs::SCHEMA], |db| {
        put(db, "later", noon() + SignedDuration::from_hours(1), None);
        put(db, "now", noon(), None);
        let claimed = claim(db, noon());
        assert_eq!(claimed.iter().map(|job| job.kind.as_str()).collect::<Vec<_>>(), ["now"]);
        assert_eq!(claim(db, noon()), []);
        let job = claimed[0].clone();
        assert_eq!(db.write_now(move |tx| jobs::done(tx, &job)).unwrap(), Claimed::Held);
        assert_eq!(db.read_now(|tx| jobs::counts(tx, "x")).unwrap().waiting, 1);
    });
}

#[test]
fn dur_05_a_worker_that_was_away_too_long_finds_its_claim_lost() {
    on_both(&[&jobs::SCHEMA], |db| {
        put(db, "slow", noon(), None);
        let first = claim(db, noon())[0].clone();
        let second = claim(db, noon() + LEASE + SignedDuration::from_secs(1))[0].clone();
        assert_eq!(second.attempt, 2);
        assert_eq!(db.write_now(move |tx| jobs::done(tx, &first)).unwrap(), Claimed::Lost);
        assert_eq!(db.write_now(move |tx| jobs::done(tx, &second)).unwrap(), Claimed::Held);
    });
}

#[test]
fn a_failing_job_is_tried_later_and_later_then_declared_dead_and_can_be_revived() {
    on_both(&[&jobs::SCHEMA], |db| {
        let id = put(db, "hopeless", noon(), None);
        let (mut now, mut waits) = (noon(), Vec::new());
        while let Some(job) = claim(db, now).first().cloned() {
            let _ = db.write_now(move |tx| jobs::failed(tx, now, &job, "no such host")).unwrap();
            let next = db.read_now(|tx| jobs::list(tx, "x", None, 10)).unwrap()[0].run_at;
            waits.push(next.duration_since(now));
            now = next;
        }
        assert_eq!(waits.len() as i64, jobs::ATTEMPTS_MAX);
        assert!(waits.is_sorted() && waits[0] == SignedDuration::from_secs(30), "{waits:?}");
        let dead = db.read_now(|tx| jobs::list(tx, "x", Some(State::Dead), 10)).unwrap();
        assert_eq!(dead[0].last_error.as_deref(), Some("no such host"));
        assert!(!db.write_now(move |tx| jobs::retry(tx, now, "another", id)).unwrap());
        assert!(db.write_now(move |tx| jobs::retry(tx, now, "x", id)).unwrap());
        assert_eq!(claim(db, now).len(), 1);
    });
}

#[test]
fn a_timer_that_is_put_again_moves_and_a_cancelled_one_is_gone() {
    on_both(&[&jobs::SCHEMA], |db| {
        put(db, "wake", noon(), Some("request 1"));
        put(db, "wake", noon() + SignedDuration::from_hours(2), Some("request 1"));
        assert_eq!(claim(db, noon() + SignedDuration::from_hours(1)), []);
        assert_eq!(db.read_now(|tx| jobs::counts(tx, "x")).unwrap().waiting, 1);
        db.write_now(|tx| jobs::cancel(tx, "x", "request 1")).unwrap();
        assert_eq!(claim(db, noon() + SignedDuration::from_hours(3)), []);
    });
}

#[test]
fn a_timer_moved_while_its_worker_is_busy_runs_again() {
    on_both(&[&jobs::SCHEMA], |db| {
        put(db, "wake", noon(), Some("request 1"));
        let busy = claim(db, noon())[0].clone();
        put(db, "wake", noon(), Some("request 1"));
        let again = claim(db, noon())[0].clone();
        assert_eq!(db.write_now(move |tx| jobs::done(tx, &busy)).unwrap(), Claimed::Lost);
        assert_eq!(db.write_now(move |tx| jobs::done(tx, &again)).unwrap(), Claimed::Held);
    });
}

#[test]
fn a_job_of_a_rolled_back_change_does_not_exist() {
    on_both(&[&jobs::SCHEMA], |db| {
        let undone: Result<(), Error> = db.write_now(|tx| {
            let job = NewJob { jurisdiction: "x", kind: "k", payload: "", run_at: noon(), key: None };
            jobs::enqueue(tx, noon(), &job)?;
            Err(Error::NoRow)
        });
        assert!(undone.is_err());
        assert_eq!(claim(db, noon()), []);
    });
}

#[test]
fn time_04_clocks_that_jump_an_hour_either_way_lose_no_timer_and_run_none_twice() {
    on_both(&[&jobs::SCHEMA], |db| {
        let hour = SignedDuration::from_hours(1);
        let mut rung = Vec::new();
        for (index, key) in ["a", "b", "c", "d"].into_iter().enumerate() {
            put(db, key, noon() + SignedDuration::from_mins(15 * index as i64), Some(key));
        }
        // Noon; the clock is put forward; then back below noon; then goes on as if nothing had been.
        for now in [noon(), noon() + hour, noon() - hour, noon(), noon() + hour + hour] {
            for job in claim(db, now) {
                rung.push(job.kind.clone());
                assert_eq!(db.write_now(move |tx| jobs::done(tx, &job)).unwrap(), Claimed::Held);
            }
        }
        rung.sort();
        assert_eq!(rung, ["a", "b", "c", "d"]);
    });
}

#[test]
fn time_04_a_claim_made_on_a_fast_clock_ends_and_is_fenced_off_on_a_slow_one() {
    on_both(&[&jobs::SCHEMA], |db| {
        put(db, "wake", noon(), None);
        let skew = SignedDuration::from_mins(5);
        let fast = claim(db, noon() + skew)[0].clone();
        // The node whose clock is five minutes behind sees the claim until it is over there too.
        assert_eq!(claim(db, noon()), []);
        let slow = claim(db, noon() + skew + LEASE + SignedDuration::from_secs(1))[0].clone();
        assert_eq!(db.write_now(move |tx| jobs::done(tx, &fast)).unwrap(), Claimed::Lost);
        assert_eq!(db.write_now(move |tx| jobs::done(tx, &slow)).unwrap(), Claimed::Held);
    });
}
