//! Sending something twice without doing it twice.
//!
//! A caller may name its request with a key of its own choice. The first use is remembered for seven days in
//! the transaction of its effect; a second use with the same content answers the first result, one with other
//! content is refused. A tracking secret must be answered again too, although we keep only its hash: it is
//! stored sealed with the key, which only the caller has.

use access::{Actor, JurisdictionId};
use db::{Tx, params};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::error::RequestError;
use crate::request::RequestId;

/// How long a key is remembered.
pub const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

const KEY_LETTERS_MAX: usize = 255;

/// A caller's name for one attempt, with a digest of what was sent under it.
#[derive(Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    key: String,
    body_hash: [u8; 32],
}

impl IdempotencyKey {
    /// The key of the `Idempotency-Key` header and the whole body that came with it.
    ///
    /// # Errors
    /// [`RequestError::BadIdempotencyKey`].
    pub fn new(key: &str, body: &[u8]) -> Result<Self, RequestError> {
        let printable = key.chars().all(|c| c.is_ascii_graphic() || c == ' ');
        if key.is_empty() || key.len() > KEY_LETTERS_MAX || !printable {
            return Err(RequestError::BadIdempotencyKey);
        }
        Ok(Self { key: key.to_owned(), body_hash: Sha256::digest(body).into() })
    }

    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.key.as_bytes()).to_vec()
    }

    /// Seals and opens: the same sixteen bytes are mixed in twice.
    fn seal(&self, secret: [u8; 16], caller: &str) -> [u8; 16] {
        let pad = Sha256::new()
            .chain_update("tracking\0")
            .chain_update(caller)
            .chain_update([0])
            .chain_update(&self.key);
        let pad: [u8; 32] = pad.finalize().into();
        std::array::from_fn(|i| secret[i] ^ pad[i])
    }
}

/// Keys can open what was created under them, so they are not shown.
impl std::fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdempotencyKey(…)")
    }
}

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) request: RequestId,
    pub(crate) secret: [u8; 16],
}

const FORGET: &str = "
    delete from request_idempotency
    where jurisdiction_id = $1 and caller = $2 and key_hash = $3 and at < $4";

const CLAIM: &str = "
    insert into request_idempotency (jurisdiction_id, caller, key_hash, body_hash, request_id, sealed_secret, at)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (jurisdiction_id, caller, key_hash) do nothing";

const EARLIER: &str = "
    select body_hash, request_id, sealed_secret from request_idempotency
    where jurisdiction_id = $1 and caller = $2 and key_hash = $3";

/// Claims a key for what is about to be created; answers the earlier claim when there is one.
pub(crate) fn claim(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    key: &IdempotencyKey,
    new: &Claim,
) -> Result<Option<Claim>, RequestError> {
    let caller = by.label();
    let hash = key.hash();
    tx.exec(FORGET, params![jurisdiction, caller, hash, now - KEPT])?;
    // A second caller waits here until the first has committed, and then finds its row.
    let sealed = key.seal(new.secret, &caller).to_vec();
    let claimed = tx.exec(
        CLAIM,
        params![jurisdiction, caller, hash, key.body_hash.as_slice(), new.request, sealed, now],
    )?;
    if claimed == 1 {
        return Ok(None);
    }
    let earlier = tx.query_one(EARLIER, params![jurisdiction, caller, hash], |row| {
        Ok((row.get::<Vec<u8>>(0)?, row.get(1)?, row.get::<Vec<u8>>(2)?))
    })?;
    opened(key, &caller, earlier).map(Some)
}

fn opened(
    key: &IdempotencyKey,
    caller: &str,
    (body_hash, request, sealed): (Vec<u8>, RequestId, Vec<u8>),
) -> Result<Claim, RequestError> {
    if body_hash != key.body_hash {
        return Err(RequestError::IdempotencyKeyReused);
    }
    let sealed = <[u8; 16]>::try_from(sealed).map_err(|_| RequestError::IdempotencyKeyReused)?;
    Ok(Claim { request, secret: key.seal(sealed, caller) })
}

/// Claims a key for an update of `request` that another system sends; `false` when it was claimed before, and the
/// update therefore already happened.
///
/// # Errors
/// [`RequestError::IdempotencyKeyReused`] when the key stands for another content, or the store's.
pub fn is_first(
    tx: &mut Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    key: &IdempotencyKey,
    request: RequestId,
) -> Result<bool, RequestError> {
    Ok(claim(tx, now, by, jurisdiction, key, &Claim { request, secret: [0; 16] })?.is_none())
}

/// Forgets keys that are old enough; answers how many. At most `limit` a call.
///
/// # Errors
/// The store's.
pub fn sweep(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<u64, RequestError> {
    const SWEEP: &str = "
        delete from request_idempotency
        where (jurisdiction_id, caller, key_hash) in (
            select jurisdiction_id, caller, key_hash from request_idempotency where at < $1 order by at limit $2)";
    Ok(tx.exec(SWEEP, params![now - KEPT, limit])?)
}
