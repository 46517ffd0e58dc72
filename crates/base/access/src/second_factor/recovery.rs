//! Codes on paper, for the day the telephone is lost: each opens once.

use std::fmt;

use crate::jurisdiction::JurisdictionId;
use crate::people::PersonId;
use crate::secret::fingerprint;

/// How many one gets.
const CODES: usize = 10;

/// 80 bits are far more than anybody can try, so a plain hash of them is enough to store.
const BYTES: usize = 10;

/// Fresh codes; not stored, so they can be shown once only.
#[derive(Clone)]
pub struct RecoveryCodes(Vec<[u8; BYTES]>);

impl RecoveryCodes {
    /// As they are written down: four groups of four letters.
    pub fn reveal(&self) -> Vec<String> {
        let written = |code: &[u8; BYTES]| {
            let letters = data_encoding::BASE32_NOPAD.encode(code).to_ascii_lowercase();
            let groups: Vec<&str> =
                (0..letters.len()).step_by(4).map(|start| &letters[start..start + 4]).collect();
            groups.join("-")
        };
        self.0.iter().map(written).collect()
    }
}

impl fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCodes(hidden)")
    }
}

/// Makes new ones in place of all old ones.
pub(super) fn renew(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<RecoveryCodes, db::Error> {
    const KEEP: &str =
        "insert into recovery_code (jurisdiction_id, person_id, code_hash) values ($1, $2, $3)";
    void(tx, jurisdiction, person)?;
    let codes: Vec<[u8; BYTES]> = (0..CODES).map(|_| tx.random()).collect();
    for code in &codes {
        tx.exec_one(KEEP, db::params![jurisdiction, person, fingerprint(code)])?;
    }
    Ok(RecoveryCodes(codes))
}

/// Makes all worthless.
pub(super) fn void(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<(), db::Error> {
    const VOID: &str = "delete from recovery_code where jurisdiction_id = $1 and person_id = $2";
    tx.exec(VOID, db::params![jurisdiction, person]).map(|_| ())
}

/// Uses one up; false when there is no such code (any more).
pub(super) fn take(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
    typed: &str,
) -> Result<bool, db::Error> {
    const TAKE: &str = "
        delete from recovery_code where jurisdiction_id = $1 and person_id = $2 and code_hash = $3";
    let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    let Ok(code) = data_encoding::BASE32_NOPAD.decode(letters.to_ascii_uppercase().as_bytes()) else {
        return Ok(false);
    };
    Ok(tx.exec(TAKE, db::params![jurisdiction, person, fingerprint(&code)])? == 1)
}

/// How many are left.
pub(super) fn left(
    tx: &mut db::Tx<'_>,
    jurisdiction: &JurisdictionId,
    person: PersonId,
) -> Result<i64, db::Error> {
    const LEFT: &str = "select count(*) from recovery_code where jurisdiction_id = $1 and person_id = $2";
    tx.query_one(LEFT, db::params![jurisdiction, person], |row| row.get(0))
}
