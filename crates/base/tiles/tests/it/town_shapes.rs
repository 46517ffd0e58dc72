//! Shapes whose tiles can be worked out by hand.

use tiles::{Drawing, EXTENT, Layer, Tag, TileId, encode, unproject};

use crate::decoder::{ReadFeature, decode, doubled_area};

fn tile() -> TileId {
    TileId::new(14, 4956, 6062).unwrap()
}

/// Longitude and latitude of a position in steps of the tile.
fn at(x: f64, y: f64) -> [f64; 2] {
    let [low, high] = tile().corners();
    let side = (high[0] - low[0]) / f64::from(EXTENT);
    unproject([low[0] + x * side, low[1] + y * side])
}

fn drawn(drawing: &Drawing) -> Option<ReadFeature> {
    let mut layer = Layer::new("shapes", tile());
    layer.add(
        Some(7),
        drawing,
        &[
            ("name", Tag::Text("Elm")),
            ("count", Tag::Count(3)),
            ("open", Tag::Flag(true)),
            ("size", Tag::Number(0.5)),
        ],
    );
    let mut layers = decode(&encode(&[layer]));
    let layer = layers.pop()?;
    assert_eq!((layer.name.as_str(), layer.version, layer.extent), ("shapes", 2, 4096));
    layer.features.into_iter().next()
}

#[test]
fn a_point_keeps_its_place_its_id_and_its_properties() {
    let feature = drawn(&Drawing::points([at(100.5, 200.5)])).unwrap();
    assert_eq!((feature.id, feature.kind), (Some(7), 1));
    assert_eq!(feature.paths, [[[100, 200]]]);
    let tags: Vec<(&str, &str)> =
        feature.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(tags, [("count", "3"), ("name", "Elm"), ("open", "true"), ("size", "0.5")]);
}

#[test]
fn a_point_belongs_to_one_tile_only() {
    assert!(drawn(&Drawing::points([at(-0.5, 10.0)])).is_none());
    assert!(drawn(&Drawing::points([at(4096.5, 10.0)])).is_none());
    assert!(drawn(&Drawing::points([at(4095.9, 10.0)])).is_some());
}

#[test]
fn a_street_through_the_tile_ends_at_its_rim() {
    let feature = drawn(&Drawing::lines([vec![at(-5_000.0, 1_000.0), at(9_000.0, 1_000.0)]])).unwrap();
    assert_eq!(feature.paths, [[[-64, 1000], [4160, 1000]]]);
}

#[test]
fn a_street_that_leaves_and_comes_back_is_two_pieces() {
    let line = vec![at(100.0, 100.0), at(100.0, -900.0), at(900.0, -900.0), at(900.0, 100.0)];
    let feature = drawn(&Drawing::lines([line])).unwrap();
    assert_eq!(feature.paths, [[[100, 100], [100, -64]], [[900, -64], [900, 100]]]);
}

#[test]
fn a_park_with_a_pond_is_wound_as_the_format_asks() {
    let square =
        |low: f64, high: f64| vec![at(low, low), at(high, low), at(high, high), at(low, high), at(low, low)];
    let (park, pond) = (square(100.0, 900.0), square(300.0, 500.0));
    for rings in [
        [&park, &pond].map(|ring| ring.clone()),
        [&park, &pond].map(|ring| ring.iter().rev().copied().collect()),
    ] {
        let feature = drawn(&Drawing::areas([rings.iter().map(Vec::as_slice).collect()])).unwrap();
        assert_eq!(feature.closed, 2);
        assert_eq!(doubled_area(&feature.paths[0]), 2 * 800 * 800);
        assert_eq!(doubled_area(&feature.paths[1]), -2 * 200 * 200);
    }
}

#[test]
fn land_around_the_whole_tile_fills_it_to_the_rim() {
    let ring = [at(-9_000.0, -9_000.0), at(9_000.0, -9_000.0), at(9_000.0, 9_000.0), at(-9_000.0, 9_000.0)];
    let feature = drawn(&Drawing::areas([vec![ring.as_slice()]])).unwrap();
    assert_eq!(doubled_area(&feature.paths[0]), 2 * (4096 + 128) * (4096 + 128));
}

#[test]
fn corners_that_nobody_sees_are_left_out() {
    let wiggle: Vec<[f64; 2]> =
        (0..500).map(|nth| at(f64::from(nth) * 8.0, 100.0 + f64::from(nth % 2))).collect();
    let feature = drawn(&Drawing::lines([wiggle])).unwrap();
    assert_eq!(feature.paths[0].len(), 2);
}

#[test]
fn what_is_smaller_than_half_a_pixel_is_left_out() {
    let speck = [at(10.0, 10.0), at(11.0, 10.0), at(11.0, 11.0)];
    assert!(drawn(&Drawing::areas([vec![speck.as_slice()]])).is_none());
    assert!(drawn(&Drawing::lines([Vec::new(), vec![at(1.0, 1.0)]])).is_none());
}
