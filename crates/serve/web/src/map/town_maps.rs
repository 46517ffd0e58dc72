//! The map of each town, kept in memory and looked at again when it is a second old.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use access::JurisdictionId;
use places::TownMap;
use tokio::sync::Mutex;

use crate::refusal::Refusal;
use crate::visit::Visit;

/// How old our knowledge of the map's version may be, in microseconds.
const CHECK_EVERY_US: i64 = 1_000_000;

/// The maps somebody asked for.
#[derive(Default)]
pub(crate) struct TownMaps {
    kept: RwLock<HashMap<JurisdictionId, Arc<Kept>>>,
    /// One loads, the others wait for it.
    loading: Mutex<()>,
}

struct Kept {
    map: Arc<TownMap>,
    checked_us: AtomicI64,
}

impl TownMaps {
    /// The map of the town that is visited, no older than a second.
    pub(crate) async fn of(&self, visit: &Visit) -> Result<Arc<TownMap>, Refusal> {
        let now_us = visit.now.as_microsecond();
        match self.known(visit.jurisdiction()) {
            Some(kept) if !kept.is_due(now_us) => Ok(kept.map.clone()),
            Some(kept) => {
                let id = visit.jurisdiction().clone();
                let version = visit.app.db.read(move |tx| places::version(tx, &id)).await;
                match version.map_err(|error| Refusal::map(&visit.app, &error))? {
                    version if version == kept.map.version() => Ok(kept.map.clone()),
                    _ => self.load(visit).await,
                }
            }
            None => {
                let _turn = self.loading.lock().await;
                match self.known(visit.jurisdiction()) {
                    Some(kept) => Ok(kept.map.clone()),
                    None => self.load(visit).await,
                }
            }
        }
    }

    fn known(&self, id: &JurisdictionId) -> Option<Arc<Kept>> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    async fn load(&self, visit: &Visit) -> Result<Arc<TownMap>, Refusal> {
        let id = visit.jurisdiction().clone();
        let loaded = visit.app.db.read(move |tx| TownMap::load(tx, &id)).await;
        let map = Arc::new(loaded.map_err(|error| Refusal::map(&visit.app, &error))?);
        let kept = Kept { map: map.clone(), checked_us: AtomicI64::new(visit.now.as_microsecond()) };
        let id = visit.jurisdiction().clone();
        self.kept.write().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::new(kept));
        Ok(map)
    }
}

impl Kept {
    /// True for the one caller who should look again now. A clock set back counts as time to look.
    fn is_due(&self, now_us: i64) -> bool {
        let seen_us = self.checked_us.load(Ordering::Acquire);
        let due = now_us.wrapping_sub(seen_us).unsigned_abs() >= CHECK_EVERY_US.unsigned_abs();
        due && self.checked_us.compare_exchange(seen_us, now_us, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}
