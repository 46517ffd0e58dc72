//! What is drawn on a map: points, lines or land.

use serde::Deserialize;

use crate::features::{Feature, MAX_BYTES, Object, features_of, read_at};
use crate::land::{Land, Position};
use crate::{GeographyError, Point, Shape};

/// The form of one thing on the map.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// One or more points: a hydrant, a building.
    Points(Vec<Point>),
    /// One or more lines of at least two points each: a street, a brook.
    Lines(Vec<Vec<Point>>),
    /// Land: a park, a lake.
    Land(Shape),
}

impl Geometry {
    /// Reads one GeoJSON geometry or feature; what [`to_geojson`](Geometry::to_geojson) wrote comes back equal.
    ///
    /// # Errors
    /// Those of [`read_map_features`](crate::read_map_features); [`GeographyError::NoGeometry`] when nothing is drawn.
    pub fn from_geojson(text: &str) -> Result<Geometry, GeographyError> {
        let features = features_of(text, MAX_BYTES)?;
        features.first().ok_or(GeographyError::NoGeometry { feature: 0 }).and_then(Geometry::of)
    }

    /// The geometry as GeoJSON text.
    pub fn to_geojson(&self) -> String {
        match self {
            Geometry::Land(shape) => shape.to_geojson(),
            Geometry::Lines(lines) => {
                let lines: Vec<Vec<[f64; 2]>> = lines.iter().map(|line| positions(line)).collect();
                written("MultiLineString", &lines)
            }
            Geometry::Points(points) => written("MultiPoint", &positions(points)),
        }
    }

    /// A point to name it by: the point itself, the middle of the longest line, or a point on the land.
    pub fn anchor(&self) -> Point {
        match self {
            Geometry::Points(points) => points[0],
            Geometry::Lines(lines) => {
                let longest = lines.iter().max_by(|a, b| length_m(a).total_cmp(&length_m(b)));
                crate::streets::along(longest.expect("there is at least one line"), 0.5)
            }
            Geometry::Land(shape) => shape.inner_point(),
        }
    }

    /// Land wins over lines and lines over points where a feature has several.
    pub(crate) fn of(feature: &Feature<'_>) -> Result<Geometry, GeographyError> {
        let nothing = GeographyError::NoGeometry { feature: feature.index };
        let Some(geometry) = &feature.geometry else { return Err(nothing) };
        if let Ok(polygons) = Land::default().of_feature(feature)? {
            return Shape::of(polygons).map(Geometry::Land).ok_or(nothing);
        }
        let mut marks = Marks { feature: feature.index, ..Marks::default() };
        marks.collect(geometry)?;
        match marks {
            Marks { lines, .. } if !lines.is_empty() => Ok(Geometry::Lines(lines)),
            Marks { points, .. } if !points.is_empty() => Ok(Geometry::Points(points)),
            _ => Err(nothing),
        }
    }
}

/// Metres along a line.
pub(crate) fn length_m(line: &[Point]) -> f64 {
    line.windows(2).map(|pair| pair[0].distance_m(&pair[1])).sum()
}

fn positions(points: &[Point]) -> Vec<[f64; 2]> {
    points.iter().map(|point| point.position()).collect()
}

fn written(kind: &str, coordinates: &impl serde::Serialize) -> String {
    serde_json::json!({ "type": kind, "coordinates": coordinates }).to_string()
}

/// The points and lines of one feature.
#[derive(Default)]
struct Marks {
    feature: usize,
    points: Vec<Point>,
    lines: Vec<Vec<Point>>,
}

impl Marks {
    /// Collections inside collections were counted, and bounded, when the land was looked for.
    fn collect(&mut self, geometry: &Object<'_>) -> Result<(), GeographyError> {
        match geometry.kind.as_ref() {
            "Point" => {
                let only: Option<Position> = self.coordinates(geometry)?;
                only.into_iter().try_for_each(|position| self.add_point(position))
            }
            "MultiPoint" => {
                let all: Vec<Position> = self.coordinates(geometry)?;
                all.into_iter().try_for_each(|position| self.add_point(position))
            }
            "LineString" => {
                let line = self.coordinates(geometry)?;
                self.add_line(line)
            }
            "MultiLineString" => {
                let lines: Vec<Vec<Position>> = self.coordinates(geometry)?;
                lines.into_iter().try_for_each(|line| self.add_line(line))
            }
            _ => {
                let members = geometry.geometries.iter().flatten();
                members
                    .map(|raw| read_at(self.feature, raw))
                    .collect::<Result<Vec<Object<'_>>, _>>()?
                    .iter()
                    .try_for_each(|member| self.collect(member))
            }
        }
    }

    fn coordinates<'a, T: Deserialize<'a> + Default>(
        &self,
        geometry: &Object<'a>,
    ) -> Result<T, GeographyError> {
        geometry.coordinates.map_or_else(|| Ok(T::default()), |raw| read_at(self.feature, raw))
    }

    fn add_point(&mut self, position: Position) -> Result<(), GeographyError> {
        self.points.push(point(position, self.feature)?);
        Ok(())
    }

    /// A line of one point, or of one point repeated, draws nothing.
    fn add_line(&mut self, positions: Vec<Position>) -> Result<(), GeographyError> {
        let line: Result<Vec<Point>, _> =
            positions.into_iter().map(|position| point(position, self.feature)).collect();
        let mut line = line?;
        line.dedup();
        if line.len() > 1 {
            self.lines.push(line);
        }
        Ok(())
    }
}

fn point(position: Position, feature: usize) -> Result<Point, GeographyError> {
    let [longitude, latitude] = position.in_degrees(feature)?;
    Point::new(latitude, longitude)
}
