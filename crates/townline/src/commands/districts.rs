//! `townline districts`: wards, neighborhoods, police districts and their kind.

use std::path::PathBuf;

use access::JurisdictionId;
use clap::Subcommand;
use geography::read_districts;

use super::{BadInput, DatabaseArgument};
use crate::commands::jurisdiction::as_input;
use crate::import::read_text;
use crate::wiring::{now, operator};

#[derive(Debug, Subcommand)]
pub enum Districts {
    /// Takes the districts of one kind from a GeoJSON file; those no longer in it are dropped.
    #[command(
        after_help = "Example: townline districts import wards.geojson --jurisdiction springfield.example --kind ward --field WARD"
    )]
    Import {
        /// The file; .gz is unpacked.
        file: PathBuf,
        /// Whose districts they are.
        #[arg(long)]
        jurisdiction: JurisdictionId,
        /// What they are: ward, neighborhood, police, zip…
        #[arg(long)]
        kind: String,
        /// The property of each feature that holds its code.
        #[arg(long)]
        field: String,
        #[command(flatten)]
        database: DatabaseArgument,
    },
}

impl Districts {
    pub fn run(self) -> anyhow::Result<()> {
        let Districts::Import { file, jurisdiction, kind, field, database } = self;
        let text = read_text(&file)?;
        let found =
            read_districts(&text, &field).map_err(|e| BadInput(format!("{}: {e}", file.display())))?;
        for skipped in &found.skipped {
            eprintln!("{}: feature {} was left out: {}", file.display(), skipped.feature, skipped.reason);
        }
        let changes = database
            .open()?
            .write_now(move |tx| {
                catalog::districts::import(tx, now(), &operator(), &jurisdiction, &kind, &found.districts)
            })
            .map_err(as_input)?;
        println!(
            "added {}, changed {}, unchanged {}, removed {}",
            changes.added, changes.changed, changes.unchanged, changes.removed
        );
        Ok(())
    }
}
