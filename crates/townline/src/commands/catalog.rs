//! `townline catalog`: the catalog as a TOML file, in and out.

use std::path::PathBuf;

use access::JurisdictionId;
use anyhow::Context;
use catalog::file;
use clap::Subcommand;
use requests::RequestError;

use super::jurisdiction::as_input;
use super::{BadInput, DatabaseArgument};
use crate::wiring::{now, operator};

#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// Adds and changes what the file says; what it does not mention stays.
    #[command(
        after_help = "Example: townline catalog import catalog.toml --jurisdiction springfield.example"
    )]
    Import {
        /// The file.
        file: PathBuf,
        /// Whose catalog it is.
        #[arg(long)]
        jurisdiction: JurisdictionId,
        #[command(flatten)]
        database: DatabaseArgument,
    },
    /// Writes the catalog to standard output.
    Export {
        /// Whose catalog it is.
        #[arg(long)]
        jurisdiction: JurisdictionId,
        #[command(flatten)]
        database: DatabaseArgument,
    },
}

impl CatalogCommand {
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            CatalogCommand::Import { file, jurisdiction, database } => import(&file, jurisdiction, &database),
            CatalogCommand::Export { jurisdiction, database } => export(jurisdiction, &database),
        }
    }
}

fn import(path: &PathBuf, jurisdiction: JurisdictionId, database: &DatabaseArgument) -> anyhow::Result<()> {
    let named = path.display().to_string();
    let text = std::fs::read_to_string(path).with_context(|| format!("the catalog {named}"))?;
    let file = file::parse(&text).map_err(|e| BadInput(format!("{named}: {e}")))?;
    let db = database.open()?;
    super::user::must_be_served(&db, &jurisdiction)?;
    let changes = db
        .write_now(move |tx| requests::apply_catalog_file(tx, now(), &operator(), &jurisdiction, &file))
        .map_err(|error| match error {
            RequestError::Catalog(error) => as_input(error).context(named),
            other => other.into(),
        })?;
    println!("added {}, changed {}, unchanged {}", changes.added, changes.changed, changes.unchanged);
    Ok(())
}

fn export(jurisdiction: JurisdictionId, database: &DatabaseArgument) -> anyhow::Result<()> {
    let db = database.open()?;
    super::user::must_be_served(&db, &jurisdiction)?;
    print!("{}", db.read_now(move |tx| file::export(tx, &jurisdiction))?);
    Ok(())
}
