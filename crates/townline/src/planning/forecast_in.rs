//! Reading what is expected: a CSV of times with contacts, as `townline forecast` writes it, or of times with counts.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::forecast_sums::ALL;
use super::{named, open};
use crate::commands::BadInput;

/// Contacts of one interval.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpectedInterval {
    /// As written in the file.
    pub time: String,
    /// Seconds on the time line.
    pub at_s: i64,
    /// Line of the file.
    pub line: u64,
    /// Contacts expected.
    pub contacts: f64,
    /// Handle time in seconds, where the file has a column for it.
    pub handle_s: Option<f64>,
    /// The 10 % and 90 % quantiles of contacts, where the file has them.
    pub range: Option<(f64, f64)>,
    /// Whether time was left out between the interval before and this one.
    pub after_gap: bool,
}

/// A forecast with what had to be understood to read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// In the order of time.
    pub intervals: Vec<ExpectedInterval>,
    /// Length of every interval in seconds.
    pub interval_s: f64,
    /// The column that contacts came from.
    pub column: String,
    /// What was understood rather than read.
    pub notes: Vec<String>,
}

/// Columns that hold contacts, the first that is there counts.
const CONTACTS: [&str; 2] = ["mean", "count"];

/// Columns that hold handle time in seconds.
const HANDLE_TIME: [&str; 2] = ["aht", "aht_s"];

/// Columns that hold the range of contacts.
const RANGE: [&str; 2] = ["q10", "q90"];

/// Where the columns are.
struct Columns {
    time: usize,
    contacts: usize,
    handle: Option<usize>,
    range: Option<[usize; 2]>,
    queues: Vec<usize>,
}

/// How a forecast is to be read.
#[derive(Debug, Clone, Default)]
pub struct Reading<'a> {
    /// The column of contacts, instead of `mean` or `count`.
    pub column: Option<&'a str>,
    /// Columns that tell queues apart; rows that sum over one of them are left out.
    pub queues: &'a [String],
    /// Length of an interval, instead of the shortest distance of two times.
    pub interval_s: Option<f64>,
}

/// Reads forecasts with the names of their queues, in the order in which the file first has them; a file without queues has one
/// without a name.
pub fn read(path: &Path, reading: &Reading) -> anyhow::Result<Vec<(String, Forecast)>> {
    let file = named(path);
    let bad = |error: String| BadInput(format!("{file}: {error}"));
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(open(path)?);
    let header = reader.headers().map_err(|error| bad(error.to_string()))?.clone();
    let columns = Columns::find(&header, reading).map_err(|error| bad(format!("line 1: {error}")))?;
    let mut queues: Vec<(String, Vec<ExpectedInterval>)> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| bad(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let wrong = |error: String| bad(format!("line {line}: {error}"));
        let interval = columns.interval(&record, line).map_err(wrong)?;
        let Some(queue) = columns.queue(&record) else { continue };
        let at = queues.iter().position(|(name, _)| *name == queue).unwrap_or_else(|| {
            queues.push((queue, Vec::new()));
            queues.len() - 1
        });
        let intervals = &mut queues[at].1;
        if intervals.last().is_some_and(|before| before.at_s >= interval.at_s) {
            return Err(wrong(not_after(&interval.time, reading.queues.is_empty())).into());
        }
        intervals.push(interval);
    }
    if queues.is_empty() {
        return Err(bad("holds no interval".to_owned()).into());
    }
    let column = &header[columns.contacts];
    let forecast = |(name, intervals)| Ok((name, Forecast::of(intervals, reading.interval_s, column)?));
    Ok(queues.into_iter().map(forecast).collect::<Result<Vec<_>, String>>().map_err(bad)?)
}

impl Forecast {
    /// Intervals in order of time, with their length and gaps.
    pub fn of(
        mut intervals: Vec<ExpectedInterval>,
        interval_s: Option<f64>,
        column: &str,
    ) -> Result<Self, String> {
        let seconds: Vec<i64> = intervals.iter().map(|interval| interval.at_s).collect();
        let interval_s = length(&seconds, interval_s)?;
        let notes = gaps(&mut intervals, &seconds, interval_s)?;
        Ok(Forecast { intervals, interval_s, column: column.to_owned(), notes })
    }
}

impl Columns {
    fn find(header: &csv::StringRecord, reading: &Reading) -> Result<Self, String> {
        let at =
            |names: &[&str]| names.iter().find_map(|name| header.iter().position(|found| found == *name));
        let missing = |what: &str| {
            let found: Vec<&str> = header.iter().collect();
            format!("no column {what}; there are {}", found.join(", "))
        };
        let contacts = match reading.column {
            Some(name) => at(&[name]).ok_or_else(|| missing(name))?,
            None => at(&CONTACTS).ok_or_else(|| missing("mean or count"))?,
        };
        let time = at(&["timestamp"]).ok_or_else(|| missing("timestamp"))?;
        let range = RANGE.map(|name| at(&[name]));
        let range = if let [Some(low), Some(high)] = range { Some([low, high]) } else { None };
        let queue = |name: &String| at(&[name.as_str()]).ok_or_else(|| missing(name));
        let queues = reading.queues.iter().map(queue).collect::<Result<Vec<usize>, String>>()?;
        Ok(Self { time, contacts, handle: at(&HANDLE_TIME), range, queues })
    }

    /// The name of a row's queue; `None` where the row sums over several.
    fn queue(&self, record: &csv::StringRecord) -> Option<String> {
        let names: Vec<&str> = self.queues.iter().map(|at| &record[*at]).collect();
        (!names.contains(&ALL)).then(|| names.join("/"))
    }

    fn interval(&self, record: &csv::StringRecord, line: u64) -> Result<ExpectedInterval, String> {
        let time = record[self.time].to_owned();
        let at_s = seconds(&time).ok_or_else(|| {
            format!("timestamp {time:?} is not a time such as 2026-05-08 16:00 or 2026-05-08T16:00-04:00")
        })?;
        let contacts = contacts_of(&record[self.contacts])?;
        let range = self
            .range
            .map(|[low, high]| Ok::<_, String>((contacts_of(&record[low])?, contacts_of(&record[high])?)));
        let handle_s = self.handle.map(|at| {
            let found = number(&record[at]).filter(|handle_s| *handle_s > 0.0);
            found.ok_or_else(|| format!("aht {:?} is not a number of seconds above 0", &record[at]))
        });
        let (handle_s, range) = (handle_s.transpose()?, range.transpose()?);
        Ok(ExpectedInterval { time, at_s, line, contacts, handle_s, range, after_gap: false })
    }
}

fn contacts_of(text: &str) -> Result<f64, String> {
    let found = number(text).filter(|contacts| *contacts >= 0.0);
    found.ok_or_else(|| format!("contacts {text:?} are not a number from 0 on"))
}

/// Also refuses NaN and infinity.
fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// Seconds on the time line; times without an offset are taken as they stand.
fn seconds(time: &str) -> Option<i64> {
    if let Ok(instant) = time.parse::<Timestamp>() {
        return Some(instant.as_second());
    }
    let local: DateTime = time.parse().ok()?;
    Some(Offset::UTC.to_timestamp(local).ok()?.as_second())
}

fn not_after(time: &str, one_queue: bool) -> String {
    let hint = if one_queue { "; rows of several queues need --queues" } else { "" };
    format!(
        "timestamp {time} is not after the one before; an hour that clocks show twice needs an offset (01:30-04:00, then 01:30-05:00){hint}"
    )
}

/// The length given, or the shortest distance of two times.
fn length(seconds: &[i64], given: Option<f64>) -> Result<f64, String> {
    let shortest = seconds.windows(2).map(|pair| pair[1] - pair[0]).min();
    match (given, shortest) {
        (_, _) if seconds.is_empty() => Err("holds no interval".to_owned()),
        (Some(given), Some(shortest)) if (shortest as f64) < given => {
            Err(format!("times are {shortest} s apart, closer than the interval of {given} s"))
        }
        (Some(given), _) => Ok(given),
        (None, Some(shortest)) => Ok(shortest as f64),
        (None, None) => Err("a single interval says nothing about its length; give --interval".to_owned()),
    }
}

/// Marks intervals before which time was left out, and says how many there are.
fn gaps(intervals: &mut [ExpectedInterval], seconds: &[i64], interval_s: f64) -> Result<Vec<String>, String> {
    let mut gaps = Vec::new();
    for (nth, pair) in seconds.windows(2).enumerate() {
        let distance = (pair[1] - pair[0]) as f64;
        let after = &mut intervals[nth + 1];
        if distance % interval_s != 0.0 {
            let ExpectedInterval { line, time, .. } = after;
            return Err(format!(
                "line {line}: timestamp {time} is {distance} s after the one before, not a multiple of {interval_s} s"
            ));
        }
        after.after_gap = distance > interval_s;
        if after.after_gap {
            gaps.push(after.time.clone());
        }
    }
    if gaps.is_empty() {
        return Ok(Vec::new());
    }
    let shown = gaps.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    let rest = if gaps.len() > 5 { format!(" and {} more", gaps.len() - 5) } else { String::new() };
    let gaps = if gaps.len() == 1 { "1 gap".to_owned() } else { format!("{} gaps", gaps.len()) };
    Ok(vec![format!("{gaps} in the times, taken as closed; open again at {shown}{rest}")])
}
