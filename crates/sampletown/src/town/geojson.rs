//! The town's shapes as `GeoJSON`, each feature marked as made up.

use serde_json::{Value, json};

use super::{DistrictKind, Outline, Spot, Town};

impl Town {
    /// The town line, as a `FeatureCollection` of one feature.
    pub fn boundary_geojson(&self) -> String {
        let properties = json!({ "name": self.labelled_name(), "made_up": true });
        collection(&[feature(&self.boundary, &properties)])
    }

    /// All districts of one kind, with the properties `code` and `name`.
    pub fn districts_geojson(&self, kind: DistrictKind) -> String {
        let features: Vec<Value> = self
            .districts_of_kind(kind)
            .map(|district| {
                let properties = json!({ "kind": kind.as_str(), "code": district.code, "name": district.name, "made_up": true });
                feature(&district.outlines, &properties)
            })
            .collect();
        collection(&features)
    }
}

/// Outlines as a bare `MultiPolygon` geometry.
pub(crate) fn geometry(outlines: &[Outline]) -> Value {
    let polygons: Vec<Vec<Value>> = outlines
        .iter()
        .map(|outline| {
            std::iter::once(&outline.outer).chain(&outline.holes).map(|spots| ring(spots)).collect()
        })
        .collect();
    json!({ "type": "MultiPolygon", "coordinates": polygons })
}

fn ring(spots: &[Spot]) -> Value {
    spots.iter().map(|spot| json!([spot.longitude, spot.latitude])).collect()
}

fn feature(outlines: &[Outline], properties: &Value) -> Value {
    json!({ "type": "Feature", "properties": properties, "geometry": geometry(outlines) })
}

fn collection(features: &[Value]) -> String {
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}
