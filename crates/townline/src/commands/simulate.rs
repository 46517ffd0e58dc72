//! `townline simulate`: a center lived through, without a server or a database.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use simulation::{Center, SimulationError, Summary};

use super::BadInput;
use crate::planning::lives::Lives;
use crate::planning::simulation_out::{self as out, Cost};
use crate::planning::table_out::Format;
use crate::planning::{named, read_text, simulation_plot};

/// Replications of a batch, and the most of a run, where nothing else is said.
const BATCH: usize = 20;
const MOST: usize = 2_000;

/// Lives through a center many times: queues, teams, shifts, call-backs, storms; no database is needed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: townline simulate riverton.toml --replications 100 --seed 7 --plot riverton.svg\n\
    Two plans that meet the same contacts: townline simulate today.toml --compare tomorrow.toml\n\
    The file is described in the book, docs/book/simulation.md, with an example beside it."
)]
pub struct Simulate {
    /// The center; - is standard input.
    #[arg(value_name = "CENTER.toml")]
    center: PathBuf,
    /// How often it is lived through; with --precision, how often before it is looked at again.
    #[arg(long, default_value_t = BATCH, value_name = "N")]
    replications: usize,
    /// Goes on until every service level is known to so much either side, such as 0.01.
    #[arg(long, value_name = "SHARE")]
    precision: Option<f64>,
    /// Where --precision ends in any case.
    #[arg(long, default_value_t = MOST, value_name = "N")]
    replications_max: usize,
    /// What all chance comes from; the same seed gives the same figures.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Another plan for the same contacts: prints the differences.
    #[arg(long, value_name = "OTHER.toml")]
    compare: Option<PathBuf>,
    /// Prints the way through the time, interval by interval, instead of the figures.
    #[arg(long, conflicts_with = "compare")]
    intervals: bool,
    /// Processors to use; all where not said. The figures do not depend on it.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Where to draw a picture of who is at work, busy and waiting.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
}

impl Simulate {
    pub fn run(self) -> anyhow::Result<()> {
        let lives = self.lives()?;
        let center = read(&self.center)?;
        match &self.compare {
            Some(other) => self.compare(&center, &read(other)?, lives),
            None => self.figures(&center, lives),
        }
    }

    fn figures(&self, center: &Center, lives: Lives) -> anyhow::Result<()> {
        let summary = lives.summary(center).map_err(|error| self.refused(&error))?;
        let cost = Cost { seed: self.seed, cpu_s: cpu_s() };
        if let Some(plot) = &self.plot {
            simulation_plot::one(center, &summary).write(plot)?;
        }
        let table = match self.intervals {
            true => out::intervals(&summary, center.interval_s()),
            false => out::figures(&summary, cost),
        };
        let notes = self.notes(center, &summary);
        table.print(self.format, &notes, out::document(center, &summary, cost))
    }

    fn compare(&self, first: &Center, second: &Center, lives: Lives) -> anyhow::Result<()> {
        let summaries = lives.summaries(first, second).map_err(|error| self.refused(&error))?;
        let cost = Cost { seed: self.seed, cpu_s: cpu_s() };
        if let Some(plot) = &self.plot {
            simulation_plot::two([first, second], [&summaries.0, &summaries.1]).write(plot)?;
        }
        let mut document = out::document(first, &summaries.0, cost);
        document.insert("compared_with".to_owned(), second.name().into());
        let table = out::differences(&summaries.0.compare(&summaries.1));
        table.print(self.format, &self.notes(first, &summaries.0), document)
    }

    fn lives(&self) -> anyhow::Result<Lives> {
        if self.replications == 0 || self.replications > MOST {
            return Err(BadInput(format!("--replications is a number from 1 to {MOST}")).into());
        }
        if self.precision.is_some_and(|precision| !(precision > 0.0 && precision < 1.0)) {
            return Err(BadInput("--precision lies above 0 and below 1, such as 0.01".to_owned()).into());
        }
        let processors = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Ok(Lives {
            seed: self.seed,
            batch: self.replications,
            precision: self.precision,
            most: self.replications_max.clamp(self.replications, MOST),
            threads: self.threads.map_or(processors, NonZeroUsize::get),
        })
    }

    fn notes(&self, center: &Center, summary: &Summary) -> Vec<String> {
        let mut notes = out::notes(center, summary);
        let wide = summary.service_level_half_width();
        if let (Some(precision), Some(width)) = (self.precision, wide)
            && width > precision
        {
            let count = summary.replications;
            notes.push(format!("after {count} replications a service level is known to {width:.4} only"));
        }
        notes
    }

    fn refused(&self, error: &SimulationError) -> BadInput {
        BadInput(format!("{}: {error}", named(&self.center)))
    }
}

fn read(path: &Path) -> anyhow::Result<Center> {
    let center = Center::read(&read_text(path)?);
    Ok(center.map_err(|error| BadInput(format!("{}: {error}", named(path))))?)
}

/// Processor seconds of this program so far, those of all threads together.
fn cpu_s() -> f64 {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    used.tv_sec as f64 + used.tv_nsec as f64 * 1e-9
}
