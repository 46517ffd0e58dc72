//! Cutting at the rim of a tile, in steps.

use crate::{BUFFER, EXTENT};

const LOW: f64 = -BUFFER;
const HIGH: f64 = EXTENT as f64 + BUFFER;

/// Whether a point belongs to this tile and to no other.
pub(crate) fn is_inside([x, y]: [f64; 2]) -> bool {
    let sides = 0.0..f64::from(EXTENT);
    sides.contains(&x) && sides.contains(&y)
}

/// The pieces of a line inside the rim.
pub(crate) fn line(positions: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
    let mut pieces: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut is_open = false;
    for pair in positions.windows(2) {
        let Some((from, to)) = stretch(pair[0], pair[1]) else {
            is_open = false;
            continue;
        };
        match pieces.last_mut().filter(|piece| is_open && piece.last() == Some(&from)) {
            Some(piece) => piece.push(to),
            None => pieces.push(vec![from, to]),
        }
        is_open = to == pair[1];
    }
    pieces
}

/// The part of a straight stretch inside the rim (Liang and Barsky, 1984).
fn stretch(a: [f64; 2], b: [f64; 2]) -> Option<([f64; 2], [f64; 2])> {
    let along = [b[0] - a[0], b[1] - a[1]];
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        for (direction, room) in [(-along[axis], a[axis] - LOW), (along[axis], HIGH - a[axis])] {
            if direction < 0.0 {
                enter = enter.max(room / direction);
            } else if direction > 0.0 {
                leave = leave.min(room / direction);
            } else if room < 0.0 {
                return None;
            }
        }
    }
    let at = |share: f64| [0, 1].map(|axis| a[axis] + share * along[axis]);
    // Ends that are not cut stay exactly what they are, so that pieces join.
    let from = if enter > 0.0 { at(enter) } else { a };
    let to = if leave < 1.0 { at(leave) } else { b };
    (enter <= leave).then_some((from, to))
}

/// The part of a ring inside the rim (Sutherland and Hodgman, 1974): where the ring leaves and comes back, the result
/// follows the rim. Empty when nothing is inside.
pub(crate) fn ring(positions: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let sides = [(0, LOW, true), (0, HIGH, false), (1, LOW, true), (1, HIGH, false)];
    sides.into_iter().fold(positions.to_vec(), |ring, (axis, at, keeps_above)| {
        let is_kept = |position: [f64; 2]| (position[axis] >= at) == keeps_above || position[axis] == at;
        half(&ring, axis, at, &is_kept)
    })
}

fn half(ring: &[[f64; 2]], axis: usize, at: f64, is_kept: &dyn Fn([f64; 2]) -> bool) -> Vec<[f64; 2]> {
    let mut kept = Vec::with_capacity(ring.len() + 4);
    let mut before = match ring.last() {
        Some(last) => *last,
        None => return kept,
    };
    for position in ring.iter().copied() {
        if is_kept(position) != is_kept(before) {
            kept.push(crossing(before, position, axis, at));
        }
        if is_kept(position) {
            kept.push(position);
        }
        before = position;
    }
    kept
}

fn crossing(a: [f64; 2], b: [f64; 2], axis: usize, at: f64) -> [f64; 2] {
    let share = (at - a[axis]) / (b[axis] - a[axis]);
    let mut position = [0, 1].map(|axis| a[axis] + share * (b[axis] - a[axis]));
    position[axis] = at;
    position
}
