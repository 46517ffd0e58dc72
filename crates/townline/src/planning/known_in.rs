//! Reading what is known about days beside their counts: holidays and regressors.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use calendar::Holidays;
use forecasting::{Known, Regressor, Unnamed};
use jiff::ToSpan;
use jiff::civil::Date;

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

/// Regressors of a CSV file: a first column of days, then one column a regressor, named by the header.
pub fn regressors(path: &Path) -> anyhow::Result<Vec<Regressor>> {
    let file = named(path);
    let bad = |line: u64, what: String| BadInput(format!("{file}: line {line}: {what}"));
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(open(path)?);
    let header = rows.headers().map_err(|error| BadInput(format!("{file}: {error}")))?.clone();
    let empty = |name: &str| Regressor { name: name.to_owned(), values: BTreeMap::new() };
    let mut found: Vec<Regressor> = header.iter().skip(1).map(empty).collect();
    if found.is_empty() {
        return Err(
            bad(1, "there is no regressor; the columns are a day, then one a regressor".to_owned()).into()
        );
    }
    for row in rows.records() {
        let row = row.map_err(|error| BadInput(format!("{file}: {error}")))?;
        let line = row.position().map_or(0, csv::Position::line);
        let day: Date = row[0]
            .parse()
            .map_err(|_| bad(line, format!("{:?} is not a day such as 2026-05-08", &row[0])))?;
        for (regressor, text) in found.iter_mut().zip(row.iter().skip(1)) {
            let value = text.parse::<f64>().ok().filter(|value| value.is_finite());
            let value =
                value.ok_or_else(|| bad(line, format!("{} {text:?} is not a number", regressor.name)))?;
            if regressor.values.insert(day, value).is_some() {
                return Err(bad(line, format!("{day} comes twice")).into());
            }
        }
    }
    Ok(found)
}

/// What the named sources say about the days of a series and of the years after it.
pub fn known(
    holidays_from: Option<&str>,
    regressors_from: Option<&Path>,
    zone: &str,
    first: Date,
    last: Date,
) -> anyhow::Result<Known> {
    let until = last.saturating_add(2.years());
    let holidays = holidays_from.map(|source| holidays(source, zone, first, until)).transpose()?;
    let regressors = regressors_from.map(regressors).transpose()?;
    Ok(Known {
        holidays: holidays.unwrap_or_default(),
        regressors: regressors.unwrap_or_default(),
        unnamed: Unnamed::Learn,
    })
}
