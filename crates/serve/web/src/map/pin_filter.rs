//! Which pins are meant: the filters that map and list share.

use catalog::ServiceId;
use geography::{BoundingBox, Point, Shape};
use requests::RequestId;

use super::pins::{Pin, Pins, steps};
use crate::dates::next_day;
use crate::visit::{Query, Visit};

/// What to show on the map and in the list beside it.
#[derive(Debug, Clone, Default)]
pub(crate) struct PinFilter {
    open: Option<bool>,
    service: Option<ServiceId>,
    from: Option<RequestId>,
    until: Option<RequestId>,
    district: Option<Shape>,
    /// West, north, east and south in steps of the world square.
    view: Option<[u32; 4]>,
}

/// The names of everything that narrows the map down, in the address and in the form.
pub(crate) const NAMES: [&str; 5] = ["status", "service", "district", "from", "until"];

impl PinFilter {
    /// The filter in an address; what cannot be read is left out, as on the public list.
    pub(crate) fn read(visit: &Visit, query: &Query) -> PinFilter {
        let zone = &visit.catalog.jurisdiction.zone;
        let day = |name: &str| query.get(name).and_then(|text| catalog::read_instant(text, zone));
        let service = query.get("service").and_then(|code| visit.catalog.service_by_code(code));
        let district = query.get("district").and_then(|text| text.split_once(':'));
        let district = district.and_then(|(kind, code)| visit.catalog.districts().find(kind, code));
        PinFilter {
            open: match query.get("status") {
                Some("open") => Some(true),
                Some("closed") => Some(false),
                _ => None,
            },
            service: service.map(|service| service.id),
            from: day("from").map(RequestId::lowest_at),
            // The last day that was asked for belongs to the map.
            until: day("until").and_then(|at| next_day(at, zone)).map(RequestId::lowest_at),
            district: district.map(|district| district.shape.clone()),
            view: query.get("view").and_then(read_view),
        }
    }

    /// The same without regard to the piece of the map in view.
    pub(crate) fn everywhere(mut self) -> PinFilter {
        self.view = None;
        self
    }

    /// The matching pins, the newest first.
    pub(crate) fn of<'p>(&'p self, pins: &'p Pins) -> impl Iterator<Item = &'p Pin> + 'p {
        pins.list.iter().filter(|pin| self.holds(pin))
    }

    pub(crate) fn holds(&self, pin: &Pin) -> bool {
        self.open.is_none_or(|open| pin.is_open == open)
            && self.service.is_none_or(|service| pin.service == service)
            && self.from.is_none_or(|from| pin.id >= from)
            && self.until.is_none_or(|until| pin.id < until)
            && self.view.is_none_or(|view| is_in_view(view, pin.at))
            && self.district.as_ref().is_none_or(|district| is_in_district(district, pin))
    }
}

/// `west,south,east,north` in degrees.
fn read_view(text: &str) -> Option<[u32; 4]> {
    let degrees: Vec<f64> = text.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [west, south, east, north] = degrees.try_into().ok()?;
    let bounds = BoundingBox::new(Point::new(south, west).ok()?, Point::new(north, east).ok()?).ok()?;
    let corner = |point: Point| steps(tiles::project([point.longitude(), point.latitude()]));
    let ([west, south], [east, north]) = (corner(bounds.south_west()), corner(bounds.north_east()));
    Some([west, north, east, south])
}

fn is_in_view([west, north, east, south]: [u32; 4], [x, y]: [u32; 2]) -> bool {
    (west..=east).contains(&x) && (north..=south).contains(&y)
}

/// Only what is published in full says in which district it is; the rest is known by its grid cell only.
fn is_in_district(district: &Shape, pin: &Pin) -> bool {
    let [longitude, latitude] = tiles::unproject(pin.position());
    pin.is_exact && Point::new(latitude, longitude).is_ok_and(|point| district.contains(point))
}
