//! One place on the globe.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::GeographyError;

/// Mean radius of the Earth (IUGG). The globe is flatter than this sphere: distances err by at most 0.6 %.
pub(crate) const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A place in WGS84 degrees: both numbers finite, `-90 <= latitude <= 90`, `-180 <= longitude <= 180`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Degrees")]
pub struct Point {
    latitude: f64,
    longitude: f64,
}

impl Point {
    /// The place at these degrees; mind the order, GeoJSON has it the other way round.
    ///
    /// # Errors
    /// [`GeographyError::LatitudeOutOfRange`] or [`GeographyError::LongitudeOutOfRange`]; both also for NaN.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, GeographyError> {
        if !(-90.0..=90.0).contains(&latitude) {
            return Err(GeographyError::LatitudeOutOfRange { latitude });
        }
        if !(-180.0..=180.0).contains(&longitude) {
            return Err(GeographyError::LongitudeOutOfRange { longitude });
        }
        Ok(Self { latitude, longitude })
    }

    /// Degrees north of the equator.
    pub fn latitude(&self) -> f64 {
        self.latitude
    }

    /// Degrees east of Greenwich.
    pub fn longitude(&self) -> f64 {
        self.longitude
    }

    /// Metres along the great circle to the other place (haversine on a sphere of mean Earth radius).
    pub fn distance_m(&self, other: &Point) -> f64 {
        let half_sine = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
        let cosines = self.latitude.to_radians().cos() * other.latitude.to_radians().cos();
        let chord =
            half_sine(self.latitude, other.latitude) + cosines * half_sine(self.longitude, other.longitude);
        // Rounding may lift the chord of two antipodes past 1, where the arcsine ends.
        2.0 * EARTH_RADIUS_M * chord.sqrt().min(1.0).asin()
    }

    /// Longitude first, as GeoJSON and the tree of districts want it.
    pub(crate) fn position(self) -> [f64; 2] {
        [self.longitude, self.latitude]
    }
}

/// Writes `latitude,longitude` with six decimals, which is a tenth of a metre.
impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6},{:.6}", self.latitude, self.longitude)
    }
}

/// A point as it arrives, before its ranges are checked.
#[derive(Deserialize)]
struct Degrees {
    latitude: f64,
    longitude: f64,
}

impl TryFrom<Degrees> for Point {
    type Error = GeographyError;

    fn try_from(degrees: Degrees) -> Result<Self, GeographyError> {
        Point::new(degrees.latitude, degrees.longitude)
    }
}
