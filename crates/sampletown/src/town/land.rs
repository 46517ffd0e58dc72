//! What lies on each block: outside the town, river, park, or houses of some sort.

use std::collections::VecDeque;

use super::lattice::Lattice;
use crate::chance::{Chance, Purpose};

/// How the buildings of a block are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// The centre: offices, shops and flats, with most people on foot.
    Downtown,
    /// Shops and restaurants along a main road.
    Shops,
    /// Houses.
    Homes,
    /// Workshops and warehouses.
    Works,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Land {
    Outside,
    Water,
    /// The number of the park.
    Park(usize),
    Built(Use),
}

/// Main roads are this many blocks apart.
pub(super) const MAIN_ROAD_EVERY: usize = 6;

/// True for the lines of the grid that carry main roads.
pub(super) fn is_main_road(line: usize) -> bool {
    line % MAIN_ROAD_EVERY == 3
}

/// The land of every block, and the number of parks.
pub(super) fn plan(seed: u64, lattice: &Lattice) -> (Vec<Land>, usize) {
    let mut land = outline(seed, lattice);
    zone(seed, lattice, &mut land);
    dig_river(seed, lattice, &mut land);
    let parks = lay_out_parks(seed, lattice, &mut land);
    (land, parks)
}

/// A rounded square with a few bites out of its rim, in one piece.
fn outline(seed: u64, lattice: &Lattice) -> Vec<Land> {
    let mut chance = Chance::of(seed, Purpose::Outline, 0);
    let bites: Vec<(f64, f64, f64)> = (0..4).map(|_| bite(&mut chance)).collect();
    let inside: Vec<bool> = (0..lattice.blocks())
        .map(|block| {
            let (u, v) = lattice.relative(block);
            u * u * u * u + v * v * v * v <= 1.0 && bites.iter().all(|bite| !within((u, v), *bite))
        })
        .collect();
    let kept = largest_piece(lattice, &inside);
    kept.into_iter().map(|kept| if kept { Land::Built(Use::Homes) } else { Land::Outside }).collect()
}

/// A circle on the rim, as middle and radius.
fn bite(chance: &mut Chance) -> (f64, f64, f64) {
    let along = chance.between(-0.8, 0.8);
    let rim = if chance.yes(0.5) { 1.0 } else { -1.0 };
    let radius = chance.between(0.12, 0.32);
    if chance.yes(0.5) { (along, rim, radius) } else { (rim, along, radius) }
}

fn within((u, v): (f64, f64), (middle_u, middle_v, radius): (f64, f64, f64)) -> bool {
    let (du, dv) = (u - middle_u, v - middle_v);
    du * du + dv * dv < radius * radius
}

fn largest_piece(lattice: &Lattice, inside: &[bool]) -> Vec<bool> {
    let mut piece_of = vec![usize::MAX; inside.len()];
    let mut sizes = Vec::new();
    for start in 0..inside.len() {
        if inside[start] && piece_of[start] == usize::MAX {
            sizes.push(flood(lattice, inside, &mut piece_of, start, sizes.len()));
        }
    }
    let largest = (0..sizes.len()).max_by_key(|&piece| (sizes[piece], usize::MAX - piece)).unwrap_or(0);
    piece_of.into_iter().map(|piece| piece == largest).collect()
}

fn flood(lattice: &Lattice, inside: &[bool], piece_of: &mut [usize], start: usize, piece: usize) -> usize {
    let mut queue = VecDeque::from([start]);
    piece_of[start] = piece;
    let mut size = 0;
    while let Some(block) = queue.pop_front() {
        size += 1;
        for next in lattice.neighbours(block) {
            if inside[next] && piece_of[next] == usize::MAX {
                piece_of[next] = piece;
                queue.push_back(next);
            }
        }
    }
    size
}

/// Sorts the built blocks: a centre, shops along main roads, workshops in one quarter.
fn zone(seed: u64, lattice: &Lattice, land: &mut [Land]) {
    let mut chance = Chance::of(seed, Purpose::Outline, 1);
    let works = (chance.between(0.35, 0.6), chance.between(-0.6, -0.3), 0.25);
    for (block, land) in land.iter_mut().enumerate() {
        let shop = chance.yes(0.3);
        if *land != Land::Outside {
            *land = Land::Built(use_of(lattice, block, works, shop));
        }
    }
}

fn use_of(lattice: &Lattice, block: usize, works: (f64, f64, f64), shop: bool) -> Use {
    let (column, row) = lattice.column_and_row(block);
    let beside_main_road = [column, column + 1, row, row + 1].into_iter().any(is_main_road);
    let at = lattice.relative(block);
    if within(at, (0.0, 0.0, 0.17)) {
        Use::Downtown
    } else if within(at, works) {
        Use::Works
    } else if beside_main_road && shop {
        Use::Shops
    } else {
        Use::Homes
    }
}

/// A river from south to north that wanders, wider in larger towns.
fn dig_river(seed: u64, lattice: &Lattice, land: &mut [Land]) {
    let mut chance = Chance::of(seed, Purpose::River, 0);
    let width = 1 + lattice.columns / 90;
    let share = if chance.yes(0.5) { chance.between(0.2, 0.36) } else { chance.between(0.62, 0.78) };
    let mut column = (lattice.columns as f64 * share) as usize;
    for row in 0..lattice.rows {
        let before = column;
        let drift = [-1, 0, 0, 1][chance.index(4)];
        column = column.saturating_add_signed(drift).clamp(1, lattice.columns - width - 1);
        // Where it drifts both columns are wet, so that it stays in one piece.
        for wet in before.min(column)..before.max(column) + width {
            let block = lattice.block(wet, row);
            if land[block] != Land::Outside {
                land[block] = Land::Water;
            }
        }
    }
}

/// Parks of one to five blocks. They never fill the last houses of a small town.
fn lay_out_parks(seed: u64, lattice: &Lattice, land: &mut [Land]) -> usize {
    let mut chance = Chance::of(seed, Purpose::Parks, 0);
    let wanted = (lattice.blocks() / 110).max(2);
    let mut parks = 0;
    for _ in 0..wanted * 20 {
        let start = chance.index(land.len());
        if parks < wanted && matches!(land[start], Land::Built(Use::Homes | Use::Shops)) {
            grow_park(&mut chance, lattice, land, start, parks);
            parks += 1;
        }
    }
    parks
}

fn grow_park(chance: &mut Chance, lattice: &Lattice, land: &mut [Land], start: usize, park: usize) {
    let blocks = 1 + chance.index(if lattice.blocks() < 200 { 1 } else { 5 });
    let mut at = start;
    for _ in 0..blocks {
        land[at] = Land::Park(park);
        let open: Vec<usize> =
            lattice.neighbours(at).filter(|&next| matches!(land[next], Land::Built(Use::Homes))).collect();
        if open.is_empty() {
            return;
        }
        at = *chance.pick(&open);
    }
}
