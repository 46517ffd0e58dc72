//! What the maps are made of: the town's drawing, cut into tiles, and the pins of public requests.
//!
//! Two families of tiles, because one changes once a year and the other every minute: [`base_tiles`] are cut from what
//! the town has drawn and kept in memory; [`request_tiles`] are counted from the [`pins`] that match the filters of the
//! page, so that map and list always say the same.

pub(crate) mod base_tiles;
pub(crate) mod clusters;
pub(crate) mod pin_filter;
pub(crate) mod pins;
pub(crate) mod request_tiles;
pub(crate) mod style;
pub(crate) mod tile_answer;
pub(crate) mod town_maps;
