//! Summing rows into intervals, and saying what was found on the way.
//!
//! Rows may be finer than the interval. An interval that lacks some of its rows is left out and named; it is never scaled
//! up or read as zero. Where clocks go back, the hour that comes twice is averaged, when the zone is known.

use forecasting::{Interval, Series};
use jiff::ToSpan;
use jiff::civil::{DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::series_in::{Missing, Reading};

/// Times named in a note before it says how many more there are.
const NAMED_MAX: usize = 5;

/// Rows so far.
pub struct Gather {
    interval: Interval,
    zone: Option<TimeZone>,
    missing: Missing,
    cells: Vec<Cell>,
    last: Option<DateTime>,
    /// The last time of the hour that comes twice.
    last_again: Option<DateTime>,
    /// Greatest distance in seconds of which all distances inside a day are multiples.
    step_s: Option<i64>,
}

/// All rows, summed into intervals.
pub struct Gathered {
    pub series: Series,
    /// What was repaired or left out.
    pub notes: Vec<String>,
    /// Greatest distance in seconds of which all distances inside a day are multiples.
    pub rows_apart_s: Option<i64>,
    /// Each interval that is kept, with the factor by which its sum counts: one half where the hour came twice.
    pub kept: Vec<(DateTime, f64)>,
}

/// An interval with its rows.
#[derive(Debug, Clone, Copy)]
struct Cell {
    at: DateTime,
    sum: f64,
    rows: u32,
    /// Rows that came a second time because clocks went back.
    again: u32,
}

impl Cell {
    fn count(&self) -> f64 {
        self.sum * f64::from(self.rows - self.again) / f64::from(self.rows)
    }

    fn once(&self) -> u32 {
        self.rows - self.again
    }
}

impl Gather {
    /// Begins with no rows.
    pub fn new(reading: &Reading) -> Gather {
        Gather {
            interval: reading.interval,
            zone: reading.zone.clone(),
            missing: reading.missing,
            cells: Vec::new(),
            last: None,
            last_again: None,
            step_s: reading.rows_apart_s,
        }
    }

    /// Takes in a row; rows come in order of time.
    pub fn add(&mut self, at: DateTime, count: f64) -> Result<(), String> {
        if let Some(last) = self.last.filter(|last| *last >= at) {
            return self.add_again(at, count, last);
        }
        if let Some(last) = self.last.filter(|last| last.date() == at.date()) {
            let distance = at.duration_since(last).as_secs();
            self.step_s = Some(self.step_s.map_or(distance, |step| greatest_common_divisor(step, distance)));
        }
        self.last = Some(at);
        let start = self.start_of(at);
        match self.cells.last_mut().filter(|cell| cell.at == start) {
            Some(cell) => {
                cell.sum += count;
                cell.rows += 1;
            }
            None => self.cells.push(Cell { at: start, sum: count, rows: 1, again: 0 }),
        }
        Ok(())
    }

    /// Refuses a time that cannot come next: only clocks that went back explain one that is not later than the last.
    pub fn check(&self, at: DateTime) -> Result<(), String> {
        let Some(last) = self.last.filter(|last| *last >= at) else { return Ok(()) };
        let comes_twice = self
            .zone
            .as_ref()
            .is_some_and(|zone| matches!(zone.to_ambiguous_zoned(at).offset(), AmbiguousOffset::Fold { .. }));
        match comes_twice && self.last_again.is_none_or(|again| again < at) {
            true => Ok(()),
            false => Err(out_of_order(at, last, self.zone.is_some())),
        }
    }

    fn add_again(&mut self, at: DateTime, count: f64, last: DateTime) -> Result<(), String> {
        self.check(at)?;
        self.last_again = Some(at);
        let start = self.start_of(at);
        let index = self.cells.binary_search_by_key(&start, |cell| cell.at);
        let index = index.map_err(|_| out_of_order(at, last, true))?;
        let cell = &mut self.cells[index];
        cell.sum += count;
        cell.rows += 1;
        cell.again += 1;
        Ok(())
    }

    /// The interval that a time lies in.
    pub fn start_of(&self, at: DateTime) -> DateTime {
        let minute = at.hour() as u32 * 60 + at.minute() as u32;
        let start = minute - minute % self.interval.minutes();
        let time = Time::new((start / 60) as i8, (start % 60) as i8, 0, 0).expect("inside a day");
        at.date().to_datetime(time)
    }

    /// The series, with what was repaired and which share of its rows each interval kept.
    pub fn finish(mut self) -> Result<Gathered, String> {
        if self.cells.is_empty() {
            return Err("there is no row of counts".to_owned());
        }
        let mut notes = Vec::new();
        self.note_hours_twice(&mut notes);
        match self.missing {
            Missing::Gap => self.leave_out_partial(&mut notes)?,
            Missing::Zero => self.fill_with_zeros(&mut notes),
        }
        let records: Vec<(DateTime, f64)> = self.cells.iter().map(|cell| (cell.at, cell.count())).collect();
        let series = Series::new(self.interval, &records).map_err(|error| error.to_string())?;
        self.note_gaps(&series, &mut notes);
        let kept = self.cells.iter().map(|cell| (cell.at, f64::from(cell.once()) / f64::from(cell.rows)));
        Ok(Gathered { series, notes, rows_apart_s: self.step_s, kept: kept.collect() })
    }

    fn note_hours_twice(&self, notes: &mut Vec<String>) {
        let twice: Vec<DateTime> =
            self.cells.iter().filter(|cell| cell.again > 0).map(|cell| cell.at).collect();
        if !twice.is_empty() {
            notes.push(format!(
                "{} averaged, because clocks went back and the hour came twice: {}",
                counted(twice.len(), "interval"),
                self.list(&twice)
            ));
        }
    }

    /// Leaves out intervals that lack rows: those that always do, because opening hours cut them, and gaps.
    fn leave_out_partial(&mut self, notes: &mut Vec<String>) -> Result<(), String> {
        let full = self.rows_of_full()?;
        let (lacking, whole): (Vec<Cell>, Vec<Cell>) =
            self.cells.iter().partition(|cell| cell.once() < full[of_week(self.interval, cell.at)].0);
        // The last interval has not ended, whatever opening hours do to others.
        let last = self.cells[self.cells.len() - 1].at;
        let (cut, gaps): (Vec<Cell>, Vec<Cell>) =
            lacking.into_iter().partition(|cell| cell.at != last && !full[of_week(self.interval, cell.at)].1);
        if !cut.is_empty() {
            let contacts: f64 = cut.iter().map(Cell::count).sum();
            let first = cut[0].at.strftime("%H:%M");
            notes.push(format!(
                "{} with {contacts} contacts left out, because opening hours end inside them, the first at {first}",
                counted(cut.len(), "interval")
            ));
        }
        if !gaps.is_empty() {
            let times: Vec<DateTime> = gaps.iter().map(|cell| cell.at).collect();
            notes.push(format!(
                "{} left out for lack of some rows: {}",
                counted(gaps.len(), "interval"),
                self.list(&times)
            ));
        }
        self.cells = whole;
        if self.cells.is_empty() { Err("no interval has all its rows".to_owned()) } else { Ok(()) }
    }

    /// For each interval of the week: how many rows make it full, and whether it ever was.
    fn rows_of_full(&self) -> Result<Vec<(u32, bool)>, String> {
        let mut most = vec![0; 7 * self.interval.per_day()];
        for cell in &self.cells {
            let most = &mut most[of_week(self.interval, cell.at)];
            *most = cell.once().max(*most);
        }
        if self.interval.is_day() {
            return Ok(most.into_iter().map(|most| (most, true)).collect());
        }
        let interval_s = i64::from(self.interval.minutes()) * 60;
        let step = self.step_s.unwrap_or(86_400);
        if interval_s % step != 0 {
            let minutes = step as f64 / 60.0;
            return Err(format!(
                "rows are {minutes} minutes apart; they cannot be put into intervals of {}",
                self.interval
            ));
        }
        let rows = (interval_s / step) as u32;
        if step < 60 {
            return Err("rows are not counts of even intervals; --missing zero adds them up, with zero where there are none".to_owned());
        }
        Ok(most.into_iter().map(|most| (rows, most >= rows)).collect())
    }

    fn fill_with_zeros(&mut self, notes: &mut Vec<String>) {
        let slots: std::collections::BTreeSet<Time> = self.cells.iter().map(|cell| cell.at.time()).collect();
        let (first, last) = (self.cells[0].at, self.cells[self.cells.len() - 1].at);
        let dates = first.date().series(1.day()).take_while(|date| *date <= last.date());
        let mut old = std::mem::take(&mut self.cells).into_iter().peekable();
        let mut filled = 0;
        for at in dates.flat_map(|date| slots.iter().map(move |time| date.to_datetime(*time))) {
            match old.next_if(|cell| cell.at == at) {
                Some(cell) => self.cells.push(cell),
                None if first < at && at < last => {
                    filled += 1;
                    self.cells.push(Cell { at, sum: 0.0, rows: 1, again: 0 });
                }
                None => {}
            }
        }
        if filled > 0 {
            notes.push(format!("{} without rows read as zero", counted(filled, "interval")));
        }
    }

    fn note_gaps(&self, series: &Series, notes: &mut Vec<String>) {
        let mut gaps = series.gaps();
        gaps.intervals.retain(|at| !self.is_skipped(*at));
        if !gaps.intervals.is_empty() {
            let count = counted(gaps.intervals.len(), "interval");
            notes.push(format!(
                "{count} without a record inside open hours, left out: {}",
                self.list(&gaps.intervals)
            ));
        }
        if !gaps.days.is_empty() {
            let days: Vec<String> = gaps.days.iter().map(ToString::to_string).collect();
            let count = counted(gaps.days.len(), "day");
            notes.push(format!(
                "{count} without a record on weekdays that have them, taken as closed: {}",
                shortened(&days)
            ));
        }
    }

    /// Whether clocks jumped over a time.
    fn is_skipped(&self, at: DateTime) -> bool {
        let offset = self.zone.as_ref().map(|zone| zone.to_ambiguous_zoned(at).offset());
        matches!(offset, Some(AmbiguousOffset::Gap { .. }))
    }

    fn list(&self, times: &[DateTime]) -> String {
        let format = if self.interval.is_day() { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
        let times: Vec<String> = times.iter().map(|at| at.strftime(format).to_string()).collect();
        shortened(&times)
    }
}

fn of_week(interval: Interval, at: DateTime) -> usize {
    let minute = at.hour() as usize * 60 + at.minute() as usize;
    let weekday = at.weekday().to_monday_zero_offset() as usize;
    weekday * interval.per_day() + minute / interval.minutes() as usize
}

fn out_of_order(at: DateTime, last: DateTime, zone_known: bool) -> String {
    let how = if at == last { "comes twice" } else { "is earlier than the row before" };
    let hint = match (at == last, zone_known) {
        (true, false) => {
            "; if clocks went back there, say --zone; if rows count parts of the contacts, name their columns by --by or --sum-over"
        }
        (true, true) => "; if rows count parts of the contacts, name their columns by --by or --sum-over",
        (false, false) => "; if clocks went back there, say --zone",
        (false, true) => "",
    };
    format!("{} {how}{hint}", at.strftime("%Y-%m-%d %H:%M"))
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn shortened(names: &[String]) -> String {
    let shown = names[..names.len().min(NAMED_MAX)].join(", ");
    match names.len().saturating_sub(NAMED_MAX) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
