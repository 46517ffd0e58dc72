//! How far long work has come: a bar on a terminal, plain lines elsewhere.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Lines are this far apart where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// Progress of one piece of work, told on standard error.
pub struct Progress {
    what: &'static str,
    bar: Option<ProgressBar>,
    total: Option<u64>,
    done: u64,
    last_line: Instant,
}

impl Progress {
    /// Begins.
    pub fn new(what: &'static str) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| bar(what));
        Self { what, bar, total: None, done: 0, last_line: Instant::now() }
    }

    /// Notes that `done` of `total` is done.
    pub fn of(&mut self, done: u64, total: u64) {
        if self.total != Some(total) {
            self.total = Some(total);
            if let Some(bar) = &self.bar {
                bar.set_length(total);
                bar.set_style(style("{msg} {wide_bar} {percent} % {eta}"));
            }
        }
        self.at(done);
    }

    /// Notes that this much is done altogether.
    pub fn at(&mut self, done: u64) {
        self.done = done;
        match &self.bar {
            Some(bar) => bar.set_position(done),
            None if self.last_line.elapsed() >= LINE_EVERY => {
                self.last_line = Instant::now();
                self.line();
            }
            None => {}
        }
    }

    /// Ends.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }

    fn line(&self) {
        match self.total {
            Some(total) if total > 0 => eprintln!("{}: {} %", self.what, self.done * 100 / total),
            _ => eprintln!("{}: {}", self.what, self.done),
        }
    }
}

fn bar(what: &'static str) -> ProgressBar {
    ProgressBar::no_length().with_style(style("{msg} {human_pos}")).with_message(what)
}

fn style(shape: &'static str) -> ProgressStyle {
    ProgressStyle::with_template(shape).expect("the shape is a constant")
}
