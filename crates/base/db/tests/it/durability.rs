//! What was acknowledged is there after a kill; what was not is whole or absent.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use db::Db;

use crate::door::{SCHEMA, note, notes};

const CHILD: &str = "TOWNLINE_DB_TEST_CHILD";

/// Not a test of its own: the process that is killed. It prints each id once its write was acknowledged.
#[test]
fn the_writing_child() {
    let Ok(address) = std::env::var(CHILD) else { return };
    let db = Db::open(&address, [1; 32]).unwrap();
    let begin = notes(&db).last().map_or(0, |last| last + 1);
    for id in begin..begin + 100_000 {
        note(&db, id, "acknowledged").unwrap();
        println!("stored {id}");
    }
}

#[test]
fn dur_01_an_acknowledged_write_survives_a_kill_at_any_instant() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("town.db").display());
    Db::open(&address, [2; 32]).unwrap().migrate(&[&SCHEMA]).unwrap();
    for kill_after in [1, 7, 40, 150] {
        let acknowledged = write_until_killed(&address, kill_after);
        let kept = notes(&Db::open(&address, [3; 32]).unwrap());
        assert!(kept.contains(&acknowledged), "{acknowledged} was acknowledged and is gone");
        assert_eq!(kept, (0..kept.len() as i64).collect::<Vec<_>>(), "no hole, no half");
    }
}

/// Lets the child acknowledge some writes, kills it without warning, answers the last acknowledged id.
fn write_until_killed(address: &str, kill_after: usize) -> i64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["durability::the_writing_child", "--exact", "--nocapture"])
        .env(CHILD, address)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let last = lines
        .map_while(Result::ok)
        .filter_map(|line| line.rsplit_once("stored ").and_then(|(_, id)| id.parse().ok()))
        .take(kill_after)
        .last();
    child.kill().unwrap();
    child.wait().unwrap();
    last.expect("the child stored something")
}
