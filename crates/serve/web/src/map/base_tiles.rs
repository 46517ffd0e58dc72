//! `GET /tiles/{z}/{x}/{y}.mvt`: streets, parks, water, landmarks, addresses and the borders of districts.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use access::JurisdictionId;
use axum::extract::Path;
use axum::response::Response;
use catalog::Catalog;
use http::HeaderMap;
use places::TownMap;
use tiles::{Drawing, Layer, Tag, TileId, encode};

use super::tile_answer::{Packed, tile_id};
use crate::refusal::Refusal;
use crate::visit::Visit;

/// Towns change their maps rarely, and a tile that is ten minutes old does no harm.
const KEEP: &str = "public, max-age=600";

/// Memory for tiles that were cut already.
const BYTES_MAX: usize = 48 * 1024 * 1024;

/// Which drawing a tile was cut from: the map and the catalog at a version.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    jurisdiction: JurisdictionId,
    map: i64,
    catalog: i64,
    tile: TileId,
}

/// Tiles that were cut, the oldest dropped first.
#[derive(Default)]
pub(crate) struct BaseTiles {
    kept: Mutex<KeptTiles>,
    borders: Mutex<HashMap<JurisdictionId, Borders>>,
}

#[derive(Default)]
struct KeptTiles {
    tiles: HashMap<Key, Packed>,
    order: VecDeque<Key>,
    bytes: usize,
}

/// The version of a catalog, and its borders.
type Borders = (i64, Arc<Vec<Border>>);

/// The border of one district, projected.
struct Border {
    kind: String,
    code: String,
    name: String,
    form: Drawing,
}

/// `GET /tiles/{z}/{x}/{name}`
pub(crate) async fn show(
    visit: Visit,
    Path((z, x, name)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let tile = tile_id(&z, &x, &name)?;
    let map = visit.app.town_maps.of(&visit).await?;
    let key = Key {
        jurisdiction: visit.jurisdiction().clone(),
        map: map.version(),
        catalog: visit.catalog.version(),
        tile,
    };
    let tiles = &visit.app.base_tiles;
    if let Some(kept) = tiles.kept(&key) {
        return Ok(kept.answer(&headers, KEEP));
    }
    let borders = tiles.borders(&visit.catalog);
    // Cutting takes milliseconds of pure computation; other calls go on meanwhile.
    let cut = tokio::task::spawn_blocking(move || Packed::new(cut(&map, &borders, tile))).await;
    let packed = cut.map_err(|error| Refusal::broken(&visit.app, &error))?;
    tiles.keep(key, packed.clone());
    Ok(packed.answer(&headers, KEEP))
}

fn cut(map: &TownMap, borders: &[Border], tile: TileId) -> Vec<u8> {
    let mut layers = map.layers(tile);
    let mut districts = Layer::new("districts", tile);
    for border in borders {
        let tags = [
            ("kind", Tag::Text(&border.kind)),
            ("code", Tag::Text(&border.code)),
            ("name", Tag::Text(&border.name)),
        ];
        districts.add(None, &border.form, &tags);
    }
    layers.push(districts);
    encode(&layers)
}

impl BaseTiles {
    fn kept(&self, key: &Key) -> Option<Packed> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).tiles.get(key).cloned()
    }

    fn keep(&self, key: Key, packed: Packed) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes += packed.len();
        if let Some(before) = kept.tiles.insert(key.clone(), packed) {
            kept.bytes -= before.len();
        } else {
            kept.order.push_back(key);
        }
        while kept.bytes > BYTES_MAX {
            let Some(oldest) = kept.order.pop_front() else { break };
            kept.bytes -= kept.tiles.remove(&oldest).map_or(0, |tile| tile.len());
        }
    }

    /// The borders of a catalog, projected once for each of its versions.
    fn borders(&self, catalog: &Catalog) -> Arc<Vec<Border>> {
        let mut known = self.borders.lock().unwrap_or_else(PoisonError::into_inner);
        let id = &catalog.jurisdiction.id;
        if let Some((_, borders)) = known.get(id).filter(|(version, _)| *version == catalog.version()) {
            return borders.clone();
        }
        let border = |district: &geography::District| Border {
            kind: district.kind.clone(),
            code: district.code.clone(),
            name: district.name.clone().unwrap_or_else(|| district.code.clone()),
            form: Drawing::areas(district.shape.rings()),
        };
        let borders: Arc<Vec<Border>> = Arc::new(catalog.districts().iter().map(border).collect());
        known.insert(id.clone(), (catalog.version(), borders.clone()));
        borders
    }
}
