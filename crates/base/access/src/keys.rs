//! API keys: how another system says who it is.
//!
//! A key reads `tl_PREFIX_SECRET`. The prefix is not secret: lists and audit entries show it, and it
//! finds the row. The secret has 256 random bits, is shown once, and only its hash is stored (AUTH-10).

use std::collections::BTreeSet;

use data_encoding::{BASE32_NOPAD, Encoding, Specification};
use jiff::Timestamp;
use subtle::ConstantTimeEq;

use crate::AccessError;
use crate::actor::{Actor, KeyHolder};
use crate::audit::{self, Entry};
use crate::jurisdiction::JurisdictionId;
use crate::permission::{self, Permission, Scope};
use crate::secret::fingerprint;

db::uuid_type!(
    /// Names one API key; of no use without its secret.
    pub struct KeyId
);

/// Most keys that a list shows.
const LIST_MAX: i64 = 500;

/// A key that was just made.
#[derive(Clone, PartialEq, Eq)]
pub struct NewKey {
    /// Which.
    pub id: KeyId,
    /// The whole key. This is the only time it can be seen.
    pub key: String,
}

impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A key as the settings pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Which.
    pub id: KeyId,
    /// The part that may be shown.
    pub prefix: String,
    /// What the administrator called it.
    pub label: String,
    /// What it was made for, in the order of [`Scope::ALL`].
    pub scopes: Vec<Scope>,
    /// Who made it, as [`Actor::label`] writes it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// From when on it is refused, if ever.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
    /// Since when it is refused for good.
    pub revoked_at: Option<Timestamp>,
}

/// Makes a key.
///
/// # Errors
/// Without [`Permission::ManageKeys`] or a fresh sign-in, without a scope, or with an expiry that has passed.
pub fn add(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    label: &str,
    scopes: &[Scope],
    expires_at: Option<Timestamp>,
) -> Result<NewKey, AccessError> {
    const ADD: &str = "
        insert into api_key
            (jurisdiction_id, id, prefix, key_hash, label, scopes, created_by, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    by.require(jurisdiction, Permission::ManageKeys)?;
    by.require_fresh(now)?;
    let scopes = some_scopes(scopes)?;
    if expires_at.is_some_and(|at| at <= now) {
        return Err(AccessError::ExpiryPassed);
    }
    let id = KeyId::from(tx.new_id(now));
    let Written { prefix, key } = Written::new(tx.random(), tx.random());
    let hash = fingerprint(key.as_bytes());
    tx.exec_one(
        ADD,
        db::params![jurisdiction, id, prefix, hash, label, scopes, by.label(), now, expires_at],
    )?;
    record(
        tx,
        now,
        by,
        jurisdiction,
        &prefix,
        "key.added",
        serde_json::json!({ "scopes": scopes }).to_string(),
    )?;
    Ok(NewKey { id, key })
}

/// The caller behind a presented key, unless it is revoked or expired. Only reads; when
/// [`KeyHolder::is_due_to_be_touched`], call [`touch`] in a write.
///
/// # Errors
/// What the store refuses.
pub fn find(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    presented: &str,
) -> Result<Option<KeyHolder>, db::Error> {
    const FIND: &str = "
        select id, prefix, label, scopes, used_at, key_hash from api_key
        where jurisdiction_id = $1 and prefix = $2 and revoked_at is null
            and (expires_at is null or expires_at > $3)";
    let Some(prefix) = prefix_of(presented) else {
        return Ok(None);
    };
    let found = tx.query_opt(FIND, db::params![jurisdiction, prefix, now], |row| {
        let (scopes, hash): (String, Vec<u8>) = (row.get(3)?, row.get(5)?);
        let holder = KeyHolder {
            key: row.get(0)?,
            jurisdiction: jurisdiction.clone(),
            prefix: row.get(1)?,
            label: row.get(2)?,
            scopes: permission::known(&scopes),
            used_at: row.get(4)?,
        };
        Ok((holder, hash))
    })?;
    let presented = fingerprint(presented.as_bytes());
    let right = |hash: &[u8]| bool::from(hash.ct_eq(&presented));
    Ok(found.filter(|(_, hash)| right(hash)).map(|(holder, _)| holder))
}

/// Notes that a key is in use.
///
/// # Errors
/// What the store refuses.
pub fn touch(tx: &mut db::Tx<'_>, now: Timestamp, key: &KeyHolder) -> Result<(), db::Error> {
    const TOUCH: &str = "
        update api_key set used_at = $3
        where jurisdiction_id = $1 and id = $2 and (used_at is null or used_at < $3)";
    tx.exec(TOUCH, db::params![key.jurisdiction, key.key, now]).map(|_| ())
}

/// Refuses a key from now on. Doing it twice is no error: what was asked for holds.
///
/// # Errors
/// Without [`Permission::ManageKeys`], or for a key that is not this jurisdiction's.
pub fn revoke(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    id: KeyId,
) -> Result<(), AccessError> {
    const REVOKE: &str = "
        update api_key set revoked_at = $3 where jurisdiction_id = $1 and id = $2 and revoked_at is null
        returning prefix";
    const KNOWN: &str = "select id from api_key where jurisdiction_id = $1 and id = $2";
    by.require(jurisdiction, Permission::ManageKeys)?;
    let revoked: Option<String> =
        tx.query_opt(REVOKE, db::params![jurisdiction, id, now], |row| row.get(0))?;
    if let Some(prefix) = revoked {
        return Ok(record(tx, now, by, jurisdiction, &prefix, "key.revoked", "{}".to_owned())?);
    }
    let known: Option<KeyId> = tx.query_opt(KNOWN, db::params![jurisdiction, id], |row| row.get(0))?;
    known.map(|_| ()).ok_or(AccessError::UnknownKey(id))
}

/// The keys of a jurisdiction, newest first, revoked ones included.
///
/// # Errors
/// What the store refuses.
pub fn list(tx: &mut db::Tx<'_>, jurisdiction: &JurisdictionId) -> Result<Vec<Key>, db::Error> {
    const LIST: &str = "
        select id, prefix, label, scopes, created_by, created_at, expires_at, used_at, revoked_at
        from api_key where jurisdiction_id = $1 order by created_at desc, id desc limit $2";
    tx.query(LIST, db::params![jurisdiction, LIST_MAX], |row| {
        Ok(Key {
            id: row.get(0)?,
            prefix: row.get(1)?,
            label: row.get(2)?,
            scopes: permission::known(&row.get::<String>(3)?),
            created_by: row.get(4)?,
            created_at: row.get(5)?,
            expires_at: row.get(6)?,
            used_at: row.get(7)?,
            revoked_at: row.get(8)?,
        })
    })
}

fn some_scopes(scopes: &[Scope]) -> Result<String, AccessError> {
    let scopes: BTreeSet<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
    if scopes.is_empty() {
        return Err(AccessError::NoScope);
    }
    Ok(scopes.into_iter().collect::<Vec<_>>().join(","))
}

fn record(
    tx: &mut db::Tx<'_>,
    now: Timestamp,
    by: &Actor,
    jurisdiction: &JurisdictionId,
    prefix: &str,
    action: &'static str,
    detail: String,
) -> Result<(), db::Error> {
    audit::append(
        tx,
        now,
        &Entry { jurisdiction, actor: by, action, object: format!("key:{prefix}"), detail },
    )
}

/// A key as text.
struct Written {
    prefix: String,
    key: String,
}

impl Written {
    fn new(prefix: [u8; 5], secret: [u8; 32]) -> Self {
        let written = lower_base32();
        let prefix = written.encode(&prefix);
        let key = format!("tl_{prefix}_{}", written.encode(&secret));
        Self { prefix, key }
    }
}

/// Small letters and digits: survives a phone call, a spreadsheet and a case-blind form.
fn lower_base32() -> Encoding {
    let mut specification: Specification = BASE32_NOPAD.specification();
    specification.symbols = specification.symbols.to_lowercase();
    specification.encoding().expect("32 different symbols make an encoding")
}

/// The prefix of a text that looks like a key.
fn prefix_of(presented: &str) -> Option<&str> {
    let (prefix, secret) = presented.strip_prefix("tl_")?.split_once('_')?;
    (prefix.len() == 8 && secret.len() == 52).then_some(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_written_key_shows_its_prefix(prefix: [u8; 5], secret: [u8; 32]) {
            let written = Written::new(prefix, secret);
            prop_assert_eq!(prefix_of(&written.key), Some(written.prefix.as_str()));
            prop_assert!(written.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'));
        }

        #[test]
        fn auth_10_no_text_whatever_upsets_the_reading(text in "\\PC{0,80}") {
            let _ = prefix_of(&text);
        }
    }

    #[test]
    fn auth_10_debug_output_does_not_show_a_new_key() {
        let new = NewKey { id: uuid::Uuid::nil().into(), key: "tl_secret".into() };
        assert!(!format!("{new:?}").contains("tl_secret"));
    }
}
