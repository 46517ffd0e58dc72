//! Bringing in Boston's requests, beside merely reading their file; then once more, which must change nothing.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use flate2::read::MultiGzDecoder;

use super::Bench;
use crate::report::{Bar, Row, Unit};
use crate::settings::Engine;
use crate::stock::Stock;

const LIMIT_S: f64 = 5.0;
const WITHIN: Duration = Duration::from_secs(300);
const JURISDICTION: &str = "boston.example";

pub(super) fn measure(bench: &mut Bench, engine: Engine) -> anyhow::Result<()> {
    let Ok(file) = bench.settings.boston.canonicalize() else {
        let file = bench.settings.boston.display();
        bench.report.note(format_args!("{file} is not here, so its import is not measured"));
        return Ok(());
    };
    let (rows, reading) = read(&file)?;
    let (first, second) = import_twice(&Stock::empty(&bench.program, engine), &file, rows)?;
    let what = |what: &str| format!("{}: import of {rows} rows, {what}", engine.name());
    let peer = Bar::Peer(reading.as_secs_f64());
    let rows = [
        Row::seconds(what("first time"), first, LIMIT_S),
        Row::seconds(what("second time, nothing new"), second, LIMIT_S),
        Row::new(what("beside reading the file"), Unit::Seconds, first.as_secs_f64(), peer),
    ];
    rows.into_iter().for_each(|row| bench.report.row(row));
    Ok(())
}

/// How long the first and the second time took; both are checked row by row.
fn import_twice(stock: &Stock, file: &Path, rows: u64) -> anyhow::Result<(Duration, Duration)> {
    let add = ["jurisdiction", "add", JURISDICTION, "--name", "Boston", "--zone", "America/New_York"];
    stock.run(&add, WITHIN)?;
    let (counts, first) = import(stock, file)?;
    let Counts { imported, unchanged, rejected } = counts;
    ensure!((imported + rejected, unchanged) == (rows, 0), "of {rows} rows came {counts:?}");
    ensure!(stock.requests()? == imported, "{counts:?}, but {} are stored", stock.requests()?);
    let (again, second) = import(stock, file)?;
    ensure!(
        again == Counts { imported: 0, unchanged: imported, rejected },
        "first {counts:?}, then {again:?}"
    );
    ensure!(stock.requests()? == imported, "of {imported} requests {} are left", stock.requests()?);
    Ok((first, second))
}

/// What an import says at its end.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    imported: u64,
    unchanged: u64,
    rejected: u64,
}

impl Counts {
    /// The last line: `imported N, unchanged N, rejected N`.
    fn read(output: &str) -> Option<Self> {
        let mut words = output.lines().last()?.split([' ', ',']).filter(|word| !word.is_empty());
        let mut after =
            |name: &str| words.next().filter(|word| *word == name).and_then(|_| words.next()?.parse().ok());
        Some(Self {
            imported: after("imported")?,
            unchanged: after("unchanged")?,
            rejected: after("rejected")?,
        })
    }
}

fn import(stock: &Stock, file: &Path) -> anyhow::Result<(Counts, Duration)> {
    let file = file.to_str().context("the file's name is no text")?;
    let arguments = ["import", "requests", file, "--jurisdiction", JURISDICTION, "--format", "boston"];
    let (output, took) = stock.run(&arguments, WITHIN)?;
    let counts = Counts::read(&output).with_context(|| format!("the import said: {output}"))?;
    Ok((counts, took))
}

/// How many rows there are, and how long it takes to unpack and split them, storing nothing.
fn read(file: &Path) -> anyhow::Result<(u64, Duration)> {
    let begin = Instant::now();
    let file = File::open(file).context("the file to import")?;
    let mut reader = csv::Reader::from_reader(MultiGzDecoder::new(file));
    let (mut rows, mut record) = (0, csv::StringRecord::new());
    while reader.read_record(&mut record).context("a row of the file")? {
        rows += 1;
    }
    Ok((rows, begin.elapsed()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_of_an_import_counts() {
        let counts = Counts::read("58,251 rows\nimported 58249, unchanged 0, rejected 2\n").unwrap();
        assert_eq!(counts, Counts { imported: 58_249, unchanged: 0, rejected: 2 });
        assert_eq!(Counts::read("imported 5\n"), None);
        assert_eq!(Counts::read(""), None);
    }
}
