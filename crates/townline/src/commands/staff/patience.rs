//! `townline staff patience`: how long callers wait before they give up, from what is on record.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Map;
use staffing::{PatienceEstimate, QueuedContact, estimate_patience};

use crate::commands::BadInput;
use crate::planning::table_out::{Cell, Column, Format, Table};
use crate::planning::{named, open};

/// Mean patience with its 95 % range, from a record of waits: total time in queue over abandonments.
#[derive(Debug, Args)]
#[command(after_help = "Example: townline staff patience queue.csv

queue.csv has a line for each contact that entered the queue, answered ones too:
  wait_s,abandoned
  12,no
  95,yes")]
pub struct PatienceCommand {
    /// CSV with wait_s (seconds) and abandoned (yes or no, true or false, 1 or 0); - is standard input.
    file: PathBuf,
    /// How the answer is written.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl PatienceCommand {
    pub fn run(self) -> anyhow::Result<()> {
        let records = read(&self.file)?;
        let contacts = records.len() as u64;
        let found = estimate_patience(records)
            .map_err(|error| BadInput(format!("{}: {error}", named(&self.file))))?;
        let none = "nobody gave up, so patience has no upper bound; take the lower one".to_owned();
        let notes = if found.mean_s.is_none() { vec![none] } else { Vec::new() };
        table(&found, contacts).print(self.format, &notes, Map::new())
    }
}

fn table(found: &PatienceEstimate, contacts: u64) -> Table {
    let columns = [("contacts", 0), ("abandonments", 0), ("patience_s", 1), ("low_s", 1), ("high_s", 1)];
    let mut table = Table::new(Column::all(columns));
    table.add(vec![
        Cell::Whole(contacts),
        Cell::Whole(found.abandonments),
        Cell::Number(found.mean_s),
        Cell::Number(Some(found.low_s)),
        Cell::Number(found.high_s),
    ]);
    table
}

fn read(path: &Path) -> anyhow::Result<Vec<QueuedContact>> {
    let file = named(path);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(open(path)?);
    let header = reader.headers().map_err(|error| BadInput(format!("{file}: {error}")))?.clone();
    let column = |name: &str| {
        let at = header.iter().position(|found| found == name);
        at.ok_or_else(|| BadInput(format!("{file}: line 1: no column {name}")))
    };
    let (wait, abandoned) = (column("wait_s")?, column("abandoned")?);
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| BadInput(format!("{file}: {error}")))?;
        let line = record.position().map_or(0, csv::Position::line);
        let contact = contact(&record[wait], &record[abandoned]);
        records.push(contact.map_err(|error| BadInput(format!("{file}: line {line}: {error}")))?);
    }
    Ok(records)
}

fn contact(wait: &str, abandoned: &str) -> Result<QueuedContact, String> {
    let wait_s = wait.parse::<f64>().ok().filter(|wait| wait.is_finite() && *wait >= 0.0);
    let wait_s = wait_s.ok_or_else(|| format!("wait_s {wait:?} is not a number of seconds from 0 on"))?;
    let gave_up = match abandoned.to_ascii_lowercase().as_str() {
        "yes" | "true" | "1" => true,
        "no" | "false" | "0" => false,
        _ => return Err(format!("abandoned {abandoned:?} is neither yes nor no")),
    };
    Ok(QueuedContact { wait_s, gave_up })
}
