//! Channels, topics and other parts of the same contacts, read beside their total.
//!
//! A file counts each part in rows of its own. A part without a row where others have one had no contacts; whether an
//! interval lacks rows is decided for the total.

use std::collections::{BTreeMap, HashMap};

use forecasting::{Handled, Interval, Series};
use jiff::civil::DateTime;

use super::gather::{Gather, Gathered};
use super::series_in::{Missing, Reading, SeriesIn};

/// More parts than this are a mistake in the choice of columns.
const PARTS_MAX: usize = 500;
/// So are more kinds of rows than this.
const KINDS_MAX: usize = 100_000;

/// A part of the contacts.
#[derive(Debug)]
pub struct Part {
    /// Its channel, topic or what else the columns say, in their order.
    pub labels: Vec<String>,
    /// Its counts, in the same intervals as the total.
    pub series: Series,
    /// How long they took, where a column says so.
    pub handled: Vec<Handled>,
}

/// One row of a file.
#[derive(Debug)]
pub struct Row<'r> {
    pub at: DateTime,
    pub count: f64,
    /// Which part it counts, then what else tells rows of one time apart.
    pub labels: Vec<&'r str>,
    /// Seconds that all its contacts took together.
    pub seconds: f64,
}

/// Contacts and their seconds in each interval.
type Sums = BTreeMap<DateTime, (f64, f64)>;

/// Rows so far, by part.
pub struct Parts {
    interval: Interval,
    zero_is_missing: bool,
    /// How many labels tell parts apart; further ones only tell rows of one time apart.
    label_count: usize,
    timed: bool,
    total: Gather,
    /// The time that rows are being summed for, and which kinds of rows have come.
    now: Option<(DateTime, f64, Vec<usize>)>,
    /// Kinds of rows by all their labels, each with the part it belongs to.
    kinds: HashMap<String, (usize, usize)>,
    parts: BTreeMap<Vec<String>, usize>,
    sums: Vec<Sums>,
    key: String,
}

impl Parts {
    /// Begins with no rows.
    pub fn new(reading: &Reading) -> Parts {
        Parts {
            interval: reading.interval,
            zero_is_missing: reading.missing == Missing::Zero,
            label_count: reading.by.len(),
            timed: reading.handle_time_column.is_some(),
            total: Gather::new(reading),
            now: None,
            kinds: HashMap::new(),
            parts: BTreeMap::new(),
            sums: Vec::new(),
            key: String::new(),
        }
    }

    /// Takes in a row; rows come in order of time.
    pub fn add(&mut self, row: &Row) -> Result<(), String> {
        if row.labels.is_empty() && !self.timed {
            return self.total.add(row.at, row.count);
        }
        let (kind, part) = self.numbers(&row.labels)?;
        let start = self.total.start_of(row.at);
        let sum = self.sums[part].entry(start).or_default();
        sum.0 += row.count;
        sum.1 += row.seconds;
        match &mut self.now {
            // The same kind again is another row of the same time, which the total refuses or knows how to repair.
            Some((at, count, kinds)) if *at == row.at && !kinds.contains(&kind) => {
                *count += row.count;
                kinds.push(kind);
                Ok(())
            }
            _ => {
                self.flush()?;
                // Refuses an order that is wrong at the row that breaks it.
                self.total.check(row.at)?;
                self.now = Some((row.at, row.count, vec![kind]));
                Ok(())
            }
        }
    }

    fn flush(&mut self) -> Result<(), String> {
        match self.now.take() {
            Some((at, count, _)) => self.total.add(at, count),
            None => Ok(()),
        }
    }

    /// Numbers of the kind of row and of its part.
    fn numbers(&mut self, labels: &[&str]) -> Result<(usize, usize), String> {
        self.key.clear();
        for label in labels {
            self.key.push_str(label);
            self.key.push('\u{1f}');
        }
        // Most rows are of a known kind; only a new one needs texts of its own.
        if let Some(known) = self.kinds.get(&self.key) {
            return Ok(*known);
        }
        let of_part: Vec<String> =
            labels[..self.label_count].iter().map(|label| (*label).to_owned()).collect();
        let next = self.parts.len();
        let part = *self.parts.entry(of_part).or_insert(next);
        if part == PARTS_MAX || self.kinds.len() == KINDS_MAX {
            return Err(format!(
                "is more than {PARTS_MAX} parts or {KINDS_MAX} kinds of rows; choose other columns"
            ));
        }
        self.sums.resize_with(self.parts.len(), Sums::new);
        let numbers = (self.kinds.len(), part);
        self.kinds.insert(self.key.clone(), numbers);
        Ok(numbers)
    }

    /// The total with its parts, and with what was repaired.
    pub fn finish(mut self) -> Result<SeriesIn, String> {
        self.flush()?;
        let Gathered { series, mut notes, rows_apart_s, kept } = self.total.finish()?;
        let handled = if self.timed { mean_times(&kept, &merged(&self.sums)) } else { Vec::new() };
        let (mut parts, mut lacking) = (Vec::new(), 0);
        if self.label_count > 0 {
            for (labels, number) in self.parts {
                let sums = &self.sums[number];
                lacking += kept.iter().filter(|(at, _)| !sums.contains_key(at)).count();
                let records: Vec<(DateTime, f64)> = kept
                    .iter()
                    .map(|(at, factor)| (*at, factor * sums.get(at).map_or(0.0, |sum| sum.0)))
                    .collect();
                let series = Series::new(self.interval, &records).map_err(|error| error.to_string())?;
                let handled = if self.timed { mean_times(&kept, sums) } else { Vec::new() };
                parts.push(Part { labels, series, handled });
            }
        }
        if lacking > 0 && !self.zero_is_missing {
            notes.push(format!(
                "{lacking} times an interval has rows of some parts but not of others, whose contacts are read as zero there"
            ));
        }
        Ok(SeriesIn { series, handled, parts, rows_apart_s, notes })
    }
}

fn merged(sums: &[Sums]) -> Sums {
    let mut all = Sums::new();
    for (at, (count, seconds)) in sums.iter().flatten() {
        let sum = all.entry(*at).or_default();
        sum.0 += count;
        sum.1 += seconds;
    }
    all
}

/// Mean handle times of the intervals that are kept and have contacts.
fn mean_times(kept: &[(DateTime, f64)], sums: &Sums) -> Vec<Handled> {
    let of = |(at, factor): &(DateTime, f64)| {
        let (count, seconds) = sums.get(at).copied().unwrap_or_default();
        (count > 0.0).then(|| Handled { at: *at, contacts: factor * count, mean_s: seconds / count })
    };
    kept.iter().filter_map(of).collect()
}
