//! What somebody wants to see of the public reports: read from an address, the same for the list and its feeds.

use geography::District;
use http::HeaderMap;
use requests::{Area, Cursor, Filter, Listed, Page as Part, PublicView, Range};

use crate::dates::next_day;
use crate::form::query_string;
use crate::outside;
use crate::refusal::Refusal;
use crate::visit::{Query, Visit};

/// The names of everything that narrows the list down, in the address and in the form.
const NAMES: [&str; 6] = ["status", "service", "district", "from", "until", "q"];
/// Of words more letters than this say nothing more.
const WORDS_MAX: usize = 100;

/// A view of the public reports.
pub(super) struct Selection {
    filter: Filter,
    district: Option<Wanted>,
    is_late: bool,
    pub(super) after: Option<Cursor>,
}

/// A district that was asked for as `kind:code`.
struct Wanted {
    kind: String,
    code: String,
    name: String,
    area: Area,
}

impl Selection {
    pub(super) fn read(visit: &Visit, query: &Query) -> Self {
        let zone = &visit.catalog.jurisdiction.zone;
        let day = |name: &str| query.get(name).and_then(|text| catalog::read_instant(text, zone));
        let service = query.get("service").and_then(|code| visit.catalog.service_by_code(code));
        let district = query.get("district").and_then(|text| Wanted::read(visit, text));
        let filter = Filter {
            services: service.map(|service| service.id).into_iter().collect(),
            open: match query.get("status") {
                Some("open" | "late") => Some(true),
                Some("closed") => Some(false),
                _ => None,
            },
            // The last day that was asked for belongs to the list.
            requested: Range { from: day("from"), until: day("until").and_then(|at| next_day(at, zone)) },
            area: district.as_ref().map(|district| district.area),
            text: query.get("q").map(|text| text.chars().take(WORDS_MAX).collect()),
            ..Filter::default()
        };
        let after = query.get("after").and_then(|text| text.parse().ok());
        Self { filter, district, is_late: query.get("status") == Some("late"), after }
    }

    /// One page of it. What only the published part of a report decides is decided here, so that a page may hold
    /// fewer than `rows` although there is a next one.
    pub(super) async fn load(&self, visit: &Visit, rows: i64) -> Result<Listed<PublicView>, Refusal> {
        let part = Part { after: self.after, skip: 0, limit: rows };
        let (jurisdiction, filter) = (visit.jurisdiction().clone(), self.filter.clone());
        let found = visit.app.db.read(move |tx| requests::list_public(tx, &jurisdiction, &filter, &part));
        let mut found = found.await.map_err(|error| Refusal::request(&visit.app, &error))?;
        found.items.retain(|request| self.holds(visit, request));
        Ok(found)
    }

    fn holds(&self, visit: &Visit, request: &PublicView) -> bool {
        let in_time = !self.is_late || request.promised_at.is_some_and(|at| at < visit.now);
        in_time && self.district.as_ref().is_none_or(|district| district.holds(request))
    }

    pub(super) fn district_name(&self) -> Option<String> {
        self.district.as_ref().map(|district| district.name.clone())
    }
}

impl Wanted {
    fn read(visit: &Visit, text: &str) -> Option<Self> {
        let (kind, code) = text.split_once(':')?;
        let district = visit.catalog.districts().find(kind, code)?;
        Some(Self {
            kind: kind.to_owned(),
            code: code.to_owned(),
            name: district_name(district),
            area: Area::Box(district.shape.bounds()),
        })
    }

    /// Only what is published in full says in which district it is; the rest is known by its grid cell only.
    fn holds(&self, request: &PublicView) -> bool {
        let districts =
            request.details.as_ref().map(|details| details.districts.as_slice()).unwrap_or_default();
        districts.iter().any(|(kind, code)| *kind == self.kind && *code == self.code)
    }
}

/// What people call a district.
fn district_name(district: &District) -> String {
    let (kind, code) = (&district.kind, &district.code);
    district.name.clone().filter(|name| name != code).unwrap_or_else(|| format!("{kind} {code}"))
}

/// The same view under another path, perhaps from another report on.
pub(super) fn address(path: &str, query: &Query, after: Option<Cursor>) -> String {
    let after = after.map(|cursor| cursor.to_string()).unwrap_or_default();
    let pairs = NAMES.map(|name| (name, query.get(name).unwrap_or_default()));
    format!("{path}{}", query_string(pairs.into_iter().chain([("after", after.as_str())])))
}

/// What stands before every path of this town in links for other programs.
pub(super) fn root(visit: &Visit, headers: &HeaderMap) -> String {
    format!("{}{}", outside::root(&visit.app.settings, headers), visit.base)
}
