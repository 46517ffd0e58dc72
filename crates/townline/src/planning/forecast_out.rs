//! Writing forecasts: an interval, a day or a week a row, or everything in one document.

use clap::ValueEnum;
use forecasting::{DayForecast, Interval};
use jiff::civil::DateTime;
use serde_json::{Map, Value, json};

use super::forecast_sums::Forecasted;
use super::table_out::{Cell, Column, Table};

/// What has a row of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Rows {
    /// Every interval: what `staff plan` reads.
    Interval,
    /// Every day, with its reasons.
    Day,
    /// Every week.
    Week,
}

/// Forecasts with what their rows are named by.
pub struct Written<'a> {
    pub interval: Interval,
    /// Names of the columns that tell parts apart.
    pub by: &'a [String],
    pub forecasts: &'a [Forecasted],
}

/// The column of a quantile: `q10` for 0.1, `q2.5` for 0.025.
pub fn quantile_name(probability: f64) -> String {
    // Whole thousandths: 0.1 + 0.2 must not show as 30.000000000000004.
    format!("q{}", (probability * 1e5).round() / 1e3)
}

/// A time as it stands in files.
pub fn time(interval: Interval, at: DateTime) -> String {
    let format = if interval.is_day() { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
    at.strftime(format).to_string()
}

/// What makes a day what it is, by name.
fn reasons(day: &DayForecast) -> [(&'static str, f64); 8] {
    let reasons = &day.reasons;
    [
        ("level", reasons.level),
        ("weekday", reasons.weekday),
        ("year", reasons.year),
        ("month", reasons.month),
        ("holiday", reasons.holiday),
        ("event", reasons.event),
        ("recent", reasons.recent),
        ("part", reasons.part),
    ]
}

impl Written<'_> {
    /// A table with a row for each of these.
    pub fn table(&self, rows: Rows) -> Table {
        match rows {
            Rows::Interval => self.intervals(),
            Rows::Day => self.days(true),
            Rows::Week => self.weeks(),
        }
    }

    /// One document with intervals, days with their reasons, weeks and surges.
    pub fn document(&self, notes: &[String]) -> Map<String, Value> {
        let mut days = self.days(false).objects();
        let explained = self.forecasts_by_day().map(|(_, day)| reasons(day));
        for (day, reasons) in days.iter_mut().zip(explained) {
            let reasons = reasons.map(|(name, factor)| (name.to_owned(), json!(factor)));
            day["reasons"] = Value::Object(Map::from_iter(reasons));
        }
        Map::from_iter([
            ("interval".to_owned(), json!(self.interval.to_string())),
            ("intervals".to_owned(), self.intervals().objects().into()),
            ("days".to_owned(), days.into()),
            ("weeks".to_owned(), self.weeks().objects().into()),
            ("surges".to_owned(), self.surges().objects().into()),
            ("notes".to_owned(), json!(notes)),
        ])
    }

    fn columns(&self, first: &str) -> Vec<Column> {
        let names = [first].into_iter().chain(self.by.iter().map(String::as_str));
        names.map(|name| Column::new(name, 0)).collect()
    }

    fn quantile_columns(&self, prefix: &str) -> impl Iterator<Item = Column> {
        let probabilities = &self.forecasts[0].forecast.probabilities;
        probabilities.iter().map(move |p| Column::new(format!("{prefix}{}", quantile_name(*p)), 3))
    }

    fn intervals(&self) -> Table {
        let mut columns = self.columns("timestamp");
        columns.push(Column::new("mean", 3));
        columns.extend(self.quantile_columns(""));
        if self.forecasts[0].handle_times.is_some() {
            columns.push(Column::new("aht", 1));
            columns.extend(self.quantile_columns("aht_"));
        }
        let mut table = Table::new(columns);
        for index in 0..self.forecasts[0].forecast.intervals.len() {
            for one in self.forecasts {
                table.add(self.interval_row(one, index));
            }
        }
        table
    }

    fn interval_row(&self, one: &Forecasted, index: usize) -> Vec<Cell> {
        let interval = &one.forecast.intervals[index];
        let mut row = labelled(Cell::Text(time(self.interval, interval.at)), one);
        row.extend(numbers(interval.mean, &interval.quantiles));
        if let Some(times) = &one.handle_times {
            row.extend(numbers(times[index].mean_s, &times[index].quantiles_s));
        }
        row
    }

    /// Days in order of time, those of the total first.
    fn forecasts_by_day(&self) -> impl Iterator<Item = (&Forecasted, &DayForecast)> {
        let days = 0..self.forecasts[0].forecast.days.len();
        days.flat_map(|index| self.forecasts.iter().map(move |one| (one, &one.forecast.days[index])))
    }

    fn days(&self, explained: bool) -> Table {
        let mut columns = self.columns("date");
        columns.push(Column::new("mean", 1));
        columns.extend(self.quantile_columns("").map(|column| Column { digits: 1, ..column }));
        if explained {
            let names = reasons(&self.forecasts[0].forecast.days[0]).map(|(name, _)| name);
            columns.extend(names.map(|name| Column::new(name, 1)));
        }
        let mut table = Table::new(columns);
        for (one, day) in self.forecasts_by_day() {
            let mut row = labelled(Cell::Day(day.date), one);
            row.extend(numbers(day.mean, &day.quantiles));
            if explained {
                row.extend(reasons(day).map(|(name, factor)| match name {
                    "level" => Cell::Number(Some(factor)),
                    "part" => Cell::Share(factor),
                    _ => Cell::Factor(factor),
                }));
            }
            table.add(row);
        }
        table
    }

    fn weeks(&self) -> Table {
        let mut columns = self.columns("week_from");
        columns.extend([Column::new("days", 0), Column::new("mean", 1)]);
        columns.extend(self.quantile_columns("").map(|column| Column { digits: 1, ..column }));
        let mut table = Table::new(columns);
        for index in 0..self.forecasts[0].forecast.weeks.len() {
            for one in self.forecasts {
                let week = &one.forecast.weeks[index];
                let mut row = labelled(Cell::Day(week.monday), one);
                row.push(Cell::Whole(week.days as u64));
                row.extend(numbers(week.mean, &week.quantiles));
                table.add(row);
            }
        }
        table
    }

    fn surges(&self) -> Table {
        let mut columns = self.columns("date");
        columns.extend(Column::all([("contacts", 0), ("deviations", 1)]));
        let mut table = Table::new(columns);
        for one in self.forecasts {
            for surge in &one.surges {
                let mut row = labelled(Cell::Day(surge.date), one);
                row.extend([surge.contacts, surge.deviations].map(|number| Cell::Number(Some(number))));
                table.add(row);
            }
        }
        table
    }
}

fn labelled(first: Cell, one: &Forecasted) -> Vec<Cell> {
    let labels = one.labels.iter().map(|label| Cell::Text(label.clone()));
    [first].into_iter().chain(labels).collect()
}

fn numbers(mean: f64, quantiles: &[f64]) -> impl Iterator<Item = Cell> {
    [mean].into_iter().chain(quantiles.iter().copied()).map(|number| Cell::Number(Some(number)))
}
