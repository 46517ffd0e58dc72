//! Townline, the program: it reads the settings, opens the database, and either serves the center or
//! carries out one command.
//!
//! Everything it can do lives in the other crates; here is only what belongs to a process: the command
//! line, settings from file and environment, the wall clock and the seed of all randomness, logs,
//! signals, progress bars and exit codes.

#![expect(
    unreachable_pub,
    reason = "nothing of an executable can be reached; `pub` marks the face of a module"
)]

mod checkpoints;
mod commands;
mod disk;
mod import;
mod installation_key;
mod logs;
mod planning;
mod progress;
mod settings;
mod wiring;
mod worker;

use std::process::ExitCode;

use clap::Parser;

/// Taking in a request makes some hundred small allocations on one thread that another frees.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Exit code for input that cannot be used; 1 is for everything else that fails.
const BAD_INPUT: u8 = 2;

fn main() -> ExitCode {
    match commands::Townline::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The whole chain, once: what failed, and what lay beneath.
            eprintln!("townline: {error:#}");
            ExitCode::from(if error.is::<commands::BadInput>() { BAD_INPUT } else { 1 })
        }
    }
}
