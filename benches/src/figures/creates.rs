//! Durable creates through Open311, beside a bare service that is sent the very same bytes.
//!
//! Both servers are killed without warning when their load is over; then the rows are counted. An answer without its row
//! is an error, not a figure.

use anyhow::ensure;

use super::{Bench, Requests};
use crate::load::Loaded;
use crate::report::{Bar, Row, Unit};
use crate::reports::Reports;
use crate::settings::Engine;
use crate::stock::Stock;
use crate::town::Town;

const P99_LIMIT_MS: f64 = 100.0;

fn rate_limit(engine: Engine) -> f64 {
    match engine {
        Engine::Sqlite => 8_000.0,
        Engine::Postgres => 3_000.0,
    }
}

pub(super) fn measure(bench: &mut Bench, engine: Engine) -> anyhow::Result<()> {
    let (ours, reports) = ours(bench, engine)?;
    let peer = peer(bench, engine, &reports)?;
    let connections = bench.settings.connections;
    let what = |what: &str| format!("{}: durable creates, {connections} connections, {what}", engine.name());
    let rows = [
        Row::new(what("rate"), Unit::PerSecond, ours.rate, Bar::AtLeast(rate_limit(engine))),
        Row::new(what("rate, bare service"), Unit::PerSecond, ours.rate, Bar::Peer(peer.rate)),
        Row::milliseconds(what("p99"), ours.samples.percentile(99), P99_LIMIT_MS),
        beside(what("p99, bare service"), &ours, &peer, 99),
        beside(what("p50, bare service"), &ours, &peer, 50),
    ];
    rows.into_iter().for_each(|row| bench.report.row(row));
    Ok(())
}

fn beside(what: String, ours: &Loaded, peer: &Loaded, percent: u32) -> Row {
    let ms = |of: &Loaded| of.samples.percentile(percent).as_secs_f64() * 1000.0;
    Row::new(what, Unit::Milliseconds, ms(ours), Bar::Peer(ms(peer)))
}

fn ours(bench: &Bench, engine: Engine) -> anyhow::Result<(Loaded, Requests)> {
    let stock = Stock::with_people(&bench.program, engine, bench.settings.population)?;
    let keys = stock.keys()?;
    let server = stock.serve()?;
    let reports = Reports::to(&Town::look(server.address)?, &keys)?;
    if let Some(first) = reports.refusing.first() {
        bench
            .report
            .note(format_args!("{} services take no reports, such as {first}", reports.refusing.len()));
    }
    let before = stock.requests()?;
    let load = bench.settings.load(bench.settings.connections);
    let loaded = bench.load("ours", &server, load, &reports.requests)?;
    drop(server);
    let stored = stock.requests()? - before;
    ensure!(stored == loaded.answers, "{} creates were answered, {stored} rows are stored", loaded.answers);
    Ok((loaded, reports.requests))
}

fn peer(bench: &Bench, engine: Engine, requests: &Requests) -> anyhow::Result<Loaded> {
    let stock = Stock::empty(&bench.program, engine);
    let server = stock.serve_by(&bench.own, &["peer"])?;
    let load = bench.settings.load(bench.settings.connections);
    let loaded = bench.load("the bare service", &server, load, requests)?;
    drop(server);
    let stored = stock.count("select count(*) from peer_request")?;
    ensure!(stored == loaded.answers, "the peer answered {} creates and stored {stored}", loaded.answers);
    Ok(loaded)
}
