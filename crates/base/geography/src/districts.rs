//! Which ward, which police district, which zip: all kinds answered in one look.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::polygon::Polygon;
use crate::{BoundingBox, GeographyError, Point, Shape};

/// One piece of a government's land that has a code: ward 10, police district B3.
#[derive(Debug, Clone, PartialEq)]
pub struct District {
    /// What it is one of: `ward`, `police`, `zip`.
    pub kind: String,
    /// How the government calls it; unique within its kind.
    pub code: String,
    /// A name for people, where it has one besides the code.
    pub name: Option<String>,
    /// Its land.
    pub shape: Shape,
}

/// All districts of a government, in a tree that finds those at a point in about a microsecond.
///
/// Where two districts of one kind overlap, the smaller one is taken, and of two equally large ones the one
/// whose code sorts first: the answer does not depend on the order in which they were given.
#[derive(Debug, Clone, Default)]
pub struct Districts {
    /// By kind, then by precedence within the kind.
    districts: Vec<District>,
    parts: RTree<Part>,
}

/// The box around one polygon, and where that polygon is.
type Part = GeomWithData<Rectangle<[f64; 2]>, Place>;

#[derive(Debug, Clone, Copy)]
struct Place {
    district: usize,
    polygon: usize,
}

impl Districts {
    /// Sorts the districts and builds the tree.
    pub fn new(districts: impl IntoIterator<Item = District>) -> Districts {
        let mut sized: Vec<(f64, District)> =
            districts.into_iter().map(|district| (district.shape.area_m2(), district)).collect();
        sized.sort_by(|(a_size, a), (b_size, b)| {
            a.kind.cmp(&b.kind).then(a_size.total_cmp(b_size)).then_with(|| a.code.cmp(&b.code))
        });
        let districts: Vec<District> = sized.into_iter().map(|(_, district)| district).collect();
        let parts =
            districts.iter().enumerate().flat_map(|(index, district)| parts_of(index, district)).collect();
        Districts { districts, parts: RTree::bulk_load(parts) }
    }

    /// The districts that hold the point: at most one of each kind, ordered by kind.
    pub fn at(&self, point: Point) -> Vec<&District> {
        let mut found: Vec<usize> = self.holding(point).collect();
        found.sort_unstable();
        let mut answer: Vec<&District> = found.into_iter().map(|index| &self.districts[index]).collect();
        answer.dedup_by(|later, first| later.kind == first.kind);
        answer
    }

    /// Like [`at`](Districts::at), but a kind without a district at the point is answered by its nearest one,
    /// if that is no more than `tolerance_m` metres away. For piers, bridges and borders drawn a little short
    /// of the street.
    ///
    /// # Errors
    /// [`GeographyError::NotADistance`] when the tolerance is negative, infinite or NaN.
    pub fn at_or_within(&self, point: Point, tolerance_m: f64) -> Result<Vec<&District>, GeographyError> {
        let reach = BoundingBox::around(point, tolerance_m)?;
        let mut answer = self.at(point);
        let is_answered = |kind: &str| answer.iter().any(|district| district.kind == kind);
        let mut near: Vec<(usize, f64)> = self
            .touching(&reach)
            .filter(|place| !is_answered(&self.districts[place.district].kind))
            .map(|place| (place.district, self.polygon(place).distance_m(point)))
            .filter(|(_, distance_m)| *distance_m <= tolerance_m)
            .collect();
        near.sort_by(|(a, a_m), (b, b_m)| a_m.total_cmp(b_m).then(a.cmp(b)));
        answer.extend(near.into_iter().map(|(index, _)| &self.districts[index]));
        // A stable sort: within each kind the nearest stays first.
        answer.sort_by(|a, b| a.kind.cmp(&b.kind));
        answer.dedup_by(|later, first| later.kind == first.kind);
        Ok(answer)
    }

    /// The code of the district of one kind that holds the point.
    pub fn code_of(&self, kind: &str, point: Point) -> Option<&str> {
        let first = self.holding(point).filter(|index| self.districts[*index].kind == kind).min()?;
        Some(&self.districts[first].code)
    }

    /// The district with this kind and code.
    pub fn find(&self, kind: &str, code: &str) -> Option<&District> {
        self.iter().find(|district| district.kind == kind && district.code == code)
    }

    /// Every kind once, sorted.
    pub fn kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = self.iter().map(|district| district.kind.as_str()).collect();
        kinds.dedup();
        kinds
    }

    /// All districts, by kind and then smallest first.
    pub fn iter(&self) -> std::slice::Iter<'_, District> {
        self.districts.iter()
    }

    /// How many districts there are of all kinds together.
    pub fn len(&self) -> usize {
        self.districts.len()
    }

    /// Whether the government has drawn no districts at all.
    pub fn is_empty(&self) -> bool {
        self.districts.is_empty()
    }

    /// Indices of the districts that hold the point, in no order, some perhaps twice.
    fn holding(&self, point: Point) -> impl Iterator<Item = usize> + '_ {
        let position = point.position();
        self.parts
            .locate_all_at_point(position)
            .map(|part| part.data)
            .filter(move |place| self.polygon(*place).contains(position))
            .map(|place| place.district)
    }

    /// Polygons whose box meets the area.
    fn touching(&self, area: &BoundingBox) -> impl Iterator<Item = Place> + '_ {
        let area = AABB::from_corners(area.south_west().position(), area.north_east().position());
        self.parts.locate_in_envelope_intersecting(area).map(|part| part.data)
    }

    fn polygon(&self, place: Place) -> &Polygon {
        &self.districts[place.district].shape.polygons()[place.polygon]
    }
}

fn parts_of(index: usize, district: &District) -> impl Iterator<Item = Part> + '_ {
    district.shape.polygons().iter().enumerate().map(move |(polygon, land)| {
        let extent = land.extent();
        let area = Rectangle::from_corners(extent.least, extent.greatest);
        Part::new(area, Place { district: index, polygon })
    })
}
