//! Boxes, radii and the grid under the filters by place.

use geography::{BoundingBox, GeographyError, Point, cell, covering};
use proptest::prelude::*;

use crate::points::{anywhere, at};

fn between(a: Point, b: Point) -> BoundingBox {
    let south_west = at(a.latitude().min(b.latitude()), a.longitude().min(b.longitude()));
    let north_east = at(a.latitude().max(b.latitude()), a.longitude().max(b.longitude()));
    BoundingBox::new(south_west, north_east).unwrap()
}

/// The box that reaches this far north and east of a corner, as far as the globe allows.
fn stretched(corner: Point, height: f64, width: f64) -> BoundingBox {
    between(corner, at((corner.latitude() + height).min(90.0), (corner.longitude() + width).min(180.0)))
}

/// A place inside the box, by shares of its height and width.
fn inside(area: &BoundingBox, up: f64, across: f64) -> Point {
    let (a, b) = (area.south_west(), area.north_east());
    let part = |from: f64, to: f64, share: f64| (from + share * (to - from)).clamp(from, to);
    at(part(a.latitude(), b.latitude(), up), part(a.longitude(), b.longitude(), across))
}

#[test]
fn corners_in_the_wrong_order_are_refused() {
    for (a, b) in [(at(2.0, 0.0), at(1.0, 5.0)), (at(0.0, 170.0), at(1.0, -170.0))] {
        assert!(matches!(BoundingBox::new(a, b), Err(GeographyError::CornersOutOfOrder)));
    }
}

#[test]
fn a_radius_that_is_no_distance_is_refused() {
    for radius_m in [-1.0, f64::NAN, f64::INFINITY] {
        let refused = BoundingBox::around(at(42.0, -71.0), radius_m);
        assert!(matches!(refused, Err(GeographyError::NotADistance { .. })), "{radius_m}");
    }
}

#[test]
fn a_box_around_a_pole_reaches_all_the_way_round() {
    let area = BoundingBox::around(at(89.999, 10.0), 1_000.0).unwrap();
    assert!(area.contains(at(90.0, -180.0)) && area.contains(at(89.9999, 180.0)));
}

#[test]
fn a_box_around_everything_is_the_globe() {
    let area = BoundingBox::around(at(0.0, 0.0), 1e9).unwrap();
    assert_eq!((area.south_west(), area.north_east()), (at(-90.0, -180.0), at(90.0, 180.0)));
}

#[test]
fn cell_numbers_are_those_already_stored() {
    // Row 13,235 is 42.35 to 42.36 degrees north, column 10,894 is 71.06 to 71.05 degrees west; a row is
    // 65,536 apart.
    assert_eq!(cell(at(42.355, -71.055)), 13_235 * 65_536 + 10_894);
    assert_eq!(cell(at(-90.0, -180.0)), 0);
    assert_eq!(cell(at(90.0, 180.0)), 18_000 * 65_536 + 36_000);
}

#[test]
fn a_covering_lists_the_cells_in_ascending_order() {
    let area = between(at(42.352, -71.058), at(42.365, -71.045));
    let corner = 13_235 * 65_536 + 10_894;
    assert_eq!(covering(&area, 4), Some(vec![corner, corner + 1, corner + 65_536, corner + 65_537]));
}

#[test]
fn a_covering_of_too_many_cells_is_not_made() {
    let area = between(at(42.352, -71.058), at(42.365, -71.045));
    assert_eq!(covering(&area, 3), None);
    let globe = between(at(-90.0, -180.0), at(90.0, 180.0));
    assert_eq!(covering(&globe, 1_000_000), None);
    // 18,001 rows of 36,001 columns, worked out without listing them.
    assert_eq!(covering(&globe, 18_001 * 36_001 - 1), None);
}

proptest! {
    #[test]
    fn the_cell_of_every_point_of_a_box_is_in_its_covering(
        corner in anywhere(), height in 0.0..0.2, width in 0.0..0.2, up in 0.0..=1.0, across in 0.0..=1.0,
    ) {
        let area = stretched(corner, height, width);
        let cells = covering(&area, 10_000).unwrap();
        prop_assert!(cells.binary_search(&cell(inside(&area, up, across))).is_ok());
    }

    #[test]
    fn a_box_on_the_lines_of_the_grid_misses_none_of_its_corners(
        row in 0_u32..17_900, column in 0_u32..35_900, size in 0_u32..20,
    ) {
        let on_line = |index: u32, first: f64| f64::from(index) / 100.0 + first;
        let area = between(
            at(on_line(row, -90.0), on_line(column, -180.0)),
            at(on_line(row + size, -90.0), on_line(column + size, -180.0)),
        );
        let cells = covering(&area, 10_000).unwrap();
        for (up, across) in [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)] {
            prop_assert!(cells.contains(&cell(inside(&area, up, across))));
        }
    }

    #[test]
    fn a_covering_has_no_cell_twice(corner in anywhere(), height in 0.0..0.1, width in 0.0..0.1) {
        let cells = covering(&stretched(corner, height, width), 10_000).unwrap();
        prop_assert!(cells.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn the_box_around_a_circle_holds_every_place_within_the_radius(
        center in anywhere(), other in anywhere(), nearness in 0.0..1.0_f64,
    ) {
        // Somewhere between the center and the other place, so that near pairs are tried as well as far ones.
        let share = nearness.powi(8);
        let place = at(
            center.latitude() + share * (other.latitude() - center.latitude()),
            center.longitude() + share * (other.longitude() - center.longitude()),
        );
        let area = BoundingBox::around(center, center.distance_m(&place)).unwrap();
        // Far from the 180th meridian, where a box is cut by design, no place may be missed.
        let cut = area.south_west().longitude() == -180.0 || area.north_east().longitude() == 180.0;
        prop_assert!(cut || area.contains(place));
    }

    #[test]
    fn the_box_around_a_circle_is_no_larger_than_needed(
        latitude in -80.0..80.0, longitude in -170.0..170.0, radius_m in 1.0..10_000.0,
    ) {
        let center = at(latitude, longitude);
        let area = BoundingBox::around(center, radius_m).unwrap();
        let north = at(area.north_east().latitude(), longitude);
        // A tenth of a millimetre is added on purpose.
        prop_assert!((center.distance_m(&north) - radius_m).abs() < 0.001);
    }

    #[test]
    fn a_joined_box_holds_what_either_held(
        a in anywhere(), b in anywhere(), c in anywhere(), d in anywhere(), up in 0.0..=1.0, across in 0.0..=1.0,
    ) {
        let (one, two) = (between(a, b), between(c, d));
        let both = one.join(&two);
        prop_assert!(both.contains(inside(&one, up, across)) && both.contains(inside(&two, up, across)));
    }

    #[test]
    fn a_box_survives_json(a in anywhere(), b in anywhere()) {
        let area = between(a, b);
        let text = serde_json::to_string(&area).unwrap();
        prop_assert_eq!(serde_json::from_str::<BoundingBox>(&text).unwrap(), area);
    }
}
