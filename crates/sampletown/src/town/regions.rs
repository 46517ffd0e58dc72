//! Divides the blocks of the town into compact districts of about equal population, and draws their outlines.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::lattice::{Lattice, Spot};
use crate::chance::Chance;

/// A polygon: one ring around it and the rings of its holes. Rings are closed (the last point repeats the first).
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The outer ring, counter-clockwise.
    pub outer: Vec<Spot>,
    /// Holes, clockwise.
    pub holes: Vec<Vec<Spot>>,
}

/// For every block the number of its region, or `None` outside the town. Every region is in one piece.
pub(super) fn divide(
    chance: &mut Chance,
    lattice: &Lattice,
    homes: &[Option<u32>],
    count: usize,
) -> Vec<Option<usize>> {
    let starts = spread_out(chance, lattice, homes, count);
    let mut growth = Growth::new(lattice, homes, &starts);
    while growth.step() {}
    growth.region
}

/// Starting blocks far from each other: each is the farthest of a random handful from those already chosen.
fn spread_out(chance: &mut Chance, lattice: &Lattice, homes: &[Option<u32>], count: usize) -> Vec<usize> {
    let inside: Vec<usize> = (0..homes.len()).filter(|&block| homes[block].is_some()).collect();
    let mut chosen: Vec<usize> = vec![*chance.pick(&inside)];
    while chosen.len() < count.min(inside.len()) {
        let handful: Vec<usize> =
            (0..10).map(|_| *chance.pick(&inside)).filter(|block| !chosen.contains(block)).collect();
        let nearest = |block: usize| chosen.iter().map(|&other| centimetres(lattice, block, other)).min();
        if let Some(&farthest) = handful.iter().max_by_key(|&&block| nearest(block)) {
            chosen.push(farthest);
        }
    }
    chosen
}

fn centimetres(lattice: &Lattice, a: usize, b: usize) -> u64 {
    (lattice.middle(a).distance(lattice.middle(b)) * 100.0) as u64
}

/// Regions that take turns: the one with the fewest homes takes the free block nearest to its start.
struct Growth<'a> {
    lattice: &'a Lattice,
    homes: &'a [Option<u32>],
    starts: &'a [usize],
    region: Vec<Option<usize>>,
    population: Vec<u64>,
    rim: Vec<BinaryHeap<Reverse<(u64, usize)>>>,
}

impl<'a> Growth<'a> {
    fn new(lattice: &'a Lattice, homes: &'a [Option<u32>], starts: &'a [usize]) -> Self {
        let mut growth = Self {
            lattice,
            homes,
            starts,
            region: vec![None; homes.len()],
            population: vec![0; starts.len()],
            rim: vec![BinaryHeap::new(); starts.len()],
        };
        for (region, &start) in starts.iter().enumerate() {
            growth.take(region, start);
        }
        growth
    }

    /// False when no region can grow any more.
    fn step(&mut self) -> bool {
        let smallest =
            (0..self.rim.len()).filter(|&r| !self.rim[r].is_empty()).min_by_key(|&r| (self.population[r], r));
        let Some(region) = smallest else { return false };
        if let Some(Reverse((_, block))) = self.rim[region].pop()
            && self.region[block].is_none()
        {
            self.take(region, block);
        }
        true
    }

    fn take(&mut self, region: usize, block: usize) {
        self.region[block] = Some(region);
        // One more than the homes, so that water and parks are also shared out.
        self.population[region] += u64::from(self.homes[block].unwrap_or(0)) + 1;
        for next in self.lattice.neighbours(block) {
            if self.homes[next].is_some() && self.region[next].is_none() {
                let distance = centimetres(self.lattice, self.starts[region], next);
                self.rim[region].push(Reverse((distance, next)));
            }
        }
    }
}

/// The outlines of all blocks for which `belongs` is true: one polygon for each connected piece.
pub(super) fn outlines(lattice: &Lattice, belongs: impl Fn(usize) -> bool) -> Vec<Outline> {
    let mut rings = Rings::new(lattice, belongs);
    let mut outer = Vec::new();
    let mut holes = Vec::new();
    while let Some(ring) = rings.next_ring() {
        let area = doubled_area(lattice, &ring);
        if area > 0.0 { outer.push((area, ring)) } else { holes.push(ring) }
    }
    assemble(lattice, outer, holes)
}

/// The directed edges of the border, the inside on their left.
struct Rings {
    columns: usize,
    next: BTreeMap<usize, Vec<usize>>,
}

impl Rings {
    fn new(lattice: &Lattice, belongs: impl Fn(usize) -> bool) -> Self {
        let mut next: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for block in (0..lattice.blocks()).filter(|&block| belongs(block)) {
            let (column, row) = lattice.column_and_row(block);
            let corners = lattice.corners_of(block);
            let across = [(0, -1), (1, 0), (0, 1), (-1, 0)];
            for (edge, (right, up)) in across.into_iter().enumerate() {
                let beyond = column
                    .checked_add_signed(right)
                    .zip(row.checked_add_signed(up))
                    .filter(|&(column, row)| column < lattice.columns && row < lattice.rows)
                    .is_some_and(|(column, row)| belongs(lattice.block(column, row)));
                if !beyond {
                    next.entry(corners[edge]).or_default().push(corners[(edge + 1) % 4]);
                }
            }
        }
        Self { columns: lattice.columns + 1, next }
    }

    /// Follows the border once around and takes those edges away.
    fn next_ring(&mut self) -> Option<Vec<usize>> {
        let start = *self.next.keys().next()?;
        let mut ring = vec![start];
        let mut at = self.leave(start, None)?;
        while at != start {
            let before = ring[ring.len() - 1];
            ring.push(at);
            at = self.leave(at, Some(before))?;
        }
        ring.push(start);
        Some(ring)
    }

    fn leave(&mut self, corner: usize, before: Option<usize>) -> Option<usize> {
        let ways = self.next.get_mut(&corner)?;
        // Two blocks may touch in a corner only. Turning right there keeps a hole that touches the rim a hole.
        let right_turn = before.and_then(|before| {
            let ahead = corner as isize - before as isize;
            let columns = self.columns as isize;
            let right = if ahead.abs() == 1 { -ahead * columns } else { ahead / columns };
            ways.iter().position(|&way| way as isize - corner as isize == right)
        });
        let way = ways.remove(right_turn.unwrap_or(0));
        if ways.is_empty() {
            self.next.remove(&corner);
        }
        Some(way)
    }
}

/// Twice the signed area of a ring in square metres; positive when counter-clockwise.
fn doubled_area(lattice: &Lattice, ring: &[usize]) -> f64 {
    ring.windows(2)
        .map(|pair| {
            let (a, b) = (lattice.at(pair[0]), lattice.at(pair[1]));
            a.x * b.y - b.x * a.y
        })
        .sum()
}

/// Gives every hole to the smallest outer ring around it.
fn assemble(lattice: &Lattice, mut outer: Vec<(f64, Vec<usize>)>, holes: Vec<Vec<usize>>) -> Vec<Outline> {
    outer.sort_by(|a, b| a.0.total_cmp(&b.0));
    let spots = |ring: &[usize]| ring.iter().map(|&corner| lattice.at(corner).on_earth()).collect::<Vec<_>>();
    let mut outlines: Vec<Outline> =
        outer.iter().map(|(_, ring)| Outline { outer: spots(ring), holes: Vec::new() }).collect();
    for hole in holes {
        let home = outer
            .iter()
            .position(|(_, ring)| hole.iter().all(|&c| ring.contains(&c) || surrounds(lattice, ring, c)));
        if let Some(home) = home {
            outlines[home].holes.push(spots(&hole));
        }
    }
    outlines
}

/// True when the corner lies inside the ring (even-odd rule).
fn surrounds(lattice: &Lattice, ring: &[usize], corner: usize) -> bool {
    let point = lattice.at(corner);
    let crossings = ring
        .windows(2)
        .filter(|pair| {
            let (a, b) = (lattice.at(pair[0]), lattice.at(pair[1]));
            (a.y > point.y) != (b.y > point.y) && point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
        })
        .count();
    crossings % 2 == 1
}
