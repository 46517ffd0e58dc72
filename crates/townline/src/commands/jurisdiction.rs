//! `townline jurisdiction`: governments served.

use std::path::PathBuf;

use access::{JurisdictionId, second_factor};
use anyhow::Context;
use catalog::{CatalogError, JurisdictionDraft, Text, jurisdictions};
use clap::Subcommand;
use geography::Shape;

use super::{BadInput, DatabaseArgument};
use crate::wiring::{now, operator};

#[derive(Debug, Subcommand)]
pub enum Jurisdiction {
    /// Begins to serve a government. The first one becomes the default.
    Add(Add),
    /// Says whether people who see contact data or change settings need a second factor to sign in.
    SecondFactor(SecondFactor),
}

impl Jurisdiction {
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            Jurisdiction::Add(command) => command.run(),
            Jurisdiction::SecondFactor(command) => command.run(),
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: townline jurisdiction add springfield.example --name Springfield --zone America/Chicago"
)]
pub struct Add {
    /// Its Open311 jurisdiction_id, usually its web domain.
    id: JurisdictionId,
    /// What people call it.
    #[arg(long)]
    name: String,
    /// The zone of its clocks, such as America/New_York.
    #[arg(long)]
    zone: String,
    /// Languages it speaks, the default first.
    #[arg(long, value_delimiter = ',', default_value = "en,es")]
    languages: Vec<String>,
    /// Host names on which it answers.
    #[arg(long, value_delimiter = ',')]
    hosts: Vec<String>,
    /// Its land, as GeoJSON.
    #[arg(long, value_name = "FILE.geojson")]
    boundary: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseArgument,
}

impl Add {
    fn run(self) -> anyhow::Result<()> {
        let Add { id, name, zone, languages, hosts, boundary, database } = self;
        let boundary = boundary.map(|path| read_shape(&path)).transpose()?;
        let language = languages.first().cloned().unwrap_or_else(|| "en".to_owned());
        let draft = JurisdictionDraft {
            name: Text::new(language, name),
            zone,
            languages,
            contact: Text::nothing(),
            hosts,
        };
        let added = id.clone();
        database
            .open()?
            .write_now(move |tx| jurisdictions::add(tx, now(), &operator(), &id, &draft, boundary.as_ref()))
            .map_err(as_input)?;
        println!("{added} is served");
        Ok(())
    }
}

/// What is asked of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Rule {
    /// Whoever sees contact data or changes settings, after two weeks to set it up; so it is where nobody says otherwise.
    Required,
    /// Whoever wants to: for a trial or a made-up town.
    Optional,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example: townline jurisdiction second-factor springfield.example optional")]
pub struct SecondFactor {
    /// Whose people.
    id: JurisdictionId,
    /// Of whom it is asked.
    rule: Rule,
    #[command(flatten)]
    database: DatabaseArgument,
}

impl SecondFactor {
    fn run(self) -> anyhow::Result<()> {
        let SecondFactor { id, rule, database } = self;
        let db = database.open()?;
        super::user::must_be_served(&db, &id)?;
        let (required, whose) = (rule == Rule::Required, id.clone());
        db.write_now(move |tx| second_factor::set_rule(tx, now(), &operator(), &id, required))?;
        let word = if required { "required" } else { "optional" };
        println!("the second factor is {word} in {whose}");
        Ok(())
    }
}

fn read_shape(path: &PathBuf) -> anyhow::Result<Shape> {
    let text = std::fs::read_to_string(path).with_context(|| format!("the boundary {}", path.display()))?;
    Shape::from_geojson(&text).map_err(|e| BadInput(format!("the boundary {}: {e}", path.display())).into())
}

/// What the catalog refuses is a matter of the input; only the store's failures are not.
pub fn as_input(error: CatalogError) -> anyhow::Error {
    match error {
        CatalogError::Store(error) => error.into(),
        refused => BadInput(refused.to_string()).into(),
    }
}
