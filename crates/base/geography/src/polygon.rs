//! One outer ring less its holes.

use crate::plane::Plane;
use crate::point::{EARTH_RADIUS_M, Point};
use crate::ring::{Extent, Ring, Winding};

/// Land inside the outer ring and inside none of the holes. A hole that reaches outside takes nothing there,
/// and two holes that overlap do not cancel.
#[derive(Clone)]
pub(crate) struct Polygon {
    outside: Ring,
    holes: Vec<Ring>,
}

impl Polygon {
    /// From rings as GeoJSON lists them, the outer one first; `None` when that encloses nothing.
    pub(crate) fn new(rings: Vec<Vec<[f64; 2]>>) -> Option<Polygon> {
        let mut rings = rings.into_iter();
        let outside = Ring::new(rings.next()?, Winding::CounterClockwise)?;
        let holes = rings.filter_map(|ring| Ring::new(ring, Winding::Clockwise)).collect();
        Some(Polygon { outside, holes })
    }

    pub(crate) fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.outside).chain(&self.holes)
    }

    pub(crate) fn extent(&self) -> Extent {
        self.outside.extent()
    }

    pub(crate) fn contains(&self, position: [f64; 2]) -> bool {
        self.outside.contains(position) && !self.holes.iter().any(|hole| hole.contains(position))
    }

    /// Metres to the nearest border, or zero inside.
    pub(crate) fn distance_m(&self, point: Point) -> f64 {
        if self.contains(point.position()) {
            return 0.0;
        }
        let plane = Plane::around(point);
        self.rings()
            .flat_map(Ring::sides)
            .map(|(a, b)| distance_from_origin(plane.project(a), plane.project(b)))
            .fold(f64::INFINITY, f64::min)
    }

    /// The middle of the widest stretch of land at the latitude halfway up; the middle of the box where that latitude
    /// only touches corners.
    pub(crate) fn inner_position(&self) -> [f64; 2] {
        let extent = self.extent();
        let [x, y] = [0, 1].map(|axis| (extent.least[axis] + extent.greatest[axis]) / 2.0);
        let mut crossings: Vec<f64> = self.rings().flat_map(|ring| ring.crossings(y)).collect();
        crossings.sort_by(f64::total_cmp);
        let stretches = crossings.windows(2).map(|pair| (pair[1] - pair[0], (pair[0] + pair[1]) / 2.0));
        let on_land = stretches.filter(|(_, middle)| self.contains([*middle, y]));
        [on_land.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(x, |(_, middle)| middle), y]
    }

    pub(crate) fn area_m2(&self) -> f64 {
        let holes: f64 = self.holes.iter().map(area_m2).sum();
        (area_m2(&self.outside) - holes).max(0.0)
    }
}

/// Area of a ring by the trapezoid rule in a projection that keeps areas (longitude against the sine of
/// latitude). The loops of a self-crossing ring count against each other.
fn area_m2(ring: &Ring) -> f64 {
    let origin = ring.extent().least;
    let project = |p: [f64; 2]| {
        [(p[0] - origin[0]).to_radians(), p[1].to_radians().sin() - origin[1].to_radians().sin()]
    };
    let doubled: f64 =
        ring.sides().map(|(a, b)| (project(a), project(b))).map(|(a, b)| (b[0] - a[0]) * (a[1] + b[1])).sum();
    doubled.abs() / 2.0 * EARTH_RADIUS_M * EARTH_RADIUS_M
}

/// From the origin to the nearest place on the segment.
fn distance_from_origin(a: [f64; 2], b: [f64; 2]) -> f64 {
    let along = [b[0] - a[0], b[1] - a[1]];
    let length_squared = along[0] * along[0] + along[1] * along[1];
    // Two different corners may coincide in metres at a pole; then either end is the nearest place.
    let share = if length_squared > 0.0 {
        (-(a[0] * along[0] + a[1] * along[1]) / length_squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    f64::hypot(a[0] + share * along[0], a[1] + share * along[1])
}
