//! A piece of street between two corners, and where on it a house number stands.
//!
//! Few towns know a point for each house, but every one knows which numbers belong to which side of which block. Houses
//! are taken to stand evenly along the block: the guess errs by a house or two, never by a block.

use crate::Point;
use crate::address_query::house_number;
use crate::geometry::length_m;
use crate::plane::Plane;

/// The house numbers on one side of a segment, from the beginning of its line to its end; they may fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberRange {
    from: u32,
    to: u32,
}

impl NumberRange {
    /// The numbers from the first to the last house; `None` when either is 0, by which map files say "no houses".
    pub fn new(from: u32, to: u32) -> Option<NumberRange> {
        (from > 0 && to > 0).then_some(NumberRange { from, to })
    }

    /// The same from two texts as map files write them: "12", "12A", "0".
    pub fn read(from: &str, to: &str) -> Option<NumberRange> {
        NumberRange::new(house_number(from.trim())?, house_number(to.trim())?)
    }

    /// The number where the line begins.
    pub fn from(&self) -> u32 {
        self.from
    }

    /// The number where the line ends.
    pub fn to(&self) -> u32 {
        self.to
    }

    /// Even or odd numbers only, unless both ends say otherwise.
    fn step(&self) -> u32 {
        if self.from % 2 == self.to % 2 { 2 } else { 1 }
    }

    fn count(&self) -> u32 {
        self.from.abs_diff(self.to) / self.step() + 1
    }

    /// How far along the row the house stands, 0 to 1; `None` when the number is not in this row.
    pub fn share_of(&self, number: u32) -> Option<f64> {
        let (low, high) = (self.from.min(self.to), self.from.max(self.to));
        let is_here =
            (low..=high).contains(&number) && number.abs_diff(self.from).is_multiple_of(self.step());
        let nth = number.abs_diff(self.from) / self.step();
        is_here.then(|| (f64::from(nth) + 0.5) / f64::from(self.count()))
    }

    /// The number of the house that stands this far along the row; shares outside 0 to 1 give the first or last.
    pub fn number_at(&self, share: f64) -> u32 {
        // The cast stops at zero and takes NaN for zero.
        let nth = ((share * f64::from(self.count())) as u32).min(self.count() - 1) * self.step();
        if self.from <= self.to { self.from + nth } else { self.from - nth }
    }
}

/// One side of a segment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StreetSide {
    /// Its house numbers; `None` where nobody lives.
    pub numbers: Option<NumberRange>,
    /// Its postal code.
    pub zip: Option<String>,
}

/// A piece of street between two corners.
#[derive(Debug, Clone, PartialEq)]
pub struct StreetSegment {
    /// The street's name with its type: "Elm Street".
    pub name: String,
    /// Its middle line, at least two points.
    pub line: Vec<Point>,
    /// The houses to the left, looking along the line.
    pub left: StreetSide,
    /// The houses to the right.
    pub right: StreetSide,
}

/// Which side of a line, looking along it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hand {
    Left,
    Right,
}

/// Houses stand this far from the middle of the street.
const SETBACK_M: f64 = 8.0;
/// No house stands nearer to a corner than this, or than a quarter of a short block.
const CORNER_M: f64 = 20.0;

impl StreetSegment {
    pub(crate) fn side(&self, hand: Hand) -> &StreetSide {
        match hand {
            Hand::Left => &self.left,
            Hand::Right => &self.right,
        }
    }

    /// Where the house stands, and on which side, if its number belongs to this segment.
    pub(crate) fn house(&self, number: u32) -> Option<(Point, Hand)> {
        [Hand::Left, Hand::Right].into_iter().find_map(|hand| {
            let share = self.side(hand).numbers?.share_of(number)?;
            let length = length_m(&self.line);
            let corner = corner_m(length);
            let setback = if hand == Hand::Left { SETBACK_M } else { -SETBACK_M };
            Some((beside(&self.line, corner + share * (length - 2.0 * corner), setback), hand))
        })
    }

    /// The number of the house nearest to a place on this segment, on that side or else on the other one.
    pub(crate) fn number_near(&self, foot: &Foot) -> Option<(u32, Hand)> {
        let length = length_m(&self.line);
        let corner = corner_m(length);
        let share = (foot.along_m - corner) / (length - 2.0 * corner).max(f64::MIN_POSITIVE);
        let other = if foot.hand == Hand::Left { Hand::Right } else { Hand::Left };
        let on = |hand| self.side(hand).numbers.map(|numbers| (numbers.number_at(share.max(0.0)), hand));
        on(foot.hand).or_else(|| on(other))
    }

    /// The place on the line that is nearest to the point.
    pub(crate) fn foot(&self, point: Point) -> Foot {
        foot(&self.line, point)
    }
}

fn corner_m(length_m: f64) -> f64 {
    CORNER_M.min(length_m / 4.0)
}

/// Where a perpendicular from a point meets a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Foot {
    pub(crate) distance_m: f64,
    pub(crate) along_m: f64,
    pub(crate) hand: Hand,
}

fn foot(line: &[Point], point: Point) -> Foot {
    let plane = Plane::around(point);
    let mut nearest = Foot { distance_m: f64::INFINITY, along_m: 0.0, hand: Hand::Left };
    let mut along_m = 0.0;
    for pair in line.windows(2) {
        let [a, b] = [pair[0], pair[1]].map(|end| plane.project(end.position()));
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let squared = dx * dx + dy * dy;
        let share = if squared > 0.0 { (-(a[0] * dx + a[1] * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
        let distance_m = f64::hypot(a[0] + share * dx, a[1] + share * dy);
        let length = squared.sqrt();
        if distance_m < nearest.distance_m {
            // The point is the origin: it lies left of a-b when the turn a, b, origin goes left.
            let hand = if dx * -a[1] - dy * -a[0] >= 0.0 { Hand::Left } else { Hand::Right };
            nearest = Foot { distance_m, along_m: along_m + share * length, hand };
        }
        along_m += length;
    }
    nearest
}

/// The point this share (0 to 1) of the way along a line.
pub(crate) fn along(line: &[Point], share: f64) -> Point {
    beside(line, share * length_m(line), 0.0)
}

/// The point so many metres along the line and so many to its left.
fn beside(line: &[Point], along_m: f64, left_m: f64) -> Point {
    let plane = Plane::around(line[0]);
    let corners: Vec<[f64; 2]> = line.iter().map(|point| plane.project(point.position())).collect();
    let mut before = 0.0;
    let last = corners.len() - 2;
    for (nth, pair) in corners.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        let length = f64::hypot(b[0] - a[0], b[1] - a[1]);
        if (before + length >= along_m || nth == last) && length > 0.0 {
            let (ux, uy) = ((b[0] - a[0]) / length, (b[1] - a[1]) / length);
            let rest = (along_m - before).clamp(0.0, length);
            return plane.place([a[0] + ux * rest - uy * left_m, a[1] + uy * rest + ux * left_m]);
        }
        before += length;
    }
    line[0]
}
