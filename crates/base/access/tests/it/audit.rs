use access::audit::{self, Damage, Entry, Filter, Head, VerifyError};
use access::{Actor, JurisdictionId};
use jiff::{SignedDuration, Timestamp};
use testkit::{Engine, TestDatabase, on_both};

use crate::town::{Town, shelbyville, springfield};

fn append(tx: &mut db::Tx<'_>, now: Timestamp, place: &JurisdictionId, n: i64) -> Result<(), db::Error> {
    let actor = Actor::System("test");
    let object = format!("request:{n}");
    let detail = format!(r#"{{"step":{n}}}"#);
    audit::append(
        tx,
        now,
        &Entry { jurisdiction: place, actor: &actor, action: "request.changed", object, detail },
    )
}

/// Appends `count` entries in one transaction, so that all are in one lane.
fn fill(town: &Town<'_>, place: JurisdictionId, count: i64) {
    town.write(move |tx, now| {
        Ok((1..=count).try_for_each(|n| append(tx, now + SignedDuration::from_secs(n), &place, n))?)
    })
    .unwrap();
}

fn verify(db: &TestDatabase, noted: &[Head]) -> Result<audit::Verified, VerifyError> {
    let noted = noted.to_vec();
    db.read_now(move |tx| audit::verify_against(tx, &springfield(), &noted))
}

fn is_sqlite(db: &TestDatabase) -> bool {
    db.address().starts_with("sqlite:")
}

/// What somebody does who holds the database itself: takes the guards away and changes rows.
fn tampers(db: &TestDatabase, statements: &'static [&'static str]) {
    let guards: &'static [&'static str] = if is_sqlite(db) {
        &[
            "drop trigger if exists audit_entry_counted",
            "drop trigger if exists audit_entry_no_update",
            "drop trigger if exists audit_entry_no_delete",
            "drop trigger if exists audit_entry_no_replace",
            "drop trigger if exists audit_head_no_step_back",
            "drop trigger if exists audit_head_no_delete",
        ]
    } else {
        &["alter table audit_entry disable trigger all", "alter table audit_head disable trigger all"]
    };
    db.write_now(move |tx| -> Result<(), db::Error> {
        guards.iter().chain(statements).try_for_each(|sql| tx.exec(*sql, &[]).map(|_| ()))
    })
    .unwrap();
}

#[track_caller]
fn check_found(statements: &'static [&'static str], seq: i64, damage: Damage) {
    on_both(&[&access::SCHEMA], |db| {
        fill(&Town::new(db), springfield(), 9);
        assert_eq!(verify(db, &[]).unwrap().entries, 9);
        tampers(db, statements);
        match verify(db, &[]) {
            Err(VerifyError::Broken(broken)) => {
                assert_eq!((broken.seq, broken.damage), (seq, damage), "{broken}");
            }
            other => panic!("not found: {other:?}"),
        }
    });
}

#[test]
fn a_chain_that_nobody_touched_is_whole() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        assert_eq!(verify(db, &[]).unwrap().entries, 0);
        fill(&town, springfield(), 30);
        fill(&town, shelbyville(), 2);
        let verified = verify(db, &[]).unwrap();
        assert_eq!((verified.entries, verified.heads.len()), (30, 1));
        let found = db.read_now(audit::jurisdictions).unwrap();
        assert_eq!(found, [shelbyville(), springfield()]);
    });
}

#[test]
fn aud_03_an_edited_field_is_found() {
    check_found(&["update audit_entry set detail = '{}' where seq = 4"], 4, Damage::DoesNotFit);
    check_found(&["update audit_entry set actor = 'person:1' where seq = 1"], 1, Damage::DoesNotFit);
    check_found(&["update audit_entry set action = 'request.closed' where seq = 9"], 9, Damage::DoesNotFit);
    check_found(&["update audit_entry set object = object || ' ' where seq = 5"], 5, Damage::DoesNotFit);
    check_found(
        &["update audit_entry set at = (select at from audit_entry where seq = 2) where seq = 3"],
        3,
        Damage::DoesNotFit,
    );
}

#[test]
fn aud_03_an_edited_hash_is_found() {
    check_found(
        &["update audit_entry set hash = (select hash from audit_entry where seq = 2) where seq = 6"],
        6,
        Damage::DoesNotFit,
    );
    check_found(
        &["update audit_head set hash = (select hash from audit_entry where seq = 2)"],
        9,
        Damage::DoesNotFit,
    );
}

#[test]
fn aud_03_a_deleted_entry_is_found() {
    check_found(&["delete from audit_entry where seq = 4"], 4, Damage::Missing);
    check_found(&["delete from audit_entry where seq <= 2"], 1, Damage::Missing);
}

#[test]
fn aud_03_a_deleted_entry_is_found_when_the_later_ones_are_renumbered() {
    check_found(
        &[
            "delete from audit_entry where seq = 8",
            "update audit_entry set seq = 8 where seq = 9",
            "update audit_head set entries = 8",
        ],
        8,
        Damage::DoesNotFit,
    );
}

#[test]
fn aud_03_an_inserted_entry_is_found() {
    check_found(
        &["insert into audit_entry select jurisdiction_id, lane, 10, at, actor, action, object, detail, hash
              from audit_entry where seq = 9"],
        10,
        Damage::Uncounted,
    );
    check_found(
        &[
            "insert into audit_entry select jurisdiction_id, lane, 10, at, actor, action, object, detail, hash
              from audit_entry where seq = 9",
            "update audit_head set entries = 10",
        ],
        10,
        Damage::DoesNotFit,
    );
    check_found(
        &["insert into audit_entry select jurisdiction_id, lane, 0, at, actor, action, object, detail, hash
              from audit_entry where seq = 9"],
        0,
        Damage::Uncounted,
    );
    check_found(
        &[
            "insert into audit_entry select jurisdiction_id, lane + 100, seq, at, actor, action, object, detail, hash
              from audit_entry where seq = 1",
        ],
        1,
        Damage::Uncounted,
    );
}

#[test]
fn aud_03_two_entries_that_changed_places_are_found() {
    check_found(
        &[
            "update audit_entry set seq = 100 where seq = 3",
            "update audit_entry set seq = 3 where seq = 4",
            "update audit_entry set seq = 4 where seq = 100",
        ],
        3,
        Damage::DoesNotFit,
    );
}

#[test]
fn aud_03_a_cut_off_tail_is_found() {
    check_found(&["delete from audit_entry where seq > 6"], 7, Damage::CutOff);
    check_found(&["delete from audit_entry"], 1, Damage::CutOff);
    check_found(&["delete from audit_head"], 1, Damage::Uncounted);
}

#[test]
fn aud_03_an_entry_moved_to_another_jurisdiction_is_found() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        fill(&town, springfield(), 3);
        tampers(
            db,
            &[
                "update audit_entry set jurisdiction_id = 'shelbyville.example'",
                "update audit_head set jurisdiction_id = 'shelbyville.example'",
            ],
        );
        let found = db.read_now(|tx| audit::verify(tx, &shelbyville()));
        assert!(matches!(found, Err(VerifyError::Broken(broken)) if broken.seq == 1));
    });
}

#[test]
fn aud_03_a_chain_deleted_with_its_ends_contradicts_the_heads_noted_before() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        fill(&town, springfield(), 9);
        let noted = verify(db, &[]).unwrap().heads;
        fill(&town, springfield(), 2);
        assert_eq!(verify(db, &noted).unwrap().entries, 11);

        tampers(db, &["delete from audit_entry", "delete from audit_head"]);
        let cut = verify(db, &noted);
        assert!(matches!(cut, Err(VerifyError::Broken(b)) if (b.seq, b.damage) == (1, Damage::CutOff)));
    });
}

#[test]
fn aud_03_a_recomputed_chain_contradicts_the_heads_noted_before() {
    let [before, after] = [0, 1].map(|later| {
        let db = TestDatabase::open(Engine::Sqlite, &[&access::SCHEMA]);
        let town = Town::new(&db);
        town.wait(SignedDuration::from_secs(later));
        fill(&town, springfield(), 9);
        db
    });
    let noted = verify(&before, &[]).unwrap().heads;
    assert_eq!(verify(&after, &[]).unwrap().entries, 9);
    let found = verify(&after, &noted);
    assert!(matches!(found, Err(VerifyError::Broken(b)) if (b.seq, b.damage) == (9, Damage::NotAsNoted)));
}

#[test]
fn nothing_is_added_to_a_lane_whose_end_was_set_back() {
    // One writer, hence one lane: the next entry surely meets the damage.
    let db = TestDatabase::open(Engine::Sqlite, &[&access::SCHEMA]);
    let town = Town::new(&db);
    fill(&town, springfield(), 3);
    tampers(&db, &["delete from audit_head"]);
    let now = town.now();
    let refused = db.write_now(move |tx| append(tx, now, &springfield(), 4));
    assert!(matches!(refused, Err(db::Error::NotOneRow { rows: 0 })));
}

#[test]
fn aud_04_the_program_can_neither_edit_nor_delete_nor_replace_entries() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        fill(&town, springfield(), 3);
        let mut attempts: Vec<&'static str> = vec![
            "update audit_entry set detail = ''",
            "delete from audit_entry where seq = 3",
            "delete from audit_head",
            "update audit_head set entries = entries - 1",
            "update audit_head set lane = lane + 1",
            "update audit_head set entries = 0",
        ];
        attempts.extend(match is_sqlite(db) {
            true => ["insert or replace into audit_entry select jurisdiction_id, lane, seq, at, actor, action, object, '', hash from audit_entry", "drop table nothing_of_the_kind"],
            false => ["truncate audit_entry", "truncate audit_head"],
        });
        for sql in attempts {
            let refused = db.write_now(move |tx| tx.exec(sql, &[]));
            assert!(refused.is_err(), "{sql}");
        }
        assert_eq!(verify(db, &[]).unwrap().entries, 3);
    });
}

#[test]
fn aud_02_an_entry_goes_when_its_change_fails() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        fill(&town, springfield(), 3);
        let now = town.now();
        let failed = db.write_now(move |tx| -> Result<(), db::Error> {
            append(tx, now, &springfield(), 4)?;
            Err(db::Error::NoRow)
        });
        assert!(failed.is_err());
        fill(&town, springfield(), 1);
        assert_eq!(verify(db, &[]).unwrap().entries, 4);
    });
}

#[test]
fn writers_at_the_same_moment_keep_every_lane_whole() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                let town = &town;
                scope.spawn(move || (0..25).for_each(|_| fill(town, springfield(), 1)));
            }
        });
        assert_eq!(verify(db, &[]).unwrap().entries, 200);
    });
}

#[test]
fn two_nodes_that_share_a_database_keep_every_lane_whole() {
    let town_db = TestDatabase::open(Engine::Postgres, &[&access::SCHEMA]);
    let other = db::Db::open(town_db.address(), [9; 32]).unwrap();
    let now = Town::new(&town_db).now();
    std::thread::scope(|scope| {
        for node in [&*town_db, &other, &*town_db, &other] {
            scope.spawn(move || {
                for n in 0..25 {
                    node.write_now(move |tx| append(tx, now, &springfield(), n)).unwrap();
                }
            });
        }
    });
    assert_eq!(verify(&town_db, &[]).unwrap().entries, 100);
}

#[test]
fn a_chain_longer_than_one_stride_is_walked_to_its_end() {
    on_both(&[&access::SCHEMA], |db| {
        fill(&Town::new(db), springfield(), 2_500);
        assert_eq!(verify(db, &[]).unwrap().entries, 2_500);
        tampers(db, &["update audit_entry set detail = '' where seq = 2400"]);
        assert!(matches!(verify(db, &[]), Err(VerifyError::Broken(broken)) if broken.seq == 2_400));
    });
}

#[test]
fn entries_are_listed_newest_first_by_span_actor_action_and_object() {
    on_both(&[&access::SCHEMA], |db| {
        let town = Town::new(db);
        fill(&town, springfield(), 9);
        fill(&town, shelbyville(), 3);
        let at = |n: i64| town.now() + SignedDuration::from_secs(n);
        let all = Filter { from: at(0), until: at(60), actor: None, action: None, object: None };
        let list = |filter: &Filter, after, limit| {
            let filter = filter.clone();
            let found =
                db.read_now(move |tx| audit::list(tx, &springfield(), &filter, after, limit)).unwrap();
            let last = found.last().map(|entry: &audit::AuditEntry| entry.place);
            (found.into_iter().map(|entry| entry.object).collect::<Vec<_>>(), last)
        };
        let (first, last) = list(&all, None, 5);
        assert_eq!(first, ["request:9", "request:8", "request:7", "request:6", "request:5"]);
        assert_eq!(list(&all, last, 5).0, ["request:4", "request:3", "request:2", "request:1"]);
        let span = Filter { from: at(2), until: at(4), ..all.clone() };
        assert_eq!(list(&span, None, 5).0, ["request:3", "request:2"]);
        let one = Filter {
            actor: Some("system:test".into()),
            action: Some("request.changed".into()),
            object: Some("request:6".into()),
            ..all
        };
        assert_eq!(list(&one, None, 5).0, ["request:6"]);
        let nobody = Filter { actor: Some("resident".into()), ..one };
        assert!(list(&nobody, None, 5).0.is_empty());
    });
}
