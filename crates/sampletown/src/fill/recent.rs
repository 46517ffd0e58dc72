//! A few dozen requests of the last days, taken through the real operations into every state of the life cycle.

mod lives;
mod report;

use std::sync::Arc;

use access::{Actor, Role};
use catalog::{Catalog, PublicLevel, Service};
use db::{Db, Tx};
use jiff::{SignedDuration, Timestamp};
use requests::{Change, Channel, Created, Outcome, ReporterChange, RequestId};

use super::people::People;
use super::{FillError, FillSettings};
use crate::behaviour::{Behaviour, ServiceBehaviour};
use crate::chance::{Chance, Purpose};
use crate::history::places::Places;
use crate::town::{Location, MadeUpPerson, Town};

use lives::{Act, LIVES};
use report::Reporting;

/// The channels by which the recent requests come in, in turn.
const CHANNELS: [Channel; 7] =
    [Channel::Phone, Channel::App, Channel::Web, Channel::Phone, Channel::Email, Channel::App, Channel::Sms];

/// The oldest recent request came in this long before now, the others evenly since.
const SINCE: SignedDuration = SignedDuration::from_hours(60);

/// Writes them in one transaction.
pub(super) fn write(
    db: &Db,
    town: &Arc<Town>,
    catalog: &Arc<Catalog>,
    people: &Arc<People>,
    settings: &FillSettings,
) -> Result<u64, FillError> {
    let (town, catalog, people, now) = (town.clone(), catalog.clone(), people.clone(), settings.now);
    db.write_now(move |tx| {
        let behaviour = Behaviour::bundled();
        let mut teller = Teller::new(&town, &catalog, &people, &behaviour, now);
        for (nth, (service, acts)) in LIVES.iter().enumerate() {
            teller.tell(tx, nth, service, acts)?;
        }
        Ok(LIVES.len() as u64)
    })
}

/// Tells the lives one after the other.
struct Teller<'a> {
    catalog: &'a Catalog,
    people: &'a People,
    behaviour: &'a Behaviour,
    places: Places<'a>,
    seed: u64,
    now: Timestamp,
    chance: Chance,
    /// The first pothole, of which later ones are duplicates.
    first: Option<(RequestId, Location)>,
}

/// One request while it is being worked on.
struct Case<'a> {
    created: Created,
    service: &'a Service,
    habits: &'a ServiceBehaviour,
    address: String,
    /// When the next act happens.
    at: Timestamp,
    pace: SignedDuration,
}

impl<'a> Teller<'a> {
    fn new(
        town: &'a Town,
        catalog: &'a Catalog,
        people: &'a People,
        behaviour: &'a Behaviour,
        now: Timestamp,
    ) -> Self {
        Self {
            catalog,
            people,
            behaviour,
            places: Places::new(town, behaviour.services().len()),
            seed: town.seed,
            now,
            chance: Chance::of(town.seed, Purpose::Recent, 0),
            first: None,
        }
    }

    fn tell(&mut self, tx: &mut Tx<'_>, nth: usize, code: &str, acts: &[Act]) -> Result<(), FillError> {
        let Some((kind, service)) = self.service(code) else { return Ok(()) };
        let mut case = self.create(tx, nth, kind, service, acts)?;
        for &act in acts {
            case.at = case.at.saturating_add(case.pace).map_or(self.now, |at| at.min(self.now));
            self.act(tx, &case, act)?;
        }
        Ok(())
    }

    /// Place of the service among those with a behaviour, and the service itself.
    fn service(&self, code: &str) -> Option<(usize, &'a Service)> {
        let kind = self.behaviour.services().iter().position(|service| service.code == code)?;
        Some((kind, self.catalog.service_by_code(code)?))
    }

    fn create(
        &mut self,
        tx: &mut Tx<'_>,
        nth: usize,
        kind: usize,
        service: &'a Service,
        acts: &[Act],
    ) -> Result<Case<'a>, FillError> {
        let age = SINCE / LIVES.len() as i32 * (LIVES.len() - nth) as i32;
        let at = self.now.saturating_sub(age).unwrap_or(self.now);
        let habits = &self.behaviour.services()[kind];
        let location = self.location(kind, acts);
        let reporting = Reporting {
            seed: self.seed,
            nth,
            at,
            catalog: self.catalog,
            service,
            habits,
            location: location.as_ref(),
            elsewhere: self.places.any_street(&mut self.chance),
            channel: CHANNELS[nth % CHANNELS.len()],
        };
        let created = self.send(tx, &reporting)?;
        if let (true, Some(location)) = (self.first.is_none() && habits.code == "POTHOLE", &location) {
            self.first = Some((created.id, location.clone()));
        }
        let address = location.map_or_else(|| "the address".to_owned(), |location| location.address);
        Ok(Case { created, service, habits, address, at, pace: age / (acts.len() as i32 + 2) })
    }

    /// Takes the report in; some that the public can see get followers at once.
    fn send(&mut self, tx: &mut Tx<'_>, reporting: &Reporting<'_>) -> Result<Created, FillError> {
        let Reporting { nth, at, channel, service, .. } = *reporting;
        let new = reporting.report(&mut self.chance, &self.behaviour.notes)?;
        let report = new.check(self.catalog, at)?;
        let created = requests::create(tx, &self.reporter(channel, at), self.catalog, &report)?;
        if service.public != PublicLevel::Hidden && nth.is_multiple_of(3) {
            self.follow(tx, nth, at, &created.number)?;
        }
        Ok(created)
    }

    fn location(&mut self, kind: usize, acts: &[Act]) -> Option<Location> {
        match &self.first {
            Some((_, location)) if acts.contains(&Act::SameAsFirst) => Some(location.clone()),
            _ => self.places.draw(&mut self.chance, self.behaviour.services()[kind].place, kind),
        }
    }

    fn follow(&self, tx: &mut Tx<'_>, nth: usize, at: Timestamp, number: &str) -> Result<(), FillError> {
        for follower in 0..=nth % 4 {
            // Other people than the reporters.
            let email = MadeUpPerson::new(self.seed, 2_000 + (nth * 4 + follower) as u64).email;
            requests::follow(tx, at, &self.catalog.jurisdiction.id, number, &email, Some("en"))?;
        }
        Ok(())
    }

    /// Residents report themselves except where an agent types for them.
    fn reporter(&self, channel: Channel, at: Timestamp) -> Actor {
        match channel {
            Channel::Phone | Channel::WalkIn | Channel::Chat => self.people.acting_as(Role::Agent, at),
            _ => Actor::Resident,
        }
    }

    fn act(&mut self, tx: &mut Tx<'_>, case: &Case<'a>, act: Act) -> Result<(), FillError> {
        let role = match act {
            Act::Triage | Act::Hide | Act::NoteForStaff => Role::Agent,
            Act::AssignAgain | Act::SameAsFirst | Act::NotOurs | Act::Reopen | Act::NoteForAll => {
                Role::Dispatcher
            }
            _ => Role::Crew,
        };
        let by = self.people.acting_as(role, case.at);
        let change =
            Change { now: case.at, by: &by, catalog: self.catalog, request: case.created.id, expected: None };
        match act {
            Act::Withdraw | Act::TellMore => self.act_as_reporter(tx, case, act),
            Act::Finish | Act::NothingToDo | Act::NotOurs | Act::CouldNot | Act::SameAsFirst => {
                self.close(tx, case, &change, act)
            }
            _ => self.work(tx, case, &change, act),
        }
    }

    fn work(
        &mut self,
        tx: &mut Tx<'_>,
        case: &Case<'a>,
        change: &Change<'_>,
        act: Act,
    ) -> Result<(), FillError> {
        let notes = &self.behaviour.notes;
        match act {
            Act::Triage => requests::triage(tx, change)?,
            Act::Accept => requests::accept(tx, change)?,
            Act::Refuse => requests::refuse(tx, change, self.chance.line(&notes.refused), None)?,
            Act::AssignAgain => match case.service.team {
                Some(team) => requests::assign(tx, change, team)?,
                None => return Ok(()),
            },
            Act::Schedule => requests::schedule(tx, change, later(self.now, 20))?,
            Act::Start => requests::start(tx, change)?,
            Act::Pause => {
                let reason = self.chance.line(&notes.waiting);
                requests::pause(tx, change, reason, Some(later(self.now, 70)))?
            }
            Act::Resume => requests::resume(tx, change)?,
            Act::OrderWork => requests::order_work(tx, change, "WO-10452", Some("Works orders"))?,
            Act::Reopen => requests::reopen(tx, change, self.chance.line(&notes.reopened))?,
            Act::NoteForAll => requests::add_public_note(
                tx,
                change,
                "The crew has been to see the place and brings what it needs.",
            )?,
            Act::NoteForStaff => requests::add_internal_note(
                tx,
                change,
                "Called twice before about the same block; worth a look at the whole street.",
            )?,
            _ => requests::set_confidential(tx, change, true)?,
        };
        Ok(())
    }

    fn close(
        &mut self,
        tx: &mut Tx<'_>,
        case: &Case<'a>,
        change: &Change<'_>,
        act: Act,
    ) -> Result<(), FillError> {
        let notes = &self.behaviour.notes;
        let (outcome, notes) = match (act, &self.first) {
            (Act::SameAsFirst, Some((first, _))) => (Outcome::Duplicate { of: *first }, &notes.duplicate),
            (Act::NothingToDo, _) => (Outcome::NoActionNeeded, &notes.no_action),
            (Act::NotOurs, _) => (Outcome::NotOurs, &notes.not_ours),
            (Act::CouldNot, _) => (Outcome::CouldNot, &notes.could_not),
            _ => (Outcome::Done, &case.habits.done),
        };
        let note = self.chance.line(notes).replace("{address}", &case.address);
        requests::close(tx, change, outcome, &note.replace("number {number}", "the earlier number"))?;
        Ok(())
    }

    fn act_as_reporter(&self, tx: &mut Tx<'_>, case: &Case<'a>, act: Act) -> Result<(), FillError> {
        let jurisdiction = &self.catalog.jurisdiction.id;
        let Some(by) = requests::reporter(tx, jurisdiction, &case.created.tracking)? else { return Ok(()) };
        let change = ReporterChange { now: case.at, by: &by, catalog: self.catalog };
        match act {
            Act::Withdraw => {
                requests::withdraw(tx, &change, "A neighbor has helped us out, we no longer need it.")?
            }
            _ => requests::add_information(
                tx,
                &change,
                "It is on the side of the even numbers, behind the blue gate.",
            )?,
        };
        Ok(())
    }
}

fn later(now: Timestamp, hours: i64) -> Timestamp {
    now.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(now)
}
