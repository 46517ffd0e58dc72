//! The programs that are measured: started, waited for, looked at from outside, and ended by their own process id.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

/// How often a child is looked at while it is waited for.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// What a server prints when it is ready.
const READY: &str = "listening on http://";

/// A program with the folder it runs in.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    path: PathBuf,
    folder: PathBuf,
}

/// What a finished command leaves.
#[derive(Debug)]
pub(crate) struct Finished {
    /// What it printed.
    pub(crate) output: String,
    /// How long it took, from start to end.
    pub(crate) took: Duration,
}

impl Program {
    /// The program at `path`; its children see only `folder` and the settings given here.
    pub(crate) fn new(path: &Path, folder: &Path) -> anyhow::Result<Self> {
        let path = path
            .canonicalize()
            .with_context(|| format!("{} is not there; `make build` makes it", path.display()))?;
        Ok(Self { path, folder: folder.to_owned() })
    }

    /// Runs a command to its end.
    ///
    /// # Errors
    /// When it fails, with what it said, or takes too long.
    pub(crate) fn run(&self, arguments: &[&str], within: Duration) -> anyhow::Result<Finished> {
        let begin = Instant::now();
        let (mut child, said) = self.start(arguments)?;
        let status = child.end_within(within).with_context(|| arguments.join(" "))?;
        let took = begin.elapsed();
        ensure!(status.success(), "{} failed: {}", arguments.join(" "), said.everything());
        Ok(Finished { output: said.output()?, took })
    }

    /// Starts a server on a port of its own and waits until it listens.
    pub(crate) fn serve(&self, arguments: &[&str], within: Duration) -> anyhow::Result<Server> {
        let listen = format!("127.0.0.1:{}", free_port()?);
        let arguments = [arguments, &["--listen", &listen]].concat();
        let begin = Instant::now();
        let (mut child, said) = self.start(&arguments)?;
        loop {
            if let Some(address) = address_in(&said.output()?) {
                return Ok(Server { child, address, ready_after: begin.elapsed() });
            }
            if let Some(status) = child.0.try_wait()? {
                bail!("{} ended with {status}: {}", arguments.join(" "), said.everything());
            }
            ensure!(
                begin.elapsed() < within,
                "{} did not listen in time: {}",
                arguments.join(" "),
                said.everything()
            );
            std::thread::sleep(LOOK_EVERY);
        }
    }

    fn start(&self, arguments: &[&str]) -> anyhow::Result<(Running, Said)> {
        let folder = tempfile::tempdir_in(&self.folder).context("a folder for a program")?;
        let said = Said {
            output: folder.path().join("output"),
            errors: folder.path().join("errors"),
            _folder: folder,
        };
        let mut command = Command::new(&self.path);
        command.args(arguments).current_dir(&self.folder).stdin(Stdio::null());
        command.stdout(File::create(&said.output)?).stderr(File::create(&said.errors)?);
        // Settings of whoever calls the bench are not those of what is measured.
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TOWNLINE_")) {
            command.env_remove(name);
        }
        let child = command.spawn().with_context(|| format!("{} cannot be started", self.path.display()))?;
        Ok((Running(child), said))
    }
}

/// The address in the line that a server prints when it is ready.
fn address_in(output: &str) -> Option<SocketAddr> {
    let (_, rest) = output.split_once(READY)?;
    // The line may still be on its way.
    let (address, _) = rest.split_once('\n')?;
    address.trim().parse().ok()
}

/// A port that nobody listens on at this moment.
fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("a free port")?;
    Ok(listener.local_addr()?.port())
}

/// What a program says, kept in files so that nobody must listen.
struct Said {
    output: PathBuf,
    errors: PathBuf,
    _folder: tempfile::TempDir,
}

impl Said {
    fn output(&self) -> anyhow::Result<String> {
        std::fs::read_to_string(&self.output).context("what a program printed")
    }

    fn everything(&self) -> String {
        [&self.output, &self.errors].map(|path| std::fs::read_to_string(path).unwrap_or_default()).concat()
    }
}

/// A child process; it does not outlive this value.
struct Running(Child);

impl Running {
    fn end_within(&mut self, within: Duration) -> anyhow::Result<ExitStatus> {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait()? {
                return Ok(status);
            }
            ensure!(begin.elapsed() < within, "it took longer than {within:?}");
            std::thread::sleep(LOOK_EVERY);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has already ended cannot be killed, which is fine.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A server that listens; killed when this value goes, without a chance to save anything.
pub(crate) struct Server {
    child: Running,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// From the start of the process until it said that it listens.
    pub(crate) ready_after: Duration,
}

impl Server {
    /// The memory it holds.
    pub(crate) fn memory(&self) -> anyhow::Result<Memory> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.0.id()));
        Memory::read(&status.context("the memory of a process is read from Linux's /proc")?)
    }

    /// The processor time it has used so far.
    pub(crate) fn cpu(&self) -> anyhow::Result<Cpu> {
        Cpu::read(&format!("/proc/{}/stat", self.child.0.id()))
    }
}

/// Resident memory of a process.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Memory {
    /// Held now, in MiB.
    pub(crate) resident_mib: f64,
    /// The most it ever held, in MiB.
    pub(crate) peak_mib: f64,
}

impl Memory {
    fn read(status: &str) -> anyhow::Result<Self> {
        let mib = |name: &str| {
            let line =
                status.lines().find_map(|line| line.strip_prefix(name)).context("no memory in /proc")?;
            let kib: f64 =
                line.trim().trim_end_matches(" kB").parse().context("memory in /proc is no number")?;
            anyhow::Ok(kib / 1024.0)
        };
        Ok(Self { resident_mib: mib("VmRSS:")?, peak_mib: mib("VmHWM:")? })
    }
}

/// Processor time, in the kernel's ticks of a hundredth of a second.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Cpu {
    /// In the program itself.
    pub(crate) user: Duration,
    /// In the kernel on its behalf.
    pub(crate) system: Duration,
}

impl Cpu {
    /// Of the calling thread.
    pub(crate) fn of_this_thread() -> anyhow::Result<Self> {
        Self::read("/proc/thread-self/stat")
    }

    /// What was used after `before`.
    pub(crate) fn since(self, before: Cpu) -> Cpu {
        Cpu { user: self.user.saturating_sub(before.user), system: self.system.saturating_sub(before.system) }
    }

    fn read(path: &str) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).context("processor time is read from Linux's /proc")?;
        Self::parse(&text).context("processor time in /proc is not understood")
    }

    fn parse(stat: &str) -> Option<Self> {
        // The name of the program, in parentheses, may hold blanks; user and system time are the 14th and 15th field.
        let (_, rest) = stat.rsplit_once(')')?;
        let mut fields = rest.split_whitespace().skip(11);
        let mut ticks = || Some(Duration::from_millis(10 * fields.next()?.parse::<u64>().ok()?));
        Some(Self { user: ticks()?, system: ticks()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_counts_once_its_line_is_complete() {
        assert_eq!(address_in("made a town\nlistening on http://127.0.0.1:31"), None);
        let found = address_in("made a town\nlistening on http://127.0.0.1:3110\nsign in as…\n");
        assert_eq!(found, Some(([127, 0, 0, 1], 3110).into()));
    }

    #[test]
    fn a_program_name_with_blanks_and_parentheses_hides_no_processor_time() {
        let stat = "42 (db (w) 1) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 9 0 1 2 3";
        let cpu = Cpu::parse(stat).unwrap();
        assert_eq!((cpu.user, cpu.system), (Duration::from_millis(2500), Duration::from_millis(500)));
    }

    #[test]
    fn memory_is_read_in_mebibytes() {
        let memory = Memory::read("Name:\tx\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\n").unwrap();
        assert_eq!(memory, Memory { resident_mib: 100.0, peak_mib: 200.0 });
    }
}
