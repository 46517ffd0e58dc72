//! `townline demo`: a sample town in a fresh database, served.

use std::net::SocketAddr;

use anyhow::Context;
use db::Db;
use sampletown::{FillSettings, Filled, StaffMember};

use super::serve::serve;
use crate::progress::Progress;
use crate::settings::{DEFAULT_LISTEN, Settings};
use crate::{logs, wiring};

/// Under which name the town is served.
const JURISDICTION: &str = "sampletown.example";

/// What everybody in the sample town signs in with; the town is made up, and so is its secret.
const PASSWORD: &str = "seven green lanterns float";

/// Makes a sample town in a fresh database and serves it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: townline demo --population 5000\nThe town, its people and its numbers are made up."
)]
pub struct Demo {
    /// Address and port to listen on.
    #[arg(long, default_value = DEFAULT_LISTEN, value_name = "ADDR")]
    listen: String,
    /// How many people live in the town.
    #[arg(long, default_value_t = 60_000, value_parser = clap::value_parser!(u32).range(500..=2_000_000))]
    population: u32,
    /// Another seed makes another town.
    #[arg(long, default_value_t = 311)]
    seed: u64,
    /// How many past requests, where the population's own number will not do.
    #[arg(long)]
    requests: Option<u64>,
    /// Where to make the town; a temporary folder when left out. It must not hold a town already.
    #[arg(long, env = "TOWNLINE_DATABASE", hide_env_values = true, value_name = "URL")]
    database: Option<String>,
    /// Makes the town and stops.
    #[arg(long)]
    no_serve: bool,
}

impl Demo {
    pub fn run(self) -> anyhow::Result<()> {
        let settings = Settings {
            listen: self.listen.clone(),
            log: "warn".to_owned(),
            log_json: false,
            ..Settings::default()
        };
        logs::start(&settings.log, settings.log_json)?;
        // Kept to the end of the process, then removed with the town in it.
        let folder = tempfile::tempdir().context("a temporary folder")?;
        let database = match &self.database {
            Some(database) => database.clone(),
            None => format!("sqlite:{}", folder.path().join("town.db").display()),
        };
        let db = wiring::open(&database)?;
        let filled = self.fill(&db)?;
        println!(
            "{} is made up: {} people, {} requests.",
            filled.town.name,
            self.population,
            filled.past + filled.recent
        );
        if self.no_serve {
            return Ok(());
        }
        let settings = Settings {
            database: database.clone(),
            files: folder.path().join("files"),
            checkpoints: folder.path().join("checkpoints"),
            key: folder.path().join("town.key"),
            ..settings
        };
        serve(&db, &settings, |address| introduce(&filled.staff, address, &database))
    }

    fn fill(&self, db: &Db) -> anyhow::Result<Filled> {
        let settings = FillSettings {
            seed: self.seed,
            population: self.population,
            jurisdiction: JURISDICTION.parse().expect("the constant is an id"),
            now: wiring::now(),
            requests: self.requests,
            password: PASSWORD.to_owned(),
        };
        let mut shown = Progress::new("making the town");
        let filled = sampletown::fill(db, &settings, &mut |step| {
            if let sampletown::Progress::Past { done, of } = step {
                shown.of(done, of);
            }
        });
        shown.finish();
        let filled = filled
            .context("the sample town cannot be made; a database that holds one already is left alone")?;
        // Its people are made up and their password is printed: there is nothing that a second factor could guard.
        let (id, now) = (settings.jurisdiction, settings.now);
        db.write_now(move |tx| access::second_factor::set_rule(tx, now, &wiring::operator(), &id, false))?;
        Ok(filled)
    }
}

/// Where to go and as whom.
fn introduce(staff: &[StaffMember], address: SocketAddr, database: &str) {
    let site = format!("http://{address}");
    println!();
    println!("  residents      {site}/   {site}/report   {site}/requests");
    println!("  staff          {site}/sign-in   {site}/desk   {site}/admin");
    println!("  programs       {site}/open311/v2/requests.json");
    // Another engine's address was given by whoever reads this, and may hold a password.
    if database.starts_with("sqlite:") {
        println!("  database       {database}");
    }
    println!();
    println!("Sign in with the password \"{PASSWORD}\" as");
    for person in staff {
        println!("  {:<15}{}", person.role.as_str(), person.email);
    }
    println!();
}
