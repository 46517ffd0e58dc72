//! The rejects file: every row that could not be used, with its line and the reason.

use std::fs::File;
use std::path::Path;

use anyhow::Context;

use super::record::Reject;

/// Where rejects go: a CSV file with `line`, `field`, `why` and then the original row, or standard error.
pub enum Rejects {
    /// A file was asked for.
    File(Box<csv::Writer<File>>),
    /// None was; the first few are shown.
    Shown {
        /// How many have been shown.
        shown: u64,
    },
}

/// Rejects shown when no file was asked for.
const SHOWN_MAX: u64 = 20;

impl Rejects {
    /// Begins the file, or showing.
    pub fn new(path: Option<&Path>, header: &[String]) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Rejects::Shown { shown: 0 }) };
        let context = || format!("the rejects file {}", path.display());
        let file = File::create(path).with_context(context)?;
        // Rows keep the length they have in the original.
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
        let named = ["line", "field", "why"].into_iter().chain(header.iter().map(String::as_str));
        writer.write_record(named).with_context(context)?;
        Ok(Rejects::File(Box::new(writer)))
    }

    /// Notes one reject.
    pub fn put(&mut self, line: u64, reject: &Reject, original: &[String]) -> anyhow::Result<()> {
        match self {
            Rejects::File(writer) => {
                let line = line.to_string();
                let named = [line.as_str(), &reject.field, &reject.why];
                let cells = named.into_iter().chain(original.iter().map(String::as_str));
                // Rejects are opened in spreadsheets.
                writer.write_record(cells.map(|cell| web::safe_cell(cell).into_owned()))?;
            }
            Rejects::Shown { shown } => {
                *shown += 1;
                if *shown <= SHOWN_MAX {
                    eprintln!("line {line}: {reject}");
                } else if *shown == SHOWN_MAX + 1 {
                    eprintln!("further rejects are not shown; --rejects FILE keeps them all");
                }
            }
        }
        Ok(())
    }

    /// Ends the file.
    pub fn finish(self) -> anyhow::Result<()> {
        match self {
            Rejects::File(mut writer) => writer.flush().context("the rejects file"),
            Rejects::Shown { .. } => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reject_is_written_with_its_line_and_reason() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");
        let mut rejects = Rejects::new(Some(&path), &["id".to_owned()]).unwrap();
        rejects.put(7, &Reject::new("open_dt", "is empty"), &["101".to_owned(), "more".to_owned()]).unwrap();
        rejects.finish().unwrap();
        assert_eq!(
            std::fs::read_to_string(path).unwrap(),
            "line,field,why,id\n7,open_dt,is empty,101,more\n"
        );
    }
}
