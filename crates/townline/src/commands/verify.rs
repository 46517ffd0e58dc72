//! `townline verify`: are the audit chains whole?

use std::path::PathBuf;

use access::JurisdictionId;
use access::audit::{self, Head, Noted};
use db::Db;

use super::{BadInput, DatabaseArgument};
use crate::checkpoints::Checkpoints;
use crate::installation_key;
use crate::settings::DEFAULT_KEY;

/// Walks the audit chains of all jurisdictions.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: townline verify --checkpoints townline-checkpoints")]
pub struct Verify {
    /// Also compares with the signed notes in this folder, which finds a chain recomputed as a whole.
    #[arg(long, value_name = "FOLDER")]
    checkpoints: Option<PathBuf>,
    /// The key of the installation, which signed them.
    #[arg(long, value_name = "FILE", default_value = DEFAULT_KEY, requires = "checkpoints")]
    key: PathBuf,
    #[command(flatten)]
    database: DatabaseArgument,
}

impl Verify {
    pub fn run(self) -> anyhow::Result<()> {
        let open = |folder: &PathBuf| {
            Checkpoints::open_existing(folder, installation_key::read(&self.key)?.for_checkpoints())
        };
        let mut checkpoints =
            self.checkpoints.as_ref().map(open).transpose().map_err(|e| BadInput(format!("{e:#}")))?;
        let db = self.database.open()?;
        let mut jurisdictions = db.read_now(audit::jurisdictions)?;
        if let Some(checkpoints) = &checkpoints {
            jurisdictions.extend(checkpoints.jurisdictions()?);
        }
        jurisdictions.sort();
        jurisdictions.dedup();
        for jurisdiction in &jurisdictions {
            let noted = checkpoints.as_mut().map(|known| known.last(jurisdiction)).transpose()?.flatten();
            verify(&db, jurisdiction, noted)?;
        }
        if jurisdictions.is_empty() {
            println!("there are no audit entries yet");
        }
        Ok(())
    }
}

fn verify(db: &Db, jurisdiction: &JurisdictionId, noted: Option<Noted>) -> anyhow::Result<()> {
    let id = jurisdiction.clone();
    let heads: Vec<Head> = noted.as_ref().map(|noted| noted.last.heads.clone()).unwrap_or_default();
    let verified = db.read_now(move |tx| audit::verify_against(tx, &id, &heads))?;
    let as_noted = noted.map_or(String::new(), |noted| format!(", as noted at {}", noted.last.at));
    println!("{jurisdiction}: {} audit entries, unbroken{as_noted}", verified.entries);
    Ok(())
}
