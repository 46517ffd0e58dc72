//! A series of counts, laid out by day and by interval of the day.
//!
//! When a center is open is learned from the records: an interval of a weekday that never has a record is closed, not
//! zero. Inside open hours a missing record is a gap; it is left out of every sum, never read as zero.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

use crate::{ForecastError, Interval};

/// One day with at least one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Contacts in each interval of the day, [`Interval::per_day`] of them; `None` without a record.
    pub counts: Vec<Option<f64>>,
}

impl Day {
    /// Monday is 0.
    pub fn weekday(&self) -> usize {
        weekday(self.date)
    }

    /// Contacts of the day in the intervals with records.
    pub fn total(&self) -> f64 {
        self.counts.iter().flatten().sum()
    }

    /// How many intervals have a record.
    pub fn records(&self) -> usize {
        self.counts.iter().flatten().count()
    }
}

/// Monday is 0.
pub(crate) fn weekday(date: Date) -> usize {
    date.weekday().to_monday_zero_offset() as usize
}

/// Counts of one kind of contact in order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    interval: Interval,
    days: Vec<Day>,
}

impl Series {
    /// A series of `(beginning of the interval in local time, contacts)`, in order of time.
    ///
    /// # Errors
    /// [`ForecastError::Count`], [`ForecastError::Order`] or [`ForecastError::OffGrid`] for the first record that
    /// cannot be used; [`ForecastError::TooShort`] without any.
    pub fn new(interval: Interval, records: &[(DateTime, f64)]) -> Result<Series, ForecastError> {
        let mut days: Vec<Day> = Vec::new();
        let mut before: Option<DateTime> = None;
        for &(at, count) in records {
            let slot = checked_slot(interval, at, count, before)?;
            before = Some(at);
            if days.last().is_none_or(|day| day.date != at.date()) {
                days.push(Day { date: at.date(), counts: vec![None; interval.per_day()] });
            }
            let day = days.last_mut().expect("a day was just added");
            day.counts[slot] = Some(count);
        }
        match days.is_empty() {
            true => Err(ForecastError::TooShort { days: 0, needed: 1 }),
            false => Ok(Series { interval, days }),
        }
    }

    /// Length of its intervals.
    pub fn interval(&self) -> Interval {
        self.interval
    }

    /// The days with records, in order of time.
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// The last day with records.
    pub fn last_date(&self) -> Date {
        self.days.last().expect("a series has a day").date
    }

    /// The records as they were given.
    pub fn records(&self) -> impl Iterator<Item = (DateTime, f64)> + '_ {
        self.days.iter().flat_map(move |day| {
            let with_record = |(slot, count): (usize, &Option<f64>)| count.map(|count| (slot, count));
            let here = day.counts.iter().enumerate().filter_map(with_record);
            here.map(move |(slot, count)| (start_of(self.interval, day.date, slot), count))
        })
    }

    /// Its first `records` records; a day may be cut in two.
    pub fn first(&self, records: usize) -> Series {
        let mut left = records;
        let mut days = Vec::new();
        for day in &self.days {
            if left == 0 {
                break;
            }
            days.push(beginning_of(day, left));
            left -= day.records().min(left);
        }
        Series { interval: self.interval, days }
    }

    /// Its last `days` days.
    pub(crate) fn last(mut self, days: usize) -> Series {
        self.days.drain(..self.days.len().saturating_sub(days));
        self
    }

    /// When it is open.
    pub(crate) fn opening(&self) -> Opening {
        Opening::learned(self)
    }
}

fn beginning_of(day: &Day, records: usize) -> Day {
    let mut left = records;
    let mut keep = |count: &Option<f64>| {
        let kept = count.filter(|_| left > 0);
        left -= usize::from(kept.is_some());
        kept
    };
    Day { date: day.date, counts: day.counts.iter().map(&mut keep).collect() }
}

fn checked_slot(
    interval: Interval,
    at: DateTime,
    count: f64,
    before: Option<DateTime>,
) -> Result<usize, ForecastError> {
    if !count.is_finite() || count < 0.0 {
        return Err(ForecastError::Count { at, count });
    }
    if let Some(before) = before.filter(|before| *before >= at) {
        return Err(ForecastError::Order { at, before });
    }
    let minute = at.hour() as u32 * 60 + at.minute() as u32;
    let on_grid =
        minute.is_multiple_of(interval.minutes()) && at.second() == 0 && at.subsec_nanosecond() == 0;
    if on_grid { Ok((minute / interval.minutes()) as usize) } else { Err(ForecastError::OffGrid { at }) }
}

/// When an interval begins.
pub(crate) fn start_of(interval: Interval, date: Date, slot: usize) -> DateTime {
    let minute = slot as u32 * interval.minutes();
    let time = Time::new((minute / 60) as i8, (minute % 60) as i8, 0, 0).expect("inside a day");
    date.to_datetime(time)
}

/// For each weekday, Monday first, which intervals of the day are open.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Opening([Vec<bool>; 7]);

/// Weeks before the end of the series that decide when a center is open now.
const RECENT_WEEKS: i64 = 8;

impl Opening {
    fn learned(series: &Series) -> Opening {
        let mut open: [Vec<bool>; 7] = std::array::from_fn(|_| vec![false; series.interval.per_day()]);
        let recent = series.last_date().saturating_sub((RECENT_WEEKS * 7).days());
        for day in series.days.iter().filter(|day| day.date > recent) {
            for (open, count) in open[day.weekday()].iter_mut().zip(&day.counts) {
                *open |= count.is_some();
            }
        }
        Opening(open)
    }

    /// Open intervals of a weekday.
    pub(crate) fn on(&self, weekday: usize) -> &[bool] {
        &self.0[weekday]
    }

    /// Whether anything opens on a weekday.
    pub(crate) fn opens_on(&self, weekday: usize) -> bool {
        self.0[weekday].contains(&true)
    }
}
