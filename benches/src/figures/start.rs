//! From starting the program on a large town until it says that it listens.

use anyhow::Context;

use super::Bench;
use crate::report::Row;
use crate::settings::Engine;
use crate::statistics::Samples;

const LIMIT_S: f64 = 1.0;
const STARTS: usize = 7;

pub(super) fn measure(bench: &mut Bench, engine: Engine) -> anyhow::Result<()> {
    let stock = bench.large_town(engine)?;
    let times = (0..STARTS).map(|_| Ok(stock.serve()?.ready_after)).collect::<anyhow::Result<Vec<_>>>()?;
    let times = Samples::new(times).context("nothing was started")?;
    let what = |which: &str| format!("{}: start until listening, {which} of {STARTS}", engine.name());
    bench.report.row(Row::seconds(what("median"), times.percentile(50), LIMIT_S));
    bench.report.row(Row::seconds(what("slowest"), times.percentile(100), LIMIT_S));
    Ok(())
}
