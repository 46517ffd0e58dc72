//! Writing how right forecasts would have been: ours first, plain ones beside it.

use forecasting::{Accuracy, Interval};
use serde_json::{Map, Value, json};

use super::table_out::{Cell, Column, Table};

/// A scored method.
#[derive(Debug, Clone)]
pub struct Scored {
    /// What it is called.
    pub name: &'static str,
    /// Over all intervals.
    pub accuracy: Accuracy,
    /// By weekday, Monday first, where there are outcomes.
    pub by_weekday: Vec<(&'static str, Accuracy)>,
    /// By interval of the day, where there is more than one.
    pub by_interval: Vec<(String, Accuracy)>,
    /// Processor seconds an origin, fit and forecast.
    pub cpu_s: f64,
}

/// The measures, each by its name.
fn measures(accuracy: &Accuracy) -> [(&'static str, Cell); 7] {
    let Accuracy { wape, bias, mase, wql, cover80, cover95, poisson_floor } = *accuracy;
    [
        ("wape", Cell::Share(wape)),
        ("bias", Cell::Share(bias)),
        ("mase", Cell::Number(Some(mase))),
        ("wql", Cell::Number(Some(wql))),
        ("cover80", Cell::Share(cover80)),
        ("cover95", Cell::Share(cover95)),
        ("poisson_floor", Cell::Share(poisson_floor)),
    ]
}

fn columns(scored: &Scored) -> Vec<Column> {
    let mut columns = Column::all([("method", 0), ("of", 0)]);
    let digits = |name: &str| if matches!(name, "mase" | "wql") { 4 } else { 2 };
    columns.extend(measures(&scored.accuracy).map(|(name, _)| Column::new(name, digits(name))));
    columns
}

/// A row a method; then ours by weekday and by interval of the day.
pub fn table(scored: &[Scored]) -> Table {
    let mut columns = columns(&scored[0]);
    columns.push(Column::new("cpu_s", 5));
    let mut table = Table::new(columns);
    for method in scored {
        table.add(row(method.name, "all", &method.accuracy, Some(method.cpu_s)));
    }
    let ours = &scored[0];
    for (weekday, accuracy) in &ours.by_weekday {
        table.add(row(ours.name, weekday, accuracy, None));
    }
    for (interval, accuracy) in &ours.by_interval {
        table.add(row(ours.name, interval, accuracy, None));
    }
    table
}

fn row(name: &str, of: &str, accuracy: &Accuracy, cpu_s: Option<f64>) -> Vec<Cell> {
    let mut row = vec![Cell::Text(name.to_owned()), Cell::Text(of.to_owned())];
    row.extend(measures(accuracy).map(|(_, cell)| cell));
    row.push(Cell::Number(cpu_s));
    row
}

/// One document, with every method by weekday and by interval of the day.
pub fn document(
    interval: Interval,
    origins: usize,
    scored: &[Scored],
    notes: &[String],
) -> Map<String, Value> {
    let methods: Vec<Value> = scored.iter().map(method).collect();
    let document = json!({
        "interval": interval.to_string(), "origins": origins, "methods": methods, "notes": notes,
    });
    document.as_object().cloned().unwrap_or_default()
}

fn method(method: &Scored) -> Value {
    let part = |key: &str, name: &str, accuracy: &Accuracy| {
        let mut object = object(accuracy);
        object.insert(key.to_owned(), name.into());
        Value::from(object)
    };
    let by_weekday = method.by_weekday.iter().map(|(name, accuracy)| part("weekday", name, accuracy));
    let by_interval = method.by_interval.iter().map(|(name, accuracy)| part("interval", name, accuracy));
    let mut found = object(&method.accuracy);
    found.insert("name".to_owned(), method.name.into());
    found.insert("cpu_s".to_owned(), method.cpu_s.into());
    found.insert("by_weekday".to_owned(), by_weekday.collect());
    found.insert("by_interval".to_owned(), by_interval.collect());
    found.into()
}

fn object(accuracy: &Accuracy) -> Map<String, Value> {
    measures(accuracy).into_iter().map(|(name, cell)| (name.to_owned(), cell.value())).collect()
}
