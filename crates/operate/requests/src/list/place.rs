//! Conditions on where a request is.

use db::Query;
use geography::{BoundingBox, GeographyError, Point};

use super::Area;

/// How the latitude and the longitude of a place are written in a condition.
pub(super) struct PlaceSql {
    latitude: &'static str,
    longitude: &'static str,
}

pub(super) const EXACT: PlaceSql = PlaceSql { latitude: "r.latitude", longitude: "r.longitude" };

/// The place that the public knows: where only the coarse one is published, a search must not tell more (PRIV-03).
/// Written as in the indexes of places, so that it is read from them.
pub(super) const PUBLISHED: PlaceSql = PlaceSql {
    latitude: "(case when r.public_level = 'full' then r.latitude else r.coarse_latitude end)",
    longitude: "(case when r.public_level = 'full' then r.longitude else r.coarse_longitude end)",
};

impl PlaceSql {
    pub(super) fn within(&self, query: Query, bounds: &BoundingBox) -> Query {
        let (low, high) = (bounds.south_west(), bounds.north_east());
        let query = query.text(" and ").text(self.latitude).text(" between ").bind(low.latitude());
        let query = query.text(" and ").bind(high.latitude());
        let query = query.text(" and ").text(self.longitude).text(" between ").bind(low.longitude());
        query.text(" and ").bind(high.longitude())
    }

    /// Distance on the plane that touches the globe at the center: over the few kilometres that people ask for it
    /// errs by less than a thousandth.
    fn near(&self, query: Query, center: Point, radius_m: f64) -> Query {
        let metres_east = METRES_PER_DEGREE * center.latitude().to_radians().cos();
        let query = squared(query.text(" and "), self.latitude, center.latitude(), METRES_PER_DEGREE);
        let query = squared(query.text(" + "), self.longitude, center.longitude(), metres_east);
        query.text(" <= ").bind(radius_m * radius_m)
    }
}

/// Of latitude, on a sphere of the Earth's mean radius.
const METRES_PER_DEGREE: f64 = 111_195.08;

fn squared(query: Query, column: &'static str, from: f64, metres: f64) -> Query {
    let difference = |query: Query| {
        query.text("((").text(column).text(" - ").bind(from).text(") * ").bind(metres).text(")")
    };
    difference(difference(query).text(" * "))
}

impl Area {
    /// The smallest upright rectangle around it.
    pub(super) fn bounds(&self) -> Result<BoundingBox, GeographyError> {
        match self {
            Area::Box(bounds) => Ok(*bounds),
            Area::Near { center, radius_m } => BoundingBox::around(*center, *radius_m),
        }
    }

    pub(super) fn holds(&self, query: Query, place: &PlaceSql, bounds: &BoundingBox) -> Query {
        let query = place.within(query, bounds);
        match self {
            Area::Box(_) => query,
            Area::Near { center, radius_m } => place.near(query, *center, *radius_m),
        }
    }
}
