//! Where things are, and whose street that is.
//!
//! A government divides its land many times over: wards, neighborhoods, police districts, zip codes. This
//! crate answers which of each holds a [`Point`] ([`Districts`]), reads and writes the borders as GeoJSON
//! ([`read_districts`], [`Shape`]), and numbers the grid [`cell`]s by which the request store finds
//! everything near a place without any help from the database ([`covering`], [`BoundingBox::around`]).
//!
//! It also knows what places are called. From streets with their house numbers ([`StreetSegment`]) and landmarks, read
//! from any town's files ([`read_map_features`]), a [`Gazetteer`] finds "12 elm st", "Elm & Oak" or "library", and names
//! a point that somebody picked on a map.
//!
//! All coordinates are WGS84 degrees. Nothing here wraps around the 180th meridian: a box is cut there,
//! and a border that runs past it is refused. The crate is pure: values in, values out, no file, clock or
//! database.
//!
//! ```
//! use geography::{District, Districts, Point, read_districts};
//!
//! let file = r#"{"type": "Feature", "properties": {"WARD": 10}, "geometry": {"type": "Polygon",
//!     "coordinates": [[[-71.11, 42.32], [-71.09, 42.32], [-71.09, 42.34], [-71.11, 42.34], [-71.11, 42.32]]]}}"#;
//! let wards = read_districts(file, "WARD")?.districts.into_iter().map(|ward| District {
//!     kind: "ward".to_owned(),
//!     code: ward.code,
//!     name: None,
//!     shape: ward.shape,
//! });
//! assert_eq!(Districts::new(wards).code_of("ward", Point::new(42.33, -71.1)?), Some("10"));
//! # Ok::<(), geography::GeographyError>(())
//! ```

mod address_query;
mod address_words;
mod bounding_box;
mod cells;
mod districts;
mod error;
mod features;
mod gazetteer;
mod geometry;
mod land;
mod map_file;
mod plane;
mod point;
mod polygon;
mod read;
mod ring;
mod shape;
mod spelling;
mod streets;
mod write;

pub use bounding_box::BoundingBox;
pub use cells::{cell, covering};
pub use districts::{District, Districts};
pub use error::GeographyError;
pub use features::MAX_BYTES;
pub use gazetteer::{AddressPoint, FoundPlace, Gazetteer, Landmark, Near, PlaceKind};
pub use geometry::Geometry;
pub use land::{MAX_POSITIONS, SkipReason};
pub use map_file::{MAP_MAX_BYTES, MapFeature, MapFile, read_map_features};
pub use point::Point;
pub use read::{DistrictFile, NamedShape, Skipped, read_districts};
pub use shape::Shape;
pub use streets::{NumberRange, StreetSegment, StreetSide};
pub use write::write_districts;
