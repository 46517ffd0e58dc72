//! Many pins of a tile as a few counts.

use std::collections::BTreeMap;

use tiles::TileId;

use super::pins::Pin;

/// Counts along each side of a tile: one for every 64 pixels.
const CELLS: u32 = 8;

/// A count, where its pins are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cluster {
    /// The middle of its pins on the world square.
    pub(crate) position: [f64; 2],
    /// How many there are.
    pub(crate) count: u64,
    /// How many of them are open.
    pub(crate) open: u64,
}

#[derive(Default)]
struct Sum {
    x: f64,
    y: f64,
    count: u64,
    open: u64,
}

/// Whether the pin lies in the tile, by the leading bits of its place.
pub(crate) fn is_in(tile: TileId, at: [u32; 2]) -> bool {
    let column = |step: u32| step.checked_shr(32 - u32::from(tile.z())).unwrap_or(0);
    column(at[0]) == tile.x() && column(at[1]) == tile.y()
}

/// The pins of the tile, counted cell by cell, from the north-west.
pub(crate) fn clusters<'p>(tile: TileId, pins: impl IntoIterator<Item = &'p Pin>) -> Vec<Cluster> {
    let [low, high] = tile.corners();
    let per_world = f64::from(CELLS) / (high[0] - low[0]);
    let mut cells: BTreeMap<(u32, u32), Sum> = BTreeMap::new();
    for pin in pins {
        let [x, y] = pin.position();
        let cell = |along: f64, from: f64| (((along - from) * per_world) as u32).min(CELLS - 1);
        let sum = cells.entry((cell(y, low[1]), cell(x, low[0]))).or_default();
        sum.x += x;
        sum.y += y;
        sum.count += 1;
        sum.open += u64::from(pin.is_open);
    }
    cells.into_values().map(Sum::cluster).collect()
}

impl Sum {
    fn cluster(self) -> Cluster {
        #[expect(clippy::cast_precision_loss, reason = "there are not 2^53 requests")]
        let count = self.count as f64;
        Cluster { position: [self.x / count, self.y / count], count: self.count, open: self.open }
    }
}
