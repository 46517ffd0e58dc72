//! `townline import`: records of another system.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::thread;

use access::JurisdictionId;
use anyhow::Context;
use catalog::{Catalog, PublicLevel};
use clap::{Subcommand, ValueEnum};
use jiff::tz::TimeZone;

use super::{BadInput, DatabaseArgument};
use crate::import::{self, CsvRows, Entry, Mapping, Rejects, Summary};
use crate::progress::Progress;
use crate::wiring::{now, operator};

#[derive(Debug, Subcommand)]
pub enum Import {
    /// Brings in requests; running it again changes nothing.
    #[command(
        after_help = "Example: townline import requests 311.csv.gz --jurisdiction boston.gov --format boston --rejects rejects.csv"
    )]
    Requests(Requests),
}

impl Import {
    pub fn run(self) -> anyhow::Result<()> {
        let Import::Requests(requests) = self;
        requests.run()
    }
}

#[derive(Debug, clap::Args)]
pub struct Requests {
    /// The file; .gz is unpacked.
    file: PathBuf,
    /// Whose requests they are.
    #[arg(long)]
    jurisdiction: JurisdictionId,
    /// boston, open311-json, open311-xml, or a mapping file in TOML.
    #[arg(long)]
    format: String,
    /// Where to write rows that cannot be used; .csv.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// How much of the requests of services it adds the public may see.
    #[arg(long)]
    public: Option<Public>,
    #[command(flatten)]
    database: DatabaseArgument,
}

/// Public levels, as written on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Public {
    Hidden,
    Summary,
    Full,
}

impl From<Public> for PublicLevel {
    fn from(public: Public) -> Self {
        match public {
            Public::Hidden => PublicLevel::Hidden,
            Public::Summary => PublicLevel::Summary,
            Public::Full => PublicLevel::Full,
        }
    }
}

/// A format with what it needs.
enum Format {
    Csv(Box<Mapping>),
    Open311,
}

/// The entries of a file, one after another, and the names of their columns.
struct Source {
    header: Vec<String>,
    entries: Entries,
}

type Entries = Box<dyn Iterator<Item = anyhow::Result<Entry>> + Send>;

/// Entries read before the store is ready for them.
const READ_AHEAD: usize = 2000;

impl Requests {
    fn run(self) -> anyhow::Result<()> {
        let db = self.database.open()?;
        super::user::must_be_served(&db, &self.jurisdiction)?;
        let id = self.jurisdiction.clone();
        let catalog = db.read_now(move |tx| Catalog::load(tx, &id))?;
        let (format, public) = format(&self.format)?;
        let public = self.public.map_or(public, PublicLevel::from);
        let source =
            source(&self.file, format, &catalog.jurisdiction.zone).map_err(|e| BadInput(format!("{e:#}")))?;
        let rejects = Rejects::new(self.rejects.as_deref(), &source.header)?;
        let import = import::Import::new(&db, now(), operator(), catalog, public, rejects);
        println!("{}", take_all(import, source.entries)?);
        Ok(())
    }
}

/// Stores entries on this thread while another reads the next ones.
fn take_all(mut import: import::Import<'_>, entries: Entries) -> anyhow::Result<Summary> {
    let mut progress = Progress::new("rows");
    let (read, to_store) = sync_channel(READ_AHEAD);
    thread::scope(|scope| {
        // Ends early when storing fails and nobody takes entries any more.
        scope.spawn(move || {
            entries.map(|entry| read.send(entry).is_ok()).take_while(|taken| *taken).for_each(drop);
        });
        for (entry, count) in to_store.into_iter().zip(1..) {
            import.take(entry?)?;
            progress.at(count);
        }
        progress.finish();
        import.finish()
    })
}

/// The format by its name, and the public level of services it adds unless somebody says otherwise.
fn format(name: &str) -> anyhow::Result<(Format, PublicLevel)> {
    match name {
        "boston" => Ok((Format::Csv(Box::new(Mapping::boston())), PublicLevel::Full)),
        "open311-json" | "open311-xml" => Ok((Format::Open311, PublicLevel::Full)),
        path => {
            let bad = |error: anyhow::Error| BadInput(format!("the mapping {path}: {error:#}"));
            let text = std::fs::read_to_string(path).map_err(|e| {
                BadInput(format!(
                    "{path:?} is neither boston, open311-json, open311-xml nor a mapping file: {e}"
                ))
            })?;
            Ok((Format::Csv(Box::new(Mapping::parse(&text).map_err(bad)?)), PublicLevel::Hidden))
        }
    }
}

fn source(path: &Path, format: Format, zone: &TimeZone) -> anyhow::Result<Source> {
    let mut file = import::open(path)?;
    match format {
        Format::Csv(mapping) => {
            let rows = CsvRows::new(file, *mapping, zone)?;
            Ok(Source { header: rows.header(), entries: Box::new(rows) })
        }
        Format::Open311 => {
            let mut document = Vec::new();
            file.read_to_end(&mut document).with_context(|| format!("the file {}", path.display()))?;
            let entries = import::open311_entries(&document, zone)?;
            Ok(Source {
                header: vec!["service_request_id".to_owned()],
                entries: Box::new(entries.into_iter().map(Ok)),
            })
        }
    }
}
