//! Which series, and what is known beside it: arguments of every forecasting command.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use forecasting::{DayAhead, ForecastError, Interval, Known, Series, Unnamed, days_ahead};
use jiff::ToSpan;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::commands::BadInput;
use crate::planning::marked_days::{self, AtWeekends, DayRule};
use crate::planning::series_in::{Missing, Reading, SeriesIn};
use crate::planning::{known_in, series_in};

/// Whether days without a name can be holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UnnamedHolidays {
    /// When past years say so.
    Learn,
    /// Never.
    Ignore,
}

/// Which series, and what is known beside it.
#[derive(Debug, clap::Args)]
pub struct Source {
    /// Length of an interval: 5m to 60m dividing the hour, or 1d. Finer rows are summed.
    #[arg(long, default_value = "1d")]
    pub interval: Interval,
    /// Column with the times; needed only when it is not evident.
    #[arg(long, value_name = "NAME")]
    time_column: Option<String>,
    /// Column with the counts; needed only when it is not evident.
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// Columns that tell rows of one time apart, such as channel,topic, whose contacts are only summed.
    #[arg(long, value_delimiter = ',', value_name = "NAME,…")]
    sum_over: Vec<String>,
    /// US for the federal holidays, or an iCalendar file.
    #[arg(long, value_name = "US|FILE.ics")]
    holidays: Option<String>,
    /// Whether days that were quiet or closed year after year count as holidays without a name; which ones is said.
    #[arg(long, value_enum, default_value = "learn")]
    unnamed_holidays: UnnamedHolidays,
    /// Numbers that move contacts: a CSV of day,name,… or time,name,… with values for the days ahead too.
    #[arg(long, value_name = "FILE.csv")]
    regressors: Option<PathBuf>,
    /// Days on which people are paid: 15,last of each month, or 2026-01-09/14 for every fourteen days; at weekends the Friday before.
    #[arg(long, value_delimiter = ',', value_name = "DAY,…")]
    paydays: Vec<DayRule>,
    /// Days on which bills are sent, by the same rules; they stay at weekends.
    #[arg(long, value_delimiter = ',', value_name = "DAY,…")]
    billing_days: Vec<DayRule>,
    /// IANA name of the zone of the times, such as America/New_York.
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// What a missing row means.
    #[arg(long, value_enum, default_value = "gap")]
    missing: Missing,
}

impl Source {
    /// Reads the series with what is known beside it.
    pub fn read(
        &self,
        path: &Path,
        by: &[String],
        handle_time: Option<&str>,
    ) -> anyhow::Result<(SeriesIn, Known)> {
        let read = series_in::read(path, &self.reading(by, handle_time)?)?;
        let known = self.known(&read)?;
        Ok((read, known))
    }

    fn known(&self, read: &SeriesIn) -> anyhow::Result<Known> {
        let (first, last) = (read.series.days()[0].date, read.series.last_date());
        let until = last.saturating_add(2.years());
        let zone = self.zone.as_deref().map(time_zone).transpose()?;
        let mut known = match &self.regressors {
            Some(path) => known_in::regressors(path, zone.as_ref())?.known(self.interval),
            None => Known::default(),
        };
        if let Some(source) = &self.holidays {
            known.holidays = known_in::holidays(source, self.zone.as_deref().unwrap_or("UTC"), first, until)?;
        }
        let kinds = [
            ("paydays", &self.paydays, AtWeekends::MoveBefore),
            ("billing days", &self.billing_days, AtWeekends::Stay),
        ];
        for (name, rules, weekends) in kinds.into_iter().filter(|(_, rules, _)| !rules.is_empty()) {
            known.marked.push(marked_days::marked(name, rules, weekends, first, until));
        }
        known.unnamed = match self.unnamed_holidays {
            UnnamedHolidays::Learn => Unnamed::Learn,
            UnnamedHolidays::Ignore => Unnamed::Ignore,
        };
        Ok(known)
    }

    /// Reads what has come in today, in rows like those of the series.
    pub fn read_so_far(&self, path: &Path, by: &[String], series: &SeriesIn) -> anyhow::Result<SeriesIn> {
        let reading = Reading { rows_apart_s: series.rows_apart_s, ..self.reading(by, None)? };
        series_in::read(path, &reading)
    }

    fn reading(&self, by: &[String], handle_time: Option<&str>) -> anyhow::Result<Reading> {
        Ok(Reading {
            interval: self.interval,
            time_column: self.time_column.clone(),
            column: self.column.clone(),
            by: by.to_vec(),
            sum_over: self.sum_over.clone(),
            handle_time_column: handle_time.map(str::to_owned),
            zone: self.zone.as_deref().map(time_zone).transpose()?,
            missing: self.missing,
            rows_apart_s: None,
        })
    }
}

fn time_zone(name: &str) -> anyhow::Result<TimeZone> {
    let unknown = |_| BadInput(format!("{name:?} is not a time zone such as America/New_York"));
    Ok(TimeZoneDatabase::bundled().get(name).map_err(unknown)?)
}

/// How far: intervals, or days with all their open intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Intervals(usize),
    Days(usize),
}

impl std::str::FromStr for Reach {
    type Err = String;

    fn from_str(text: &str) -> Result<Reach, String> {
        let number = |text: &str| text.parse::<usize>().ok().filter(|number| (1..=100_000).contains(number));
        let reach = match text.strip_suffix('d') {
            Some(days) => number(days).map(Reach::Days),
            None => number(text).map(Reach::Intervals),
        };
        reach.ok_or_else(|| "a number of intervals from 1 to 100000, or of days such as 5d".to_owned())
    }
}

impl Reach {
    /// The days ahead of a series, as far as this reaches.
    pub fn days(self, series: &Series, known: &Known) -> Result<Vec<DayAhead>, ForecastError> {
        match self {
            Reach::Intervals(count) => days_ahead(series, known, count),
            Reach::Days(count) => {
                let mut days = days_ahead(series, known, (count + 1) * series.interval().per_day())?;
                // The rest of a day that has begun is not one of the days asked for.
                let begun = usize::from(days[0].date == series.last_date());
                days.truncate(count + begun);
                Ok(days)
            }
        }
    }
}
