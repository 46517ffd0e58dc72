//! A report that is being written, kept for a day so that nothing is lost on the way.
//!
//! It is found by 128 random bits in its address; only their hash is stored. Nobody needs a cookie, the
//! back button works, and a report can be finished after a reload or in another window.

use access::JurisdictionId;
use data_encoding::BASE32_NOPAD;
use db::{Tx, params};
use jiff::{SignedDuration, Timestamp};
use requests::StoredFile;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Drafts removed in one sweep.
const SWEEP_MAX: i64 = 500;

/// What somebody has told us so far, right or wrong: what is wrong is found again each time a step is shown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Draft {
    pub(crate) place: Option<PlacePart>,
    /// The code of the service.
    pub(crate) service: Option<String>,
    /// Somebody has looked at the reports like it, or there were none.
    pub(crate) has_known: bool,
    pub(crate) description: String,
    pub(crate) answers: Vec<(String, Vec<String>)>,
    /// The questions of this service have been answered, and rightly.
    pub(crate) has_details: bool,
    pub(crate) photos: Vec<StoredFile>,
    pub(crate) has_photos: bool,
    pub(crate) contact: Option<ContactPart>,
    /// What was refused and cannot be found again in the rest of the draft.
    pub(crate) refused: Option<Refused>,
}

/// Something that was not taken, such as a photo that is none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Refused {
    /// The field it came from.
    pub(crate) field: String,
    /// Why, in the reader's words.
    pub(crate) text: String,
}

/// Where it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlacePart {
    pub(crate) address: String,
    pub(crate) zip: String,
    pub(crate) words: String,
    /// Latitude and longitude.
    pub(crate) point: Option<(f64, f64)>,
}

/// How somebody wants to hear from us.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Way {
    /// Nothing has been chosen yet.
    #[default]
    Unsaid,
    Email,
    Sms,
    /// Not at all: the private link is enough.
    None,
}

/// How to reach the one who reports.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ContactPart {
    pub(crate) way: Way,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    /// The tag of the language to write in; empty for the one of the page.
    pub(crate) language: String,
}

/// The secret in a draft's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DraftKey(String);

impl DraftKey {
    pub(crate) fn new(random: [u8; 16]) -> Self {
        Self(BASE32_NOPAD.encode(&random).to_ascii_lowercase())
    }

    /// A key as it stands in an address; nothing that cannot be one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes = BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).ok()?;
        (bytes.len() == 16).then(|| Self(text.to_ascii_lowercase()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// Begins a draft and gives the key to it.
pub(crate) fn begin(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    draft: &impl Serialize,
) -> Result<DraftKey, db::Error> {
    const BEGIN: &str = "
        insert into report_draft (jurisdiction_id, token_hash, body, expires_at) values ($1, $2, $3, $4)";
    let key = DraftKey::new(tx.random::<16>());
    tx.exec_one(BEGIN, params![jurisdiction, key.hash(), body(draft), now + KEPT])?;
    Ok(key)
}

/// Begins a draft under a key that a device has chosen, or begins it again.
pub(crate) fn begin_as(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    key: &DraftKey,
    draft: &Draft,
) -> Result<(), db::Error> {
    const BEGIN: &str = "
        insert into report_draft (jurisdiction_id, token_hash, body, expires_at) values ($1, $2, $3, $4)
        on conflict (jurisdiction_id, token_hash) do update
            set body = excluded.body, expires_at = excluded.expires_at";
    tx.exec_one(BEGIN, params![jurisdiction, key.hash(), body(draft), now + KEPT])
}

/// The draft behind a key, until its day is over.
pub(crate) fn find<D: DeserializeOwned>(
    tx: &mut Tx<'_>,
    now: Timestamp,
    jurisdiction: &JurisdictionId,
    key: &DraftKey,
) -> Result<Option<D>, db::Error> {
    const FIND: &str = "
        select body from report_draft where jurisdiction_id = $1 and token_hash = $2 and expires_at > $3";
    let body: Option<String> =
        tx.query_opt(FIND, params![jurisdiction, key.hash(), now], |row| row.get(0))?;
    // A draft of another version of the program that cannot be read is as good as none.
    Ok(body.and_then(|body| serde_json::from_str(&body).ok()))
}

/// Keeps what was added; false when the draft is gone.
pub(crate) fn save(
    tx: &mut Tx<'_>,
    jurisdiction: &JurisdictionId,
    key: &DraftKey,
    draft: &Draft,
) -> Result<bool, db::Error> {
    const SAVE: &str = "update report_draft set body = $3 where jurisdiction_id = $1 and token_hash = $2";
    Ok(tx.exec(SAVE, params![jurisdiction, key.hash(), body(draft)])? == 1)
}

fn body(draft: &impl Serialize) -> String {
    serde_json::to_string(draft).expect("a draft holds only texts, lists and finite numbers")
}

/// Removes drafts whose day is over; gives how many. Their photos are found by [`requests::files::orphans`].
///
/// # Errors
/// What the store refuses.
pub fn sweep(tx: &mut Tx<'_>, now: Timestamp, jurisdiction: &JurisdictionId) -> Result<u64, db::Error> {
    const SWEEP: &str = "
        delete from report_draft where jurisdiction_id = $1 and token_hash in (
            select token_hash from report_draft where jurisdiction_id = $1 and expires_at <= $2
            order by expires_at, token_hash limit $3)";
    tx.exec(SWEEP, params![jurisdiction, now, SWEEP_MAX])
}
