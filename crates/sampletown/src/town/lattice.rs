//! The bare ground: a bent grid of corners, measured in metres from the middle of the town, and its place on Earth.
//!
//! Neighbouring blocks share their corners, and so all districts drawn along block edges fit without gap or overlap.

use crate::chance::{Chance, Purpose};

/// A position on the ground in metres east (`x`) and north (`y`) of the middle of the town.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Metres {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// A WGS84 position in degrees, rounded to six decimals (about a tenth of a metre).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

// Grassland with hardly a house for miles, so that no real address lies beneath a made-up one.
const MIDDLE: Spot = Spot { latitude: 42.5, longitude: -100.4 };
// Length of a degree at that latitude. One value for the whole town keeps straight streets straight.
const METRES_PER_DEGREE_NORTH: f64 = 111_083.0;
const METRES_PER_DEGREE_EAST: f64 = 82_199.0;
// How strongly, and over how many blocks, the grid is bent.
const BEND_M: f64 = 38.0;
const BEND_BLOCKS: usize = 5;
const JITTER_M: f64 = 5.0;

impl Metres {
    pub(super) fn on_earth(self) -> Spot {
        Spot {
            latitude: six_decimals(MIDDLE.latitude + self.y / METRES_PER_DEGREE_NORTH),
            longitude: six_decimals(MIDDLE.longitude + self.x / METRES_PER_DEGREE_EAST),
        }
    }

    pub(super) fn distance(self, other: Metres) -> f64 {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        (dx * dx + dy * dy).sqrt()
    }
}

fn six_decimals(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

/// Corners of all blocks. Blocks are counted row by row from the south-west.
#[derive(Debug)]
pub(super) struct Lattice {
    pub(super) columns: usize,
    pub(super) rows: usize,
    corners: Vec<Metres>,
}

impl Lattice {
    /// A grid with room for about `blocks` blocks.
    pub(super) fn new(seed: u64, blocks: usize) -> Self {
        let mut chance = Chance::of(seed, Purpose::Lattice, 0);
        let columns = ((blocks as f64 * 1.25).sqrt().ceil() as usize).max(9);
        let rows = blocks.div_ceil(columns).max(7);
        let xs = line_positions(&mut chance, columns, 100.0, 150.0);
        let ys = line_positions(&mut chance, rows, 140.0, 200.0);
        let corners = bent_corners(&mut chance, &xs, &ys);
        Self { columns, rows, corners }
    }

    pub(super) fn blocks(&self) -> usize {
        self.columns * self.rows
    }

    pub(super) fn block(&self, column: usize, row: usize) -> usize {
        row * self.columns + column
    }

    pub(super) fn column_and_row(&self, block: usize) -> (usize, usize) {
        (block % self.columns, block / self.columns)
    }

    pub(super) fn corner(&self, column: usize, row: usize) -> usize {
        row * (self.columns + 1) + column
    }

    pub(super) fn at(&self, corner: usize) -> Metres {
        self.corners[corner]
    }

    /// The four corners of a block, counter-clockwise from the south-west.
    pub(super) fn corners_of(&self, block: usize) -> [usize; 4] {
        let (column, row) = self.column_and_row(block);
        [(0, 0), (1, 0), (1, 1), (0, 1)].map(|(right, up)| self.corner(column + right, row + up))
    }

    /// The middle of a block.
    pub(super) fn middle(&self, block: usize) -> Metres {
        let corners = self.corners_of(block).map(|corner| self.at(corner));
        Metres {
            x: corners.iter().map(|c| c.x).sum::<f64>() / 4.0,
            y: corners.iter().map(|c| c.y).sum::<f64>() / 4.0,
        }
    }

    /// Blocks that share an edge with this one.
    pub(super) fn neighbours(&self, block: usize) -> impl Iterator<Item = usize> + use<> {
        let (column, row) = self.column_and_row(block);
        let (columns, rows) = (self.columns, self.rows);
        [(0, -1), (-1, 0), (1, 0), (0, 1)].into_iter().filter_map(move |(right, up)| {
            let column = column.checked_add_signed(right).filter(|&c| c < columns)?;
            let row = row.checked_add_signed(up).filter(|&r| r < rows)?;
            Some(row * columns + column)
        })
    }

    /// Where the block lies, from -1 (west, south) to 1 (east, north).
    pub(super) fn relative(&self, block: usize) -> (f64, f64) {
        let (column, row) = self.column_and_row(block);
        let scale = |index: usize, count: usize| (index as f64 + 0.5) / count as f64 * 2.0 - 1.0;
        (scale(column, self.columns), scale(row, self.rows))
    }
}

/// Positions of `count + 1` parallel lines with uneven gaps, centred on zero.
fn line_positions(chance: &mut Chance, count: usize, gap_min: f64, gap_max: f64) -> Vec<f64> {
    let mut positions = vec![0.0];
    for line in 0..count {
        positions.push(positions[line] + chance.between(gap_min, gap_max));
    }
    let half = positions[count] / 2.0;
    positions.iter().map(|position| position - half).collect()
}

fn bent_corners(chance: &mut Chance, xs: &[f64], ys: &[f64]) -> Vec<Metres> {
    let bend = Bend::new(chance, xs.len(), ys.len());
    // Turning the whole grid a little: (cos, sin) from the tangent of the half angle, exact without a sine.
    let tangent = chance.between(-0.12, 0.12);
    let (cos, sin) =
        ((1.0 - tangent * tangent) / (1.0 + tangent * tangent), 2.0 * tangent / (1.0 + tangent * tangent));
    let mut corners = Vec::with_capacity(xs.len() * ys.len());
    for (row, y) in ys.iter().enumerate() {
        for (column, x) in xs.iter().enumerate() {
            let (dx, dy) = bend.at(column, row);
            let x = x + BEND_M * dx + chance.between(-JITTER_M, JITTER_M);
            let y = y + BEND_M * dy + chance.between(-JITTER_M, JITTER_M);
            corners.push(Metres { x: x * cos - y * sin, y: x * sin + y * cos });
        }
    }
    corners
}

/// A gentle displacement: random pushes at every few corners, blended in between.
struct Bend {
    columns: usize,
    pushes: Vec<(f64, f64)>,
}

impl Bend {
    fn new(chance: &mut Chance, columns: usize, rows: usize) -> Self {
        let (columns, rows) = (columns / BEND_BLOCKS + 2, rows / BEND_BLOCKS + 2);
        let pushes =
            (0..columns * rows).map(|_| (chance.between(-1.0, 1.0), chance.between(-1.0, 1.0))).collect();
        Self { columns, pushes }
    }

    fn at(&self, column: usize, row: usize) -> (f64, f64) {
        let (left, below) = (column / BEND_BLOCKS, row / BEND_BLOCKS);
        let across = (column % BEND_BLOCKS) as f64 / BEND_BLOCKS as f64;
        let up = (row % BEND_BLOCKS) as f64 / BEND_BLOCKS as f64;
        let push = |right: usize, above: usize| self.pushes[(below + above) * self.columns + left + right];
        let blend = |part: fn((f64, f64)) -> f64| {
            let south = part(push(0, 0)) * (1.0 - across) + part(push(1, 0)) * across;
            let north = part(push(0, 1)) * (1.0 - across) + part(push(1, 1)) * across;
            south * (1.0 - up) + north * up
        };
        (blend(|push| push.0), blend(|push| push.1))
    }
}
