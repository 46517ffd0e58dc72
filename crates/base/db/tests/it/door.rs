//! What an operation may count on.

use std::collections::BTreeSet;

use db::{Db, Error, Migration, Schema, params};
use testkit::{Engine, TestDatabase, on_both};

pub(crate) static SCHEMA: Schema = Schema {
    name: "door",
    needs: &[],
    migrations: &[Migration {
        name: "0001_door",
        sql: "create table note (
            jurisdiction_id text not null, id bigint not null, words text not null,
            constraint note_pk primary key (jurisdiction_id, id)
        );",
    }],
};

pub(crate) fn note(db: &Db, id: i64, words: &'static str) -> Result<(), Error> {
    db.write_now(move |tx| {
        tx.exec_one("insert into note (jurisdiction_id, id, words) values ('x', $1, $2)", params![id, words])
    })
}

pub(crate) fn notes(db: &Db) -> Vec<i64> {
    db.read_now(|tx| tx.query("select id from note order by id limit 10000", &[], |row| row.get(0))).unwrap()
}

#[test]
fn a_refused_operation_leaves_nothing_behind() {
    on_both(&[&SCHEMA], |db| {
        let refused: Result<(), Error> = db.write_now(|tx| {
            tx.exec_one("insert into note (jurisdiction_id, id, words) values ('x', 1, 'half')", &[])?;
            Err(Error::NoRow)
        });
        assert!(matches!(refused, Err(Error::NoRow)));
        assert_eq!(notes(db), []);
        note(db, 2, "whole").unwrap();
        assert_eq!(notes(db), [2]);
    });
}

#[test]
fn a_panicking_operation_costs_only_itself() {
    on_both(&[&SCHEMA], |db| {
        let panicked: Result<(), Error> = db.write_now(|tx| {
            tx.exec_one("insert into note (jurisdiction_id, id, words) values ('x', 1, 'half')", &[])?;
            panic!("a bug");
        });
        assert!(matches!(panicked, Err(Error::Panicked)));
        note(db, 2, "the next one is fine").unwrap();
        assert_eq!(notes(db), [2]);
    });
}

#[test]
fn an_operation_that_hides_a_failed_statement_is_refused() {
    on_both(&[&SCHEMA], |db| {
        note(db, 1, "first").unwrap();
        let hidden: Result<(), Error> = db.write_now(|tx| {
            tx.exec_one("insert into note (jurisdiction_id, id, words) values ('x', 2, 'kept?')", &[])?;
            let _ = tx.exec("insert into note (jurisdiction_id, id, words) values ('x', 1, 'again')", &[]);
            Ok(())
        });
        assert!(matches!(hidden, Err(Error::WentOn)), "{hidden:?}");
        assert_eq!(notes(db), [1]);
    });
}

#[test]
fn a_broken_unique_constraint_is_recognised() {
    on_both(&[&SCHEMA], |db| {
        note(db, 1, "first").unwrap();
        let twice = note(db, 1, "second").unwrap_err();
        assert!(twice.unique_violation().is_some(), "{twice:?}");
    });
}

#[test]
fn a_reader_cannot_write() {
    on_both(&[&SCHEMA], |db| {
        let written = db.read_now(|tx| {
            tx.exec("insert into note (jurisdiction_id, id, words) values ('x', 1, 'no')", &[])
        });
        assert!(written.is_err());
        assert_eq!(notes(db), []);
    });
}

#[test]
fn a_statement_that_must_touch_one_row_says_when_it_did_not() {
    on_both(&[&SCHEMA], |db| {
        let none = db.write_now(|tx| tx.exec_one("delete from note where id = 5", &[]));
        assert!(matches!(none, Err(Error::NotOneRow { rows: 0 })));
    });
}

#[test]
fn a_statement_sent_ahead_that_touches_no_row_leaves_nothing_of_its_operation() {
    on_both(&[&SCHEMA], |db| {
        note(db, 1, "before").unwrap();
        let refused: Result<(), Error> = db.write_now(|tx| {
            tx.exec_one("insert into note (jurisdiction_id, id, words) values ('t', 2, 'half')", &[])?;
            tx.exec_one_later("update note set words = 'nobody' where id = 99", &[])
        });
        assert!(matches!(refused, Err(Error::NotOneRow { rows: 0 })), "{refused:?}");
        assert_eq!(notes(db), [1]);
    });
}

#[test]
fn a_statement_sees_those_sent_ahead_of_it() {
    on_both(&[&SCHEMA], |db| {
        let words: String = db
            .write_now(|tx| {
                tx.exec_one_later(
                    "insert into note (jurisdiction_id, id, words) values ('t', 1, 'sent ahead')",
                    &[],
                )?;
                tx.query_one("select words from note where id = 1", &[], |row| row.get(0))
            })
            .unwrap();
        assert_eq!(words, "sent ahead");
    });
}

#[test]
fn two_programs_on_one_server_never_write_in_the_same_lane() {
    let database = TestDatabase::open(Engine::Postgres, &[&SCHEMA]);
    let other = Db::open(database.address(), [9; 32]).unwrap();
    let lanes = |db: &Db| -> BTreeSet<i64> {
        (0..40).map(|_| db.write_now(|tx| Ok::<_, Error>(tx.lane())).unwrap()).collect()
    };
    assert!(lanes(&database).is_disjoint(&lanes(&other)));
}

#[test]
fn many_writers_at_once_lose_nothing_and_share_commits() {
    on_both(&[&SCHEMA], |db| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        let door: Db = Db::clone(db);
        runtime.block_on(async move {
            let writers: Vec<_> = (0..500_i64)
                .map(|id| {
                    let door = door.clone();
                    tokio::spawn(async move {
                        door.write(move |tx| {
                            tx.exec_one(
                                "insert into note (jurisdiction_id, id, words) values ('x', $1, 'n')",
                                params![id],
                            )
                        })
                        .await
                    })
                })
                .collect();
            for writer in writers {
                writer.await.unwrap().unwrap();
            }
        });
        assert_eq!(notes(db).len(), 500);
    });
}

#[test]
fn numbers_of_a_sequence_are_never_given_twice() {
    on_both(&[&SCHEMA], |db| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        let door: Db = Db::clone(db);
        let mut numbers = runtime.block_on(async move {
            let takers: Vec<_> = (0..200)
                .map(|_| {
                    let door = door.clone();
                    tokio::spawn(async move {
                        door.write(|tx| tx.next_number("request springfield.example")).await
                    })
                })
                .collect();
            let mut numbers = Vec::new();
            for taker in takers {
                numbers.push(taker.await.unwrap().unwrap());
            }
            numbers
        });
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 200);
        assert_eq!(numbers[0], 1);
        let other: i64 = db.write_now(|tx| tx.next_number("request \"; drop table note; --")).unwrap();
        assert_eq!(other, 1);
    });
}

#[test]
fn racing_read_modify_writes_are_run_again_until_none_is_lost() {
    on_both(&[&SCHEMA], |db| {
        note(db, 0, "0").unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        let door: Db = Db::clone(db);
        runtime.block_on(async move {
            let adders: Vec<_> = (0..50)
                .map(|_| {
                    let door = door.clone();
                    tokio::spawn(async move {
                        door.write(|tx| {
                            tx.exec_one("update note set words = cast(cast(words as bigint) + 1 as text) where id = 0", &[])
                        })
                        .await
                    })
                })
                .collect();
            for adder in adders {
                adder.await.unwrap().unwrap();
            }
        });
        let sum: String = db
            .read_now(|tx| tx.query_one("select words from note where id = 0", &[], |row| row.get(0)))
            .unwrap();
        assert_eq!(sum, "50");
    });
}

#[test]
fn an_address_that_is_not_understood_is_named_without_its_password() {
    let error = Db::open("mysql://ana:secret@host/town", [0; 32]).err().unwrap().to_string();
    assert!(error.contains("host/town") && !error.contains("secret"), "{error}");
}

#[test]
fn a_file_locked_by_another_program_is_a_passing_error() {
    let database = TestDatabase::open(Engine::Sqlite, &[&SCHEMA]);
    let path = database.address().strip_prefix("sqlite:").unwrap().to_owned();
    let other = rusqlite::Connection::open(path).unwrap();
    other.execute_batch("begin exclusive").unwrap();
    let error = note(&database, 1, "waits, then is told").unwrap_err();
    assert!(error.is_passing(), "{error:?}");
    other.execute_batch("rollback").unwrap();
    note(&database, 1, "free again").unwrap();
}

#[test]
fn a_lost_server_connection_is_made_again() {
    let database = TestDatabase::open(Engine::Postgres, &[&SCHEMA]);
    let mut other = postgres::Client::connect(database.address(), postgres::NoTls).unwrap();
    other
        .execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", &[])
        .unwrap();
    for id in 0..20 {
        note(&database, id, "after the cut").unwrap();
    }
    assert_eq!(notes(&database).len(), 20);
}

/// A question whose answer would take minutes.
fn endless(tx: &mut db::Tx<'_>) -> Result<i64, Error> {
    const COUNT: &str = "
        with recursive n(i) as (select cast(1 as bigint) union all select i + 1 from n where i < 2000000000)
        select count(*) from n";
    tx.query_one(COUNT, &[], |row| row.get(0))
}

#[test]
fn ovl_09_a_query_that_takes_too_long_is_cut_off_and_nothing_else_is() {
    on_both(&[], |db| {
        let limited = db.limited(std::time::Duration::from_millis(50));
        for _ in 0..2 {
            let error = limited.read_now(endless).unwrap_err();
            assert!(error.is_out_of_time() && !error.is_passing(), "{error:?}");
            let seven =
                |tx: &mut db::Tx<'_>| tx.query_one("select cast(7 as bigint)", &[], |row| row.get::<i64>(0));
            assert_eq!(limited.read_now(seven).unwrap(), 7);
        }
        // Neither what is written nor what somebody reads who may wait has an end.
        const LONGER: &str = "
            with recursive n(i) as (select cast(1 as bigint) union all select i + 1 from n where i < 1000000)
            select count(*) from n";
        let count = |tx: &mut db::Tx<'_>| tx.query_one(LONGER, &[], |row| row.get::<i64>(0));
        let barely = db.limited(std::time::Duration::from_micros(1));
        assert!(barely.read_now(count).unwrap_err().is_out_of_time());
        assert_eq!(barely.write_now(count).unwrap(), 1_000_000);
        assert_eq!(db.read_now(count).unwrap(), 1_000_000);
    });
}
