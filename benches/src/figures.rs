//! The figures, one file each.

mod creates;
mod forecasting;
mod import;
mod lists;
mod memory;
mod pages;
mod simulation;
mod staffing;
mod start;
mod tiles;
mod town;

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;

use crate::load::{self, Load, Loaded};
use crate::process::{Cpu, Program, Server};
use crate::report::Report;
use crate::settings::{Engine, Figure, Settings};
use crate::stock::Stock;

/// Requests ready to be written.
type Requests = Arc<[Vec<u8>]>;

/// A figure on one engine.
type Measure = fn(&mut Bench, Engine) -> anyhow::Result<()>;

/// What every figure works with.
pub(crate) struct Bench {
    settings: Settings,
    program: Program,
    /// This very program, which also serves the peer.
    own: Program,
    report: Report,
    /// The large town of the engine that is being measured.
    large: Option<Rc<Stock>>,
}

impl Bench {
    /// Gets ready; nothing is measured yet.
    pub(crate) fn new(settings: Settings, program: Program, own: Program, report: Report) -> Self {
        Self { settings, program, own, report, large: None }
    }

    /// Measures what was asked for, engine by engine.
    pub(crate) fn measure(mut self) -> anyhow::Result<Report> {
        if self.settings.wants(Figure::Staffing) {
            staffing::measure(&mut self.report)?;
        }
        if self.settings.wants(Figure::Simulation) {
            simulation::measure(&mut self.report)?;
        }
        if self.settings.wants(Figure::Forecasting) {
            forecasting::measure(&mut self)?;
        }
        for engine in self.settings.engines.clone() {
            self.measure_on(engine).with_context(|| format!("on {}", engine.name()))?;
        }
        Ok(self.report)
    }

    fn measure_on(&mut self, engine: Engine) -> anyhow::Result<()> {
        // What leaves a town as it was comes before what adds to it.
        let figures: [(Figure, Measure); 8] = [
            (Figure::Town, town::measure),
            (Figure::Import, import::measure),
            (Figure::Creates, creates::measure),
            (Figure::Lists, lists::measure),
            (Figure::Pages, pages::measure),
            (Figure::Tiles, tiles::measure),
            (Figure::Start, start::measure),
            (Figure::Memory, memory::measure),
        ];
        for (figure, measure) in figures {
            if self.settings.wants(figure) {
                measure(self, engine)?;
            }
        }
        self.large = None;
        Ok(())
    }

    /// Puts a load on a server and says where the processors' time went.
    fn load(&self, what: &str, server: &Server, load: Load, requests: &Requests) -> anyhow::Result<Loaded> {
        let cpu_before = server.cpu()?;
        let loaded = load::run(server.address, load, requests)?;
        let cpu = server.cpu()?.since(cpu_before);
        let (answers, bytes) = (loaded.answers, loaded.bytes / loaded.answers.max(1));
        let (server, own) = (cpu_each(cpu, answers), cpu_each(loaded.own_cpu, answers));
        self.report.note(format_args!(
            "{what}: {answers} answers of {bytes} bytes; each cost the server {server}, the load generator {own}"
        ));
        Ok(loaded)
    }

    /// The large town, filled when it is first needed.
    fn large_town(&mut self, engine: Engine) -> anyhow::Result<Rc<Stock>> {
        if let Some(stock) = &self.large {
            return Ok(stock.clone());
        }
        let requests = self.settings.requests;
        let stock = Rc::new(Stock::with_requests(&self.program, engine, requests)?);
        let per_second = requests as f64 / stock.filled_in.as_secs_f64();
        self.report
            .note(format_args!("{requests} requests stored in {:.1?}, {per_second:.0}/s", stock.filled_in));
        self.large = Some(stock.clone());
        Ok(stock)
    }
}

/// Where the processors' time went, for each of `answers`.
fn cpu_each(cpu: Cpu, answers: u64) -> String {
    let micros = |of: Duration| of.as_micros() as f64 / answers.max(1) as f64;
    format!("{:.0} us + {:.0} us in the kernel", micros(cpu.user), micros(cpu.system))
}
