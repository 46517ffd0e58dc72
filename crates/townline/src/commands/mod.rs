//! The command line: every command with its arguments, one file each.

mod catalog;
mod demo;
mod districts;
mod forecast;
mod import;
mod jurisdiction;
mod key;
mod places;
mod serve;
mod simulate;
mod staff;
mod user;
mod verify;

use clap::{Parser, Subcommand};

use crate::settings::DEFAULT_DATABASE;

/// Input that cannot be used; the program ends with exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadInput(pub String);

/// What was refused about people and keys is bad input; a failing store is not.
fn refusal(error: access::AccessError) -> anyhow::Error {
    match error {
        access::AccessError::Store(error) => error.into(),
        refused => BadInput(refused.to_string()).into(),
    }
}

/// Runs a government's 311 / constituent service center, and plans it.
#[derive(Debug, Parser)]
#[command(name = "townline", version, after_help = "A first look: townline demo")]
pub struct Townline {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes a sample town in a fresh database and serves it.
    Demo(demo::Demo),
    /// Serves the center.
    Serve(serve::Serve),
    /// Governments served.
    #[command(subcommand)]
    Jurisdiction(jurisdiction::Jurisdiction),
    /// Wards, neighborhoods, police districts and their kind.
    #[command(subcommand)]
    Districts(districts::Districts),
    /// The town's map: streets, parks, water, landmarks, addresses, assets.
    #[command(subcommand)]
    Places(places::Places),
    /// Departments, teams, services, questions and targets as a TOML file.
    #[command(subcommand)]
    Catalog(catalog::CatalogCommand),
    /// Brings in records of another system.
    #[command(subcommand)]
    Import(import::Import),
    /// People who sign in.
    #[command(subcommand)]
    User(user::User),
    /// API keys.
    #[command(subcommand)]
    Key(key::Key),
    /// How many agents; needs no server and no database.
    #[command(subcommand)]
    Staff(staff::Staff),
    /// A center tried out: queues, teams, shifts, call-backs, storms.
    Simulate(Box<simulate::Simulate>),
    /// Contacts ahead, out of a file of counts.
    Forecast(Box<forecast::Forecast>),
    /// Walks the audit chains and says whether they are whole.
    Verify(verify::Verify),
}

/// Where the records are; an argument of every command.
#[derive(Debug, clap::Args)]
pub struct DatabaseArgument {
    /// Where the records are: sqlite:PATH or postgres://…
    #[arg(long, env = "TOWNLINE_DATABASE", default_value = DEFAULT_DATABASE, hide_env_values = true, value_name = "URL")]
    database: String,
}

impl DatabaseArgument {
    /// Opens it and brings its tables up to date.
    pub fn open(&self) -> anyhow::Result<db::Db> {
        crate::wiring::open(&self.database)
    }
}

impl Townline {
    /// Carries out the command.
    pub fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Demo(command) => command.run(),
            Command::Serve(command) => command.run(),
            Command::Jurisdiction(command) => command.run(),
            Command::Districts(command) => command.run(),
            Command::Places(command) => command.run(),
            Command::Catalog(command) => command.run(),
            Command::Import(command) => command.run(),
            Command::User(command) => command.run(),
            Command::Key(command) => command.run(),
            Command::Staff(command) => command.run(),
            Command::Simulate(command) => command.run(),
            Command::Forecast(command) => command.run(),
            Command::Verify(command) => command.run(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Townline::command().debug_assert();
    }
}
