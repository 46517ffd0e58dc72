//! `townline places`: streets, parks, water, landmarks, addresses and assets of a town's map.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use access::JurisdictionId;
use clap::Subcommand;
use places::{FeatureFile, FeatureKind, Field, PlacesError, Put, read_features};

use super::{BadInput, DatabaseArgument};
use crate::import::read_text;
use crate::progress::Progress;
use crate::wiring::{now, operator};

#[derive(Debug, Subcommand)]
pub enum Places {
    /// Takes one kind of thing on the map from a GeoJSON file; what came from this file before and is no longer in it
    /// is dropped.
    #[command(
        after_help = "Example: townline places import centerlines.geojson --jurisdiction springfield.example --kind street \
                      --field name=STREET --field from_left=L_FROM --field to_left=L_TO --field from_right=R_FROM --field to_right=R_TO"
    )]
    Import {
        /// The file; .gz is unpacked.
        file: PathBuf,
        /// Whose map it is.
        #[arg(long)]
        jurisdiction: JurisdictionId,
        /// What is in it: street, park, water, landmark, address or asset.
        #[arg(long)]
        kind: FeatureKind,
        /// Which property of the file means what, such as name=STREET; may be given several times.
        #[arg(long = "field", value_parser = field, value_name = "FIELD=PROPERTY")]
        fields: Vec<(Field, String)>,
        /// What sort of landmark or asset all of them are, where the file does not say: hydrant, library…
        #[arg(long)]
        sort: Option<String>,
        /// Under which name the file is known from one time to the next; its own name when left out.
        #[arg(long)]
        source: Option<String>,
        #[command(flatten)]
        database: DatabaseArgument,
    },
}

/// Features in one transaction: few enough that residents who report do not wait behind them.
const PIECE: usize = 1_000;

/// Rejected features that are named one by one.
const NAMED_MAX: usize = 20;

impl Places {
    pub fn run(self) -> anyhow::Result<()> {
        let Places::Import { file, jurisdiction, kind, fields, sort, source, database } = self;
        let fields: BTreeMap<Field, String> = fields.into_iter().collect();
        let read = read_features(&read_text(&file)?, kind, &fields, sort.as_deref())
            .map_err(|e| BadInput(format!("{}: {e}", file.display())))?;
        say_rejected(&file, &read);
        let source = source.unwrap_or_else(|| stem(&file));
        let import = Import { db: database.open()?, jurisdiction, kind, source };
        let (put, removed) = import.run(&read).map_err(as_input)?;
        if removed > 0 {
            println!("removed {removed}");
        }
        println!("imported {}, unchanged {}, rejected {}", put.imported, put.unchanged, read.rejected.len());
        Ok(())
    }
}

struct Import {
    db: db::Db,
    jurisdiction: JurisdictionId,
    kind: FeatureKind,
    source: String,
}

impl Import {
    fn run(&self, file: &FeatureFile) -> Result<(Put, u64), PlacesError> {
        let mut progress = Progress::new("drawing the map");
        let mut sum = Put::default();
        let (mut done, all) = (0, file.features.len() as u64);
        for piece in file.features.chunks(PIECE) {
            let put = self.put(piece.to_vec())?;
            sum.imported += put.imported;
            sum.unchanged += put.unchanged;
            done += piece.len() as u64;
            progress.of(done, all);
        }
        progress.finish();
        let codes: Vec<String> = file.features.iter().map(|feature| feature.code.clone()).collect();
        Ok((sum, self.complete(codes, sum.imported)?))
    }

    fn put(&self, features: Vec<places::MapFeature>) -> Result<Put, PlacesError> {
        let (jurisdiction, kind, source) = (self.jurisdiction.clone(), self.kind, self.source.clone());
        self.db.write_now(move |tx| places::put(tx, &operator(), &jurisdiction, kind, &source, &features))
    }

    fn complete(&self, codes: Vec<String>, imported: u64) -> Result<u64, PlacesError> {
        let (jurisdiction, kind, source) = (self.jurisdiction.clone(), self.kind, self.source.clone());
        self.db.write_now(move |tx| {
            let codes: BTreeSet<&str> = codes.iter().map(String::as_str).collect();
            places::complete(tx, now(), &operator(), &jurisdiction, (kind, &source), &codes, imported)
        })
    }
}

fn field(text: &str) -> Result<(Field, String), String> {
    let (field, property) =
        text.split_once('=').ok_or_else(|| format!("{text:?} is not FIELD=PROPERTY, such as name=STREET"))?;
    let field: Field = field.trim().parse().map_err(|e: places::UnknownField| e.to_string())?;
    Ok((field, property.trim().to_owned()))
}

/// The file's name without its endings: `centerlines` for `centerlines.geojson.gz`.
fn stem(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}

fn say_rejected(file: &Path, read: &FeatureFile) {
    for rejection in read.rejected.iter().take(NAMED_MAX) {
        eprintln!("{}: {rejection}", file.display());
    }
    if let Some(more) = read.rejected.len().checked_sub(NAMED_MAX).filter(|more| *more > 0) {
        eprintln!("{}: and {more} more", file.display());
    }
}

/// What the caller got wrong, as bad input.
fn as_input(error: PlacesError) -> anyhow::Error {
    match error {
        PlacesError::UnknownJurisdiction(_) | PlacesError::TooLarge { .. } => {
            BadInput(error.to_string()).into()
        }
        other => other.into(),
    }
}
