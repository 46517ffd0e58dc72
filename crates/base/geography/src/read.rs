//! Borders from GeoJSON text.
//!
//! Files come from map programs, portals and spreadsheets, so the reader takes what they do: numbers or text
//! as codes, several features for one district, third numbers in positions, foreign members such as `crs`,
//! features without geometry. It refuses what would be stored wrong (coordinates that are not degrees,
//! features without a code) and what is only there to hurt (very large or very deep text).

use std::collections::HashMap;

use crate::features::{MAX_BYTES, features_of, refuse_unknown_field};
use crate::land::{Land, SkipReason};
use crate::polygon::Polygon;
use crate::{GeographyError, Shape};

/// The land of one district, before it is said of what kind.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedShape {
    /// The value of the chosen property, trimmed; a number is written without decimals where it has none.
    pub code: String,
    /// All land of the features with this code.
    pub shape: Shape,
}

/// What a file of borders held.
#[derive(Debug, Clone, PartialEq)]
pub struct DistrictFile {
    /// One entry for each code, in the order of first appearance.
    pub districts: Vec<NamedShape>,
    /// Features that hold no land, to be shown to whoever imports the file.
    pub skipped: Vec<Skipped>,
}

/// A feature that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its place in the file, from zero.
    pub feature: usize,
    /// Why nothing of it was kept.
    pub reason: SkipReason,
}

/// Reads the districts of one kind from GeoJSON, taking each one's code from the property `field` (in any
/// letter case, if no property is written exactly so). Features with the same code become one district.
///
/// # Errors
/// Says which feature is at fault wherever a single one is; see [`GeographyError`].
/// [`GeographyError::NoArea`] when every feature had to be skipped.
pub fn read_districts(geojson: &str, field: &str) -> Result<DistrictFile, GeographyError> {
    let mut land = Land::default();
    let features = features_of(geojson, MAX_BYTES)?;
    refuse_unknown_field(&features, field)?;
    let mut by_code = CodeList::default();
    let mut skipped = Vec::new();
    for feature in &features {
        match land.of_feature(feature)? {
            Ok(polygons) => by_code.add(feature.code(field)?, polygons),
            Err(reason) => skipped.push(Skipped { feature: feature.index, reason }),
        }
    }
    let districts = by_code.into_shapes();
    if districts.is_empty() { Err(GeographyError::NoArea) } else { Ok(DistrictFile { districts, skipped }) }
}

/// All land of a text as one shape.
pub(crate) fn read_shape(geojson: &str) -> Result<Shape, GeographyError> {
    let mut land = Land::default();
    let mut polygons = Vec::new();
    for feature in &features_of(geojson, MAX_BYTES)? {
        polygons.extend(land.of_feature(feature)?.into_iter().flatten());
    }
    Shape::of(polygons).ok_or(GeographyError::NoArea)
}

/// Polygons by code, in the order in which the codes came.
#[derive(Default)]
struct CodeList {
    places: HashMap<String, usize>,
    entries: Vec<(String, Vec<Polygon>)>,
}

impl CodeList {
    fn add(&mut self, code: String, polygons: Vec<Polygon>) {
        let next = self.entries.len();
        let place = *self.places.entry(code.clone()).or_insert(next);
        if place == next {
            self.entries.push((code, Vec::new()));
        }
        self.entries[place].1.extend(polygons);
    }

    fn into_shapes(self) -> Vec<NamedShape> {
        self.entries
            .into_iter()
            .filter_map(|(code, polygons)| Shape::of(polygons).map(|shape| NamedShape { code, shape }))
            .collect()
    }
}
