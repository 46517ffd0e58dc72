//! What a town has drawn: streets with their house numbers, parks, water, landmarks, addresses and assets.
//!
//! A government keeps these in files of its map program. [`read_features`] takes such a file with the caller's word on
//! which property means what, [`put`] keeps what it holds, and [`complete`] drops what the file no longer has. From the
//! store comes one immutable value, the [`TownMap`]: it searches places by name ([`geography::Gazetteer`]) and cuts the
//! tiles of the map that people see ([`TownMap::layers`]). Every change moves the map's [`version`] on, by which a node
//! notices that its copy is old.
//!
//! Districts belong to the catalog, because requests are routed by them; requests are drawn from their own crate.

mod error;
mod feature;
mod import;
mod read;
mod store;
mod town_map;

pub use error::PlacesError;
pub use feature::{Details, FeatureKind, MapFeature, SideDetails, UnknownKind};
pub use import::{Put, complete, put};
pub use read::{FeatureFile, Field, Rejection, UnknownField, Why, read_features};
pub use store::{FEATURES_MAX, version};
pub use town_map::TownMap;

/// The tables of this crate.
pub static SCHEMA: db::Schema = db::Schema {
    name: "places",
    needs: &[&catalog::SCHEMA],
    migrations: &[db::Migration { name: "0001_places", sql: include_str!("../migrations/0001_places.sql") }],
};
