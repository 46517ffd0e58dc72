//! Squares of the world, and the projection in which they are square.

/// The deepest zoom that is cut; a step is then less than a centimetre.
pub const ZOOM_MAX: u8 = 22;

/// The parallel at which the world of web maps is as high as it is wide.
const LATITUDE_MAX: f64 = 85.051_128_779_806_6;

/// One square: at zoom `z` the world is 2^z squares wide and high, counted from the north-west.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    z: u8,
    x: u32,
    y: u32,
}

impl TileId {
    /// The square in this column and row; `None` when the zoom has none there, or is deeper than [`ZOOM_MAX`].
    pub fn new(z: u8, x: u32, y: u32) -> Option<TileId> {
        (z <= ZOOM_MAX && x < 1 << z && y < 1 << z).then_some(TileId { z, x, y })
    }

    /// The zoom.
    pub fn z(&self) -> u8 {
        self.z
    }

    /// The column, from the west.
    pub fn x(&self) -> u32 {
        self.x
    }

    /// The row, from the north.
    pub fn y(&self) -> u32 {
        self.y
    }

    /// Its north-west and south-east corners on the world square (see [`project`]).
    pub fn corners(&self) -> [[f64; 2]; 2] {
        let side = self.side();
        let (x, y) = (f64::from(self.x) * side, f64::from(self.y) * side);
        [[x, y], [x + side, y + side]]
    }

    /// The square that holds this position of the world square at this zoom; positions outside count to the rim.
    pub fn holding(z: u8, position: [f64; 2]) -> TileId {
        let z = z.min(ZOOM_MAX);
        let count = f64::from(1_u32 << z);
        // The cast stops at zero.
        let along = |share: f64| ((share * count) as u32).min((1 << z) - 1);
        TileId { z, x: along(position[0]), y: along(position[1]) }
    }

    fn side(&self) -> f64 {
        1.0 / f64::from(1_u32 << self.z)
    }

    /// A position of the world square in steps of this tile.
    pub(crate) fn steps(&self, position: [f64; 2]) -> [f64; 2] {
        let [[west, north], _] = self.corners();
        let per_world = f64::from(crate::EXTENT) / self.side();
        [(position[0] - west) * per_world, (position[1] - north) * per_world]
    }
}

/// Web Mercator: longitude and latitude in degrees to the world square, `[0, 0]` its north-west corner and `[1, 1]` its
/// south-east one. Latitudes beyond 85.05 degrees count to the rim.
pub fn project([longitude, latitude]: [f64; 2]) -> [f64; 2] {
    let latitude = latitude.clamp(-LATITUDE_MAX, LATITUDE_MAX).to_radians();
    let north = (std::f64::consts::FRAC_PI_4 + latitude / 2.0).tan().ln();
    [longitude / 360.0 + 0.5, (0.5 - north / std::f64::consts::TAU).clamp(0.0, 1.0)]
}

/// From the world square back to longitude and latitude.
pub fn unproject([x, y]: [f64; 2]) -> [f64; 2] {
    let latitude = ((0.5 - y) * std::f64::consts::TAU).sinh().atan().to_degrees();
    [(x - 0.5) * 360.0, latitude]
}
