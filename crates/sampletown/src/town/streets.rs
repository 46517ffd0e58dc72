//! Streets along the edges of the blocks: their names, their segments and the house numbers on either side.

use std::collections::BTreeSet;

use super::land::{Land, Use, is_main_road};
use super::lattice::{Lattice, Metres};
use super::words;
use crate::chance::{Chance, Purpose};

/// A named street.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Street {
    /// Name with type: "Alder Street".
    pub name: String,
    /// True for a main road, which carries more traffic and crosses the river.
    pub main: bool,
}

/// The piece of a street between two corners.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Index into [`Town::streets`](crate::town::Town::streets).
    pub street: usize,
    /// House numbers on the left, looking in the direction in which they rise (odd numbers).
    pub left: Option<Side>,
    /// House numbers on the right (even numbers).
    pub right: Option<Side>,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// One side of a segment: a run of house numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The lowest number.
    pub low: u32,
    /// From one number to the next (even, so a side stays odd or even).
    pub step: u32,
    /// How many numbers there are, at least one.
    pub count: u32,
    /// How the buildings are used.
    pub used_for: Use,
    pub(super) block: usize,
}

impl Side {
    /// The highest number.
    pub fn high(&self) -> u32 {
        self.low + self.step * (self.count - 1)
    }
}

/// People in a home, on average; about the United States figure.
const PEOPLE_PER_HOME: f64 = 2.3;
/// Houses keep this far from the corners and from the middle of the street.
const CORNER_M: f64 = 20.0;
const SETBACK_M: f64 = 8.0;

/// A stretch along one grid line (or the diagonal) that may become a segment.
struct Edge {
    from: usize,
    to: usize,
    /// Which block along its line this is; gives the hundred of the house numbers.
    position: usize,
    left: Option<usize>,
    right: Option<usize>,
}

pub(super) struct Network {
    pub(super) streets: Vec<Street>,
    pub(super) segments: Vec<Segment>,
}

pub(super) fn lay_out(seed: u64, lattice: &Lattice, land: &[Land], population: u32) -> Network {
    let mut builder = Builder {
        land,
        removed: Chance::of(seed, Purpose::Streets, 0),
        names: Names::new(seed),
        network: Network { streets: Vec::new(), segments: Vec::new() },
    };
    for row in 0..=lattice.rows {
        builder.line(east_west(lattice, row), is_main_road(row), words::EAST_WEST_TYPES);
    }
    for column in 0..=lattice.columns {
        builder.line(north_south(lattice, column), is_main_road(column), words::NORTH_SOUTH_TYPES);
    }
    builder.line(diagonal(lattice, land), true, &["Diagonal"]);
    number_houses(&mut builder.network.segments, lattice, land, population);
    builder.network
}

fn east_west(lattice: &Lattice, row: usize) -> Vec<Edge> {
    (0..lattice.columns)
        .map(|column| Edge {
            from: lattice.corner(column, row),
            to: lattice.corner(column + 1, row),
            position: column,
            left: (row < lattice.rows).then(|| lattice.block(column, row)),
            right: row.checked_sub(1).map(|below| lattice.block(column, below)),
        })
        .collect()
}

fn north_south(lattice: &Lattice, column: usize) -> Vec<Edge> {
    (0..lattice.rows)
        .map(|row| Edge {
            from: lattice.corner(column, row),
            to: lattice.corner(column, row + 1),
            position: row,
            left: column.checked_sub(1).map(|west| lattice.block(west, row)),
            right: (column < lattice.columns).then(|| lattice.block(column, row)),
        })
        .collect()
}

/// One old road that cuts slantwise through the blocks of the middle. Water and parks stop it.
fn diagonal(lattice: &Lattice, land: &[Land]) -> Vec<Edge> {
    let length = lattice.columns.min(lattice.rows);
    let (column, row) = ((lattice.columns - length) / 2, (lattice.rows - length) / 2);
    (0..length)
        .map(|step| (step, lattice.block(column + step, row + step)))
        .filter(|&(_, block)| matches!(land[block], Land::Built(_)))
        .map(|(step, block)| Edge {
            from: lattice.corner(column + step, row + step),
            to: lattice.corner(column + step + 1, row + step + 1),
            position: step,
            left: Some(block),
            right: Some(block),
        })
        .collect()
}

struct Builder<'a> {
    land: &'a [Land],
    removed: Chance,
    names: Names,
    network: Network,
}

impl Builder<'_> {
    /// Turns one grid line into a street, or into several where the line is interrupted for long.
    fn line(&mut self, edges: Vec<Edge>, main: bool, types: &[&str]) {
        let mut last: Option<usize> = None;
        for edge in edges {
            // Drawn for every edge, so that the river does not decide which lanes are missing elsewhere.
            let missing = self.removed.yes(0.05);
            if !self.carries_a_street(&edge, main) || (missing && !main) {
                continue;
            }
            if last.is_none_or(|last| edge.position - last > 3) {
                let name = self.names.next(types);
                self.network.streets.push(Street { name, main });
            }
            last = Some(edge.position);
            self.add_segment(&edge);
        }
    }

    fn carries_a_street(&self, edge: &Edge, main: bool) -> bool {
        let land = |block: Option<usize>| block.map_or(Land::Outside, |block| self.land[block]);
        match (land(edge.left), land(edge.right)) {
            (Land::Built(_), _) | (_, Land::Built(_)) => true,
            // A bridge, or a road through a park.
            (Land::Water | Land::Park(_), Land::Water | Land::Park(_)) => main,
            (Land::Outside, _) | (_, Land::Outside) => false,
        }
    }

    fn add_segment(&mut self, edge: &Edge) {
        let hundred = 100 * (edge.position as u32 + 1);
        let side = |block: Option<usize>, parity: u32| {
            let block = block?;
            let Land::Built(used_for) = self.land[block] else { return None };
            Some(Side { low: hundred + parity, step: 2, count: 1, used_for, block })
        };
        let segment = Segment {
            street: self.network.streets.len() - 1,
            left: side(edge.left, 1),
            right: side(edge.right, 2),
            from: edge.from,
            to: edge.to,
        };
        self.network.segments.push(segment);
    }
}

/// Hands out street names, each once.
struct Names {
    chance: Chance,
    used: BTreeSet<String>,
}

impl Names {
    fn new(seed: u64) -> Self {
        Self { chance: Chance::of(seed, Purpose::StreetNames, 0), used: BTreeSet::new() }
    }

    fn next(&mut self, types: &[&str]) -> String {
        let mut tries = 0_usize;
        loop {
            // After many clashes the plain names are nearly used up: go on to "Old Alder Street", and past all
            // prefixes to "Alder Street 12", which always ends the search.
            let prefix = words::STREET_PREFIXES[(tries / 40).min(words::STREET_PREFIXES.len() - 1)];
            let word = self.chance.pick(words::STREETS);
            let kind = self.chance.pick(types);
            let mut name = format!("{prefix}{word} {kind}");
            if tries > 400 {
                name = format!("{name} {}", self.used.len());
            }
            if self.used.insert(name.clone()) {
                return name;
            }
            tries += 1;
        }
    }
}

/// Chooses the gap between houses so that all homes find room, and numbers them.
fn number_houses(segments: &mut [Segment], lattice: &Lattice, land: &[Land], population: u32) {
    let frontage: f64 = segments.iter().map(|segment| sides(segment) * usable_length(lattice, segment)).sum();
    let gap = frontage / (f64::from(population) / PEOPLE_PER_HOME).max(1.0);
    for segment in segments.iter_mut() {
        let length = usable_length(lattice, segment);
        for side in [&mut segment.left, &mut segment.right].into_iter().flatten() {
            let dense = if land[side.block] == Land::Built(Use::Downtown) { 1.5 } else { 1.0 };
            // 49 is how many odd numbers a hundred has room for.
            side.count = ((length / gap * dense).round() as u32).clamp(1, 49);
            side.step = 2 * (48 / side.count).clamp(1, 4);
        }
    }
}

fn sides(segment: &Segment) -> f64 {
    f64::from(u8::from(segment.left.is_some()) + u8::from(segment.right.is_some()))
}

fn length(lattice: &Lattice, segment: &Segment) -> f64 {
    lattice.at(segment.from).distance(lattice.at(segment.to))
}

fn usable_length(lattice: &Lattice, segment: &Segment) -> f64 {
    length(lattice, segment) - 2.0 * CORNER_M
}

/// Where a house stands: along its segment, set back from the street.
pub(super) fn house_position(lattice: &Lattice, segment: &Segment, on_left: bool, along: f64) -> Metres {
    let (from, to) = (lattice.at(segment.from), lattice.at(segment.to));
    let length = length(lattice, segment);
    let (ux, uy) = ((to.x - from.x) / length, (to.y - from.y) / length);
    let distance = CORNER_M + along * (length - 2.0 * CORNER_M);
    let setback = if on_left { SETBACK_M } else { -SETBACK_M };
    // Left of the direction (ux, uy) is (-uy, ux).
    Metres { x: from.x + ux * distance - uy * setback, y: from.y + uy * distance + ux * setback }
}
