//! Tables for people, spreadsheets and programs: the same rows as text, CSV or JSON.

use std::io::Write;

use anyhow::Context;
use clap::ValueEnum;
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
}

/// A column: its name, and digits after the point for people. JSON keeps all digits.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// As programs see it: lower case, unit last.
    pub name: &'static str,
    /// Digits after the point in text and CSV.
    pub digits: usize,
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
            notes.iter().for_each(|note| eprintln!("note: {note}"));
        }
        std::io::stdout().lock().write_all(text.as_bytes()).context("standard output")
    }

    fn aligned(&self) -> String {
        let mut lines = vec![self.columns.iter().map(|column| column.name.to_owned()).collect::<Vec<_>>()];
        lines.extend(self.rows.iter().map(|row| self.words(row)));
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
        writer.write_record(self.columns.iter().map(|column| column.name))?;
        for row in &self.rows {
            writer.write_record(self.words(row))?;
        }
        let bytes = writer.into_inner().context("the CSV")?;
        String::from_utf8(bytes).context("the CSV")
    }

    fn json(&self, notes: &[String], more: Map<String, Value>) -> anyhow::Result<String> {
        let row = |row: &Vec<Cell>| {
            let names = self.columns.iter().map(|column| column.name.to_owned());
            Value::Object(names.zip(row.iter().map(Cell::value)).collect())
        };
        let mut document = more;
        document.insert("rows".to_owned(), self.rows.iter().map(row).collect());
        document.insert("notes".to_owned(), json!(notes));
        Ok(serde_json::to_string_pretty(&document)? + "\n")
    }

    fn words(&self, row: &[Cell]) -> Vec<String> {
        row.iter().zip(&self.columns).map(|(cell, column)| cell.words(column.digits)).collect()
    }
}

impl Cell {
    fn words(&self, digits: usize) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Whole(number) => number.to_string(),
            Cell::Number(Some(number)) => format!("{number:.digits$}"),
            Cell::Number(None) => String::new(),
        }
    }

    fn value(&self) -> Value {
        match self {
            Cell::Text(text) => json!(text),
            Cell::Whole(number) => json!(number),
            Cell::Number(number) => json!(number),
        }
    }
}
