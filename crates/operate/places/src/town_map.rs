//! The whole map of one jurisdiction as a value in memory: it finds places and cuts tiles.

use std::collections::BTreeMap;

use access::JurisdictionId;
use db::Tx;
use geography::{AddressPoint, BoundingBox, Gazetteer, Geometry, Landmark, Point, StreetSegment};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use tiles::{Drawing, Layer, Tag, TileId, unproject};

use crate::error::PlacesError;
use crate::feature::{FeatureKind, MapFeature};
use crate::store;

/// Everything drawn, as it was at one [`version`](TownMap::version).
#[derive(Debug)]
pub struct TownMap {
    version: i64,
    gazetteer: Gazetteer,
    sheets: BTreeMap<FeatureKind, Sheet>,
}

/// All features of one kind, with an index of their boxes.
#[derive(Debug, Default)]
struct Sheet {
    drawn: Vec<Drawn>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

#[derive(Debug)]
struct Drawn {
    form: Drawing,
    /// Where the name of a landmark stands; only there for those that are drawn as land.
    anchor: Option<Drawing>,
    name: String,
    sort: String,
    main: bool,
}

impl TownMap {
    /// Loads the map of one jurisdiction; an empty one where nothing is drawn.
    ///
    /// # Errors
    /// [`PlacesError::TooLarge`], or the store's.
    pub fn load(tx: &mut Tx<'_>, jurisdiction: &JurisdictionId) -> Result<TownMap, PlacesError> {
        // The version first: a change that arrives during loading then looks newer than what was loaded.
        let version = store::version(tx, jurisdiction)?;
        Ok(TownMap::new(version, store::all(tx, jurisdiction)?))
    }

    fn new(version: i64, features: Vec<(FeatureKind, MapFeature)>) -> TownMap {
        let gazetteer = gazetteer(&features);
        let mut drawn: BTreeMap<FeatureKind, Vec<Drawn>> = BTreeMap::new();
        for (kind, feature) in features {
            drawn.entry(kind).or_default().push(Drawn::of(feature));
        }
        let sheets = drawn.into_iter().map(|(kind, drawn)| (kind, Sheet::new(drawn))).collect();
        TownMap { version, gazetteer, sheets }
    }

    /// The number of the change after which this was loaded.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// Finds places by name and names points.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// How many features of a kind there are.
    pub fn count(&self, kind: FeatureKind) -> usize {
        self.sheets.get(&kind).map_or(0, |sheet| sheet.drawn.len())
    }

    /// The box around everything drawn; `None` on an empty map.
    pub fn bounds(&self) -> Option<BoundingBox> {
        let extents =
            self.sheets.values().flat_map(|sheet| &sheet.drawn).filter_map(|drawn| drawn.form.extent());
        let [low, high] = extents.reduce(|[low, high], [other_low, other_high]| {
            let least = [0, 1].map(|axis| f64::min(low[axis], other_low[axis]));
            [least, [0, 1].map(|axis| f64::max(high[axis], other_high[axis]))]
        })?;
        // Rows of the world square count from the north.
        let corner = |x, y| {
            let [longitude, latitude] = unproject([x, y]);
            Point::new(latitude, longitude).ok()
        };
        BoundingBox::new(corner(low[0], high[1])?, corner(high[0], low[1])?).ok()
    }

    /// The layers of one tile: `parks`, `water`, `streets`, `landmarks`, `addresses`, `assets`, each only at zooms at
    /// which it helps.
    pub fn layers(&self, tile: TileId) -> Vec<Layer> {
        self.sheets.iter().filter_map(|(kind, sheet)| sheet.layer(*kind, tile)).collect()
    }
}

/// The name of the layer of a kind, and the zoom from which it is cut.
fn layer_of(kind: FeatureKind) -> (&'static str, u8) {
    match kind {
        FeatureKind::Street => ("streets", 9),
        FeatureKind::Park => ("parks", 9),
        FeatureKind::Water => ("water", 6),
        FeatureKind::Landmark => ("landmarks", 14),
        FeatureKind::Address => ("addresses", 17),
        FeatureKind::Asset => ("assets", 17),
    }
}

/// The zoom from which every lane is drawn, not only main roads.
const LANES_FROM_ZOOM: u8 = 12;

impl Sheet {
    fn new(drawn: Vec<Drawn>) -> Sheet {
        let boxes = drawn.iter().enumerate().filter_map(|(nth, drawn)| {
            let [low, high] = drawn.form.extent()?;
            Some(GeomWithData::new(Rectangle::from_corners(low, high), nth))
        });
        let boxes = RTree::bulk_load(boxes.collect());
        Sheet { drawn, boxes }
    }

    fn layer(&self, kind: FeatureKind, tile: TileId) -> Option<Layer> {
        let (name, from_zoom) = layer_of(kind);
        if tile.z() < from_zoom {
            return None;
        }
        let [low, high] = tile.corners();
        // The rim reaches a little into the neighbours.
        let rim = (high[0] - low[0]) / 32.0;
        let area = AABB::from_corners(low.map(|least| least - rim), high.map(|most| most + rim));
        let mut found: Vec<usize> =
            self.boxes.locate_in_envelope_intersecting(area).map(|part| part.data).collect();
        // The order of the file, so that the same map gives the same bytes.
        found.sort_unstable();
        let mut layer = Layer::new(name, tile);
        let is_shown =
            |drawn: &&Drawn| kind != FeatureKind::Street || drawn.main || tile.z() >= LANES_FROM_ZOOM;
        for drawn in found.into_iter().map(|nth| &self.drawn[nth]).filter(is_shown) {
            let tags = drawn.tags();
            layer.add(None, &drawn.form, &tags);
            if let Some(anchor) = &drawn.anchor {
                layer.add(None, anchor, &tags);
            }
        }
        Some(layer)
    }
}

impl Drawn {
    fn of(feature: MapFeature) -> Drawn {
        let is_land = matches!(feature.geometry, Geometry::Land(_));
        let anchor = is_land.then(|| Drawing::points([position(feature.geometry.anchor())]));
        Drawn {
            form: drawing(&feature.geometry),
            anchor,
            name: feature.name.unwrap_or_default(),
            sort: feature.sort.unwrap_or_default(),
            main: feature.details.main,
        }
    }

    fn tags(&self) -> Vec<(&'static str, Tag<'_>)> {
        let mut tags = Vec::with_capacity(3);
        if !self.name.is_empty() {
            tags.push(("name", Tag::Text(&self.name)));
        }
        if !self.sort.is_empty() {
            tags.push(("sort", Tag::Text(&self.sort)));
        }
        if self.main {
            tags.push(("main", Tag::Flag(true)));
        }
        tags
    }
}

fn position(point: Point) -> [f64; 2] {
    [point.longitude(), point.latitude()]
}

fn drawing(geometry: &Geometry) -> Drawing {
    match geometry {
        Geometry::Points(points) => Drawing::points(points.iter().copied().map(position)),
        Geometry::Lines(lines) => {
            Drawing::lines(lines.iter().map(|line| line.iter().copied().map(position).collect()))
        }
        Geometry::Land(shape) => Drawing::areas(shape.rings()),
    }
}

/// Streets, and everything with a name: parks and rivers are landmarks for people.
fn gazetteer(features: &[(FeatureKind, MapFeature)]) -> Gazetteer {
    let mut segments: Vec<StreetSegment> = Vec::new();
    let (mut landmarks, mut addresses) = (Vec::new(), Vec::new());
    for (kind, feature) in features {
        let Some(name) = feature.name.clone() else { continue };
        match kind {
            FeatureKind::Street => segments.extend(feature.segments()),
            FeatureKind::Park | FeatureKind::Water | FeatureKind::Landmark => {
                landmarks.push(Landmark { name, point: feature.geometry.anchor() });
            }
            FeatureKind::Address => {
                let (zip, point) = (feature.details.zip.clone(), feature.geometry.anchor());
                addresses.push(AddressPoint { address: name, zip, point });
            }
            FeatureKind::Asset => {}
        }
    }
    Gazetteer::new(segments, landmarks, addresses)
}
