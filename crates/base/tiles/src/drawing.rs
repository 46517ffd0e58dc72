//! A shape on the world square, with the box around it.

use crate::project;
use crate::tile_id::TileId;
use crate::{BUFFER, EXTENT};

/// Points, lines or areas, projected once and cut many times.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    pub(crate) form: Form,
    /// Least and greatest on both axes of the world square; the least beyond the greatest when there is nothing.
    least: [f64; 2],
    greatest: [f64; 2],
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Form {
    Points(Vec<[f64; 2]>),
    Lines(Vec<Vec<[f64; 2]>>),
    /// Each area is its outer ring and then its holes.
    Areas(Vec<Vec<Vec<[f64; 2]>>>),
}

impl Drawing {
    /// Points, each as longitude and latitude in degrees.
    pub fn points(points: impl IntoIterator<Item = [f64; 2]>) -> Drawing {
        Drawing::of(Form::Points(points.into_iter().map(project).collect()))
    }

    /// Lines, each a list of longitudes and latitudes.
    pub fn lines(lines: impl IntoIterator<Item = Vec<[f64; 2]>>) -> Drawing {
        Drawing::of(Form::Lines(lines.into_iter().map(|line| projected(&line)).collect()))
    }

    /// Areas, each a list of rings: the one around it first, then its holes. Rings may be closed or not, and wound
    /// either way.
    pub fn areas<'a>(areas: impl IntoIterator<Item = Vec<&'a [[f64; 2]]>>) -> Drawing {
        let area = |rings: Vec<&[[f64; 2]]>| rings.into_iter().map(projected).collect();
        Drawing::of(Form::Areas(areas.into_iter().map(area).collect()))
    }

    /// One point of the world square (see [`project`]).
    pub fn spot(position: [f64; 2]) -> Drawing {
        Drawing::of(Form::Points(vec![position]))
    }

    fn of(form: Form) -> Drawing {
        let (mut least, mut greatest) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        form.each_position(&mut |position| {
            for axis in 0..2 {
                least[axis] = least[axis].min(position[axis]);
                greatest[axis] = greatest[axis].max(position[axis]);
            }
        });
        Drawing { form, least, greatest }
    }

    /// The least and the greatest position on the world square, for an index; `None` when nothing is drawn.
    pub fn extent(&self) -> Option<[[f64; 2]; 2]> {
        (self.least[0] <= self.greatest[0]).then_some([self.least, self.greatest])
    }

    /// Whether its box reaches into the tile or its rim.
    pub fn touches(&self, tile: TileId) -> bool {
        let [low, high] = reach(tile);
        (0..2).all(|axis| self.least[axis] <= high[axis] && self.greatest[axis] >= low[axis])
    }

    /// How large its box is in steps of a tile at this zoom, along the longer side.
    pub(crate) fn size_in_steps(&self, z: u8) -> f64 {
        let side = (0..2).map(|axis| self.greatest[axis] - self.least[axis]).fold(0.0, f64::max);
        side * f64::from(1_u32 << z) * f64::from(EXTENT)
    }
}

/// The tile with its rim on the world square.
fn reach(tile: TileId) -> [[f64; 2]; 2] {
    let [low, high] = tile.corners();
    let rim = (high[0] - low[0]) * BUFFER / f64::from(EXTENT);
    [low.map(|least| least - rim), high.map(|greatest| greatest + rim)]
}

impl Form {
    fn each_position(&self, take: &mut impl FnMut([f64; 2])) {
        match self {
            Form::Points(points) => points.iter().for_each(|position| take(*position)),
            Form::Lines(lines) => lines.iter().flatten().for_each(|position| take(*position)),
            Form::Areas(areas) => areas.iter().flatten().flatten().for_each(|position| take(*position)),
        }
    }
}

fn projected(positions: &[[f64; 2]]) -> Vec<[f64; 2]> {
    positions.iter().map(|position| project(*position)).collect()
}
