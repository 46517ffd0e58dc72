//! Flat metres, for distances within a town.

use crate::point::{EARTH_RADIUS_M, Point};

/// Flat metres around one point. A street's length away this errs by less than a millimetre, ten kilometres
/// away by a few metres.
pub(crate) struct Plane {
    origin: [f64; 2],
    metres_per_degree: [f64; 2],
}

impl Plane {
    pub(crate) fn around(point: Point) -> Plane {
        let north = EARTH_RADIUS_M.to_radians();
        let east = north * point.latitude().to_radians().cos();
        Plane { origin: point.position(), metres_per_degree: [east, north] }
    }

    pub(crate) fn project(&self, position: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|axis| (position[axis] - self.origin[axis]) * self.metres_per_degree[axis])
    }

    /// The place on the globe of a position on this plane; positions are kept within the degrees there are.
    pub(crate) fn place(&self, metres: [f64; 2]) -> Point {
        let [x, y] =
            [0, 1].map(|axis| self.origin[axis] + metres[axis] / self.metres_per_degree[axis].max(1.0));
        Point::new(y.clamp(-90.0, 90.0), x.clamp(-180.0, 180.0)).expect("clamped to the ranges of a point")
    }
}
