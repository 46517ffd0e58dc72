//! Values come back as they went in, on both engines.

use db::{Migration, Param, Schema, params};
use jiff::Timestamp;
use proptest::prelude::*;
use testkit::{Engine, TestDatabase, on_both};
use uuid::Uuid;

static SCHEMA: Schema = Schema {
    name: "values",
    needs: &[],
    migrations: &[Migration {
        name: "0001_values",
        sql: "create table everything (
            jurisdiction_id text not null, id bigint not null,
            b boolean, i bigint, r double precision, t text, y bytea, u uuid, m timestamptz,
            constraint everything_pk primary key (jurisdiction_id, id)
        )
        --sqlite without rowid
        ;",
    }],
};

type Everything = (
    Option<bool>,
    Option<i64>,
    Option<f64>,
    Option<String>,
    Option<Vec<u8>>,
    Option<Uuid>,
    Option<Timestamp>,
);

fn everything() -> impl Strategy<Value = Everything> {
    let instant = (-2_208_988_800_000_000_i64..4_102_444_800_000_000)
        .prop_map(|micros| Timestamp::from_microsecond(micros).unwrap());
    (
        any::<Option<bool>>(),
        any::<Option<i64>>(),
        proptest::option::of(-1e12..1e12_f64),
        proptest::option::of("[^\\x00]{0,40}"),
        any::<Option<Vec<u8>>>(),
        proptest::option::of(any::<u128>().prop_map(Uuid::from_u128)),
        proptest::option::of(instant),
    )
}

fn store_and_fetch(db: &TestDatabase, id: i64, row: &Everything) -> Everything {
    let kept = row.clone();
    db.write_now(move |tx| {
        let (b, i, r, t, y, u, m) = &kept;
        tx.exec_one(
            "insert into everything (jurisdiction_id, id, b, i, r, t, y, u, m) values ('x', $1, $2, $3, $4, $5, $6, $7, $8)",
            params![id, b, i, r, t, y, u, m],
        )
    })
    .unwrap();
    db.read_now(move |tx| {
        tx.query_one("select b, i, r, t, y, u, m from everything where id = $1", params![id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?))
        })
    })
    .map_err(|e: db::Error| e)
    .unwrap()
}

#[test]
fn time_01_values_of_every_kind_come_back_as_they_went_in() {
    on_both(&[&SCHEMA], |db| {
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(100));
        let next = std::cell::Cell::new(0);
        runner
            .run(&everything(), |row| {
                next.set(next.get() + 1);
                prop_assert_eq!(&store_and_fetch(db, next.get(), &row), &row);
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn inp_01_hostile_text_is_stored_not_run() {
    on_both(&[&SCHEMA], |db| {
        let hostile = "'; drop table everything; -- $1 ?1 \u{1F6B0} \u{202E}".to_owned();
        let row = (None, None, None, Some(hostile), None, None, None);
        assert_eq!(store_and_fetch(db, 1, &row), row);
    });
}

#[test]
fn a_column_of_the_wrong_kind_is_an_error_not_a_guess() {
    on_both(&[&SCHEMA], |db| {
        let read = db.read_now(|tx| tx.query_one("select 'text'", &[], |row| row.get::<Uuid>(0)));
        assert!(matches!(read, Err(db::Error::Column { index: 0, .. })), "{read:?}");
        let null =
            db.read_now(|tx| tx.query_one("select cast(null as bigint)", &[], |row| row.get::<i64>(0)));
        assert!(matches!(null, Err(db::Error::Column { .. })), "{null:?}");
    });
}

#[test]
fn lists_of_any_length_are_bound() {
    on_both(&[&SCHEMA], |db| {
        for length in [0_i64, 1, 2, 3, 7, 300] {
            let found: Vec<i64> = db
                .read_now(move |tx| {
                    let query =
                        db::Query::new("select i from (select cast(2 as bigint) as i) numbers where i in ")
                            .bind_list(0..length);
                    tx.select(&query, |row| row.get(0))
                })
                .map_err(|e: db::Error| e)
                .unwrap();
            assert_eq!(found.len(), usize::from(length > 2), "a list of {length}");
        }
    });
}

#[test]
fn ids_made_later_sort_later_and_are_never_the_same() {
    let db = TestDatabase::open(Engine::Sqlite, &[&SCHEMA]);
    let noon: Timestamp = "2026-05-08T12:00:00Z".parse().unwrap();
    let ids: Vec<Uuid> = db
        .write_now(move |tx| {
            Ok::<_, db::Error>(
                (0..100).map(|n| tx.new_id(noon + jiff::SignedDuration::from_millis(n))).collect(),
            )
        })
        .unwrap();
    assert!(ids.is_sorted_by(|a, b| a < b));
    assert_eq!(ids[0].get_version_num(), 7);
    assert_eq!(Param::value(&ids[0]), db::Value::Uuid(ids[0]));
}
