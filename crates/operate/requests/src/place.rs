//! Where a request is, and how much of that a stranger may know.

use geography::{BoundingBox, Point};
use serde::{Deserialize, Serialize};

use crate::error::RequestError;
use crate::text;

/// Where something is, in as many ways as the reporter could say it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The point on the map.
    pub point: Option<Point>,
    /// Street address or intersection, as people write it.
    pub address: Option<String>,
    /// Number of the address in the government's own register.
    pub address_id: Option<String>,
    /// Postal code; text, because leading zeros matter.
    pub zip: Option<String>,
    /// The place in the reporter's words: "behind the school, by the blue gate".
    pub words: Option<String>,
}

impl Place {
    /// The same place with every text checked.
    pub(crate) fn checked(&self) -> Result<Place, RequestError> {
        let line =
            |field, text: &Option<String>| text.as_deref().map_or(Ok(None), |text| text::line(field, text));
        Ok(Place {
            point: self.point,
            address: line("address", &self.address)?,
            address_id: line("address_id", &self.address_id)?,
            zip: line("zipcode", &self.zip)?,
            words: match &self.words {
                Some(words) => text::paragraphs("place", words, text::REASON_LETTERS_MAX)?,
                None => None,
            },
        })
    }
}

/// Steps of the coarse grid in degrees and the latitude up to which each is at least 100 m wide.
///
/// Every step divides the hundredth of a degree that [`geography::cell`] uses, so that a coarse point lies in the
/// same cell as the exact one and both are found by one index.
const GRID: [(f64, f64); 3] = [(0.002, 62.0), (0.005, 79.0), (0.01, 90.0)];

/// The middle of the grid cell that holds the point: all that a stranger may know of a place whose service
/// is published in summary. A pure function of the point, so that asking again never narrows it (PRIV-03).
pub fn coarse(point: Point) -> Point {
    let step = grid_step(point.latitude());
    let middle = |degrees: f64, limit: f64| {
        let from_edge = ((degrees + limit) / step).floor() * step + step / 2.0;
        (from_edge - limit).clamp(-limit, limit)
    };
    let (latitude, longitude) = (middle(point.latitude(), 90.0), middle(point.longitude(), 180.0));
    Point::new(latitude, longitude).expect("clamped to the ranges of a point")
}

fn grid_step(latitude: f64) -> f64 {
    GRID.iter().find(|(_, up_to)| latitude.abs() <= *up_to).map_or(GRID[2].0, |(step, _)| *step)
}

/// The box widened by a step of the grid: of the exact place and the coarse one, neither lies in the box without the
/// other in this.
pub(crate) fn widened(area: &BoundingBox) -> BoundingBox {
    let (low, high) = (area.south_west(), area.north_east());
    let step = grid_step(low.latitude().abs().max(high.latitude().abs()));
    let corner = |point: Point, by: f64| {
        let latitude = (point.latitude() + by).clamp(-90.0, 90.0);
        Point::new(latitude, (point.longitude() + by).clamp(-180.0, 180.0))
            .expect("clamped to the ranges of a point")
    };
    BoundingBox::new(corner(low, -step), corner(high, step)).expect("widening keeps the order of the corners")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn point(latitude: f64, longitude: f64) -> Point {
        Point::new(latitude, longitude).unwrap()
    }

    proptest! {
        #[test]
        fn priv_03_a_coarse_place_is_the_same_for_everything_within_its_cell(
            latitude in -85.0..85.0_f64, longitude in -179.0..179.0_f64
        ) {
            let middle = coarse(point(latitude, longitude));
            prop_assert_eq!(coarse(middle), middle);
        }

        #[test]
        fn priv_03_the_cell_is_at_least_a_hundred_metres_each_way(
            latitude in -78.0..78.0_f64, longitude in -179.0..179.0_f64
        ) {
            let step = grid_step(latitude);
            let here = point(latitude, longitude);
            prop_assert!(here.distance_m(&point(latitude, longitude + step)) >= 99.0);
            prop_assert!(here.distance_m(&point(latitude + step, longitude)) >= 100.0);
        }

        #[test]
        fn the_coarse_place_lies_in_the_indexed_cell_of_the_exact_one(
            latitude in -84.0..84.0_f64, longitude in -179.0..179.0_f64
        ) {
            let exact = point(latitude, longitude);
            prop_assert_eq!(geography::cell(coarse(exact)), geography::cell(exact));
        }
    }
}
