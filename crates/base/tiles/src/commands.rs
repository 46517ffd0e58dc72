//! A clipped shape as the pen movements of a tile: MoveTo, LineTo, ClosePath, in steps from where the pen is.

use crate::clip;
use crate::drawing::{Drawing, Form};
use crate::protobuf::zigzag;
use crate::simplify;
use crate::tile_id::TileId;

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE_PATH: u32 = 7;

/// What a feature is, by the numbers of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormKind {
    Points = 1,
    Lines = 2,
    Areas = 3,
}

/// A quarter of a pixel, below zoom 16; deeper, every corner a surveyor drew is kept.
const TOLERANCE: f64 = 2.0;
const EXACT_FROM_ZOOM: u8 = 16;

/// The movements that draw what of the drawing lies in the tile; empty when that is nothing.
pub(crate) fn of(drawing: &Drawing, tile: TileId) -> (FormKind, Vec<u32>) {
    let tolerance = if tile.z() < EXACT_FROM_ZOOM { TOLERANCE } else { 0.0 };
    let steps =
        |positions: &[[f64; 2]]| -> Vec<[f64; 2]> { positions.iter().map(|p| tile.steps(*p)).collect() };
    let mut pen = Pen::default();
    match &drawing.form {
        Form::Points(points) => {
            let inside = steps(points).into_iter().filter(|position| clip::is_inside(*position));
            pen.points(&inside.map(rounded_down).collect::<Vec<_>>());
            (FormKind::Points, pen.commands)
        }
        Form::Lines(lines) => {
            for piece in lines.iter().flat_map(|line| clip::line(&steps(line))) {
                pen.line(&rounded(&simplify::line(&piece, tolerance)));
            }
            (FormKind::Lines, pen.commands)
        }
        Form::Areas(areas) => {
            for area in areas {
                let rings = area.iter().map(|ring| clip::ring(&steps(ring)));
                pen.area(rings.map(|ring| rounded(&simplify::ring(&ring, tolerance))));
            }
            (FormKind::Areas, pen.commands)
        }
    }
}

/// Points stay inside: a browser leaves out what lies on the far edge, because the next tile has it.
fn rounded_down(position: [f64; 2]) -> [i32; 2] {
    position.map(|along| along.floor() as i32)
}

/// To whole steps, without repeating a corner.
fn rounded(positions: &[[f64; 2]]) -> Vec<[i32; 2]> {
    let mut corners: Vec<[i32; 2]> = positions.iter().map(|p| p.map(|along| along.round() as i32)).collect();
    corners.dedup();
    corners
}

/// Twice the area inside a ring; positive when it is wound clockwise as seen, since rows count downward.
fn doubled_area(ring: &[[i32; 2]]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    let wide = |corner: &[i32; 2]| corner.map(i64::from);
    ring.iter().zip(next).map(|(a, b)| (wide(a), wide(b))).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}

#[derive(Default)]
struct Pen {
    at: [i32; 2],
    commands: Vec<u32>,
}

impl Pen {
    fn points(&mut self, points: &[[i32; 2]]) {
        if !points.is_empty() {
            self.command(MOVE_TO, points.len());
            points.iter().for_each(|point| self.go(*point));
        }
    }

    fn line(&mut self, corners: &[[i32; 2]]) {
        if corners.len() > 1 {
            self.path(corners);
        }
    }

    /// The outer ring is wound clockwise and the holes the other way; without an outer ring there are no holes.
    fn area(&mut self, rings: impl Iterator<Item = Vec<[i32; 2]>>) {
        for (nth, mut ring) in rings.enumerate() {
            while ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            let area = doubled_area(&ring);
            if ring.len() < 3 || area == 0 {
                if nth == 0 {
                    return;
                }
                continue;
            }
            if (area > 0) != (nth == 0) {
                ring.reverse();
            }
            self.path(&ring);
            self.command(CLOSE_PATH, 1);
        }
    }

    fn path(&mut self, corners: &[[i32; 2]]) {
        self.command(MOVE_TO, 1);
        self.go(corners[0]);
        self.command(LINE_TO, corners.len() - 1);
        corners[1..].iter().for_each(|corner| self.go(*corner));
    }

    fn command(&mut self, id: u32, count: usize) {
        // The format leaves 29 bits; a clipped path of more corners would not fit in any tile.
        self.commands.push(((count as u32) << 3) | id);
    }

    fn go(&mut self, to: [i32; 2]) {
        self.commands.extend(to.into_iter().zip(self.at).map(|(to, from)| zigzag(to - from)));
        self.at = to;
    }
}
