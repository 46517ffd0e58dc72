//! The whole catalog of one jurisdiction as a value in memory.
//!
//! Taking in a request asks the catalog a dozen questions (which service, which questions, whose district, which
//! team, what promise), thousands of times a second. So it is loaded once, shared, and never changed: a node that
//! sees a newer [`version`](crate::version) loads a new one. No look-up here touches the store.

use std::collections::HashMap;

use access::JurisdictionId;
use calendar::Calendar;
use db::Tx;
use geography::{Districts, Point};
use jiff::Timestamp;

use crate::brand::{self, Brand};
use crate::calendars::{self, NamedCalendar};
use crate::change;
use crate::department::{Department, DepartmentId, Team, TeamId};
use crate::departments;
use crate::districts;
use crate::error::CatalogError;
use crate::jurisdiction::{self, Jurisdiction};
use crate::notice::{self, Notice};
use crate::question::Question;
use crate::questions;
use crate::service::{Route, RouteDraft, Service, ServiceDraft, ServiceId};
use crate::services;
use crate::target::{Promise, Target, in_force};
use crate::targets;
use crate::teams;
use crate::text::Text;

/// A point this close outside the border still counts as inside: borders run down the middle of streets, and
/// telephones are off by some metres.
pub const BORDER_TOLERANCE_M: f64 = 100.0;

/// Everything one jurisdiction offers, as it was at one [`version`](Catalog::version).
#[derive(Debug, Clone)]
pub struct Catalog {
    /// The government itself.
    pub jurisdiction: Jurisdiction,
    brand: Brand,
    version: i64,
    departments: Vec<Department>,
    teams: Vec<Team>,
    services: Vec<Service>,
    calendars: Vec<NamedCalendar>,
    default_calendar: usize,
    notices: Vec<Notice>,
    districts: Districts,
    places: Places,
    /// One entry for each service, in the same order.
    service_targets: Vec<Vec<Target>>,
    service_calendars: Vec<usize>,
}

/// Where each thing stands in its list.
#[derive(Debug, Clone, Default)]
struct Places {
    departments: HashMap<DepartmentId, usize>,
    teams: HashMap<TeamId, usize>,
    services: HashMap<ServiceId, usize>,
    service_codes: HashMap<String, usize>,
}

/// Where a point is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<'c> {
    /// Whether it is on this government's land; always true when no boundary is known.
    pub inside: bool,
    /// Its districts as (kind, code), at most one of each kind.
    pub districts: Vec<(&'c str, &'c str)>,
}

/// The team a request goes to, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Routing<'c> {
    /// The team.
    pub team: TeamId,
    /// The route that chose it; `None` when it is the service's default team.
    pub route: Option<&'c Route>,
}

impl Catalog {
    /// Loads the catalog of one jurisdiction.
    ///
    /// # Errors
    /// [`CatalogError::UnknownJurisdiction`]; [`CatalogError::Damaged`] when an entry names something that is not
    /// there; the store's.
    pub fn load(tx: &mut Tx<'_>, id: &JurisdictionId) -> Result<Catalog, CatalogError> {
        // The version first: a change that arrives during loading then looks newer than what was loaded.
        let version = change::version(tx, id)?;
        let jurisdiction =
            jurisdiction::find(tx, id)?.ok_or_else(|| CatalogError::UnknownJurisdiction(id.clone()))?;
        let calendars = calendars::all(tx, id)?;
        let default_calendar = calendar_place(&calendars, &jurisdiction.default_calendar)?;
        let mut catalog = Catalog {
            version,
            departments: departments::all(tx, id)?,
            teams: teams::all(tx, id)?,
            services: load_services(tx, id)?,
            calendars,
            default_calendar,
            notices: notice::all(tx, id)?,
            districts: Districts::new(districts::all(tx, id)?),
            jurisdiction,
            brand: brand::find(tx, id)?,
            places: Places::default(),
            service_targets: Vec::new(),
            service_calendars: Vec::new(),
        };
        catalog.index();
        catalog.attach_calendars()?;
        catalog.attach_targets(targets::all(tx, id)?)?;
        Ok(catalog)
    }

    /// What the town looks like.
    pub fn brand(&self) -> &Brand {
        &self.brand
    }

    /// The number of the change after which this was loaded.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Every service, also those no longer offered, by group and name.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The services that are listed: also those with a stopper, which is where people learn whom to ask instead.
    pub fn active_services(&self) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(|service| service.active)
    }

    /// The service with this code.
    pub fn service_by_code(&self, code: &str) -> Option<&Service> {
        self.places.service_codes.get(code).map(|place| &self.services[*place])
    }

    /// The service with this id.
    pub fn service(&self, id: ServiceId) -> Option<&Service> {
        self.places.services.get(&id).map(|place| &self.services[*place])
    }

    /// A service as a draft, to be edited and saved.
    pub fn draft_of(&self, service: &Service) -> ServiceDraft {
        let team_code = |id: TeamId| self.team(id).map_or_else(String::new, |team| team.code.clone());
        let route = |route: &Route| RouteDraft {
            kind: route.kind.clone(),
            code: route.code.clone(),
            team: team_code(route.team),
        };
        ServiceDraft {
            code: service.code.clone(),
            name: service.name.clone(),
            description: service.description.clone(),
            group: service.group.clone(),
            keywords: service.keywords.clone(),
            icon: service.icon.clone(),
            public: service.public,
            kind: service.kind,
            photo: service.photo,
            department: self.department(service.department).map_or_else(String::new, |one| one.code.clone()),
            team: service.team.map(team_code),
            routes: service.routes.iter().map(route).collect(),
            calendar: service.calendar.clone(),
            duplicate_radius_m: service.duplicate_radius_m,
            stopper: service.stopper.clone(),
            active: service.active,
            questions: service.questions.iter().map(Question::draft).collect(),
        }
    }

    /// The headings of the listed services, each once, in order; services without a group come under none.
    pub fn groups(&self) -> Vec<&Text> {
        let mut groups: Vec<&Text> = self.active_services().map(|service| &service.group).collect();
        groups.dedup_by(|a, b| a.in_default() == b.in_default());
        groups.retain(|group| !group.is_empty());
        groups
    }

    /// Every department, by code.
    pub fn departments(&self) -> &[Department] {
        &self.departments
    }

    /// The department with this id.
    pub fn department(&self, id: DepartmentId) -> Option<&Department> {
        self.places.departments.get(&id).map(|place| &self.departments[*place])
    }

    /// The department with this code.
    pub fn department_by_code(&self, code: &str) -> Option<&Department> {
        self.departments
            .binary_search_by(|one| one.code.as_str().cmp(code))
            .ok()
            .map(|place| &self.departments[place])
    }

    /// Every team, by code.
    pub fn teams(&self) -> &[Team] {
        &self.teams
    }

    /// The team with this id.
    pub fn team(&self, id: TeamId) -> Option<&Team> {
        self.places.teams.get(&id).map(|place| &self.teams[*place])
    }

    /// The team with this code.
    pub fn team_by_code(&self, code: &str) -> Option<&Team> {
        self.teams.binary_search_by(|one| one.code.as_str().cmp(code)).ok().map(|place| &self.teams[place])
    }

    /// Every calendar, by code.
    pub fn calendars(&self) -> &[NamedCalendar] {
        &self.calendars
    }

    /// The calendar on which a service's targets run: its own, else its department's, else the jurisdiction's.
    pub fn calendar_for(&self, service: &Service) -> &Calendar {
        let place = self
            .places
            .services
            .get(&service.id)
            .map_or(self.default_calendar, |i| self.service_calendars[*i]);
        &self.calendars[place].calendar
    }

    /// The calendar of everything that names no other.
    pub fn default_calendar(&self) -> &Calendar {
        &self.calendars[self.default_calendar].calendar
    }

    /// Every version of a service's target, oldest first.
    pub fn targets(&self, service: &Service) -> &[Target] {
        self.places.services.get(&service.id).map_or(&[], |place| self.service_targets[*place].as_slice())
    }

    /// The target that applies to a request received at this instant.
    pub fn target_at(&self, service: &Service, received: Timestamp) -> Option<&Target> {
        in_force(self.targets(service), received)
    }

    /// What the target in force promises somebody who reports at this instant; `None` when there is no target.
    ///
    /// # Errors
    /// [`CatalogError::DueTime`] when the calendar has no opening in the years that follow.
    pub fn promise(&self, service: &Service, received: Timestamp) -> Result<Option<Promise>, CatalogError> {
        let Some(target) = self.target_at(service, received) else { return Ok(None) };
        if target.first_response.is_none() && target.resolution.is_none() {
            return Ok(None);
        }
        let calendar = self.calendar_for(service);
        let due = |allowance: Option<_>| allowance.map(|a| calendar.due_at(received, a)).transpose();
        Ok(Some(Promise {
            target_version: target.version,
            first_response_at: due(target.first_response)?,
            resolve_at: due(target.resolution)?,
        }))
    }

    /// Every notice, also past and coming ones, by code.
    pub fn all_notices(&self) -> &[Notice] {
        &self.notices
    }

    /// What is to be said now: to everybody, and to those who look at this service.
    pub fn notices(&self, now: Timestamp, service: Option<&Service>) -> Vec<&Notice> {
        let concerns = |notice: &Notice| match notice.service {
            None => true,
            Some(id) => service.is_some_and(|service| service.id == id),
        };
        self.notices.iter().filter(|notice| notice.is_shown_at(now) && concerns(notice)).collect()
    }

    /// The districts of all kinds.
    pub fn districts(&self) -> &Districts {
        &self.districts
    }

    /// Whether a point is ours, and in which districts it is.
    pub fn place(&self, point: Point) -> Placed<'_> {
        let inside = self.jurisdiction.boundary.as_ref().is_none_or(|land| {
            // The distance is asked only of points outside, so it costs nothing on the usual way.
            land.contains(point) || land.distance_m(point) <= BORDER_TOLERANCE_M
        });
        let districts =
            self.districts.at(point).into_iter().map(|d| (d.kind.as_str(), d.code.as_str())).collect();
        Placed { inside, districts }
    }

    /// The team that gets a request for this service from this place: by the first route that fits, else the
    /// default team. Teams that no longer get requests are passed over.
    pub fn route<'c>(&'c self, service: &'c Service, placed: Option<&Placed<'_>>) -> Option<Routing<'c>> {
        let fits = |route: &&Route| {
            placed.is_some_and(|p| p.code_of(&route.kind) == Some(route.code.as_str()))
                && self.is_active(route.team)
        };
        match service.routes.iter().find(fits) {
            Some(route) => Some(Routing { team: route.team, route: Some(route) }),
            None => {
                let team = service.team.filter(|team| self.is_active(*team))?;
                Some(Routing { team, route: None })
            }
        }
    }

    fn is_active(&self, team: TeamId) -> bool {
        self.team(team).is_some_and(|team| team.active)
    }

    fn index(&mut self) {
        // Ordered for people once, here, so that no page has to sort.
        self.services.sort_by_cached_key(|service| {
            let lower = |text: &Text| text.in_default().to_lowercase();
            (service.group.is_empty(), lower(&service.group), lower(&service.name), service.code.clone())
        });
        self.places = Places {
            departments: self.departments.iter().enumerate().map(|(i, one)| (one.id, i)).collect(),
            teams: self.teams.iter().enumerate().map(|(i, one)| (one.id, i)).collect(),
            services: self.services.iter().enumerate().map(|(i, one)| (one.id, i)).collect(),
            service_codes: self.services.iter().enumerate().map(|(i, one)| (one.code.clone(), i)).collect(),
        };
    }

    fn attach_calendars(&mut self) -> Result<(), CatalogError> {
        let place = |service: &Service| match self.calendar_code(service) {
            Some(code) => calendar_place(&self.calendars, code),
            None => Ok(self.default_calendar),
        };
        self.service_calendars = self.services.iter().map(place).collect::<Result<_, _>>()?;
        Ok(())
    }

    fn calendar_code<'a>(&'a self, service: &'a Service) -> Option<&'a str> {
        let of_department = || self.department(service.department).and_then(|d| d.calendar.as_deref());
        service.calendar.as_deref().or_else(of_department)
    }

    fn attach_targets(&mut self, targets: Vec<(ServiceId, Target)>) -> Result<(), CatalogError> {
        self.service_targets = vec![Vec::new(); self.services.len()];
        for (service, target) in targets {
            let place =
                self.places.services.get(&service).ok_or_else(|| damaged("service of a target", service))?;
            self.service_targets[*place].push(target);
        }
        Ok(())
    }
}

impl Placed<'_> {
    /// The code of the district of this kind.
    pub fn code_of(&self, kind: &str) -> Option<&str> {
        self.districts.iter().find(|(known, _)| *known == kind).map(|(_, code)| *code)
    }
}

fn load_services(tx: &mut Tx<'_>, id: &JurisdictionId) -> Result<Vec<Service>, CatalogError> {
    let mut services = services::all(tx, id)?;
    let places: HashMap<ServiceId, usize> = services.iter().enumerate().map(|(i, one)| (one.id, i)).collect();
    for (service, question) in questions::all(tx, id)? {
        let place = places.get(&service).ok_or_else(|| damaged("service of a question", service))?;
        services[*place].questions.push(question);
    }
    for (service, route) in services::all_routes(tx, id)? {
        let place = places.get(&service).ok_or_else(|| damaged("service of a route", service))?;
        services[*place].routes.push(route);
    }
    Ok(services)
}

fn calendar_place(calendars: &[NamedCalendar], code: &str) -> Result<usize, CatalogError> {
    let found = calendars.iter().position(|calendar| calendar.code == code);
    found.ok_or_else(|| CatalogError::Damaged { kind: "calendar", code: code.to_owned() })
}

fn damaged(kind: &'static str, service: ServiceId) -> CatalogError {
    CatalogError::Damaged { kind, code: service.to_string() }
}
