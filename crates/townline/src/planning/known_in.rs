//! Reading what is known about days beside their counts: holidays and regressors.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use calendar::Holidays;
use forecasting::{Interval, IntervalRegressor, Known, Regressor};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::series_in::local_time;
use super::{named, open};
use crate::commands::BadInput;

/// Holidays between two days: `US` for the federal ones, else an iCalendar file read in this zone.
pub fn holidays(source: &str, zone: &str, first: Date, last: Date) -> anyhow::Result<BTreeMap<Date, String>> {
    let holidays = match source {
        "US" => Holidays::us_federal(),
        file => from_file(Path::new(file), zone)?,
    };
    let days = first.series(1.day()).take_while(|date| *date <= last);
    Ok(days.filter_map(|date| Some((date, holidays.on(date)?.name))).collect())
}

fn from_file(path: &Path, zone: &str) -> anyhow::Result<Holidays> {
    let mut text = String::new();
    let bad = |error: String| BadInput(format!("{}: {error}", named(path)));
    open(path)?.read_to_string(&mut text).map_err(|error| bad(error.to_string()))?;
    Ok(Holidays::from_ics(&text, zone).map_err(|error| bad(error_chain(&error)))?)
}

fn error_chain(error: &dyn std::error::Error) -> String {
    let cause = error.source().map(|cause| format!(": {}", error_chain(cause)));
    format!("{error}{}", cause.unwrap_or_default())
}

/// Numbers of a regressor file: of days, or of intervals when its first column holds times of day.
#[derive(Debug)]
pub enum Numbers {
    Days(Vec<Regressor>),
    Intervals(Vec<IntervalRegressor>),
}

/// Regressors of a CSV file: a first column of days or of times, then one column a regressor, named by the header.
pub fn regressors(path: &Path, zone: Option<&TimeZone>) -> anyhow::Result<Numbers> {
    let file = named(path);
    let bad = |line: u64, what: String| BadInput(format!("{file}: line {line}: {what}"));
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(open(path)?);
    let header = rows.headers().map_err(|error| BadInput(format!("{file}: {error}")))?.clone();
    let mut found: Vec<BTreeMap<DateTime, f64>> = vec![BTreeMap::new(); header.len().saturating_sub(1)];
    if found.is_empty() {
        let what = "there is no regressor; the columns are a day or a time, then one a regressor";
        return Err(bad(1, what.to_owned()).into());
    }
    let mut by_day = true;
    for row in rows.records() {
        let row = row.map_err(|error| BadInput(format!("{file}: {error}")))?;
        let line = row.position().map_or(0, csv::Position::line);
        let at = local_time(&row[0], zone).map_err(|what| bad(line, format!("{:?} {what}", &row[0])))?;
        by_day &= !row[0].contains(':');
        for ((values, name), text) in found.iter_mut().zip(header.iter().skip(1)).zip(row.iter().skip(1)) {
            let value = text.parse::<f64>().ok().filter(|value| value.is_finite());
            let value = value.ok_or_else(|| bad(line, format!("{name} {text:?} is not a number")))?;
            if values.insert(at, value).is_some() {
                return Err(bad(line, format!("{} comes twice", &row[0])).into());
            }
        }
    }
    let named = header.iter().skip(1).map(str::to_owned).zip(found);
    Ok(match by_day {
        true => Numbers::Days(named.map(|(name, values)| of_days(name, &values)).collect()),
        false => Numbers::Intervals(named.map(|(name, values)| IntervalRegressor { name, values }).collect()),
    })
}

/// Means of each day.
fn of_days(name: String, values: &BTreeMap<DateTime, f64>) -> Regressor {
    let mut sums: BTreeMap<Date, (f64, f64)> = BTreeMap::new();
    for (at, value) in values {
        let sum = sums.entry(at.date()).or_default();
        *sum = (sum.0 + value, sum.1 + 1.0);
    }
    Regressor { name, values: sums.into_iter().map(|(date, (sum, count))| (date, sum / count)).collect() }
}

impl Numbers {
    /// What they are to a series of these intervals: numbers by the hour say their mean to whole days.
    pub fn known(self, interval: Interval) -> Known {
        match self {
            Numbers::Days(regressors) => Known { regressors, ..Known::default() },
            Numbers::Intervals(of) if interval.is_day() => {
                let regressors = of.into_iter().map(|one| of_days(one.name, &one.values)).collect();
                Known { regressors, ..Known::default() }
            }
            Numbers::Intervals(interval_regressors) => Known { interval_regressors, ..Known::default() },
        }
    }
}
