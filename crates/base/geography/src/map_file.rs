//! Streets, parks, hydrants and whatever else a government has drawn, from GeoJSON text.
//!
//! Unlike borders, of which one that is missing leaves a hole, such things stand for themselves: one that cannot be
//! read is refused alone, with the reason, and the others are taken.

use crate::features::{features_of, refuse_unknown_field};
use crate::{GeographyError, Geometry};

/// The longest text of a map that is read: 256 MiB, which a large city's addresses fit in.
pub const MAP_MAX_BYTES: usize = 256 * 1024 * 1024;

/// One thing on a map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapFeature {
    /// Its place in the file, from zero.
    pub index: usize,
    /// Its form.
    pub geometry: Geometry,
    /// What it says in each of the properties asked for, in their order; trimmed, never empty.
    pub values: Vec<Option<String>>,
}

/// What a file of map features held.
#[derive(Debug)]
pub struct MapFile {
    /// What can be drawn, in the order of the file.
    pub features: Vec<MapFeature>,
    /// Why the others cannot; each names its feature.
    pub refused: Vec<GeographyError>,
}

/// Reads everything drawn in a GeoJSON text, with the values of these properties (in any letter case, if none is
/// written exactly so).
///
/// # Errors
/// When the text as a whole cannot be used; [`GeographyError::NoSuchField`] when no feature has one of the
/// properties.
pub fn read_map_features(geojson: &str, fields: &[&str]) -> Result<MapFile, GeographyError> {
    let features = features_of(geojson, MAP_MAX_BYTES)?;
    fields.iter().try_for_each(|field| refuse_unknown_field(&features, field))?;
    let mut file = MapFile { features: Vec::with_capacity(features.len()), refused: Vec::new() };
    for feature in &features {
        match Geometry::of(feature) {
            Ok(geometry) => {
                let values = fields.iter().map(|field| feature.text(field)).collect();
                file.features.push(MapFeature { index: feature.index, geometry, values });
            }
            Err(why) => file.refused.push(why),
        }
    }
    Ok(file)
}
