//! The land of a district or of a whole government.

use std::fmt;
use std::sync::Arc;

use crate::polygon::Polygon;
use crate::ring::Ring;
use crate::{BoundingBox, GeographyError, Point};

/// One or more polygons with holes, ready to be asked. Cheap to clone.
///
/// Borders come from people and are taken as they are: rings may be open, cross themselves, repeat corners or
/// overlap. What is inside is decided by the even-odd rule for each ring; land of any of the polygons is land
/// of the shape. A border shared by two shapes belongs to exactly one of them.
#[derive(Clone)]
pub struct Shape {
    /// Never empty.
    polygons: Arc<[Polygon]>,
    bounds: BoundingBox,
}

impl Shape {
    /// `None` when there are no polygons.
    pub(crate) fn of(polygons: Vec<Polygon>) -> Option<Shape> {
        let bounds = polygons.iter().map(bounds_of).reduce(|a, b| a.join(&b))?;
        Some(Shape { polygons: polygons.into(), bounds })
    }

    /// Reads any GeoJSON text, from a bare geometry to a whole collection, and takes all land in it together.
    ///
    /// # Errors
    /// Those of [`read_districts`](crate::read_districts), but for the ones about a property.
    pub fn from_geojson(text: &str) -> Result<Shape, GeographyError> {
        crate::read::read_shape(text)
    }

    /// The shape as a GeoJSON `MultiPolygon`; reading it back gives an equal shape.
    pub fn to_geojson(&self) -> String {
        crate::write::write_shape(self)
    }

    /// Whether the point is on this land.
    pub fn contains(&self, point: Point) -> bool {
        self.bounds.contains(point) && self.polygons.iter().any(|part| part.contains(point.position()))
    }

    /// Metres from the point to this land; zero inside. Good near the border (a millimetre in a kilometre); a
    /// plane is used, so that far away it is only a rough figure.
    pub fn distance_m(&self, point: Point) -> f64 {
        self.polygons.iter().map(|part| part.distance_m(point)).fold(f64::INFINITY, f64::min)
    }

    /// The corners of each polygon as `[longitude, latitude]`: the ring around it first, then its holes; a ring's last
    /// corner is joined to its first, which is not repeated.
    pub fn rings(&self) -> impl Iterator<Item = Vec<&[[f64; 2]]>> {
        self.polygons.iter().map(|part| part.rings().map(Ring::positions).collect())
    }

    /// A point on the land to name it by: halfway along the widest stretch at the middle latitude of its largest part.
    pub fn inner_point(&self) -> Point {
        let largest = self.polygons.iter().max_by(|a, b| a.area_m2().total_cmp(&b.area_m2()));
        let [x, y] = largest.expect("a shape has polygons").inner_position();
        Point::new(y, x).expect("it lies between corners, which are degrees")
    }

    /// Size of the land in square metres, on a sphere. Overlapping parts count twice.
    pub fn area_m2(&self) -> f64 {
        self.polygons.iter().map(Polygon::area_m2).sum()
    }

    /// The smallest box around all of it.
    pub fn bounds(&self) -> BoundingBox {
        self.bounds
    }

    pub(crate) fn polygons(&self) -> &[Polygon] {
        &self.polygons
    }
}

fn bounds_of(polygon: &Polygon) -> BoundingBox {
    let extent = polygon.extent();
    let corner =
        |[x, y]: [f64; 2]| Point::new(y, x).expect("the reader refused positions that are not degrees");
    BoundingBox::new(corner(extent.least), corner(extent.greatest)).expect("least comes before greatest")
}

/// Equal borders, corner by corner.
impl PartialEq for Shape {
    fn eq(&self, other: &Shape) -> bool {
        let borders = |shape: &Shape| -> Vec<Vec<Vec<[f64; 2]>>> {
            shape
                .polygons
                .iter()
                .map(|part| part.rings().map(|ring| ring.positions().to_vec()).collect())
                .collect()
        };
        borders(self) == borders(other)
    }
}

/// A summary: thousands of corners in a log help nobody.
impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let corners: usize =
            self.polygons.iter().flat_map(Polygon::rings).map(|ring| ring.positions().len()).sum();
        f.debug_struct("Shape")
            .field("polygons", &self.polygons.len())
            .field("corners", &corners)
            .field("bounds", &self.bounds)
            .finish()
    }
}
