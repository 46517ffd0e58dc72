//! `townline forecast score`: forecasts of past moments beside what came, ours and plain ones.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use forecasting::{Accuracy, Interval, Known, Method, Origin, Origins, Outcome, Series};
use serde_json::Map;

use super::refused;
use super::source::{Reach, Source};
use crate::commands::BadInput;
use crate::planning::score_out::{self, Scored};
use crate::planning::series_in::SeriesIn;
use crate::planning::table_out::{Format, print_document};

/// Forecasts past moments from what was known then, and measures how right that would have been.
///
/// Unnamed holidays are learned anew at each of them.
///
/// Horizon and step count intervals with a record, rows of the series once it is summed (140), or its days (5d). The last
/// forecast ends with the series.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: townline forecast score calls.csv --interval 30m --origins 20 --step 3d --horizon 5d --format json"
)]
pub struct Score {
    /// The counts; .gz is unpacked, - is standard input.
    #[arg(value_name = "SERIES.csv")]
    series: PathBuf,
    #[command(flatten)]
    source: Source,
    /// How many past moments.
    #[arg(long, default_value = "20")]
    origins: usize,
    /// From one moment to the next.
    #[arg(long, default_value = "7d")]
    step: Reach,
    /// How far each forecast reaches.
    #[arg(long, default_value = "28d")]
    horizon: Reach,
    /// How the answer is written.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Score {
    pub fn run(self) -> anyhow::Result<()> {
        let (SeriesIn { series, notes, .. }, known) = self.source.read(&self.series, &[], None)?;
        let origins = Origins {
            count: self.origins,
            step: records(self.step, &series),
            horizon: records(self.horizon, &series),
        };
        let origins = origins.of(&series).map_err(|error| {
            BadInput(format!(
                "{} (before the first of {} origins)",
                refused(&self.series, &error),
                self.origins
            ))
        })?;
        let scored = Method::ALL.iter().map(|method| scored(*method, &origins, &known, self.source.interval));
        let scored =
            scored.collect::<Result<Vec<Scored>, _>>().map_err(|error| refused(&self.series, &error))?;
        match self.format {
            Format::Csv | Format::Table => score_out::table(&scored).print(self.format, &notes, Map::new()),
            Format::Json => {
                print_document(&score_out::document(self.source.interval, self.origins, &scored, &notes))
            }
        }
    }
}

/// A reach as records of a series; days as so many times the records of its usual day.
fn records(reach: Reach, series: &Series) -> usize {
    match reach {
        Reach::Intervals(count) => count,
        Reach::Days(count) => {
            let mut usual: Vec<usize> = series.days().iter().map(|day| day.records()).collect();
            let middle = usual.len() / 2;
            count * *usual.select_nth_unstable(middle).1
        }
    }
}

fn scored(
    method: Method,
    origins: &[Origin],
    known: &Known,
    interval: Interval,
) -> Result<Scored, forecasting::ForecastError> {
    let began = CpuClock::start();
    let mut outcomes: Vec<Outcome> = Vec::new();
    for origin in origins {
        outcomes.extend(origin.outcomes(method, known)?);
    }
    let cpu_s = began.elapsed().as_secs_f64() / origins.len() as f64;
    let naive_error = origins.iter().map(Origin::naive_error).sum::<f64>() / origins.len() as f64;
    let none_came = forecasting::ForecastError::AllZero;
    let accuracy = Accuracy::over(outcomes.iter(), naive_error).ok_or(none_came)?;
    Ok(Scored {
        name: method.name(),
        accuracy,
        by_weekday: by_weekday(&outcomes, naive_error),
        by_interval: by_interval(&outcomes, naive_error, interval),
        cpu_s,
    })
}

fn by_weekday(outcomes: &[Outcome], naive_error: f64) -> Vec<(&'static str, Accuracy)> {
    let of = |(weekday, name): (usize, &&'static str)| {
        let on = |outcome: &&Outcome| outcome.at.weekday().to_monday_zero_offset() as usize == weekday;
        Some((*name, Accuracy::over(outcomes.iter().filter(on), naive_error)?))
    };
    WEEKDAYS.iter().enumerate().filter_map(of).collect()
}

fn by_interval(outcomes: &[Outcome], naive_error: f64, interval: Interval) -> Vec<(String, Accuracy)> {
    if interval.is_day() {
        return Vec::new();
    }
    let times: std::collections::BTreeSet<_> = outcomes.iter().map(|outcome| outcome.at.time()).collect();
    let of = |time: jiff::civil::Time| {
        let at = outcomes.iter().filter(|outcome| outcome.at.time() == time);
        Some((time.strftime("%H:%M").to_string(), Accuracy::over(at, naive_error)?))
    };
    times.into_iter().filter_map(of).collect()
}

/// Processor time of this thread, or the time on the wall where the kernel does not tell.
struct CpuClock {
    on_cpu: Option<Duration>,
    wall: Instant,
}

impl CpuClock {
    fn start() -> CpuClock {
        CpuClock { on_cpu: on_cpu(), wall: Instant::now() }
    }

    fn elapsed(&self) -> Duration {
        match (self.on_cpu, on_cpu()) {
            (Some(began), Some(now)) => now.saturating_sub(began),
            _ => self.wall.elapsed(),
        }
    }
}

fn on_cpu() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
}
