//! Logs on standard error: structured, one event a line, without anything personal.

use std::io::stderr;

use anyhow::Context;
use tracing_subscriber::EnvFilter;

/// Starts logging with this filter, as JSON or as plain lines.
pub fn start(filter: &str, json: bool) -> anyhow::Result<()> {
    let filter: EnvFilter = filter.parse().with_context(|| format!("the log filter {filter:?}"))?;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    if json {
        logs.json().flatten_event(true).init();
    } else {
        logs.init();
    }
    Ok(())
}
