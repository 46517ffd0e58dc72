//! Upright rectangles of degrees: the first, cheap question of every search by place.

use serde::{Deserialize, Serialize};

use crate::point::EARTH_RADIUS_M;
use crate::{GeographyError, Point};

/// Everything between two parallels and two meridians, borders included: `south <= north`, `west <= east`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Corners")]
pub struct BoundingBox {
    south_west: Point,
    north_east: Point,
}

impl BoundingBox {
    /// The box between two corners. One that crosses the 180th meridian has to be asked as two.
    ///
    /// # Errors
    /// [`GeographyError::CornersOutOfOrder`] when the second corner is not north-east of the first (or equal to it).
    pub fn new(south_west: Point, north_east: Point) -> Result<Self, GeographyError> {
        let ordered = south_west.latitude() <= north_east.latitude()
            && south_west.longitude() <= north_east.longitude();
        if ordered { Ok(Self { south_west, north_east }) } else { Err(GeographyError::CornersOutOfOrder) }
    }

    /// A box that holds every place within `radius_m` metres of the center, and little more. It is cut at the
    /// poles and at the 180th meridian.
    ///
    /// # Errors
    /// [`GeographyError::NotADistance`] when the radius is negative, infinite or NaN.
    pub fn around(center: Point, radius_m: f64) -> Result<Self, GeographyError> {
        if !(0.0..f64::INFINITY).contains(&radius_m) {
            return Err(GeographyError::NotADistance { distance_m: radius_m });
        }
        let radius = radius_m / EARTH_RADIUS_M;
        let up = radius.to_degrees() + ROUNDING_DEGREES;
        let side = widest_longitude(center, radius) + ROUNDING_DEGREES;
        let corner = |up: f64, side: f64| Point::new(up.clamp(-90.0, 90.0), side.clamp(-180.0, 180.0));
        Self::new(
            corner(center.latitude() - up, center.longitude() - side)?,
            corner(center.latitude() + up, center.longitude() + side)?,
        )
    }

    /// The corner with the least latitude and longitude.
    pub fn south_west(&self) -> Point {
        self.south_west
    }

    /// The corner with the greatest latitude and longitude.
    pub fn north_east(&self) -> Point {
        self.north_east
    }

    /// Whether the point lies inside or on the border.
    pub fn contains(&self, point: Point) -> bool {
        (self.south_west.latitude()..=self.north_east.latitude()).contains(&point.latitude())
            && (self.south_west.longitude()..=self.north_east.longitude()).contains(&point.longitude())
    }

    /// The smallest box around both.
    pub fn join(&self, other: &BoundingBox) -> BoundingBox {
        let (a, b) = (self, other);
        let corner = |pick: fn(f64, f64) -> f64, one: Point, two: Point| {
            Point::new(pick(one.latitude(), two.latitude()), pick(one.longitude(), two.longitude()))
                .expect("each number comes from a point, so it is in range")
        };
        BoundingBox {
            south_west: corner(f64::min, a.south_west, b.south_west),
            north_east: corner(f64::max, a.north_east, b.north_east),
        }
    }
}

/// A tenth of a millimetre: keeps a place exactly on the circle inside the box whatever the rounding.
const ROUNDING_DEGREES: f64 = 1e-9;

/// How many degrees of longitude a circle of this angular radius reaches to either side. Its widest points
/// lie a little nearer to the pole than its center; a circle around a pole reaches everywhere.
fn widest_longitude(center: Point, radius: f64) -> f64 {
    let latitude = center.latitude().to_radians();
    if latitude.abs() + radius >= std::f64::consts::FRAC_PI_2 {
        return 360.0;
    }
    (radius.sin() / latitude.cos()).min(1.0).asin().to_degrees()
}

/// A box as it arrives, before the order of its corners is checked.
#[derive(Deserialize)]
struct Corners {
    south_west: Point,
    north_east: Point,
}

impl TryFrom<Corners> for BoundingBox {
    type Error = GeographyError;

    fn try_from(corners: Corners) -> Result<Self, GeographyError> {
        BoundingBox::new(corners.south_west, corners.north_east)
    }
}
