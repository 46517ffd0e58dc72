//! `townline key`: API keys.

use access::{JurisdictionId, Scope, keys};
use clap::Subcommand;

use super::{DatabaseArgument, refusal};
use crate::wiring::{now, operator};

#[derive(Debug, Subcommand)]
pub enum Key {
    /// Makes a key and prints it, alone, on standard output. It cannot be shown again.
    #[command(
        after_help = "Example: townline key add --jurisdiction springfield.example --scope open311:create"
    )]
    Add {
        /// Where it opens.
        #[arg(long)]
        jurisdiction: JurisdictionId,
        /// What it is for; may be given several times.
        #[arg(long, required = true)]
        scope: Vec<Scope>,
        /// What to call it in the list of keys.
        #[arg(long, default_value = "made on the command line")]
        label: String,
        #[command(flatten)]
        database: DatabaseArgument,
    },
}

impl Key {
    pub fn run(self) -> anyhow::Result<()> {
        let Key::Add { jurisdiction, scope, label, database } = self;
        let db = database.open()?;
        super::user::must_be_served(&db, &jurisdiction)?;
        let new = db
            .write_now(move |tx| keys::add(tx, now(), &operator(), &jurisdiction, &label, &scope, None))
            .map_err(refusal)?;
        println!("{}", new.key);
        Ok(())
    }
}
