//! `townline forecast`: contacts ahead, out of a file of counts.

mod score;
mod source;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use forecasting::{ForecastError, Known, LearnedHoliday};
use serde_json::Map;

use self::source::{Reach, Source};
use super::BadInput;
use crate::planning::forecast_out::{Rows, Written};
use crate::planning::forecast_sums::{Forecasted, Question};
use crate::planning::series_in::SeriesIn;
use crate::planning::table_out::{Format, print_document};
use crate::planning::{forecast_plot, named};

/// Forecasts contacts from a CSV file of times and counts; no database is needed.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Example: townline forecast calls.csv --interval 30m --horizon 5d --holidays US --quantiles 0.1,0.5,0.9 --plot calls.svg\n\
                  By channel and topic, with handle times: townline forecast calls.csv --interval 30m --by channel,topic --handle-time-column aht\n\
                  At noon: townline forecast calls.csv --interval 30m --horizon 5d --so-far today.csv\n\
                  Its accuracy on the past: townline forecast score calls.csv --interval 30m --origins 20 --step 3d --horizon 5d"
)]
pub struct Forecast {
    #[command(subcommand)]
    score: Option<ForecastCommand>,
    /// The counts; .gz is unpacked, - is standard input.
    #[arg(value_name = "SERIES.csv")]
    series: Option<PathBuf>,
    #[command(flatten)]
    source: Source,
    /// Columns that tell parts of the contacts apart, such as channel,topic: each is forecast, and so are their sums.
    #[arg(long, value_delimiter = ',', value_name = "NAME,…")]
    by: Vec<String>,
    /// Column with mean handle times in seconds, which are forecast too.
    #[arg(long, value_name = "NAME")]
    handle_time_column: Option<String>,
    /// What has come in today, the first day ahead: a CSV like the series. It is taken into account for the rest of the day.
    #[arg(long, value_name = "FILE.csv")]
    so_far: Option<PathBuf>,
    /// How far ahead: so many open intervals (140), or open days (5d).
    #[arg(long, default_value = "28d")]
    horizon: Reach,
    /// Probabilities of the quantiles.
    #[arg(long, value_delimiter = ',', default_value = "0.1,0.5,0.9", value_name = "P,P,…")]
    quantiles: Vec<f64>,
    /// What has a row of its own; otherwise intervals in CSV, and days in a table.
    #[arg(long, value_enum)]
    rows: Option<Rows>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// Where to draw a picture.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum ForecastCommand {
    /// How right forecasts of the past would have been, beside plain methods.
    Score(score::Score),
}

/// Columns that tell parts apart, at most: each doubles the number of sums.
const BY_MAX: usize = 3;
/// Days named in a note.
const NAMED_MAX: usize = 5;

impl Forecast {
    pub fn run(mut self) -> anyhow::Result<()> {
        if let Some(ForecastCommand::Score(score)) = self.score.take() {
            return score.run();
        }
        let Some(path) = &self.series else {
            return Err(BadInput(
                "which series? townline forecast SERIES.csv, or - for standard input".to_owned(),
            )
            .into());
        };
        let (mut contacts, known) = self.read(path)?;
        let (known, learned) = known.with_learned(&contacts.series).map_err(|error| refused(path, &error))?;
        contacts.notes.extend(learned.iter().map(said));
        let so_far = self.read_so_far(&contacts)?;
        let ahead = self.horizon.days(&contacts.series, &known).map_err(|error| refused(path, &error))?;
        let question = Question {
            contacts: &contacts,
            known: &known,
            ahead: &ahead,
            probabilities: &self.quantiles,
            so_far: so_far.as_ref(),
        };
        let forecasts = question.answer().map_err(|error| self.refused(path, &error))?;
        self.write(&forecasts, &notes(&contacts, so_far.as_ref(), &forecasts))?;
        self.plot.iter().try_for_each(|file| forecast_plot::chart(&contacts.series, &forecasts).write(file))
    }

    fn read(&self, path: &Path) -> anyhow::Result<(SeriesIn, Known)> {
        if self.by.len() > BY_MAX {
            return Err(BadInput(format!("--by takes {BY_MAX} columns at most")).into());
        }
        self.source.read(path, &self.by, self.handle_time_column.as_deref())
    }

    fn read_so_far(&self, contacts: &SeriesIn) -> anyhow::Result<Option<SeriesIn>> {
        let Some(path) = &self.so_far else { return Ok(None) };
        if self.source.interval.is_day() {
            let whole = "--so-far needs intervals shorter than a day, such as --interval 30m";
            return Err(BadInput(whole.to_owned()).into());
        }
        self.source.read_so_far(path, &self.by, contacts).map(Some)
    }

    fn write(&self, forecasts: &[Forecasted], notes: &[String]) -> anyhow::Result<()> {
        let written = Written { interval: self.source.interval, by: &self.by, forecasts };
        match self.format {
            Format::Json => print_document(&written.document(notes)),
            Format::Csv => {
                written.table(self.rows.unwrap_or(Rows::Interval)).print(self.format, notes, Map::new())
            }
            Format::Table => {
                written.table(self.rows.unwrap_or(Rows::Day)).print(self.format, notes, Map::new())
            }
        }
    }

    /// Names the file that is to blame.
    fn refused(&self, path: &Path, error: &ForecastError) -> BadInput {
        match (error, &self.so_far) {
            (ForecastError::NotToday { .. }, Some(so_far)) => refused(so_far, error),
            _ => refused(path, error),
        }
    }
}

fn refused(path: &Path, error: &ForecastError) -> BadInput {
    BadInput(format!("{}: {error}", named(path)))
}

/// What was repaired or left out of the files, and days that say nothing about those ahead.
fn notes(contacts: &SeriesIn, so_far: Option<&SeriesIn>, forecasts: &[Forecasted]) -> Vec<String> {
    let mut notes = contacts.notes.clone();
    if let Some(so_far) = so_far {
        notes.extend(so_far.notes.iter().map(|note| format!("today: {note}")));
        let known = |labels: &Vec<String>| contacts.parts.iter().any(|part| part.labels == *labels);
        let new = so_far.parts.iter().filter(|part| !known(&part.labels));
        notes.extend(new.map(|part| {
            format!("today: {} is not in the series, so it is left out", part.labels.join(", "))
        }));
    }
    notes.extend(surges(&forecasts[0]));
    notes
}

/// What to do about a holiday that nobody named.
fn said(learned: &LearnedHoliday) -> String {
    let LearnedHoliday { name, kept, missed } = learned;
    let (kept, met) = (kept.len(), kept.len() + missed);
    format!(
        "{name} is taken for a holiday, because it was one {kept} times of {met}; better name it in --holidays"
    )
}

fn surges(total: &Forecasted) -> Option<String> {
    let days: Vec<String> = total.surges.iter().map(|surge| surge.date.to_string()).collect();
    let last = &days[days.len().saturating_sub(NAMED_MAX)..];
    (!days.is_empty()).then(|| {
        let count = if days.len() == 1 { "1 day".to_owned() } else { format!("{} days", days.len()) };
        let last = last.join(", ");
        format!("{count} that the calendar cannot explain, kept out of the forecast, the last: {last}")
    })
}
