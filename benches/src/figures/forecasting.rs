//! How far forecasts are from what came, beside a limit and the best plain method of the same run, and what a series costs.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use serde_json::Value;

use super::Bench;
use crate::report::{Bar, Row, Unit};

const WITHIN: Duration = Duration::from_secs(300);
const CPU_LIMIT_MS: f64 = 50.0;

/// A series with the moments it is forecast from, and what is promised of it.
struct Case {
    name: &'static str,
    file: &'static str,
    arguments: &'static [&'static str],
    wape_max: f64,
    wql: Bar,
}

const BANK: Case = Case {
    name: "bank half-hours, 5 days ahead",
    file: "bank-calls-5min/bank_calls_5min_2003.csv.gz",
    arguments: &[
        "--interval",
        "30m",
        "--origins",
        "20",
        "--step",
        "84",
        "--horizon",
        "140",
        "--holidays",
        "US",
    ],
    wape_max: 0.0635,
    wql: Bar::AtMost(0.0506),
};

/// The limit is 5 % below the best peer of `benches/peers/forecasting.md`, which is told the holidays; ours here is not.
const VANCOUVER: Case = Case {
    name: "Vancouver days, 28 days ahead",
    file: "vancouver-311-calls/vancouver_311_daily_contact_centre_metrics.csv",
    arguments: &[
        "--interval",
        "1d",
        "--origins",
        "13",
        "--step",
        "28",
        "--horizon",
        "28",
        "--column",
        "CallsOffered",
    ],
    wape_max: 0.0994,
    wql: Bar::Peer(0.0816),
};

/// Needs no database.
pub(super) fn measure(bench: &mut Bench) -> anyhow::Result<()> {
    for case in [BANK, VANCOUVER] {
        let file = bench.settings.city_data.join(case.file);
        if !file.exists() {
            bench.report.note(format_args!("{} is not here, so it is not forecast", file.display()));
            continue;
        }
        let methods = scored(bench, &case, &file)?;
        rows(&case, &methods)?.into_iter().for_each(|row| bench.report.row(row));
    }
    Ok(())
}

fn scored(bench: &Bench, case: &Case, file: &Path) -> anyhow::Result<Vec<Value>> {
    // The program runs in a folder of its own.
    let file = file.canonicalize().context("the path of the series")?;
    let file = file.to_str().context("the path of the series")?;
    let mut arguments = vec!["forecast", "score", file, "--format", "json"];
    arguments.extend(case.arguments);
    let finished = bench.program.run(&arguments, WITHIN)?;
    let document: Value = serde_json::from_str(&finished.output).context("the score")?;
    Ok(document["methods"].as_array().context("methods")?.clone())
}

fn rows(case: &Case, methods: &[Value]) -> anyhow::Result<Vec<Row>> {
    let number = |method: &Value, name: &str| method[name].as_f64().context("a measure");
    let (ours, plain) = methods.split_first().context("a method")?;
    let plain: Vec<f64> = plain.iter().map(|method| number(method, "wape")).collect::<Result<_, _>>()?;
    let best = plain.into_iter().fold(f64::INFINITY, f64::min);
    let what = |what: &str| format!("{}: {what}", case.name);
    let (wape, cover) = (number(ours, "wape")?, number(ours, "cover80")?);
    Ok(vec![
        Row::new(what("WAPE"), Unit::Share, wape, Bar::AtMost(case.wape_max)),
        Row::new(what("WAPE, best plain method"), Unit::Share, wape, Bar::Peer(best)),
        Row::new(what("weighted quantile loss"), Unit::Share, number(ours, "wql")?, case.wql),
        Row::new(what("80 % range holds, off by"), Unit::Share, (cover - 0.8).abs(), Bar::AtMost(0.02)),
        Row::new(
            what("fit and forecast, CPU"),
            Unit::Milliseconds,
            1000.0 * number(ours, "cpu_s")?,
            Bar::AtMost(CPU_LIMIT_MS),
        ),
    ])
}
