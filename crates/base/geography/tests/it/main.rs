//! What the rest of Townline may rely on when it asks where something is.

#![expect(clippy::unwrap_used, reason = "a test whose scene cannot be set should stop right there")]

mod boston;
mod boxes_and_cells;
mod cambridge;
mod districts;
mod gazetteer;
mod map_files;
mod points;
mod reading;
mod shapes;
mod writing;
