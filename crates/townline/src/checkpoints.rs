//! Notes where the audit chains end, in files outside the database.
//!
//! One file for each jurisdiction, one signed line every five minutes in which something was done, or after 1,000
//! entries. The folder may be on another machine; the key should be on neither. Each node writes to a folder of its own.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use access::JurisdictionId;
use access::audit::{self, Checkpoint, CheckpointKey, Head, Noted, read_checkpoints};
use anyhow::{Context, bail};
use db::Db;
use jiff::{SignedDuration, Timestamp};

/// At least so often, while anything is done.
const EVERY: SignedDuration = SignedDuration::from_mins(5);

/// And after so many entries in any case.
const ENTRIES_MAX: i64 = 1_000;

/// The folder, its key, and what was noted last.
pub struct Checkpoints {
    folder: PathBuf,
    key: CheckpointKey,
    noted: HashMap<JurisdictionId, Noted>,
}

impl Checkpoints {
    /// Opens the folder, made when missing.
    pub fn open(folder: &Path, key: CheckpointKey) -> anyhow::Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("the folder {}", folder.display()))?;
        Ok(Self { folder: folder.to_owned(), key, noted: HashMap::new() })
    }

    /// Opens what is there, to compare with; makes nothing.
    pub fn open_existing(folder: &Path, key: CheckpointKey) -> anyhow::Result<Self> {
        if !folder.is_dir() {
            bail!("there is no folder {}", folder.display());
        }
        Ok(Self { folder: folder.to_owned(), key, noted: HashMap::new() })
    }

    /// Notes the chains that are due.
    pub async fn note_due(&mut self, now: Timestamp, db: &Db) -> anyhow::Result<()> {
        for jurisdiction in db.read(audit::jurisdictions).await? {
            let id = jurisdiction.clone();
            let heads = db.read(move |tx| audit::heads(tx, &id)).await?;
            self.note(now, &jurisdiction, heads)?;
        }
        Ok(())
    }

    fn note(
        &mut self,
        now: Timestamp,
        jurisdiction: &JurisdictionId,
        heads: Vec<Head>,
    ) -> anyhow::Result<()> {
        let before = self.last(jurisdiction)?;
        let entries = heads.iter().map(|head| head.entries).sum();
        if !is_due(now, entries, before.as_ref().map(|noted| &noted.last)) {
            return Ok(());
        }
        let last = Checkpoint { at: now, jurisdiction: jurisdiction.to_string(), entries, heads };
        let before = before.map(|noted| noted.signature).unwrap_or_default();
        let (line, signature) = last.signed(&self.key, &before);
        append(&self.file(jurisdiction), &line)?;
        self.noted.insert(jurisdiction.clone(), Noted { last, signature });
        Ok(())
    }

    /// What was noted last; refuses a file that somebody has changed rather than going on after it.
    pub fn last(&mut self, jurisdiction: &JurisdictionId) -> anyhow::Result<Option<Noted>> {
        if let Some(noted) = self.noted.get(jurisdiction) {
            return Ok(Some(noted.clone()));
        }
        let path = self.file(jurisdiction);
        if !path.exists() {
            return Ok(None);
        }
        let text =
            fs::read_to_string(&path).with_context(|| format!("the checkpoints {}", path.display()))?;
        let noted = read_checkpoints(&text, &self.key).with_context(|| format!("in {}", path.display()))?;
        let noted = noted.filter(|noted| noted.last.jurisdiction == jurisdiction.as_str());
        self.noted.extend(noted.clone().map(|noted| (jurisdiction.clone(), noted)));
        Ok(noted)
    }

    /// Every jurisdiction that has a file, also one that the database no longer knows.
    pub fn jurisdictions(&self) -> anyhow::Result<Vec<JurisdictionId>> {
        let names =
            fs::read_dir(&self.folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let names = names.collect::<std::io::Result<Vec<String>>>()?;
        Ok(names.iter().filter_map(|name| name.strip_suffix(ENDING)?.parse().ok()).collect())
    }

    fn file(&self, jurisdiction: &JurisdictionId) -> PathBuf {
        self.folder.join(format!("{jurisdiction}{ENDING}"))
    }
}

const ENDING: &str = ".checkpoints";

fn is_due(now: Timestamp, entries: i64, last: Option<&Checkpoint>) -> bool {
    match last {
        None => entries > 0,
        // Fewer than before is worth a line, too: the verification will find the tail cut off by then.
        Some(last) => {
            let added = (entries - last.entries).abs();
            added >= ENTRIES_MAX || (added > 0 && now.duration_since(last.at) >= EVERY)
        }
    }
}

fn append(path: &Path, line: &str) -> anyhow::Result<()> {
    let file = OpenOptions::new().create(true).append(true).open(path);
    let write = |mut file: fs::File| file.write_all(line.as_bytes()).and_then(|()| file.sync_all());
    file.and_then(write).with_context(|| format!("the checkpoints {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aud_03_a_checkpoint_is_due_after_five_minutes_or_a_thousand_entries() {
        let noon: Timestamp = "2026-05-08T12:00:00Z".parse().unwrap();
        let last = Checkpoint { at: noon, jurisdiction: "x.example".into(), entries: 10, heads: Vec::new() };
        let second = SignedDuration::from_secs(1);
        for (now, entries, expected) in [
            (noon + EVERY, 11, true),
            (noon + EVERY - second, 11, false),
            (noon + EVERY, 10, false),
            (noon + second, 1_010, true),
            (noon + second, 1_009, false),
            (noon + EVERY, 9, true),
        ] {
            assert_eq!(is_due(now, entries, Some(&last)), expected, "{now} {entries}");
        }
        assert!(is_due(noon, 1, None) && !is_due(noon, 0, None));
    }
}
