//! API keys that were looked up a moment ago.
//!
//! A busy integration presents the same key thousands of times a second. Who holds it is remembered for at
//! most five seconds, so that a revoked key is dead everywhere within that time (AUTH-10). Only a hash of
//! what was presented is kept.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use access::{JurisdictionId, KeyHolder};
use db::Db;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

const REMEMBER: SignedDuration = SignedDuration::from_secs(4);
/// More keys than any city gives out; a flood of made-up ones is not remembered.
const KEYS_MAX: usize = 1_024;

/// The keys known just now.
#[derive(Default)]
pub(crate) struct KeyRing(RwLock<HashMap<[u8; 32], Known>>);

#[derive(Clone)]
struct Known {
    holder: Arc<KeyHolder>,
    at: Timestamp,
}

impl KeyRing {
    /// Who holds this key, if anybody may still use it.
    pub(crate) async fn find(
        &self,
        db: &Db,
        now: Timestamp,
        jurisdiction: &JurisdictionId,
        presented: &str,
    ) -> Result<Option<Arc<KeyHolder>>, db::Error> {
        let hash = fingerprint(jurisdiction, presented);
        if let Some(holder) = self.remembered(&hash, now) {
            return Ok(Some(holder));
        }
        let (home, text) = (jurisdiction.clone(), presented.to_owned());
        let found = db.read(move |tx| access::keys::find(tx, now, &home, &text)).await?;
        let Some(holder) = found.map(Arc::new) else {
            return Ok(None);
        };
        if holder.is_due_to_be_touched(now) {
            let used = holder.clone();
            db.write(move |tx| access::keys::touch(tx, now, &used)).await?;
        }
        self.remember(hash, holder.clone(), now);
        Ok(Some(holder))
    }

    fn remembered(&self, hash: &[u8; 32], now: Timestamp) -> Option<Arc<KeyHolder>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(hash).cloned()?;
        let age = now.duration_since(known.at);
        (age >= SignedDuration::ZERO && age < REMEMBER).then_some(known.holder)
    }

    fn remember(&self, hash: [u8; 32], holder: Arc<KeyHolder>, now: Timestamp) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEYS_MAX {
            known.clear();
        }
        known.insert(hash, Known { holder, at: now });
    }
}

/// A key of one jurisdiction is nothing in another, so the jurisdiction is part of what is remembered.
fn fingerprint(jurisdiction: &JurisdictionId, presented: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(jurisdiction.as_str().as_bytes());
    hash.update([0]);
    hash.update(presented.as_bytes());
    hash.finalize().into()
}
