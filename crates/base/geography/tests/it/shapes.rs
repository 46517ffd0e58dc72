//! Land with borders as people draw them.

use geography::{GeographyError, Shape};
use proptest::prelude::*;

use crate::points::at;

/// Rings of longitude, latitude pairs as one polygon.
pub(crate) fn polygon(rings: &[Vec<[f64; 2]>]) -> String {
    format!(r#"{{"type":"Polygon","coordinates":{}}}"#, serde_json::to_string(rings).unwrap())
}

pub(crate) fn shape(rings: &[Vec<[f64; 2]>]) -> Shape {
    Shape::from_geojson(&polygon(rings)).unwrap()
}

/// An upright rectangle, closed, counterclockwise.
pub(crate) fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Vec<[f64; 2]> {
    vec![[west, south], [east, south], [east, north], [west, north], [west, south]]
}

fn check(shape: &Shape, inside: &[[f64; 2]], outside: &[[f64; 2]]) {
    for &[x, y] in inside {
        assert!(shape.contains(at(y, x)), "{x}, {y} should be inside");
    }
    for &[x, y] in outside {
        assert!(!shape.contains(at(y, x)), "{x}, {y} should be outside");
    }
}

#[test]
fn a_hole_is_not_land_but_an_island_in_it_is() {
    let island = rectangle(4.5, 4.5, 5.5, 5.5);
    let text = serde_json::to_string(&[
        vec![rectangle(0.0, 0.0, 10.0, 10.0), rectangle(4.0, 4.0, 6.0, 6.0)],
        vec![island],
    ])
    .unwrap();
    let lake = Shape::from_geojson(&format!(r#"{{"type":"MultiPolygon","coordinates":{text}}}"#)).unwrap();
    check(&lake, &[[1.0, 1.0], [5.0, 5.0]], &[[4.2, 4.2], [11.0, 5.0]]);
}

#[test]
fn overlapping_polygons_do_not_cancel_each_other() {
    let twice = [
        vec![rectangle(0.0, 0.0, 2.0, 2.0)],
        vec![rectangle(1.0, 1.0, 3.0, 3.0)],
        vec![rectangle(0.0, 0.0, 2.0, 2.0)],
    ];
    let text = serde_json::to_string(&twice).unwrap();
    let land = Shape::from_geojson(&format!(r#"{{"type":"MultiPolygon","coordinates":{text}}}"#)).unwrap();
    check(&land, &[[0.5, 0.5], [1.5, 1.5], [2.5, 2.5]], &[[2.5, 0.5]]);
}

#[test]
fn overlapping_holes_do_not_cancel_and_take_nothing_outside() {
    let land =
        shape(&[rectangle(0.0, 0.0, 4.0, 4.0), rectangle(1.0, 1.0, 3.0, 2.5), rectangle(2.0, 2.0, 6.0, 3.0)]);
    check(&land, &[[0.5, 0.5], [1.5, 3.0]], &[[2.5, 2.2], [5.0, 2.5], [3.5, 2.5]]);
}

#[test]
fn a_figure_eight_has_two_insides() {
    let eight = shape(&[vec![[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0], [0.0, 0.0]]]);
    check(&eight, &[[0.2, 1.0], [1.8, 1.0]], &[[1.0, 1.8], [1.0, 0.2]]);
}

#[test]
fn open_rings_repeated_corners_and_either_direction_give_the_same_land() {
    let clean = shape(&[rectangle(0.0, 0.0, 2.0, 1.0)]);
    let open = shape(&[vec![[0.0, 0.0], [2.0, 0.0], [2.0, 1.0], [0.0, 1.0]]]);
    let repeated = shape(&[vec![
        [0.0, 0.0],
        [0.0, 0.0],
        [2.0, 0.0],
        [2.0, 1.0],
        [2.0, 1.0],
        [2.0, 1.0],
        [0.0, 1.0],
        [0.0, 0.0],
        [0.0, 0.0],
    ]]);
    let clockwise = shape(&[vec![[0.0, 0.0], [0.0, 1.0], [2.0, 1.0], [2.0, 0.0], [0.0, 0.0]]]);
    assert_eq!([&open, &repeated, &clockwise], [&clean; 3]);
}

#[test]
fn a_spike_adds_no_land() {
    let spiked =
        shape(&[vec![[0.0, 0.0], [2.0, 0.0], [2.0, 1.0], [5.0, 1.0], [2.0, 1.0], [2.0, 2.0], [0.0, 2.0]]]);
    check(&spiked, &[[1.0, 1.0]], &[[3.0, 1.0], [3.0, 0.9], [3.0, 1.1]]);
}

#[test]
fn what_encloses_nothing_is_not_a_shape() {
    for rings in [
        vec![],
        vec![vec![]],
        vec![vec![[1.0, 1.0]]],
        vec![vec![[1.0, 1.0]; 7]],
        vec![vec![[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]]],
        vec![vec![[0.0, 5.0], [1.0, 5.0], [2.0, 5.0], [0.0, 5.0]]],
    ] {
        let refused = Shape::from_geojson(&polygon(&rings));
        assert!(matches!(refused, Err(GeographyError::NoArea)), "{rings:?} gave {refused:?}");
    }
}

#[test]
fn a_ring_around_the_whole_globe_holds_all_but_its_northern_and_eastern_rim() {
    let globe = shape(&[rectangle(-180.0, -90.0, 180.0, 90.0)]);
    check(&globe, &[[0.0, 0.0], [-180.0, -90.0], [179.9, 89.9]], &[[0.0, 90.0], [180.0, 0.0]]);
}

#[test]
fn a_ring_that_zigzags_a_hundred_thousand_times_is_read_without_a_copy_of_each_edge_in_each_slab() {
    // A copy of every edge for every slab would be 10^10 edges, more than any machine holds.
    let zigzag =
        (0..100_000).map(|tooth| [f64::from(tooth) / 10_000.0, if tooth % 2 == 0 { 0.0 } else { 1.0 }]);
    let comb = shape(&[zigzag.chain([[10.0, -1.0], [0.0, -1.0]]).collect()]);
    // Tooth 5,001 points up at 0.5001 and is down again at 0.5 and 0.5002.
    check(&comb, &[[0.5001, 0.9], [5.0, -0.5]], &[[0.5, 0.9], [0.5002, 0.9], [5.0, 1.5]]);
}

#[test]
fn the_size_of_a_square_degree_at_the_equator_is_known() {
    // R² · (1° in radians) · sin(1°), the area of a patch between two parallels and two meridians.
    let expected = 6_371_008.8_f64.powi(2) * 1.0_f64.to_radians() * 1.0_f64.to_radians().sin();
    let patch = shape(&[rectangle(10.0, 0.0, 11.0, 1.0)]);
    assert!((patch.area_m2() / expected - 1.0).abs() < 1e-12, "{}", patch.area_m2());
    let holed = shape(&[rectangle(10.0, 0.0, 11.0, 1.0), rectangle(10.0, 0.0, 11.0, 1.0)]);
    assert_eq!(holed.area_m2(), 0.0);
}

#[test]
fn the_distance_to_land_is_zero_inside_and_measured_to_the_nearest_border_outside() {
    let land = shape(&[rectangle(-71.0, 42.0, -70.0, 43.0), rectangle(-70.6, 42.4, -70.4, 42.6)]);
    assert_eq!(land.distance_m(at(42.1, -70.5)), 0.0);
    for (place, nearest) in [
        (at(43.01, -70.3), at(43.0, -70.3)),
        (at(43.01, -69.99), at(43.0, -70.0)),
        // In the hole: its western side is nearest.
        (at(42.5, -70.59), at(42.5, -70.6)),
    ] {
        let (found, expected) = (land.distance_m(place), place.distance_m(&nearest));
        // The plane around a place a kilometre off errs by a few parts in ten thousand.
        assert!((found / expected - 1.0).abs() < 1e-3, "{found} instead of {expected}");
    }
}

/// A ring with corners at growing angles around a center: never crosses itself.
fn star() -> impl Strategy<Value = Vec<[f64; 2]>> {
    prop::collection::vec(0.2..1.0_f64, 3..60).prop_map(|radii| {
        let turn = std::f64::consts::TAU / radii.len() as f64;
        let corner = |(step, radius): (usize, &f64)| {
            let angle = step as f64 * turn;
            [radius * angle.cos(), radius * angle.sin()]
        };
        radii.iter().enumerate().map(corner).collect()
    })
}

/// The textbook test over all sides, without slabs, for rings that may cross themselves.
fn crossings_are_odd(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let crosses = |i: usize| {
        let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
        (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
    };
    (0..ring.len()).filter(|&i| crosses(i)).count() % 2 == 1
}

proptest! {
    #[test]
    fn slabs_answer_as_the_textbook_test_does(
        ring in prop::collection::vec([-1.0..1.0_f64, -1.0..1.0_f64], 3..80),
        places in prop::collection::vec([-1.1..1.1_f64, -1.1..1.1_f64], 40),
    ) {
        let land = shape(std::slice::from_ref(&ring));
        for place in places {
            prop_assert_eq!(land.contains(at(place[1], place[0])), crossings_are_odd(&ring, place));
        }
    }

    #[test]
    fn slabs_answer_as_the_textbook_test_does_on_a_coarse_grid(
        // Whole numbers make level sides, repeated corners and places exactly on corners likely. Their sides
        // are short enough that both ways of computing a crossing are exact or far from the place.
        ring in prop::collection::vec([-4_i32..4, -4_i32..4], 3..30),
        place in [-4_i32..4, -4_i32..4],
    ) {
        let ring: Vec<[f64; 2]> = ring.into_iter().map(|p| p.map(f64::from)).collect();
        let [x, y] = place.map(f64::from);
        if let Ok(land) = Shape::from_geojson(&polygon(std::slice::from_ref(&ring))) {
            // Half a step east keeps clear of sides on the place itself, whose owner is a convention.
            prop_assert_eq!(land.contains(at(y, x + 1e-6)), crossings_are_odd(&ring, [x + 1e-6, y]));
        }
    }

    #[test]
    fn a_convex_shape_is_the_land_left_of_all_its_sides(corners in 3_u32..40, x in -1.2..1.2_f64, y in -1.2..1.2_f64) {
        let turn = std::f64::consts::TAU / f64::from(corners);
        let corner = |i: u32| [(turn * f64::from(i)).cos(), (turn * f64::from(i)).sin()];
        let ring: Vec<[f64; 2]> = (0..corners).map(corner).collect();
        let left_of = |(a, b): (&[f64; 2], &[f64; 2])| (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) > 0.0;
        let all = ring.iter().zip(ring.iter().cycle().skip(1)).all(left_of);
        prop_assert_eq!(shape(std::slice::from_ref(&ring)).contains(at(y, x)), all);
    }

    #[test]
    fn a_star_holds_the_way_to_each_corner(ring in star(), share in 0.0..0.999_f64) {
        let land = shape(std::slice::from_ref(&ring));
        for corner in &ring {
            prop_assert!(land.contains(at(share * corner[1], share * corner[0])));
        }
    }

    #[test]
    fn two_neighbours_share_out_their_border_without_gap_or_overlap(
        cut in prop::collection::vec(0.0..1.0_f64, 1..20), share in 0.0..1.0_f64, side in 0.0..1.0_f64,
    ) {
        // One square cut in two by a crooked line from south to north.
        let step = 1.0 / (cut.len() + 1) as f64;
        let line: Vec<[f64; 2]> = std::iter::once([0.5, 0.0])
            .chain(cut.iter().enumerate().map(|(i, x)| [*x, (i + 1) as f64 * step]))
            .chain([[0.5, 1.0]])
            .collect();
        let back: Vec<[f64; 2]> = line.iter().rev().copied().collect();
        let west = shape(&[[&[[-1.0, 0.0]], line.as_slice(), &[[-1.0, 1.0]]].concat()]);
        let east = shape(&[[&[[2.0, 1.0]], back.as_slice(), &[[2.0, 0.0]]].concat()]);
        // Corners of the line, places on its sides as near as numbers come, and places anywhere.
        let between = |a: [f64; 2], b: [f64; 2]| [0, 1].map(|axis| a[axis] + share * (b[axis] - a[axis]));
        let along = line.windows(2).map(|ends| between(ends[0], ends[1]));
        for [x, y] in along.chain(line.iter().copied()).chain([[side, share]]).filter(|p| p[1] < 1.0) {
            prop_assert!(west.contains(at(y, x)) != east.contains(at(y, x)), "{} {}", x, y);
        }
    }

    #[test]
    fn every_shape_lies_in_its_bounds(
        ring in prop::collection::vec([-1.0..1.0_f64, -1.0..1.0_f64], 3..30), x in -1.5..1.5_f64, y in -1.5..1.5_f64,
    ) {
        let land = shape(&[ring]);
        prop_assert!(land.bounds().contains(at(y, x)) || !land.contains(at(y, x)));
    }

    #[test]
    fn nothing_drawn_anywhere_makes_a_panic(
        rings in prop::collection::vec(prop::collection::vec([-180.0..=180.0_f64, -90.0..=90.0_f64], 0..12), 0..4),
        x in -180.0..=180.0_f64, y in -90.0..=90.0_f64,
    ) {
        if let Ok(land) = Shape::from_geojson(&polygon(&rings)) {
            prop_assert!(!land.contains(at(y, x)) || land.distance_m(at(y, x)) == 0.0);
            prop_assert!(land.area_m2() >= 0.0);
        }
    }
}
