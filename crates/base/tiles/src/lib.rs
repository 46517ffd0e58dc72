//! Vector tiles: a town's drawing, cut into squares and written as Mapbox Vector Tiles 2.1.
//!
//! A map in a browser asks for squares of the world, each named by zoom, column and row ([`TileId`]). What is to be drawn
//! is projected once into a [`Drawing`]; for each square the drawings that touch it are clipped, thinned to what can be
//! seen at that zoom, rounded to a grid of [`EXTENT`] steps and written into a [`Layer`] with their properties.
//! [`encode`] puts layers together into the bytes a browser reads.
//!
//! The crate is pure. Any shape is taken, however badly drawn; what is too small to see, or degenerate, is left out.
//!
//! ```
//! use tiles::{Drawing, Layer, Tag, TileId, encode};
//!
//! let elm_street = Drawing::lines([vec![[-71.1, 42.30], [-71.1, 42.31]]]);
//! let tile = TileId::new(14, 4956, 6062).unwrap();
//! let mut streets = Layer::new("streets", tile);
//! streets.add(None, &elm_street, &[("name", Tag::Text("Elm Street"))]);
//! assert!(!encode(&[streets]).is_empty());
//! ```

mod clip;
mod commands;
mod drawing;
mod layer;
mod protobuf;
mod simplify;
mod tile_id;

pub use drawing::Drawing;
pub use layer::{Layer, Tag, encode};
pub use tile_id::{TileId, ZOOM_MAX, project, unproject};

/// Steps along each side of a tile: an eighth of a pixel when the tile is drawn 512 pixels wide.
pub const EXTENT: i32 = 4096;

/// How far lines and areas reach over the edge of their tile, in steps, so that their rims are not seen at the seams.
pub(crate) const BUFFER: f64 = 64.0;
