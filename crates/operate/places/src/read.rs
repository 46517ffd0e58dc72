//! A government's own file, read with the caller's word on which property means what.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use geography::{GeographyError, NumberRange, read_map_features};

use crate::feature::{Details, FeatureKind, MapFeature, SideDetails};

/// Something a property of the file may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Names the feature within its file, the same in every delivery.
    Id,
    /// What people call it; of an address the street, when the number has a property of its own.
    Name,
    /// House number of an address.
    Number,
    /// What sort of landmark or asset.
    Sort,
    /// Anything but empty, 0, no, n, f or false: a main road.
    Main,
    /// House number on the left where the line begins.
    FromLeft,
    /// House number on the left where the line ends.
    ToLeft,
    /// House number on the right where the line begins.
    FromRight,
    /// House number on the right where the line ends.
    ToRight,
    /// Postal code on the left.
    ZipLeft,
    /// Postal code on the right.
    ZipRight,
    /// Postal code of an address.
    Zip,
}

/// A word that names no field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is none of {}", Field::ALL.map(|(_, word)| word).join(", "))]
pub struct UnknownField {
    /// The word that was offered.
    pub word: String,
}

impl Field {
    /// All fields with their words.
    pub const ALL: [(Field, &'static str); 12] = [
        (Field::Id, "id"),
        (Field::Name, "name"),
        (Field::Number, "number"),
        (Field::Sort, "sort"),
        (Field::Main, "main"),
        (Field::FromLeft, "from_left"),
        (Field::ToLeft, "to_left"),
        (Field::FromRight, "from_right"),
        (Field::ToRight, "to_right"),
        (Field::ZipLeft, "zip_left"),
        (Field::ZipRight, "zip_right"),
        (Field::Zip, "zip"),
    ];
}

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(word: &str) -> Result<Self, UnknownField> {
        let found = Self::ALL.into_iter().find(|(_, known)| *known == word);
        found.map(|(field, _)| field).ok_or_else(|| UnknownField { word: word.to_owned() })
    }
}

/// What a file held.
#[derive(Debug)]
pub struct FeatureFile {
    /// What can be kept, each code once.
    pub features: Vec<MapFeature>,
    /// What cannot, in the order of the file.
    pub rejected: Vec<Rejection>,
}

/// A feature that was not taken.
#[derive(Debug)]
pub struct Rejection {
    /// Its place in the file, from zero.
    pub feature: usize,
    /// Why.
    pub why: Why,
}

/// Why a feature was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Why {
    /// Its form could not be read.
    #[error(transparent)]
    Unreadable(GeographyError),
    /// A point where a line belongs, or the like.
    #[error("its form does not suit this kind")]
    WrongForm,
    /// A landmark or address without a name.
    #[error("it has no name")]
    NoName,
    /// A name, sort or code longer than anything people use.
    #[error("its {what} is longer than {max} characters")]
    TooLong {
        /// What is too long.
        what: &'static str,
        /// The most characters.
        max: usize,
    },
    /// An earlier feature has the same id, or is the same altogether.
    #[error("an earlier feature has the same {}", if *.by_id { "id" } else { "name and form" })]
    Twice {
        /// Whether the file gave the id.
        by_id: bool,
    },
}

/// Longest name, sort or id.
const TEXT_MAX: usize = 200;

/// Reads features of one kind. `fields` says which property of the file means what; a landmark, park or asset may be
/// given one sort for the whole file instead.
///
/// # Errors
/// When the text as a whole cannot be used, or a property named in `fields` is in no feature.
pub fn read_features(
    geojson: &str,
    kind: FeatureKind,
    fields: &BTreeMap<Field, String>,
    sort: Option<&str>,
) -> Result<FeatureFile, GeographyError> {
    let names: Vec<&str> = fields.values().map(String::as_str).collect();
    let file = read_map_features(geojson, &names)?;
    let mut taken = Taken { kind, codes: BTreeSet::new(), features: Vec::new(), rejected: Vec::new() };
    for why in file.refused {
        taken.rejected.push(Rejection { feature: feature_of(&why), why: Why::Unreadable(why) });
    }
    for feature in file.features {
        let values: BTreeMap<Field, String> = fields
            .keys()
            .copied()
            .zip(feature.values)
            .filter_map(|(field, value)| Some((field, value?)))
            .collect();
        let read = MapFeature {
            code: values.get(&Field::Id).cloned().unwrap_or_default(),
            name: name(kind, &values),
            sort: values.get(&Field::Sort).cloned().or_else(|| sort.map(str::to_owned)),
            details: details(&values),
            geometry: feature.geometry,
        };
        taken.take(feature.index, read);
    }
    taken.rejected.sort_by_key(|rejection| rejection.feature);
    Ok(FeatureFile { features: taken.features, rejected: taken.rejected })
}

struct Taken {
    kind: FeatureKind,
    codes: BTreeSet<String>,
    features: Vec<MapFeature>,
    rejected: Vec<Rejection>,
}

impl Taken {
    fn take(&mut self, index: usize, feature: MapFeature) {
        match self.check(feature) {
            Ok(feature) => self.features.push(feature),
            Err(why) => self.rejected.push(Rejection { feature: index, why }),
        }
    }

    fn check(&mut self, feature: MapFeature) -> Result<MapFeature, Why> {
        if !self.kind.may_be(&feature.geometry) {
            return Err(Why::WrongForm);
        }
        if self.kind.needs_name() && feature.name.is_none() {
            return Err(Why::NoName);
        }
        for (what, text) in
            [("name", &feature.name), ("sort", &feature.sort), ("id", &Some(feature.code.clone()))]
        {
            if text.as_ref().is_some_and(|text| text.chars().count() > TEXT_MAX) {
                return Err(Why::TooLong { what, max: TEXT_MAX });
            }
        }
        let by_id = !feature.code.is_empty();
        let feature = if by_id { feature } else { feature.named_by_content() };
        if self.codes.insert(feature.code.clone()) { Ok(feature) } else { Err(Why::Twice { by_id }) }
    }
}

/// An address is the number and the street, where the file keeps them apart.
fn name(kind: FeatureKind, values: &BTreeMap<Field, String>) -> Option<String> {
    let name = values.get(&Field::Name).cloned();
    match (kind, values.get(&Field::Number)) {
        (FeatureKind::Address, Some(number)) => name.map(|street| format!("{number} {street}")),
        _ => name,
    }
}

fn details(values: &BTreeMap<Field, String>) -> Details {
    let text = |field| values.get(&field).cloned();
    let side = |from, to, zip| SideDetails {
        numbers: text(from)
            .zip(text(to))
            .and_then(|(from, to)| NumberRange::read(&from, &to))
            .map(|range| (range.from(), range.to())),
        zip: text(zip),
    };
    Details {
        main: text(Field::Main).is_some_and(|word| is_yes(&word)),
        left: side(Field::FromLeft, Field::ToLeft, Field::ZipLeft),
        right: side(Field::FromRight, Field::ToRight, Field::ZipRight),
        zip: text(Field::Zip),
    }
}

fn is_yes(word: &str) -> bool {
    !["0", "no", "n", "f", "false"].contains(&word.to_ascii_lowercase().as_str())
}

/// The place of a feature that could not be read; the first for what concerns no single one.
fn feature_of(why: &GeographyError) -> usize {
    match why {
        GeographyError::TooDeep { feature }
        | GeographyError::UnreadableFeature { feature, .. }
        | GeographyError::UnknownType { feature, .. }
        | GeographyError::NotDegrees { feature, .. }
        | GeographyError::NoCode { feature, .. }
        | GeographyError::NoGeometry { feature } => *feature,
        _ => 0,
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            Why::Unreadable(why) => why.fmt(f),
            why => write!(f, "features[{}]: {why}", self.feature),
        }
    }
}
