//! `townline staff evaluate`: cases as JSON in, answers as JSON out.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Map, Value, json};
use staffing::cases::{Evaluated, evaluate};

use crate::commands::BadInput;
use crate::planning::table_out::{Cell, Column, Format, Table};
use crate::planning::{named, read_text};

/// Works out cases written as JSON; a case without an answer gets an error and does not stop the rest.
#[derive(Debug, clap::Args)]
#[command(after_help = r#"Example: echo '{"cases": [{"id": "a", "kind": "erlang_c", "input":
  {"agents": 14, "calls": 100, "interval_s": 1800, "aht_s": 180, "threshold_s": 20}}]}' | townline staff evaluate -

The kinds and their fields are in the book, docs/book/staffing.md."#)]
pub struct Evaluate {
    /// The file, {"cases": [{"id", "kind", "input"}, …]}; - is standard input.
    file: PathBuf,
    /// json has everything; csv and table have one line for each value.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
}

impl Evaluate {
    pub fn run(self) -> anyhow::Result<()> {
        let cases = cases(&self.file)?;
        let results = cases.iter().zip(1..).map(|(case, nth)| answer(case, nth));
        match self.format {
            Format::Json => print_json(&results.collect()),
            Format::Csv | Format::Table => lines(results)?.print(self.format, &[], Map::new()),
        }
    }
}

fn cases(path: &Path) -> anyhow::Result<Vec<Value>> {
    let name = named(path);
    let mut document: Value =
        serde_json::from_str(&read_text(path)?).map_err(|e| BadInput(format!("{name}: {e}")))?;
    match document.get_mut("cases").map(Value::take) {
        Some(Value::Array(cases)) => Ok(cases),
        Some(_) => Err(BadInput(format!("{name}: cases is not a list")).into()),
        None => Err(BadInput(format!("{name}: there is no list of cases")).into()),
    }
}

/// The answer to the `nth` case of the file, with its id as it was given.
fn answer(case: &Value, nth: usize) -> Value {
    let id = case.get("id").cloned().unwrap_or(json!(null));
    match solve(case) {
        Ok(found) if found.ignored.is_empty() => json!({ "id": id, "result": found.result }),
        Ok(found) => json!({ "id": id, "result": found.result, "ignored_fields": found.ignored }),
        Err(error) if id.is_null() => json!({ "id": id, "error": format!("case {nth}: {error}") }),
        Err(error) => json!({ "id": id, "error": error }),
    }
}

fn solve(case: &Value) -> Result<Evaluated, String> {
    let kind = case.get("kind").and_then(Value::as_str).ok_or("kind is missing or not a text")?;
    let input = case.get("input").and_then(Value::as_object).ok_or("input is missing or not an object")?;
    evaluate(kind, input).map_err(|error| error.to_string())
}

fn print_json(results: &Vec<Value>) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &json!({ "results": results })).context("standard output")?;
    writeln!(out).context("standard output")
}

/// One line for each value of each answer.
fn lines(results: impl Iterator<Item = Value>) -> anyhow::Result<Table> {
    let mut table = Table::new(Column::all([("id", 0), ("name", 0), ("value", 0)]));
    for result in results {
        let id = words(&result["id"]);
        let values: BTreeMap<String, Value> = match result.get("result") {
            Some(values) => serde_json::from_value(values.clone())?,
            None => BTreeMap::from([("error".to_owned(), result["error"].clone())]),
        };
        for (name, value) in values {
            table.add(vec![Cell::Text(id.clone()), Cell::Text(name), Cell::Text(words(&value))]);
        }
    }
    Ok(table)
}

fn words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
