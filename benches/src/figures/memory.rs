//! Memory of a server of a large town after everybody has read and reported at once.

use super::{Bench, Requests};
use crate::http;
use crate::report::{Bar, Row, Unit};
use crate::reports::Reports;
use crate::settings::Engine;
use crate::town::Town;

const LIMIT_MIB: f64 = 150.0;

pub(super) fn measure(bench: &mut Bench, engine: Engine) -> anyhow::Result<()> {
    let stock = bench.large_town(engine)?;
    let keys = stock.keys()?;
    let server = stock.serve()?;
    let at_first = server.memory()?;
    let requests = everything(&Town::look(server.address)?, &keys)?;
    bench.load("all at once", &server, bench.settings.load(bench.settings.connections), &requests)?;
    let memory = server.memory()?;
    bench.report.note(format_args!("{:.0} MiB when it began to listen", at_first.resident_mib));
    let stored = bench.settings.requests;
    for (which, ours) in [("after a load", memory.resident_mib), ("at its peak", memory.peak_mib)] {
        let what = format!("{}: memory with {stored} requests, {which}", engine.name());
        bench.report.row(Row::new(what, Unit::Mebibytes, ours, Bar::AtMost(LIMIT_MIB)));
    }
    Ok(())
}

/// Reports, lists and pages, in turn.
fn everything(town: &Town, keys: &[String]) -> anyhow::Result<Requests> {
    let (reports, filtered, pages) =
        (Reports::to(town, keys)?.requests, town.filtered()?, town.request_pages());
    let fixed = [town.newest()[0].clone(), http::get("/"), http::get("/requests"), http::get("/report")];
    let reading = filtered.iter().cycle().zip(pages.iter().cycle()).zip(fixed.iter().cycle());
    let turns = reports.iter().zip(reading);
    Ok(turns.flat_map(|(report, ((list, page), other))| [report, list, page, other]).cloned().collect())
}
