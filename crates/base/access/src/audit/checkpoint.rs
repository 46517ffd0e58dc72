//! Where the chains ended at a moment, signed, to be kept where the database cannot be reached from.
//!
//! Whoever can rewrite the database can also recompute a whole chain; they cannot do so unnoticed when its end was
//! noted elsewhere. A file of checkpoints holds one line each: JSON, a tab, and an HMAC-SHA-256 over the signature of
//! the line before and the JSON, so that no line can be changed, taken out or put in without the key.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::Head;

/// What checkpoints are signed with; made by [`InstallationKey::for_checkpoints`](crate::InstallationKey::for_checkpoints).
#[derive(Clone, PartialEq, Eq)]
pub struct CheckpointKey([u8; 32]);

/// Where the lanes of one jurisdiction's chain ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// When.
    pub at: Timestamp,
    /// Whose chain.
    pub jurisdiction: String,
    /// How many entries there were in all lanes.
    pub entries: i64,
    /// Where each lane ended.
    pub heads: Vec<Head>,
}

/// A line that was not written with this key after the line before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the checkpoints was changed, moved, put in, or signed with another key")]
pub struct BadCheckpoint {
    /// Counted from 1.
    pub line: usize,
}

/// What all readable checkpoints of a file come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// The latest one; its heads are all that [`super::verify_against`] needs, since each covers what was before.
    pub last: Checkpoint,
    /// What the next line is signed over.
    pub signature: String,
}

impl CheckpointKey {
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn sign(&self, before: &str, json: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("an HMAC takes keys of any length");
        mac.update(before.as_bytes());
        // A tab stands neither in a signature nor in our JSON, so no text can pass from one part to the other.
        mac.update(b"\t");
        mac.update(json.as_bytes());
        mac
    }
}

impl std::fmt::Debug for CheckpointKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CheckpointKey(hidden)")
    }
}

impl Checkpoint {
    /// The line to append after the line with the signature `before` (empty for the first), and its own signature.
    pub fn signed(&self, key: &CheckpointKey, before: &str) -> (String, String) {
        let json = serde_json::to_string(self).expect("a checkpoint holds only texts and numbers");
        let signature = data_encoding::HEXLOWER.encode(&key.sign(before, &json).finalize().into_bytes());
        (format!("{json}\t{signature}\n"), signature)
    }
}

/// Reads a file of checkpoints; none when it is empty.
///
/// # Errors
/// [`BadCheckpoint`] names the first line that does not fit. A last line that was cut short by a crash is one, too.
pub fn read_checkpoints(text: &str, key: &CheckpointKey) -> Result<Option<Noted>, BadCheckpoint> {
    let mut noted: Option<Noted> = None;
    for (index, line) in text.lines().enumerate() {
        let bad = BadCheckpoint { line: index + 1 };
        let (json, signature) = line.rsplit_once('\t').ok_or(bad)?;
        let before = noted.as_ref().map_or("", |noted| &noted.signature);
        let presented = data_encoding::HEXLOWER.decode(signature.as_bytes()).map_err(|_| bad)?;
        key.sign(before, json).verify_slice(&presented).map_err(|_| bad)?;
        let last = serde_json::from_str(json).map_err(|_| bad)?;
        noted = Some(Noted { last, signature: signature.to_owned() });
    }
    Ok(noted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: CheckpointKey = CheckpointKey([7; 32]);

    fn three_lines() -> Vec<String> {
        let mut before = String::new();
        let line = |entries: i64| {
            let head = Head { lane: 0, entries, hash: format!("{entries:064}") };
            let at = Timestamp::from_second(entries * 300).unwrap();
            let point =
                Checkpoint { at, jurisdiction: "springfield.example".into(), entries, heads: vec![head] };
            let (line, signature) = point.signed(&KEY, &before);
            before = signature;
            line
        };
        [1, 2, 3].map(line).to_vec()
    }

    #[test]
    fn aud_03_what_was_signed_reads_back_and_the_latest_counts() {
        let noted = read_checkpoints(&three_lines().concat(), &KEY).unwrap().unwrap();
        assert_eq!((noted.last.entries, noted.last.heads[0].entries), (3, 3));
        assert_eq!(read_checkpoints("", &KEY), Ok(None));
    }

    #[test]
    fn aud_03_a_line_that_was_edited_taken_out_or_put_elsewhere_is_found() {
        let [one, two, three] = three_lines().try_into().unwrap();
        let edited = two.replace("\"entries\":2", "\"entries\":9");
        for (lines, bad) in [
            ([one.as_str(), &edited, &three], 2),
            ([&two, &one, &three], 1),
            ([&one, &three, &two], 2),
            ([&one, &two, "{\"at\""], 3),
        ] {
            assert_eq!(read_checkpoints(&lines.concat(), &KEY), Err(BadCheckpoint { line: bad }));
        }
        let other = CheckpointKey::new([8; 32]);
        assert_eq!(read_checkpoints(&one, &other), Err(BadCheckpoint { line: 1 }));
    }
}
