//! The filters of a list.

use catalog::{Catalog, DepartmentId, ServiceId};
use geography::{BoundingBox, Point};
use jiff::Timestamp;
use requests::{Area, Filter, Range, Status};

use super::window::{Bounds, bounds, limited, time};
use crate::form::Params;
use crate::problem::{Problem, shortened};
use crate::server::place::{decimal, degrees, point};

/// Further than any town reaches.
const RADIUS_M_MAX: f64 = 100_000.0;

/// The ids that were asked for by name, each once.
pub(super) fn ids(params: &Params) -> Vec<String> {
    let mut ids: Vec<String> = params.list("service_request_id").map(str::to_owned).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Everything else that narrows the list; `None` when nothing can match, because what was asked for does not
/// exist here.
///
/// # Errors
/// 400 for a value that means nothing.
pub(super) fn read(params: &Params, catalog: &Catalog, now: Timestamp) -> Result<Option<Filter>, Problem> {
    let (requested, updated) = times(params, catalog, now)?;
    let open = open(params)?;
    let statuses = statuses(params)?;
    let area = area(params)?;
    let text = params.text("q")?.map(str::to_owned);
    let (Some(services), Some(department)) = (services(params, catalog), department(params, catalog)?) else {
        return Ok(None);
    };
    Ok(Some(Filter {
        services,
        department,
        requested,
        updated,
        open,
        statuses,
        area,
        text,
        ..Filter::default()
    }))
}

/// The 90 days are counted on the time of change when that is asked for, else on the time of the report.
fn times(params: &Params, catalog: &Catalog, now: Timestamp) -> Result<(Range, Range), Problem> {
    let zone = &catalog.jurisdiction.zone;
    let requested = bounds(params, "start_date", "end_date", zone)?;
    let after = time(params, "updated_after", zone)?;
    let before = time(params, "updated_before", zone)?;
    if after.is_none() && before.is_none() {
        return Ok((limited(requested, now).range(), Range::default()));
    }
    // Strictly after and strictly before the instant that was written.
    let updated = Bounds {
        first: after.map(|after| next_instant(after.first)),
        last: before.map(|before| last_instant_before(before.first)),
    };
    Ok((requested.range(), limited(updated, now).range()))
}

fn next_instant(at: Timestamp) -> Timestamp {
    at.checked_add(super::window::INSTANT).unwrap_or(at)
}

fn last_instant_before(at: Timestamp) -> Timestamp {
    at.checked_sub(super::window::INSTANT).unwrap_or(at)
}

fn open(params: &Params) -> Result<Option<bool>, Problem> {
    let (mut open, mut closed) = (false, false);
    for word in params.list("status") {
        match word.to_ascii_lowercase().as_str() {
            "open" => open = true,
            "closed" => closed = true,
            _ => return Err(Problem::bad("status", &format!("open or closed, not {}", shortened(word)))),
        }
    }
    Ok(if open == closed { None } else { Some(open) })
}

/// The finer words, as `extensions=true` shows them.
fn statuses(params: &Params) -> Result<Vec<Status>, Problem> {
    let read = |word: &str| {
        let unknown = || Problem::bad("detailed_status", &format!("unknown: {}", shortened(word)));
        word.to_ascii_lowercase().parse::<Status>().map_err(|_| unknown())
    };
    params.list("detailed_status").map(read).collect()
}

/// Codes that do not exist match nothing; `None` when that leaves no service at all.
fn services(params: &Params, catalog: &Catalog) -> Option<Vec<ServiceId>> {
    let mut asked = params.list("service_code").peekable();
    if asked.peek().is_none() {
        return Some(Vec::new());
    }
    // A code with a comma in it can still be asked for alone.
    let whole = params.every("service_code").filter_map(|code| catalog.service_by_code(code));
    let mut known: Vec<ServiceId> = asked
        .filter_map(|code| catalog.service_by_code(code))
        .chain(whole)
        .map(|service| service.id)
        .collect();
    known.sort_unstable();
    known.dedup();
    (!known.is_empty()).then_some(known)
}

/// The department by its name in any language or by its code.
fn department(params: &Params, catalog: &Catalog) -> Result<Option<Option<DepartmentId>>, Problem> {
    let Some(name) = params.text("agency_responsible")? else { return Ok(Some(None)) };
    let called = |department: &&catalog::Department| {
        department.code == name || department.name.iter().any(|(_, known)| known.eq_ignore_ascii_case(name))
    };
    Ok(catalog.departments().iter().find(called).map(|department| Some(department.id)))
}

/// A box (`west,south,east,north`) or a circle.
fn area(params: &Params) -> Result<Option<Area>, Problem> {
    match (params.text("bbox")?, point(params)?) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(Problem::bad("bbox", "cannot be combined with lat and long")),
        (Some(corners), None) => bounding_box(corners).map(|corners| Some(Area::Box(corners))),
        (None, Some(center)) => Ok(Some(Area::Near { center, radius_m: radius_m(params)? })),
    }
}

fn radius_m(params: &Params) -> Result<f64, Problem> {
    let text = params
        .text("radius")?
        .ok_or_else(|| Problem::new(400, "radius required together with lat and long"))?;
    let radius_m = decimal("radius", text)?;
    if radius_m > 0.0 && radius_m <= RADIUS_M_MAX {
        Ok(radius_m)
    } else {
        Err(Problem::bad("radius", &format!("metres above 0 and up to {RADIUS_M_MAX}")))
    }
}

fn bounding_box(corners: &str) -> Result<BoundingBox, Problem> {
    let parts: Vec<&str> = corners.split(',').map(str::trim).collect();
    let [west, south, east, north] = parts.as_slice() else {
        return Err(Problem::bad("bbox", "four numbers: west,south,east,north"));
    };
    let corner = |long: &str, lat: &str| {
        let (lat, long) = (degrees("bbox", lat, 90.0)?, degrees("bbox", long, 180.0)?);
        Point::new(lat, long).map_err(|error| Problem::bad("bbox", &error.to_string()))
    };
    BoundingBox::new(corner(west, south)?, corner(east, north)?)
        .map_err(|error| Problem::bad("bbox", &error.to_string()))
}
