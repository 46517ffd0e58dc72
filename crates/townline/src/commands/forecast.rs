//! `townline forecast`: contacts ahead, out of a file of counts.

mod score;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use forecasting::{DayAhead, Fitted, ForecastError, Interval, Known, Series, days_ahead};
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::BadInput;
use crate::planning::forecast_out::{self, Format};
use crate::planning::series_in::{Missing, Reading, SeriesIn};
use crate::planning::{forecast_plot, known_in, named, series_in};

/// Forecasts contacts from a CSV file of times and counts; no database is needed.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Example: townline forecast calls.csv --interval 30m --horizon 5d --holidays US --quantiles 0.1,0.5,0.9 --plot calls.svg\n\
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
    /// How far ahead: so many open intervals (140), or open days (5d).
    #[arg(long, default_value = "28d")]
    horizon: Reach,
    /// Probabilities of the quantiles.
    #[arg(long, value_delimiter = ',', default_value = "0.1,0.5,0.9", value_name = "P,P,…")]
    quantiles: Vec<f64>,
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

/// Which series, and what is known beside it.
#[derive(Debug, clap::Args)]
struct Source {
    /// Length of an interval: 5m to 60m dividing the hour, or 1d. Finer rows are summed.
    #[arg(long, default_value = "1d")]
    interval: Interval,
    /// Column with the times; needed only when it is not evident.
    #[arg(long, value_name = "NAME")]
    time_column: Option<String>,
    /// Column with the counts; needed only when it is not evident.
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// US for the federal holidays, or an iCalendar file.
    #[arg(long, value_name = "US|FILE.ics")]
    holidays: Option<String>,
    /// Numbers that move contacts: a CSV of day,name,… with values for the days ahead too.
    #[arg(long, value_name = "FILE.csv")]
    regressors: Option<PathBuf>,
    /// IANA name of the zone of the times, such as America/New_York.
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// What a missing row means.
    #[arg(long, value_enum, default_value = "gap")]
    missing: Missing,
}

/// How far: intervals, or days with all their open intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
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

impl Forecast {
    pub fn run(self) -> anyhow::Result<()> {
        if let Some(ForecastCommand::Score(score)) = self.score {
            return score.run();
        }
        let Some(path) = &self.series else {
            return Err(BadInput(
                "which series? townline forecast SERIES.csv, or - for standard input".to_owned(),
            )
            .into());
        };
        let (SeriesIn { series, notes }, known) = self.source.read(path)?;
        tell(&notes);
        let refused = |error: ForecastError| refused(path, &error);
        let ahead = self.horizon.days(&series, &known).map_err(refused)?;
        let fitted = Fitted::new(series, known, ahead.len()).map_err(refused)?;
        let forecast = fitted.forecast(&ahead, &self.quantiles).map_err(refused)?;
        print!("{}", self.written(&fitted, &forecast, &notes));
        self.plot.iter().try_for_each(|plot| forecast_plot::write(plot, fitted.series(), &forecast))
    }

    fn written(&self, fitted: &Fitted, forecast: &forecasting::Forecast, notes: &[String]) -> String {
        let interval = self.source.interval;
        match self.format {
            Format::Csv => forecast_out::forecast_csv(interval, forecast),
            Format::Json => format!("{:#}\n", forecast_out::forecast_json(interval, fitted, forecast, notes)),
            Format::Table => forecast_out::forecast_table(forecast),
        }
    }
}

impl Source {
    fn read(&self, path: &Path) -> anyhow::Result<(SeriesIn, Known)> {
        let zone = self.zone.as_deref().map(time_zone).transpose()?;
        let reading = Reading {
            interval: self.interval,
            time_column: self.time_column.clone(),
            column: self.column.clone(),
            zone,
            missing: self.missing,
        };
        let read = series_in::read(path, &reading)?;
        let zone = self.zone.as_deref().unwrap_or("UTC");
        let (first, last) = (read.series.days()[0].date, read.series.last_date());
        let known = known_in::known(self.holidays.as_deref(), self.regressors.as_deref(), zone, first, last)?;
        Ok((read, known))
    }
}

impl Reach {
    /// The days ahead of a series, as far as this reaches.
    fn days(self, series: &Series, known: &Known) -> Result<Vec<DayAhead>, ForecastError> {
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

fn time_zone(name: &str) -> anyhow::Result<TimeZone> {
    let unknown = |_| BadInput(format!("{name:?} is not a time zone such as America/New_York"));
    Ok(TimeZoneDatabase::bundled().get(name).map_err(unknown)?)
}

fn refused(path: &Path, error: &ForecastError) -> BadInput {
    BadInput(format!("{}: {error}", named(path)))
}

/// Says on standard error what was repaired or left out.
fn tell(notes: &[String]) {
    notes.iter().for_each(|note| eprintln!("townline: {note}"));
}
