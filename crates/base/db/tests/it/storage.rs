//! DUR-03, DUR-04 and OVL-03: one writer that shares its commits, a queue with an end, and storage that says when it
//! could not store.

use std::sync::mpsc;

use db::{Error, Tx, params};
use testkit::{Engine, TestDatabase};

use crate::door::{SCHEMA, note, notes};

/// Writers that come while one operation holds the writer up.
const TOGETHER: i64 = 64;

fn on_sqlite() -> TestDatabase {
    TestDatabase::open(Engine::Sqlite, &[&SCHEMA])
}

/// Commits in the write-ahead log: a frame that ends one carries the size of the database after it.
fn commits(address: &str) -> usize {
    const HEADER: usize = 32;
    const FRAME_HEADER: usize = 24;
    let log = std::fs::read(format!("{}-wal", address.strip_prefix("sqlite:").unwrap())).unwrap();
    let page = u32::from_be_bytes(log[8..12].try_into().unwrap()) as usize;
    let frames = log[HEADER..].chunks_exact(FRAME_HEADER + page);
    frames.filter(|frame| frame[4..8] != [0; 4]).count()
}

#[test]
fn dur_03_writers_that_come_together_share_a_commit_and_are_answered_after_it() {
    let db = on_sqlite();
    note(&db, 0, "first").unwrap();
    let before = commits(db.address());
    let (hold, held) = mpsc::channel::<()>();
    let held = std::sync::Mutex::new(held);
    let (begun, has_begun) = mpsc::channel();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let slow = db.write(move |tx: &mut Tx<'_>| {
            begun.send(()).unwrap();
            held.lock().unwrap().recv().unwrap();
            tx.exec_one("insert into note (jurisdiction_id, id, words) values ('x', 1000, 'slow')", &[])
        });
        let mut slow = Box::pin(slow);
        assert!(is_waiting(&mut slow));
        has_begun.recv().unwrap();
        let mut others: Vec<_> = (1..=TOGETHER).map(|id| Box::pin(write(&db, id))).collect();
        assert!(others.iter_mut().all(is_waiting));
        hold.send(()).unwrap();
        slow.await.unwrap();
        for other in others {
            other.await.unwrap();
        }
    });
    assert_eq!(notes(&db).len() as i64, TOGETHER + 2);
    let commits = commits(db.address()) - before;
    assert!(commits * 5 < TOGETHER as usize, "{commits} commits for {TOGETHER} writers");
}

async fn write(db: &db::Db, id: i64) -> Result<(), Error> {
    db.write(move |tx| {
        tx.exec_one("insert into note (jurisdiction_id, id, words) values ('x', $1, 'together')", params![id])
    })
    .await
}

/// Puts the operation into the queue, by asking once whether it is done.
fn is_waiting(operation: &mut (impl Future + Unpin)) -> bool {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    std::pin::Pin::new(operation).poll(&mut context).is_pending()
}

#[test]
fn dur_03_foreign_keys_full_sync_and_waiting_for_locks_are_on() {
    let db = on_sqlite();
    let settings = |tx: &mut Tx<'_>| -> Result<Vec<i64>, Error> {
        let pragmas =
            ["pragma foreign_keys", "pragma synchronous", "pragma busy_timeout", "pragma mmap_size"];
        pragmas.into_iter().map(|pragma| tx.query_one(pragma, &[], |row| row.get(0))).collect()
    };
    const FULL: i64 = 2;
    assert_eq!(db.write_now(settings).unwrap(), [1, FULL, 5_000, 0]);
}

/// Fills the rest of the space that the database may take; answers how many notes were acknowledged.
fn fill(db: &TestDatabase) -> i64 {
    for id in 0.. {
        if let Err(full) = note(db, id, LONG) {
            assert!(full.is_full(), "{full:?}");
            return id;
        }
    }
    unreachable!("the database has a limit");
}

const LONG: &str = "a note of the length that residents write when the street light in front of their house \
    has been dark since the storm, and nobody came, and it is the third time that they tell somebody";

#[test]
fn dur_04_a_full_disk_acknowledges_nothing_it_did_not_store_and_recovers_by_itself() {
    let db = on_sqlite();
    let limit = |pages: &'static str| {
        db.write_now(move |tx| tx.query_one(pages, &[], |row| row.get::<i64>(0))).unwrap();
    };
    limit("pragma max_page_count = 40");
    let kept = fill(&db);
    assert!(kept > 10, "{kept}");
    assert_eq!(notes(&db), (0..kept).collect::<Vec<_>>(), "what was acknowledged, and nothing else");
    limit("pragma max_page_count = 100000");
    note(&db, kept, LONG).unwrap();
    let whole: String =
        db.read_now(|tx| tx.query_one("pragma integrity_check", &[], |row| row.get(0))).unwrap();
    assert_eq!(whole, "ok");
}

#[test]
fn ovl_03_the_queue_has_an_end_and_work_that_nobody_waits_for_is_not_begun() {
    let db = on_sqlite();
    let (hold, held) = mpsc::channel::<()>();
    let held = std::sync::Mutex::new(held);
    let (begun, has_begun) = mpsc::channel();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut slow = Box::pin(db.write(move |_| {
            begun.send(()).unwrap();
            held.lock().unwrap().recv().unwrap();
            Ok::<_, Error>(())
        }));
        assert!(is_waiting(&mut slow));
        has_begun.recv().unwrap();
        let mut waiting = Vec::new();
        for id in 0..20_000 {
            let mut one = Box::pin(write(&db, id));
            if !is_waiting(&mut one) {
                break;
            }
            waiting.push(one);
        }
        assert!(waiting.len() < 10_000, "{} wait", waiting.len());
        assert!(matches!(write(&db, -1).await, Err(Error::Overloaded)));
        // All but the last give up; what they asked for must not happen behind their backs.
        let last = waiting.pop().unwrap();
        drop(waiting);
        hold.send(()).unwrap();
        slow.await.unwrap();
        last.await.unwrap();
    });
    assert_eq!(notes(&db).len(), 1, "only what somebody waited for");
}
