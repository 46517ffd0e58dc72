//! How long it takes to make up the sample town.

use super::Bench;
use crate::report::Row;
use crate::settings::Engine;
use crate::stock::Stock;

const LIMIT_S: f64 = 10.0;

pub(super) fn measure(bench: &mut Bench, engine: Engine) -> anyhow::Result<()> {
    let people = bench.settings.population;
    let stock = Stock::with_people(&bench.program, engine, people)?;
    let requests = stock.requests()?;
    let what = format!("{}: sample town of {people} people, {requests} requests", engine.name());
    bench.report.row(Row::seconds(what, stock.filled_in, LIMIT_S));
    Ok(())
}
