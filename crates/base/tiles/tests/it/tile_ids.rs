//! Squares of the world.

use proptest::prelude::*;
use tiles::{TileId, ZOOM_MAX, project, unproject};

#[test]
fn a_zoom_has_no_more_squares_than_fit() {
    assert!(TileId::new(0, 0, 0).is_some());
    assert!(TileId::new(0, 1, 0).is_none());
    assert!(TileId::new(14, 16_384, 0).is_none());
    assert!(TileId::new(ZOOM_MAX, (1 << ZOOM_MAX) - 1, 0).is_some());
    assert!(TileId::new(ZOOM_MAX + 1, 0, 0).is_none());
    assert!(TileId::new(255, 0, 0).is_none());
}

#[test]
fn boston_lies_in_the_square_that_other_maps_give_it() {
    // By the usual formula: x = (-71.0589 + 180) / 360 * 2^12, y by Mercator.
    let tile = TileId::holding(12, project([-71.0589, 42.3601]));
    assert_eq!((tile.x(), tile.y()), (1239, 1514));
}

proptest! {
    #[test]
    fn projecting_there_and_back_comes_home(longitude in -180.0..180.0_f64, latitude in -85.0..85.0_f64) {
        let [x, y] = unproject(project([longitude, latitude]));
        prop_assert!((x - longitude).abs() < 1e-9 && (y - latitude).abs() < 1e-9);
    }

    #[test]
    fn a_square_holds_its_own_middle(z in 0..=ZOOM_MAX, x in any::<u32>(), y in any::<u32>()) {
        let tile = TileId::new(z, x % (1 << z), y % (1 << z)).unwrap();
        let [low, high] = tile.corners();
        prop_assert_eq!(TileId::holding(z, [(low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0]), tile);
    }
}
