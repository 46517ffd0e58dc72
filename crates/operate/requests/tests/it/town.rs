//! Elmwood: a made-up town that is just large enough for every rule.

use std::sync::Arc;

use access::{Actor, JurisdictionId, KeyHolder, Role, Scope, SignedIn};
use catalog::{Answers, Catalog, JurisdictionDraft, ServiceId, TeamId, Text, file, jurisdictions};
use db::Tx;
use geography::Point;
use jiff::{SignedDuration, Timestamp};
use requests::{
    Change, Channel, Contact, Created, NewRequest, Place, Reporter, ReporterChange, RequestError, RequestId,
    RequestState, StaffView,
};
use testkit::TestDatabase;
use uuid::Uuid;

const CATALOG: &str = r#"
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
name = "Public Works"

[[department]]
code = "parks"
name = "Parks"

[[team]]
code = "roads"
name = "Roads"
department = "works"

[[team]]
code = "trees"
name = "Trees"
department = "parks"

# Published in full, handed to a team at once, with a target.
[[service]]
code = "pothole"
name = "Pothole"
public = "full"
department = "works"
team = "roads"
[[service.target]]
from = 2020-01-01
first_response = "4 working hours"
resolution = "3 working days"

# Published in summary, waits for triage.
[[service]]
code = "graffiti"
name = "Graffiti"
public = "summary"
department = "works"
[[service.target]]
from = 2020-01-01
resolution = "2 calendar days"

# Hidden, without a target.
[[service]]
code = "noise"
name = "Noise"
department = "works"

[[service]]
code = "dumping"
name = "Illegal dumping"
department = "works"
photo = "required"

[[service]]
code = "retired"
name = "Retired"
department = "works"
active = false

[[service]]
code = "power"
name = "Power outage"
department = "works"
stopper = { kind = "not-ours", whom = "The power company" }
"#;

/// A Friday, one hour before the office closes for the weekend.
pub(crate) const FRIDAY: &str = "2026-05-08T20:00:00Z";

pub(crate) const PROGRAM: Actor = Actor::System("test");

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

pub(crate) fn elmwood() -> JurisdictionId {
    "elmwood.example".parse().unwrap()
}

/// Runs a test in the town, on both engines.
pub(crate) fn in_town(test: impl Fn(&Town<'_>)) {
    testkit::on_both(&[&requests::SCHEMA], |db| test(&Town::found(db, elmwood())));
}

/// The town and the one next to it, in one database.
pub(crate) fn in_two_towns(test: impl Fn(&Town<'_>, &Town<'_>)) {
    testkit::on_both(&[&requests::SCHEMA], |db| {
        let next_door = Town::found(db, "oakville.example".parse().unwrap());
        test(&Town::found(db, elmwood()), &next_door);
    });
}

#[derive(Clone)]
pub(crate) struct Town<'d> {
    pub(crate) db: &'d TestDatabase,
    pub(crate) catalog: Arc<Catalog>,
}

impl<'d> Town<'d> {
    fn found(db: &'d TestDatabase, id: JurisdictionId) -> Self {
        let file = file::parse(CATALOG).unwrap();
        let contact = Text::new("en", "Call 311 or 617-635-4500");
        let draft = JurisdictionDraft {
            contact,
            ..JurisdictionDraft::new(Text::new("en", "Elmwood"), "America/New_York")
        };
        let now = at("2020-01-01T05:00:00Z");
        let catalog = db.write_now(move |tx| {
            jurisdictions::add(tx, now, &PROGRAM, &id, &draft, None)?;
            file::apply(tx, now, &PROGRAM, &id, &file)?;
            Catalog::load(tx, &id)
        });
        Self { db, catalog: Arc::new(catalog.unwrap()) }
    }

    pub(crate) fn id(&self) -> JurisdictionId {
        self.catalog.jurisdiction.id.clone()
    }

    pub(crate) fn service(&self, code: &str) -> ServiceId {
        self.catalog.service_by_code(code).unwrap().id
    }

    pub(crate) fn team(&self, code: &str) -> TeamId {
        self.catalog.team_by_code(code).unwrap().id
    }

    /// One operation that changes something.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        op: impl Fn(&mut Tx<'_>, &Catalog) -> Result<T, RequestError> + Send + 'static,
    ) -> Result<T, RequestError> {
        let catalog = self.catalog.clone();
        self.db.write_now(move |tx| op(tx, &catalog))
    }

    /// One operation that only reads.
    pub(crate) fn read<T: Send + 'static>(
        &self,
        op: impl Fn(&mut Tx<'_>, &JurisdictionId) -> Result<T, RequestError> + Send + 'static,
    ) -> Result<T, RequestError> {
        let id = self.id();
        self.db.read_now(move |tx| op(tx, &id))
    }

    /// Changes the catalog by a piece of a catalog file, and loads it anew.
    pub(crate) fn with_catalog(&self, change: impl Fn(&str) -> String) -> Self {
        let file = file::parse(&change(CATALOG)).unwrap();
        let id = self.id();
        let catalog = self.db.write_now(move |tx| {
            file::apply(tx, at(FRIDAY), &PROGRAM, &id, &file)?;
            Catalog::load(tx, &id)
        });
        Self { db: self.db, catalog: Arc::new(catalog.unwrap()) }
    }

    /// Somebody who may make every move.
    pub(crate) fn ana(&self) -> Actor {
        self.person(&[Role::Supervisor, Role::Dispatcher, Role::Administrator, Role::Crew])
    }

    pub(crate) fn person(&self, roles: &[Role]) -> Actor {
        let now = at(FRIDAY);
        Actor::Person(SignedIn {
            person_id: Uuid::from_u128(1).into(),
            jurisdiction: self.id(),
            name: "Ana".to_owned(),
            email: "ana@elmwood.example".to_owned(),
            roles: roles.to_vec(),
            session: Uuid::from_u128(2).into(),
            signed_in_at: now,
            seen_at: now,
            expires_at: now + hours(1),
        })
    }

    pub(crate) fn key(&self, scopes: &[Scope]) -> Actor {
        Actor::Key(KeyHolder {
            key: Uuid::from_u128(3).into(),
            jurisdiction: self.id(),
            label: "contractor".to_owned(),
            prefix: "abc".to_owned(),
            scopes: scopes.to_vec(),
            used_at: None,
        })
    }

    pub(crate) fn new_request(&self, service: &str) -> NewRequest {
        NewRequest {
            service: self.service(service),
            place: Place { point: Some(Point::new(42.36, -71.06).unwrap()), ..Place::default() },
            description: "A deep hole by the bus stop".to_owned(),
            answers: Answers::default(),
            contact: None,
            channel: Channel::Web,
            media_urls: Vec::new(),
            files: Vec::new(),
            confidential: false,
            idempotency: None,
        }
    }

    pub(crate) fn create(&self, now: Timestamp, new: NewRequest) -> Result<Created, RequestError> {
        self.write(move |tx, catalog| {
            requests::create(tx, &Actor::Resident, catalog, &new.clone().check(catalog, now)?)
        })
    }

    /// A resident reports on Friday afternoon.
    pub(crate) fn report(&self, service: &str) -> Created {
        self.create(at(FRIDAY), self.new_request(service)).unwrap()
    }

    /// As [`Town::report`], by somebody who can be told.
    pub(crate) fn report_by(&self, service: &str, name: &str) -> Created {
        let contact = Contact {
            name: Some(name.to_owned()),
            email: Some(format!("{}@mail.example", name.to_lowercase())),
            ..Contact::default()
        };
        self.create(at(FRIDAY), NewRequest { contact: Some(contact), ..self.new_request(service) }).unwrap()
    }

    /// Somebody does something to a request.
    pub(crate) fn act(
        &self,
        by: &Actor,
        now: Timestamp,
        request: RequestId,
        op: impl Fn(&mut Tx<'_>, &Change<'_>) -> Result<RequestState, RequestError> + Send + 'static,
    ) -> Result<RequestState, RequestError> {
        let by = by.clone();
        self.write(move |tx, catalog| op(tx, &Change { now, by: &by, catalog, request, expected: None }))
    }

    pub(crate) fn reporter(&self, created: &Created) -> Reporter {
        let token = created.tracking.clone();
        self.read(move |tx, id| requests::reporter(tx, id, &token)).unwrap().unwrap()
    }

    /// The holder of the private link does something.
    pub(crate) fn act_as_reporter(
        &self,
        now: Timestamp,
        created: &Created,
        op: impl Fn(&mut Tx<'_>, &ReporterChange<'_>) -> Result<RequestState, RequestError> + Send + 'static,
    ) -> Result<RequestState, RequestError> {
        let by = self.reporter(created);
        self.write(move |tx, catalog| op(tx, &ReporterChange { now, by: &by, catalog }))
    }

    pub(crate) fn view(&self, request: RequestId) -> StaffView {
        let ana = self.ana();
        self.read(move |tx, id| requests::find(tx, &ana, id, request)).unwrap()
    }

    pub(crate) fn history(&self, request: RequestId) -> Vec<requests::Recorded> {
        let ana = self.ana();
        self.read(move |tx, id| requests::timeline::staff(tx, &ana, id, request)).unwrap()
    }

    /// What waits in the outbox, oldest first.
    pub(crate) fn news(&self) -> Vec<requests::news::News> {
        let rows = self.db.read_now(|tx| {
            tx.query("select payload from outbox order by put_at, id", &[], |row| row.get::<String>(0))
        });
        rows.unwrap_or_else(|e: db::Error| panic!("{e}"))
            .iter()
            .map(|text| serde_json::from_str(text).unwrap())
            .collect()
    }
}
