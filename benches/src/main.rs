//! Measures what Townline promises about its speed and size: `make bench`, or `scripts/bench creates lists`.
//!
//! The program under measurement is the release build, used only from outside: its commands fill databases, its server is
//! asked over loopback, the kernel tells its memory and processor time. Each figure prints rows with what we reached, the
//! limit we promise or a peer measured in the same run, their ratio and the verdict; the last line is the same as JSON.
//! A missed limit is a verdict, not a failure; a lost or invented row is a failure.

mod figures;
mod http;
mod load;
mod machine;
mod peer;
mod process;
mod report;
mod reports;
mod settings;
mod statistics;
mod stock;
mod town;

use anyhow::Context;
use clap::Parser;

use figures::Bench;
use process::Program;
use report::Report;
use settings::{CommandLine, Peer, Settings};

fn main() -> anyhow::Result<()> {
    let command_line = CommandLine::parse();
    match command_line.peer {
        Some(Peer::Peer { database, listen }) => peer::serve(&database, listen),
        None => measure(command_line.settings),
    }
}

fn measure(settings: Settings) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("a folder to work in")?;
    let program = Program::new(&settings.program, folder.path())?;
    let own = Program::new(&std::env::current_exe().context("the path of this program")?, folder.path())?;
    let report = Report::new(machine::line(folder.path())?);
    Bench::new(settings, program, own, report).measure()?.finish();
    Ok(())
}
