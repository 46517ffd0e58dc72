//! Lists through Open311: the newest page, and by service, status, dates and place, in a small and in a large town.

use super::{Bench, Requests};
use crate::load::Loaded;
use crate::process::Server;
use crate::report::{Bar, Row, Unit};
use crate::settings::Engine;
use crate::stock::Stock;
use crate::town::Town;

/// Percentiles and what we promise for them.
const LIMITS_MS: [(u32, f64); 2] = [(50, 3.0), (99, 25.0)];

/// How much slower the large town may be.
const GROWTH_LIMIT: f64 = 1.5;

pub(super) fn measure(bench: &mut Bench, engine: Engine) -> anyhow::Result<()> {
    let fewer = Stock::with_requests(&bench.program, engine, bench.settings.fewer_requests)?;
    let small = both_lists(bench, &fewer, bench.settings.fewer_requests)?;
    drop(fewer);
    let stock = bench.large_town(engine)?;
    let large = both_lists(bench, &stock, bench.settings.requests)?;
    compare(bench, &format!("{}: list, newest", engine.name()), &small.newest, &large.newest);
    compare(bench, &format!("{}: list, filtered", engine.name()), &small.filtered, &large.filtered);
    Ok(())
}

fn compare(bench: &mut Bench, what: &str, small: &Loaded, large: &Loaded) {
    let (few, many) = (bench.settings.fewer_requests, bench.settings.requests);
    for (percent, limit_ms) in LIMITS_MS {
        let (small, large) = (small.samples.percentile(percent), large.samples.percentile(percent));
        let growth = large.as_secs_f64() / small.as_secs_f64();
        let what = |which: &str| format!("{what}, p{percent}, {which}");
        let rows = [
            Row::milliseconds(what(&format!("of {few}")), small, limit_ms),
            Row::milliseconds(what(&format!("of {many}")), large, limit_ms),
            Row::new(what("growth"), Unit::Times, growth, Bar::AtMost(GROWTH_LIMIT)),
        ];
        rows.into_iter().for_each(|row| bench.report.row(row));
    }
}

struct Lists {
    newest: Loaded,
    filtered: Loaded,
}

fn both_lists(bench: &Bench, stock: &Stock, stored: u64) -> anyhow::Result<Lists> {
    let server = stock.serve()?;
    let town = Town::look(server.address)?;
    let newest = one_list(bench, &server, &town, &town.newest(), &format!("newest of {stored}"))?;
    let filtered = one_list(bench, &server, &town, &town.filtered()?, &format!("filtered of {stored}"))?;
    Ok(Lists { newest, filtered })
}

fn one_list(
    bench: &Bench,
    server: &Server,
    town: &Town,
    requests: &Requests,
    what: &str,
) -> anyhow::Result<Loaded> {
    let hold = town.answers_hold(requests)?;
    bench.load(
        &format!("{what}, {hold:.1} on a page"),
        server,
        bench.settings.load(bench.settings.readers),
        requests,
    )
}
