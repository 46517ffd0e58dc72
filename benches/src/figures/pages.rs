//! Public pages of a large town. Asked for one at a time over loopback, so a little more than the server's own time.

use super::{Bench, Requests};
use crate::http;
use crate::load::Load;
use crate::report::Row;
use crate::settings::Engine;
use crate::town::Town;

const LIMIT_MS: f64 = 5.0;

pub(super) fn measure(bench: &mut Bench, engine: Engine) -> anyhow::Result<()> {
    let stock = bench.large_town(engine)?;
    let server = stock.serve()?;
    let pages = pages(&Town::look(server.address)?);
    let whole = bench.settings.load(1);
    let load = Load { measured: whole.measured / pages.len() as u32, ..whole };
    for (page, requests) in pages {
        let loaded = bench.load(page, &server, load, &requests)?;
        for percent in [50, 99] {
            let what = format!("{}: page {page}, p{percent}", engine.name());
            bench.report.row(Row::milliseconds(what, loaded.samples.percentile(percent), LIMIT_MS));
        }
    }
    Ok(())
}

fn pages(town: &Town) -> [(&'static str, Requests); 4] {
    let one = |path| -> Requests { [http::get(path)].into() };
    [
        ("/", one("/")),
        ("/requests", one("/requests")),
        ("/requests/{number}", town.request_pages()),
        ("/report", one("/report")),
    ]
}
