//! `townline verify`: are the audit chains whole?

use access::audit;

use super::DatabaseArgument;

/// Walks the audit chains of all jurisdictions.
#[derive(Debug, clap::Args)]
pub struct Verify {
    #[command(flatten)]
    database: DatabaseArgument,
}

impl Verify {
    pub fn run(self) -> anyhow::Result<()> {
        let db = self.database.open()?;
        let jurisdictions = db.read_now(audit::jurisdictions)?;
        for jurisdiction in &jurisdictions {
            let id = jurisdiction.clone();
            let verified = db.read_now(move |tx| audit::verify(tx, &id))?;
            println!("{jurisdiction}: {} audit entries, unbroken", verified.entries);
        }
        if jurisdictions.is_empty() {
            println!("there are no audit entries yet");
        }
        Ok(())
    }
}
