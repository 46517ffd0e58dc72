//! Tables for people, spreadsheets and programs: the same rows as text, CSV or JSON.

use std::io::Write;

use anyhow::Context;
use clap::ValueEnum;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned columns.
    Table,
    /// Comma-separated values with a header.
    Csv,
    /// One document: rows as objects, notes, and what else belongs to them.
    Json,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words or a time.
    Text(String),
    /// A number of something.
    Whole(u64),
    /// A measured or computed number; `None` where it has no meaning.
    Number(Option<f64>),
    /// A day, for people with its weekday.
    Day(Date),
    /// A share of 1, in percent for people.
    Share(f64),
    /// A factor, for people as what it adds in percent.
    Factor(f64),
}

/// A column: its name, and digits after the point for people. JSON keeps all digits.
#[derive(Debug, Clone)]
pub struct Column {
    /// As programs see it: lower case, unit last.
    pub name: String,
    /// Digits after the point in text and CSV.
    pub digits: usize,
}

impl Column {
    /// A column of this name, whose numbers show so many digits.
    pub fn new(name: impl Into<String>, digits: usize) -> Self {
        Self { name: name.into(), digits }
    }

    /// Several at once.
    pub fn all<const N: usize>(columns: [(&str, usize); N]) -> Vec<Self> {
        columns.map(|(name, digits)| Self::new(name, digits)).to_vec()
    }
}

/// Rows under named columns.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table.
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row with a cell for each column.
    pub fn add(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows.push(row);
    }

    /// Writes the table to standard output. Notes go into a JSON document, and to standard error otherwise; `more` are
    /// further fields of the document.
    pub fn print(&self, format: Format, notes: &[String], more: Map<String, Value>) -> anyhow::Result<()> {
        let text = match format {
            Format::Table => self.aligned(),
            Format::Csv => self.csv()?,
            Format::Json => self.json(notes, more)?,
        };
        if format != Format::Json {
            tell(notes);
        }
        print(&text)
    }

    fn aligned(&self) -> String {
        let mut lines = vec![self.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>()];
        lines.extend(self.rows.iter().map(|row| self.cells(row, Cell::words)));
        let width = |nth: usize| lines.iter().map(|line| line[nth].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let mut text = String::new();
        for line in &lines {
            let cells = line.iter().zip(&widths).enumerate();
            // The first column names the row and stands on the left.
            let cells =
                cells.map(
                    |(nth, (cell, &width))| {
                        if nth == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                    },
                );
            text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            text.push('\n');
        }
        text
    }

    fn csv(&self) -> anyhow::Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(self.columns.iter().map(|column| &column.name))?;
        for row in &self.rows {
            writer.write_record(self.cells(row, Cell::plain))?;
        }
        let bytes = writer.into_inner().context("the CSV")?;
        String::from_utf8(bytes).context("the CSV")
    }

    fn json(&self, notes: &[String], more: Map<String, Value>) -> anyhow::Result<String> {
        let mut document = more;
        document.insert("rows".to_owned(), self.objects().into());
        document.insert("notes".to_owned(), json!(notes));
        Ok(serde_json::to_string_pretty(&document)? + "\n")
    }

    /// The rows as objects, with all digits.
    pub fn objects(&self) -> Vec<Value> {
        let row = |row: &Vec<Cell>| {
            let names = self.columns.iter().map(|column| column.name.clone());
            Value::Object(names.zip(row.iter().map(Cell::value)).collect())
        };
        self.rows.iter().map(row).collect()
    }

    fn cells(&self, row: &[Cell], written: fn(&Cell, usize) -> String) -> Vec<String> {
        row.iter().zip(&self.columns).map(|(cell, column)| written(cell, column.digits)).collect()
    }
}

/// Says on standard error what was understood, repaired or left out.
pub fn tell(notes: &[String]) {
    notes.iter().for_each(|note| eprintln!("note: {note}"));
}

/// Writes a document that has rows of several kinds.
pub fn print_document(document: &Map<String, Value>) -> anyhow::Result<()> {
    print(&(serde_json::to_string_pretty(document)? + "\n"))
}

fn print(text: &str) -> anyhow::Result<()> {
    std::io::stdout().lock().write_all(text.as_bytes()).context("standard output")
}

impl Cell {
    /// For people.
    fn words(&self, digits: usize) -> String {
        match self {
            Cell::Share(share) => format!("{:.digits$} %", 100.0 * share),
            // Zero is added so that a tiny loss does not show as -0.
            Cell::Factor(factor) => format!("{:+.0} %", (100.0 * (factor - 1.0)).round() + 0.0),
            Cell::Day(day) => day.strftime("%a %Y-%m-%d").to_string(),
            Cell::Text(_) | Cell::Whole(_) | Cell::Number(_) => self.plain(digits),
        }
    }

    /// For spreadsheets.
    fn plain(&self, digits: usize) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Day(day) => day.to_string(),
            Cell::Whole(number) => number.to_string(),
            Cell::Number(Some(number)) => format!("{number:.digits$}"),
            Cell::Number(None) => String::new(),
            Cell::Share(share) | Cell::Factor(share) => format!("{share:.5}"),
        }
    }

    /// For programs, with all digits.
    pub fn value(&self) -> Value {
        match self {
            Cell::Text(text) => json!(text),
            Cell::Day(day) => json!(day.to_string()),
            Cell::Whole(number) => json!(number),
            Cell::Number(number) => json!(number),
            Cell::Share(share) | Cell::Factor(share) => json!(share),
        }
    }
}
