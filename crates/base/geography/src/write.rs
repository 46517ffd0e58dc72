//! Borders as GeoJSON text (RFC 7946: closed rings, the outer one counterclockwise, longitude first).

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::ring::Ring;
use crate::{District, Shape};

/// A feature collection of these districts with the properties `kind`, `code` and, where there is one,
/// `name`.
pub fn write_districts<'a>(districts: impl IntoIterator<Item = &'a District>) -> String {
    let features = districts.into_iter().map(Feature::of).collect();
    text_of(&Collection { r#type: "FeatureCollection", features })
}

pub(crate) fn write_shape(shape: &Shape) -> String {
    text_of(&Geometry::of(shape))
}

fn text_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("only text, lists and finite numbers are written, to memory")
}

#[derive(Serialize)]
struct Collection<'a> {
    r#type: &'static str,
    features: Vec<Feature<'a>>,
}

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    properties: Properties<'a>,
    geometry: Geometry<'a>,
}

#[derive(Serialize)]
struct Properties<'a> {
    kind: &'a str,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct Geometry<'a> {
    r#type: &'static str,
    coordinates: Vec<Vec<Closed<'a>>>,
}

impl<'a> Feature<'a> {
    fn of(district: &'a District) -> Feature<'a> {
        let properties =
            Properties { kind: &district.kind, code: &district.code, name: district.name.as_deref() };
        Feature { r#type: "Feature", properties, geometry: Geometry::of(&district.shape) }
    }
}

impl<'a> Geometry<'a> {
    fn of(shape: &'a Shape) -> Geometry<'a> {
        let coordinates = shape.polygons().iter().map(|part| part.rings().map(Closed).collect()).collect();
        Geometry { r#type: "MultiPolygon", coordinates }
    }
}

/// A ring that repeats its first corner at the end, as the format asks.
struct Closed<'a>(&'a Ring);

impl Serialize for Closed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let positions = self.0.positions();
        let mut list = serializer.serialize_seq(Some(positions.len() + 1))?;
        for position in positions.iter().chain(positions.first()) {
            list.serialize_element(position)?;
        }
        list.end()
    }
}
