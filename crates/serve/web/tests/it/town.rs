//! Elmwood and its neighbour, with people, keys and a door.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use access::keys;
use access::passwords::{About, Hashing, Password};
use access::people::{self, NewPerson};
use access::{Actor, Email, JurisdictionId, Role, Scope};
use catalog::{JurisdictionDraft, Text, file, jurisdictions};
use jiff::{SignedDuration, Timestamp};
use requests::FileStore;
use testkit::TestDatabase;
use web::{App, Clock, Front, Parts, Settings};

use crate::browser::Browser;

pub(crate) const CATALOG: &str = r#"
language = "en"
default_calendar = "works"

[calendar.works]
zone = "America/New_York"
[calendar.works.hours]
monday = "09:00-17:00"
tuesday = "09:00-17:00"
wednesday = "09:00-17:00"
thursday = "09:00-17:00"
friday = "09:00-17:00"

[[department]]
code = "works"
name = { en = "Public Works", es = "Obras Públicas" }

[[team]]
code = "roads"
name = { en = "Roads", es = "Calles" }
department = "works"

[[team]]
code = "trees"
name = "Trees"
department = "works"

[[service]]
code = "pothole"
name = { en = "Pothole", es = "Bache" }
group = { en = "Streets", es = "Calles" }
keywords = { en = ["hole", "asphalt"], es = ["hoyo"] }
public = "full"
department = "works"
team = "roads"
[[service.question]]
code = "where"
datatype = "singlevaluelist"
required = true
text = { en = "Where in the street?", es = "¿En qué parte de la calle?" }
values = [
  { key = "lane", name = { en = "Car lane", es = "Carril" } },
  { key = "bike", name = { en = "Bike lane", es = "Ciclovía" } },
  { key = "gas", name = "It smells of gas", stopper = { kind = "emergency", number = "911" } },
]
[[service.question]]
code = "size"
datatype = "number"
required = true
text = "How wide is it, in inches?"
condition = { question = "where", any_of = ["lane"] }
[[service.target]]
from = 2020-01-01
first_response = "4 working hours"
resolution = "3 working days"

[[service]]
code = "graffiti"
name = "Graffiti"
public = "summary"
department = "works"

[[service]]
code = "noise"
name = "Noise"
department = "works"

[[service]]
code = "power"
name = "Power outage"
department = "works"
stopper = { kind = "not-ours", whom = "The power company", url = "https://power.example", phone = "800-555-0100" }
"#;

pub(crate) const PROGRAM: Actor = Actor::System("test");
pub(crate) const PASSWORD: &str = "seven purple walruses hum";

/// A clock that tests set.
pub(crate) struct TestClock(AtomicI64);

impl TestClock {
    pub(crate) fn advance(&self, by: SignedDuration) {
        self.0.fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// The town, its clock and its door.
pub(crate) struct Town<'d> {
    pub(crate) db: &'d TestDatabase,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) front: Front,
    pub(crate) home: JurisdictionId,
    /// What the disk has left.
    pub(crate) free_percent: Arc<AtomicI64>,
}

/// Runs a test in the town, on both engines.
#[expect(clippy::needless_pass_by_value, reason = "tests read better without the ampersand")]
pub(crate) fn in_town(test: impl AsyncFn(&Town<'_>)) {
    in_town_with(&Settings::default(), &test);
}

/// The same with other settings.
pub(crate) fn in_town_with(settings: &Settings, test: &impl AsyncFn(&Town<'_>)) {
    testkit::on_both(&[&web::SCHEMA], |db| {
        let files = tempdir();
        let town = Town::found(db, settings, FileStore::open(&files).unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(test(&town));
        std::fs::remove_dir_all(files).unwrap();
    });
}

fn tempdir() -> std::path::PathBuf {
    static MADE: AtomicI64 = AtomicI64::new(0);
    let name = format!("townline-web-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::SeqCst));
    std::env::temp_dir().join(name)
}

impl<'d> Town<'d> {
    fn found(db: &'d TestDatabase, settings: &Settings, files: FileStore) -> Self {
        // A Friday, one hour before the office closes.
        let clock: Timestamp = "2026-05-08T20:00:00Z".parse().unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(clock.as_microsecond())));
        let home: JurisdictionId = "elmwood.example".parse().unwrap();
        found(db, &home, "Elmwood", "elmwood.example");
        found(db, &"oakville.example".parse().unwrap(), "Oakville", "oakville.example");
        let settings = Settings {
            default_jurisdiction: Some(home.clone()),
            hashing: Hashing::new(8, 1).unwrap(),
            ..settings.clone()
        };
        let free_percent = Arc::new(AtomicI64::new(80));
        let left = Arc::clone(&free_percent);
        let app = App::new(Parts {
            db: (*db).clone(),
            clock: clock.clone(),
            files,
            sealing: access::InstallationKey::new([5; 32]).for_sealing(),
            settings,
            free_share: Some(Arc::new(move || Some(left.load(Ordering::SeqCst) as f64 / 100.0))),
            metrics: Some(Arc::new(|| "townline_up 1\n".to_owned())),
            noted_chains: None,
        });
        Self { db, clock, front: Front::new(app), home, free_percent }
    }

    /// Somebody with this role, who works here unless it says otherwise.
    pub(crate) async fn add_person(&self, role: Role, home: &JurisdictionId) -> String {
        let email = format!("{role}@{home}");
        let address = Email::new(&email).unwrap();
        let about = About { jurisdiction: home, jurisdiction_name: "x", name: "y", email: &address };
        let password = Hashing::new(8, 1).unwrap().hash(&Password::new(PASSWORD, &about).unwrap(), [7; 16]);
        let (name, roles) = (format!("Some {role}"), vec![role]);
        let new = NewPerson { jurisdiction: home.clone(), email: address, name, password, roles };
        let now = self.clock.now();
        self.db.write(move |tx| people::add(tx, now, &PROGRAM, &new)).await.unwrap();
        email
    }

    /// A browser in which somebody with this role has signed in.
    pub(crate) async fn staff(&self, role: Role) -> Browser {
        let email = self.add_person(role, &self.home).await;
        let mut browser = self.browser();
        browser.sign_in(&email).await;
        browser
    }

    /// A browser that nobody has used yet.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.front.clone(), "elmwood.example")
    }

    pub(crate) async fn key(&self, scopes: &[Scope]) -> String {
        let (now, home, scopes) = (self.clock.now(), self.home.clone(), scopes.to_vec());
        let made =
            self.db.write(move |tx| keys::add(tx, now, &PROGRAM, &home, "Test app", &scopes, None)).await;
        made.unwrap().key
    }

    /// How many rows the tables of requests and people hold: what must not change by itself.
    pub(crate) async fn row_counts(&self) -> Vec<i64> {
        let counts = self.db.read(|tx| {
            tx.query_one(COUNTS, db::params![], |row| {
                (0..6).map(|column| row.get(column)).collect::<Result<_, _>>()
            })
        });
        counts.await.unwrap()
    }
}

const COUNTS: &str = "
    select (select count(*) from service_request), (select count(*) from request_event),
        (select count(*) from person), (select count(*) from api_key), (select count(*) from report_draft),
        (select count(*) from audit_entry)";

fn found(db: &TestDatabase, id: &JurisdictionId, name: &str, host: &str) {
    static FILE: OnceLock<file::CatalogFile> = OnceLock::new();
    let file = FILE.get_or_init(|| file::parse(CATALOG).unwrap());
    let contact = Text::new("en", "Call 311 or 617-555-0100").with("es", "Llame al 311 o al 617-555-0100");
    let draft = JurisdictionDraft {
        contact,
        hosts: vec![host.to_owned()],
        ..JurisdictionDraft::new(Text::new("en", name), "America/New_York")
    };
    let (now, id): (Timestamp, _) = ("2020-01-01T05:00:00Z".parse().unwrap(), id.clone());
    db.write_now(move |tx| {
        jurisdictions::add(tx, now, &PROGRAM, &id, &draft, None)?;
        file::apply(tx, now, &PROGRAM, &id, file).map(|_| ())
    })
    .unwrap();
}
