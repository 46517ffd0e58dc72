//! Reading a series of counts: which columns, what times, and what is wrong with a row.

use std::path::Path;

use clap::ValueEnum;
use csv::StringRecord;
use forecasting::{Interval, Series};
use jiff::civil::{DateTime, Time};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::gather::Gather;
use super::{named, open};
use crate::commands::BadInput;

/// What a missing row means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Missing {
    /// Nothing is known: closed, or lost. Left out.
    Gap,
    /// Nobody called: the file has no rows for zeros.
    Zero,
}

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Length of the intervals that rows are summed into.
    pub interval: Interval,
    /// Name of the column with times, when it is not evident.
    pub time_column: Option<String>,
    /// Name of the column with counts, when it is not evident.
    pub column: Option<String>,
    /// Zone of the local times.
    pub zone: Option<TimeZone>,
    /// What a missing row means.
    pub missing: Missing,
}

/// A series with what was repaired or left out to get it.
#[derive(Debug)]
pub struct SeriesIn {
    /// The counts.
    pub series: Series,
    /// Sentences for the planner.
    pub notes: Vec<String>,
}

const TIME_NAMES: [&str; 5] = ["timestamp", "datetime", "date", "time", "at"];
const COUNT_NAMES: [&str; 5] = ["count", "contacts", "calls", "volume", "n"];
/// Ways in which spreadsheets write times, beside ISO 8601.
const OTHER_FORMATS: [&str; 4] = ["%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y"];

/// Reads a file.
pub fn read(path: &Path, reading: &Reading) -> anyhow::Result<SeriesIn> {
    let file = named(path);
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(open(path)?);
    let bad = |line: u64, what: String| BadInput(format!("{file}: line {line}: {what}"));
    let header = rows.headers().map_err(|error| BadInput(format!("{file}: {error}")))?.clone();
    let columns = Columns::find(&header, reading).map_err(|what| bad(1, what))?;
    let mut gather = Gather::new(reading.interval, reading.zone.clone(), reading.missing);
    let mut row = StringRecord::new();
    while rows.read_record(&mut row).map_err(|error| BadInput(format!("{file}: {error}")))? {
        let line = row.position().map_or(0, csv::Position::line);
        let (at, count) = columns.read(&row, reading.zone.as_ref()).map_err(|what| bad(line, what))?;
        gather.add(at, count).map_err(|what| bad(line, format!("{} {what}", columns.time.1)))?;
    }
    gather.finish().map_err(|what| BadInput(format!("{file}: {what}")).into())
}

/// Where time and count are, with the columns' names.
struct Columns {
    time: (usize, String),
    count: (usize, String),
}

impl Columns {
    fn find(header: &StringRecord, reading: &Reading) -> Result<Columns, String> {
        if header.iter().all(str::is_empty) {
            return Err("the file is empty; it needs a header such as timestamp,count".to_owned());
        }
        let time = column(header, reading.time_column.as_deref(), &TIME_NAMES, 0, "time", "--time-column")?;
        let count = column(header, reading.column.as_deref(), &COUNT_NAMES, 1, "counts", "--column")?;
        let named = |position: usize| (position, header[position].to_owned());
        Ok(Columns { time: named(time), count: named(count) })
    }

    fn read(&self, row: &StringRecord, zone: Option<&TimeZone>) -> Result<(DateTime, f64), String> {
        let (time, count) = (&row[self.time.0], &row[self.count.0]);
        let at = local_time(time, zone).map_err(|what| format!("{} {time:?} {what}", self.time.1))?;
        let count = checked_count(count).map_err(|what| format!("{} {count:?} {what}", self.count.1))?;
        Ok((at, count))
    }
}

/// Position of the asked-for column, else of the first usual name, else of the only candidate of a two-column file.
fn column(
    header: &StringRecord,
    asked: Option<&str>,
    usual: &[&str],
    of_two: usize,
    what: &str,
    flag: &str,
) -> Result<usize, String> {
    let at = |name: &str| header.iter().position(|found| found.eq_ignore_ascii_case(name));
    let there = || header.iter().collect::<Vec<_>>().join(", ");
    if let Some(name) = asked {
        return at(name).ok_or_else(|| format!("there is no column {name:?}; there are {}", there()));
    }
    let found = usual.iter().find_map(|name| at(name)).or((header.len() == 2).then_some(of_two));
    found.ok_or_else(|| format!("which column holds the {what}? Say {flag}; there are {}", there()))
}

fn checked_count(text: &str) -> Result<f64, &'static str> {
    match text.parse::<f64>() {
        _ if text.is_empty() => Err("is empty; leave the row out where nothing is known"),
        Err(_) => Err("is not a number"),
        Ok(count) if !count.is_finite() => Err("is not a finite number"),
        Ok(count) if count < 0.0 => Err("is negative"),
        Ok(count) => Ok(count),
    }
}

/// The local time that a text means; one with an offset is told in the zone.
fn local_time(text: &str, zone: Option<&TimeZone>) -> Result<DateTime, &'static str> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        let zone = zone.ok_or("has an offset from UTC; say by --zone whose local time is meant")?;
        return Ok(Zoned::new(instant, zone.clone()).datetime());
    }
    if let Ok(at) = text.parse::<DateTime>() {
        return Ok(at);
    }
    let other = OTHER_FORMATS.iter().find_map(|format| {
        let parsed = strtime::parse(format, text).ok()?;
        parsed.to_datetime().or_else(|_| parsed.to_date().map(|date| date.to_datetime(Time::midnight()))).ok()
    });
    other.ok_or("is not a time such as 2026-05-08 16:30")
}
