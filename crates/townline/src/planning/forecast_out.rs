//! Writing forecasts and scores: CSV for spreadsheets, JSON for programs, tables for people.

use std::fmt::Write;

use clap::ValueEnum;
use forecasting::{Accuracy, DayForecast, Fitted, Forecast, Interval};
use jiff::civil::DateTime;
use serde_json::{Map, Value, json};

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values, one line an interval.
    Csv,
    /// One JSON document.
    Json,
    /// Aligned columns, one line a day, with reasons.
    Table,
}

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

/// The column of a quantile: `q10` for 0.1, `q2.5` for 0.025.
pub fn quantile_name(probability: f64) -> String {
    // Whole thousandths: 0.1 + 0.2 must not show as 30.000000000000004.
    format!("q{}", (probability * 1e5).round() / 1e3)
}

fn time(interval: Interval, at: DateTime) -> String {
    let format = if interval.is_day() { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
    at.strftime(format).to_string()
}

/// `timestamp,mean,q10,…`, a line an interval.
pub fn forecast_csv(interval: Interval, forecast: &Forecast) -> String {
    let names = forecast.probabilities.iter().map(|p| quantile_name(*p));
    let header: Vec<String> = ["timestamp".to_owned(), "mean".to_owned()].into_iter().chain(names).collect();
    let mut text = header.join(",") + "\n";
    for one in &forecast.intervals {
        let numbers = std::iter::once(one.mean).chain(one.quantiles.iter().copied());
        let numbers: Vec<String> = numbers.map(|number| format!("{number:.3}")).collect();
        // A write to a text cannot fail.
        let _ = writeln!(text, "{},{}", time(interval, one.at), numbers.join(","));
    }
    text
}

/// Intervals, days with their reasons, surges, and notes.
pub fn forecast_json(interval: Interval, fitted: &Fitted, forecast: &Forecast, notes: &[String]) -> Value {
    let intervals = forecast.intervals.iter();
    let intervals =
        intervals.map(|one| numbers("timestamp", time(interval, one.at), forecast, one.mean, &one.quantiles));
    let days = forecast.days.iter().map(|day| {
        let mut object = numbers("date", day.date.to_string(), forecast, day.mean, &day.quantiles);
        object.insert("reasons".to_owned(), reasons(day));
        object
    });
    let surges = fitted.surges();
    let surges = surges.iter().map(|surge| {
        json!({ "date": surge.date.to_string(), "contacts": surge.contacts, "deviations": surge.deviations })
    });
    json!({
        "interval": interval.to_string(),
        "intervals": intervals.collect::<Vec<_>>(),
        "days": days.collect::<Vec<_>>(),
        "surges": surges.collect::<Vec<_>>(),
        "notes": notes,
    })
}

fn numbers(key: &str, name: String, forecast: &Forecast, mean: f64, quantiles: &[f64]) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert(key.to_owned(), name.into());
    object.insert("mean".to_owned(), mean.into());
    for (probability, quantile) in forecast.probabilities.iter().zip(quantiles) {
        object.insert(quantile_name(*probability), (*quantile).into());
    }
    object
}

fn reasons(day: &DayForecast) -> Value {
    let reasons = &day.reasons;
    json!({
        "level": reasons.level, "weekday": reasons.weekday, "year": reasons.year, "month": reasons.month,
        "holiday": reasons.holiday, "event": reasons.event, "recent": reasons.recent, "part": reasons.part,
    })
}

/// A line a day, with what each reason adds in percent.
pub fn forecast_table(forecast: &Forecast) -> String {
    let mut text = format!("{:<15}{:>10}", "day", "mean");
    for probability in &forecast.probabilities {
        let _ = write!(text, "{:>10}", quantile_name(*probability));
    }
    let _ = writeln!(text, "{:>10}  weekday    year   month holiday   event  recent", "level");
    for day in &forecast.days {
        let _ = write!(text, "{:<15}{:>10.1}", day.date.strftime("%a %Y-%m-%d").to_string(), day.mean);
        day.quantiles.iter().for_each(|quantile| {
            let _ = write!(text, "{quantile:>10.1}");
        });
        let reasons = &day.reasons;
        let _ = write!(text, "{:>10.1} ", reasons.level);
        for factor in
            [reasons.weekday, reasons.year, reasons.month, reasons.holiday, reasons.event, reasons.recent]
        {
            let _ = write!(text, "{:>8}", percent(factor));
        }
        text.push_str(if reasons.part < 0.999 { "  part of the day\n" } else { "\n" });
    }
    text
}

/// What a factor adds: `+12 %`.
fn percent(factor: f64) -> String {
    format!("{:+.0} %", 100.0 * (factor - 1.0))
}

/// The methods with their measures.
pub fn score_json(interval: Interval, origins: usize, methods: &[Scored], notes: &[String]) -> Value {
    let methods: Vec<Value> = methods.iter().map(method_json).collect();
    json!({ "interval": interval.to_string(), "origins": origins, "methods": methods, "notes": notes })
}

fn method_json(method: &Scored) -> Value {
    let mut object = measures(&method.accuracy);
    object.insert("name".to_owned(), method.name.into());
    object.insert("cpu_s".to_owned(), method.cpu_s.into());
    let part = |key: &str, name: &str, accuracy: &Accuracy| {
        let mut object = measures(accuracy);
        object.insert(key.to_owned(), name.into());
        Value::from(object)
    };
    let by_weekday = method.by_weekday.iter().map(|(name, accuracy)| part("weekday", name, accuracy));
    let by_interval = method.by_interval.iter().map(|(name, accuracy)| part("interval", name, accuracy));
    object.insert("by_weekday".to_owned(), by_weekday.collect());
    object.insert("by_interval".to_owned(), by_interval.collect());
    object.into()
}

const MEASURES: [&str; 7] = ["wape", "bias", "mase", "wql", "cover80", "cover95", "poisson_floor"];

fn values(accuracy: &Accuracy) -> [f64; MEASURES.len()] {
    let Accuracy { wape, bias, mase, wql, cover80, cover95, poisson_floor } = *accuracy;
    [wape, bias, mase, wql, cover80, cover95, poisson_floor]
}

fn measures(accuracy: &Accuracy) -> Map<String, Value> {
    MEASURES.iter().zip(values(accuracy)).map(|(name, value)| ((*name).to_owned(), value.into())).collect()
}

/// A line a method.
pub fn score_csv(methods: &[Scored]) -> String {
    let mut text = format!("method,{},cpu_s\n", MEASURES.join(","));
    for method in methods {
        let values: Vec<String> =
            values(&method.accuracy).iter().map(|value| format!("{value:.5}")).collect();
        let _ = writeln!(text, "{},{},{:.5}", method.name, values.join(","), method.cpu_s);
    }
    text
}

/// Aligned lines: the methods, then ours by weekday.
pub fn score_table(methods: &[Scored]) -> String {
    let mut text = format!(
        "{:<24}{:>8}{:>9}{:>7}{:>8}{:>8}{:>8}{:>9}\n",
        "method", "WAPE", "bias", "MASE", "wQL", "80 %", "95 %", "CPU ms"
    );
    let line = |text: &mut String, name: &str, of: &Accuracy, cpu: String| {
        let _ = writeln!(
            text,
            "{name:<24}{:>6.2} %{:>+7.2} %{:>7.3}{:>8.4}{:>6.1} %{:>6.1} %{cpu:>9}",
            100.0 * of.wape,
            100.0 * of.bias,
            of.mase,
            of.wql,
            100.0 * of.cover80,
            100.0 * of.cover95
        );
    };
    for method in methods {
        line(&mut text, method.name, &method.accuracy, format!("{:.1}", 1000.0 * method.cpu_s));
    }
    if let Some(ours) = methods.first() {
        let _ = writeln!(text, "{:<24}{:>6.2} %", "chance alone", 100.0 * ours.accuracy.poisson_floor);
        for (weekday, accuracy) in &ours.by_weekday {
            line(&mut text, &format!("  {} on {weekday}", ours.name), accuracy, String::new());
        }
    }
    text
}
