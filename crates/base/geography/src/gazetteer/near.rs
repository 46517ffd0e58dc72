//! From a point to what people call it.

use super::PlaceKind;
use super::index::{Corner, Index};
use crate::{Point, StreetSegment};

/// What a point is called.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// "12 Elm Street", "Elm Street & Oak Avenue" or "Elm Street".
    pub label: String,
    /// An address, an intersection or a street.
    pub kind: PlaceKind,
    /// Postal code of the address.
    pub zip: Option<String>,
    /// Metres from the point to the house, the corner or the middle of the street.
    pub distance_m: f64,
}

/// Beyond this a street's name says nothing about a place.
const STREET_WITHIN_M: f64 = 200.0;
/// On the crossing itself, rather than before one of the houses beside it.
const CORNER_WITHIN_M: f64 = 14.0;
/// A known house this near is the house that is meant.
const HOUSE_WITHIN_M: f64 = 25.0;

pub(super) fn name_of(index: &Index, point: Point) -> Option<Near> {
    known_house(index, point).or_else(|| corner(index, point)).or_else(|| street(index, point))
}

fn known_house(index: &Index, point: Point) -> Option<Near> {
    let near = index.address_spots.locate_in_envelope_intersecting(Index::around(point, HOUSE_WITHIN_M));
    let with_distance = near.map(|spot| &index.addresses[spot.data]).map(|a| (a.point.distance_m(&point), a));
    let (distance_m, address) = with_distance.min_by(|a, b| a.0.total_cmp(&b.0))?;
    (distance_m <= HOUSE_WITHIN_M).then(|| Near {
        label: address.address.clone(),
        kind: PlaceKind::Address,
        zip: address.zip.clone(),
        distance_m,
    })
}

fn corner(index: &Index, point: Point) -> Option<Near> {
    let near = index.corner_spots.locate_in_envelope_intersecting(Index::around(point, CORNER_WITHIN_M));
    let with_distance = near.map(|spot| &index.corners[spot.data]).map(|c| (c.point.distance_m(&point), c));
    let (distance_m, corner) = with_distance.min_by(|a, b| a.0.total_cmp(&b.0))?;
    (distance_m <= CORNER_WITHIN_M).then(|| Near {
        label: names(index, corner),
        kind: PlaceKind::Intersection,
        zip: None,
        distance_m,
    })
}

fn names(index: &Index, corner: &Corner) -> String {
    let names: Vec<&str> =
        corner.streets.iter().take(2).map(|street| index.streets[*street].name.as_str()).collect();
    names.join(" & ")
}

fn street(index: &Index, point: Point) -> Option<Near> {
    // Looks near first: in a dense town the wide circle holds hundreds of stretches.
    let segment = [STREET_WITHIN_M / 4.0, STREET_WITHIN_M]
        .into_iter()
        .find_map(|within| nearest(index, point, within))?;
    let foot = segment.foot(point);
    let near = match segment.number_near(&foot) {
        Some((number, hand)) => Near {
            label: format!("{number} {}", segment.name),
            kind: PlaceKind::Address,
            zip: segment.side(hand).zip.clone(),
            distance_m: foot.distance_m,
        },
        None => Near {
            label: segment.name.clone(),
            kind: PlaceKind::Street,
            zip: None,
            distance_m: foot.distance_m,
        },
    };
    Some(near)
}

fn nearest(index: &Index, point: Point, within_m: f64) -> Option<&StreetSegment> {
    let near = index.stretches.locate_in_envelope_intersecting(Index::around(point, within_m));
    let mut segments: Vec<usize> = near.map(|stretch| stretch.data).collect();
    segments.sort_unstable();
    segments.dedup();
    let measured =
        segments.into_iter().map(|nth| &index.segments[nth]).map(|s| (s.foot(point).distance_m, s));
    let (distance_m, segment) = measured.min_by(|a, b| a.0.total_cmp(&b.0))?;
    (distance_m <= within_m).then_some(segment)
}
