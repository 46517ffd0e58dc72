//! The public requests of each town as pins, kept in memory.
//!
//! A map asks for a dozen tiles at every move, each a count over perhaps a million requests by any filter. Counting in
//! the database takes a tenth of a second; counting over a plain list in memory takes a millisecond or two. The list is
//! half a minute old at most before somebody's question makes it new. What it says is only counted: every request that
//! is shown by itself is read from the store, so that one hidden a moment ago is not shown (PRIV-02).

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use access::JurisdictionId;
use catalog::ServiceId;
use jiff::SignedDuration;
use requests::{PublicPin, RequestId};
use tokio::sync::Mutex;

use crate::refusal::Refusal;
use crate::visit::Visit;

/// A list older than this is made new behind the back of whoever asks.
const FRESH: SignedDuration = SignedDuration::from_secs(30);
/// A list older than this is not used at all: after a quiet time the first one to ask waits for a new one.
const USABLE: SignedDuration = SignedDuration::from_mins(5);

/// The pins of one town at one moment, the newest request first.
pub(crate) struct Pins {
    pub(crate) list: Vec<Pin>,
    taken_at: jiff::Timestamp,
    catalog: i64,
    is_being_renewed: AtomicBool,
}

/// One pin.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pin {
    pub(crate) id: RequestId,
    pub(crate) service: ServiceId,
    /// Where it is on the world square, in 2^32 steps each way.
    pub(crate) at: [u32; 2],
    pub(crate) is_open: bool,
    pub(crate) is_exact: bool,
}

/// The pins of the towns somebody asked for.
#[derive(Default)]
pub(crate) struct PinBoard {
    kept: RwLock<HashMap<JurisdictionId, Arc<Pins>>>,
    loading: Mutex<()>,
}

/// Steps of the world square.
pub(crate) const STEPS: f64 = 4_294_967_296.0;

impl PinBoard {
    /// The pins of the town that is visited.
    pub(crate) async fn of(&self, visit: &Visit) -> Result<Arc<Pins>, Refusal> {
        match self.usable(visit) {
            Some(pins) => {
                if pins.age(visit) > FRESH && !pins.is_being_renewed.swap(true, Ordering::AcqRel) {
                    renew_behind(visit.clone());
                }
                Ok(pins)
            }
            None => {
                let _turn = self.loading.lock().await;
                match self.usable(visit) {
                    Some(pins) => Ok(pins),
                    None => self.load(visit).await,
                }
            }
        }
    }

    /// Takes one request off at once: somebody hid it here.
    pub(crate) fn remove(&self, jurisdiction: &JurisdictionId, request: RequestId) {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        let Some(pins) = kept.get(jurisdiction) else { return };
        let list = pins.list.iter().filter(|pin| pin.id != request).copied().collect();
        let without = Pins {
            list,
            taken_at: pins.taken_at,
            catalog: pins.catalog,
            is_being_renewed: AtomicBool::new(false),
        };
        kept.insert(jurisdiction.clone(), Arc::new(without));
    }

    /// A change of the catalog may have changed what is public.
    fn usable(&self, visit: &Visit) -> Option<Arc<Pins>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let pins = kept.get(visit.jurisdiction())?;
        (pins.catalog == visit.catalog.version() && pins.age(visit) <= USABLE).then(|| pins.clone())
    }

    async fn load(&self, visit: &Visit) -> Result<Arc<Pins>, Refusal> {
        let id = visit.jurisdiction().clone();
        let read = visit.app.db.read(move |tx| requests::public_pins(tx, &id)).await;
        let read = read.map_err(|error| Refusal::request(&visit.app, &error))?;
        let (taken_at, catalog) = (visit.now, visit.catalog.version());
        let list = tokio::task::spawn_blocking(move || placed(&read)).await;
        let list = list.map_err(|error| Refusal::broken(&visit.app, &error))?;
        let pins = Arc::new(Pins { list, taken_at, catalog, is_being_renewed: AtomicBool::new(false) });
        let id = visit.jurisdiction().clone();
        self.kept.write().unwrap_or_else(PoisonError::into_inner).insert(id, pins.clone());
        Ok(pins)
    }
}

fn renew_behind(visit: Visit) {
    tokio::spawn(async move {
        // What failed is in the log; the list is renewed by whoever asks once it is too old to be used.
        let _ = visit.app.pin_board.load(&visit).await;
    });
}

fn placed(pins: &[PublicPin]) -> Vec<Pin> {
    let mut list: Vec<Pin> = pins.iter().map(Pin::of).collect();
    list.sort_unstable_by_key(|pin| std::cmp::Reverse(pin.id));
    list
}

impl Pins {
    /// A clock that was set back makes the list old.
    fn age(&self, visit: &Visit) -> SignedDuration {
        visit.now.duration_since(self.taken_at).abs()
    }
}

impl Pin {
    fn of(pin: &PublicPin) -> Pin {
        let at = tiles::project([pin.point.longitude(), pin.point.latitude()]);
        Pin { id: pin.id, service: pin.service, at: steps(at), is_open: pin.is_open, is_exact: pin.is_exact }
    }

    /// Where it is on the world square.
    pub(crate) fn position(&self) -> [f64; 2] {
        self.at.map(|step| f64::from(step) / STEPS)
    }
}

/// A position of the world square in steps; the cast keeps what lies outside on the rim.
pub(crate) fn steps(position: [f64; 2]) -> [u32; 2] {
    position.map(|along| (along * STEPS) as u32)
}
