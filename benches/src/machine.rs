//! What the figures were measured on; without it they say nothing.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::statistics::Samples;

/// How many times the disk is asked, to know its usual pace.
const FSYNCS: usize = 50;

/// One line: cores, memory, system, and how long the disk takes to promise a write.
pub(crate) fn line(folder: &Path) -> anyhow::Result<String> {
    let cores = std::thread::available_parallelism().context("the number of cores")?;
    let fsync = fsync(folder)?;
    Ok(format!(
        "{cores} cores ({}), {:.0} GiB, Linux {}, a write of 4 KiB with fsync {:.2} ms",
        after("/proc/cpuinfo", "model name\t:"),
        after("/proc/meminfo", "MemTotal:").trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0)
            / (1024.0 * 1024.0),
        after("/proc/sys/kernel/osrelease", ""),
        fsync.as_secs_f64() * 1000.0,
    ))
}

/// The first line of a file that begins so, without that beginning.
fn after(path: &str, beginning: &str) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let found = text.lines().find_map(|line| line.strip_prefix(beginning));
    found.unwrap_or("unknown").trim().to_owned()
}

fn fsync(folder: &Path) -> anyhow::Result<Duration> {
    let mut file = tempfile::tempfile_in(folder).context("a file to measure the disk with")?;
    let times = (0..FSYNCS).map(|_| one_fsync(&mut file)).collect::<std::io::Result<Vec<_>>>()?;
    Ok(Samples::new(times).context("the disk was not asked")?.percentile(50))
}

fn one_fsync(file: &mut File) -> std::io::Result<Duration> {
    let begin = Instant::now();
    file.write_all(&[1; 4096])?;
    file.sync_data()?;
    Ok(begin.elapsed())
}
