//! The grid behind every filter by place.
//!
//! Stores keep the number of the cell beside each place, in an ordinary index. A search by box or radius then
//! asks for a short list of cells and checks the few rows it gets against the exact border. A cell is a
//! hundredth of a degree each way: 1.1 km of latitude, and 0.8 km of longitude at Boston. The numbering must
//! never change, because it is stored.

use std::ops::RangeInclusive;

use crate::{BoundingBox, Point};

const CELLS_PER_DEGREE: f64 = 100.0;

/// Columns take the low 16 bits; there are 36,001 of them.
const COLUMN_BITS: u32 = 16;

/// The number of the cell that holds the point: neighbours to the east differ by one.
pub fn cell(point: Point) -> i64 {
    (row(point) << COLUMN_BITS) | column(point)
}

/// The cells that touch the box, ascending, or `None` when they are more than `max_cells`: then a filter by
/// cell would be slower than none, and the caller should compare coordinates only.
pub fn covering(area: &BoundingBox, max_cells: usize) -> Option<Vec<i64>> {
    // Both roundings only ever grow with the coordinate, so no point of the box can fall outside these
    // ranges.
    let rows = row(area.south_west())..=row(area.north_east());
    let columns = column(area.south_west())..=column(area.north_east());
    if length(&rows) * length(&columns) > i64::try_from(max_cells).unwrap_or(i64::MAX) {
        return None;
    }
    Some(rows.flat_map(|row| columns.clone().map(move |column| (row << COLUMN_BITS) | column)).collect())
}

fn row(point: Point) -> i64 {
    ((point.latitude() + 90.0) * CELLS_PER_DEGREE) as i64
}

fn column(point: Point) -> i64 {
    ((point.longitude() + 180.0) * CELLS_PER_DEGREE) as i64
}

fn length(range: &RangeInclusive<i64>) -> i64 {
    range.end() - range.start() + 1
}
