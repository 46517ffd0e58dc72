//! What the rest of Townline may rely on when it cuts tiles.

#![expect(clippy::unwrap_used, reason = "a test whose scene cannot be set should stop right there")]

mod any_shape;
mod decoder;
mod tile_ids;
mod town_shapes;
