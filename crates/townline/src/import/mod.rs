//! Bringing in requests of another system: a file becomes [`Entry`]s, entries become requests in batches.
//!
//! [`csv_rows`] and [`open311_rows`] read the two families of files into one kind of [`record::Record`]; [`catalog_names`]
//! ties a record's words to our catalog, adding what is new; [`run`] does it in batches, keeps count and writes
//! rejects. Nothing here knows a database; `requests::import` stores.

mod catalog_names;
mod csv_rows;
mod mapping;
mod open311_rows;
mod record;
mod rejects;
mod run;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::Context;
use flate2::read::MultiGzDecoder;

pub use csv_rows::CsvRows;
pub use mapping::Mapping;
pub use open311_rows::entries as open311_entries;
pub use record::Entry;
pub use rejects::Rejects;
pub use run::{Import, Summary};

/// Opens a file for reading; one that ends in `.gz` is unpacked on the way.
pub fn open(path: &Path) -> anyhow::Result<Box<dyn Read + Send>> {
    let file = File::open(path).with_context(|| format!("the file {}", path.display()))?;
    let file = BufReader::with_capacity(1 << 16, file);
    if path.extension().is_some_and(|ending| ending == "gz") {
        return Ok(Box::new(MultiGzDecoder::new(file)));
    }
    Ok(Box::new(file))
}

/// A whole file as text; one that ends in `.gz` is unpacked.
pub fn read_text(path: &Path) -> anyhow::Result<String> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text).with_context(|| format!("the file {}", path.display()))?;
    Ok(text)
}
