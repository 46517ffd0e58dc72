//! `townline serve`: the center, until it is asked to stop.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use access::InstallationKey;
use access::audit::CheckpointKey;
use anyhow::{Context, bail};
use db::Db;
use requests::FileStore;
use tokio::net::TcpListener;
use tokio::sync::watch;
use web::{App, ConnectionLimits, Drained, Front, NotedChains, Parts};

use super::BadInput;
use crate::checkpoints::Checkpoints;
use crate::settings::Settings;
use crate::wiring::SystemClock;
use crate::worker::Worker;
use crate::{disk, installation_key, logs, wiring};

/// Serves the center.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: townline serve --config townline.toml\nSettings: defaults, then the file, then TOWNLINE_* variables, then these flags."
)]
pub struct Serve {
    /// The settings file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Address and port to listen on.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Where the records are: sqlite:PATH or postgres://…
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

impl Serve {
    pub fn run(self) -> anyhow::Result<()> {
        let mut settings = Settings::read(self.config.as_deref(), std::env::vars())
            .map_err(|error| BadInput(format!("{error:#}")))?;
        settings.listen = self.listen.unwrap_or(settings.listen);
        settings.database = self.database.unwrap_or(settings.database);
        logs::start(&settings.log, settings.log_json)?;
        serve(&wiring::open(&settings.database)?, &settings, |_| {})
    }
}

/// Serves `db` until the process is asked to stop, then lets running work finish. `introduce` is told the address
/// before it is announced.
pub fn serve(db: &Db, settings: &Settings, introduce: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the async runtime")?;
    let key = installation_key::read_or_make(&settings.key)?;
    let front = Front::new(App::new(parts(db.clone(), settings, &key)?));
    runtime.block_on(async {
        let listener = TcpListener::bind(&settings.listen)
            .await
            .with_context(|| format!("nobody can listen on {}", settings.listen))?;
        let (stop, stopped) = watch::channel(());
        let checkpoints = Checkpoints::open(&settings.checkpoints, key.for_checkpoints())?;
        let worker = tokio::spawn(Worker::new(db.clone(), checkpoints).run(stopped));
        let address = listener.local_addr()?;
        introduce(address);
        println!("listening on http://{address}");
        let drained = web::serve(listener, front, limits(settings), stop_of(db)).await;
        // The worker ends its job and leaves; whatever it had claimed comes back after its lease.
        drop(stop);
        worker.await.context("the worker of jobs")?;
        if let Drained::CutOff { connections } = drained {
            tracing::warn!(connections, "connections were cut off");
        }
        if db.has_given_up() {
            bail!("a sync of the database failed; start again, and what was acknowledged is found in its journal");
        }
        Ok(())
    })
}

fn parts(db: Db, settings: &Settings, key: &InstallationKey) -> anyhow::Result<Parts> {
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new();
    let collected = recorder.install_recorder().context("metrics")?;
    Ok(Parts {
        db,
        clock: Arc::new(SystemClock),
        files: FileStore::open(&settings.files).context("the folder for photos")?,
        sealing: key.for_sealing(),
        settings: web_settings(settings)?,
        free_share: Some(disk::free_share(&settings.database, &settings.files)),
        metrics: Some(Arc::new(move || collected.render())),
        noted_chains: Some(noted_chains(settings, key.for_checkpoints())),
    })
}

/// Reads the last checkpoint anew each time it is asked for, which is seldom.
fn noted_chains(settings: &Settings, key: CheckpointKey) -> NotedChains {
    let folder = settings.checkpoints.clone();
    Arc::new(move |jurisdiction| {
        let last =
            Checkpoints::open_existing(&folder, key.clone()).and_then(|mut notes| notes.last(jurisdiction));
        let last = last
            .inspect_err(|error| tracing::warn!(error = format!("{error:#}"), "no checkpoint could be read"));
        last.ok().flatten().map(|noted| noted.last)
    })
}

fn web_settings(settings: &Settings) -> anyhow::Result<web::Settings> {
    let bad = |what: &str, error: &dyn std::fmt::Display| BadInput(format!("{what}: {error}"));
    let jurisdiction = settings.jurisdiction.as_deref().map(str::parse).transpose();
    let proxies = settings.trusted_proxies.iter().map(|address| address.parse()).collect::<Result<_, _>>();
    Ok(web::Settings {
        default_jurisdiction: jurisdiction.map_err(|e| bad("the setting jurisdiction", &e))?,
        trusted_proxies: proxies.map_err(|e| bad("the setting trusted_proxies", &e))?,
        connections: limits(settings),
        public_url: settings.public_url.clone(),
        ..web::Settings::default()
    })
}

fn limits(settings: &Settings) -> ConnectionLimits {
    ConnectionLimits { total_max: settings.connections, ..ConnectionLimits::default() }
}

/// Ends when the process is asked to stop, or when the database has given up: a failed sync is not tried again.
async fn stop_of(db: &Db) {
    tokio::select! {
        () = asked_to_stop() => {}
        () = db.gives_up() => tracing::error!("a sync of the database failed: stopping"),
    }
}

/// Ends with Ctrl+C or the signal that service managers send.
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).expect("a process may handle its own signals");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
