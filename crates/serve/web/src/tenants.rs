//! Which jurisdiction a call is for, and its catalog, kept in memory.
//!
//! The catalog changes rarely and is read by every request, so it is held as one immutable value. At most
//! once a second its version in the database is compared; whoever finds it old loads the new one while
//! the others go on with what they have.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use access::JurisdictionId;
use catalog::{Catalog, CatalogError};
use db::Db;
use jiff::Timestamp;
use tokio::sync::Mutex;

/// How old our knowledge of the catalog's version may be, in microseconds.
const CHECK_EVERY_US: i64 = 1_000_000;

/// Every jurisdiction served, as far as anybody asked for it.
pub(crate) struct Tenants {
    default: Option<JurisdictionId>,
    directory: RwLock<Arc<Directory>>,
    directory_checked_us: AtomicI64,
    loaded: RwLock<HashMap<JurisdictionId, Arc<Loaded>>>,
    loading: Mutex<()>,
}

/// Who answers to which host name.
#[derive(Default)]
pub(crate) struct Directory {
    ids: Vec<JurisdictionId>,
    by_host: HashMap<String, JurisdictionId>,
    marked_default: Option<JurisdictionId>,
}

impl Directory {
    /// Everybody who is served.
    pub(crate) fn ids(&self) -> &[JurisdictionId] {
        &self.ids
    }

    /// Who answers to this host name, with or without a port.
    pub(crate) fn of_host(&self, host: Option<&str>) -> Option<&JurisdictionId> {
        let name = host.map(|host| host.rsplit_once(':').map_or(host, |(name, _)| name))?;
        self.by_host.get(&name.to_ascii_lowercase())
    }

    /// Whether somebody answers where nobody is named, given the operator's own choice.
    pub(crate) fn has_default(&self, chosen: Option<&JurisdictionId>) -> bool {
        chosen.is_some() || self.marked_default.is_some()
    }

    fn otherwise<'a>(&'a self, chosen: Option<&'a JurisdictionId>) -> Option<&'a JurisdictionId> {
        let only = match self.ids.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        chosen.or(self.marked_default.as_ref()).or(only)
    }
}

struct Loaded {
    catalog: Arc<Catalog>,
    checked_us: AtomicI64,
}

impl Loaded {
    fn new(catalog: Catalog, now: Timestamp) -> Self {
        Self { catalog: Arc::new(catalog), checked_us: AtomicI64::new(now.as_microsecond()) }
    }
}

/// True for the one caller who should look again now. A clock set back counts as time to look.
fn is_due(checked_us: &AtomicI64, now: Timestamp) -> bool {
    let (now_us, seen_us) = (now.as_microsecond(), checked_us.load(Ordering::Acquire));
    let due = now_us.wrapping_sub(seen_us).unsigned_abs() >= CHECK_EVERY_US.unsigned_abs();
    due && checked_us.compare_exchange(seen_us, now_us, Ordering::AcqRel, Ordering::Acquire).is_ok()
}

impl Tenants {
    pub(crate) fn new(default: Option<JurisdictionId>) -> Self {
        Self {
            default,
            directory: RwLock::default(),
            directory_checked_us: AtomicI64::new(i64::MIN / 2),
            loaded: RwLock::default(),
            loading: Mutex::default(),
        }
    }

    /// The jurisdiction of a call: named by its prefix, by its host name, or the default.
    pub(crate) async fn find(
        &self,
        db: &Db,
        now: Timestamp,
        prefix: Option<&JurisdictionId>,
        host: Option<&str>,
        names_it_later: bool,
    ) -> Result<Option<Arc<Catalog>>, CatalogError> {
        if is_due(&self.directory_checked_us, now) {
            self.read_directory(db).await?;
        }
        let directory = self.directory();
        let id = match prefix {
            Some(id) => directory.ids.contains(id).then_some(id),
            None => directory.of_host(host).or_else(|| directory.otherwise(self.default.as_ref())),
        };
        // A machine may name the jurisdiction in its call, which is read later.
        let id = id.or_else(|| directory.ids.first().filter(|_| names_it_later));
        match id {
            Some(id) => self.catalog(db, now, id).await.map(Some),
            None => Ok(None),
        }
    }

    /// Who is served, as far as we know this second.
    pub(crate) fn directory(&self) -> Arc<Directory> {
        self.directory.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The operator's own choice of a default.
    pub(crate) fn default(&self) -> Option<&JurisdictionId> {
        self.default.as_ref()
    }

    /// Looks at once next time: somebody changed something here.
    pub(crate) fn forget(&self, id: &JurisdictionId) {
        self.loaded.write().unwrap_or_else(PoisonError::into_inner).remove(id);
        self.directory_checked_us.store(i64::MIN / 2, Ordering::Release);
    }

    async fn read_directory(&self, db: &Db) -> Result<(), CatalogError> {
        let list = db.read(catalog::jurisdictions::list).await;
        let list = list.inspect_err(|_| self.directory_checked_us.store(i64::MIN / 2, Ordering::Release))?;
        let mut directory = Directory::default();
        for jurisdiction in list {
            for host in &jurisdiction.hosts {
                directory.by_host.insert(host.to_ascii_lowercase(), jurisdiction.id.clone());
            }
            if jurisdiction.is_default {
                directory.marked_default = Some(jurisdiction.id.clone());
            }
            directory.ids.push(jurisdiction.id);
        }
        *self.directory.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(directory);
        Ok(())
    }

    /// The catalog of one of those who are served.
    pub(crate) async fn catalog(
        &self,
        db: &Db,
        now: Timestamp,
        id: &JurisdictionId,
    ) -> Result<Arc<Catalog>, CatalogError> {
        match self.known(id) {
            Some(loaded) if !is_due(&loaded.checked_us, now) => Ok(loaded.catalog.clone()),
            Some(loaded) => self.checked(db, now, id, &loaded).await,
            None => self.first_load(db, now, id).await,
        }
    }

    fn known(&self, id: &JurisdictionId) -> Option<Arc<Loaded>> {
        self.loaded.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    async fn checked(
        &self,
        db: &Db,
        now: Timestamp,
        id: &JurisdictionId,
        loaded: &Loaded,
    ) -> Result<Arc<Catalog>, CatalogError> {
        let asked = id.clone();
        match db.read(move |tx| catalog::version(tx, &asked)).await {
            Ok(version) if version == loaded.catalog.version() => Ok(loaded.catalog.clone()),
            Ok(_) => self.load(db, now, id).await,
            // The store may be back in a moment; until then yesterday's catalog is better than none.
            Err(error) => {
                tracing::warn!(%error, "could not look for a newer catalog");
                Ok(loaded.catalog.clone())
            }
        }
    }

    async fn first_load(
        &self,
        db: &Db,
        now: Timestamp,
        id: &JurisdictionId,
    ) -> Result<Arc<Catalog>, CatalogError> {
        let _turn = self.loading.lock().await;
        match self.known(id) {
            Some(loaded) => Ok(loaded.catalog.clone()),
            None => self.load(db, now, id).await,
        }
    }

    async fn load(&self, db: &Db, now: Timestamp, id: &JurisdictionId) -> Result<Arc<Catalog>, CatalogError> {
        let asked = id.clone();
        let catalog = db.read(move |tx| Catalog::load(tx, &asked)).await?;
        let loaded = Arc::new(Loaded::new(catalog, now));
        let catalog = loaded.catalog.clone();
        self.loaded.write().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), loaded);
        Ok(catalog)
    }
}
