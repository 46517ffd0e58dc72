//! Finding a place by what people call it, and naming a place that is only a point.
//!
//! A [`Gazetteer`] is made once from a town's streets, landmarks and known addresses and then only asked. It forgives
//! what people do when they type on a telephone in the rain: abbreviations, lower case, a missing "Street", one wrong
//! letter. Where a town has two places of one name it offers both, and never chooses for the resident.

mod index;
mod matching;
mod near;
mod search;

use crate::{Point, StreetSegment};

use self::index::Index;
pub use self::near::Near;

/// A place with a name: a library, a park.
#[derive(Debug, Clone, PartialEq)]
pub struct Landmark {
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub point: Point,
}

/// A house whose exact place is known.
#[derive(Debug, Clone, PartialEq)]
pub struct AddressPoint {
    /// "12 Elm Street", as it is to be shown.
    pub address: String,
    /// Its postal code.
    pub zip: Option<String>,
    /// Where it is.
    pub point: Point,
}

/// What kind of place was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A house number on a street.
    Address,
    /// A corner of two streets.
    Intersection,
    /// A place with a name.
    Landmark,
    /// A street as a whole; its point is in its middle.
    Street,
}

/// One place that may be meant.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPlace {
    /// What it is called: "12 Elm Street", "Elm Street & Oak Avenue", "Public Library".
    pub label: String,
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// Where it is; houses without a known point are placed along their block.
    pub point: Point,
    /// Its postal code.
    pub zip: Option<String>,
    /// Whether it is called so as typed, give or take abbreviations; false when a slip was forgiven or words were
    /// added.
    pub is_as_typed: bool,
}

/// All places of a town by name and by point.
#[derive(Debug)]
pub struct Gazetteer {
    index: Index,
}

/// Places of one name nearer to each other than this are one place.
const SAME_PLACE_M: f64 = 80.0;

impl Gazetteer {
    /// Sorts everything in; a city of 50,000 segments takes part of a second. Segments of fewer than two points and
    /// addresses that begin with no number are left out.
    pub fn new(
        segments: Vec<StreetSegment>,
        landmarks: Vec<Landmark>,
        addresses: Vec<AddressPoint>,
    ) -> Gazetteer {
        Gazetteer { index: Index::new(segments, landmarks, addresses) }
    }

    /// The places that may be meant, the likeliest first, at most `limit`. Empty when nothing is alike.
    pub fn search(&self, typed: &str, limit: usize) -> Vec<FoundPlace> {
        search::search(&self.index, typed, limit)
    }

    /// What a point is called: the house or corner nearest to it; `None` farther than 200 m from every street.
    pub fn name_of(&self, point: Point) -> Option<Near> {
        near::name_of(&self.index, point)
    }

    /// The streets it knows, each name once, in order.
    pub fn street_names(&self) -> impl Iterator<Item = &str> {
        self.index.streets.iter().map(|street| street.name.as_str())
    }

    /// Whether it knows nothing at all, so that searching is of no use.
    pub fn is_empty(&self) -> bool {
        self.index.streets.is_empty() && self.index.landmarks.is_empty()
    }
}

impl FoundPlace {
    fn is_same_place(&self, other: &FoundPlace) -> bool {
        self.label == other.label && self.point.distance_m(&other.point) < SAME_PLACE_M
    }
}
