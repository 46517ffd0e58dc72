//! What every handler can reach: the store, the clock, the files and the settings.

use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use access::SealingKey;
use access::passwords::Hashing;
use db::Db;
use jiff::Timestamp;
use tokio::sync::Semaphore;

use crate::disk::{Disk, FreeShare};
use crate::key_ring::KeyRing;
use crate::live::{LiveLimits, Streams};
use crate::load::{Ceilings, Load};
use crate::map::base_tiles::BaseTiles;
use crate::map::pins::PinBoard;
use crate::map::town_maps::TownMaps;
use crate::rates::{Buckets, Rates};
use crate::serve::ConnectionLimits;
use crate::tenants::Tenants;

/// The time of day; the executable gives the real one, tests one they can set.
pub trait Clock: Send + Sync {
    /// This instant.
    fn now(&self) -> Timestamp;
}

/// Gives the text of `/metrics`; the executable knows who collects them.
pub type MetricsText = Arc<dyn Fn() -> String + Send + Sync>;

/// Which messages can leave this program; pages promise no others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sends {
    /// E-mail.
    pub email: bool,
    /// Text messages.
    pub sms: bool,
}

/// What an operator may set about serving.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The jurisdiction of host names nobody claims. With none given, the only jurisdiction there is.
    pub default_jurisdiction: Option<access::JurisdictionId>,
    /// Proxies in front of us, whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How often one source or key may call.
    pub rates: Rates,
    /// How many requests of each class may be answered at once.
    pub ceilings: Ceilings,
    /// What pages that hear of changes may take.
    pub live: LiveLimits,
    /// What connections may take.
    pub connections: ConnectionLimits,
    /// How long what a person or a program reads may take (OVL-09); writing is not limited.
    pub read_within: Duration,
    /// Whether `/metrics` answers other machines too.
    pub metrics_for_everybody: bool,
    /// The address people reach us at, such as `https://311.example`; for links in answers to machines.
    /// Without it, the `Host` of each call is used.
    pub public_url: Option<String>,
    /// What hashing a password costs.
    pub hashing: Hashing,
    /// Which messages are sent. Without a sender they wait in the outbox, and pages say so.
    pub sends: Sends,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            default_jurisdiction: None,
            trusted_proxies: Vec::new(),
            rates: Rates::default(),
            ceilings: Ceilings::default(),
            live: LiveLimits::default(),
            connections: ConnectionLimits::default(),
            read_within: Duration::from_secs(5),
            metrics_for_everybody: false,
            public_url: None,
            hashing: Hashing::STANDARD,
            sends: Sends::default(),
        }
    }
}

/// Tells where a jurisdiction's audit chain ended when that was last noted outside the database; may read a file.
pub type NotedChains =
    Arc<dyn Fn(&access::JurisdictionId) -> Option<access::audit::Checkpoint> + Send + Sync>;

/// The parts an [`App`] is made from.
pub struct Parts {
    /// The database, already migrated.
    pub db: Db,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where photos and files are kept.
    pub files: requests::FileStore,
    /// What seals secrets that have to be read again.
    pub sealing: SealingKey,
    /// The operator's settings.
    pub settings: Settings,
    /// How much room the disks have, when somebody can tell.
    pub free_share: Option<FreeShare>,
    /// The text of `/metrics`, when somebody collects them.
    pub metrics: Option<MetricsText>,
    /// Where the audit chains ended when that was last noted, when somebody notes it.
    pub noted_chains: Option<NotedChains>,
}

/// The application: cheap to clone, shared by every request.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What an [`App`] holds.
pub struct Inner {
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) files: requests::FileStore,
    pub(crate) sealing: SealingKey,
    pub(crate) settings: Settings,
    pub(crate) metrics: Option<MetricsText>,
    pub(crate) noted_chains: Option<NotedChains>,
    pub(crate) tenants: Tenants,
    pub(crate) town_maps: TownMaps,
    pub(crate) base_tiles: BaseTiles,
    pub(crate) pin_board: PinBoard,
    pub(crate) keys: KeyRing,
    pub(crate) buckets: Buckets,
    pub(crate) load: Load,
    pub(crate) streams: Arc<Streams>,
    pub(crate) disk: Disk,
    /// Password hashing is slow on purpose: only so many at once.
    pub(crate) hashing: Semaphore,
    /// Decoding a photo takes memory: only so many at once.
    pub(crate) decoding: Semaphore,
    faults: AtomicU64,
}

const HASHES_AT_ONCE: usize = 2;
const DECODES_AT_ONCE: usize = 2;

impl App {
    /// Puts the parts together. Touches neither the database nor the network.
    pub fn new(parts: Parts) -> App {
        let Parts { db, clock, files, sealing, settings, free_share, metrics, noted_chains } = parts;
        App(Arc::new(Inner {
            tenants: Tenants::new(settings.default_jurisdiction.clone()),
            town_maps: TownMaps::default(),
            base_tiles: BaseTiles::default(),
            pin_board: PinBoard::default(),
            keys: KeyRing::default(),
            buckets: Buckets::default(),
            load: Load::new(settings.ceilings),
            streams: Streams::new(settings.live),
            disk: Disk::new(free_share),
            hashing: Semaphore::new(HASHES_AT_ONCE),
            decoding: Semaphore::new(DECODES_AT_ONCE),
            faults: AtomicU64::new(1),
            db: db.limited(settings.read_within),
            clock,
            files,
            sealing,
            settings,
            metrics,
            noted_chains,
        }))
    }

    /// A name for one failure, to find it in the log: the instant and a running number.
    pub(crate) fn correlation_id(&self) -> String {
        let running = self.0.faults.fetch_add(1, Ordering::Relaxed);
        format!("{:x}-{running:x}", self.0.clock.now().as_microsecond())
    }
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
