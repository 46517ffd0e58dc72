//! Springfield: a town with one service of each kind, and clients that speak Open311 to it.

use std::cell::Cell;
use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use access::{Actor, JurisdictionId, Scope, keys};
use catalog::file::{apply, parse};
use catalog::{Catalog, JurisdictionDraft, Text, jurisdictions};
use db::Tx;
use geography::Shape;
use jiff::{SignedDuration, Timestamp};
use open311::form::{Params, Upload};
use open311::problem::Problem;
use open311::route::{Format, Resource, route};
use open311::server::{self, Answer, Call, Refusal, Site, SiteKind, caller, jurisdiction};
use requests::files::{FileName, FileStore};
use requests::{Change, Outcome};
use testkit::TestDatabase;

pub(crate) const PROGRAM: Actor = Actor::System("test");

type Broken = Box<dyn Error + Send + Sync>;

/// A point in the middle of the town.
pub(crate) const HERE: &str = "lat=42.3601&long=-71.0589";

/// The least that a pothole needs besides a place.
pub(crate) const HOLE: &str = "service_code=POTHOLE&attribute[DEPTH]=3";

pub(crate) struct Town<'d> {
    db: &'d TestDatabase,
    id: JurisdictionId,
    pub(crate) catalog: Arc<Catalog>,
    now: Cell<Timestamp>,
    keys: HashMap<&'static str, String>,
    photos: tempfile::TempDir,
}

/// An answer with its body as text.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

/// Runs a test in a town on each engine. The time is Friday noon in Boston.
pub(crate) fn in_town(test: impl Fn(&Town<'_>)) {
    testkit::on_both(&[&open311::SCHEMA], |db| test(&Town::found(db)));
}

impl Town<'_> {
    fn found(db: &TestDatabase) -> Town<'_> {
        let now: Timestamp = "2026-05-08T16:00:00Z".parse().unwrap();
        let id: JurisdictionId = "springfield.example".parse().unwrap();
        let home = id.clone();
        let (catalog, keys) = db
            .write_now(move |tx| {
                let draft = JurisdictionDraft {
                    contact: Text::new("en", "Call 311."),
                    languages: vec!["en".to_owned(), "es".to_owned()],
                    ..JurisdictionDraft::new(Text::new("en", "Springfield"), "America/New_York")
                };
                jurisdictions::add(tx, now, &PROGRAM, &home, &draft, Some(&land()))?;
                let file = parse(include_str!("../fixtures/springfield.toml"))?;
                apply(tx, now, &PROGRAM, &home, &file)?;
                let mut made = HashMap::new();
                for (name, scopes) in [
                    ("create", &[Scope::Open311Create][..]),
                    ("update", &[Scope::Open311Update]),
                    ("private", &[Scope::Open311Private]),
                    ("create and private", &[Scope::Open311Create, Scope::Open311Private]),
                ] {
                    made.insert(name, keys::add(tx, now, &PROGRAM, &home, name, scopes, None)?.key);
                }
                Ok::<_, Broken>((Catalog::load(tx, &home)?, made))
            })
            .unwrap();
        let photos = tempfile::tempdir().unwrap();
        Town { db, id, catalog: Arc::new(catalog), now: Cell::new(now), keys, photos }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now.get()
    }

    pub(crate) fn hours_pass(&self, hours: i64) {
        self.now.set(self.now.get() + SignedDuration::from_hours(hours));
    }

    pub(crate) fn days_pass(&self, days: i64) {
        self.hours_pass(24 * days);
    }

    pub(crate) fn key(&self, name: &str) -> &str {
        &self.keys[name]
    }

    /// A GET by anybody.
    pub(crate) fn get(&self, address: &str) -> Said {
        let (path, query) = split(address);
        let answer = self.call(path, Params::from_query(query));
        self.said(path, answer.and_then(|(call, actor)| self.read(call, actor)))
    }

    /// A GET with a key in the header.
    pub(crate) fn get_with(&self, key: &str, address: &str) -> Said {
        let (path, query) = split(address);
        let params = Params::from_query(query).map(|params| params.with_key_from_header(self.key(key)));
        self.said(path, self.call(path, params).and_then(|(call, actor)| self.read(call, actor)))
    }

    /// A POST of a form that has everything in it but the key.
    pub(crate) fn post(&self, address: &str, form: &str) -> Said {
        let key = if address.contains("servicerequestupdates") { "update" } else { "create" };
        self.post_with(key, address, form)
    }

    pub(crate) fn post_with(&self, key: &str, address: &str, form: &str) -> Said {
        self.post_raw(address, &format!("{form}&api_key={}", self.key(key)), None)
    }

    pub(crate) fn post_raw(&self, address: &str, form: &str, idempotency_key: Option<&str>) -> Said {
        let (path, query) = split(address);
        let params = Params::from_query(query).and_then(|params| params.with_form(form.as_bytes()));
        self.said(
            path,
            self.call(path, params).and_then(|(call, actor)| self.write(call, actor, idempotency_key)),
        )
    }

    pub(crate) fn post_files(&self, address: &str, fields: &[(&str, &str)], files: Vec<Upload>) -> Said {
        let (path, query) = split(address);
        let key = if path.contains("servicerequestupdates") { "update" } else { "create" };
        let with_key = fields.iter().copied().chain([("api_key", self.key(key))]);
        let parts = with_key.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec()));
        let params = Params::from_query(query).and_then(|params| params.with_parts(parts, files));
        self.said(path, self.call(path, params).and_then(|(call, actor)| self.write(call, actor, None)))
    }

    /// Makes a request and answers its number.
    pub(crate) fn report(&self, form: &str) -> String {
        let said = self.post("/requests.json", form);
        assert_eq!(said.status, 200, "{}", said.body);
        said.json()[0]["service_request_id"].as_str().expect("a realtime service").to_owned()
    }

    /// What the office does with a request.
    pub(crate) fn office(&self, number: &str, work: fn(&mut Tx<'_>, &Change<'_>)) {
        let (catalog, now, number) = (Arc::clone(&self.catalog), self.now(), number.to_owned());
        self.db
            .write_now(move |tx| {
                let request = requests::id_of(tx, &catalog.jurisdiction.id, &number)?.expect("it exists");
                work(tx, &Change { now, by: &PROGRAM, catalog: &catalog, request, expected: None });
                Ok::<_, Broken>(())
            })
            .unwrap();
    }

    pub(crate) fn close(&self, number: &str) {
        self.office(number, |tx, change| {
            let note = "We filled the pothole in front of number 12 this morning.";
            requests::close(tx, change, Outcome::NoActionNeeded, note).unwrap();
        });
    }

    /// How many requests are stored, whatever anybody may see.
    pub(crate) fn stored(&self) -> i64 {
        let count = "select count(*) from service_request";
        self.db.read_now(move |tx| tx.query_one(count, &[], |row| row.get::<i64>(0))).unwrap()
    }

    fn call(&self, path: &str, params: Result<Params, Problem>) -> Result<(Call, Actor), Refusal> {
        let (resource, format) = route(path).ok_or_else(Problem::no_such_path)?;
        let params = params?;
        jurisdiction(&params, std::slice::from_ref(&self.id), None)?;
        let holder = match params.api_key() {
            None => None,
            Some(presented) => {
                let (id, now, key) = (self.id.clone(), self.now(), presented.key.to_owned());
                self.db.read_now(move |tx| keys::find(tx, now, &id, &key))?
            }
        };
        let actor = caller(&params, holder);
        Ok((Call { resource, format, params }, actor))
    }

    fn read(&self, call: Call, actor: Actor) -> Result<Answer, Refusal> {
        let (catalog, now) = (Arc::clone(&self.catalog), self.now());
        self.db.read_now(move |tx| server::get(tx, &catalog, now, &actor, &site(), &call))
    }

    fn write(&self, call: Call, actor: Actor, idempotency_key: Option<&str>) -> Result<Answer, Refusal> {
        let (catalog, now) = (Arc::clone(&self.catalog), self.now());
        let store = FileStore::open(self.photos.path()).unwrap();
        let mut name = 0_u8;
        let names = || {
            name += 1;
            FileName::random([name; 16])
        };
        match call.resource {
            Resource::Requests => {
                let prepared = server::create::prepare(&catalog, now, &actor, call, idempotency_key)?;
                let prepared = prepared.keep_photos(&store, names)?;
                let (report, reply) = prepared.check(&catalog, now)?;
                let created = self.db.write_now(move |tx| requests::create(tx, &actor, &catalog, &report))?;
                Ok(reply.to(created))
            }
            Resource::Updates => {
                let prepared = server::updates_in::prepare(&catalog, &actor, call)?;
                let prepared = prepared.keep_photos(&store, names)?;
                self.db.write_now(move |tx| prepared.commit(tx, now, &actor, &catalog))
            }
            other => Err(Problem::method_not_allowed(other.allowed_methods()).into()),
        }
    }

    fn said(&self, path: &str, answer: Result<Answer, Refusal>) -> Said {
        let format = Format::of_path(path);
        let answer = answer.unwrap_or_else(|refusal| {
            assert!(!refusal.is_ours(), "{path}: {refusal:?}");
            refusal.problem().answer(format)
        });
        Said {
            status: answer.status,
            content_type: answer.content_type,
            headers: answer.headers,
            body: String::from_utf8(answer.body).unwrap(),
        }
    }
}

impl Said {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The values of one field over the list that is the answer.
    pub(crate) fn every(&self, field: &str) -> Vec<String> {
        let list = self.json();
        let list = list.as_array().unwrap_or_else(|| panic!("no list: {}", self.body));
        list.iter().map(|entry| entry[field].as_str().unwrap_or_default().to_owned()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The status and the descriptions of a refusal.
    pub(crate) fn refusal(&self) -> (u16, Vec<String>) {
        (self.status, self.every("description"))
    }
}

fn split(address: &str) -> (&str, &str) {
    address.split_once('?').unwrap_or((address, ""))
}

fn site() -> Site {
    Site {
        base_url: "https://springfield.example/open311/v2".to_owned(),
        photos_url: "https://springfield.example/photos/".to_owned(),
        key_service: "Write to apps@springfield.example".to_owned(),
        kind: SiteKind::Production,
    }
}

fn land() -> Shape {
    Shape::from_geojson(
        r#"{"type":"Polygon","coordinates":[[[-71.2,42.2],[-70.9,42.2],[-70.9,42.5],[-71.2,42.5],[-71.2,42.2]]]}"#,
    )
    .unwrap()
}
