//! Migrations: in order, once, and never backwards.

use db::{Db, Error, Migration, Schema};
use testkit::on_both;

static GROUND: Schema = Schema {
    name: "ground",
    needs: &[],
    migrations: &[Migration {
        name: "0001_ground",
        sql: "create table ground (jurisdiction_id text not null, constraint ground_pk primary key (jurisdiction_id));",
    }],
};

static FIRST: [Migration; 1] = [Migration {
    name: "0001_floor",
    sql: "create table floor (jurisdiction_id text not null, id bigint not null,
          constraint floor_pk primary key (jurisdiction_id, id),
          constraint floor_ground foreign key (jurisdiction_id) references ground (jurisdiction_id));",
}];
static BOTH: [Migration; 2] = [
    Migration { name: "0001_floor", sql: FIRST[0].sql },
    Migration { name: "0002_paint", sql: "alter table floor add column paint text;" },
];
static BROKEN: [Migration; 2] = [
    Migration { name: "0001_floor", sql: FIRST[0].sql },
    Migration { name: "0002_broken", sql: "alter table floor add column a text; create tabel b;" },
];

static OLD: Schema = Schema { name: "floor", needs: &[&GROUND], migrations: &FIRST };
static NEW: Schema = Schema { name: "floor", needs: &[&GROUND], migrations: &BOTH };
static BAD: Schema = Schema { name: "floor", needs: &[&GROUND], migrations: &BROKEN };

fn painted(db: &Db) -> bool {
    db.read_now(|tx| tx.query("select paint from floor", &[], |_| Ok(()))).is_ok()
}

#[test]
fn tables_that_are_needed_come_first_and_running_twice_changes_nothing() {
    on_both(&[], |db| {
        db.migrate(&[&NEW]).unwrap();
        db.migrate(&[&NEW, &GROUND]).unwrap();
        assert!(painted(db));
    });
}

#[test]
fn an_older_database_is_brought_up() {
    on_both(&[&OLD], |db| {
        assert!(!painted(db));
        db.migrate(&[&NEW]).unwrap();
        assert!(painted(db));
    });
}

#[test]
fn dur_10_an_older_program_refuses_a_newer_database() {
    on_both(&[&NEW], |db| {
        let refused = db.migrate(&[&OLD]);
        assert!(
            matches!(refused, Err(Error::NewerSchema { schema: "floor", found: 2, known: 1 })),
            "{refused:?}"
        );
    });
}

#[test]
fn a_migration_that_fails_leaves_the_old_schema_and_names_itself() {
    on_both(&[&OLD], |db| {
        let failed = db.migrate(&[&BAD]);
        assert!(matches!(failed, Err(Error::Migration { name: "0002_broken", .. })), "{failed:?}");
        db.migrate(&[&NEW]).unwrap();
        assert!(painted(db));
    });
}
