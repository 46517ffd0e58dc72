//! One thing on the map, and what is known of it besides its form.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use geography::{Geometry, NumberRange, StreetSegment, StreetSide};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a thing on the map is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeatureKind {
    /// A piece of street between two corners.
    Street,
    /// Land to play and rest on.
    Park,
    /// A river, a lake, the sea.
    Water,
    /// A building or place that people know by name.
    Landmark,
    /// A house whose exact place is known.
    Address,
    /// Something the government looks after: a hydrant, a lamp post.
    Asset,
}

/// A word that names no kind of feature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is none of {}", FeatureKind::ALL.map(FeatureKind::as_str).join(", "))]
pub struct UnknownKind {
    /// The word that was offered.
    pub word: String,
}

impl FeatureKind {
    /// All kinds, in the order in which they are drawn.
    pub const ALL: [FeatureKind; 6] = [
        FeatureKind::Park,
        FeatureKind::Water,
        FeatureKind::Street,
        FeatureKind::Landmark,
        FeatureKind::Address,
        FeatureKind::Asset,
    ];

    /// The word in commands and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            FeatureKind::Street => "street",
            FeatureKind::Park => "park",
            FeatureKind::Water => "water",
            FeatureKind::Landmark => "landmark",
            FeatureKind::Address => "address",
            FeatureKind::Asset => "asset",
        }
    }

    /// Whether such a thing is of no use without a name.
    pub(crate) fn needs_name(self) -> bool {
        matches!(self, FeatureKind::Landmark | FeatureKind::Address)
    }

    /// Whether it can have this form.
    pub(crate) fn may_be(self, geometry: &Geometry) -> bool {
        match self {
            FeatureKind::Street => matches!(geometry, Geometry::Lines(_)),
            FeatureKind::Park => matches!(geometry, Geometry::Land(_)),
            FeatureKind::Water => !matches!(geometry, Geometry::Points(_)),
            FeatureKind::Landmark | FeatureKind::Address | FeatureKind::Asset => true,
        }
    }
}

impl fmt::Display for FeatureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for FeatureKind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<Self, UnknownKind> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == word);
        found.ok_or_else(|| UnknownKind { word: word.to_owned() })
    }
}

impl db::Param for FeatureKind {
    fn value(&self) -> db::Value<'_> {
        db::Value::Text(self.as_str())
    }
}

impl db::Column for FeatureKind {
    fn read(row: &db::Row<'_>, index: usize) -> Result<Option<Self>, db::Error> {
        let word: Option<String> = row.get(index)?;
        let kind = word.map(|word| word.parse()).transpose();
        kind.map_err(|e: UnknownKind| row.misfit(index, "a kind of map feature", e.into()))
    }
}

/// One thing on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapFeature {
    /// Names it within its kind and file.
    pub code: String,
    /// What people call it; an address is its whole line: "12 Elm Street".
    pub name: Option<String>,
    /// What sort of landmark or asset: "library", "hydrant".
    pub sort: Option<String>,
    /// What else is known.
    pub details: Details,
    /// Its form.
    pub geometry: Geometry,
}

/// What is known of a feature by its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// A street that carries through traffic: drawn wider, and from farther away.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub main: bool,
    /// The houses to the left, looking along the line.
    #[serde(skip_serializing_if = "SideDetails::is_nothing")]
    pub left: SideDetails,
    /// The houses to the right.
    #[serde(skip_serializing_if = "SideDetails::is_nothing")]
    pub right: SideDetails,
    /// Postal code of an address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
}

/// What is known of one side of a street.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SideDetails {
    /// The house numbers where the line begins and where it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<(u32, u32)>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
}

impl SideDetails {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    fn side(&self) -> StreetSide {
        let numbers = self.numbers.and_then(|(from, to)| NumberRange::new(from, to));
        StreetSide { numbers, zip: self.zip.clone() }
    }
}

impl MapFeature {
    /// A feature that its file gives no id is named by what it is, so that the same file names it the same again.
    pub fn named_by_content(mut self) -> Self {
        let mut digest = Sha256::new();
        for part in [
            self.name.as_deref(),
            self.sort.as_deref(),
            Some(&self.details_text()),
            Some(&self.geometry.to_geojson()),
        ] {
            digest.update(part.unwrap_or_default());
            digest.update([0]);
        }
        self.code = HEXLOWER.encode(&digest.finalize()[..12]);
        self
    }

    pub(crate) fn details_text(&self) -> String {
        serde_json::to_string(&self.details).expect("details hold only texts, numbers and flags")
    }

    /// The street segments of a street with a name, one for each of its lines.
    pub(crate) fn segments(&self) -> Vec<StreetSegment> {
        let (Geometry::Lines(lines), Some(name)) = (&self.geometry, &self.name) else { return Vec::new() };
        let segment = |line: &Vec<geography::Point>| StreetSegment {
            name: name.clone(),
            line: line.clone(),
            left: self.details.left.side(),
            right: self.details.right.side(),
        };
        lines.iter().map(segment).collect()
    }
}
