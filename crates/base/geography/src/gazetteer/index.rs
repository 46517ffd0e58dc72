//! Everything a gazetteer knows, sorted for searching.

use std::collections::{BTreeMap, HashMap};

use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};

use super::{AddressPoint, Landmark, SAME_PLACE_M};
use crate::address_query::{house_number, is_filler};
use crate::address_words::words_of;
use crate::{BoundingBox, Point, StreetSegment};

/// A street: all segments of one name, wherever they are.
#[derive(Debug)]
pub(super) struct Street {
    pub(super) name: String,
    pub(super) words: Vec<String>,
    pub(super) segments: Vec<usize>,
}

/// Where streets meet.
#[derive(Debug)]
pub(super) struct Corner {
    pub(super) point: Point,
    /// Two or more, ascending.
    pub(super) streets: Vec<usize>,
}

/// A landmark with the words of its name, without those that people leave out.
#[derive(Debug)]
pub(super) struct NamedPoint {
    pub(super) landmark: Landmark,
    pub(super) words: Vec<String>,
}

/// One straight stretch of a segment.
pub(super) type Stretch = GeomWithData<Line<[f64; 2]>, usize>;
/// A corner or an address.
pub(super) type Spot = GeomWithData<[f64; 2], usize>;

#[derive(Debug)]
pub(super) struct Index {
    pub(super) segments: Vec<StreetSegment>,
    /// In the order of their words.
    pub(super) streets: Vec<Street>,
    pub(super) corners: Vec<Corner>,
    pub(super) landmarks: Vec<NamedPoint>,
    pub(super) addresses: Vec<AddressPoint>,
    /// Known addresses by the words of their street and their number.
    pub(super) houses: HashMap<(Vec<String>, u32), Vec<usize>>,
    pub(super) stretches: RTree<Stretch>,
    pub(super) corner_spots: RTree<Spot>,
    pub(super) address_spots: RTree<Spot>,
}

impl Index {
    pub(super) fn new(
        mut segments: Vec<StreetSegment>,
        landmarks: Vec<Landmark>,
        addresses: Vec<AddressPoint>,
    ) -> Index {
        segments.retain(|segment| segment.line.len() > 1 && !words_of(&segment.name).is_empty());
        let houses = houses(&addresses);
        let streets = streets(&segments, &houses, &addresses);
        let corners = corners(&segments, &streets);
        let spots = |points: Vec<Point>| {
            RTree::bulk_load(
                points.into_iter().enumerate().map(|(nth, point)| Spot::new(point.position(), nth)).collect(),
            )
        };
        Index {
            stretches: RTree::bulk_load(segments.iter().enumerate().flat_map(stretches).collect()),
            corner_spots: spots(corners.iter().map(|corner| corner.point).collect()),
            address_spots: spots(addresses.iter().map(|address| address.point).collect()),
            landmarks: landmarks.into_iter().map(NamedPoint::new).collect(),
            segments,
            streets,
            corners,
            addresses,
            houses,
        }
    }

    /// What lies within so many metres of a point, in no order and a little more.
    pub(super) fn around(point: Point, radius_m: f64) -> AABB<[f64; 2]> {
        let area = BoundingBox::around(point, radius_m).expect("the radii are constants of this crate");
        AABB::from_corners(area.south_west().position(), area.north_east().position())
    }
}

impl NamedPoint {
    fn new(landmark: Landmark) -> NamedPoint {
        let words = words_of(&landmark.name).into_iter().filter(|word| !is_filler(word)).collect();
        NamedPoint { landmark, words }
    }
}

fn stretches((nth, segment): (usize, &StreetSegment)) -> impl Iterator<Item = Stretch> + '_ {
    segment
        .line
        .windows(2)
        .map(move |pair| Stretch::new(Line::new(pair[0].position(), pair[1].position()), nth))
}

fn houses(addresses: &[AddressPoint]) -> HashMap<(Vec<String>, u32), Vec<usize>> {
    let mut houses: HashMap<(Vec<String>, u32), Vec<usize>> = HashMap::new();
    for (nth, address) in addresses.iter().enumerate() {
        let mut words = words_of(&address.address);
        let number = words.first().and_then(|word| house_number(word));
        if let Some(number) = number.filter(|_| words.len() > 1) {
            words.remove(0);
            houses.entry((words, number)).or_default().push(nth);
        }
    }
    houses
}

/// Streets by name, also those that are known from addresses only.
fn streets(
    segments: &[StreetSegment],
    houses: &HashMap<(Vec<String>, u32), Vec<usize>>,
    addresses: &[AddressPoint],
) -> Vec<Street> {
    let mut by_words: BTreeMap<Vec<String>, Street> = BTreeMap::new();
    for (nth, segment) in segments.iter().enumerate() {
        let words = words_of(&segment.name);
        let street = by_words.entry(words.clone()).or_insert_with(|| Street {
            name: segment.name.clone(),
            words,
            segments: Vec::new(),
        });
        street.segments.push(nth);
    }
    for ((words, _), known) in houses {
        by_words.entry(words.clone()).or_insert_with(|| Street {
            name: behind_number(&addresses[known[0]].address).to_owned(),
            words: words.clone(),
            segments: Vec::new(),
        });
    }
    by_words.into_values().collect()
}

fn behind_number(address: &str) -> &str {
    address.split_once(' ').map_or(address, |(_, street)| street.trim())
}

/// Corners of lines closer than about a metre are one.
const NODES_PER_DEGREE: f64 = 1e5;

fn corners(segments: &[StreetSegment], streets: &[Street]) -> Vec<Corner> {
    let mut nodes: BTreeMap<(i64, i64), Corner> = BTreeMap::new();
    for (number, street) in streets.iter().enumerate() {
        for segment in street.segments.iter().map(|nth| &segments[*nth]) {
            // A street may end at a corner that the other one's line only runs through.
            for end in &segment.line {
                let node = |degrees: f64| (degrees * NODES_PER_DEGREE).round() as i64;
                let corner = nodes
                    .entry((node(end.latitude()), node(end.longitude())))
                    .or_insert_with(|| Corner { point: *end, streets: Vec::new() });
                if corner.streets.last() != Some(&number) {
                    corner.streets.push(number);
                }
            }
        }
    }
    nodes.into_values().filter(|corner| corner.streets.len() > 1).collect()
}

impl Corner {
    /// A wide street crosses another in several nodes; those are one place for people.
    pub(super) fn is_near(&self, other: Point) -> bool {
        self.point.distance_m(&other) < SAME_PLACE_M
    }
}
