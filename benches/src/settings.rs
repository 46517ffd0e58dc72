//! What to measure, and how much of it.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::load::Load;

/// A tenth of the time that follows is enough for caches and statements.
const WARM_UP_SHARE: u32 = 10;

/// Measures what Townline promises, each figure beside its limit or a peer from the same run.
#[derive(Debug, Parser)]
#[command(name = "bench", args_conflicts_with_subcommands = true)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) peer: Option<Peer>,
    #[command(flatten)]
    pub(crate) settings: Settings,
}

/// What the bench starts besides Townline.
#[derive(Debug, Subcommand)]
pub(crate) enum Peer {
    /// Serves the bare service that creates are compared with.
    #[command(hide = true)]
    Peer {
        /// Where to keep its rows.
        #[arg(long)]
        database: String,
        /// Address and port.
        #[arg(long)]
        listen: std::net::SocketAddr,
    },
}

/// Which figures, on what, how large.
#[derive(Debug, Clone, Args)]
pub(crate) struct Settings {
    /// The figures.
    #[arg(value_enum, default_value = "all")]
    pub(crate) figures: Vec<Figure>,
    /// The program that is measured.
    #[arg(long, default_value = "target/release/townline", value_name = "FILE")]
    pub(crate) program: PathBuf,
    /// The databases it runs on.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "sqlite,postgres")]
    pub(crate) engines: Vec<Engine>,
    /// Stored requests of the large town.
    #[arg(long, default_value_t = 1_000_000)]
    pub(crate) requests: u64,
    /// Stored requests of the town that the large one is compared with.
    #[arg(long, default_value_t = 100_000)]
    pub(crate) fewer_requests: u64,
    /// People of the sample town.
    #[arg(long, default_value_t = 60_000)]
    pub(crate) population: u32,
    /// How long each load is measured.
    #[arg(long, default_value_t = 10)]
    pub(crate) seconds: u64,
    /// No load has more requests than this.
    #[arg(long, default_value_t = 1_000_000)]
    pub(crate) load_max: u64,
    /// Connections that create requests at the same time.
    #[arg(long, default_value_t = 64)]
    pub(crate) connections: usize,
    /// Connections that read lists at the same time; more than there are cores only measures their waiting.
    #[arg(long, default_value_t = 2)]
    pub(crate) readers: usize,
    /// Boston's file; its figure is left out where it is missing.
    #[arg(long, default_value = "../shared/data/boston-311/boston_311_2011h2.csv.gz", value_name = "FILE")]
    pub(crate) boston: PathBuf,
    /// Real city data; figures of a series are left out where its file is missing.
    #[arg(long, default_value = "../shared/data", value_name = "FOLDER")]
    pub(crate) city_data: PathBuf,
}

impl Settings {
    /// A load on so many connections, a share of whose time passes before samples count.
    pub(crate) fn load(&self, connections: usize) -> Load {
        let measured = Duration::from_secs(self.seconds);
        Load { connections, warm_up: measured / WARM_UP_SHARE, measured, answers_max: self.load_max }
    }

    /// Whether this figure was asked for.
    pub(crate) fn wants(&self, figure: Figure) -> bool {
        self.figures.contains(&Figure::All) || self.figures.contains(&figure)
    }
}

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Figure {
    /// Everything.
    All,
    /// Making the sample town.
    Town,
    /// Importing Boston's requests.
    Import,
    /// Durable creates through Open311.
    Creates,
    /// Lists through Open311.
    Lists,
    /// Public pages.
    Pages,
    /// Tiles of the map.
    Tiles,
    /// From start to listening.
    Start,
    /// Memory of the server.
    Memory,
    /// Staffing requirements and measures; no database.
    Staffing,
    /// Speed of simulations, and how often their intervals hold the exact value; no database.
    Simulation,
    /// Accuracy and cost of forecasts.
    Forecasting,
}

/// A database that Townline runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Inside the program.
    Sqlite,
    /// A server.
    Postgres,
}

impl Engine {
    /// As people write it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }
}
