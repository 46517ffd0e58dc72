//! Reading a series of counts: which columns, what times, and what is wrong with a row.
//!
//! A row may also say which part of the contacts it counts (a channel, a topic), and how long they took. Rows of one time
//! with different parts are summed into the total; see [`parts_in`](super::parts_in).

use std::path::Path;

use clap::ValueEnum;
use csv::StringRecord;
use forecasting::{Handled, Interval, Series};
use jiff::civil::{DateTime, Time};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::parts_in::{Part, Parts, Row};
use super::{named, open};
use crate::commands::BadInput;
use crate::progress::Progress;

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
    /// Names of the columns that tell parts of the contacts apart.
    pub by: Vec<String>,
    /// Names of further columns that tell rows of one time apart, whose contacts are only summed.
    pub sum_over: Vec<String>,
    /// Name of the column with mean handle times in seconds.
    pub handle_time_column: Option<String>,
    /// Zone of the local times.
    pub zone: Option<TimeZone>,
    /// What a missing row means.
    pub missing: Missing,
    /// Seconds between two rows, where a file may be too short to tell.
    pub rows_apart_s: Option<i64>,
}

/// A series with its parts, and with what was repaired or left out to get it.
#[derive(Debug)]
pub struct SeriesIn {
    /// The counts of all parts together.
    pub series: Series,
    /// How long they took, where a column says so.
    pub handled: Vec<Handled>,
    /// Parts by the labels of [`Reading::by`], in their order; none when it is empty.
    pub parts: Vec<Part>,
    /// Seconds between two rows, when more than one fell into some day.
    pub rows_apart_s: Option<i64>,
    /// Sentences for the planner.
    pub notes: Vec<String>,
}

const TIME_NAMES: [&str; 5] = ["timestamp", "datetime", "date", "time", "at"];
const COUNT_NAMES: [&str; 5] = ["count", "contacts", "calls", "volume", "n"];
/// Ways in which spreadsheets write times, beside ISO 8601.
const OTHER_FORMATS: [&str; 4] = ["%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y"];
/// Rows between two looks at the clock.
const ROWS_A_LOOK: u64 = 100_000;

/// Reads a file, row by row: what is kept grows with the intervals, not with the rows.
pub fn read(path: &Path, reading: &Reading) -> anyhow::Result<SeriesIn> {
    let file = named(path);
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(open(path)?);
    let bad = |line: u64, what: String| BadInput(format!("{file}: line {line}: {what}"));
    let header = rows.headers().map_err(|error| BadInput(format!("{file}: {error}")))?.clone();
    let columns = Columns::find(&header, reading).map_err(|what| bad(1, what))?;
    let mut parts = Parts::new(reading);
    let mut progress = Progress::new("rows read");
    let (mut row, mut count) = (StringRecord::new(), 0);
    while rows.read_record(&mut row).map_err(|error| BadInput(format!("{file}: {error}")))? {
        let line = row.position().map_or(0, csv::Position::line);
        let read = columns.read(&row, reading.zone.as_ref()).map_err(|what| bad(line, what))?;
        parts.add(&read).map_err(|what| bad(line, format!("{} {what}", columns.time.1)))?;
        count += 1;
        if count % ROWS_A_LOOK == 0 {
            progress.at(count);
        }
    }
    progress.finish();
    parts.finish().map_err(|what| BadInput(format!("{file}: {what}")).into())
}

/// Where everything is, with the columns' names.
struct Columns {
    time: (usize, String),
    count: (usize, String),
    labels: Vec<(usize, String)>,
    handle: Option<(usize, String)>,
}

impl Columns {
    fn find(header: &StringRecord, reading: &Reading) -> Result<Columns, String> {
        if header.iter().all(str::is_empty) {
            return Err("the file is empty; it needs a header such as timestamp,count".to_owned());
        }
        let time = column(header, reading.time_column.as_deref(), &TIME_NAMES, 0, "time", "--time-column")?;
        let count = column(header, reading.column.as_deref(), &COUNT_NAMES, 1, "counts", "--column")?;
        let named = |position: usize| (position, header[position].to_owned());
        let there = |name: &String| Ok::<_, String>(named(position(header, name)?));
        let labels =
            reading.by.iter().chain(&reading.sum_over).map(there).collect::<Result<Vec<_>, String>>()?;
        let handle = reading.handle_time_column.as_ref().map(there).transpose()?;
        Ok(Columns { time: named(time), count: named(count), labels, handle })
    }

    fn read<'r>(&self, row: &'r StringRecord, zone: Option<&TimeZone>) -> Result<Row<'r>, String> {
        let (time, count) = (&row[self.time.0], &row[self.count.0]);
        let at = local_time(time, zone).map_err(|what| format!("{} {time:?} {what}", self.time.1))?;
        let count = checked_number(count).map_err(|what| format!("{} {count:?} {what}", self.count.1))?;
        let labels = self.labels.iter().map(|(position, name)| match &row[*position] {
            "" => Err(format!("{name} is empty")),
            label => Ok(label),
        });
        let labels = labels.collect::<Result<Vec<&str>, String>>()?;
        Ok(Row { at, count, labels, seconds: self.seconds(row, count)? })
    }

    /// Seconds that the contacts of a row took together; a row without contacts needs no handle time.
    fn seconds(&self, row: &StringRecord, count: f64) -> Result<f64, String> {
        match &self.handle {
            Some((position, name)) if count > 0.0 => {
                let text = &row[*position];
                let mean_s = checked_number(text).ok().filter(|mean_s| *mean_s > 0.0);
                mean_s
                    .map(|mean_s| mean_s * count)
                    .ok_or_else(|| format!("{name} {text:?} is not a number of seconds above 0"))
            }
            _ => Ok(0.0),
        }
    }
}

fn position(header: &StringRecord, name: &str) -> Result<usize, String> {
    let there = || header.iter().collect::<Vec<_>>().join(", ");
    let found = header.iter().position(|found| found.eq_ignore_ascii_case(name));
    found.ok_or_else(|| format!("there is no column {name:?}; there are {}", there()))
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
    if let Some(name) = asked {
        return position(header, name);
    }
    let found = usual.iter().find_map(|name| position(header, name).ok());
    let found = found.or((header.len() == 2).then_some(of_two));
    let there = || header.iter().collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| format!("which column holds the {what}? Say {flag}; there are {}", there()))
}

fn checked_number(text: &str) -> Result<f64, &'static str> {
    match text.parse::<f64>() {
        _ if text.is_empty() => Err("is empty; leave the row out where nothing is known"),
        Err(_) => Err("is not a number"),
        Ok(count) if !count.is_finite() => Err("is not a finite number"),
        Ok(count) if count < 0.0 => Err("is negative"),
        Ok(count) => Ok(count),
    }
}

/// The local time that a text means; one with an offset is told in the zone.
pub fn local_time(text: &str, zone: Option<&TimeZone>) -> Result<DateTime, &'static str> {
    if let Ok(at) = text.parse::<DateTime>()
        && !has_offset(text)
    {
        return Ok(at);
    }
    if let Ok(instant) = text.parse::<Timestamp>() {
        let zone = zone.ok_or("has an offset from UTC; say by --zone whose local time is meant")?;
        return Ok(Zoned::new(instant, zone.clone()).datetime());
    }
    let other = OTHER_FORMATS.iter().find_map(|format| {
        let parsed = strtime::parse(format, text).ok()?;
        parsed.to_datetime().or_else(|_| parsed.to_date().map(|date| date.to_datetime(Time::midnight()))).ok()
    });
    other.ok_or("is not a time such as 2026-05-08 16:30")
}

/// Whether an ISO 8601 time goes on after the time of day; a date with its hyphens comes before.
fn has_offset(text: &str) -> bool {
    text.ends_with(['Z', 'z']) || text.get(10..).is_some_and(|time| time.contains(['+', '-', '[']))
}
