//! Two years of requests that never were, in the order in which they came in.
//!
//! [`History`] is an iterator. It makes one day at a time, so that two million requests need no more memory than
//! forty thousand. Each day has its own streams of chance. What it imitates, and where that is written:
//!
//! - how many come in on a day, by weekday, season, weather and storm: `demand`;
//! - by which channel and at what time of day: `channels`;
//! - where: `places`;
//! - in which words: `texts`;
//! - what becomes of them: `course`.

mod channels;
mod course;
mod demand;
pub(crate) mod places;
pub(crate) mod texts;

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::behaviour::{Behaviour, PlaceHabit, ServiceBehaviour};
use crate::chance::{Chance, Purpose};
use crate::town::{Location, Town, ZONE};
use crate::weather::Storm;

use channels::Channels;
use course::CourseOf;
use demand::{Day, Demand};
use places::Places;

pub use course::{Ending, Happening, Step};
pub use texts::Language;

use requests::Channel;

/// Requests for each inhabitant and year, in towns where 311 is well known.
pub const REQUESTS_PER_HEAD_AND_YEAR: f64 = 0.35;

/// How long and how full a history is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistorySettings {
    /// The history ends here; what would happen later has not happened.
    pub now: Timestamp,
    /// How many requests there are in the two years.
    pub requests: u64,
}

impl HistorySettings {
    /// As many requests as a town of this population has in two years.
    pub fn usual(town: &Town, now: Timestamp) -> Self {
        let requests = (f64::from(town.population) * REQUESTS_PER_HEAD_AND_YEAR * 2.0).round() as u64;
        Self { now, requests }
    }
}

/// A request of the past.
#[derive(Debug, Clone, PartialEq)]
pub struct PastRequest {
    /// Number under which it was known: year and a running number.
    pub number: String,
    /// Code of the service.
    pub service: Arc<str>,
    /// When it came in.
    pub requested_at: Timestamp,
    /// By which channel.
    pub channel: Channel,
    /// The language of the description.
    pub language: Language,
    /// Where, unless the request is about no place.
    pub location: Option<Location>,
    /// In the resident's words.
    pub description: String,
    /// When it should be done.
    pub due_at: Option<Timestamp>,
    /// What happened until `now`, in order.
    pub course: Vec<Step>,
}

impl PastRequest {
    /// When and how it was closed; `None` while it is open.
    pub fn closing(&self) -> Option<(Timestamp, &Ending, &str)> {
        match self.course.last() {
            Some(Step { at, what: Happening::Closed { ending, note } }) => Some((*at, ending, note)),
            _ => None,
        }
    }
}

/// The requests of two years, oldest first.
///
/// `due` says when a request for a service (by code) that came in at some instant should be done.
pub struct History<'a, D> {
    town: &'a Town,
    settings: HistorySettings,
    due: D,
    behaviour: Behaviour,
    codes: Vec<Arc<str>>,
    zone: TimeZone,
    places: Places<'a>,
    storm: Storm,
    demand: Demand,
    today: VecDeque<Draft>,
    chance: Chance,
    made: u64,
    /// The latest requests, of which new ones may be duplicates.
    recent: VecDeque<Recent>,
}

/// What is known of a request once its day has been drawn up.
struct Draft {
    requested_at: Timestamp,
    service: usize,
    channel: Channel,
    storm_force: f64,
}

struct Recent {
    service: usize,
    number: String,
    requested_at: Timestamp,
    location: Location,
}

/// How many requests are looked back at for duplicates, and how far.
const RECENT_MAX: usize = 400;
const RECENT_HOURS: i64 = 40;

impl<'a, D> History<'a, D>
where
    D: Fn(&str, Timestamp) -> Option<Timestamp>,
{
    /// The history of a town.
    ///
    /// # Panics
    /// Never: the time zone and the bundled behaviour are part of the program.
    pub fn new(town: &'a Town, settings: HistorySettings, due: D) -> Self {
        let zone = TimeZone::get(ZONE).expect("the zone data is compiled in");
        let behaviour = Behaviour::bundled();
        let end = settings.now.to_zoned(zone.clone());
        let storm = Storm::before(town.seed, end.date());
        Self {
            town,
            settings,
            due,
            codes: behaviour.services().iter().map(|service| Arc::from(service.code.as_str())).collect(),
            places: Places::new(town, behaviour.services().len()),
            demand: Demand::new(town.seed, &end, settings.requests, &storm, &behaviour),
            behaviour,
            zone,
            storm,
            today: VecDeque::new(),
            chance: Chance::of(town.seed, Purpose::Requests, 0),
            made: 0,
            recent: VecDeque::new(),
        }
    }

    /// The storm that lies within these two years.
    pub fn storm(&self) -> &Storm {
        &self.storm
    }

    /// Draws up the next day on which anything comes in; false after the last.
    fn next_day(&mut self) -> bool {
        while self.today.is_empty() {
            let Some(day) = self.demand.next_day(&self.behaviour) else { return false };
            self.chance = Chance::of(self.town.seed, Purpose::Requests, crate::weather::day_number(day.date));
            let channels = Channels::on(day.date.weekday(), day.progress);
            let mut drafts: Vec<Draft> = (0..day.requests).map(|_| self.draft(&day, &channels)).collect();
            drafts.sort_by_key(|draft| draft.requested_at);
            self.today = drafts.into();
        }
        true
    }

    fn draft(&mut self, day: &Day, channels: &Channels) -> Draft {
        let service = self.chance.weighted(&day.services);
        let channel = channels.draw(&mut self.chance);
        let second = channels.second_of_day(&mut self.chance, channel);
        let requested_at = self.instant(day.date, second);
        Draft { requested_at, service, channel, storm_force: day.storm_force }
    }

    /// The instant at a second of the day; when that is yet to come, an instant earlier that day.
    fn instant(&mut self, date: Date, second: u32) -> Timestamp {
        let at = |second: i64| {
            let local = date.at(0, 0, 0, 0).saturating_add(second.seconds());
            self.zone.to_ambiguous_timestamp(local).compatible().unwrap_or(self.settings.now)
        };
        let wanted = at(i64::from(second));
        if wanted < self.settings.now {
            return wanted;
        }
        let midnight = at(0);
        let passed = (self.settings.now - midnight).get_seconds().max(1) as f64;
        let earlier = ((passed - 1.0) * self.chance.unit()) as i64;
        midnight.saturating_add(earlier.seconds()).unwrap_or(midnight)
    }

    fn make(&mut self, draft: &Draft) -> PastRequest {
        self.made += 1;
        let number = self.number(draft.requested_at);
        let habit = self.service(draft.service).place;
        let (location, duplicate_of) = match self.original_of(draft, habit) {
            Some((location, number)) => (Some(location), Some(number)),
            None => (self.places.draw(&mut self.chance, habit, draft.service), None),
        };
        if let (Some(location), None) = (&location, &duplicate_of) {
            self.remember(draft, &number, location);
        }
        self.tell(draft, number, location, duplicate_of)
    }

    fn tell(
        &mut self,
        draft: &Draft,
        number: String,
        location: Option<Location>,
        duplicate_of: Option<String>,
    ) -> PastRequest {
        let service = &self.behaviour.services()[draft.service];
        let language = Language::draw(&mut self.chance, draft.channel);
        let elsewhere = self.places.any_street(&mut self.chance);
        let description = texts::description(
            &mut self.chance,
            &self.behaviour.notes,
            service,
            language,
            location.as_ref(),
            elsewhere,
        );
        let due_at = (self.due)(&service.code, draft.requested_at);
        let course = CourseOf {
            service,
            notes: &self.behaviour.notes,
            requested_at: draft.requested_at,
            due_at,
            now: self.settings.now,
            zone: &self.zone,
            storm_force: draft.storm_force,
            address: location.as_ref().map_or("the address", |location| &location.address),
            duplicate_of,
        }
        .run(&mut self.chance);
        PastRequest {
            number,
            service: self.codes[draft.service].clone(),
            requested_at: draft.requested_at,
            channel: draft.channel,
            language,
            location,
            description,
            due_at,
            course,
        }
    }

    fn number(&self, at: Timestamp) -> String {
        let year = at.to_zoned(self.zone.clone()).year() % 100;
        format!("{year:02}-{:06}", self.made)
    }

    fn service(&self, service: usize) -> &ServiceBehaviour {
        &self.behaviour.services()[service]
    }

    /// An earlier request about the same thing, if this one is a duplicate. In a storm many are.
    fn original_of(&mut self, draft: &Draft, habit: PlaceHabit) -> Option<(Location, String)> {
        if matches!(habit, PlaceHabit::Home | PlaceHabit::None) {
            return None;
        }
        let stormy = if self.service(draft.service).storm > 0.0 { draft.storm_force } else { 0.0 };
        if !self.chance.yes(0.025 + 0.2 * stormy) {
            return None;
        }
        let since = draft.requested_at.saturating_sub(RECENT_HOURS.hours()).unwrap_or(draft.requested_at);
        let same: Vec<&Recent> = self
            .recent
            .iter()
            .filter(|recent| recent.service == draft.service && recent.requested_at >= since)
            .collect();
        // The latest come last; most duplicates follow soon.
        let back = self.chance.index(same.len().min(6));
        let pick = same.len().checked_sub(1 + back)?;
        Some((same[pick].location.clone(), same[pick].number.clone()))
    }

    fn remember(&mut self, draft: &Draft, number: &str, location: &Location) {
        if self.recent.len() == RECENT_MAX {
            self.recent.pop_front();
        }
        self.recent.push_back(Recent {
            service: draft.service,
            number: number.to_owned(),
            requested_at: draft.requested_at,
            location: location.clone(),
        });
    }
}

impl<D> Iterator for History<'_, D>
where
    D: Fn(&str, Timestamp) -> Option<Timestamp>,
{
    type Item = PastRequest;

    fn next(&mut self) -> Option<PastRequest> {
        if !self.next_day() {
            return None;
        }
        let draft = self.today.pop_front()?;
        Some(self.make(&draft))
    }
}
