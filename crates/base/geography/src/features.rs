//! The features of a GeoJSON text, and the properties they come with.
//!
//! Members stay unread text until somebody asks for them, so that a large property costs nothing and deep
//! nesting in it cannot hurt.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::GeographyError;

/// The longest text of districts that is read: 32 MiB. All wards of a large city are 1 to 5 MiB.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;

/// A code is shown in lists and sent in addresses; whole paragraphs are a mistaken choice of property.
const MAX_CODE_CHARS: usize = 100;

/// Any GeoJSON object, unread inside. Members that are not listed are passed over.
#[derive(Deserialize)]
pub(crate) struct Object<'a> {
    #[serde(borrow, rename = "type")]
    pub(crate) kind: Cow<'a, str>,
    #[serde(borrow, default)]
    features: Option<Vec<&'a RawValue>>,
    #[serde(borrow, default)]
    properties: Option<&'a RawValue>,
    #[serde(borrow, default)]
    geometry: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) geometries: Option<Vec<&'a RawValue>>,
    #[serde(borrow, default)]
    pub(crate) coordinates: Option<&'a RawValue>,
}

/// One feature, or a geometry that stands where a feature should.
pub(crate) struct Feature<'a> {
    pub(crate) index: usize,
    properties: BTreeMap<Cow<'a, str>, &'a RawValue>,
    pub(crate) geometry: Option<Object<'a>>,
}

pub(crate) fn features_of(text: &str, limit: usize) -> Result<Vec<Feature<'_>>, GeographyError> {
    if text.len() > limit {
        return Err(GeographyError::TooLarge { bytes: text.len(), limit });
    }
    // Some programs on Windows begin their files with a byte order mark, which JSON does not allow.
    let text = text.trim_start_matches('\u{feff}');
    let whole: Object<'_> = serde_json::from_str(text).map_err(GeographyError::NotGeoJson)?;
    if whole.kind != "FeatureCollection" {
        return Ok(vec![Feature::of(0, whole)?]);
    }
    let members = whole.features.unwrap_or_default().into_iter().enumerate();
    members.map(|(index, member)| Feature::of(index, read_at(index, member)?)).collect()
}

pub(crate) fn read_at<'a, T: Deserialize<'a>>(
    feature: usize,
    raw: &'a RawValue,
) -> Result<T, GeographyError> {
    serde_json::from_str(raw.get()).map_err(|source| GeographyError::UnreadableFeature { feature, source })
}

impl<'a> Feature<'a> {
    fn of(index: usize, object: Object<'a>) -> Result<Feature<'a>, GeographyError> {
        if object.kind != "Feature" {
            return Ok(Feature { index, properties: BTreeMap::new(), geometry: Some(object) });
        }
        let properties = object.properties.map(|raw| read_at(index, raw)).transpose()?.unwrap_or_default();
        let geometry = object.geometry.map(|raw| read_at(index, raw)).transpose()?;
        Ok(Feature { index, properties, geometry })
    }

    /// The district's code, from the property `field`.
    pub(crate) fn code(&self, field: &str) -> Result<String, GeographyError> {
        let missing = || GeographyError::NoCode { feature: self.index, field: field.to_owned() };
        let value: Value = read_at(self.index, self.property(field).ok_or_else(missing)?)?;
        code_text(&value).filter(|code| is_usable(code)).ok_or_else(missing)
    }

    /// What the property `field` says, if that is text or a number.
    pub(crate) fn text(&self, field: &str) -> Option<String> {
        let value: Value = read_at(self.index, self.property(field)?).ok()?;
        code_text(&value).filter(|text| !text.is_empty())
    }

    fn property(&self, field: &str) -> Option<&'a RawValue> {
        let alike = || self.properties.iter().find(|(name, _)| name.eq_ignore_ascii_case(field));
        self.properties.get(field).or_else(|| alike().map(|(_, value)| value)).copied()
    }
}

/// Map programs write the same number as `7`, `7.0` or `"7"`, often within one file.
fn code_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) if number.is_f64() => number.as_f64().map(|number| number.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn is_usable(code: &str) -> bool {
    !code.is_empty() && code.chars().count() <= MAX_CODE_CHARS && !code.contains(char::is_control)
}

/// A mistyped property is missing everywhere; saying so beats blaming the first feature.
pub(crate) fn refuse_unknown_field(features: &[Feature<'_>], field: &str) -> Result<(), GeographyError> {
    if features.is_empty() || features.iter().any(|feature| feature.property(field).is_some()) {
        return Ok(());
    }
    const SAMPLE: usize = 20;
    let names: BTreeSet<&str> =
        features.iter().take(SAMPLE).flat_map(|f| f.properties.keys()).map(AsRef::as_ref).collect();
    let available =
        names.into_iter().take(SAMPLE).map(|name| name.chars().take(MAX_CODE_CHARS).collect()).collect();
    Err(GeographyError::NoSuchField { field: field.to_owned(), available })
}
