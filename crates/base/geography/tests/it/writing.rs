//! Borders out as text, and back.

use geography::{District, Shape, read_districts, write_districts};
use proptest::prelude::*;

use crate::shapes::{polygon, rectangle, shape};

#[test]
fn a_shape_is_written_closed_counterclockwise_and_with_clockwise_holes() {
    let outside = vec![[0.0, 0.0], [0.0, 4.0], [4.0, 4.0], [4.0, 0.0]];
    let hole = vec![[1.0, 1.0], [2.0, 1.0], [2.0, 2.5]];
    let expected = concat!(
        r#"{"type":"MultiPolygon","coordinates":[["#,
        "[[0.0,0.0],[4.0,0.0],[4.0,4.0],[0.0,4.0],[0.0,0.0]],",
        "[[1.0,1.0],[2.0,2.5],[2.0,1.0],[1.0,1.0]]]]}"
    );
    assert_eq!(shape(&[outside, hole]).to_geojson(), expected);
}

#[test]
fn written_districts_are_read_back_with_their_codes() {
    let district = |code: &str, west: f64| District {
        kind: "ward".to_owned(),
        code: code.to_owned(),
        name: (west > 0.0).then(|| format!("The \"{code}\"")),
        shape: shape(&[rectangle(west, 0.0, west + 1.0, 1.0)]),
    };
    let districts = [district("1", 0.0), district("Zwölf", 1.0)];
    let text = write_districts(&districts);
    let back = read_districts(&text, "code").unwrap().districts;
    assert_eq!(back.len(), 2);
    for (found, written) in back.iter().zip(&districts) {
        assert_eq!((&found.code, &found.shape), (&written.code, &written.shape));
    }
    assert!(
        text.contains(r#""properties":{"kind":"ward","code":"1"}"#),
        "a missing name is left out: {text}"
    );
    assert!(text.contains(r#""name":"The \"Zwölf\"""#), "{text}");
}

proptest! {
    #[test]
    fn reading_what_was_written_changes_nothing(
        rings in prop::collection::vec(prop::collection::vec([-180.0..=180.0_f64, -90.0..=90.0_f64], 3..12), 1..4),
    ) {
        let land = Shape::from_geojson(&polygon(&rings)).unwrap();
        let text = land.to_geojson();
        let back = Shape::from_geojson(&text).unwrap();
        prop_assert_eq!(&back, &land);
        prop_assert_eq!(back.to_geojson(), text);
    }

    #[test]
    fn a_figure_eight_whose_loops_cancel_is_not_turned_at_every_reading(
        west in -170.0..170.0_f64, south in -80.0..80.0_f64, width in 0.001..1.0_f64, height in 0.001..1.0_f64,
    ) {
        // Which way round it runs is decided by rounding alone.
        let (east, north) = (west + width, south + height);
        let eight = shape(&[vec![[west, south], [east, north], [east, south], [west, north]]]);
        prop_assert_eq!(Shape::from_geojson(&eight.to_geojson()).unwrap(), eight);
    }
}
