//! Polygons from the geometry of a feature.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};

use crate::features::{Feature, Object, read_at};
use crate::polygon::Polygon;
use crate::{GeographyError, Point};

/// The most corners that one text may have in all.
pub const MAX_POSITIONS: usize = 1_000_000;

/// An unknown type is repeated in the error, but not at any length.
const MAX_TYPE_CHARS: usize = 50;

/// Geometry collections inside each other. Each level reads its text again, so that depth costs time.
const MAX_DEPTH: usize = 8;

/// Why a feature holds no land.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkipReason {
    /// Its geometry is `null` or missing.
    NoGeometry,
    /// It has only points or lines.
    NotAnArea,
    /// Its polygons have no corners, or all on one line.
    EmptyArea,
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SkipReason::NoGeometry => "it has no geometry",
            SkipReason::NotAnArea => "it has points or lines, but no area",
            SkipReason::EmptyArea => "its polygons enclose nothing",
        })
    }
}

/// Collects the polygons of one feature after another and counts corners over the whole text.
#[derive(Default)]
pub(crate) struct Land {
    positions: usize,
    feature: usize,
    outlines: Vec<Outline>,
}

/// The polygons of one feature, or why there are none.
pub(crate) type Found = Result<Vec<Polygon>, SkipReason>;

/// The rings of one polygon as they were written.
type Outline = Vec<Vec<[f64; 2]>>;

impl Land {
    pub(crate) fn of_feature(&mut self, feature: &Feature<'_>) -> Result<Found, GeographyError> {
        let Some(geometry) = &feature.geometry else { return Ok(Err(SkipReason::NoGeometry)) };
        self.feature = feature.index;
        self.collect(geometry, 0)?;
        let outlines = std::mem::take(&mut self.outlines);
        if outlines.is_empty() {
            return Ok(Err(SkipReason::NotAnArea));
        }
        let polygons: Vec<Polygon> = outlines.into_iter().filter_map(Polygon::new).collect();
        Ok(if polygons.is_empty() { Err(SkipReason::EmptyArea) } else { Ok(polygons) })
    }

    fn collect(&mut self, geometry: &Object<'_>, depth: usize) -> Result<(), GeographyError> {
        match geometry.kind.as_ref() {
            "Polygon" => self.add(self.coordinates(geometry)?),
            "MultiPolygon" => {
                let polygons: Vec<_> = self.coordinates(geometry)?;
                polygons.into_iter().try_for_each(|rings| self.add(rings))
            }
            "GeometryCollection" => self.collect_members(geometry, depth),
            "Point" | "MultiPoint" | "LineString" | "MultiLineString" => Ok(()),
            other => Err(unknown_type(self.feature, other)),
        }
    }

    fn collect_members(&mut self, collection: &Object<'_>, depth: usize) -> Result<(), GeographyError> {
        if depth == MAX_DEPTH {
            return Err(GeographyError::TooDeep { feature: self.feature });
        }
        for member in collection.geometries.iter().flatten() {
            self.collect(&read_at(self.feature, member)?, depth + 1)?;
        }
        Ok(())
    }

    /// Missing and `null` coordinates count as none.
    fn coordinates<'a, T: Deserialize<'a> + Default>(
        &self,
        geometry: &Object<'a>,
    ) -> Result<T, GeographyError> {
        geometry.coordinates.map_or_else(|| Ok(T::default()), |raw| read_at(self.feature, raw))
    }

    fn add(&mut self, rings: Vec<Vec<Position>>) -> Result<(), GeographyError> {
        self.positions += rings.iter().map(Vec::len).sum::<usize>();
        if self.positions > MAX_POSITIONS {
            return Err(GeographyError::TooManyPositions { limit: MAX_POSITIONS });
        }
        let in_degrees = |position: Position| position.in_degrees(self.feature);
        let outline: Result<Outline, _> =
            rings.into_iter().map(|ring| ring.into_iter().map(in_degrees).collect()).collect();
        self.outlines.push(outline?);
        Ok(())
    }
}

fn unknown_type(feature: usize, found: &str) -> GeographyError {
    GeographyError::UnknownType { feature, found: found.chars().take(MAX_TYPE_CHARS).collect() }
}

/// Two numbers of which nothing is known yet; heights and measures after them are dropped.
pub(crate) struct Position([f64; 2]);

impl Position {
    pub(crate) fn in_degrees(self, feature: usize) -> Result<[f64; 2], GeographyError> {
        let [x, y] = self.0;
        Point::new(y, x).map(Point::position).map_err(|_| GeographyError::NotDegrees { feature, x, y })
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(PositionVisitor)
    }
}

struct PositionVisitor;

impl<'de> Visitor<'de> for PositionVisitor {
    type Value = Position;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a position of two or more numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Position, A::Error> {
        let mut number =
            |place: usize| list.next_element()?.ok_or_else(|| serde::de::Error::invalid_length(place, &self));
        let position = [number(0)?, number(1)?];
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Position(position))
    }
}
