//! What holds for every shape, however badly drawn.

use proptest::prelude::*;
use tiles::{Drawing, EXTENT, Layer, TileId, encode};

use crate::decoder::{ReadFeature, decode, doubled_area};

/// Around one tile of Boston, and now and then anywhere, or nowhere at all.
fn position() -> impl Strategy<Value = [f64; 2]> {
    prop_oneof![
        20 => [-71.16..-71.04_f64, 42.26..42.36_f64],
        1 => [-180.0..=180.0_f64, -90.0..=90.0_f64],
        1 => Just([-71.1, 42.3]),
    ]
}

fn path(most: usize) -> impl Strategy<Value = Vec<[f64; 2]>> {
    proptest::collection::vec(position(), 0..most)
}

fn tile() -> impl Strategy<Value = TileId> {
    (0_u8..=18, position()).prop_map(|(z, position)| TileId::holding(z, tiles::project(position)))
}

fn drawn(tile: TileId, drawing: &Drawing) -> Vec<ReadFeature> {
    let mut layer = Layer::new("shapes", tile);
    layer.add(None, drawing, &[]);
    decode(&encode(&[layer])).into_iter().flat_map(|layer| layer.features).collect()
}

const RIM: i64 = EXTENT as i64 + 64;

proptest! {
    #[test]
    fn lines_stay_within_the_rim_and_have_two_different_ends_at_least(tile in tile(), lines in proptest::collection::vec(path(12), 0..4)) {
        for feature in drawn(tile, &Drawing::lines(lines)) {
            prop_assert_eq!((feature.kind, feature.closed), (2, 0));
            for path in &feature.paths {
                prop_assert!(path.len() > 1);
                prop_assert!(path.windows(2).all(|pair| pair[0] != pair[1]));
                prop_assert!(path.iter().flatten().all(|along| (-64..=RIM).contains(along)));
            }
        }
    }

    #[test]
    fn areas_stay_within_the_rim_and_each_begins_with_a_ring_wound_clockwise(tile in tile(), rings in proptest::collection::vec(path(16), 0..4)) {
        let areas = rings.iter().map(|ring| vec![ring.as_slice(), rings[0].as_slice()]);
        for feature in drawn(tile, &Drawing::areas(areas)) {
            prop_assert_eq!(feature.kind, 3);
            prop_assert_eq!(feature.closed, feature.paths.len());
            prop_assert!(doubled_area(&feature.paths[0]) > 0);
            for ring in &feature.paths {
                prop_assert!(ring.len() > 2);
                prop_assert!(doubled_area(ring) != 0);
                prop_assert!(ring.iter().flatten().all(|along| (-64..=RIM).contains(along)));
            }
        }
    }

    #[test]
    fn every_point_is_in_exactly_one_tile_of_each_zoom(z in 0_u8..=18, point in position()) {
        let home = TileId::holding(z, tiles::project(point));
        let around = (-1_i64..=1).flat_map(|dx| (-1_i64..=1).map(move |dy| (dx, dy)));
        let near = around.filter_map(|(dx, dy)| {
            let along = |at: u32, by: i64| u32::try_from(i64::from(at) + by).ok();
            TileId::new(z, along(home.x(), dx)?, along(home.y(), dy)?)
        });
        let having = near.filter(|tile| !drawn(*tile, &Drawing::points([point])).is_empty()).count();
        // The rim of the world belongs to no tile.
        prop_assert!(having == 1 || point[0] == 180.0 || point[1].abs() > 85.0);
    }

    #[test]
    fn what_is_drawn_lies_where_it_was(tile in tile(), line in path(8)) {
        let steps = |position: [f64; 2]| {
            let [low, high] = tile.corners();
            let at = tiles::project(position);
            [0, 1].map(|axis| (at[axis] - low[axis]) / (high[axis] - low[axis]) * f64::from(EXTENT))
        };
        let whole: Vec<[f64; 2]> = line.iter().map(|position| steps(*position)).collect();
        for corner in drawn(tile, &Drawing::lines([line])).iter().flat_map(|feature| feature.paths.iter().flatten()) {
            let near = whole.windows(2).map(|pair| distance(corner.map(|along| along as f64), pair[0], pair[1]));
            // Rounding moves a corner by less than a step.
            prop_assert!(near.fold(f64::INFINITY, f64::min) < 1.0);
        }
    }
}

fn distance(position: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let squared = dx * dx + dy * dy;
    let along = (position[0] - a[0]) * dx + (position[1] - a[1]) * dy;
    let share = if squared > 0.0 { (along / squared).clamp(0.0, 1.0) } else { 0.0 };
    f64::hypot(position[0] - a[0] - share * dx, position[1] - a[1] - share * dy)
}
