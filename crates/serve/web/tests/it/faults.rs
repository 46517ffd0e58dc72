//! OUT-04 and CFG-05: what breaks inside is told as a number and advice, and costs one answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use access::Role;
use http::{Method, StatusCode};
use jiff::Timestamp;
use requests::FileStore;
use web::{App, Clock, Front, Parts, Settings};

use crate::browser::{Answer, Browser};
use crate::matrix::sample_path;
use crate::town::{TestClock, Town, in_town};

/// What only somebody who builds or runs the program needs to know.
const INSIDE: [&str; 14] = [
    "_gone",
    "no such table",
    "relation \"",
    "sqlite",
    "postgres",
    "rusqlite",
    "insert into",
    "where ",
    ".rs",
    "panicked",
    "/tmp",
    "thread",
    "stack",
    "townline 0",
];

fn tells_nothing(answer: &Answer) {
    let text = answer.text();
    for word in INSIDE {
        assert!(!text.to_lowercase().contains(word), "{}: {word:?} in\n{text}", answer.path);
    }
}

/// Each with what puts it back.
const BREAKS: [(&str, &str); 5] = [
    (
        "alter table service_request rename to request_gone",
        "alter table request_gone rename to service_request",
    ),
    ("alter table report_draft rename to draft_gone", "alter table draft_gone rename to report_draft"),
    ("alter table session rename to session_gone", "alter table session_gone rename to session"),
    ("alter table job rename to job_gone", "alter table job_gone rename to job"),
    (
        "alter table sign_in_attempt rename to attempt_gone",
        "alter table attempt_gone rename to sign_in_attempt",
    ),
];

async fn run(town: &Town<'_>, sql: &'static str) {
    town.db.write(move |tx| tx.exec(sql, db::params![])).await.unwrap();
}

/// Asks for every route; answers how many failed.
async fn sweep(browser: &mut Browser) -> usize {
    let mut failed = 0;
    // Signing out would end the visit to the rest of the table.
    for route in web::table().iter().filter(|route| route.path != "/sign-out") {
        let path = sample_path(route);
        let answer = if route.method == Method::GET {
            browser.get(&path).await
        } else {
            let token = browser.cookie("__Host-townline-session").map(|_| browser.form_token());
            let fields = [("form-token", token.as_deref().unwrap_or_default()), ("address", "1 Elm Street")];
            browser.post(&path, &fields).await
        };
        if answer.status.is_server_error() {
            failed += 1;
            tells_nothing(&answer);
        }
    }
    failed
}

#[test]
fn out_04_a_broken_store_is_told_as_a_number_and_advice_and_nothing_else() {
    in_town(async |town: &Town<'_>| {
        let boss = town.staff(Role::Administrator).await;
        for (wound, cure) in BREAKS {
            run(town, wound).await;
            let failed = sweep(&mut town.browser()).await + sweep(&mut boss.clone()).await;
            assert!(failed > 0, "{wound} broke nothing");
            run(town, cure).await;
        }
        let (mut stranger, mut boss) = (town.browser(), boss);
        assert_eq!(sweep(&mut stranger).await + sweep(&mut boss).await, 0, "whole again");
    });
}

/// A clock that breaks once when it is told to: every handler looks at it.
struct Trap {
    clock: Arc<TestClock>,
    is_set: AtomicBool,
}

impl Clock for Trap {
    fn now(&self) -> Timestamp {
        assert!(!self.is_set.swap(false, Ordering::SeqCst), "the trap was set");
        self.clock.now()
    }
}

#[test]
fn cfg_05_a_panic_costs_one_answer_with_a_number_to_find_it_by() {
    in_town(async |town: &Town<'_>| {
        let trap = Arc::new(Trap { clock: town.clock.clone(), is_set: AtomicBool::new(false) });
        let folder = tempfile::tempdir().unwrap();
        let front = Front::new(App::new(Parts {
            db: (*town.db).clone(),
            clock: trap.clone(),
            files: FileStore::open(folder.path()).unwrap(),
            sealing: access::InstallationKey::new([5; 32]).for_sealing(),
            settings: Settings { default_jurisdiction: Some(town.home.clone()), ..Settings::default() },
            free_share: None,
            metrics: None,
            noted_chains: None,
        }));
        let mut browser = Browser::new(front, "elmwood.example");
        for path in ["/", "/open311/v2/services.json", "/api/v1/nothing"] {
            trap.is_set.store(true, Ordering::SeqCst);
            let broken = browser.get(path).await.expect(StatusCode::INTERNAL_SERVER_ERROR);
            tells_nothing(&broken);
            browser.page("/requests").await;
        }
    });
}
